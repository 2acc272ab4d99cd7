"""Do groups of interviews differ in a theme? Exact intervals and tests that never cut an interview in two."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import factorial, prod

import numpy as np
from scipy.special import betaincinv, gammaln

LEVEL = 0.95
MOST_DEALS = 20_000
MOST_TABLES = 50_000
RESAMPLES = 9_999
BATCH_CELLS = 4_000_000
ROUNDING = 1e-9


@dataclass(frozen=True)
class Contrast:
    """Groups (g,) of interviews: how many hold the theme, out of how many, with intervals; and two tests.

    `share`: share of the interviews of the group that hold it, `low`…`high` its exact interval; `p_presence`:
    Fisher's exact test (Freeman and Halton's with more than two groups) of presence × group. `mean`: mean amount by
    interview; `p_amount`: share of the ways to deal the interviews to groups of these sizes whose means lie as far
    apart, or further; `exact_presence`, `exact_amount`: whether all tables, all ways were counted.
    """

    n_holding: np.ndarray
    n_interviews: np.ndarray
    share: np.ndarray
    low: np.ndarray
    high: np.ndarray
    p_presence: float
    exact_presence: bool
    mean: np.ndarray
    p_amount: float
    exact_amount: bool


def contrast(amount: np.ndarray, group: np.ndarray, resamples: int = RESAMPLES, seed: int = 1) -> Contrast:
    """Return how groups differ in the `amount` (n_interviews,) of one theme; see `contrasts`."""
    return contrasts(np.asarray(amount, dtype=float)[None, :], group, resamples, seed)[0]


def contrasts(amounts: np.ndarray, group: np.ndarray, resamples: int = RESAMPLES, seed: int = 1) -> list[Contrast]:
    """Return how groups differ in `amounts` (n_themes, n_interviews), words or shares; 0 where a theme is absent.

    `group` (n_interviews,) are numbers from 0, each with an interview at least. All ways to deal the interviews are
    counted where there are at most 20,000, else `resamples` are drawn from `seed`, the same for all themes, and
    p = (1 + as far)/(1 + resamples) (Phipson and Smyth 2010, eq. 2). One group: all p are 1.
    """
    amounts, group = np.asarray(amounts, dtype=float), np.asarray(group)
    sizes = np.bincount(group)
    belongs = (group[:, None] == np.arange(len(sizes))).astype(float)
    holding = ((amounts > 0) @ belongs).astype(int)
    low, high = interval(holding, sizes)
    means = amounts @ belongs / sizes
    p_amount, exact = _dealt(amounts, group, sizes, resamples, seed)
    found = []
    for i, own in enumerate(holding):
        p_presence, counted = freeman_halton(own, sizes, resamples, seed)
        shown = sizes, own / sizes, low[i], high[i], p_presence, counted, means[i], float(p_amount[i]), exact
        found.append(Contrast(own, *shown))
    return found


def interval(k: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the exact 95 % interval (low, high) of k out of n (Clopper and Pearson 1934)."""
    k, n = np.broadcast_arrays(np.asarray(k, dtype=float), np.asarray(n, dtype=float))
    tail = (1 - LEVEL) / 2
    # the inverse of a beta is asked only where it exists: at least one, or at least one missing
    low = np.where(k > 0, betaincinv(np.maximum(k, 1), n - k + 1, tail), 0.0)
    high = np.where(k < n, betaincinv(k + 1, np.maximum(n - k, 1), 1 - tail), 1.0)
    return low, high


def freeman_halton(
    holding: np.ndarray, sizes: np.ndarray, resamples: int = RESAMPLES, seed: int = 1
) -> tuple[float, bool]:
    """Return p of presence × group, and whether all tables were counted (Freeman and Halton 1951).

    `holding` (g,) out of `sizes` (g,). With two groups it is Fisher's two-sided exact test. Of the tables with these
    margins, p is the probability of those that are no likelier than the one found. Where there would be more than
    50,000 to count, `resamples` are drawn from `seed`.
    """
    holding, sizes = np.asarray(holding), np.asarray(sizes)
    total = int(holding.sum())
    if len(sizes) < 2 or total in (0, int(sizes.sum())):
        return 1.0, True
    observed = _log_ways(holding[None, :], sizes)[0]
    bound = observed + ROUNDING * max(abs(observed), 1.0)
    counts = _tables(total, sizes)
    if counts is not None:
        ways = _log_ways(counts, sizes)
        weights = np.exp(ways - ways.max())
        return min(float(weights[ways <= bound].sum() / weights.sum()), 1.0), True
    drawn = np.random.default_rng(seed).multivariate_hypergeometric(sizes, total, size=resamples)
    return (1 + int(np.sum(_log_ways(drawn, sizes) <= bound))) / (1 + resamples), False


def _tables(total: int, sizes: np.ndarray) -> np.ndarray | None:
    """Return every way (n, g) to place `total` among groups of these `sizes`; None where they may be too many."""
    if prod(min(int(n), total) + 1 for n in sizes[:-1]) > MOST_TABLES:
        return None
    ranges = [np.arange(min(int(n), total) + 1) for n in sizes[:-1]]
    first = np.stack([axis.ravel() for axis in np.meshgrid(*ranges, indexing="ij")], axis=1)
    rest = total - first.sum(axis=1)
    kept = (rest >= 0) & (rest <= sizes[-1])
    return np.column_stack([first[kept], rest[kept]])


def _log_ways(counts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Return Σ log C(nⱼ, kⱼ) for each row of `counts`: the log of its probability, but for a constant."""
    return (gammaln(sizes + 1.0) - gammaln(counts + 1.0) - gammaln(sizes - counts + 1.0)).sum(axis=1)


def _dealt(amounts: np.ndarray, group: np.ndarray, sizes: np.ndarray, resamples: int, seed: int):
    """Return p (n_themes,) and whether all ways were counted."""
    if len(sizes) < 2:
        return np.ones(len(amounts)), True
    observed = _apart(amounts, group[None, :], sizes)[0]
    # sums in another order differ in the last digits: what equals the observed must count
    observed = observed - ROUNDING * np.maximum(np.abs(observed), 1e-300)
    if _n_ways(sizes) <= MOST_DEALS:
        return (_apart(amounts, _all_deals(sizes), sizes) >= observed).mean(axis=0), True
    random, far = np.random.default_rng(seed), np.ones(len(amounts))
    batch = max(1, BATCH_CELLS // len(group))
    for begin in range(0, resamples, batch):
        dealt = random.permuted(np.tile(group, (min(batch, resamples - begin), 1)), axis=1)
        far += (_apart(amounts, dealt, sizes) >= observed).sum(axis=0)
    return far / (1 + resamples), False


def _n_ways(sizes: np.ndarray) -> int:
    return factorial(int(sizes.sum())) // prod(factorial(int(n)) for n in sizes)


def _all_deals(sizes: np.ndarray) -> np.ndarray:
    """Return every way (n_ways, n) to deal interviews to groups of these sizes."""
    deals = np.full((1, int(sizes.sum())), -1)
    for number, size in enumerate(sizes):
        free = np.nonzero(deals < 0)[1].reshape(len(deals), -1)
        chosen = np.array(list(combinations(range(free.shape[1]), int(size))))
        places = free[:, chosen].reshape(-1, int(size))
        deals = np.repeat(deals, len(chosen), axis=0)
        np.put_along_axis(deals, places, number, axis=1)
    return deals


def _apart(amounts: np.ndarray, deals: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Return Σ sums²/sizes (n_deals, n_themes), which orders deals as the sum of squares between groups does."""
    found = np.zeros((len(deals), len(amounts)))
    for number, size in enumerate(sizes):
        found += ((deals == number).astype(float) @ amounts.T) ** 2 / size
    return found
