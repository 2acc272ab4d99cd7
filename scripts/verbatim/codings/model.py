"""A coding as its coder made it, whatever the file it came in, and what the study must know of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from verbatim.anchors import Document
from verbatim.problems import Problem, nearest

COLUMNS = ("coding", "interview", "turn", "quote", "theme", "memo", "hypothesis", "stance")
# What holds a coding besides its words: the words around it, and its first character in the turn.
HOLDING = ("before", "after", "start")
KNOWN = (*COLUMNS, *HOLDING)
REQUIRED = ("interview", "quote", "theme")


@dataclass(frozen=True)
class Coding:
    """One row of a coder's table: `place` is its file and line, `row` the digest of its cells."""

    place: str
    coder: str
    coding: str
    interview: str
    turn: int | None
    quote: str
    theme: str
    memo: str | None
    hypothesis: str | None
    stance: str | None
    before: str = ""
    after: str = ""
    start: int | None = None
    file: str = ""
    line: int = 0
    row: str = ""
    origin: str = "human"


@dataclass(frozen=True)
class StudyText:
    """What a reader of codings must know: `titles` (theme -> title), `documents` (masked text of each interview)."""

    titles: Mapping[str, str]
    documents: Mapping[str, Document]


@dataclass(frozen=True)
class Unread:
    """What a file holds that the study does not keep: `n` times `what` (French), and why or where it went."""

    file: str
    what: str
    n: int
    why: str


@dataclass
class Reading:
    """What one file gives: codings, the faults that stop the run, and what it holds that is not kept.

    `authors`: who wrote in it, by the name that the file gives -> the coder who has those codings.
    """

    codings: list[Coding] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    authors: dict[str, str] = field(default_factory=dict)


def own_id(cells: Mapping[str, str], coder: str) -> str:
    """Return the identifier of a coding to which its coder gave none: from its cells, those that hold it aside."""
    words = [coder, *(cells.get(n, "") for n in COLUMNS[1:])]
    return f"{coder}-{hashlib.sha256(chr(31).join(words).encode()).hexdigest()[:10]}"


def row_digest(cells: Mapping[str, str]) -> str:
    """Return the digest of a row, which empty columns do not change."""
    return hashlib.sha256(chr(31).join(cells.get(n, "") for n in KNOWN).encode()).hexdigest()[:12]


def check(codings: list[Coding], known: Mapping[str, set[str]]) -> list[Problem]:
    """Return the faults of `codings`: ids used twice, and interviews, themes, hypotheses not in `known`."""
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for coding in codings:
        if coding.coding in seen:
            what = f"le codage « {coding.coding} » est déjà donné ({seen[coding.coding]})"
            problems.append(Problem(coding.place, what, "un identifiant par codage", "supprimez la ligne répétée"))
        seen.setdefault(coding.coding, coding.place)
        for kind, label in (("interview", "entretien"), ("theme", "thème"), ("hypothesis", "hypothèse")):
            value = getattr(coding, kind)
            if value is not None and value not in known[kind]:
                near = nearest(value, known[kind])
                mend = f"vouliez-vous « {near} » ?" if near else ""
                expected = " | ".join(sorted(known[kind])[:8])
                problems.append(Problem(coding.place, f"{label} inconnu·e « {value} »", expected, mend))
    return problems


def unread_table(readings: Iterable[Reading], mask: Callable[[str], str] = str) -> pl.DataFrame:
    """Return the table themes/unread; `mask` hides names in the names of files and in what they hold."""
    rows: dict[tuple[str, str], tuple[int, str]] = {}
    for one in (one for reading in readings for one in reading.unread):
        n, why = rows.get((one.file, one.what), (0, one.why))
        rows[one.file, one.what] = n + one.n, why
    found = [(mask(file), mask(what), n, mask(why)) for (file, what), (n, why) in sorted(rows.items())]
    kinds = {"file": pl.String, "what": pl.String, "n": pl.Int64, "why": pl.String}
    return pl.DataFrame(found, schema=kinds, orient="row")
