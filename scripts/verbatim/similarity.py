"""Similarity analysis: which words occur together, and their maximum tree (Degenne and Vergès 1973)."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import networkx
import numpy as np
import polars as pl
from scipy import sparse

from verbatim import layout

log = logging.getLogger(__name__)

SIGNIFICANT = 3.84
MORE_EDGES = 30


def cooccurrences(segments: np.ndarray, words: np.ndarray, n_segments: int, n_words: int) -> sparse.csr_array:
    """Return the co-occurrences (n_words, n_words): segments in which both words occur.

    `segments` and `words` (n,) are the 0-based coordinates of every word present in a segment, each
    pair once or more (presence alone counts). The diagonal holds the frequency of each word.
    """
    ones = np.ones(len(segments), dtype=np.int64)
    present = sparse.csr_array((ones, (segments, words)), shape=(n_segments, n_words))
    present.data[:] = 1
    found = sparse.csr_array(present.T @ present)
    found.sort_indices()
    return found


def weigh(together: sparse.csr_array, index: str) -> sparse.coo_array:
    """Return the similarities (n, n) above the diagonal: only pairs that occur together.

    With a the co-occurrence of two words and n_i, n_j their frequencies (the diagonal of `together`):
    `cooccurrence` is a, `jaccard` is a / (n_i + n_j − a) (Jaccard 1901). ValueError for another index.
    """
    frequency = together.diagonal()
    pairs = sparse.triu(together, k=1, format="coo")
    row, column = pairs.coords
    both = pairs.data.astype(float)
    if index == "cooccurrence":
        values = both
    elif index == "jaccard":
        values = both / (frequency[row] + frequency[column] - both)
    else:
        raise ValueError(f"unknown index {index}")
    kept = both > 0
    return sparse.coo_array((values[kept], (row[kept], column[kept])), shape=together.shape)


def ranked(weights: sparse.coo_array) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return sources, targets and weights (n,) of all edges, heaviest first, equal ones by source and target."""
    source, target = np.minimum(*weights.coords), np.maximum(*weights.coords)
    order = np.lexsort((target, source, -weights.data))
    return source[order], target[order], weights.data[order]


def maximum_tree(source: np.ndarray, target: np.ndarray, n_words: int) -> np.ndarray:
    """Say for each edge (n,) whether the maximum tree has it (a forest when the graph is not connected).

    The edges come as `ranked` gives them: of two edges of equal weight the tree prefers the one whose
    words come first, so there is one tree only when words are numbered in alphabetical order
    (Kruskal 1956).
    """
    root = list(range(n_words))

    def find(word: int) -> int:
        while root[word] != word:
            root[word] = root[root[word]]
            word = root[word]
        return word

    kept = np.zeros(len(source), dtype=bool)
    for edge, (a, b) in enumerate(zip(source.tolist(), target.tolist(), strict=True)):
        a, b = find(a), find(b)
        if a != b:
            root[b] = a
            kept[edge] = True
    return kept


def communities(source: np.ndarray, target: np.ndarray, weights: np.ndarray, n_words: int, seed: int = 1) -> np.ndarray:
    """Return the community (n_words,) of each word, from 1, by Louvain's method (Blondel et al. 2008).

    Weights are strengths. Communities are numbered by decreasing size, then by their first word; a
    word without edges is one by itself.
    """
    graph = networkx.Graph()
    graph.add_nodes_from(range(n_words))
    graph.add_weighted_edges_from(zip(source.tolist(), target.tolist(), weights.tolist(), strict=True))
    found = networkx.community.louvain_communities(graph, weight="weight", seed=seed)
    numbers = np.zeros(n_words, dtype=np.int64)
    for number, members in enumerate(sorted(map(sorted, found), key=lambda words: (-len(words), words)), start=1):
        numbers[members] = number
    return numbers


def choose(lemmas: pl.DataFrame, profiles: pl.DataFrame, classes: Sequence[int], words: int) -> pl.DataFrame:
    """Return lemma and class of the `words` words of a graph, sorted by lemma.

    `lemmas` and `profiles` are the tables of one analysis, `classes` the numbers of its classes. Each
    class gives an equal share of the words: those of its largest χ² (> 3.84) that no class before it
    has given; the most frequent active lemmas fill the rest. `class` is the class in which the word's
    χ² is largest, 0 when it is nowhere above 3.84.
    """
    active = (
        lemmas.filter(pl.col("status") == "active")
        .group_by("lemma")
        .agg(pl.col("n_segments").sum())
        .sort(["n_segments", "lemma"], descending=[True, False])
    )
    strong = (
        profiles.filter((pl.col("kind") == "active") & (pl.col("chi2") > SIGNIFICANT))
        .join(active, left_on="term", right_on="lemma", how="semi")
        .sort(["chi2", "class", "term"], descending=[True, False, False])
    )
    taken = _shares([strong.filter(pl.col("class") == k)["term"].to_list() for k in classes], words)
    rest = active.filter(~pl.col("lemma").is_in(taken))["lemma"].to_list()
    chosen = pl.DataFrame({"lemma": [*taken, *rest][:words]}, schema={"lemma": pl.String})
    best = strong.unique("term", keep="first", maintain_order=True).select(pl.col("term").alias("lemma"), "class")
    return chosen.join(best, on="lemma", how="left").with_columns(pl.col("class").fill_null(0)).sort("lemma")


def _shares(lists: list[list[str]], words: int) -> list[str]:
    """Return at most `words` different words: the first of each list, as many from each."""
    taken: dict[str, None] = {}
    share = words // max(len(lists), 1)
    for members in lists:
        new = [word for word in members if word not in taken][:share]
        taken.update(dict.fromkeys(new))
    return list(taken)


def graph(
    analysis: str,
    segment_lemmas: pl.DataFrame,
    lemmas: pl.DataFrame,
    profiles: pl.DataFrame,
    classes: Sequence[int] = (),
    words: int = 70,
    index: str = "cooccurrence",
    seed: int = 1,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the tables graphs/nodes and graphs/edges of the graph `all` of an analysis.

    Edges are the maximum tree and the 30 heaviest others. Fewer words than two, words that never occur
    together or a graph in several pieces give smaller tables and a line in the log.
    """
    chosen = choose(lemmas, profiles, classes, words)
    together = _together(segment_lemmas, lemmas, chosen)
    source, target, weights = ranked(weigh(together, index))
    in_tree = maximum_tree(source, target, chosen.height)
    tree = source[in_tree], target[in_tree]
    _tell(analysis, chosen.height, int(in_tree.sum()))
    frequency = together.diagonal()
    place = layout.place(*tree, chosen["lemma"].to_list(), frequency)
    named = {"analysis": pl.lit(analysis), "graph": pl.lit("all")}
    nodes = chosen.with_columns(
        frequency=pl.Series(frequency, dtype=pl.Int64),
        community=pl.Series(communities(*tree, weights[in_tree], chosen.height, seed), dtype=pl.Int64),
        x=pl.Series(place[:, 0], dtype=pl.Float64),
        y=pl.Series(place[:, 1], dtype=pl.Float64),
        **named,
    )
    edges = _edges(source, target, weights, in_tree, together.toarray(), chosen["lemma"])
    return nodes, edges.with_columns(**named)


def _edges(source, target, weights, in_tree, together: np.ndarray, words: pl.Series) -> pl.DataFrame:
    """Return the edges to draw, the arrays (n,) being all edges as `ranked` gives them."""
    shown = in_tree | (np.cumsum(~in_tree) <= MORE_EDGES)
    source, target = source[shown], target[shown]
    return pl.DataFrame(
        {
            "source": words.gather(source),
            "target": words.gather(target),
            "weight": pl.Series(weights[shown], dtype=pl.Float64),
            "cooccurrence": pl.Series(together[source, target], dtype=pl.Int64),
            "in_tree": pl.Series(in_tree[shown], dtype=pl.Boolean),
        }
    )


def _together(segment_lemmas: pl.DataFrame, lemmas: pl.DataFrame, chosen: pl.DataFrame) -> sparse.csr_array:
    """Return the co-occurrences of the chosen words, in their order, over all segments; actives only."""
    active = lemmas.lazy().filter(pl.col("status") == "active").select("lemma", "pos")
    present = (
        segment_lemmas.lazy()
        .sort("interview", "segment")
        .with_columns(place=pl.struct("interview", "segment").rle_id())
        .join(active, on=["lemma", "pos"], how="semi")
        .join(chosen.lazy().select("lemma").with_row_index("word"), on="lemma")
        .select("place", "word")
        .unique()
        .sort("place", "word")
        .collect()
    )
    n_segments = int(present["place"].max() or 0) + 1
    return cooccurrences(present["place"].to_numpy(), present["word"].to_numpy(), n_segments, chosen.height)


def _tell(analysis: str, n_words: int, n_tree: int) -> None:
    if n_words < 2:
        log.info("%s : %d mot actif, pas de lien à montrer", analysis, n_words)
    elif n_tree == 0:
        log.info("%s : aucun des %d mots ne se rencontre avec un autre", analysis, n_words)
    elif n_tree < n_words - 1:
        log.info("%s : le graphe est en %d morceaux sans lien entre eux", analysis, n_words - n_tree)
