"""Open answers in a spreadsheet (.csv, .xlsx, .ods): one row a respondent, the questions in the first row.

Columns of which the answers are sentences are texts; the others are variables of the respondent. Each answer is a turn,
after the question that it answers, said by the interviewer.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

import odfdo

from verbatim.problems import Problem, StudyError
from verbatim.transcripts import archives
from verbatim.transcripts.accounts import Piece, normalise

WORDS = 4
MOST_ROWS, MOST_COLUMNS = 200_000, 500
EXPECTED = "une première ligne de questions, puis une ligne par personne"
INTERVIEWER = "ENQ"
Pieces = tuple[list[Piece], Counter[str], list[str]]


def read(rows: Sequence[Sequence[str]], place: str) -> Pieces:
    """Return the pieces of a table of answers: a block a respondent, with variables; then what was set aside, notes."""
    lost: Counter[str] = Counter()
    cleaned = []
    for row in rows:
        cells = [normalise(cell) for cell in row]
        lost.update(sum((aside for _, aside in cells), Counter()))
        cleaned.append([text for text, _ in cells])
    filled = [row for row in cleaned if any(cell.strip() for cell in row)]
    if len(filled) < 2:
        raise StudyError(Problem(place, "aucune réponse dans ce tableau", EXPECTED))
    head, answers = filled[0], filled[1:]
    texts = [i for i in range(len(head)) if _is_text([row[i] for row in answers if i < len(row)])]
    if not texts:
        raise StudyError(Problem(place, "aucune colonne ne contient de phrases", EXPECTED))
    pieces = [piece for row in answers for piece in _respondent(row, head, texts)]
    others = [name or f"colonne {i + 1}" for i, name in enumerate(head) if i not in texts]
    notes = [f"{len(texts)} colonne(s) de réponses, {len(answers)} personne(s)"]
    if others:
        notes.append(f"colonnes prises pour des variables : {', '.join(others[:12])}{'…' if len(others) > 12 else ''}")
    return pieces, +lost, notes


def _is_text(cells: Sequence[str]) -> bool:
    lengths = [len(cell.split()) for cell in cells if cell.strip()]
    return bool(lengths) and sum(lengths) / len(lengths) >= WORDS


def _respondent(row: Sequence[str], head: Sequence[str], texts: Sequence[int]) -> Iterator[Piece]:
    others = [i for i in range(min(len(head), len(row))) if i not in texts and row[i].strip()]
    variables = {_variable(head[i], i): " ".join(row[i].split()) for i in others}
    yield Piece("block", variables=variables)
    for i in others:
        yield Piece("dropped", row[i] + "\t", "variables")
    for i in texts:
        answer = row[i] if i < len(row) else ""
        if answer.strip():
            yield Piece("speaker", speaker=INTERVIEWER)
            yield Piece("words", head[i])
            yield Piece("speaker")
            yield Piece("words", answer)
        else:
            yield Piece("dropped", answer, "white_space")


def _variable(name: str, position: int) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_") or f"colonne_{position + 1}"


def rows_of_csv(text: str, place: str) -> list[list[str]]:
    """Return the cells of a CSV text (comma, semicolon or tab)."""
    first = re.sub(r'"[^"]*"', "", text.split("\n", 1)[0])
    delimiter = max(";,\t", key=first.count)
    try:
        return [*csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as error:
        raise StudyError(Problem(place, f"CSV illisible ({error})", EXPECTED)) from error


def rows_of_workbook(data: bytes, place: str) -> list[list[str]]:
    """Return the cells of the first sheet of an .xlsx, as text."""
    archives.check(data, place, "xl/workbook.xml")
    # it takes longer to load than any transcript to read, and few studies have workbooks
    import openpyxl

    try:
        sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
        return [["" if cell is None else str(cell) for cell in row] for row in rows]
    except Exception as error:  # whatever stops the library on a damaged file is the file's fault
        raise StudyError(Problem(place, "classeur abîmé", "un .xlsx")) from error


def rows_of_open_sheet(data: bytes, place: str) -> list[list[str]]:
    """Return the cells of the first sheet of an .ods, as text."""
    archives.check(data, place, "content.xml")
    try:
        table = odfdo.Document(io.BytesIO(data)).body.get_tables()[0]
        table.rstrip(aggressive=True)
        if table.width > MOST_COLUMNS or table.height > MOST_ROWS:
            raise StudyError(Problem(place, "tableau démesuré", EXPECTED))
        return [["" if cell is None else str(cell) for cell in row] for row in table.get_values()]
    except StudyError:
        raise
    except Exception as error:  # whatever stops the library on a damaged file is the file's fault
        raise StudyError(Problem(place, "classeur abîmé", "un .ods")) from error
