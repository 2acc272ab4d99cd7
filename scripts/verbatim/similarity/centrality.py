"""Which words hold a network together: centralities, and bridges between communities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verbatim.similarity.shortest_paths import betweenness, distances


@dataclass(frozen=True)
class Centralities:
    """Arrays (n_words,): see `centralities`."""

    degree: np.ndarray
    strength: np.ndarray
    betweenness: np.ndarray
    closeness: np.ndarray
    participation: np.ndarray


def centralities(source: np.ndarray, target: np.ndarray, weight: np.ndarray, labels: np.ndarray) -> Centralities:
    """Return the centralities of the words of a network, whose communities are `labels` (n_words,).

    degree: links; strength: sum of their weights; betweenness: share, from 0 to 1, of the pairs of other words whose
    shortest path passes through the word (Freeman 1977), a link being 1/w long; closeness: inverse of the mean
    distance to the words that it reaches, times the share of words that it reaches (Wasserman and Faust 1994);
    participation: 1 − Σ (s_c / s)², s_c its strength with community c: 0 when all its links are with one community,
    near 1 when they are spread over many (Guimerà and Amaral 2005). Edges of weight 0 or less do not count.
    """
    kept = np.asarray(weight) > 0
    source, target, weight = source[kept], target[kept], np.asarray(weight, dtype=float)[kept]
    n = len(labels)
    ends, others, twice = np.concatenate([source, target]), np.concatenate([target, source]), np.tile(weight, 2)
    strength = np.bincount(ends, twice, minlength=n)
    width = int(labels.max(initial=0)) + 1
    shared = np.bincount(ends * width + labels[others], twice, minlength=n * width).reshape(n, width)
    spread = 1 - np.square(shared / np.where(strength > 0, strength, 1.0)[:, None]).sum(axis=1)
    passing = betweenness(source, target, weight, n)[0] / max((n - 1) * (n - 2) / 2, 1)
    far = distances(source, target, weight, n)
    reached = np.isfinite(far).sum(axis=1) - 1
    total = np.where(np.isfinite(far), far, 0.0).sum(axis=1)
    closeness = np.divide(reached * reached, total * max(n - 1, 1), out=np.zeros(n), where=total > 0)
    # rounding must not make a bridge of a word whose links are all with one community
    participation = np.where(strength > 0, np.round(spread, 12), 0.0) + 0.0
    return Centralities(np.bincount(ends, minlength=n), strength, passing, closeness, participation)
