"""One function for every format in which codings come."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from verbatim.codings import open_document_comments, qualcoder, refi_qda, sheets, taguette, word_comments, workbook
from verbatim.codings.model import Reading, StudyText
from verbatim.problems import Problem, nearest

# ending -> reader(data, place, coder, study)
FORMATS: dict[str, Callable[[bytes, str, str, StudyText], Reading]] = {
    ".csv": sheets.read,
    ".xlsx": workbook.read,
    ".docx": word_comments.read,
    ".odt": open_document_comments.read,
}
FORMATS |= {".qdpx": refi_qda.read, ".qde": refi_qda.read, ".sqlite3": taguette.read, ".qda": qualcoder.read}
FORMATS |= {ending: taguette.before(FORMATS[ending]) for ending in (".csv", ".xlsx") if ending in FORMATS}


def read(data: bytes, place: str, coder: str, study: StudyText) -> Reading:
    """Return what a file of codings holds; `place` is its name, `coder` the name of its folder."""
    ending = PurePath(place).suffix.lower()
    if ending not in FORMATS:
        near = nearest(ending, FORMATS)
        mend = f"vouliez-vous « {near} » ?" if near else ""
        return Reading(problems=[Problem(place, "format de codage inconnu", " | ".join(sorted(FORMATS)), mend)])
    return FORMATS[ending](data, place, coder, study)
