"""The tables graphs/nodes and graphs/edges of an analysis."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import polars as pl

from verbatim import layout
from verbatim.similarity.communities import communities
from verbatim.similarity.cooccurrence import Cooccurrences, count, presence
from verbatim.similarity.indices import weigh
from verbatim.similarity.networks import network, ranked

log = logging.getLogger(__name__)

SIGNIFICANT = 3.84
MORE_EDGES = 30


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
    pairs = _together(segment_lemmas, lemmas, chosen)
    source, target, weight, places = ranked(pairs.source, pairs.target, weigh(pairs, index))
    shown, in_tree = network(source, target, weight, chosen.height, "tree", MORE_EDGES)
    tree = source[in_tree], target[in_tree]
    _tell(analysis, chosen.height, int(in_tree.sum()))
    place = layout.place(*tree, chosen["lemma"].to_list(), pairs.frequency)
    found = communities(*tree, weight[in_tree], chosen.height, seed)
    named = {"analysis": pl.lit(analysis), "graph": pl.lit("all")}
    nodes = chosen.with_columns(
        frequency=pl.Series(pairs.frequency, dtype=pl.Int64),
        community=pl.Series(found, dtype=pl.Int64),
        x=pl.Series(place[:, 0], dtype=pl.Float64),
        y=pl.Series(place[:, 1], dtype=pl.Float64),
        **named,
    )
    drawn = source[shown], target[shown], weight[shown], pairs.together[places][shown], in_tree[shown]
    return nodes, _edges(chosen["lemma"], *drawn).with_columns(**named)


def _edges(words: pl.Series, source, target, weight, together, in_tree) -> pl.DataFrame:
    """Return the edges (n,) with the names of their words."""
    return pl.DataFrame(
        {
            "source": words.gather(source),
            "target": words.gather(target),
            "weight": pl.Series(weight, dtype=pl.Float64),
            "cooccurrence": pl.Series(together, dtype=pl.Int64),
            "in_tree": pl.Series(in_tree, dtype=pl.Boolean),
        }
    )


def _together(segment_lemmas: pl.DataFrame, lemmas: pl.DataFrame, chosen: pl.DataFrame) -> Cooccurrences:
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
    segments, words = present["place"].to_numpy(), present["word"].to_numpy()
    return count(presence(segments, words, n_segments, chosen.height))


def _tell(analysis: str, n_words: int, n_tree: int) -> None:
    if n_words < 2:
        log.info("%s : %d mot actif, pas de lien à montrer", analysis, n_words)
    elif n_tree == 0:
        log.info("%s : aucun des %d mots ne se rencontre avec un autre", analysis, n_words)
    elif n_tree < n_words - 1:
        log.info("%s : le graphe est en %d morceaux sans lien entre eux", analysis, n_words - n_tree)
