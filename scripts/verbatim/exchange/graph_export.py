"""Similarity graphs for Gephi, networkx, R and spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import polars as pl

from verbatim.figures import canvas, graph_colours
from verbatim.layout import font_sizes
from verbatim.similarity import ZERO_APART, to_gexf, to_graphml
from verbatim.twins import spreadsheet

OF_WORDS = (
    *("frequency", "class", "modality", "chi2", "community", "community_stability", "stays"),
    *("degree", "strength", "betweenness", "closeness", "participation", "x", "y", "size", "colour"),
)
OF_LINKS = ("weight", "cooccurrence", "expected", "log10_p", "p_adjusted", "disparity", "in_tree")


def files(
    summary: pl.DataFrame,
    nodes: pl.DataFrame,
    edges: pl.DataFrame,
    communities: pl.DataFrame,
    palette: list[str],
    language: str = "fr",
) -> Iterator[tuple[str, bytes]]:
    """Yield names and contents of the files of every graph of the tables of an analysis.

    <graph>.graphml and .gexf: its words, with position, colour and all measures, and the links drawn;
    <graph>_noeuds.csv: the words; <graph>_liens.csv: every pair of words that meets, drawn or not;
    <graph>_matrice.csv: the weights of all pairs, words by words, empty where the index of two words that never meet
    is not 0. CSV files are as `language` has spreadsheets read them.
    """
    stable = communities.select("graph", "community", pl.col("stability").alias("community_stability"))
    nodes = nodes.join(stable, on=["graph", "community"], how="left", maintain_order="left")
    for about in summary.sort("graph").iter_rows(named=True):
        name = about["graph"]
        colours = graph_colours.modalities(summary, nodes, about["colour"])
        words = _words(nodes.filter(pl.col("graph") == name).sort("lemma"), about, colours, palette)
        links = edges.filter(pl.col("graph") == name).sort("source", "target").drop("analysis", "graph")
        drawn = links.filter("shown")
        place = {word: k for k, word in enumerate(words["lemma"])}
        ends = tuple(np.array([place[word] for word in drawn[side]], dtype=np.int64) for side in ("source", "target"))
        told = words["lemma"].to_list(), ends, _columns(words, OF_WORDS), _columns(drawn, OF_LINKS)
        yield f"{name}.graphml", to_graphml(*told)
        yield f"{name}.gexf", to_gexf(*told)
        yield f"{name}_noeuds.csv", spreadsheet(words, language).encode()
        yield f"{name}_liens.csv", spreadsheet(links, language).encode()
        yield f"{name}_matrice.csv", spreadsheet(matrix(words["lemma"], links, about["index"]), language).encode()


def _words(own: pl.DataFrame, about: Mapping, modalities: list[str], palette: list[str]) -> pl.DataFrame:
    """Return the words of a graph with the size and the colour that figures give them."""
    numbers = graph_colours.of_words(own, about["colour"], modalities, palette, {}).numbers
    return own.drop("analysis", "graph").with_columns(
        size=pl.Series(font_sizes(own["frequency"].to_numpy()), dtype=pl.Float64),
        colour=pl.Series([canvas.colour(palette, number) for number in numbers.tolist()], dtype=pl.String),
    )


def _columns(frame: pl.DataFrame, names: tuple[str, ...]) -> dict[str, list]:
    return {name: frame[name].to_list() for name in names}


def matrix(words: pl.Series, links: pl.DataFrame, index: str) -> pl.DataFrame:
    """Return the weights words by words; the first column, without a name, bears the words; the diagonal is empty."""
    apart = 0.0 if index in ZERO_APART else np.nan
    n = len(words)
    place = {word: k for k, word in enumerate(words)}
    values = np.full((n, n), apart)
    np.fill_diagonal(values, np.nan)
    for source, target, weight in links.select("source", "target", "weight").iter_rows():
        values[place[source], place[target]] = values[place[target], place[source]] = weight
    columns = {word: pl.Series(values[:, k], dtype=pl.Float64).fill_nan(None) for k, word in enumerate(words)}
    return pl.DataFrame({"": words, **columns})
