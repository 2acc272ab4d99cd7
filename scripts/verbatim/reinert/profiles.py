"""What characterises a class: forms and attributes that its segments bear more than the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.special import chdtrc

from verbatim.false_discovery import adjust, adjust_holm

FEWEST_SEGMENTS = 3


@dataclass(frozen=True)
class Profile:
    """Arrays (n_terms, K), K classes: see `profile`; `n_total` is (n_terms,)."""

    n_in_class: np.ndarray
    n_total: np.ndarray
    percent: np.ndarray
    chi2: np.ndarray
    p: np.ndarray
    p_adjusted: np.ndarray
    p_holm: np.ndarray
    effect: np.ndarray
    n_interviews: np.ndarray


def profile(presence: csr_array, classes: np.ndarray, interviews: np.ndarray) -> Profile:
    """Return how each term of `presence` (n_segments, n_terms), binary, stands to each class.

    `classes` (n_segments,) are 1…K, 0 = unclassified, whose segments do not count at all; `interviews`
    (n_segments,) are numbers from 0. n_in_class and n_total are classified segments bearing the term;
    percent = 100 · n_in_class / n_total; chi2: `signed_chi2`; p: probability of a χ² as large, one
    degree of freedom, whatever its sign; p_adjusted and p_holm: `adjust` and `adjust_holm` over the
    terms of a class; effect: φ = ±√(χ²/n); n_interviews: interviews with a segment of the class that bears the term.
    """
    kept = np.flatnonzero(classes > 0)
    labels = classes[kept] - 1
    k = int(classes.max(initial=0))
    bearing = presence[kept]
    n_in_class = _cross(bearing, labels, k).toarray().astype(np.int64)
    n_total = n_in_class.sum(axis=1)
    chi2 = signed_chi2(n_in_class, n_total, np.bincount(labels, minlength=k), len(kept))
    p = chdtrc(1, np.abs(chi2))
    percent = 100 * n_in_class / np.maximum(n_total, 1)[:, None]
    effect = np.sign(chi2) * np.sqrt(np.abs(chi2) / max(len(kept), 1))
    spread = _interviews(bearing, labels, interviews[kept], k)
    return Profile(n_in_class, n_total, percent, chi2, p, adjust(p), adjust_holm(p), effect, spread)


def _cross(bearing: csr_array, groups: np.ndarray, n_groups: int) -> csr_array:
    """Return (n_terms, n_groups): segments of each group that bear each term."""
    n = len(groups)
    member = coo_array((np.ones(n), (np.arange(n), groups)), shape=(n, n_groups)).tocsr()
    return (bearing.T.tocsr() @ member).tocsr()


def _interviews(bearing: csr_array, labels: np.ndarray, interviews: np.ndarray, k: int) -> np.ndarray:
    n_terms = bearing.shape[1]
    n_groups = int(interviews.max(initial=-1) + 1) * k
    cross = _cross(bearing, interviews * k + labels, n_groups).tocoo()
    terms, groups = cross.coords
    cells = terms.astype(np.int64) * k + groups % max(k, 1)
    return np.bincount(cells[cross.data > 0], minlength=n_terms * k).reshape(n_terms, k)


def signed_chi2(n_in_class: np.ndarray, n_total: np.ndarray, sizes: np.ndarray, n: int) -> np.ndarray:
    """Return the χ² (n_terms, K) of term × class over `n` segments, 2×2, one at a time, without correction.

    `n_in_class` (n_terms, K), `n_total` (n_terms,), `sizes` (K,) of the classes. Negative where the
    term is under-represented; 0 where the table has an empty margin.
    """
    inside, borne, size = n_in_class.astype(float), n_total.astype(float)[:, None], sizes.astype(float)[None, :]
    excess = inside * n - borne * size
    margins = borne * (n - borne) * size * (n - size)
    with np.errstate(divide="ignore", invalid="ignore"):
        chi2 = np.where(margins > 0, n * excess**2 / margins, 0.0)
    return np.where(excess < 0, -chi2, chi2)
