"""Codings in tables: one row each, read with the faults of each row.

Columns have English or French names. A column `coder` tells whose each row is; without it, or where its cell is empty,
the row is the folder's coder's.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from verbatim.codings.model import KNOWN, REQUIRED, Coding, Reading, StudyText, Unread, own_id, row_digest
from verbatim.codings.remarks import theme_of
from verbatim.hypotheses import STANCES
from verbatim.problems import Problem, nearest
from verbatim.transcripts.decoding import MISREAD

GUARDED = re.compile(r"'[=+\-@]")
ACCEPTED = (*KNOWN, "coder")
FRENCH = {
    **dict.fromkeys(("codage", "identifiant"), "coding"),
    "entretien": "interview",
    "tour": "turn",
    **dict.fromkeys(("verbatim", "extrait", "citation", "passage"), "quote"),
    "thème": "theme",
    **dict.fromkeys(("mémo", "remarque"), "memo"),
    **dict.fromkeys(("hypothèse", "hypothese"), "hypothesis"),
    "position": "stance",
    "avant": "before",
    **dict.fromkeys(("après", "apres"), "after"),
    **dict.fromkeys(("début", "debut"), "start"),
    **dict.fromkeys(("codeur", "codeuse"), "coder"),
}
# What the study's own workbook tells besides, which a table given back need not.
TOLD = ("titre du thème", "origine", "ancrage", "mis de côté")
SUGGESTED = ("suggéré", "suggested")


@dataclass(frozen=True)
class Sheet:
    """A CSV file as written: `lines` with their ends, and for each row its first and last line (from 0) and cells."""

    mark: str
    delimiter: str
    lines: list[str]
    rows: list[tuple[int, int, list[str]]]

    @property
    def names(self) -> list[str]:
        """Return the names of the columns, in English and lower case."""
        return [column(name) for name in self.rows[0][2]] if self.rows else []

    def records(self) -> Iterator[tuple[int, int, dict[str, str]]]:
        """Yield first and last line (from 0) and cells by column of each row that is not blank."""
        for first, last, cells in self.rows[1:]:
            if any(cell.strip() for cell in cells):
                yield first, last, dict(zip(self.names, map(plain, cells), strict=False))


def column(name: str) -> str:
    """Return the name of a column as the tables have it, given in English or in French."""
    own = unicodedata.normalize("NFC", name).strip().lower()
    return FRENCH.get(own, own)


def plain(cell: str) -> str:
    """Return a cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    cell = cell.strip().replace("\r\n", "\n")
    return cell[1:] if GUARDED.match(cell) else cell


def parse(text: str) -> Sheet:
    """Return the rows of a CSV text (comma or semicolon); raise csv.Error, with the line, where it cannot be read."""
    mark = text[: text.startswith("\ufeff")]
    lines = list(io.StringIO(text[len(mark) :], newline=""))
    head = lines[0] if lines else ""
    delimiter = ";" if head.count(";") > head.count(",") else ","
    reader, rows, first = csv.reader(lines, delimiter=delimiter, strict=True), [], 0
    try:
        for cells in reader:
            rows.append((first, reader.line_num - 1, cells))
            first = reader.line_num
    except csv.Error as error:
        raise csv.Error(f"ligne {first + 1}", str(error)) from error
    return Sheet(mark, delimiter, lines, rows)


def read_table(data: bytes, place: str, coder: str) -> tuple[list[Coding], list[Problem]]:
    """Return the codings of one CSV file (comma or semicolon) and the faults of its rows."""
    reading = read(data, place, coder, None)
    return reading.codings, reading.problems


def read(data: bytes, place: str, coder: str, study: StudyText | None) -> Reading:
    """Return what one CSV file (comma or semicolon) holds; with `study`, themes may be named by their title."""
    try:
        text = data.decode("utf-8-sig")
        sheet = parse(text)
    except UnicodeDecodeError as error:
        what = "ce n'est pas de l'UTF-8 (Excel écrit du Windows-1252 sous le nom « CSV »)"
        mend = "dans Excel : Enregistrer sous, « CSV UTF-8 », ou gardez le classeur .xlsx, qui se lit aussi"
        return Reading(problems=[Problem(f"{place}, octet {error.start}", what, "du CSV en UTF-8", mend)])
    except csv.Error as error:
        line, what = error.args
        mend = 'vérifiez les guillemets : un texte qui en contient les double (« "" ») et s\'en entoure'
        return Reading(problems=[Problem(f"{place}, {line}", f"CSV illisible ({what})", "", mend)])
    misread = MISREAD.search(text)
    if misread:
        what = f"des accents y sont abîmés (« {misread[0]} »…) : il a été ouvert ou enregistré dans un autre encodage"
        line = text.count("\n", 0, misread.start()) + 1
        mend = "repartez du fichier d'origine et enregistrez-le en « CSV UTF-8 », ou en .xlsx"
        return Reading(problems=[Problem(f"{place}, ligne {line}", what, "du CSV en UTF-8", mend)])
    problems = head_faults(sheet.names, f"{place}, ligne 1")
    if problems:
        return Reading(problems=problems)
    rows = ((first + 1, f"{place}, ligne {first + 1}", cells) for first, _, cells in sheet.records())
    found = read_rows(rows, place, coder, study)
    found.problems[:0] = _lengths(sheet, place)
    return found


def read_rows(
    rows: Iterable[tuple[int, str, dict[str, str]]], file: str, coder: str, study: StudyText | None
) -> Reading:
    """Return the codings of `rows`: line, place for messages, cells by column."""
    found = Reading()
    n_suggested = 0
    for line, place, cells in rows:
        if cells.get("origine", "").lower() in SUGGESTED:
            n_suggested += 1
            continue
        coding, faults = _row(cells, file, line, place, coder, study)
        found.problems += faults
        found.codings += [coding] if coding else []
    if n_suggested:
        why = "une suggestion ne devient pas le codage d'une personne : make accept WHAT=suggestions"
        found.unread.append(Unread(file, "lignes d'origine suggérée", n_suggested, why))
    return found


def head_faults(names: Sequence[str], where: str) -> list[Problem]:
    """Return the faults of the names of columns (as `column` gives them) of a table of codings."""
    expected = ", ".join(ACCEPTED)
    faults = [Problem(where, f"il manque la colonne « {n} »", expected) for n in REQUIRED if n not in names]
    for name in [n for n in names if n not in ACCEPTED and n not in TOLD]:
        near = nearest(name, ACCEPTED) if name else None
        mend = f"vouliez-vous « {near} » ?" if near else "supprimez-la"
        faults.append(Problem(where, f"colonne inconnue « {name} »", expected, mend))
    for name in sorted({n for n in names if n in ACCEPTED and names.count(n) > 1}):
        faults.append(Problem(where, f"deux colonnes « {name} »", "une seule", "supprimez l'une des deux"))
    return faults


def _lengths(sheet: Sheet, place: str) -> list[Problem]:
    """Return the faults of rows with more cells than there are columns: their words would be lost."""
    n, mend = len(sheet.names), "mettez entre guillemets le texte qui contient le séparateur"
    return [
        Problem(f"{place}, ligne {first + 1}", f"{len(cells)} cellules pour {n} colonnes", "une par colonne", mend)
        for first, _, cells in sheet.rows[1:]
        if any(cell.strip() for cell in cells[n:])
    ]


def _row(
    cells: dict[str, str], file: str, line: int, place: str, coder: str, study: StudyText | None
) -> tuple[Coding | None, list[Problem]]:
    faults = [Problem(place, f"la case « {n} » est vide", "une valeur") for n in REQUIRED if not cells.get(n)]
    numbers = {n: cells.get(n, "") for n in ("turn", "start")}
    stance = cells.get("stance", "").lower()
    for name, expected in (("turn", "un numéro de tour, ou rien"), ("start", "un nombre de caractères, ou rien")):
        if numbers[name] and not re.fullmatch("[0-9]{1,9}", numbers[name], re.ASCII):
            faults.append(Problem(place, f"« {name} » vaut « {numbers[name]} »", expected))
    if stance and stance not in STANCES:
        faults.append(Problem(place, f"« stance » vaut « {stance} »", "pour | contre | nuance"))
    if stance and not cells.get("hypothesis"):
        faults.append(Problem(place, "une position sans hypothèse", "l'identifiant d'une hypothèse"))
    if faults:
        return None, faults
    turn, start = (int(numbers[n]) if numbers[n] else None for n in ("turn", "start"))
    own, who = dict(cells), _coder(cells.get("coder", ""), coder)
    own["theme"] = (theme_of(cells["theme"], study) if study else None) or cells["theme"]
    coding = Coding(
        *(place, who, cells.get("coding") or own_id(own, who), cells["interview"], turn),
        *(cells["quote"], own["theme"], *(cells.get(n) or None for n in ("memo", "hypothesis"))),
        *(STANCES[stance] if stance else None, cells.get("before", ""), cells.get("after", ""), start),
        *(file, line, row_digest(cells)),
    )
    return coding, []


def _coder(name: str, folder: str) -> str:
    name = " ".join(name.replace("/", " ").split())
    return folder if not name or name.casefold() == folder.casefold() else name
