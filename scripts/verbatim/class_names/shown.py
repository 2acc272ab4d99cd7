"""The names that classes bear in the report, the figures and the exports."""

from __future__ import annotations

import polars as pl


def shown(names: pl.DataFrame) -> dict[int, str]:
    """Return class now -> name, for the rows of classes/names whose status is matched.

    Classes merged by hand are one class now: it bears the name of the class that the others are merged
    with, or else the first of the others' names.
    """
    sure = names.filter((pl.col("status") == "matched") & pl.col("class").is_not_null() & (pl.col("name") != ""))
    ordered = sure.sort(pl.col("merged_with").is_not_null(), "position", descending=True)
    named = dict(ordered.select("class", "name").iter_rows())
    return {number: named[number] for number in sorted(named)}
