"""What a study's own corrections of words did to its classes: the same classification, without them and with them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from verbatim import lexicon, tables
from verbatim.laboratory.agreement import adjusted_rand
from verbatim.reinert.classification import classify_analysis
from verbatim.segments import cut_turns

PLACE = 2**32


@dataclass(frozen=True)
class Classified:
    """Words of a study and their classes: corpus/tokens, corpus/segments, and interview, segment, class."""

    tokens: pl.DataFrame
    segments: pl.DataFrame
    classes: pl.DataFrame


def classified_without(
    analysis: str,
    tokens: pl.DataFrame,
    turns: pl.DataFrame,
    speakers: pl.DataFrame,
    selection: dict,
    segments_settings: dict,
    settings: dict,
    compatibility: str,
    number: int | None,
) -> Classified:
    """Return the classes of an analysis on `tokens` made without the corrections, by the same settings.

    `number`: how many classes to ask for where the settings leave it open: as many as with the corrections.
    """
    segments = cut_turns(turns, tokens, **segments_settings)
    kept = lexicon.select(segments, turns, speakers, selection, analysis)
    _, lemmas, segment_lemmas = lexicon.count(analysis, tokens, kept, turns)
    found = classify_analysis(kept, segment_lemmas, lemmas, analysis, compatibility, settings, number)
    return Classified(tokens, segments, found.segments.select("interview", "segment", "class"))


def effects(analysis: str, before: Classified, after: Classified) -> pl.DataFrame:
    """Return classes/correction_effects: segments of today by the class they had and the class they have.

    An expression joined or undone moves the ends of segments: a segment of today had the class in which most of its
    words were (of equal ones, the lowest number). The adjusted Rand index is over segments with a class in both.
    """
    now = _classes_of_words(after).with_columns(after="class").drop("class")
    then = _classes_of_words(before).select("interview", "position", before="class")
    words = now.join_asof(then, on="position", by="interview", check_sortedness=False).with_columns(
        pl.col("before").fill_null(0)
    )
    if words.is_empty():
        return tables.empty("classes/correction_effects")
    most = (
        words.group_by("interview", "segment", "after", "before")
        .len()
        .sort(["len", "before"], descending=[True, False])
        .unique(["interview", "segment"], keep="first", maintain_order=True)
    )
    cells = most.group_by("before", "after").agg(n_segments=pl.len().cast(pl.Int64)).sort("before", "after")
    either = pl.col("n_segments").sum().over("before") + pl.col("n_segments").sum().over("after") - pl.col("n_segments")
    ari = pl.lit(_agreement(cells), dtype=pl.Float64)
    return cells.select(
        pl.lit(analysis).alias("analysis"),
        *("before", "after", "n_segments"),
        jaccard=pl.col("n_segments") / either,
        ari=ari,
    )


def _classes_of_words(found: Classified) -> pl.DataFrame:
    """Return interview, position, segment and class of the words that count, in the segments that are classified."""
    ranges = found.segments.join(found.classes, on=["interview", "segment"]).select(
        *("interview", "segment", "class"),
        at=pl.col("first_turn") * PLACE + pl.col("first_token"),
        last=pl.col("last_turn") * PLACE + pl.col("last_token"),
    )
    return (
        found.tokens.lazy()
        .filter(pl.col("status").is_in(lexicon.COUNTED))
        .select(
            "interview", at=pl.col("turn") * PLACE + pl.col("token"), position=pl.col("turn") * PLACE + pl.col("start")
        )
        .sort("interview", "at")
        .join_asof(ranges.lazy().sort("interview", "at"), on="at", by="interview", check_sortedness=False)
        .filter(pl.col("at") <= pl.col("last"))
        .select("interview", "position", "segment", "class")
        .sort("interview", "position")
        .collect()
    )


def _agreement(cells: pl.DataFrame) -> float:
    """Return the adjusted Rand index of the segments with a class on both sides; 1 where it is undefined."""
    known = cells.filter((pl.col("before") > 0) & (pl.col("after") > 0))
    counts = np.zeros((int(known["before"].max() or 0) + 1, int(known["after"].max() or 0) + 1))
    counts[known["before"].to_numpy(), known["after"].to_numpy()] = known["n_segments"].to_numpy()
    value = float(adjusted_rand(counts))
    return 1.0 if np.isnan(value) else value
