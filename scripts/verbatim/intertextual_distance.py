"""How far apart texts are by their vocabulary: Labbé's intertextual distance, and the tree of the texts."""

from __future__ import annotations

import numpy as np
from scipy.cluster.hierarchy import linkage, optimal_leaf_ordering
from scipy.spatial.distance import squareform


def labbe(counts: np.ndarray) -> np.ndarray:
    """Return the distances (m, m), 0…1, between the columns of `counts` (n_words, m): occurrences in each text.

    The larger of two texts (of equal ones: the second) is brought to the size of the smaller by U = N_small/N_large.
    Words of both count |f_small − U·f_large|, words of the smaller only f_small, words of the larger only
    U·f_large where that reaches one occurrence; the sum is divided by N_small + Σ U·f_large over the words
    of the larger that reach one (Labbé and Labbé 2001, as IRaMuTeQ 0.8 computes it). Symmetric; 0 on the diagonal;
    NaN where a text is empty.

    Texts are taken from the smallest on, so that a word of neither or of the larger alone is never looked at for a
    pair: what the larger brings is summed once for each distinct count. 400 texts of 20,000 words take some seconds.
    """
    counts = np.asarray(counts, dtype=float)
    sizes = counts.sum(axis=0)
    order = np.argsort(sizes, kind="stable")
    ranked, sizes = np.ascontiguousarray(counts[:, order]), sizes[order]
    of_column, values, times = _distinct_counts(ranked)
    distances = np.zeros((len(sizes), len(sizes)))
    for i, size in enumerate(sizes):
        if not size:
            distances[i], distances[:, i] = np.nan, np.nan
            continue
        scale = size / sizes[i + 1 :]
        later = of_column > i
        whole = values[later] * scale[of_column[later] - i - 1]
        reaching = np.bincount(of_column[later] - i - 1, np.where(whole >= 1, whole * times[later], 0), len(scale))
        own = np.flatnonzero(ranked[:, i])
        small, scaled = ranked[own, i, None], ranked[own, i + 1 :] * scale
        shared = np.where(scaled > 0, np.abs(small - scaled) - small - np.where(scaled >= 1, scaled, 0), 0).sum(axis=0)
        distances[i, i + 1 :] = distances[i + 1 :, i] = np.clip((size + reaching + shared) / (size + reaching), 0, 1)
    np.fill_diagonal(distances, 0)
    place = np.argsort(order)
    return distances[np.ix_(place, place)]


def _distinct_counts(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return for each distinct count above 0 of each column: the column, the count, how many words have it."""
    columns, rows = np.nonzero(counts.T)
    pairs, times = np.unique(np.column_stack([columns, counts[rows, columns]]), axis=0, return_counts=True)
    return pairs[:, 0].astype(np.int64), pairs[:, 1], times


def tree(distances: np.ndarray) -> np.ndarray:
    """Return the hierarchy (m − 1, 4) of texts by Ward's criterion (1963; R's ward.D2) on `distances` (m, m).

    As scipy's `linkage`: nodes joined, height, number of texts; leaves ordered so that neighbours are alike
    (Bar-Joseph et al. 2001). Errors: ValueError when a distance is NaN or there are fewer than two texts.
    """
    if len(distances) < 2:
        raise ValueError("a tree needs two texts")
    flat = squareform(distances, checks=False)
    if np.isnan(flat).any():
        raise ValueError("a distance is not known: some text is empty")
    return optimal_leaf_ordering(linkage(flat, method="ward"), flat)
