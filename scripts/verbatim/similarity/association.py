"""Which words occur together more often than chance would have it."""

from __future__ import annotations

import numpy as np

from verbatim.false_discovery import adjust
from verbatim.similarity.cooccurrence import Cooccurrences
from verbatim.specificities import score


def log10_probability(a: np.ndarray, margins: np.ndarray, n: int) -> np.ndarray:
    """Return log10 P(X >= a) (m,), X hypergeometric (n, n_i, n_j): rows that bear both words, by chance.

    a (m,), margins (2, m) and n as for `indices.index`. Summed outwards from a in logarithms, as the specificities
    of Lafon 1980 are: nothing overflows, however small the probability. Where a is under its expectation, as the
    complement of P(X <= a − 1).
    """
    a, (first, second) = np.asarray(a, dtype=float), np.asarray(margins, dtype=float)
    more = a * n >= first * second
    fewest = np.maximum(first + second - n, 0)
    # what lies under its expectation stays there with one row less
    under = np.where(more, a, np.maximum(a - 1, fewest))
    tail = score(under, first, second, np.full(len(a), float(n)))
    with np.errstate(divide="ignore"):
        complement = np.log1p(-np.power(10.0, -np.abs(tail))) / np.log(10)
    return np.where(more, -np.abs(tail), np.where(a > fewest, complement, 0.0)) + 0.0


def probabilities(pairs: Cooccurrences) -> tuple[np.ndarray, np.ndarray]:
    """Return log10 P(X >= a) (m,) of each pair and P after Benjamini and Hochberg (1995), as `false_discovery.adjust`.

    The family is that of all pairs of the words: those that never occur together count with a probability of 1.
    """
    found = log10_probability(pairs.together, pairs.margins, pairs.n)
    p = len(pairs.frequency)
    apart = p * (p - 1) // 2 - len(found)
    return found, adjust(np.concatenate([np.power(10.0, found), np.ones(apart)]))[: len(found)]
