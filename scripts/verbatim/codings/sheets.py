"""Codings in tables: one row each, read with the faults of each row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from verbatim.codings.model import KNOWN, REQUIRED, Coding, own_id, row_digest
from verbatim.hypotheses import STANCES
from verbatim.problems import Problem, nearest

GUARDED = re.compile(r"'[=+\-@]")


@dataclass(frozen=True)
class Sheet:
    """A CSV file as written: `lines` with their ends, and for each row its first and last line (from 0) and cells."""

    mark: str
    delimiter: str
    lines: list[str]
    rows: list[tuple[int, int, list[str]]]

    @property
    def names(self) -> list[str]:
        """Return the names of the columns, in lower case."""
        return [name.strip().lower() for name in self.rows[0][2]] if self.rows else []

    def records(self) -> Iterator[tuple[int, int, dict[str, str]]]:
        """Yield first and last line (from 0) and cells by column of each row that is not blank."""
        for first, last, cells in self.rows[1:]:
            if any(cell.strip() for cell in cells):
                yield first, last, dict(zip(self.names, map(_plain, cells), strict=False))


def _plain(cell: str) -> str:
    """Return a cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    cell = cell.strip()
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
    try:
        sheet = parse(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        mend = "enregistrez le fichier en CSV UTF-8"
        return [], [Problem(f"{place}, octet {error.start}", "ce n'est pas de l'UTF-8", "", mend)]
    except csv.Error as error:
        line, what = error.args
        mend = 'vérifiez les guillemets : un texte qui en contient les double (« "" ») et s\'en entoure'
        return [], [Problem(f"{place}, {line}", f"CSV illisible ({what})", "", mend)]
    problems = _head_faults(sheet.names, place)
    if problems:
        return [], problems
    codings: list[Coding] = []
    problems = _lengths(sheet, place)
    for first, _, cells in sheet.records():
        coding, faults = _row(cells, place, first + 1, coder)
        problems += faults
        codings += [coding] if coding else []
    return codings, problems


def _head_faults(names: list[str], place: str) -> list[Problem]:
    where, expected = f"{place}, ligne 1", ", ".join(KNOWN)
    faults = [Problem(where, f"il manque la colonne « {n} »", expected) for n in REQUIRED if n not in names]
    for name in [n for n in names if n not in KNOWN]:
        near = nearest(name, KNOWN) if name else None
        mend = f"vouliez-vous « {near} » ?" if near else "supprimez-la"
        faults.append(Problem(where, f"colonne inconnue « {name} »", expected, mend))
    for name in sorted({n for n in names if n in KNOWN and names.count(n) > 1}):
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


def _row(cells: dict[str, str], file: str, line: int, coder: str) -> tuple[Coding | None, list[Problem]]:
    place = f"{file}, ligne {line}"
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
    coding = Coding(
        *(place, coder, cells.get("coding") or own_id(cells, coder), cells["interview"], turn),
        *(cells["quote"], cells["theme"], *(cells.get(n) or None for n in ("memo", "hypothesis"))),
        *(STANCES[stance] if stance else None, cells.get("before", ""), cells.get("after", ""), start),
        *(file, line, row_digest(cells)),
    )
    return coding, []
