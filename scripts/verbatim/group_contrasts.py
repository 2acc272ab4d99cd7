"""Do groups of interviews differ in a theme? Exact intervals and tests that never cut an interview in two."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
from scipy.stats import beta, fisher_exact

LEVEL = 0.95
MOST_EXACT = 20_000
RESAMPLES = 9_999


@dataclass(frozen=True)
class Contrast:
    """Groups (g,) of interviews: how many hold the theme, out of how many, with intervals; and two tests.

    `share`: share of the interviews of the group that hold it, `low`…`high` its exact interval; `p_presence`:
    Fisher's exact test (Freeman and Halton's with more than two groups) of presence × group. `mean`: mean amount by
    interview; `p_amount`: share of the ways to deal the interviews to groups of these sizes whose means lie as far
    apart, or further; `exact`: whether all ways were counted.
    """

    n_holding: np.ndarray
    n_interviews: np.ndarray
    share: np.ndarray
    low: np.ndarray
    high: np.ndarray
    p_presence: float
    mean: np.ndarray
    p_amount: float
    exact: bool


def contrast(amount: np.ndarray, group: np.ndarray, resamples: int = RESAMPLES, seed: int = 1) -> Contrast:
    """Return how groups differ in `amount` (n_interviews,), words or passages of a theme, 0 where it is absent.

    `group` (n_interviews,) are numbers from 0, each with an interview at least. All ways to deal are counted for two
    groups of at most 20,000 ways, else `resamples` are drawn from `seed` and p = (1 + as far)/(1 + resamples).
    One group: both p are 1.
    """
    amount, group = np.asarray(amount, dtype=float), np.asarray(group)
    sizes = np.bincount(group)
    holding = np.bincount(group, weights=amount > 0, minlength=len(sizes)).astype(int)
    low, high = interval(holding, sizes)
    mean = np.bincount(group, weights=amount) / sizes
    p_presence = float(fisher_exact(np.stack([holding, sizes - holding])).pvalue) if len(sizes) > 1 else 1.0
    p_amount, exact = _permuted(amount, group, sizes, resamples, seed)
    return Contrast(holding, sizes, holding / sizes, low, high, min(p_presence, 1.0), mean, p_amount, exact)


def interval(k: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the exact 95 % interval (low, high) of k out of n (Clopper and Pearson 1934)."""
    k, n = np.asarray(k, dtype=float), np.asarray(n, dtype=float)
    tail = (1 - LEVEL) / 2
    with np.errstate(invalid="ignore"):
        low = np.where(k > 0, beta.ppf(tail, k, n - k + 1), 0.0)
        high = np.where(k < n, beta.ppf(1 - tail, k + 1, n - k), 1.0)
    return low, high


def _permuted(amount: np.ndarray, group: np.ndarray, sizes: np.ndarray, resamples: int, seed: int):
    if len(sizes) < 2:
        return 1.0, True
    if len(sizes) == 2 and comb(len(amount), int(sizes[0])) <= MOST_EXACT:
        dealt = np.array(list(combinations(range(len(amount)), int(sizes[0]))))
        first = amount[dealt].sum(axis=1)
        sums = np.stack([first, amount.sum() - first], axis=1)
        return float(np.mean(_apart(sums, sizes) >= _observed(amount, group, sizes))), True
    random = np.random.default_rng(seed)
    orders = random.permuted(np.tile(amount, (resamples, 1)), axis=1)
    sums = np.add.reduceat(orders, np.concatenate([[0], np.cumsum(sizes)[:-1]]), axis=1)
    as_far = int(np.sum(_apart(sums, sizes) >= _observed(amount, group, sizes)))
    return (1 + as_far) / (1 + resamples), False


def _apart(sums: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Return Σ sums²/sizes, which orders the ways to deal as the sum of squares between groups does."""
    return (sums**2 / sizes).sum(axis=1)


def _observed(amount: np.ndarray, group: np.ndarray, sizes: np.ndarray) -> float:
    found = _apart(np.bincount(group, weights=amount)[None, :], sizes)[0]
    # Sums in another order differ in the last digits: what equals the observed must count.
    return float(found - 1e-9 * max(abs(found), 1.0))
