"""Whose word is it? Content words that the interviewer said first and the participant took up."""

from __future__ import annotations

import polars as pl

from verbatim.positions import segment_of, turn_of

WORD = ["interview", "lemma", "pos"]


def table(analysis: str, tokens: pl.DataFrame, turns: pl.DataFrame, segments: pl.DataFrame) -> pl.DataFrame:
    """Return the table lexicon/priming: `trace` of what the analysis hears."""
    return trace(heard(tokens, turns, segments), turns).with_columns(pl.lit(analysis).alias("analysis"))


def heard(tokens: pl.DataFrame, turns: pl.DataFrame, segments: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of corpus/tokens that an analysis hears: `segments`, and all that their interviewers say.

    `turns` is corpus/turns, `segments` the rows of corpus/segments that the analysis takes; all sorted by their keys.
    What other participants say is left out.
    """
    asked = (turns["role"] == "interviewer").to_numpy()[turn_of(tokens, turns)]
    kept = tokens["interview"].is_in(segments["interview"].unique().implode()).to_numpy()
    return tokens.filter(pl.Series((asked & kept) | (~asked & (segment_of(tokens, segments) >= 0))))


def trace(tokens: pl.DataFrame, turns: pl.DataFrame) -> pl.DataFrame:
    """Return one row for each active word that a participant says in an interview.

    `tokens` is corpus/tokens, `turns` corpus/turns. Columns: interview, lemma, pos; interviewer_turn and
    participant_turn: turn in which either says it first (null: never); n_interviewer, n_participant: how often;
    origin: `taken_up` when the interviewer said it in an earlier turn, `own` when the participant was first,
    `own_only` when the interviewer never says it. A word first said by both in one turn cannot be: a turn has one
    speaker.
    """
    said = tokens.filter(pl.col("status") == "active").join(
        turns.select("interview", "turn", "role"), on=["interview", "turn"], how="left"
    )
    own = pl.col("role") == "participant"
    counted = (
        said.lazy()
        .group_by(WORD)
        .agg(
            interviewer_turn=pl.when(~own).then("turn").min(),
            participant_turn=pl.when(own).then("turn").min(),
            n_interviewer=(~own).sum().cast(pl.Int64),
            n_participant=own.sum().cast(pl.Int64),
        )
    )
    origin = (
        pl.when(pl.col("n_interviewer") == 0)
        .then(pl.lit("own_only"))
        .when(pl.col("interviewer_turn") < pl.col("participant_turn"))
        .then(pl.lit("taken_up"))
        .otherwise(pl.lit("own"))
    )
    return counted.filter(pl.col("n_participant") > 0).with_columns(origin=origin).sort(WORD).collect()


def summary(traced: pl.DataFrame) -> pl.DataFrame:
    """Return one row for each word of `trace`: in how many interviews it is whose.

    Columns: lemma, pos, n_interviews (where a participant says it), n_taken_up and share_taken_up (of these, where
    the interviewer said it first), n_participant (occurrences), share_after (of these, in interviews where it was
    taken up); the words most often taken up first.
    """
    taken = pl.col("origin") == "taken_up"
    found = traced.group_by("lemma", "pos").agg(
        n_interviews=pl.len().cast(pl.Int64),
        n_taken_up=taken.sum().cast(pl.Int64),
        n_participant=pl.col("n_participant").sum(),
        _after=pl.col("n_participant").filter(taken).sum(),
    )
    return (
        found.with_columns(
            share_taken_up=pl.col("n_taken_up") / pl.col("n_interviews"),
            share_after=pl.col("_after") / pl.col("n_participant"),
        )
        .select("lemma", "pos", "n_interviews", "n_taken_up", "share_taken_up", "n_participant", "share_after")
        .sort(["n_taken_up", "share_after", "lemma", "pos"], descending=[True, True, False, False])
    )
