"""The page on which a person decides: what was found, in context, by kind and type."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from itertools import groupby

import jinja2

from verbatim.privacy.decisions import FORMULA, FRENCH, PROPOSAL
from verbatim.privacy.findings import Type
from verbatim.privacy.identifiers import KINDS


def page(types: Sequence[Type], template: str, mode: str, n_words: int) -> str:
    """Return the HTML page, in one piece and without anything fetched.

    `types`: as `findings.types` orders them; `template`: Jinja2; `mode`: block or warn; `n_words`: words of
    all turns.
    """
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    waiting = [one for one in types if one.decision is None]
    return environment.from_string(template).render(
        groups=[(kind, KINDS[kind], list(own)) for kind, own in groupby(waiting, key=lambda one: one.kind)],
        decided=[one for one in types if one.decision is not None],
        french=FRENCH,
        kinds=KINDS,
        mode=mode,
        n_types=len(waiting),
        n_passages=sum(one.n for one in waiting),
        n_words=n_words,
    )


def proposal(types: Iterable[Type]) -> str:
    """Return the CSV in which to decide, one line for each undecided type: BOM and semicolons, for spreadsheets."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(PROPOSAL)
    for one in types:
        if one.decision is None:
            first = one.contexts[0]
            context = f"{first.before}«{first.passage}»{first.after}"
            row = (one.digest, one.kind, "", "", one.text, "", one.n, " ".join(one.interviews), context)
            writer.writerow([_plain(cell) for cell in (*row, FRENCH[one.suggestion])])
    return "\ufeff" + out.getvalue()


def _plain(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell
