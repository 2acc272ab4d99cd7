"""The extent of a corpus: turns and words of each interview."""

from __future__ import annotations

import polars as pl

from verbatim.language import known_shares
from verbatim.positions import turn_of

SILENT_POS = ("PUNCT", "SPACE", "SYM", "X")


def describe_interviews(turns: pl.DataFrame, tokens: pl.DataFrame, speakers: pl.DataFrame) -> pl.DataFrame:
    """Return the table corpus/interviews.

    Words are tokens other than punctuation, symbols and noise. The attributes are those of the
    participant; where an interview has several, only the ones they share. The share of known words is that of
    participants.
    """
    asks = (turns["role"] == "interviewer").to_numpy()[turn_of(tokens, turns)]
    words = tokens.select("interview", "form", "pos").with_columns(asks=pl.Series(asks, dtype=pl.Boolean))
    words = words.filter(~pl.col("pos").is_in(SILENT_POS))
    counts = words.group_by("interview").agg(n_words=(~pl.col("asks")).sum(), n_words_interviewer=pl.col("asks").sum())
    shares = known_shares(words.filter(~pl.col("asks")))
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
        .join(shares, on="interview", how="left")
        .join(shared, on="interview", how="left")
        .sort("interview")
    )


def silent(interviews: pl.DataFrame) -> list[str]:
    """Return a French sentence for each row of corpus/interviews in which no participant says a word."""
    names = interviews.filter(pl.col("n_words") == 0)["interview"].sort()
    told = "aucun mot de participant (rien que des rires, des pauses, des signes) : absent de toutes les analyses"
    return [f"{name} : {told}" for name in names]
