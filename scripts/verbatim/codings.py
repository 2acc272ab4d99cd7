"""Codings as coders write them in tables, checked and anchored in the masked text."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from verbatim.anchors import Anchor, find, normalise
from verbatim.hypotheses import STANCES
from verbatim.problems import Problem, nearest

COLUMNS = ("coding", "interview", "turn", "quote", "theme", "memo", "hypothesis", "stance")
REQUIRED = ("interview", "quote", "theme")
SCHEMA = {
    **dict.fromkeys(("coding", "interview"), pl.String),
    **dict.fromkeys(("turn", "start", "end"), pl.Int64),
    **dict.fromkeys(("quote", "theme", "coder", "origin", "anchor", "memo", "hypothesis", "stance"), pl.String),
}


@dataclass(frozen=True)
class Coding:
    """One row of a coder's table: `place` is its file and line."""

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


def read_table(data: bytes, place: str, coder: str) -> tuple[list[Coding], list[Problem]]:
    """Return the codings of one CSV file (comma or semicolon) and the faults of its rows."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        mend = "enregistrez le fichier en CSV UTF-8"
        return [], [Problem(f"{place}, octet {error.start}", "ce n'est pas de l'UTF-8", "", mend)]
    head = text.split("\n", 1)[0]
    rows = list(csv.reader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ","))
    names = [name.strip().lower() for name in rows[0]] if rows else []
    problems = _head_faults(names, place)
    if problems:
        return [], problems
    codings: list[Coding] = []
    for line, row in enumerate(rows[1:], 2):
        if any(cell.strip() for cell in row):
            cells = {n: c.strip() for n, c in zip(names, row, strict=False)}
            coding, faults = _row(cells, f"{place}, ligne {line}", coder)
            problems += faults
            codings += [coding] if coding else []
    return codings, problems


def _head_faults(names: list[str], place: str) -> list[Problem]:
    missing = [n for n in REQUIRED if n not in names]
    unknown = [n for n in names if n not in COLUMNS]
    faults = [Problem(f"{place}, ligne 1", f"il manque la colonne « {n} »", ", ".join(COLUMNS)) for n in missing]
    for name in unknown:
        near = nearest(name, COLUMNS) if name else None
        mend = f"vouliez-vous « {near} » ?" if near else "supprimez-la"
        faults.append(Problem(f"{place}, ligne 1", f"colonne inconnue « {name} »", ", ".join(COLUMNS), mend))
    return faults


def _row(cells: dict[str, str], place: str, coder: str) -> tuple[Coding | None, list[Problem]]:
    faults = [Problem(place, f"la case « {n} » est vide", "une valeur") for n in REQUIRED if not cells.get(n)]
    turn, stance = cells.get("turn", ""), cells.get("stance", "").lower()
    if turn and not turn.isdigit():
        faults.append(Problem(place, f"« turn » vaut « {turn} »", "un numéro de tour, ou rien"))
    if stance and stance not in STANCES:
        faults.append(Problem(place, f"« stance » vaut « {stance} »", "pour | contre | nuance"))
    if stance and not cells.get("hypothesis"):
        faults.append(Problem(place, "une position sans hypothèse", "l'identifiant d'une hypothèse"))
    if faults:
        return None, faults
    words = [coder, *(cells.get(n, "") for n in COLUMNS[1:])]
    own = f"{coder}-{hashlib.sha256(chr(31).join(words).encode()).hexdigest()[:10]}"
    coding = Coding(
        place,
        coder,
        cells.get("coding") or own,
        cells["interview"],
        int(turn) if turn else None,
        cells["quote"],
        cells["theme"],
        *(cells.get(n) or None for n in ("memo", "hypothesis")),
        STANCES[stance] if stance else None,
    )
    return coding, []


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


def anchor(
    codings: list[Coding],
    turns: pl.DataFrame,
    raw_turns: pl.DataFrame,
    to_masked: Callable[[str, int, int, int], tuple[int, int]],
) -> pl.DataFrame:
    """Return the table themes/codings: each coding found again in the masked `turns`.

    A quote that the masked text does not hold exactly is looked for in the raw text, and its place
    brought over by `to_masked(interview, turn, start, end)`.
    """
    masked, raw = _by_interview(turns), _by_interview(raw_turns)
    texts = {(i, t): text for i, t, text in turns.select("interview", "turn", "text").iter_rows()}
    rows = []
    for coding in codings:
        found = find(coding.quote, masked.get(coding.interview, {}), coding.turn)
        if found.status in ("doubtful", "lost"):
            unmasked = find(coding.quote, raw.get(coding.interview, {}), coding.turn)
            if unmasked.status in ("intact", "moved"):
                span = to_masked(coding.interview, unmasked.turn, unmasked.start, unmasked.end)
                found = Anchor(unmasked.status, unmasked.turn, *span)
        rows.append(_placed(coding, found, texts))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _by_interview(turns: pl.DataFrame) -> dict[str, dict[int, object]]:
    texts: dict[str, dict[int, object]] = {}
    for interview, turn, text in turns.sort("interview", "turn").select("interview", "turn", "text").iter_rows():
        texts.setdefault(interview, {})[turn] = normalise(text)
    return texts


def _placed(coding: Coding, found: Anchor, texts: dict) -> tuple:
    lost = found.status == "lost"
    turn = coding.turn if lost else found.turn
    quote = coding.quote if lost else texts[coding.interview, turn][found.start : found.end]
    place = (coding.coding, coding.interview, turn, found.start, found.end, quote)
    return (*place, coding.theme, coding.coder, "human", found.status, coding.memo, coding.hypothesis, coding.stance)
