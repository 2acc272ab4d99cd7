"""What suggestions are worth: how many of them people coded (precision), how many coded passages they find (recall)."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from verbatim.group_contrasts import interval
from verbatim.theme_suggestions.matching import Match
from verbatim.theme_suggestions.patterns import Clue
from verbatim.theme_suggestions.pointing import enough

MOST_CUES = 5


def by_theme(suggested: pl.DataFrame, coded: pl.DataFrame, rows: Sequence[int], themes: Sequence[str]) -> pl.DataFrame:
    """Return the table themes/suggestion_quality, a row for each of `themes` (those that have a clue).

    `suggested` and `coded`: theme, row; counted among the sentences `rows`, those of coded interviews.
    """
    pairs = _pairs(suggested, coded, rows).filter(pl.col("theme").is_in(list(themes)))
    counts = pairs.group_by("theme").agg(*_sums())
    every = pl.DataFrame({"theme": list(themes)}, schema={"theme": pl.String})
    return _measured(every.join(counts, on="theme", how="left").with_columns(pl.col("^n_.*$").fill_null(0)))


def by_number(
    pointed: pl.DataFrame, coded: pl.DataFrame, rows: Sequence[int], clues: Sequence[Clue], least: int
) -> pl.DataFrame:
    """Return the table themes/suggestion_curve: all themes together, by how many cues are asked for."""
    themes = list(dict.fromkeys(clue.theme for clue in clues))
    own = coded.filter(pl.col("theme").is_in(themes))
    counts = [
        _pairs(enough(pointed, clues, k), own, rows).select(pl.lit(k, pl.Int64).alias("least_cues"), *_sums())
        for k in range(1, MOST_CUES + 1)
        if clues
    ]
    frame = pl.concat(counts) if counts else pl.DataFrame(schema={"least_cues": pl.Int64, **_COUNTS})
    return _measured(frame).with_columns(chosen=pl.col("least_cues") == least)


def by_cue(clues: Sequence[Clue], matches: Sequence[Match], coded: pl.DataFrame, rows: Sequence[int]) -> pl.DataFrame:
    """Return the table themes/cues: each cue and pattern, in how many sentences it stands, and how many were coded."""
    known = pl.DataFrame(
        [(i, clue.theme, clue.name, "pattern" if clue.pattern else "cue") for i, clue in enumerate(clues)],
        schema={"clue": pl.Int64, "theme": pl.String, "cue": pl.String, "kind": pl.String},
        orient="row",
    )
    pairs = sorted({(match.clue, match.sentence) for match in matches})
    found = pl.DataFrame(pairs, schema={"clue": pl.Int64, "row": pl.Int64}, orient="row").join(known, on="clue")
    found = found.join(coded.with_columns(is_coded=pl.lit(True)), on=["theme", "row"], how="left").with_columns(
        pl.col("is_coded").fill_null(False), is_read=pl.col("row").is_in(list(rows))
    )
    counts = found.group_by("clue").agg(
        n_sentences=pl.len().cast(pl.Int64),
        n_read=pl.col("is_read").sum().cast(pl.Int64),
        n_both=(pl.col("is_read") & pl.col("is_coded")).sum().cast(pl.Int64),
    )
    whole = known.join(counts, on="clue", how="left").sort("clue").with_columns(pl.col("^n_.*$").fill_null(0))
    return whole.select("theme", "cue", "kind", "n_sentences", "n_read", "n_both")


_COUNTS = dict.fromkeys(("n_suggested", "n_coded", "n_both"), pl.Int64)


def _pairs(suggested: pl.DataFrame, coded: pl.DataFrame, rows: Sequence[int]) -> pl.DataFrame:
    """Return theme, row, is_suggested and is_coded of every pair that is one or the other, among `rows`."""
    both = suggested.select("theme", "row", is_suggested=pl.lit(True)).join(
        coded.select("theme", "row", is_coded=pl.lit(True)), on=["theme", "row"], how="full", coalesce=True
    )
    return both.filter(pl.col("row").is_in(list(rows))).with_columns(pl.col("^is_.*$").fill_null(False))


def _sums() -> list[pl.Expr]:
    one, other = pl.col("is_suggested"), pl.col("is_coded")
    named = {"n_suggested": one, "n_coded": other, "n_both": one & other}
    return [expression.sum().cast(pl.Int64).alias(name) for name, expression in named.items()]


def _measured(counts: pl.DataFrame) -> pl.DataFrame:
    """Return `counts` with precision and recall and their exact intervals; null where there is nothing to divide by."""
    frame = counts
    for name, of in (("precision", "n_suggested"), ("recall", "n_coded")):
        n = frame[of]
        low, high = interval(frame["n_both"].to_numpy(), n.to_numpy())
        values = {name: frame["n_both"] / n, f"{name}_low": pl.Series(low), f"{name}_high": pl.Series(high)}
        some = pl.col(of) > 0
        frame = frame.with_columns(
            pl.when(some).then(value.cast(pl.Float64)).otherwise(None).alias(key) for key, value in values.items()
        )
    return frame
