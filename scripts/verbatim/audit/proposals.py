"""The proposals that a person fills in: lemmas to mend, expressions to join. Written by a run, read back to accept."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from verbatim.problems import Problem
from verbatim.twins import spreadsheet

ORDER = {"unknown": 2, "disagree": 0, "several_pos": 1, "rare": 3}
SAID = {
    "unknown": "aucun dictionnaire ne connaît ce mot",
    "disagree": "les sources donnent des lemmes différents",
    "several_pos": "le mot reçoit plusieurs catégories",
    "rare": "lecture rare de ce mot",
}
LEMMAS = (
    "form",
    "if_pos",
    "lemma_now",
    "lemma",
    "reason",
    "doubt",
    "others",
    "n_occurrences",
    "n_interviews",
    "context",
)
EXPRESSIONS = (
    *("expression", "lemma", "pos", "decision", "reason", "n_occurrences", "n_interviews", "npmi", "context"),
)
AROUND = 40


@dataclass(frozen=True)
class Line:
    """One line of a proposal that a person filled in: its cells by column, and its place for messages."""

    place: str
    cells: dict[str, str]


def lemmas_to_csv(doubtful: pl.DataFrame, turns: pl.DataFrame, language: str = "fr") -> str:
    """Return the proposal of lemmas: the active words first, then those on which sources disagree, the most said first.

    A person writes in `lemma` the right one, or `ok` where the present one is right, and in `reason` why.
    """
    rows = (
        doubtful.filter(pl.col("reason") != "corrected")
        .with_columns(rank=pl.col("reason").replace_strict(ORDER, return_dtype=pl.Int64))
        .sort(
            [pl.col("status") != "active", "rank", "n_occurrences", "form", "pos"],
            descending=[False, False, True, False, False],
        )
    )
    sources = [pl.col(name) for name in ("model_lemma", "lexique_lemma", "simplemma_lemma")]
    others = pl.concat_list(pl.when(source != pl.col("lemma")).then(source) for source in sources)
    frame = rows.with_columns(context=_contexts(rows, turns)).select(
        "form",
        if_pos="pos",
        lemma_now="lemma",
        lemma=pl.lit(""),
        reason=pl.lit(""),
        doubt=pl.col("reason").replace_strict(SAID, return_dtype=pl.String),
        others=others.list.drop_nulls().list.unique(maintain_order=True).list.join(", "),
        n_occurrences="n_occurrences",
        n_interviews="n_interviews",
        context="context",
    )
    return spreadsheet(frame.select(LEMMAS), language)


def expressions_to_csv(suggested: pl.DataFrame, turns: pl.DataFrame, language: str = "fr") -> str:
    """Return the proposal of expressions, the surest first: `decision` is oui or non, `reason` says why."""
    weight = pl.col("npmi") * (pl.col("n_occurrences") + 1).log()
    rows = suggested.sort([weight, pl.col("expression")], descending=[True, False])
    frame = rows.with_columns(
        pl.col("npmi").round(2), context=_contexts(rows, turns), decision=pl.lit(""), reason=pl.lit("")
    )
    return spreadsheet(frame.select(EXPRESSIONS), language)


def _contexts(rows: pl.DataFrame, turns: pl.DataFrame) -> pl.Series:
    """Return the words around the first place of each row, the words themselves between « »."""
    texts = {(i, t): text for i, t, text in turns.select("interview", "turn", "text").iter_rows()}
    shown = []
    for interview, turn, start, end in rows.select("interview", "turn", "start", "end").iter_rows():
        text = texts[interview, turn]
        left, right = text[max(0, start - AROUND) : start], text[end : end + AROUND]
        shown.append(f"{interview}, tour {turn} : …{left}«{text[start:end]}»{right}…".replace("\n", " "))
    return pl.Series("context", shown, dtype=pl.String)


def read(data: bytes, place: str, needed: Sequence[str]) -> tuple[list[Line], list[Problem]]:
    """Return the lines of a proposal, and the faults of the file: not UTF-8, or without one of `needed` columns."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [
            Problem(place, "le fichier n'est pas en UTF-8", "un CSV en UTF-8", "enregistrez-le en « CSV UTF-8 »")
        ]
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    names = [name.strip() for name in next(reader, [])]
    missing = [name for name in needed if name not in names]
    if missing:
        mend = "repartez de la proposition que l'exécution a écrite"
        return [], [
            Problem(f"{place}, ligne 1", f"il manque la colonne « {n} »", ", ".join(needed), mend) for n in missing
        ]
    lines = []
    for cells in reader:
        if any(cell.strip() for cell in cells):
            filled = dict(zip(names, (cell.strip().removeprefix("'") for cell in cells), strict=False))
            lines.append(Line(f"{place}, ligne {reader.line_num}", {name: filled.get(name, "") for name in names}))
    return lines, []
