"""All the graphs of an analysis, from its tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from verbatim import lexicon
from verbatim.similarity.graph_tables import GraphTables, graph, together
from verbatim.similarity.graph_words import GraphWords, choose
from verbatim.similarity.requests import Request, check, requests
from verbatim.similarity.spoken import Spoken, spoken, touched, turns_of


@dataclass(frozen=True)
class GraphMaterial:
    """The tables that graphs are made from; only themes need codings and tokens, only turns need turns and tokens."""

    segment_lemmas: pl.DataFrame
    lemmas: pl.DataFrame
    profiles: pl.DataFrame
    classes: pl.DataFrame
    segments: pl.DataFrame
    speakers: pl.DataFrame
    codings: pl.DataFrame | None = None
    turns: pl.DataFrame | None = None
    tokens: pl.DataFrame | None = None


def graphs(
    analysis: str, material: GraphMaterial, settings: Mapping[str, Any], themes: Collection[str] | None = None
) -> GraphTables:
    """Return the tables of all graphs of an analysis that its `settings` (section `graphs`, completed) ask for.

    `themes`: those of the grid, None when it is not at hand. Raises StudyError for what a study asks for and cannot
    be; what is not there in this analysis is a row of the summary with a message.
    """
    said = spoken(material.segment_lemmas, material.lemmas, material.segments, material.speakers, material.classes)
    asked = requests(settings, said.numbers)
    check(asked, known_modalities(material.segments, material.speakers), themes)
    turns = None
    if any(request.settings["within"] == "turn" for request in asked):
        turns = turns_of(said, material.lemmas, material.tokens, material.turns, material.segments)
    made = [graph(said, turns, request, _taken(said, request, material), material.profiles) for request in asked]
    return together(analysis, made)


def known_modalities(segments: pl.DataFrame, speakers: pl.DataFrame) -> dict[str, list[str]]:
    """Return the values of each attribute over all participants of the study."""
    described = lexicon.described(segments, speakers).drop("segment", "speaker")
    return {name: described[name].drop_nulls().unique().sort().to_list() for name in described.columns}


def _taken(said: Spoken, request: Request, material: GraphMaterial) -> GraphWords:
    found = None
    if request.of == "theme":
        found = touched(said, request.subject, material.codings, material.segments, material.tokens)
    return choose(said, request, material.profiles, found)
