"""The proposal in which a person accepts or refuses suggestions."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping

import polars as pl

from verbatim.anchors import Document, Span
from verbatim.anchors.finding import CONTEXT
from verbatim.class_names.reading import guarded

COLUMNS = (
    *("theme_title", "before", "quote", "after", "cues", "decision", "coder", "date", "note"),
    *("interview", "turn", "n_cues", "read", "theme", "start", "suggestion"),
)


def to_csv(
    suggestions: pl.DataFrame, titles: Mapping[str, str], masked: Mapping[str, Document], read: Collection[str]
) -> str:
    """Return the proposal: one line for each new suggestion, to be completed in a spreadsheet.

    Theme by theme in the order of `titles`; the interviews that nobody coded first (`read`: those that somebody did),
    then the sentences with a pattern, then those with more cues.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    rank = {theme: i for i, theme in enumerate(titles)}
    new = suggestions.filter(pl.col("state") == "new").to_dicts()
    new.sort(
        key=lambda r: (rank[r["theme"]], r["interview"] in read, *weight(r), r["interview"], r["turn"], r["start"])
    )
    for row in new:
        before, after = masked[row["interview"]].around(Span(row["turn"], row["start"], row["end"]), CONTEXT)
        words = (titles[row["theme"]], before, row["quote"], after, row["cues"], "", "", "", "")
        about = (row["interview"], row["turn"], row["n_cues"], "oui" if row["interview"] in read else "non")
        cells = (*words, *about, row["theme"], row["start"], row["suggestion"])
        writer.writerow([guarded(" ".join(str(cell).split())) for cell in cells])
    return "\ufeff" + out.getvalue()


def weight(row: Mapping) -> tuple[bool, int]:
    """Return what sorts a suggestion: a pattern first, then more cues."""
    return not row["by_pattern"], -row["n_cues"]
