"""The tables graphs/summary, nodes, edges and communities of an analysis."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from verbatim import layout
from verbatim.similarity.centrality import centralities
from verbatim.similarity.colouring import characterise
from verbatim.similarity.cooccurrence import chosen, count
from verbatim.similarity.graph_communities import Communities, community_rows, find
from verbatim.similarity.graph_words import SIGNIFICANT, GraphWords
from verbatim.similarity.links import Links, links
from verbatim.similarity.networks import pieces
from verbatim.similarity.requests import Request
from verbatim.similarity.spoken import Spoken, Turns

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class GraphTables:
    """The rows of one graph, or of all, in the tables of these names."""

    summary: pl.DataFrame
    nodes: pl.DataFrame
    edges: pl.DataFrame
    communities: pl.DataFrame


def together(analysis: str, graphs: Sequence[GraphTables]) -> GraphTables:
    """Return the tables of an analysis from those of its graphs, at least one."""
    named = pl.lit(analysis).alias("analysis")
    names = ("summary", "nodes", "edges", "communities")
    return GraphTables(*(pl.concat([getattr(own, name) for own in graphs]).with_columns(named) for name in names))


def graph(
    said: Spoken, turns: Turns | None, request: Request, taken: GraphWords, profiles: pl.DataFrame
) -> GraphTables:
    """Return the rows of one graph: of the words and rows `taken`, by the settings of its `request`.

    Raises ValueError when the graph is counted within turns and `turns` are not given.
    """
    settings = request.settings
    words = [said.words[word] for word in taken.words]
    table = _counted(said, turns, taken, settings["within"])
    pairs = count(table)
    found = links(pairs, settings)
    grouped = find(found, table, settings)
    tree = found.in_tree & found.shown
    place = layout.place(found.source[tree], found.target[tree], words, pairs.frequency)
    coloured = _colours(said, taken.words, settings["colour"], profiles)
    summary = _summary(request, taken, pairs.n, found, grouped)
    _tell(request.graph, summary)
    return GraphTables(
        summary,
        _nodes(request.graph, words, pairs.frequency, coloured, found, grouped, place),
        _edges(request.graph, words, found),
        community_rows(words, pairs.frequency, found, grouped).with_columns(graph=pl.lit(request.graph)),
    )


def _counted(said: Spoken, turns: Turns | None, taken: GraphWords, within: str) -> csr_array:
    """Return which segments, or turns, of the graph bear each of its words."""
    if within == "segment":
        return chosen(said.table, np.flatnonzero(taken.rows), taken.words)
    if turns is None:
        raise ValueError("a graph within turns needs the turns")
    return chosen(turns.within(taken.rows), None, taken.words)


def _colours(said: Spoken, words: np.ndarray, colour: str, profiles: pl.DataFrame) -> pl.DataFrame:
    """Return lemma, class, modality and chi2 of the words, in their order."""
    kinds = np.where(said.active[words], "active", "supplementary")
    lemmas = [said.words[word] for word in words]
    names = pl.DataFrame({"lemma": lemmas, "kind": kinds.tolist()}, {"lemma": pl.String, "kind": pl.String})
    best = (
        profiles.sort(["chi2", "class"], descending=[True, False])
        .unique(["term", "kind"], keep="first", maintain_order=True)
        .select("kind", "chi2", lemma="term", number="class")
    )
    classed = names.join(best, on=["lemma", "kind"], how="left", maintain_order="left").select(
        "lemma",
        pl.when(pl.col("chi2") > SIGNIFICANT).then("number").otherwise(0).alias("class"),
        pl.col("chi2").fill_null(0.0),
    )
    if colour == "class":
        modality = pl.when(pl.col("class") > 0).then(pl.col("class").cast(pl.String))
        return classed.select("lemma", "class", modality.alias("modality"), "chi2")
    values = said.modalities(colour)
    places = said.segments[colour].replace_strict(values, range(1, len(values) + 1), default=0, return_dtype=pl.Int64)
    modality, chi2, _ = characterise(chosen(said.table, None, words), places.fill_null(0).to_numpy(), len(values))
    return classed.select(
        "lemma",
        "class",
        modality=pl.Series([None, *values], dtype=pl.String).gather(modality),
        chi2=pl.Series(chi2, dtype=pl.Float64),
    )


def _nodes(graph: str, words, frequency, coloured, found: Links, grouped: Communities, place) -> pl.DataFrame:
    central = centralities(*found.drawn, grouped.labels)
    number = np.bincount(np.concatenate(found.drawn[:2]), minlength=len(words))
    columns = {
        "frequency": (frequency, pl.Int64),
        "community": (grouped.labels, pl.Int64),
        "stays": (grouped.stability.kept, pl.Float64),
        "degree": (number, pl.Int64),
        "strength": (central.strength, pl.Float64),
        "betweenness": (central.betweenness, pl.Float64),
        "closeness": (central.closeness, pl.Float64),
        "participation": (central.participation, pl.Float64),
        "x": (place[:, 0], pl.Float64),
        "y": (place[:, 1], pl.Float64),
    }
    values = [pl.Series(name, value, dtype=type_) for name, (value, type_) in columns.items()]
    return coloured.with_columns(*values, graph=pl.lit(graph)).with_columns(pl.col("stays").fill_nan(None))


def _edges(graph: str, words: Sequence[str], found: Links) -> pl.DataFrame:
    """Return the edges, heaviest first; words are in alphabetical order, so that source < target."""
    names = pl.Series(words, dtype=pl.String)
    numbers = {
        "weight": found.weight,
        "cooccurrence": found.together,
        "expected": found.expected,
        "log10_p": found.log10_p,
        "p_adjusted": found.p_adjusted,
        "disparity": found.disparity,
        "in_tree": found.in_tree,
        "shown": found.shown,
    }
    ends = {"source": names.gather(found.source), "target": names.gather(found.target)}
    return pl.DataFrame({**ends, **numbers}).with_columns(graph=pl.lit(graph))


def _summary(request: Request, taken: GraphWords, n_rows: int, found: Links, grouped: Communities) -> pl.DataFrame:
    settings, n_words = request.settings, len(taken.words)
    source, target, _ = found.drawn
    touched = np.unique(np.concatenate([source, target]))
    rand = grouped.stability.rand
    row = {
        "graph": request.graph,
        "title": request.title,
        "of": request.of,
        "subject": request.subject,
        "within": settings["within"],
        "index": settings["index"],
        "form": settings["form"],
        "method": grouped.method,
        "colour": settings["colour"],
        "n_rows": n_rows,
        "n_words": n_words,
        "n_pairs": len(found.source),
        "n_shown": int(found.shown.sum()),
        "n_alone": n_words - len(touched),
        "n_pieces": int(pieces(source, target, n_words).max(initial=-1)) + 1,
        "tree_weight": float(found.weight[found.in_tree].sum()),
        "n_communities": int((np.bincount(grouped.labels) > 1).sum()),
        "modularity": grouped.modularity,
        "stability": float(rand.mean()) if len(rand) else None,
        "absent": ", ".join(taken.absent) or None,
        "message": taken.message or _message(settings, n_words, found, grouped),
    }
    texts = ("subject", "absent", "message")
    types = dict.fromkeys(texts, pl.String) | dict.fromkeys(("modularity", "stability"), pl.Float64)
    return pl.DataFrame([row], schema_overrides=types)


def _message(settings, n_words: int, found: Links, grouped: Communities) -> str | None:
    """Say in French why there is nothing, or less than asked for, to show."""
    place = "tour" if settings["within"] == "turn" else "segment"
    if n_words == 0:
        return f"aucun mot n'est dans {settings['minimum_frequency']} {place}s"
    if n_words == 1:
        return "un seul mot : pas de lien à montrer"
    if len(found.source) == 0:
        return f"aucun des {n_words} mots ne se rencontre avec un autre dans un {place}"
    if not found.shown.any():
        return "aucun lien ne passe les réglages demandés (seuil, indice ou liens significatifs)"
    return grouped.message


def _tell(name: str, summary: pl.DataFrame) -> None:
    row = summary.row(0, named=True)
    log.info(
        "%s : %d mots, %d liens dessinés, %d communautés", name, row["n_words"], row["n_shown"], row["n_communities"]
    )
    if row["absent"]:
        log.info("%s : jamais dits : %s", name, row["absent"])
    if row["message"]:
        log.info("%s : %s", name, row["message"])
    elif row["n_pieces"] > 1:
        log.info("%s : le graphe est en %d morceaux sans lien entre eux", name, row["n_pieces"])
