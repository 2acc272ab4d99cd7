"""Communities of words: groups more linked inside than with the others."""

from __future__ import annotations

from collections.abc import Iterable

import networkx
import numpy as np

from verbatim.similarity import edge_betweenness, walktrap
from verbatim.similarity.networks import pieces
from verbatim.similarity.partitions import modularity, number

# What a researcher reads. Weights are strengths for all of them.
METHODS = {
    "louvain": "Louvain (Blondel et coll. 2008)",
    "greedy": "Agrégation gloutonne (Clauset, Newman et Moore 2004)",
    "edge_betweenness": "Intermédiarité des liens (Girvan et Newman 2002)",
    "walktrap": "Marches aléatoires (Pons et Latapy 2005)",
    "label_propagation": "Propagation d'étiquettes (Raghavan et coll. 2007)",
}
STARTS = 10


def communities(
    source: np.ndarray,
    target: np.ndarray,
    weight: np.ndarray,
    n_words: int,
    seed: int = 1,
    method: str = "louvain",
    starts: int = STARTS,
) -> np.ndarray:
    """Return the community (n_words,) of each word, from 1, by one of `METHODS`.

    Weights are strengths; edges of weight 0 or less do not count. Communities are connected: one that the method
    leaves in pieces is cut into them. They are numbered by decreasing size, then by their first word; a word without
    edges is one by itself. Louvain and label propagation are drawn `starts` times from `seed`, and the partition of
    highest modularity is kept (of equal ones, the first). ValueError for an unknown method.
    """
    if method not in METHODS:
        raise ValueError(f"unknown method of communities {method}")
    order = np.lexsort((np.maximum(source, target), np.minimum(source, target)))
    order = order[np.asarray(weight)[order] > 0]
    source, target = np.minimum(source, target)[order], np.maximum(source, target)[order]
    edges = source, target, np.asarray(weight, dtype=float)[order]
    if method == "edge_betweenness":
        return number(edge_betweenness.divide(*edges, n_words))
    if method == "walktrap":
        return number(walktrap.merge(*edges, n_words))
    graph = _graph(*edges, n_words)
    if method == "greedy":
        found = networkx.community.greedy_modularity_communities(graph, weight="weight") if len(source) else graph
        return _labels(graph, found if len(source) else [{word} for word in range(n_words)])
    drawn = [_draw(graph, method, seed + start) for start in range(starts)]
    qualities = [round(modularity(*edges, labels), 12) for labels in drawn]
    return drawn[int(np.argmax(qualities))]


def _graph(source: np.ndarray, target: np.ndarray, weight: np.ndarray, n_words: int) -> networkx.Graph:
    graph = networkx.Graph()
    graph.add_nodes_from(range(n_words))
    graph.add_weighted_edges_from(zip(source.tolist(), target.tolist(), weight.tolist(), strict=True))
    return graph


def _draw(graph: networkx.Graph, method: str, seed: int) -> np.ndarray:
    if method == "louvain":
        return _labels(graph, networkx.community.louvain_communities(graph, weight="weight", seed=seed))
    return _labels(graph, networkx.community.asyn_lpa_communities(graph, weight="weight", seed=seed))


def _labels(graph: networkx.Graph, found: Iterable[set[int]]) -> np.ndarray:
    """Return the numbers of the connected pieces of the communities `found`."""
    labels = np.zeros(graph.number_of_nodes(), dtype=np.int64)
    for place, members in enumerate(found):
        labels[list(members)] = place
    inside = [(a, b) for a, b in graph.edges if labels[a] == labels[b]]
    source, target = np.array(inside, dtype=np.int64).reshape(-1, 2).T
    return number(pieces(source, target, len(labels)))
