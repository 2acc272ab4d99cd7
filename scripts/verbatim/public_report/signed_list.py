"""What people signed: verbatims that may be read whole, shortened or never, in resources/privacy/publishable.csv."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from verbatim import decision_files
from verbatim.class_names.reading import lines
from verbatim.problems import Problem

PLACE = "resources/privacy/publishable.csv"
COLUMNS = ("passage", "decision", "signed", "date", "note", "interview", "turn", "quote", "where", "shown", "why")
NEEDED = ("passage", "decision", "signed")
WHOLE, SHORT, NEVER = DECISIONS = ("entier", "raccourci", "jamais")


@dataclass(frozen=True)
class Signature:
    """A line of the file: a passage, what was decided of it, and who signed."""

    place: str
    passage: str
    decision: str
    signed: str


def passage_id(interview: str, quote: str) -> str:
    """Return the identifier of words: other words, after a correction, are another passage, and nobody signed it."""
    text = " ".join(unicodedata.normalize("NFC", quote).split())
    return "v-" + hashlib.sha256(f"{interview}\0{text}".encode()).hexdigest()[:12]


def read(data: bytes, place: str = PLACE) -> tuple[list[Signature], list[Problem]]:
    """Return the signatures of the file, and the faults of its lines; lines without a decision are passed over."""
    problems: list[Problem] = []
    found: dict[str, Signature] = {}
    for where, cells in lines(data, place, NEEDED, COLUMNS, problems):
        own = _faults(where, cells)
        if cells["decision"] and not own:
            one = Signature(where, cells["passage"], cells["decision"].lower(), cells["signed"])
            if one.passage in found:
                what = f"ce passage est déjà signé ({found[one.passage].place})"
                own.append(Problem(where, what, "une seule ligne par passage", "gardez une seule des deux lignes"))
            found.setdefault(one.passage, one)
        problems += own
    return list(found.values()), problems


def _faults(where: str, cells: dict[str, str]) -> list[Problem]:
    decision = cells["decision"].lower()
    if not decision:
        return []
    found = []
    if decision not in DECISIONS:
        found.append(Problem(where, f"« decision » vaut « {cells['decision']} »", " | ".join(DECISIONS)))
    if not cells["passage"]:
        found.append(Problem(where, "la case « passage » est vide", "l'identifiant que donne la proposition"))
    if not cells["signed"]:
        mend = "écrivez dans « signed » qui décide que d'autres peuvent lire ces mots"
        found.append(Problem(where, "personne n'a signé", "un nom ou des initiales", mend))
    return found


def to_csv(rows: Sequence[dict[str, str]]) -> str:
    """Return the proposal: a line for each verbatim that may be shown, its decision to be filled in."""
    return decision_files.append(None, rows, COLUMNS)
