"""Time the similarity analysis on made-up corpora. Nothing here is a test.

`python tests/bench/similarity.py`: seeded binary tables of 5,000 lemmas, about 12 to a segment, drawn by a Zipf law
with planted themes, of 100,000, 300,000 and a million segments. Each is made, then analysed in a process of its own:
co-occurrence of all 5,000 lemmas, index and maximum tree of all, then tree, communities, centralities, layout and halos
of the 300 most frequent. A line gives wall seconds of each step, CPU seconds and the peak memory of the process,
interpreter and table included. `--also` adds what the settings may ask for besides: the hypergeometric probabilities,
the stability of communities over 100 resamples of segments, the comparison of two groups of 20 interviews.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from reinert import PROGRAM, peak, zipf_like
from scipy.sparse import csr_array, load_npz, save_npz

LEMMAS, WORDS = 5_000, 300
SEGMENTS = (100_000, 300_000, 1_000_000)


def main_steps(table: csr_array) -> dict[str, float]:
    """Return the seconds of each step."""
    from verbatim import layout, similarity

    seconds, begun = {}, time.perf_counter()

    def done(step: str) -> None:
        nonlocal begun
        seconds[step] = time.perf_counter() - begun
        begun = time.perf_counter()

    pairs = similarity.count(table)
    done("cooccurrence")
    seconds["pairs"] = len(pairs.source)
    source, target, weight, _ = similarity.ranked(pairs.source, pairs.target, similarity.weigh(pairs, "jaccard"))
    whole = similarity.maximum_tree(source, target, table.shape[1])
    done("tree of all")
    assert whole.sum() == table.shape[1] - 1
    del pairs, source, target, weight, whole
    words = similarity.most_frequent(table, most=WORDS)
    pairs = similarity.count(table, words=words)
    source, target, weight, _ = similarity.ranked(pairs.source, pairs.target, similarity.weigh(pairs, "jaccard"))
    _, tree = similarity.network(source, target, weight, WORDS)
    edges = source[tree], target[tree], weight[tree]
    done("tree of 300")
    labels = similarity.communities(*edges, WORDS)
    similarity.centralities(*edges, labels)
    done("communities")
    sides = layout.boxes(["accompagnement"[: 4 + word % 9] for word in words], layout.font_sizes(pairs.frequency))
    centres = layout.place_boxes(*edges[:2], sides)
    layout.halos(centres, sides, labels, *edges[:2])
    done("layout")
    return seconds | {"overlaps": layout.overlaps(centres, sides), "crossings": layout.crossings(centres, *edges[:2])}


def other_steps(table: csr_array) -> dict[str, float]:
    """Return the seconds of each step of `--also`."""
    from verbatim import similarity

    words = similarity.most_frequent(table, most=WORDS)
    part = table[:, words]
    pairs = similarity.count(part)
    begun = time.perf_counter()
    similarity.probabilities(pairs)
    seconds = {"probabilities": time.perf_counter() - begun}

    def partition(*edges):
        source, target, weight, _ = similarity.ranked(*edges[:3])
        _, tree = similarity.network(source, target, weight, edges[3])
        return similarity.communities(source[tree], target[tree], weight[tree], edges[3], starts=1)

    weight = similarity.weigh(pairs, "jaccard")
    begun = time.perf_counter()
    labels = partition(pairs.source, pairs.target, weight, WORDS)
    similarity.community_stability(part, labels, "jaccard", partition)
    seconds["stability"] = time.perf_counter() - begun
    begun = time.perf_counter()
    interviews = np.arange(table.shape[0]) * 40 // table.shape[0]
    similarity.compare(part, interviews, 1 + interviews % 2)
    return seconds | {"comparison": time.perf_counter() - begun}


def one(path: str, steps: str) -> None:
    """Measure one table and print a line of JSON."""
    sys.path.insert(0, str(PROGRAM / "scripts"))
    table = load_npz(path)
    cpu, wall = time.process_time(), time.perf_counter()
    found = {"main": main_steps, "other": other_steps}[steps](csr_array(table))
    facts = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "peak": peak()}
    print(json.dumps({"ones": int(table.nnz), **found, **facts}))


def main(arguments: list[str]) -> None:
    """Make and measure every table."""
    if arguments[:1] == ["--one"]:
        one(*arguments[1:])
        return
    for n in SEGMENTS:
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder) / "table.npz")
            save_npz(path, zipf_like(n, LEMMAS), compressed=False)
            for steps in ("main", "other") if "--also" in arguments else ("main",):
                command = [sys.executable, __file__, "--one", path, steps]
                said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
                facts = ", ".join(f"{name} {round(value, 2):g}" for name, value in json.loads(said).items())
                print(f"{n:>9} segments, {steps}: {facts} (s; MB)", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
