"""CSV twins of tables, as spreadsheets in France read them."""

from __future__ import annotations

import polars as pl

from verbatim.tables import Table

MOST_ROWS = 1_000_000
FORMULA_STARTS = "^[=+\\-@\\t\\r]"


def to_csv(frame: pl.DataFrame, table: Table, language: str) -> str:
    """Return `frame`, one of `table`, as CSV text; see `spreadsheet`.

    A table of more than a million rows gives its head line only and one line that says where the
    whole stands: spreadsheets do not open more.
    """
    if frame.height > MOST_ROWS:
        note = f"{frame.height} lignes : trop pour un tableur, lire results/{table.name} (parquet)"
        return "\ufeff" + ";".join(frame.columns) + "\n" + note + "\n"
    return spreadsheet(frame, language)


def spreadsheet(frame: pl.DataFrame, language: str) -> str:
    """Return `frame` as CSV text: UTF-8 with BOM; with `fr`, semicolon and decimal comma.

    Text cells that a spreadsheet would read as a formula get an apostrophe in front; numbers are
    left alone.
    """
    safe = frame.with_columns(
        pl.when(pl.col(name).str.contains(FORMULA_STARTS)).then("'" + pl.col(name)).otherwise(pl.col(name)).alias(name)
        for name, kind in frame.schema.items()
        if kind == pl.String
    )
    french = language == "fr"
    text = safe.write_csv(separator=";" if french else ",", decimal_comma=french)
    return "\ufeff" + text
