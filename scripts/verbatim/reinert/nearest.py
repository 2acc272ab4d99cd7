"""Which class a segment without class is nearest to: said beside the classification, never part of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

DIGITS = 12


@dataclass(frozen=True)
class Nearest:
    """Arrays (n,): rows of the matrix, column of the nearest class, its score, and the lead over the second."""

    rows: np.ndarray
    column: np.ndarray
    score: np.ndarray
    margin: np.ndarray


def nearest(presence: csr_array, labels: np.ndarray, chi2: np.ndarray) -> Nearest:
    """Return the nearest class of each unclassified segment that has at least one of the forms.

    `presence` (n_segments, n_forms) is binary; `labels` (n_segments,), 0 = unclassified; `chi2`
    (n_forms, K) are signed. The score of a class is the mean of the signed χ² of the segment's forms,
    over the largest χ² of the class (0 where this is not positive); the largest score wins, the first
    of equal ones. With a single class the margin is the score.
    """
    open_rows = np.flatnonzero(labels == 0)
    bearing = presence[open_rows]
    counts = np.diff(bearing.indptr)
    kept = np.flatnonzero(counts > 0)
    if not chi2.size or not len(kept):
        none = np.zeros(0, dtype=np.int64)
        return Nearest(none, none, np.zeros(0), np.zeros(0))
    largest = chi2.max(axis=0)
    weights = np.where(largest > 0, chi2 / np.where(largest > 0, largest, 1.0), 0.0)
    # equal scores must tie whatever the order in which their terms were summed
    scores = np.round((bearing[kept] @ weights) / counts[kept][:, None], DIGITS)
    best = scores.argmax(axis=1)
    ordered = np.sort(scores, axis=1)
    score = ordered[:, -1]
    margin = score - ordered[:, -2] if scores.shape[1] > 1 else score
    return Nearest(open_rows[kept], best, score, margin)
