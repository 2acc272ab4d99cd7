"""Do coders agree? Coefficients of agreement on nominal codes, each with a bootstrap interval.

Every function takes `codes` (n_units, n_raters), integers, −1 where a rater did not code a unit, and gives a
`Coefficient`. Units are drawn with replacement (Efron 1979), or, where `groups` (n_units,) are given, whole groups of
them: units of one interview are alike, and an interval that takes them for independent is too narrow. A coefficient
that chance alone makes undefined (everybody always says the same) is NaN, never 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np

NOT_CODED = -1
RESAMPLES, SEED = 2000, 1
INTERVAL = (0.025, 0.975)
EMPTY = 1e-12
# numbers held at once by a part of the resamples
AT_ONCE = 2**22


class Coefficient(NamedTuple):
    """`value` with its 95 % interval `low`…`high` (NaN where undefined); observed and expected agreement.

    n_units: units of two codes at least; those of one code count in what chance expects (Gwet 2014) of
    Fleiss' κ, AC₁ and Brennan and Prediger's coefficient, not of κ and α; n_undefined: resamples in which
    it is undefined. One unit (or group) has no interval.
    """

    value: float
    low: float
    high: float
    observed: float
    expected: float
    n_units: int
    n_undefined: int

    def __float__(self) -> float:
        """Return the value."""
        return self.value


class _Patterns(NamedTuple):
    """The different rows of codes: `raters` (p, r), category of each rater (from 0) or −1.

    ratings (p, q): how many raters chose each category; counts (g, p): units of each group that have each pattern
    (one group where units are drawn one by one).
    """

    raters: np.ndarray
    ratings: np.ndarray
    counts: np.ndarray
    by_group: bool


Agreement = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]


def cohen_kappa(
    codes: np.ndarray, *, groups: np.ndarray | None = None, resamples: int = RESAMPLES, seed: int = SEED
) -> Coefficient:
    """Return Cohen's κ (1960, eq. 1) of two raters over the units that both coded.

    κ = (pₒ − pₑ)/(1 − pₑ), pₑ = Σₖ p₁ₖ p₂ₖ from either rater's own shares. Errors: ValueError unless
    there are two raters.
    """
    codes = _checked(codes)
    if codes.shape[1] != 2:
        raise ValueError(f"Cohen's kappa is for two raters, not {codes.shape[1]}: see fleiss_kappa")
    found = _patterns(codes, groups, 2)
    one, two = (np.eye(found.ratings.shape[1])[found.raters[:, side]] for side in (0, 1))
    same = (found.raters[:, 0] == found.raters[:, 1]).astype(float)

    def agreement(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        n = weights.sum(axis=1)
        return _over(weights @ same, n), _over(((weights @ one) * (weights @ two)).sum(axis=1), n**2)

    return _coefficient(agreement, found, resamples, seed)


def fleiss_kappa(
    codes: np.ndarray, *, groups: np.ndarray | None = None, resamples: int = RESAMPLES, seed: int = SEED
) -> Coefficient:
    """Return Fleiss' κ (1971), as Gwet (2014, eq. 2.14) writes it for unequal numbers of ratings.

    pₑ = Σₖ πₖ², πₖ the mean over units of the share of their ratings that is k.
    """
    return _by_chance(codes, groups, lambda shares: (shares**2).sum(axis=1), resamples, seed)


def gwet_ac1(
    codes: np.ndarray,
    *,
    n_categories: int | None = None,
    groups: np.ndarray | None = None,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Coefficient:
    """Return Gwet's AC₁ (2008, eq. 4): pₑ = Σₖ πₖ(1 − πₖ)/(q − 1).

    `n_categories`: q, when some category was never used; those used by default. Of one category, it is undefined.
    """

    def expected(shares: np.ndarray) -> np.ndarray:
        q = _categories(shares, n_categories)
        return (shares * (1 - shares)).sum(axis=1) / (q - 1) if q > 1 else np.ones(len(shares))

    return _by_chance(codes, groups, expected, resamples, seed)


def brennan_prediger(
    codes: np.ndarray,
    *,
    n_categories: int | None = None,
    groups: np.ndarray | None = None,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Coefficient:
    """Return the coefficient of Brennan and Prediger (1981): pₑ = 1/q.

    `n_categories`: q, when some category was never used; those used by default.
    """

    def expected(shares: np.ndarray) -> np.ndarray:
        return np.full(len(shares), 1 / max(_categories(shares, n_categories), 1))

    return _by_chance(codes, groups, expected, resamples, seed)


def krippendorff_alpha(
    codes: np.ndarray, *, groups: np.ndarray | None = None, resamples: int = RESAMPLES, seed: int = SEED
) -> Coefficient:
    """Return Krippendorff's α (2004, ch. 11) for nominal codes: 1 − (disagreement observed / expected).

    Units of m ratings give each pair a weight 1/(m − 1); expected pairs are drawn without replacement from
    all n ratings of such units: α = 1 − (n − 1)(n − Σₖ oₖₖ)/(n² − Σₖ nₖ²).
    """
    found = _patterns(_checked(codes), groups, 2)
    sizes = found.ratings.sum(axis=1)
    within = (found.ratings * (found.ratings - 1)).sum(axis=1) / (sizes - 1)

    def agreement(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        n = weights @ sizes
        totals = weights @ found.ratings
        return _over(weights @ within, n), _over((totals * (totals - 1)).sum(axis=1), n * (n - 1))

    return _coefficient(agreement, found, resamples, seed)


def _checked(codes: np.ndarray) -> np.ndarray:
    codes = np.asarray(codes)
    if codes.ndim != 2 or codes.shape[1] < 2:
        raise ValueError("codes must be a table (n_units, n_raters) of two raters at least")
    if codes.size and (not np.issubdtype(codes.dtype, np.integer) or codes.min() < NOT_CODED):
        raise ValueError("codes must be integers from 0, or -1 where a unit was not coded")
    return codes.astype(np.int64)


def _patterns(codes: np.ndarray, groups: np.ndarray | None, fewest: int) -> _Patterns:
    """Return the patterns of the units that `fewest` raters or more coded; categories renumbered from 0."""
    if groups is not None and len(groups) != len(codes):
        raise ValueError("groups must name the group of each unit")
    enough = (codes != NOT_CODED).sum(axis=1) >= fewest
    kept = codes[enough]
    known = np.unique(kept[kept != NOT_CODED])
    places = np.where(kept == NOT_CODED, NOT_CODED, np.searchsorted(known, kept))
    key = np.zeros(len(places), dtype=np.int64)
    for column in places.T:
        key = np.unique(key * (len(known) + 1) + column + 1, return_inverse=True)[1]
    first = np.unique(key, return_index=True)[1]
    raters = places[first]
    ratings = (raters[:, :, None] == np.arange(len(known))).sum(axis=1).astype(float)
    member = np.zeros(len(key), dtype=np.int64)
    if groups is not None:
        member = np.unique(np.asarray(groups)[enough], return_inverse=True)[1]
    n_groups = int(member.max(initial=0)) + 1
    counts = np.bincount(member * len(first) + key, minlength=n_groups * len(first)).reshape(n_groups, len(first))
    return _Patterns(raters, ratings, counts, groups is not None)


def _categories(shares: np.ndarray, n_categories: int | None) -> int:
    used = shares.shape[1]
    if n_categories is not None and n_categories < used:
        raise ValueError(f"n_categories is {n_categories}, but {used} were used")
    return n_categories or used


def _by_chance(
    codes: np.ndarray,
    groups: np.ndarray | None,
    expected: Callable[[np.ndarray], np.ndarray],
    resamples: int,
    seed: int,
) -> Coefficient:
    """Return the coefficient whose expected agreement comes from the shares (R, q) of the categories."""
    found = _patterns(_checked(codes), groups, 1)
    sizes = found.ratings.sum(axis=1)
    several = (sizes >= 2).astype(float)
    agreeing = (found.ratings * (found.ratings - 1)).sum(axis=1) / np.maximum(sizes * (sizes - 1), 1)
    shares = found.ratings / sizes[:, None]

    def agreement(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        n = np.maximum(weights.sum(axis=1), 1)
        return _over(weights @ agreeing, weights @ several), expected(weights @ shares / n[:, None])

    return _coefficient(agreement, found, resamples, seed)


def _coefficient(agreement: Agreement, found: _Patterns, resamples: int, seed: int) -> Coefficient:
    """Return the coefficient from how `weights` (R, n_patterns) on patterns agree: observed, expected."""
    counts = found.counts.sum(axis=0)
    compared = int(counts[(found.raters != NOT_CODED).sum(axis=1) >= 2].sum())
    if compared == 0:
        return Coefficient(*[np.nan] * 5, 0, 0)
    observed, expected = agreement(counts[None].astype(float))
    value = float(_ratio(observed, expected)[0])
    many = resamples if (len(found.counts) if found.by_group else counts.sum()) > 1 else 0
    parts = [_ratio(*agreement(weights)) for weights in _drawn(found, many, seed)]
    low, high, undefined = interval(np.concatenate(parts) if parts else np.zeros(0), value)
    return Coefficient(value, low, high, float(observed[0]), float(expected[0]), compared, undefined)


def interval(values: np.ndarray, value: float) -> tuple[float, float, int]:
    """Return the 95 % percentile interval of resampled `values`, and how many of them are undefined (NaN).

    NaN where `value` is undefined, or none of the resamples is defined.
    """
    defined = values[~np.isnan(values)]
    low, high = np.quantile(defined, INTERVAL) if len(defined) and not np.isnan(value) else (np.nan, np.nan)
    return float(low), float(high), len(values) - len(defined)


@lru_cache(maxsize=4)
def group_draws(n_groups: int, resamples: int, seed: int) -> np.ndarray:
    """Return how often each group is drawn (R, n_groups): the same draws for every coefficient and theme of a study."""
    drawn = np.random.default_rng(seed).multinomial(n_groups, np.full(n_groups, 1 / n_groups), size=resamples)
    drawn = drawn.astype(float)
    drawn.flags.writeable = False
    return drawn


def _drawn(found: _Patterns, resamples: int, seed: int) -> Iterator[np.ndarray]:
    """Yield the patterns (R, n_patterns) of samples drawn with replacement, units one by one or in whole groups."""
    rng = np.random.default_rng(seed)
    n_groups, n_patterns = found.counts.shape
    part = max(AT_ONCE // max(n_patterns, n_groups), 1)
    for begin in range(0, resamples, part):
        size = min(part, resamples - begin)
        if found.by_group:
            yield group_draws(n_groups, size, seed + begin) @ found.counts
        else:
            # how often each pattern comes is all that units drawn one by one tell
            n = int(found.counts.sum())
            yield rng.multinomial(n, found.counts[0] / n, size=size).astype(float)


def _over(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)


def _ratio(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    found = np.full(len(observed), np.nan)
    np.divide(observed - expected, 1 - expected, out=found, where=1 - expected > EMPTY)
    return found
