"""Saturation: do further interviews still bring themes, or classes, that none before them held?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

LEVEL = 0.95
RESAMPLES = 1_000
ROUNDING = 1e-9


@dataclass(frozen=True)
class Curve:
    """New and cumulative items (n,) in the given order; over all orders: mean, and band `low`…`high` of 95 %."""

    new: np.ndarray
    cumulative: np.ndarray
    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray


@dataclass(frozen=True)
class Stop:
    """Where new information is first at or under the threshold, as Guest, Namey and Chen count it.

    `base_items`: items of the first `base` interviews; `position`: the last interview before the first run that
    brings so little, counted from 1, None when no run does; `shares`: share of each run, from the one that follows
    the base: its new items over `base_items` (NaN when the base holds none).
    """

    base: int
    run: int
    threshold: float
    base_items: int
    position: int | None
    shares: np.ndarray


def curve(presence: np.ndarray, drawn: np.ndarray) -> Curve:
    """Return the curve of `presence` (n_items, n_interviews), true where an interview holds an item, in its order.

    The mean over all orders is exact: Σᵢ 1 − C(n − nᵢ, k)/C(n, k) items after k interviews, nᵢ those that hold item
    i (rarefaction by samples; Colwell, Mao and Chang 2004, Ecology 85). The band holds 95 % of the orders `drawn`,
    which `orders` gives.
    """
    presence = np.asarray(presence, dtype=bool)
    n = presence.shape[1]
    new = _new(np.where(presence.any(axis=1), presence.argmax(axis=1), n)[None, :], n)[0]
    tail = (1 - LEVEL) / 2
    ends = np.quantile(drawn.cumsum(axis=1), [tail, 1 - tail], axis=0, method="inverted_cdf").astype(float)
    return Curve(new, new.cumsum(), _mean(presence.sum(axis=1), n), *ends)


def orders(presence: np.ndarray, resamples: int = RESAMPLES, seed: int = 1) -> np.ndarray:
    """Return the new items of each interview (resamples, n_interviews) in random orders drawn from `seed`."""
    presence = np.asarray(presence, dtype=bool)
    n = presence.shape[1]
    places = np.random.default_rng(seed).permuted(np.tile(np.arange(n), (resamples, 1)), axis=1)
    firsts = [places[:, own].min(axis=1) if own.any() else np.full(resamples, n) for own in presence]
    return _new(np.stack(firsts, axis=1) if firsts else np.empty((resamples, 0), dtype=int), n)


def _new(first: np.ndarray, n: int) -> np.ndarray:
    """Return how many items are new at each place (orders, n); `first` (orders, n_items): their places, n: none."""
    cells = np.arange(len(first))[:, None] * (n + 1) + first
    return np.bincount(cells.ravel(), minlength=len(first) * (n + 1)).reshape(len(first), n + 1)[:, :n]


def _mean(holding: np.ndarray, n: int) -> np.ndarray:
    k = np.arange(1, n + 1)[None, :]
    others = n - holding[:, None]
    with np.errstate(invalid="ignore"):
        missed = np.exp(_log_choose(others, k) - _log_choose(np.full_like(others, n), k))
    return np.where(k > others, 1.0, 1 - missed).sum(axis=0)


def _log_choose(n: np.ndarray, k: np.ndarray) -> np.ndarray:
    return gammaln(n + 1.0) - gammaln(k + 1.0) - gammaln(np.maximum(n - k, 0) + 1.0)


def stop(new: np.ndarray, base: int = 4, run: int = 2, threshold: float = 0.05) -> Stop:
    """Return where saturation is reached in `new` (n,) items by interview (Guest, Namey and Chen 2020, PLoS ONE 15(5)).

    The first `base` interviews set what one knows; each run of `run` interviews that follows is compared with it, a
    step of one interview at a time. ValueError unless base and run are 1 or more and 0 <= threshold <= 1.
    """
    if base < 1 or run < 1 or not 0 <= threshold <= 1:
        raise ValueError("base and run are 1 or more, the threshold is from 0 to 1")
    new = np.asarray(new)
    known = int(new[:base].sum())
    runs = np.lib.stride_tricks.sliding_window_view(new[base:], run).sum(axis=1) if len(new) >= base + run else new[:0]
    shares = runs / known if known else np.full(len(runs), np.nan)
    reached = np.flatnonzero(shares <= threshold + ROUNDING)
    position = base + int(reached[0]) if len(reached) else None
    return Stop(base, run, threshold, known, position, shares)


def reached_by(drawn: np.ndarray, base: int, run: int, threshold: float) -> np.ndarray:
    """Return where `stop` falls in each of the orders `drawn` (n_orders, n_interviews); NaN in those where it does not.

    One order is an accident of the calendar: the share of orders that saturate says more than the one that happened.
    """
    n = drawn.shape[1]
    if n < base + run:
        return np.full(len(drawn), np.nan)
    known = drawn[:, :base].sum(axis=1)
    runs = np.lib.stride_tricks.sliding_window_view(drawn[:, base:], run, axis=1).sum(axis=2)
    little = (runs <= threshold * known[:, None] + ROUNDING) & (known[:, None] > 0)
    return np.where(little.any(axis=1), base + little.argmax(axis=1), np.nan)
