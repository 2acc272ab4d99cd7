"""Communities by short random walks (Pons and Latapy 2005)."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array, csr_array, diags_array

from verbatim.similarity.networks import pieces
from verbatim.similarity.partitions import modularity

STEPS = 4


def merge(source: np.ndarray, target: np.ndarray, weight: np.ndarray, n_words: int) -> np.ndarray:
    """Return the division (n_words,) of highest modularity met while neighbouring communities are merged.

    Walks take four steps, from a word to a neighbour in proportion to the weight; each word also has a link with
    itself of the mean weight of its links, as in the authors' program. Two neighbouring communities merge when that
    adds least to the squared distances within; of equal ones, those whose words come first.
    """
    walks, strength = _walks(source, target, weight, n_words)
    groups = {word: (walks[word], 1) for word in range(n_words)}
    near = {(a, b): _cost(groups, a, b, strength) for a, b in zip(source.tolist(), target.tolist(), strict=True)}
    labels = np.arange(n_words)
    best, quality = labels.copy(), modularity(source, target, weight, labels)
    while near:
        a, b = min(near, key=lambda pair: (near[pair], pair))
        (one, n_one), (other, n_other) = groups[a], groups.pop(b)
        groups[a] = (n_one * one + n_other * other) / (n_one + n_other), n_one + n_other
        labels[labels == b] = a
        touched = {other for pair in near if a in pair or b in pair for other in pair} - {a, b}
        near = {pair: cost for pair, cost in near.items() if not {a, b} & set(pair)}
        for other in sorted(touched):
            near[min(a, other), max(a, other)] = _cost(groups, min(a, other), max(a, other), strength)
        found = modularity(source, target, weight, labels)
        if found > quality + 1e-12:
            best, quality = labels.copy(), found
    return pieces(*_inside(source, target, best), n_words)


def _walks(source, target, weight, n_words: int) -> tuple[np.ndarray, np.ndarray]:
    """Return where walks of four steps from each word end (n_words, n_words), and the strength of each word."""
    ends = np.concatenate([source, target])
    degree = np.bincount(ends, minlength=n_words)
    strength = np.bincount(ends, np.tile(weight, 2), minlength=n_words)
    own = np.where(degree > 0, strength / np.maximum(degree, 1), 1.0)
    where = (np.concatenate([ends, np.arange(n_words)]), np.concatenate([target, source, np.arange(n_words)]))
    links = coo_array((np.concatenate([np.tile(weight, 2), own]), where), shape=(n_words, n_words))
    strength = strength + own
    step = csr_array(diags_array(1 / strength) @ links.tocsr())
    walks = step
    for _ in range(STEPS - 1):
        # a sparse product: a dense one would round differently with the number of cores
        walks = walks @ step
    return walks.toarray(), strength


def _cost(groups: dict, a: int, b: int, strength: np.ndarray) -> float:
    (one, n_one), (other, n_other) = groups[a], groups[b]
    squared = (np.square(one - other) / strength).sum()
    return round(float(n_one * n_other / (n_one + n_other) * squared), 12)


def _inside(source: np.ndarray, target: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    kept = labels[source] == labels[target]
    return source[kept], target[kept]
