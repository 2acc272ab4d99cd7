"""The extent of a corpus: turns and words of each interview."""

from __future__ import annotations

import polars as pl

SILENT_POS = ("PUNCT", "SPACE", "SYM", "X")


def describe_interviews(turns: pl.DataFrame, tokens: pl.DataFrame, speakers: pl.DataFrame) -> pl.DataFrame:
    """Return the table corpus/interviews.

    Words are tokens other than punctuation, symbols and noise. The attributes are those of the
    participant; where an interview has several, only the ones they share.
    """
    words = tokens.filter(~pl.col("pos").is_in(SILENT_POS)).join(
        turns.select("interview", "turn", "role"), on=["interview", "turn"]
    )
    counts = words.group_by("interview").agg(
        n_words=(pl.col("role") == "participant").sum(), n_words_interviewer=(pl.col("role") == "interviewer").sum()
    )
    attributes = [c for c in speakers.columns if c not in ("interview", "speaker", "role")]
    shared = (
        speakers.filter(pl.col("role") == "participant")
        .group_by("interview")
        .agg(pl.when(pl.col(c).n_unique() == 1).then(pl.col(c).first()).alias(c) for c in attributes)
    )
    return (
        turns.group_by("interview")
        .agg(n_turns=pl.len())
        .join(counts, on="interview", how="left")
        .with_columns(pl.col("n_words", "n_words_interviewer").fill_null(0))
        .join(shared, on="interview", how="left")
        .sort("interview")
    )
