"""Files of decisions that `make accept` completes: what stands in them stays, decided rows are added at the end."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from verbatim.class_names.reading import guarded
from verbatim.problems import Problem, StudyError

YES, NO = "oui", "non"
CHOICES = {"oui": YES, "o": YES, "non": NO, "n": NO, "": ""}


def proposal(folder: Path, file: str | None, usual: str) -> tuple[bytes, str]:
    """Return what `file` (none: the `usual` proposal) of the study in `folder` holds, and its name for messages."""
    shown = file or usual
    source = folder / Path(shown).expanduser()
    if not source.is_file():
        mend = f"lancez l'étude (make run), ou donnez le chemin entier du fichier : FILE=/…/{Path(usual).name}"
        raise StudyError(Problem(shown, "ce fichier n'existe pas", "la proposition complétée", mend))
    return source.read_bytes(), shown


def append(standing: bytes | None, rows: Sequence[Mapping[str, str]], columns: Sequence[str]) -> str:
    """Return the text of a file with `rows` added at its end, in its own separator and order of columns.

    A new file has the byte order mark and semicolons, as spreadsheets in France read them. What stands in a file stays
    letter for letter, unless it lacks a column that a row fills: then each of its rows gets that cell, empty.
    """
    if standing is None or not standing.strip(b"\xef\xbb\xbf \r\n"):
        return "\ufeff" + _written([list(columns)], ";", "\n") + _rows(rows, columns, ";", "\n")
    text = standing.decode("utf-8")
    head = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=head.count)
    end = "\r\n" if head.endswith("\r") else "\n"
    names = [
        name.strip().lower() for name in next(csv.reader([head.lstrip("\ufeff").strip("\r")], delimiter=delimiter))
    ]
    new = [name for name in columns if name not in names and any(row.get(name) for row in rows)]
    if new:
        first, *others = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter)
        wide = [[*first, *new], *([*cells, *[""] * (len(first) + len(new) - len(cells))] for cells in others if cells)]
        text = "\ufeff" * text.startswith("\ufeff") + _written(wide, delimiter, end)
    return text + (end if not text.endswith("\n") else "") + _rows(rows, [*names, *new], delimiter, end)


def _rows(rows: Sequence[Mapping[str, str]], names: Sequence[str], delimiter: str, end: str) -> str:
    return _written([[guarded(row.get(name, "")) for name in names] for row in rows], delimiter, end)


def _written(rows: Sequence[Sequence[str]], delimiter: str, end: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


def told(counts: Sequence[tuple[int, str, str]]) -> list[str]:
    """Return a French line for each count that is not 0, of (count, one, many)."""
    return [f"• {n} {one if n < 2 else many}" for n, one, many in counts if n]
