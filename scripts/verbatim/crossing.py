"""The bridge between themes and lexical classes."""

from __future__ import annotations

import polars as pl

PLACE = 2**32


def touched(codings: pl.DataFrame, segments: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    """Return theme, interview and segment, once each, of the segments that a coding touches.

    Lost codings touch nothing.
    """
    spans = codings.filter(pl.col("anchor") != "lost").select("theme", "interview", "turn", "start", "end")
    words = (
        spans.join(tokens.select("interview", "turn", "token", b="start", e="end"), on=["interview", "turn"])
        .filter((pl.col("b") < pl.col("end")) & (pl.col("e") > pl.col("start")))
        .select("theme", "interview", place=pl.col("turn") * PLACE + pl.col("token"))
        .unique()
        .sort("interview", "place")
    )
    ranges = segments.select(
        "interview",
        "segment",
        place=pl.col("first_turn") * PLACE + pl.col("first_token"),
        last=pl.col("last_turn") * PLACE + pl.col("last_token"),
    ).sort("interview", "place")
    return (
        words.join_asof(ranges, on="place", by="interview", check_sortedness=False)
        .filter(pl.col("segment").is_not_null() & (pl.col("place") <= pl.col("last")))
        .select("theme", "interview", "segment")
        .unique()
        .sort("theme", "interview", "segment")
    )


def cross(analysis: str, touching: pl.DataFrame, classes: pl.DataFrame) -> pl.DataFrame:
    """Return the table themes/theme_class over the classified segments of one analysis.

    For each theme, the 2×2 table of one class against the rest gives the adjusted standardised
    residual (Haberman 1973): (n − e) / sqrt(e (1 − row share) (1 − column share)).
    """
    classified = classes.filter(pl.col("class") > 0).select("interview", "segment", "class")
    total = classified.height
    sizes = classified.group_by("class").len("size").sort("class")
    counts = touching.join(classified, on=["interview", "segment"]).group_by("theme", "class").len("n")
    marked = counts.group_by("theme").agg(marked=pl.col("n").sum())
    share = pl.col("size") / max(total, 1)
    expected = pl.col("marked") * share
    spread = (expected * (1 - pl.col("marked") / max(total, 1)) * (1 - share)).sqrt()
    residual = pl.when(pl.col("spread") > 0).then((pl.col("n") - pl.col("expected")) / pl.col("spread")).otherwise(0.0)
    return (
        marked.join(sizes, how="cross")
        .join(counts, on=["theme", "class"], how="left")
        .with_columns(pl.col("n").fill_null(0).cast(pl.Int64), expected=expected, spread=spread)
        .with_columns(residual=residual)
        .select(pl.lit(analysis).alias("analysis"), "theme", "class", "n", "expected", "residual")
        .sort("theme", "class")
    )
