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
    """
    counts = np.asarray(counts, dtype=float)
    m = counts.shape[1]
    distances = np.zeros((m, m))
    for i in range(m):
        for j in range(i + 1, m):
            distances[i, j] = distances[j, i] = _distance(counts[:, i], counts[:, j])
    return distances


def _distance(one: np.ndarray, other: np.ndarray) -> float:
    small, large = (one, other) if one.sum() <= other.sum() else (other, one)
    if not small.sum():
        return np.nan
    scaled = large * (small.sum() / large.sum())
    reaching = np.where(scaled >= 1, scaled, 0.0)
    shared = (small > 0) & (large > 0)
    apart = np.abs(small - scaled)[shared].sum() + small[large == 0].sum() + reaching[small == 0].sum()
    return float(apart / (small.sum() + reaching.sum()))


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
