"""How much of each interview is coded under each theme."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from verbatim.corpus import SILENT_POS
from verbatim.grid.model import Theme

GRID_COLUMNS = ("theme", "interview", "n_codings", "n_words", "share", "n_suggested")


def descendants(found: Sequence[Theme]) -> dict[str, list[str]]:
    """Return, for each theme, its own id and those of all themes below it."""
    below = {theme.id: [theme.id] for theme in found}
    for theme in reversed(found):
        if theme.parent:
            below[theme.parent] += below[theme.id]
    return below


def fill(found: Sequence[Theme], codings: pl.DataFrame, turns: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    """Return the table themes/grid: every theme of the grid × every interview, zeros included.

    A theme counts its own codings and those of the themes below it. Passages of both coders that overlap are one
    passage; words are the participants' words inside them. Passages that only an accepted suggestion codes are
    counted apart; codings set aside by a person are not counted.
    """
    counted = codings.filter((pl.col("anchor") != "lost") & pl.col("set_aside").is_null())
    spans, suggested = (counted.filter(pl.col("origin") == origin) for origin in ("human", "suggested"))
    below = descendants(found)
    interviews = turns["interview"].unique().sort().to_list()
    words = _participant_words(turns, tokens)
    totals = dict(words.group_by("interview").len().iter_rows())
    rows = []
    for theme in found:
        own = pl.col("theme").is_in(below[theme.id])
        merged = merge(spans.filter(own))
        passages, apart = (_by_interview(frame) for frame in (merged, _apart(merge(suggested.filter(own)), merged)))
        inside = _by_interview(_inside(words, merged))
        rows += [
            (theme.id, i, passages.get(i, 0), n, n / max(totals.get(i, 0), 1), apart.get(i, 0))
            for i in interviews
            for n in (inside.get(i, 0),)
        ]
    kinds = (pl.String, pl.String, pl.Int64, pl.Int64, pl.Float64, pl.Int64)
    return pl.DataFrame(rows, schema=dict(zip(GRID_COLUMNS, kinds, strict=True)), orient="row")


def _by_interview(frame: pl.DataFrame) -> dict[str, int]:
    return dict(frame.group_by("interview").len().iter_rows())


def _apart(spans: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    """Return the `spans` that share no character with any of `others`."""
    meeting = spans.join(others, on=["interview", "turn"], suffix="_other").filter(
        (pl.col("start") < pl.col("end_other")) & (pl.col("start_other") < pl.col("end"))
    )
    return spans.join(meeting, on=["interview", "turn", "start"], how="anti")


def merge(spans: pl.DataFrame) -> pl.DataFrame:
    """Return interview, turn, start and end of the unions of overlapping spans of a turn."""
    reach = pl.col("end").cum_max().shift(1).over("interview", "turn")
    return (
        spans.select("interview", "turn", "start", "end")
        .sort("interview", "turn", "start", "end")
        .with_columns(new=(reach.is_null() | (pl.col("start") >= reach)).cast(pl.Int64))
        .with_columns(passage=pl.col("new").cum_sum())
        .group_by("interview", "turn", "passage")
        .agg(pl.col("start").min(), pl.col("end").max())
        .sort("interview", "turn", "start")
        .drop("passage")
    )


def _participant_words(turns: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    participants = turns.filter(pl.col("role") == "participant").select("interview", "turn")
    return tokens.filter(~pl.col("pos").is_in(SILENT_POS)).join(participants, on=["interview", "turn"])


def _inside(words: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Return the words that lie in one of the disjoint `spans`."""
    return words.join(spans, on=["interview", "turn"], suffix="_span").filter(
        (pl.col("start") >= pl.col("start_span")) & (pl.col("end") <= pl.col("end_span"))
    )
