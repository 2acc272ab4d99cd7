"""From weighted pairs of words to a network that can be read: maximum tree, threshold, backbone."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree

FORMS = ("tree", "backbone", "full")
# Weights that differ by less than one part in 2^40 are equal: the last bits of a logarithm depend on the machine.
PRECISION = 40


def ranked(
    source: np.ndarray, target: np.ndarray, weight: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return sources, targets, weights and former places (m,) of all edges, heaviest first.

    Of equal weights (to twelve digits), the edge whose words have the smaller numbers comes first: source, then
    target. In each edge the smaller number is the source.
    """
    source, target = np.minimum(source, target), np.maximum(source, target)
    share, power = np.frexp(np.asarray(weight, dtype=float))
    rounded = np.ldexp(np.round(share * 2.0**PRECISION), power - PRECISION)
    places = source.astype(np.int64) * (int(target.max(initial=0)) + 1) + target
    if len(places) < 2 or (places[1:] > places[:-1]).all():
        order = np.argsort(-rounded, kind="stable")
    else:
        order = np.lexsort((places, -rounded))
    return source[order], target[order], np.asarray(weight)[order], order


def maximum_tree(source: np.ndarray, target: np.ndarray, n_words: int) -> np.ndarray:
    """Say for each edge (m,) whether the maximum tree has it (a forest when the graph is not connected).

    The edges come as `ranked` gives them, so there is one tree only: of two edges of equal weight that exclude each
    other, the one whose words come first, alphabetically when words are so numbered (Kruskal 1956).
    """
    kept = np.zeros(len(source), dtype=bool)
    ranks = np.arange(1, len(source) + 1, dtype=float)
    tree = minimum_spanning_tree(coo_array((ranks, (source, target)), shape=(n_words, n_words)).tocsr())
    kept[tree.data.astype(np.int64) - 1] = True
    return kept


def disparity(source: np.ndarray, target: np.ndarray, weight: np.ndarray, n_words: int) -> np.ndarray:
    """Return α (m,) of each edge: how likely a share of its words' strength as large as its own is by chance.

    The smaller of the probabilities seen from its two ends, (1 − w/s)^(k−1) for a word of k edges and strength s;
    1 for a word of one edge (Serrano, Boguñá and Vespignani 2009, equation 2). Weights are > 0, or ValueError.
    """
    weight = np.asarray(weight, dtype=float)
    if (weight <= 0).any():
        raise ValueError("the disparity filter needs weights above 0")
    ends = np.concatenate([source, target])
    degree = np.bincount(ends, minlength=n_words)
    strength = np.bincount(ends, np.concatenate([weight, weight]), minlength=n_words)
    seen = [np.power(1 - np.minimum(weight / strength[end], 1.0), degree[end] - 1) for end in (source, target)]
    return np.minimum(*seen)


def network(
    source: np.ndarray,
    target: np.ndarray,
    weight: np.ndarray,
    n_words: int,
    form: str = "tree",
    more: int = 0,
    alpha: float = 0.05,
    threshold: float | None = None,
    threshold_first: bool = False,
) -> tuple[np.ndarray, np.ndarray]:
    """Say for each edge (m,), in the order of `ranked`, whether it is shown, and whether the maximum tree has it.

    `form`: `tree`, the maximum tree and the `more` heaviest other edges; `backbone`, the maximum tree and the edges
    whose disparity is under `alpha` (the tree keeps every word that has a link); `full`, all edges. Edges of weight
    `threshold` or less are left out of what is shown, as IRaMuTeQ does, or, with `threshold_first`, before the tree
    is sought. ValueError for an unknown form.
    """
    if form not in FORMS:
        raise ValueError(f"unknown form {form}")
    heavy = np.ones(len(source), dtype=bool) if threshold is None else np.asarray(weight) > threshold
    open_ = heavy if threshold_first else np.ones(len(source), dtype=bool)
    in_tree = np.zeros(len(source), dtype=bool)
    in_tree[open_] = maximum_tree(source[open_], target[open_], n_words)
    if form == "full":
        return open_ & heavy, in_tree
    if form == "tree":
        others = open_ & ~in_tree
        return (in_tree | (others & (np.cumsum(others) <= more))) & heavy, in_tree
    kept = open_ & (np.asarray(weight) > 0)
    strong = np.zeros(len(source), dtype=bool)
    strong[kept] = disparity(source[kept], target[kept], weight[kept], n_words) < alpha
    return (in_tree | strong) & heavy, in_tree


def pieces(source: np.ndarray, target: np.ndarray, n_words: int) -> np.ndarray:
    """Return the connected piece (n_words,) of each word, from 0 in the order of their first words."""
    ones = np.ones(len(source), dtype=np.int8)
    _, found = connected_components(coo_array((ones, (source, target)), shape=(n_words, n_words)), directed=False)
    _, first = np.unique(found, return_index=True)
    return np.argsort(np.argsort(first))[found]
