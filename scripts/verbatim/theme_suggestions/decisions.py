"""What people decided on suggestions: accepted ones are codings, refused ones are not suggested again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from verbatim.anchors import Document, Selector, Span, find
from verbatim.class_names.reading import lines
from verbatim.codings import Coding, Reading, StudyText
from verbatim.decision_files import CHOICES, YES
from verbatim.problems import Problem

PLACE = "resources/decisions/suggestions.csv"
COLUMNS = (
    *("suggestion", "interview", "turn", "start", "before", "quote", "after"),
    *("theme", "decision", "coder", "date", "note"),
)
NEEDED = ("interview", "quote", "theme", "decision")
# A suggestion is one that was decided when they share this part of the shorter of the two.
SHARED = 0.5


@dataclass(frozen=True)
class Decision:
    """A line of the file of decisions: the words and what holds them, the theme, and whether it was accepted."""

    place: str
    suggestion: str
    interview: str
    held: Selector
    theme: str
    accepted: bool
    coder: str
    note: str = ""


def rows(data: bytes, place: str = PLACE) -> tuple[list[Decision], list[Problem]]:
    """Return the lines of the file of decisions, and their faults."""
    problems: list[Problem] = []
    found = []
    for where, cells in lines(data, place, NEEDED, COLUMNS, problems):
        faults = [Problem(where, f"la case « {n} » est vide", "une valeur") for n in NEEDED if not cells[n]]
        choice = CHOICES.get(cells["decision"].lower())
        if cells["decision"] and choice is None:
            faults.append(Problem(where, f"« decision » vaut « {cells['decision']} »", "oui | non"))
        if choice == YES and not cells["coder"]:
            faults.append(Problem(where, "une suggestion acceptée sans codeur", "le nom de qui l'accepte (coder)"))
        for name in ("turn", "start"):
            if cells[name] and not (cells[name].isascii() and cells[name].isdecimal()):
                faults.append(Problem(where, f"« {name} » vaut « {cells[name]} »", "un nombre entier, ou rien"))
        problems += faults
        if not faults:
            turn, start = (int(cells[name]) if cells[name] else None for name in ("turn", "start"))
            held = Selector(cells["quote"], cells["before"], cells["after"], turn, start)
            name = cells["suggestion"] or own_id(cells)
            about = (cells["theme"], choice == YES, cells["coder"], cells["note"])
            found.append(Decision(where, name, cells["interview"], held, *about))
    return found, problems


def own_id(cells: Mapping[str, str]) -> str:
    """Return the identifier of a decision to which the file gives none."""
    words = (cells["interview"], cells["turn"], cells["start"], cells["theme"], cells["quote"])
    return f"s-{hashlib.sha256(chr(31).join(words).encode()).hexdigest()[:10]}"


def read(data: bytes, place: str, _: StudyText | None = None) -> Reading:
    """Return the codings that accepted suggestions are, of origin `suggested`, as readers of codings give them.

    Their identifiers are those of the suggestions. One accepted twice is a fault.
    """
    decided, problems = rows(data, place)
    codings = []
    for one in decided:
        if one.accepted:
            line = int(one.place.rpartition(" ")[2])
            held = one.held
            codings.append(
                Coding(
                    *(one.place, one.coder, one.suggestion, one.interview, held.turn, held.quote, one.theme),
                    *(one.note or None, None, None, held.before, held.after, held.start),
                    *(place, line, "", "suggested"),
                )
            )
    return Reading(codings, problems)


def standing(decided: list[Decision], masked: Mapping[str, Document], current: Mapping[str, str]) -> pl.DataFrame:
    """Return where the words decided stand now: interview, turn, start, end, theme (present), accepted.

    A place that is only likely counts too: what was refused is not to come back because a word near it changed. Words
    of which less than half is left are nowhere.
    """
    found = []
    for one in decided:
        whole = masked.get(one.interview)
        anchor = find(one.held, whole) if whole else None
        spans: tuple[Span, ...] = anchor.spans if anchor and anchor.status != "lost" else ()
        theme = current.get(one.theme, one.theme)
        found += [(one.interview, s.turn, s.start, s.end, theme, one.accepted) for s in spans]
    kinds = {
        **{"interview": pl.String, "turn": pl.Int64, "start": pl.Int64, "end": pl.Int64},
        **{"theme": pl.String, "accepted": pl.Boolean},
    }
    return pl.DataFrame(found, schema=kinds, orient="row")


def states(suggested: pl.DataFrame, standing: pl.DataFrame, coded: pl.DataFrame) -> pl.DataFrame:
    """Return `suggested` (theme, row, interview, turn, start, end…) with its column `state`.

    What a person decided comes first, the refusal before the acceptance; then what a coder's passage meets (`coded`:
    theme, row).
    """
    pairs = suggested.select("theme", "row", "interview", "turn", "start", "end").join(
        standing, on=["interview", "turn", "theme"], suffix="_decided"
    )
    shared = pl.min_horizontal("end", "end_decided") - pl.max_horizontal("start", "start_decided")
    shorter = pl.min_horizontal(pl.col("end") - pl.col("start"), pl.col("end_decided") - pl.col("start_decided"))
    same = pairs.filter((shared > 0) & (shared >= SHARED * shorter))
    decided = same.group_by("theme", "row").agg(accepted=pl.col("accepted").all())
    met = coded.select("theme", "row", is_coded=pl.lit(True))
    on = ["theme", "row"]
    whole = suggested.join(decided, on=on, how="left").join(met, on=on, how="left")
    state = pl.when(pl.col("accepted")).then(pl.lit("accepted")).when(~pl.col("accepted")).then(pl.lit("rejected"))
    state = state.when(pl.col("is_coded")).then(pl.lit("coded")).otherwise(pl.lit("new"))
    return whole.with_columns(state=state).drop("accepted", "is_coded")
