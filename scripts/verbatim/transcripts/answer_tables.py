"""Open answers in a spreadsheet (.csv, .xlsx, .ods): one row a respondent, the questions in the first row.

Columns of which the answers are sentences are texts; the others are variables of the respondent. Each answer is a turn,
after the question that it answers, said by the interviewer.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from verbatim.problems import Problem, StudyError
from verbatim.transcripts.accounts import Piece, normalise

WORDS = 4
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
