"""The proposal in which a person decides between two coders: their passages side by side."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

import polars as pl

from verbatim.anchors import Document, Span
from verbatim.anchors.finding import CONTEXT
from verbatim.class_names.reading import guarded
from verbatim.typography import decimal

SIDE = ("coder", "theme_title", "before", "quote", "after", "memo")
COLUMNS = (
    *("interview", "turn", "kind", *SIDE, *(f"other_{name}" for name in SIDE)),
    *("decision", "reason", "date", "note", "overlap", "theme", "other_theme", "coding", "other_coding", "discordance"),
)
KINDS = {"missed": "un seul a codé", "theme": "autre thème", "bounds": "autres bornes"}


def to_csv(
    discordances: pl.DataFrame, codings: pl.DataFrame, titles: Mapping[str, str], masked: Mapping[str, Document]
) -> str:
    """Return the proposal: one line for each discordance not decided yet, along the interviews.

    `titles`: theme -> its title. Each line has the passages of both coders, with the words around and the memos; where
    only one coded, the cells of the other are empty.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    made = {row["coding"]: row for row in codings.iter_rows(named=True)}
    rows = discordances.filter(pl.col("resolution").is_null()).to_dicts()
    rows.sort(key=lambda row: (row["interview"], row["turn"], made[row["coding"]]["start"], row["discordance"]))
    for row in rows:
        one, other = made[row["coding"]], made.get(row["other_coding"])
        sides = *_side(one, titles, masked), *_side(other or {"coder": row["other_coder"]}, titles, masked)
        ids = one["theme"], other["theme"] if other else "", row["coding"], row["other_coding"], row["discordance"]
        choice = ("",) * 4
        cells = row["interview"], row["turn"], KINDS[row["kind"]], *sides, *choice, decimal(row["overlap"], 2), *ids
        writer.writerow(["" if cell is None else guarded(" ".join(str(cell).split())) for cell in cells])
    return "\ufeff" + out.getvalue()


def _side(coding: Mapping, titles: Mapping[str, str], masked: Mapping[str, Document]) -> tuple:
    if "coding" not in coding:
        return coding["coder"], *[""] * 5
    span = Span(coding["turn"], coding["start"], coding["end"])
    before, after = masked[coding["interview"]].around(span, CONTEXT)
    title = titles.get(coding["theme"], coding["theme"])
    return coding["coder"], title, before, coding["quote"], after, coding["memo"]
