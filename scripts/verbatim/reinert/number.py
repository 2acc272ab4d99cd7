"""How many classes: the choice among the numbers that were tried."""

from __future__ import annotations

import polars as pl

# The usual share to expect (IRaMuTeQ's users), and the Jaccard index from which a cluster is a stable one (Hennig
# 2007). At 0.60, under which none should be trusted, halves of one class pass where interviews and forms are few.
FEWEST_CLASSIFIED = 0.70
LEAST_STABLE = 0.75


def acceptable() -> pl.Expr:
    """Return whether a row of classes/candidates classifies enough segments and has no class under the threshold."""
    stable = pl.col("jaccard_lowest").fill_null(0.0) >= LEAST_STABLE
    return (pl.col("share") >= FEWEST_CLASSIFIED) & stable & (pl.col("n_classes") > 1)


def choose_number(candidates: pl.DataFrame) -> int | None:
    """Return the number to ask for, of the rows of classes/candidates; None when no resample tells of any.

    The acceptable one with most classes (equals: the smallest number asked for); where none is, that with the
    largest share × mean Jaccard index (equals: fewest classes, then the smallest number).
    """
    if not candidates["jaccard_mean"].is_not_null().any():
        return None
    good = candidates.filter(acceptable())
    if good.height:
        return int(good.sort("n_classes", "number", descending=[True, False])["number"][0])
    worth = candidates.with_columns(_worth=pl.col("share") * pl.col("jaccard_mean").fill_null(0.0))
    return int(worth.sort("_worth", "n_classes", "number", descending=[True, False, False])["number"][0])
