"""The lists of words that people keep: those shipped for French, and a study's own on top of them.

A study's row overrides the shipped row for the same word; what is wrong in a study's list is told
with file and line, all rows at once.
"""

from __future__ import annotations

import csv
import functools
import io
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from verbatim import lexique
from verbatim.annotation import TYPOGRAPHY
from verbatim.problems import Problem, nearest, raise_all

FRENCH = Path(__file__).parents[2] / "resources" / "french"

PARTS_OF_SPEECH = (
    *("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN"),
    *("NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"),
)
STATUSES = ("active", "supplementary", "ignored")
NOT_JOINED = "off"

# file: (columns that a row must fill, columns that may stay empty or be missing)
COLUMNS = {
    "expressions": (("expression", "lemma", "pos", "reason"), ("status", "unless_after", "unless_before")),
    "status": (("lemma", "status", "reason"), ("pos",)),
    "lemmas": (("form", "lemma", "reason"), ("pos", "if_pos")),
}
ANY = ""


@dataclass(frozen=True)
class Expression:
    """Several words that count as one: `words` as written, its lemma, part of speech and status.

    `status` is empty when the part of speech and the list of statuses decide. The words are not joined
    right after one of `unless_after` nor right before one of `unless_before` (`du coup`, but not in `du
    coup de fil`).
    """

    words: str
    lemma: str
    pos: str
    status: str = ""
    unless_after: tuple[str, ...] = ()
    unless_before: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lists:
    """All lists together.

    `lemmas`: (folded form, part of speech given by the model or ANY) -> (lemma, part of speech; empty:
    unchanged). `own_lemmas`, the study's corrections: the same for the part of speech that the tables
    show. `status`: (folded lemma, part of speech or ANY) -> status; `own_status`, the study's, goes before.
    `lexique`: the table of `verbatim.lexique`.
    """

    lemmas: dict[tuple[str, str], tuple[str, str]]
    own_lemmas: dict[tuple[str, str], tuple[str, str]]
    status: dict[tuple[str, str], str]
    own_status: dict[tuple[str, str], str]
    expressions: tuple[Expression, ...]
    lexique: pl.DataFrame


def fold(word: str) -> str:
    """Return `word` as look-ups know it: lower case, straight apostrophe, œ as oe."""
    return word.strip().translate(TYPOGRAPHY).lower().replace("œ", "oe")


def load(
    expressions: str | os.PathLike[str] | None = None,
    status: str | os.PathLike[str] | None = None,
    lemmas: str | os.PathLike[str] | None = None,
) -> Lists:
    """Return the shipped lists with a study's own files, where given, over them.

    Raises StudyError with one problem for each bad row of the study's files.
    """
    problems: list[Problem] = []
    own = {
        kind: list(rows(kind, path, problems)) if path else []
        for kind, path in (("expressions", expressions), ("status", status), ("lemmas", lemmas))
    }
    raise_all(problems)
    shipped = _shipped()
    return Lists(
        lemmas={**shipped["interjections"], **_lemmas(shipped["lemmas"])},
        own_lemmas=_lemmas(own["lemmas"]),
        status=_statuses(shipped["status"]),
        own_status=_statuses(own["status"]),
        expressions=_expressions([*shipped["expressions"], *own["expressions"]]),
        lexique=dictionary(),
    )


def reasons(lemmas: str | os.PathLike[str]) -> dict[tuple[str, str], str]:
    """Return why a study corrected each (folded form, part of speech or ANY), in the words of its list of lemmas.

    Rows at fault are left out: `load` tells them.
    """
    return {(fold(row["form"]), row["if_pos"]): row["reason"] for row in rows("lemmas", lemmas, [])}


@functools.cache
def dictionary() -> pl.DataFrame:
    """Return the shipped dictionary (see `verbatim.lexique`)."""
    return lexique.read((FRENCH / "lexique383.tsv.gz").read_bytes())


def kept_forms() -> frozenset[str]:
    """Return the forms that the tokeniser keeps whole: compounds of the dictionary and of the lists."""
    shipped = _shipped()
    listed = {form for form, _ in _lemmas(shipped["lemmas"])} | {form for form, _ in shipped["interjections"]}
    return lexique.compounds(dictionary()) | {form for form in listed if "'" in form[1:-1] or "-" in form[1:]}


def _shipped() -> dict:
    faults: list[Problem] = []
    names = {"lemmas": "exceptions.csv", "status": "status.csv", "expressions": "expressions.csv"}
    found: dict = {kind: list(rows(kind, FRENCH / name, faults)) for kind, name in names.items()}
    if faults:
        raise ValueError(f"shipped lists: {faults}")
    spoken = csv.DictReader(io.StringIO((FRENCH / "interjections.csv").read_text(encoding="utf-8")))
    found["interjections"] = {(fold(row["form"]), ANY): (row["lemma"], "INTJ") for row in spoken}
    return found


def _lemmas(rows: Iterable[dict[str, str]]) -> dict[tuple[str, str], tuple[str, str]]:
    return {(fold(row["form"]), row["if_pos"]): (row["lemma"].lower(), row["pos"]) for row in rows}


def _statuses(rows: Iterable[dict[str, str]]) -> dict[tuple[str, str], str]:
    return {(fold(row["lemma"]), row["pos"]): row["status"] for row in rows}


def _expressions(rows: Iterable[dict[str, str]]) -> tuple[Expression, ...]:
    found = {}
    for row in rows:
        key = " ".join(fold(row["expression"]).split())
        guards = (tuple(fold(row[side]).split()) for side in ("unless_after", "unless_before"))
        found[key] = Expression(key, row["lemma"].lower(), row["pos"], row["status"], *guards)
    return tuple(e for _, e in sorted(found.items()) if e.status != NOT_JOINED)


def rows(kind: str, path: str | os.PathLike[str], problems: list[Problem]) -> Iterator[dict[str, str]]:
    """Yield the good rows of a list, all its columns filled or empty; add the faults of the others."""
    name = Path(path).name
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        mend = "dans le tableur, « Enregistrer sous », format « CSV UTF-8 »"
        problems.append(Problem(name, "le fichier n'est pas en UTF-8", "un CSV en UTF-8", mend))
        return
    needed, free = COLUMNS[kind]
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    header = [cell.strip() for cell in next(reader, [])]
    if not _header_is_good(header, needed, free, name, problems):
        return
    seen: dict[tuple[str, ...], int] = {}
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        place = f"{name}, ligne {reader.line_num}"
        row = dict.fromkeys(free, "") | dict(zip(header, (cell.strip() for cell in cells), strict=False))
        faults = list(_faults(row, cells, header, needed, place))
        cells_of_key = (row.get(c, "") for c in (needed[0], "pos" if kind == "status" else "if_pos"))
        key = tuple(" ".join(fold(cell).split()) for cell in cells_of_key)
        if not faults and key in seen:
            mend = "gardez une seule des deux lignes"
            faults = [Problem(place, f"« {row[needed[0]]} » est déjà à la ligne {seen[key]}", "une seule fois", mend)]
        problems.extend(faults)
        if not faults:
            seen[key] = reader.line_num
            yield row


def _header_is_good(
    header: list[str], needed: tuple[str, ...], free: tuple[str, ...], name: str, problems: list[Problem]
) -> bool:
    expected = f"les colonnes {', '.join(needed)}" + f" (et, au besoin, {', '.join(free)})"
    faults = []
    for column in needed:
        if column not in header:
            mend = f"ajoutez « {column} » à la première ligne"
            faults.append(Problem(f"{name}, ligne 1", f"il manque la colonne « {column} »", expected, mend))
    for column in sorted({c for c in header if header.count(c) > 1}):
        mend = "gardez une seule des deux colonnes"
        faults.append(Problem(f"{name}, ligne 1", f"deux colonnes « {column} »", expected, mend))
    for column in [c for c in header if c not in needed + free]:
        near = nearest(column, needed + free)
        mend = f"vouliez-vous « {near} » ?" if near else "supprimez cette colonne"
        faults.append(Problem(f"{name}, ligne 1", f"colonne inconnue « {column} »", expected, mend))
    problems.extend(faults)
    return not faults


def _faults(
    row: dict[str, str], cells: list[str], header: list[str], needed: tuple[str, ...], place: str
) -> Iterator[Problem]:
    if len(cells) != len(header):
        mend = "mettez entre guillemets le texte qui contient le séparateur"
        yield Problem(place, f"{len(cells)} cellules au lieu de {len(header)}", f"{len(header)} cellules", mend)
        return
    for column in needed:
        if not row[column]:
            yield Problem(place, f"la colonne « {column} » est vide", "une valeur", "complétez la cellule")
    for column in ("pos", "if_pos"):
        value = row.get(column, "")
        if value and value not in PARTS_OF_SPEECH:
            near = nearest(value.upper(), PARTS_OF_SPEECH)
            mend = f"vouliez-vous « {near} » ?" if near else "choisissez l'une d'elles"
            yield Problem(place, f"catégorie inconnue « {value} »", " | ".join(PARTS_OF_SPEECH), mend)
    status = row.get("status", "")
    known = (*STATUSES, NOT_JOINED) if "expression" in header else STATUSES
    if status and status not in known:
        near = nearest(status, known)
        yield Problem(
            place, f"statut inconnu « {status} »", " | ".join(known), f"vouliez-vous « {near} » ?" if near else ""
        )
