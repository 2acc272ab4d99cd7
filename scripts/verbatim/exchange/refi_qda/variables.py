"""The attributes of participants as typed variables, and the interviews as cases that have them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import polars as pl
from lxml import etree

from verbatim.exchange.refi_qda.identifiers import guid

MEASURES = ("interview", "n_turns", "n_words", "n_words_interviewer", "known_share")
INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})", re.ASCII)
DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,17})[.,][0-9]{1,18}", re.ASCII)
DATE = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", re.ASCII)


def add(root: etree._Element, interviews: pl.DataFrame, make: Callable[..., etree._Element]) -> None:
    """Add <Variables> (one for each attribute of an interview) and <Cases> (one for each interview)."""
    names = sorted(name for name in interviews.columns if name not in MEASURES)
    types = {name: kind(interviews[name].drop_nulls().cast(pl.String).to_list()) for name in names}
    if names:
        variables = make(root, "Variables")
        for name in names:
            make(variables, "Variable", guid=guid("variable", name), name=name, typeOfVariable=types[name])
    cases = make(root, "Cases")
    for row in interviews.sort("interview").iter_rows(named=True):
        case = make(cases, "Case", guid=guid("case", row["interview"]), name=row["interview"])
        for name in names:
            if row[name] is not None:
                value = make(case, "VariableValue")
                make(value, "VariableRef", targetGUID=guid("variable", name))
                make(value, f"{types[name]}Value", _written(str(row[name]), types[name]))
        make(case, "SourceRef", targetGUID=guid("source", row["interview"]))


def kind(values: Sequence[str]) -> str:
    """Return the type of a variable that takes these values: Integer, Float or Date when all are, else Text.

    « 01 » is no number: it would lose its zero.
    """
    if values and all(INTEGER.fullmatch(value) for value in values):
        return "Integer"
    if values and all(INTEGER.fullmatch(value) or DECIMAL.fullmatch(value) for value in values):
        return "Float"
    return "Date" if values and all(DATE.fullmatch(value) for value in values) else "Text"


def _written(value: str, typed: str) -> str:
    return value.replace(",", ".") if typed == "Float" else value
