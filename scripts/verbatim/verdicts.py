"""The researcher's verdicts on the hypotheses: read, checked, and compared with what stands now.

Nothing here concludes: a verdict is what a person wrote, with a date.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from verbatim.class_names.reading import guarded, lines
from verbatim.problems import Problem, nearest, raise_all

PLACE, PROPOSAL = "resources/verdicts.csv", "results/proposals/verdicts.csv"
COLUMNS = ("hypothesis", "date", "verdict", "text", "author", "seen")
NEEDED = ("hypothesis", "date", "verdict", "text")
PROPOSED = ("hypothesis", "title", "for", "against", "nuance", "standing", *COLUMNS[1:])
FRENCH = {"supported": "confirmée", "contradicted": "infirmée", "nuanced": "nuancée", "open": "ouverte"}
VERDICTS = {
    **{code: code for code in FRENCH},
    **{name: code for code, name in FRENCH.items()},
    **{"confirmed": "supported", "confirmé": "supported", "infirmé": "contradicted", "nuancé": "nuanced"},
    **{"refuted": "contradicted", "ouvert": "open"},
}
# A cell of digests begins so, that no spreadsheet takes it for a number.
SEEN = "vu:"
ROWS = {
    **dict.fromkeys(("hypothesis", "date", "verdict", "text", "author"), pl.String),
    **dict.fromkeys(("n_since", "n_gone"), pl.Int64),
}


@dataclass(frozen=True)
class Verdict:
    """A line of verdicts.csv; `seen`: digests of the codings that stood when it was written, None where not said."""

    hypothesis: str
    date: str
    verdict: str
    text: str
    author: str | None
    seen: frozenset[str] | None
    place: str


def read(data: bytes, known: Iterable[str], place: str = PLACE) -> list[Verdict]:
    """Return the verdicts of a file, in its order; raise StudyError with the faults of all its lines."""
    problems: list[Problem] = []
    found = [
        verdict
        for where, cells in lines(data, place, NEEDED, COLUMNS, problems)
        if (verdict := row(where, cells, known, problems))
    ]
    problems += twice(found)
    raise_all(problems)
    return found


def row(where: str, cells: Mapping[str, str], known: Iterable[str], problems: list[Problem]) -> Verdict | None:
    """Return the verdict of a line, or None: its faults go to `problems`."""
    faults = []
    if cells["hypothesis"] not in known:
        near = nearest(cells["hypothesis"], known)
        mend = f"vouliez-vous « {near} » ?" if near else "corrigez l'identifiant, ou supprimez la ligne"
        what = f"hypothèse inconnue « {cells['hypothesis']} »"
        faults.append(Problem(where, what, " | ".join(sorted(known)[:8]), mend))
    date = iso_date(cells["date"])
    if date is None:
        what = f"« {cells['date']} » n'est pas une date" if cells["date"] else "la case « date » est vide"
        faults.append(Problem(where, what, "le jour du verdict, comme 2022-06-30 ou 30/06/2022"))
    code = VERDICTS.get(cells["verdict"].lower())
    if code is None:
        near = nearest(cells["verdict"].lower(), VERDICTS) if cells["verdict"] else None
        what = f"verdict inconnu « {cells['verdict']} »" if cells["verdict"] else "la case « verdict » est vide"
        mend = f"vouliez-vous « {FRENCH[VERDICTS[near]]} » ?" if near else ""
        faults.append(Problem(where, what, " | ".join(FRENCH.values()), mend))
    if not cells["text"]:
        mend = "dites ce qui le fonde : le rapport le montrera"
        faults.append(Problem(where, "un verdict sans raison : la case « text » est vide", "une phrase", mend))
    seen = _seen(cells["seen"])
    if cells["seen"] and seen is None:
        mend = "laissez-la telle que la proposition la donne, ou videz-la"
        faults.append(Problem(where, "la case « seen » ne se lit pas", f"{SEEN} puis des empreintes, ou rien", mend))
    problems += faults
    if faults:
        return None
    return Verdict(cells["hypothesis"], date, code, cells["text"], cells["author"] or None, seen, where)


def twice(found: Sequence[Verdict]) -> list[Problem]:
    """Return a fault for each second verdict of a day on a hypothesis."""
    first: dict[tuple[str, str], str] = {}
    faults = []
    for one in found:
        if one.place != first.setdefault((one.hypothesis, one.date), one.place):
            what = f"deux verdicts du {one.date} sur « {one.hypothesis} » (déjà : {first[one.hypothesis, one.date]})"
            faults.append(Problem(one.place, what, "un par jour et par hypothèse", "gardez celui qui vaut"))
    return faults


def iso_date(text: str) -> str | None:
    """Return a date as YYYY-MM-DD, written so or as a French spreadsheet does (30/06/2022); None for any other text."""
    found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text, re.ASCII)
    year, month, day = found.groups() if found else ("", "", "")
    if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})", text, re.ASCII):
        day, month, year = found.groups()
    try:
        return datetime.date(int(year) + 2000 * (len(year) == 2), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _seen(cell: str) -> frozenset[str] | None:
    digests = cell.removeprefix(SEEN).split()
    is_read = cell.startswith(SEEN) and all(re.fullmatch("[0-9a-f]{8}", digest) for digest in digests)
    return frozenset(digests) if is_read else None


def digest(stance: str, coding: str) -> str:
    """Return the short digest of a coding and its stance."""
    return hashlib.sha256(f"{stance}:{coding}".encode()).hexdigest()[:8]


def table(found: Sequence[Verdict], weighed: pl.DataFrame, mask: Callable[[str], str]) -> pl.DataFrame:
    """Return the table themes/verdicts; `weighed` is themes/hypotheses, `mask` hides names.

    A passage is new when the verdict saw none of its codings with that stance.
    """
    standing: dict[str, dict[tuple[str, int], set[str]]] = {}
    for hypothesis, stance, coding, passage in weighed.iter_rows():
        standing.setdefault(hypothesis, {}).setdefault((stance, passage), set()).add(digest(stance, coding))
    rows = []
    for one in found:
        passages = standing.get(one.hypothesis, {}).values()
        since = gone = None
        if one.seen is not None:
            since = sum(not own & one.seen for own in passages)
            gone = len(one.seen.difference(*passages))
        author = mask(one.author) if one.author else None
        rows.append((one.hypothesis, one.date, one.verdict, mask(one.text), author, since, gone))
    return pl.DataFrame(rows, schema=ROWS, orient="row")


def to_csv(declared: Sequence[dict], weighed: pl.DataFrame, written: pl.DataFrame) -> str:
    """Return the proposal: one line for each hypothesis, with its counts and what stands now, to be completed.

    `written` is themes/verdicts.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(PROPOSED)
    for one in declared:
        own = weighed.filter(pl.col("hypothesis") == one["id"])
        counts = dict(own.group_by("stance").agg(pl.col("passage").n_unique()).iter_rows())
        last = written.filter(pl.col("hypothesis") == one["id"]).sort("date").tail(1).to_dicts()
        standing = "".join(f"{FRENCH[row['verdict']]} ({row['date']})" for row in last)
        numbers = (counts.get(stance, 0) for stance in ("for", "against", "nuance"))
        seen = sorted(digest(stance, coding) for stance, coding in own.select("stance", "coding").iter_rows())
        title = guarded(" ".join(one["title"].split()))
        writer.writerow((one["id"], title, *numbers, standing, *[""] * 4, SEEN + " ".join(seen)))
    return "\ufeff" + out.getvalue()
