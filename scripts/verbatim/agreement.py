"""Do coders agree? Coefficients of agreement on nominal codes, each with a bootstrap interval over units.

Every function takes `codes` (n_units, n_raters), integers, −1 where a rater did not code a unit, and gives a
`Coefficient`. Units are drawn with replacement (Efron 1979); a coefficient that chance alone makes
undefined (everybody always says the same) is NaN, never 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

NOT_CODED = -1
RESAMPLES, SEED = 2000, 1
INTERVAL = (0.025, 0.975)
EMPTY = 1e-12


@dataclass(frozen=True)
class Coefficient:
    """`value` with its 95 % interval `low`…`high` (NaN where undefined); observed and expected agreement.

    n_units: units of two codes at least; those of one code count in what chance expects (Gwet 2014) of
    Fleiss' κ, AC₁ and Brennan and Prediger's coefficient, not of κ and α; n_undefined: resamples in which
    it is undefined.
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


@dataclass(frozen=True)
class _Counts:
    """Ratings of each unit (n, q) of q categories; `raters` (n, r): category of each rater, or −1."""

    ratings: np.ndarray
    raters: np.ndarray

    @property
    def q(self) -> int:
        return self.ratings.shape[1]


def cohen_kappa(codes: np.ndarray, *, resamples: int = RESAMPLES, seed: int = SEED) -> Coefficient:
    """Return Cohen's κ (1960, eq. 1) of two raters over the units that both coded.

    κ = (pₒ − pₑ)/(1 − pₑ), pₑ = Σₖ p₁ₖ p₂ₖ from either rater's own shares. Errors: ValueError unless
    there are two raters.
    """
    codes = _checked(codes)
    if codes.shape[1] != 2:
        raise ValueError(f"Cohen's kappa is for two raters, not {codes.shape[1]}: see fleiss_kappa")
    counts = _counts(codes[(codes != NOT_CODED).all(axis=1)])
    one, two = (np.eye(counts.q)[counts.raters[:, side]] for side in (0, 1))
    same = (counts.raters[:, 0] == counts.raters[:, 1]).astype(float)

    def agreement(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        n = weights.sum(axis=1)
        return weights @ same / n, ((weights @ one) * (weights @ two)).sum(axis=1) / n**2

    return _coefficient(agreement, np.ones(len(same)), resamples, seed)


def fleiss_kappa(codes: np.ndarray, *, resamples: int = RESAMPLES, seed: int = SEED) -> Coefficient:
    """Return Fleiss' κ (1971), as Gwet (2014, eq. 2.14) writes it for unequal numbers of ratings.

    pₑ = Σₖ πₖ², πₖ the mean over units of the share of their ratings that is k.
    """
    return _by_chance(codes, lambda shares: (shares**2).sum(axis=1), resamples, seed)


def gwet_ac1(
    codes: np.ndarray, *, n_categories: int | None = None, resamples: int = RESAMPLES, seed: int = SEED
) -> Coefficient:
    """Return Gwet's AC₁ (2008, eq. 4): pₑ = Σₖ πₖ(1 − πₖ)/(q − 1).

    `n_categories`: q, when some category was never used; those used by default.
    """

    def expected(shares: np.ndarray) -> np.ndarray:
        q = _categories(shares, n_categories)
        return (shares * (1 - shares)).sum(axis=1) / max(q - 1, 1)

    return _by_chance(codes, expected, resamples, seed)


def brennan_prediger(
    codes: np.ndarray, *, n_categories: int | None = None, resamples: int = RESAMPLES, seed: int = SEED
) -> Coefficient:
    """Return the coefficient of Brennan and Prediger (1981): pₑ = 1/q.

    `n_categories`: q, when some category was never used; those used by default.
    """

    def expected(shares: np.ndarray) -> np.ndarray:
        return np.full(len(shares), 1 / max(_categories(shares, n_categories), 1))

    return _by_chance(codes, expected, resamples, seed)


def krippendorff_alpha(codes: np.ndarray, *, resamples: int = RESAMPLES, seed: int = SEED) -> Coefficient:
    """Return Krippendorff's α (2004, ch. 11) for nominal codes: 1 − (disagreement observed / expected).

    Units of m ratings give each pair a weight 1/(m − 1); expected pairs are drawn without replacement from
    all n ratings of such units: α = 1 − (n − 1)(n − Σₖ oₖₖ)/(n² − Σₖ nₖ²).
    """
    counts = _counts(_checked(codes))
    sizes = counts.ratings.sum(axis=1)
    within = (counts.ratings * (counts.ratings - 1)).sum(axis=1) / (sizes - 1)

    def agreement(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        n = weights @ sizes
        totals = weights @ counts.ratings
        return (weights @ within) / n, (totals * (totals - 1)).sum(axis=1) / (n * (n - 1))

    return _coefficient(agreement, np.ones(len(sizes)), resamples, seed)


def _checked(codes: np.ndarray) -> np.ndarray:
    codes = np.asarray(codes)
    if codes.ndim != 2 or codes.shape[1] < 2:
        raise ValueError("codes must be a table (n_units, n_raters) of two raters at least")
    if codes.size and (not np.issubdtype(codes.dtype, np.integer) or codes.min() < NOT_CODED):
        raise ValueError("codes must be integers from 0, or -1 where a unit was not coded")
    return codes.astype(np.int64)


def _counts(codes: np.ndarray, fewest: int = 2) -> _Counts:
    """Return the ratings of the units that `fewest` raters or more coded; categories renumbered from 0."""
    kept = codes[(codes != NOT_CODED).sum(axis=1) >= fewest]
    known = np.unique(kept[kept != NOT_CODED])
    places = np.where(kept == NOT_CODED, NOT_CODED, np.searchsorted(known, kept))
    ratings = (places[:, :, None] == np.arange(len(known))).sum(axis=1).astype(float)
    return _Counts(ratings, places)


def _categories(shares: np.ndarray, n_categories: int | None) -> int:
    used = shares.shape[1]
    if n_categories is not None and n_categories < used:
        raise ValueError(f"n_categories is {n_categories}, but {used} were used")
    return n_categories or used


def _by_chance(
    codes: np.ndarray, expected: Callable[[np.ndarray], np.ndarray], resamples: int, seed: int
) -> Coefficient:
    """Return the coefficient whose expected agreement comes from the shares (R, q) of the categories."""
    counts = _counts(_checked(codes), 1)
    sizes = counts.ratings.sum(axis=1)
    several = (sizes >= 2).astype(float)
    agreeing = (counts.ratings * (counts.ratings - 1)).sum(axis=1) / np.maximum(sizes * (sizes - 1), 1)
    shares = counts.ratings / sizes[:, None]

    def agreement(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        n, compared = weights.sum(axis=1), weights @ several
        observed = np.divide(weights @ agreeing, compared, out=np.full(len(weights), np.nan), where=compared > 0)
        return observed, expected(weights @ shares / n[:, None])

    return _coefficient(agreement, several, resamples, seed)


def _coefficient(
    agreement: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]], several: np.ndarray, resamples: int, seed: int
) -> Coefficient:
    """Return the coefficient from how `weights` (R, n) on units agree: observed, expected.

    `several` (n,): 1 for units of two ratings or more, of which there must be one.
    """
    n, compared = len(several), int(several.sum())
    if compared == 0:
        return Coefficient(*[np.nan] * 5, 0, 0)
    observed, expected = agreement(np.ones((1, n)))
    value = float(_ratio(observed, expected)[0])
    drawn = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=resamples).astype(float)
    values = _ratio(*agreement(drawn)) if resamples else np.zeros(0)
    defined = values[~np.isnan(values)]
    low, high = np.quantile(defined, INTERVAL) if len(defined) and not np.isnan(value) else (np.nan, np.nan)
    undefined = len(values) - len(defined)
    return Coefficient(value, float(low), float(high), float(observed[0]), float(expected[0]), compared, undefined)


def _ratio(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    found = np.full(len(observed), np.nan)
    np.divide(observed - expected, 1 - expected, out=found, where=1 - expected > EMPTY)
    return found
