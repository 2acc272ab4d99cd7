"""Files of codings that hold an interview which is withdrawn: those of it alone, and those that a person must redo."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePath

from verbatim.codings import open_document_comments, sheets, word_comments, workbook
from verbatim.codings.commented_texts import CommentedText
from verbatim.problems import Problem, StudyError

TEXTS: dict[str, Callable[[bytes, str], CommentedText]] = {
    ".docx": word_comments.commented_text,
    ".odt": open_document_comments.commented_text,
}


@dataclass
class Held:
    """Files of codings by what must become of them.

    `own`: of the interview alone; `unsure`: nothing tells what they hold; `shared`: the faults of workbooks that have
    rows of it.
    """

    own: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    shared: list[Problem] = field(default_factory=list)


def holding(files: dict[str, bytes], interview: str) -> Held:
    """Return which of `files` (path -> bytes; tables in CSV aside) hold `interview`."""
    found = Held()
    for path, data in sorted(files.items()):
        ending = PurePath(path).suffix.lower()
        if ending == ".csv":
            continue
        if ending == ".xlsx" and (n := _n_rows(data, path, interview)) is not None:
            if n:
                mend = f"retirez-en vous-même les lignes de « {interview} », puis relancez cette commande"
                found.shared.append(Problem(path, f"{n} ligne(s) de ce classeur sont de « {interview} »", "", mend))
        elif ending in TEXTS and (of := _interview(path, data, interview, TEXTS[ending])):
            found.own += [path] if of == interview else []
        else:
            found.unsure.append(path)
    return found


def _n_rows(data: bytes, path: str, interview: str) -> int | None:
    """Return how many rows of a workbook are of `interview`; None when it is no table of codings."""
    try:
        _, rows = workbook.rows_of(data, path)
    except StudyError:
        return None
    names = [sheets.column(name) for name in rows[0]] if rows else []
    if "interview" not in names:
        return None
    place = names.index("interview")
    return sum(sheets.plain(row[place]) == interview for row in rows[1:] if len(row) > place)


def _interview(path: str, data: bytes, interview: str, reader: Callable[[bytes, str], CommentedText]) -> str:
    """Return the interview that a commented text says it is of: in itself, or in its name when that is `interview`."""
    try:
        told = reader(data, path).interview
    except StudyError:
        told = ""
    named = re.search(rf"(?<![^\W_]){re.escape(interview.casefold())}(?![^\W_])", PurePath(path).stem.casefold())
    return interview if named else told
