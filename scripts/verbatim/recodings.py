"""Codings of themes that the grid has since renamed, merged or split: where they count now, and what a person decides.

The coders' files stay as they are, and with them each coding's identifier, which comes from the theme written there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from verbatim.anchoring import NOWHERE, Found, shown
from verbatim.anchors import Document
from verbatim.anchors.finding import CONTEXT
from verbatim.class_names.reading import guarded, lines
from verbatim.codings import Coding
from verbatim.grid import Grid
from verbatim.problems import Problem, nearest, raise_all

PLACE = "resources/decisions/recodings.csv"
DECIDED = ("coding", "interview", "quote", "was", "theme", "note")
COLUMNS = (
    *("coding", "interview", "turn", "coder", "was", "counts_under", "choices", "theme", "note"),
    *("before", "quote", "after", "memo"),
)
TABLE = {**dict.fromkeys(("coding", "was", "theme", "change"), pl.String), "decided": pl.Boolean}


@dataclass(frozen=True)
class Recoding:
    """A coding of a theme that is no more: what it `was`, the `theme` that counts it now.

    `parts`: the themes among which a person chooses, none when the theme was only renamed or merged; `decided`: whether
    nothing is left to choose.
    """

    coding: str
    was: str
    theme: str
    parts: tuple[str, ...] = ()
    decided: bool = True


def apply(found: Iterable[Coding], grid: Grid, chosen: Mapping[str, str]) -> tuple[list[Coding], list[Recoding]]:
    """Return the codings under the themes that count them now, and what became of those whose theme is no more.

    `chosen`: coding -> theme that a person chose (`decisions`). A chosen theme that was itself renamed is followed; one
    that was itself split is to be chosen again. Codings of themes that the grid never knew are given back as they are.
    """
    codings, changes = [], []
    for coding in found:
        was = chosen.get(coding.coding, coding.theme) if coding.theme in grid.parts else coding.theme
        theme = grid.current.get(was, was)
        if theme != coding.theme or coding.theme in grid.parts:
            parts = grid.parts.get(was, ()) or grid.parts.get(coding.theme, ())
            changes.append(Recoding(coding.coding, coding.theme, theme, parts, was not in grid.parts))
        codings.append(coding if theme == coding.theme else replace(coding, theme=theme))
    return codings, changes


def decisions(data: bytes, grid: Grid, place: str = PLACE) -> dict[str, str]:
    """Return coding -> theme that a person chose; raise StudyError with the faults of all lines.

    A second line for a coding takes the place of a theme chosen before that was itself split.
    """
    problems: list[Problem] = []
    chosen: dict[str, str] = {}
    for where, cells in lines(data, place, ("coding", "theme"), DECIDED, problems):
        problems += choice_faults(where, cells["theme"], grid.current)
        if cells["coding"] in chosen and chosen[cells["coding"]] not in grid.parts:
            what = f"le codage « {cells['coding']} » est déjà décidé plus haut"
            problems.append(Problem(where, what, "une ligne par codage", "supprimez l'une des deux"))
        chosen[cells["coding"]] = cells["theme"]
    raise_all(problems)
    return chosen


def choice_faults(where: str, theme: str, known: Iterable[str]) -> list[Problem]:
    """Return the fault of a theme chosen that is not one of `known`, if it has one."""
    if theme in set(known):
        return []
    near = nearest(theme, known)
    mend = f"vouliez-vous « {near} » ?" if near else ""
    return [Problem(where, f"thème inconnu « {theme} »", " | ".join(sorted(known)[:8]), mend)]


def table(changes: Sequence[Recoding]) -> pl.DataFrame:
    """Return the table themes/recodings."""
    rows = [(c.coding, c.was, c.theme, "split" if c.parts else "followed", c.decided) for c in changes]
    return pl.DataFrame(rows, schema=TABLE, orient="row")


def to_csv(
    changes: Sequence[Recoding], found: Found, grid: Grid, masked: Mapping[str, Document], mask: Callable[[str], str]
) -> str:
    """Return the proposal: one line for each coding to deal among the parts of its theme.

    A person writes one of `choices` in `theme`. `mask` hides names in the coders' words.
    """
    anchored = {coding.coding: (coding, anchor) for coding, anchor in found}
    rank = {theme: i for i, theme in enumerate(grid.parts)}
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    undecided = [change for change in changes if not change.decided]
    for change in sorted(undecided, key=lambda c: (rank.get(c.was, 0), c.coding)):
        coding, anchor = anchored[change.coding]
        whole = masked.get(coding.interview, NOWHERE)
        span = anchor.span
        before, after = whole.around(span, CONTEXT) if span else (coding.before, coding.after)
        quote = whole.words(span) if span else coding.quote
        said = [shown(text, whole, mask) for text in (before, quote, after)]
        place = (coding.coding, coding.interview, span.turn if span else coding.turn, coding.coder)
        about = (change.was, change.theme, " | ".join(change.parts), "", "")
        cells = (*place, *about, *said, mask(coding.memo) if coding.memo else "")
        writer.writerow(["" if cell is None else guarded(" ".join(str(cell).split())) for cell in cells])
    return "\ufeff" + out.getvalue()
