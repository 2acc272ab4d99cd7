"""Groups of words that a researcher follows through the classes (IRaMuTeQ's Tgen): groups.csv."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from verbatim.problems import Problem, nearest, raise_all

COLUMNS = ("group", "lemma")
APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ´`", "'"))


@dataclass(frozen=True)
class GroupWord:
    """One row of groups.csv: `line` is where it stands, from 1."""

    group: str
    lemma: str
    line: int


def fold(lemma: str) -> str:
    """Return `lemma` as it is compared: lower case, straight apostrophe, œ as oe, single spaces."""
    plain = unicodedata.normalize("NFC", lemma).translate(APOSTROPHES).lower().replace("œ", "oe")
    return " ".join(plain.split())


def read_groups(data: bytes, place: str = "groups.csv") -> tuple[GroupWord, ...]:
    """Return the rows of `data`: columns group and lemma; comma or semicolon; UTF-8 with or without mark.

    Blank rows are passed over. Raises StudyError with every fault: missing or unknown column, number of
    cells, empty cell, lemma twice in a group.
    """
    problems: list[Problem] = []
    rows = list(_rows(data, place, problems))
    raise_all(problems)
    return tuple(rows)


def _rows(data: bytes, place: str, problems: list[Problem]) -> Iterator[GroupWord]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        mend = "dans le tableur, « Enregistrer sous », format « CSV UTF-8 »"
        problems.append(Problem(place, "le fichier n'est pas en UTF-8", "un CSV en UTF-8", mend))
        return
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",")
    header = [cell.strip().lower() for cell in next(reader, [])]
    faults = list(_header_faults(header, f"{place}, ligne 1"))
    if faults:
        problems.extend(faults)
        return
    seen: dict[tuple[str, str], int] = {}
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        fault = _fault([cell.strip() for cell in cells], header, f"{place}, ligne {reader.line_num}", seen)
        if fault:
            problems.append(fault)
            continue
        row = {name: " ".join(cell.split()) for name, cell in zip(header, cells, strict=True)}
        seen[fold(row["group"]), fold(row["lemma"])] = reader.line_num
        yield GroupWord(row["group"], row["lemma"], reader.line_num)


def _header_faults(header: list[str], where: str) -> Iterator[Problem]:
    expected = f"les colonnes {' et '.join(COLUMNS)}"
    for column in COLUMNS:
        if header.count(column) != 1:
            what = f"{'il manque' if column not in header else 'il y a deux fois'} la colonne « {column} »"
            yield Problem(where, what, expected, f"la première ligne doit être : {','.join(COLUMNS)}")
    for column in header:
        if column not in COLUMNS:
            near = nearest(column, COLUMNS)
            mend = f"vouliez-vous « {near} » ?" if near else "supprimez cette colonne"
            yield Problem(where, f"colonne inconnue « {column} »", expected, mend)


def _fault(cells: list[str], header: list[str], where: str, seen: dict[tuple[str, str], int]) -> Problem | None:
    if len(cells) != len(header):
        mend = "mettez entre guillemets le texte qui contient le séparateur"
        return Problem(where, f"{len(cells)} cellules au lieu de {len(header)}", f"{len(header)} cellules", mend)
    row = dict(zip(header, cells, strict=True))
    for column in COLUMNS:
        if not row[column]:
            return Problem(where, f"la colonne « {column} » est vide", "une valeur", "complétez la cellule")
    first = seen.get((fold(row["group"]), fold(row["lemma"])))
    if first is not None:
        what = f"« {row['lemma']} » est déjà à la ligne {first} pour le groupe « {row['group']} »"
        return Problem(where, what, "une seule fois dans un groupe", "gardez une seule des deux lignes")
    return None


def match_lemmas(
    words: Iterable[GroupWord], known: Iterable[str], place: str = "groups.csv"
) -> tuple[dict[str, list[str]], list[str]]:
    """Return the lemmas of each group that the analysis knows, sorted, and what to warn of, in French.

    `known` are the lemmas of the analysis; the same word is found whatever its case, its apostrophe
    and the spelling of œ. A name of a group that differs from an earlier one in these alone is the same.
    """
    lemmas: dict[str, list[str]] = {}
    for lemma in sorted(set(known)):
        lemmas.setdefault(fold(lemma), []).append(lemma)
    members: dict[str, tuple[str, set[str]]] = {}
    remarks = []
    for word in words:
        _, own = members.setdefault(fold(word.group), (word.group, set()))
        found = lemmas.get(fold(word.lemma), [])
        own.update(found)
        if not found:
            near = nearest(fold(word.lemma), lemmas)
            shown = f" ; le plus proche : « {lemmas[near][0]} »" if near else ""
            remarks.append(f"{place}, ligne {word.line} : aucun lemme « {word.lemma} » dans l'analyse{shown}")
    empty = [name for name, own in members.values() if not own]
    remarks += [f"{place} : le groupe « {name} » n'a aucun lemme de l'analyse" for name in empty]
    return {name: sorted(own) for name, own in members.values() if own}, remarks
