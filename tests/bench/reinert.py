"""Time Reinert's classification on seeded matrices: `make bench-reinert`. Nothing here is a test.

The matrices are Zipf-like with planted classes, about 12 non-zeros a row. Each line gives CPU seconds of
ten terminal nodes, the peak memory of a process of its own, the CPU of one product X'(Xv) and the ratio.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from scipy.io import mmread
from scipy.sparse import csr_array

PROGRAM = Path(__file__).resolve().parents[2]
THESES = PROGRAM.parent / "shared/reference/theses_fr.mtx"
SIZES = {"20k×5k": (20_000, 5_000), "100k×8k": (100_000, 8_000), "1M×10k": (1_000_000, 10_000)}
CLASSES, PER_ROW, OWN_WORDS = 10, 12, 0.35
SPLITS = 9


def zipf_like(n: int, p: int, seed: int = 7) -> csr_array:
    """Return a binary matrix (n, p): words drawn by rank⁻¹, a third of them from the row's planted class."""
    rng = np.random.default_rng(seed)
    weights = 1 / np.arange(1, p + 1)
    common = np.cumsum(weights / weights.sum())
    label = rng.integers(0, CLASSES, n)
    drawn = rng.poisson(PER_ROW * 1.25, n).clip(2)
    rows = np.repeat(np.arange(n), drawn)
    words = np.searchsorted(common, rng.random(len(rows)))
    own = rng.random(len(rows)) < OWN_WORDS
    shifted = (words[own] // CLASSES) * CLASSES + label[rows[own]]
    words[own] = shifted.clip(max=p - 1)
    table = csr_array((np.ones(len(rows)), (rows, words)), shape=(n, p))
    table.sum_duplicates()
    table.data[:] = 1
    return table[:, np.flatnonzero(table.sum(axis=0) >= 3)].tocsr()


def one(name: str) -> None:
    """Measure one matrix and print a line of JSON."""
    sys.path.insert(0, str(PROGRAM / "scripts"))
    from verbatim.reinert import descend

    table = csr_array(mmread(THESES)) if name == "theses_fr" else zipf_like(*SIZES[name])
    vector = np.ones(table.shape[1])
    transposed = table.T.tocsr()
    begun = time.process_time()
    for _ in range(3):
        transposed @ (table @ vector)
    product = (time.process_time() - begun) / 3
    del transposed
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    begun = time.process_time()
    descent = descend(table, SPLITS)
    cpu = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    facts = {"nnz": int(table.nnz), "cpu": cpu, "peak": peak, "before": before, "product": product}
    print(json.dumps({**facts, "leaves": sorted(descent.leaf_sizes().values()), "shape": table.shape}))


def main() -> None:
    """Measure every matrix in a process of its own, on one BLAS thread."""
    if len(sys.argv) > 1 and sys.argv[1] == "--one":
        one(sys.argv[2])
        return
    for name in [n for n in ("theses_fr", *SIZES) if n != "theses_fr" or THESES.is_file()]:
        done = subprocess.run(
            [sys.executable, __file__, "--one", name],
            capture_output=True,
            text=True,
            check=True,
            env={"OPENBLAS_NUM_THREADS": "1", "PATH": "/usr/bin:/bin"},
        )
        found = json.loads(done.stdout)
        ratio = found["cpu"] / found["product"]
        print(
            f"{name:<10} {found['nnz']:>10} non-zeros {found['cpu']:7.2f} s CPU {found['peak']:6.0f} MB "
            f"({found['before']:.0f} before) one X'Xv {1000 * found['product']:6.1f} ms: ratio {ratio:5.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
