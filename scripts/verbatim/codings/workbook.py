"""Codings in an Excel workbook (.xlsx): the columns of the CSV table, on a sheet named codages or on the first one."""

from __future__ import annotations

import io
from itertools import islice

from verbatim.codings import sheets
from verbatim.codings.model import Reading, StudyText
from verbatim.exchange import zip_files
from verbatim.problems import Problem, StudyError, raise_all
from verbatim.transcripts import archives
from verbatim.transcripts.workbooks import MOST_COLUMNS, MOST_ROWS, shown

NAMES = ("codages", "codings")
EXPECTED = "un classeur Excel (.xlsx) de codages"
MEND = "ouvrez-le dans Excel ou LibreOffice et enregistrez-le en .xlsx"


def read(data: bytes, place: str, coder: str, study: StudyText) -> Reading:
    """Return the codings of a workbook, and the faults of its rows."""
    try:
        title, rows = rows_of(data, place)
    except StudyError as error:
        return Reading(problems=list(error.problems))
    where = f"{place}, feuille {title}"
    names = [sheets.column(cell) for cell in rows[0]] if rows else []
    while names and not names[-1]:
        names.pop()
    problems = sheets.head_faults(names, f"{where}, ligne 1")
    if problems:
        return Reading(problems=problems)
    found = sheets.read_rows(_records(rows, names, where), place, coder, study)
    for line, cells in enumerate(rows[1:], 2):
        if any(cell.strip() for cell in cells[len(names) :]):
            what, mend = "une cellule hors des colonnes nommées", "donnez un nom à sa colonne, ou videz-la"
            found.problems.append(Problem(f"{where}, ligne {line}", what, "une colonne par cellule", mend))
    return found


def _records(rows: list[list[str]], names: list[str], where: str):
    for line, cells in enumerate(rows[1:], 2):
        if any(cell.strip() for cell in cells):
            yield line, f"{where}, ligne {line}", dict(zip(names, map(sheets.plain, cells), strict=False))


def rows_of(data: bytes, place: str) -> tuple[str, list[list[str]]]:
    """Return the title of the sheet of codings and its cells as text."""
    if data.startswith(archives.OLE):
        what = "protégé par un mot de passe, ou ancien format .xls"
        raise StudyError(Problem(place, what, EXPECTED, "ôtez le mot de passe et enregistrez-le en .xlsx"))
    archives.check(data, place, "[Content_Types].xml")
    members = zip_files.unpack(data, place, EXPECTED)
    if not any(name.endswith("workbook.xml") for name in members):
        raise StudyError(Problem(place, "ce n'est pas un classeur Excel", EXPECTED, MEND))
    has_formulas = any(b"<f" in text for name, text in members.items() if "/worksheets/" in name)
    # It takes longer to load than most tables to read, and few studies have workbooks.
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        known = {sheet.title.strip().lower(): sheet for sheet in book.worksheets}
        sheet = next((known[name] for name in NAMES if name in known), None) or book.worksheets[0]
        rows = [[shown(cell) for cell in row] for row in islice(sheet.iter_rows(values_only=True), MOST_ROWS + 1)]
        written = _formulas(data, sheet.title) if has_formulas else {}
    except Exception as error:  # whatever stops the library on a damaged file is the file's fault
        raise StudyError(Problem(place, "classeur abîmé", EXPECTED, MEND)) from error
    if len(rows) > MOST_ROWS or any(len(row) > MOST_COLUMNS for row in rows):
        most = f"au plus {MOST_ROWS} lignes et {MOST_COLUMNS} colonnes"
        raise StudyError(Problem(f"{place}, feuille {sheet.title}", "tableau démesuré", most))
    _refuse_unknown(rows, written, f"{place}, feuille {sheet.title}")
    return sheet.title, rows


def _refuse_unknown(rows: list[list[str]], written: dict[tuple[int, int], str], where: str) -> None:
    """Raise StudyError when a formula of the sheet has no result in the file: its cell would pass for empty."""
    lost = [name for (line, at), name in written.items() if line < len(rows) and not "".join(rows[line][at : at + 1])]
    what = "une formule dont le résultat n'est pas enregistré"
    mend = "enregistrez le classeur dans Excel ou LibreOffice, ou remplacez la formule par sa valeur"
    raise_all([Problem(f"{where}, cellule {name}", what, "", mend) for name in lost])


def _formulas(data: bytes, title: str) -> dict[tuple[int, int], str]:
    """Return where a sheet has formulas: line and column from 0 -> name of the cell."""
    import openpyxl

    sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True)[title]
    return {
        (cell.row - 1, cell.column - 1): cell.coordinate
        for row in sheet.iter_rows()
        for cell in row
        if getattr(cell, "data_type", "") == "f"
    }
