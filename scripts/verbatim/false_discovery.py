"""Adjusting probabilities when many are read together."""

from __future__ import annotations

import numpy as np


def adjust(p: np.ndarray) -> np.ndarray:
    """Return probabilities `p` (n,) or (n, K) after Benjamini and Hochberg (1995), down each column.

    The adjusted value is the false discovery rate at which the row would just be kept; at most 1. The same as
    scipy.stats.false_discovery_control, whose import alone costs more than most steps that need this.
    """
    p = np.asarray(p, dtype=float)
    n = len(p)
    order = np.argsort(p, axis=0, kind="stable")
    ranks = np.arange(1, n + 1).reshape((-1,) + (1,) * (p.ndim - 1))
    scaled = np.take_along_axis(p, order, axis=0) * n / ranks
    smallest = np.minimum.accumulate(scaled[::-1], axis=0)[::-1]
    adjusted = np.empty_like(p)
    np.put_along_axis(adjusted, order, np.minimum(smallest, 1.0), axis=0)
    return adjusted


def adjust_repeated(p: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Return what `adjust` gives to probabilities `p` (n,) of which each stands `times` (n,) times.

    What stands no time counts for nothing; its own value says nothing either.
    """
    order = np.argsort(p, kind="stable")
    ranks = np.cumsum(times[order])
    n = ranks[-1] if len(ranks) else 0
    with np.errstate(divide="ignore", invalid="ignore"):
        scaled = np.where(times[order] > 0, p[order] * n / ranks, 1.0)
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return adjusted


def adjust_holm(p: np.ndarray) -> np.ndarray:
    """Return probabilities `p` (n,) or (n, K) after Holm (1979), down each column; at most 1.

    The adjusted value is the risk of one false rejection or more at which the row would just be kept.
    """
    p = np.asarray(p, dtype=float)
    n = len(p)
    order = np.argsort(p, axis=0, kind="stable")
    left = np.arange(n, 0, -1).reshape((-1,) + (1,) * (p.ndim - 1))
    scaled = np.maximum.accumulate(np.take_along_axis(p, order, axis=0) * left, axis=0)
    adjusted = np.empty_like(p)
    np.put_along_axis(adjusted, order, np.minimum(scaled, 1.0), axis=0)
    return adjusted
