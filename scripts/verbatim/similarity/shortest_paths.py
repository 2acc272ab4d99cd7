"""Shortest paths of a network whose weights are strengths: lengths are 1/w, and all shortest paths count."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

# Two paths are equally long when they differ by less than this share of the longest distance.
SAME = 1e-9
MOST_CELLS = 2_000_000


def distances(source: np.ndarray, target: np.ndarray, weight: np.ndarray, n_words: int) -> np.ndarray:
    """Return the length (n_words, n_words) of the shortest paths, edges being 1/w long; infinity between pieces."""
    graph = coo_array((1 / np.asarray(weight, dtype=float), (source, target)), shape=(n_words, n_words)).tocsr()
    return dijkstra(graph, directed=False)


def betweenness(
    source: np.ndarray, target: np.ndarray, weight: np.ndarray, n_words: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return how many shortest paths between two words pass through each word (n_words,) and each edge (m,).

    A pair joined by several shortest paths shares its one among them; the ends of a path do not count for words
    (Freeman 1977, Brandes 2001). Weights (m,) are > 0; their inverses are lengths.
    """
    n_edges = len(source)
    if n_edges == 0:
        return np.zeros(n_words), np.zeros(0)
    arcs = _Arcs(np.asarray(source), np.asarray(target), np.asarray(weight, dtype=float), n_words)
    far = distances(source, target, weight, n_words)
    words, edges = np.zeros(n_words), np.zeros(2 * n_edges)
    size = max(1, MOST_CELLS // (2 * n_edges))
    for start in range(0, n_words, size):
        of_words, of_arcs = arcs.flow(far, np.arange(start, min(start + size, n_words)))
        words += of_words
        edges += of_arcs
    return words / 2, np.bincount(np.tile(np.arange(n_edges), 2)[arcs.order], edges, minlength=n_edges) / 2


class _Arcs:
    """Both directions of every edge, sorted by their head."""

    def __init__(self, source: np.ndarray, target: np.ndarray, weight: np.ndarray, n_words: int):
        tails, heads = np.concatenate([source, target]), np.concatenate([target, source])
        self.order = np.lexsort((tails, heads))
        self.tail, self.head = tails[self.order], heads[self.order]
        self.length = np.tile(1 / weight, 2)[self.order]
        self.by_tail = np.lexsort((self.head, self.tail))
        # with both directions there, the words that are heads and those that are tails are the same
        self.present, self.starts = np.unique(self.head, return_index=True)
        self.n_words = n_words

    def _gather(self, values: np.ndarray) -> np.ndarray:
        """Return the sums (k, n_words) of `values` (k, arcs), in the order of heads, by head."""
        sums = np.zeros((len(values), self.n_words))
        sums[:, self.present] = np.add.reduceat(values, self.starts, axis=1)
        return sums

    def flow(self, far: np.ndarray, origins: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return what passes through words (n_words,) and arcs from `origins`, every other word receiving one."""
        near = far[origins]
        scale = np.where(np.isfinite(near), near, 0.0).max(initial=0.0)
        with np.errstate(invalid="ignore"):
            tight = np.abs(near[:, self.tail] + self.length - near[:, self.head]) <= SAME * scale
        begin = np.zeros((len(origins), self.n_words))
        begin[np.arange(len(origins)), origins] = 1.0
        paths = begin
        while True:
            longer = begin + self._gather(np.where(tight, paths[:, self.tail], 0.0))
            if np.array_equal(longer, paths):
                break
            paths = longer
        share = np.where(tight, paths[:, self.tail] / np.maximum(paths[:, self.head], 1.0), 0.0)
        passing = np.zeros_like(begin)
        while True:
            arcs = share * (1 + passing[:, self.head])
            further = self._gather(arcs[:, self.by_tail])
            if np.array_equal(further, passing):
                break
            passing = further
        passing[np.arange(len(origins)), origins] = 0.0
        return passing.sum(axis=0), arcs.sum(axis=0)
