"""Partitions of the words of a network: their numbering, their modularity, how alike two are."""

from __future__ import annotations

import numpy as np


def number(labels: np.ndarray) -> np.ndarray:
    """Return communities (n,) numbered from 1 by decreasing size, then by their first word."""
    _, first, inverse, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    numbers = np.empty(len(order), dtype=np.int64)
    numbers[order] = np.arange(1, len(order) + 1)
    return numbers[inverse]


def modularity(source: np.ndarray, target: np.ndarray, weight: np.ndarray, labels: np.ndarray) -> float:
    """Return the modularity of the communities `labels` (n_words,): Newman 2004, weights as strengths; 0 without edge.

    Edges of weight 0 or less do not count.
    """
    kept = np.asarray(weight) > 0
    source, target, weight = source[kept], target[kept], np.asarray(weight, dtype=float)[kept]
    whole = weight.sum()
    if whole == 0:
        return 0.0
    size = int(labels.max()) + 1
    ends = np.bincount(labels[source], weight, size) + np.bincount(labels[target], weight, size)
    inside = weight[labels[source] == labels[target]].sum()
    return float(inside / whole - np.square(ends / (2 * whole)).sum())


def adjusted_rand(left: np.ndarray, right: np.ndarray) -> float:
    """Return the adjusted Rand index of two partitions (n,), numbers from 0 (Hubert and Arabie 1985); 1 when equal."""
    width = int(right.max(initial=0)) + 1
    both = np.bincount(left * width + right, minlength=width)
    inside, rows, columns = (
        float((counts * (counts - 1) / 2).sum()) for counts in (both, np.bincount(left), np.bincount(right))
    )
    pairs = len(left) * (len(left) - 1) / 2
    chance = rows * columns / pairs if pairs else 0.0
    largest = (rows + columns) / 2
    return 1.0 if largest == chance else (inside - chance) / (largest - chance)
