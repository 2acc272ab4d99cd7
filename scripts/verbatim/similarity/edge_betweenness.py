"""Communities by taking away the links through which most shortest paths pass (Girvan and Newman 2002)."""

from __future__ import annotations

import numpy as np

from verbatim.similarity.networks import pieces
from verbatim.similarity.partitions import modularity
from verbatim.similarity.shortest_paths import betweenness

MOST_EDGES = 1500


def divide(source: np.ndarray, target: np.ndarray, weight: np.ndarray, n_words: int) -> np.ndarray:
    """Return the division (n_words,) of highest modularity met while edges are taken away, one by one.

    Weights (m,) are strengths: a strong link is a short one, 1/w (igraph reads the same weights as distances, which
    makes no difference on a tree). Of equal edges the weakest goes first, then the one whose words come first. Of
    divisions of equal modularity, the one with fewest communities. Modularity is that of the whole network.
    ValueError for more than 1500 edges, which would take minutes.
    """
    if len(source) > MOST_EDGES:
        raise ValueError(f"edge betweenness of {len(source)} edges: at most {MOST_EDGES}")
    left = np.ones(len(source), dtype=bool)
    passing = np.zeros(len(source))
    _renew(passing, np.arange(len(source)), source, target, weight, n_words)
    labels = pieces(source, target, n_words)
    best, quality = labels, modularity(source, target, weight, labels)
    while left.any():
        cut = _most_used(passing, weight, left)
        left[cut] = False
        labels = pieces(source[left], target[left], n_words)
        touched = np.isin(labels, [labels[source[cut]], labels[target[cut]]])
        _renew(passing, np.flatnonzero(left & touched[source]), source, target, weight, n_words)
        found = modularity(source, target, weight, labels)
        if found > quality + 1e-12:
            best, quality = labels, found
    return best


def _most_used(passing: np.ndarray, weight: np.ndarray, left: np.ndarray) -> int:
    known = np.flatnonzero(left)
    most = known[passing[known] >= passing[known].max() * (1 - 1e-9)]
    return int(most[np.argmin(weight[most])])


def _renew(passing: np.ndarray, edges: np.ndarray, source, target, weight, n_words: int) -> None:
    """Set the betweenness of `edges`, which make up whole pieces of the network."""
    if len(edges) == 0:
        return
    words, ends = np.unique(np.concatenate([source[edges], target[edges]]), return_inverse=True)
    a, b = ends[: len(edges)], ends[len(edges) :]
    part = pieces(a, b, len(words))
    if len(edges) == len(words) - part.max() - 1:
        passing[edges] = _in_forest(a, b, len(words), part)
    else:
        passing[edges] = betweenness(a, b, weight[edges], len(words))[1]


def _in_forest(a: np.ndarray, b: np.ndarray, n_words: int, part: np.ndarray) -> np.ndarray:
    """Return the betweenness (m,) of the edges of a forest: words on one side times words on the other."""
    neighbours: list[list[tuple[int, int]]] = [[] for _ in range(n_words)]
    for edge, (one, other) in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
        neighbours[one].append((other, edge))
        neighbours[other].append((one, edge))
    above, order = np.full(n_words, -1), []
    for root in np.unique(part, return_index=True)[1].tolist():
        stack = [(root, -1)]
        while stack:
            word, edge = stack.pop()
            above[word] = edge
            order.append(word)
            stack.extend(pair for pair in neighbours[word] if pair[1] != edge)
    below = np.ones(n_words, dtype=np.int64)
    sizes = np.bincount(part)[part]
    found = np.zeros(len(a))
    for word in reversed(order):
        edge = above[word]
        if edge >= 0:
            below[a[edge] + b[edge] - word] += below[word]
            found[edge] = below[word] * (sizes[word] - below[word])
    return found
