"""The participants' words with the segment and the class in which they stand."""

from __future__ import annotations

import polars as pl

PLACE = 2**32
COUNTED = ["active", "supplementary"]


def placed(tokens: pl.DataFrame, turns: pl.DataFrame, segments: pl.DataFrame, classes: pl.DataFrame) -> pl.DataFrame:
    """Return the tokens of participants that stand in a segment of `classes` (classes/segments), in order.

    Columns interview, turn, token, segment, class (0 = unclassified), start, end, form, lemma, pos and
    status; tokens of every status.
    """
    participants = turns.lazy().filter(pl.col("role") == "participant").select("interview", "turn")
    ranges = segments.lazy().join(
        classes.lazy().select("interview", "segment", "class"), on=["interview", "segment"], how="inner"
    )
    ranges = ranges.select(
        "interview",
        "segment",
        "class",
        place=pl.col("first_turn") * PLACE + pl.col("first_token"),
        last=pl.col("last_turn") * PLACE + pl.col("last_token"),
    )
    return (
        tokens.lazy()
        .join(participants, on=["interview", "turn"], how="semi")
        .with_columns(place=pl.col("turn") * PLACE + pl.col("token"))
        .sort("interview", "place")
        .join_asof(ranges.sort("interview", "place"), on="place", by="interview", check_sortedness=False)
        .filter(pl.col("place") <= pl.col("last"))
        .select("interview", "turn", "token", "segment", "class", "start", "end", "form", "lemma", "pos", "status")
        .collect()
    )


def counted(words: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of `placed` words that count: active and supplementary, in classified segments."""
    return words.filter((pl.col("class") > 0) & pl.col("status").is_in(COUNTED))
