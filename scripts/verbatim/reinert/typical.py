"""The segments that show a class best: those that gather its characteristic forms (IRaMuTeQ's scores)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

PROFILE_THRESHOLD = 2.0


@dataclass(frozen=True)
class Typical:
    """The typical segments of one class, best first: arrays (n,); `marked`: the forms that count in each."""

    segments: np.ndarray
    absolute: np.ndarray
    relative: np.ndarray
    marked: tuple[np.ndarray, ...]


def typical(presence: csr_array, labels: np.ndarray, number: int, chi2: np.ndarray, most: int) -> Typical:
    """Return the `most` segments of class `number` with the highest absolute score.

    `presence` (n_segments, n_forms) is binary; `labels` (n_segments,); `chi2` (n_forms,) are the signed
    χ² of the class. Forms with χ² > 2 count, once a segment: the absolute score is the sum of their χ²
    (rounded to 3 decimals, as profiles show them), the relative one this sum over their number; both
    rounded to 2 decimals. Ties: by relative score, then in the order of the rows. Segments without
    such a form are left out. `marked` holds columns of `presence`, strongest first.
    """
    weights = np.where(chi2 > PROFILE_THRESHOLD, np.round(chi2, 3), 0.0)
    rows = np.flatnonzero(labels == number)
    inside = presence[rows]
    sums = inside @ weights
    counts = inside @ (weights > 0).astype(float)
    bearing = np.flatnonzero(counts > 0)
    absolute = np.round(sums[bearing], 2)
    relative = np.round(sums[bearing] / counts[bearing], 2)
    best = np.lexsort((-relative, -absolute))[:most]
    chosen = bearing[best]
    marked = tuple(_marked(inside, row, weights) for row in chosen)
    return Typical(rows[chosen], absolute[best], relative[best], marked)


def _marked(presence: csr_array, row: int, weights: np.ndarray) -> np.ndarray:
    forms = presence.indices[presence.indptr[row] : presence.indptr[row + 1]]
    forms = np.sort(forms[weights[forms] > 0])
    return forms[np.argsort(-weights[forms], kind="stable")]
