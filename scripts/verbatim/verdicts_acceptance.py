"""Accepting verdicts: the lines filled in the proposal, added to resources/verdicts.csv."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from verbatim import hypotheses, step, verdicts
from verbatim.class_names.reading import guarded, lines
from verbatim.codings import parse
from verbatim.problems import Problem, StudyError, raise_all
from verbatim.verdicts import COLUMNS, NEEDED, PLACE, PROPOSAL, PROPOSED, Verdict

FILLED = ("date", "verdict", "text")


def accept(folder: Path, file: str | None = None) -> str:
    """Add the verdicts filled in `file` (none: the proposal of the last run) to the study's file; say so in French.

    All of them or, on any fault (StudyError), none. Lines that stand in the file stay letter for letter; a verdict that
    stands there already with the same words is passed over, and another one of the same day is a fault.
    """
    shown = file or PROPOSAL
    source = folder / Path(shown).expanduser()
    if not source.is_file():
        mend = "lancez l'étude (make run), ou donnez le chemin entier du fichier : FILE=/…/verdicts.csv"
        raise StudyError(Problem(shown, "ce fichier n'existe pas", "la proposition complétée", mend))
    known = _known(folder)
    standing = verdicts.read((folder / PLACE).read_bytes(), known) if (folder / PLACE).is_file() else []
    problems: list[Problem] = []
    found, n_left = [], 0
    for where, cells in lines(source.read_bytes(), shown, NEEDED, PROPOSED, problems):
        if not any(cells[name] for name in FILLED):
            n_left += 1
        elif (one := verdicts.row(where, cells, known, problems)) is not None:
            found.append((one, cells["seen"]))
    there = {(one.hypothesis, one.date, one.verdict, one.text) for one in standing}
    new = [(one, seen) for one, seen in found if (one.hypothesis, one.date, one.verdict, one.text) not in there]
    raise_all([*problems, *verdicts.twice([*standing, *(one for one, _ in new)])])
    if new:
        text = _joined(folder / PLACE, [_cells(one, seen) for one, seen in new])
        verdicts.read(text.encode(), known, f"{PLACE} (une fois complété)")
        step.write_text(folder / PLACE, text)
    return _told(len(new), len(found) - len(new), n_left, shown)


def _known(folder: Path) -> list[str]:
    path = folder / hypotheses.PLACE
    declared = hypotheses.declared(path.read_text(encoding="utf-8-sig")) if path.is_file() else []
    return [one["id"] for one in declared]


def _cells(one: Verdict, seen: str) -> dict[str, str]:
    values = (one.hypothesis, one.date, verdicts.FRENCH[one.verdict], one.text, one.author or "", seen)
    return {name: guarded(text) for name, text in zip(COLUMNS, values, strict=True)}


def _joined(path: Path, rows: Sequence[dict[str, str]]) -> str:
    """Return the text of the file with `rows` at its end, in its own columns, separator and line ends."""
    if not path.is_file() or not path.read_bytes().strip():
        return "\ufeff" + "".join(_line(cells, ";") + "\n" for cells in (COLUMNS, *(row.values() for row in rows)))
    sheet = parse(path.read_bytes().decode())
    names = [*sheet.names, *(name for name in COLUMNS if name not in sheet.names and any(row[name] for row in rows))]
    end = "\r\n" if sheet.lines[0].endswith("\r\n") else "\n"
    parts = [sheet.mark]
    for number, (first, last, cells) in enumerate(sheet.rows):
        text = "".join(sheet.lines[first : last + 1]).rstrip("\r\n")
        if number == 0:
            text = sheet.delimiter.join([text, *names[len(sheet.names) :]])
        elif any(cell.strip() for cell in cells):
            text += sheet.delimiter * (len(names) - len(cells))
        parts.append(text + end)
    return "".join([*parts, *(_line([row.get(name, "") for name in names], sheet.delimiter) + end for row in rows)])


def _line(cells: Sequence[str], delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="").writerow(cells)
    return out.getvalue()


def _told(n_new: int, n_done: int, n_left: int, shown: str) -> str:
    counts = (
        (n_new, "verdict rangé", "verdicts rangés"),
        (n_done, "déjà rangé", "déjà rangés"),
        (n_left, f"hypothèse sans verdict dans {shown}", f"hypothèses sans verdict dans {shown}"),
    )
    said = [f"• {n} {one if n == 1 else many}" for n, one, many in counts if n]
    if not n_new:
        return "\n".join([f"Rien n'a changé dans {PLACE}.", *said])
    return "\n".join([f"{PLACE} :", *said, "Relancez l'étude : make run"])
