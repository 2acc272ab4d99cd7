"""What stability chance alone gives: the same resamples of a corpus whose words were dealt again among its segments."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy.sparse import coo_array, csr_array

from verbatim.reinert.candidates import labels_by_number
from verbatim.stability.draws import draw, jaccard
from verbatim.stability.resampling import resample

DRAWS = 20
STREAM = 2


def shuffled(counts: csr_array, seed: int) -> csr_array:
    """Return `counts` (n_segments, n_forms) with its words dealt again at random.

    Each segment keeps as many words and each form as many occurrences; two words of one form that meet in a segment
    are added up.
    """
    table = coo_array(counts)
    rows, columns = table.coords
    dealt = np.random.default_rng([seed, 0, STREAM]).permutation(len(columns))
    return csr_array(coo_array((table.data[dealt], (rows, columns[dealt])), shape=table.shape))


def by_chance(
    counts: csr_array,
    owners: np.ndarray,
    kind: str,
    numbers: Iterable[int],
    how: tuple[str, dict],
    plan: dict,
    chunk: int,
) -> tuple[np.ndarray, dict[int, np.ndarray]]:
    """Return the numbers (R,) of the draws that a part makes, and number of classes -> (R,) mean Jaccard index.

    Of `shuffled(counts)`, which is classified and resampled as the corpus itself is; NaN where it has no class.
    `kind`: interviews or segments; `how`: compatibility and the section `classes`; `plan`: the section `stability`.
    """
    compatibility, settings = how
    own = list(range(chunk, min(DRAWS, plan["resamples"]), plan["chunks"]))
    values = {number: np.full(len(own), np.nan) for number in numbers}
    if not own or not len(owners):
        return np.zeros(0, dtype=np.int64), {number: np.zeros(0) for number in values}
    mixed = shuffled(counts, plan["seed"])
    known = np.flatnonzero(np.bincount(mixed.indices, mixed.data, mixed.shape[1]) >= settings["minimum_frequency"])
    table = csr_array(mixed[:, known] > 0, dtype=float)
    tried = labels_by_number(table, owners, list(values), settings, compatibility)
    references = {number: candidate.labels for number, candidate in tried.items()}
    for place, number in enumerate(own):
        rows, texts = resample(owners, kind, plan["seed"], number)
        for k, found in draw(mixed, references, rows, texts, settings, compatibility).items():
            n_classes = int(references[k].max(initial=0))
            if n_classes:
                parts = [[i] for i in range(1, n_classes + 1)]
                values[k][place] = jaccard(found.crossing[None], parts).mean()
    return np.array(own, dtype=np.int64), values
