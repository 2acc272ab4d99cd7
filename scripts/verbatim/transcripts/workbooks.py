"""Cells of spreadsheets (.csv, .xlsx, .ods) as text, as a person reads them."""

from __future__ import annotations

import csv
import datetime
import io
import re
from itertools import islice
from typing import Any

import odfdo

from verbatim.problems import Problem, StudyError
from verbatim.transcripts import archives

MOST_ROWS, MOST_COLUMNS = 200_000, 500


def rows_of_csv(text: str, place: str) -> list[list[str]]:
    """Return the cells of a CSV text (comma, semicolon or tab)."""
    first = re.sub(r'"[^"]*"', "", text.split("\n", 1)[0])
    delimiter = max(";,\t", key=first.count)
    try:
        return [*csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as error:
        raise StudyError(Problem(place, f"CSV illisible ({error})", "un tableau")) from error


def rows_of_workbook(data: bytes, place: str) -> list[list[str]]:
    """Return the cells of the first sheet of an .xlsx, as text."""
    archives.check(data, place, "xl/workbook.xml")
    # it takes longer to load than any transcript to read, and few studies have workbooks
    import openpyxl

    try:
        sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        rows = islice(sheet.iter_rows(values_only=True), MOST_ROWS)
        return [[shown(cell) for cell in row[:MOST_COLUMNS]] for row in rows]
    except Exception as error:  # whatever stops the library on a damaged file is the file's fault
        raise StudyError(Problem(place, "classeur abîmé", "un .xlsx")) from error


def rows_of_open_sheet(data: bytes, place: str) -> list[list[str]]:
    """Return the cells of the first sheet of an .ods, as text."""
    archives.check(data, place, "content.xml")
    try:
        table = odfdo.Document(io.BytesIO(data)).body.get_tables()[0]
        table.rstrip(aggressive=True)
        if table.width > MOST_COLUMNS or table.height > MOST_ROWS:
            raise StudyError(
                Problem(place, "tableau démesuré", f"au plus {MOST_ROWS} lignes et {MOST_COLUMNS} colonnes")
            )
        return [[shown(cell) for cell in row] for row in table.get_values()]
    except StudyError:
        raise
    except Exception as error:  # whatever stops the library on a damaged file is the file's fault
        raise StudyError(Problem(place, "classeur abîmé", "un .ods")) from error


def shown(cell: Any) -> str:
    """Return a cell as text: days without their hour when it is midnight, whole numbers without a decimal point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
