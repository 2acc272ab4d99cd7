"""Saturation: do further interviews still bring themes, or classes, that none before them held?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

LEVEL = 0.95
RESAMPLES = 1_000


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


def curve(presence: np.ndarray, resamples: int = RESAMPLES, seed: int = 1) -> Curve:
    """Return the curve of `presence` (n_items, n_interviews), true where an interview holds an item, in its order.

    The mean over all orders is exact: Σᵢ 1 − C(n − nᵢ, k)/C(n, k) items after k interviews, nᵢ those that hold item
    i (rarefaction by samples; Colwell, Mao and Chang 2004). The band holds 95 % of
    `resamples` orders drawn from `seed`.
    """
    presence = np.asarray(presence, dtype=bool)
    n_items, n = presence.shape
    new = np.bincount(_first(presence), minlength=n + 1)[:n]
    random = np.random.default_rng(seed)
    orders = random.permuted(np.tile(np.arange(n), (resamples, 1)), axis=1)
    drawn = np.stack([np.bincount(_first(presence[:, order]), minlength=n + 1)[:n].cumsum() for order in orders])
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail], axis=0, method="inverted_cdf") if n_items else np.zeros((2, n))
    return Curve(new, new.cumsum(), _mean(presence.sum(axis=1), n), low.astype(float), high.astype(float))


def _first(presence: np.ndarray) -> np.ndarray:
    """Return the place of the first interview that holds each item; past the end where none does."""
    return np.where(presence.any(axis=1), presence.argmax(axis=1), presence.shape[1])


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
    reached = np.flatnonzero(shares <= threshold)
    position = base + int(reached[0]) if len(reached) else None
    return Stop(base, run, threshold, known, position, shares)


def reached_by(presence: np.ndarray, base: int, run: int, threshold: float, resamples: int = RESAMPLES, seed: int = 1):
    """Return where `stop` falls in `resamples` orders (resamples,) drawn from `seed`; NaN in those where it does not.

    One order is an accident of the calendar: the share of orders that saturate says more than the one that happened.
    """
    presence = np.asarray(presence, dtype=bool)
    n = presence.shape[1]
    random = np.random.default_rng(seed)
    found = np.full(resamples, np.nan)
    for draw in range(resamples):
        new = np.bincount(_first(presence[:, random.permutation(n)]), minlength=n + 1)[:n]
        place = stop(new, base, run, threshold).position
        found[draw] = np.nan if place is None else place
    return found
