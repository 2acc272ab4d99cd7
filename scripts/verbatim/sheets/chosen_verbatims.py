"""The table of the verbatims that stand for each theme."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from verbatim import tables
from verbatim.grid import Theme, descendants
from verbatim.sheets import choosing, passages
from verbatim.theme_groups import chosen


def table(
    codings: pl.DataFrame,
    interviews: pl.DataFrame,
    themes: Sequence[Theme],
    variables: Sequence[str],
    verbatims: int,
    **_others: object,
) -> pl.DataFrame:
    """Return the table themes/chosen_verbatims: at most `verbatims` of each theme, by the rule of `choosing`.

    A theme takes the passages of the themes below it too; themes that codings name without a grid have their own.
    `variables`: attributes whose modalities take turns (none: the panel, where there is one).
    """
    known = {theme.id for theme in themes}
    below = descendants(themes) | {name: [name] for name in sorted(set(codings["theme"]) - known)}
    compared = chosen(variables, interviews)[0]
    names = interviews.select("interview", *(pl.col(v).cast(pl.String).fill_null("?") for v in compared)).rows()
    cells = {interview: tuple(value for value in values if value != "?") for interview, *values in names}
    rows = [
        (theme, rank, one.coding["coding"], one.coding["interview"], one.reason)
        for theme, own in sorted(passages.of_themes(codings, below).items())
        for rank, one in enumerate(choosing.choose(own, cells, verbatims), 1)
    ]
    return pl.DataFrame(rows, schema=tables.empty("themes/chosen_verbatims").schema, orient="row")
