"""What moves the classes: one setting at a time, all the others held."""

from __future__ import annotations

import polars as pl

PARAMETERS = ("number", "size", "minimum_frequency", "unit", "mode")
# Steinley (2004), "Properties of the Hubert-Arabie adjusted Rand index", Psychological Methods 9(3), 386-396.
BANDS = ((0.90, "excellent"), (0.80, "bon"), (0.65, "modéré"))
POOR = "mauvais"


def band(rand: float) -> str:
    """Return what an adjusted Rand index is worth, in French: excellent, bon, modéré or mauvais (Steinley 2004)."""
    return next((name for bound, name in BANDS if rand >= bound), POOR)


def what_moves(trials: pl.DataFrame, agreements: pl.DataFrame) -> pl.DataFrame:
    """Return how alike two trials are that differ by one parameter only, what moves the classes most first.

    `trials` is classes/trials, `agreements` classes/agreements. Columns: parameter (number, size,
    minimum_frequency, unit or mode), n_pairs, mean, lowest and highest adjusted Rand index of these pairs, share
    (mean share of the counted words that both classify). The study's own classification (trial 0) is left out:
    it may be one of the trials. A pair whose index is null does not count; a parameter without any pair (one
    value tried, or nothing classified) has no row. Equal means: by name.

    Mind that two numbers of classes can never agree at 1, be the tree the same.
    """
    pairs = agreements.filter((pl.col("trial") > 0) & pl.col("rand").is_not_null())
    for end in ("trial", "other"):
        named = trials.select(pl.col("trial").alias(end), *(pl.col(name).alias(f"{name}_{end}") for name in PARAMETERS))
        pairs = pairs.join(named, on=end)
    alone = pairs.filter(_n_differing() == 1)
    return (
        alone.with_columns(parameter=pl.coalesce(pl.when(_differs(name)).then(pl.lit(name)) for name in PARAMETERS))
        .sort("parameter", "rand", "trial", "other")
        .group_by("parameter", maintain_order=True)
        .agg(
            n_pairs=pl.len().cast(pl.Int64),
            mean=pl.col("rand").mean(),
            lowest=pl.col("rand").min(),
            highest=pl.col("rand").max(),
            share=pl.col("share").mean(),
        )
        .sort("mean", "parameter")
    )


def _differs(name: str) -> pl.Expr:
    return pl.col(f"{name}_trial") != pl.col(f"{name}_other")


def _n_differing() -> pl.Expr:
    return pl.sum_horizontal(_differs(name).cast(pl.Int64) for name in PARAMETERS)
