"""Time Reinert's classification on reference matrices and seeded ones: `make bench-reinert`. Nothing here is a test.

The seeded matrices are Zipf-like with planted classes, about 12 non-zeros a row. Each is made, then
classified (ten terminal nodes), in processes of their own; a line gives CPU and wall seconds, products
X'(Xv), the CPU of one of them and the ratio to it, the peak memory of the process, matrix and interpreter
included, and before the classification. `start`: seconds to load the compiled code (or compile it, the
first time), not counted. For the reference matrices, a second line gives the adjusted Rand index with the
original's partition at each number of nodes. `--large` adds ten million rows: 3 GB and a few minutes.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from scipy.io import mmread
from scipy.sparse import csr_array, load_npz, save_npz, vstack

PROGRAM = Path(__file__).resolve().parents[2]
REFERENCE = PROGRAM.parent / "shared/reference"
ORIGINALS = {"planted": "planted_ira_svdR_n1.csv", "theses_fr": "theses_fr_ira_irlbaexact_n1.csv"}
SIZES = {"20k×5k": (20_000, 5_000), "100k×8k": (100_000, 8_000), "1M×10k": (1_000_000, 10_000)}
LARGE = {"10M×10k": (10_000_000, 10_000)}
# CPU seconds of IRaMuTeQ 0.8a7 for ten terminal nodes.
IRAMUTEQ = {"theses_fr": 46.7, "20k×5k": 72.7}
CLASSES, PER_ROW, OWN_WORDS = 10, 12, 0.35
BLOCK = 1_000_000
SPLITS = 9


def block(n: int, p: int, seed: int) -> csr_array:
    """Return a binary matrix (n, p): words drawn by rank⁻¹, a third of them from the row's planted class."""
    rng = np.random.default_rng(seed)
    weights = 1 / np.arange(1, p + 1)
    common = np.cumsum(weights / weights.sum())
    label = rng.integers(0, CLASSES, n)
    drawn = rng.poisson(PER_ROW * 1.25, n).clip(2)
    rows = np.repeat(np.arange(n, dtype=np.int32), drawn)
    words = np.searchsorted(common, rng.random(len(rows)))
    own = rng.random(len(rows)) < OWN_WORDS
    shifted = (words[own] // CLASSES) * CLASSES + label[rows[own]]
    words[own] = shifted.clip(max=p - 1)
    table = csr_array((np.ones(len(rows)), (rows, words.astype(np.int32))), shape=(n, p))
    table.sum_duplicates()
    table.data[:] = 1
    return table


def zipf_like(n: int, p: int, seed: int = 7) -> csr_array:
    """Return blocks of a million rows, one seed each, on top of each other; words of two rows or fewer are left out."""
    blocks = [block(min(BLOCK, n - start), p, seed + i) for i, start in enumerate(range(0, n, BLOCK))]
    table = vstack(blocks, format="csr") if len(blocks) > 1 else blocks[0]
    kept = np.flatnonzero(np.bincount(table.indices, minlength=p) >= 3)
    return table if len(kept) == p else table[:, kept].tocsr()


def make(name: str, path: str) -> None:
    """Write one matrix."""
    known = SIZES | LARGE
    table = zipf_like(*known[name]) if name in known else csr_array(mmread(REFERENCE / f"{name}.mtx"))
    save_npz(path, table, compressed=False)


def peak() -> float:
    """Return the most memory (MB) that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def one(name: str, path: str) -> None:
    """Measure one matrix and print a line of JSON."""
    sys.path.insert(0, str(PROGRAM / "scripts"))
    begun = time.perf_counter()
    from verbatim.reinert import descend

    descend(csr_array(np.eye(9)[:, :3] + np.eye(9)[:, 1:4]), 2)
    facts = {"start": time.perf_counter() - begun}
    table = load_npz(path)
    facts |= {"nnz": int(table.nnz), "before": peak()}
    cpu, wall = time.process_time(), time.perf_counter()
    descent = descend(table, SPLITS)
    facts |= {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall, "peak": peak()}
    facts["products"] = [split.products for split in descent.splits]
    facts["product"] = cpu_of_product(table)
    if name in ORIGINALS:
        nodes = np.loadtxt(REFERENCE / ORIGINALS[name], delimiter=",", skiprows=1)[:, 1:]
        facts["rand"] = [adjusted_rand(*pair) for pair in zip(descent.nodes.T, nodes.T, strict=True)]
    print(json.dumps(facts))


def cpu_of_product(table: csr_array) -> float:
    """Return the CPU seconds of one product X'(Xv), by scipy."""
    vector, transposed = np.ones(table.shape[1]), table.T.tocsr()
    begun = time.process_time()
    for _ in range(3):
        transposed @ (table @ vector)
    return (time.process_time() - begun) / 3


def adjusted_rand(left: np.ndarray, right: np.ndarray) -> float:
    """Return the adjusted Rand index of two partitions (Hubert and Arabie 1985)."""
    _, left = np.unique(left, return_inverse=True)
    _, right = np.unique(right, return_inverse=True)
    both = np.bincount(left * (right.max() + 1) + right)
    inside, rows, columns, n = (
        float(np.sum(counts * (counts - 1) / 2))
        for counts in (both, np.bincount(left), np.bincount(right), np.array(len(left)))
    )
    chance = rows * columns / n
    return (inside - chance) / ((rows + columns) / 2 - chance)


def child(*arguments: str) -> str:
    """Run this file with `arguments` on one thread and return what it printed."""
    command = [sys.executable, __file__, *arguments]
    environment = {"OPENBLAS_NUM_THREADS": "1", "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment).stdout


def show(name: str, found: dict) -> None:
    """Print the lines of one matrix."""
    faster = f", {IRAMUTEQ[name] / found['cpu']:.0f} times less than IRaMuTeQ's" if name in IRAMUTEQ else ""
    print(
        f"{name:<9} {found['nnz']:>9} non-zeros {found['cpu']:7.3f} s CPU{faster} {found['wall']:7.3f} s wall; "
        f"{sum(found['products'])} products, one X'(Xv) {1000 * found['product']:.2f} ms: ratio "
        f"{found['cpu'] / found['product']:.0f}; peak {found['peak']:.0f} MB ({found['before']:.0f} before); "
        f"start {found['start']:.1f} s",
        flush=True,
    )
    if "rand" in found:
        print(" " * 9, "adjusted Rand at k = 2…10:", " ".join(f"{value:.6f}" for value in found["rand"]), flush=True)


def main(arguments: list[str]) -> None:
    """Make and measure every matrix."""
    if arguments[:1] in (["--make"], ["--one"]):
        (make if arguments[0] == "--make" else one)(*arguments[1:])
        return
    present = [name for name in ORIGINALS if (REFERENCE / f"{name}.mtx").is_file()]
    for name in [*present, *SIZES, *(LARGE if "--large" in arguments else ())]:
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder) / "matrix.npz")
            child("--make", name, path)
            show(name, json.loads(child("--one", name, path)))


if __name__ == "__main__":
    main(sys.argv[1:])
