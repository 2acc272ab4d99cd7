"""Moving what a person decided on lemmas and expressions into the lists of the study."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from verbatim import step, wordlists
from verbatim.audit.proposals import Line, read
from verbatim.problems import Problem, StudyError, nearest, raise_all
from verbatim.wordlists import PARTS_OF_SPEECH, fold

WORDS = "resources/words"
LEMMAS, EXPRESSIONS, REFUSED = f"{WORDS}/lemmas.csv", f"{WORDS}/expressions.csv", f"{WORDS}/expressions_refused.csv"
AGAIN = "Relancez l'étude : make run"
YES, NO = "oui", "non"


def accept_lemmas(folder: Path, file: str | None = None) -> str:
    """Add the corrections filled in `file` (none: the proposal of the last run) to the study's list; say so in French.

    All of them or, on any fault (StudyError), none. `ok` confirms the present lemma: the word is not doubtful again. A
    word that the list has already is told as a fault: what people wrote is never changed here.
    """
    lines, shown = _lines(folder, file, "lemmas", ("form", "if_pos", "lemma_now", "lemma", "reason"))
    filled = [line for line in lines if line.cells["lemma"]]
    rows = []
    for line in filled:
        cells = line.cells
        lemma = cells["lemma_now"] if cells["lemma"].lower() == "ok" else cells["lemma"]
        rows.append({"form": cells["form"], "lemma": lemma, "if_pos": cells["if_pos"], "reason": cells["reason"]})
    raise_all([*_without_reason(filled, shown), *_twice(folder / LEMMAS, "lemmas", filled, "form")])
    if not rows:
        return f"Aucune correction à ranger : la colonne « lemma » de {shown} est vide."
    _add(folder / LEMMAS, rows, ("form", "lemma", "reason", "pos", "if_pos"))
    return f"{_count(len(rows), 'correction rangée', 'corrections rangées')} dans {LEMMAS}.\n{AGAIN}"


def accept_expressions(folder: Path, file: str | None = None) -> str:
    """Add the expressions accepted in `file` to the study's list, and those refused to its list of refusals.

    All of them or, on any fault (StudyError), none. A refused expression is not proposed again.
    """
    needed = ("expression", "lemma", "pos", "decision", "reason")
    lines, shown = _lines(folder, file, "expressions", needed)
    filled = [line for line in lines if line.cells["decision"]]
    yes = [line for line in filled if line.cells["decision"].lower() == YES]
    no = [line for line in filled if line.cells["decision"].lower() == NO]
    faults = [_unknown(line, "décision", line.cells["decision"], (YES, NO)) for line in filled if line not in yes + no]
    faults += [
        _unknown(x, "catégorie", x.cells["pos"], PARTS_OF_SPEECH) for x in yes if x.cells["pos"] not in PARTS_OF_SPEECH
    ]
    faults += [Problem(x.place, "la case « lemma » est vide", "un lemme") for x in yes if not x.cells["lemma"]]
    raise_all([*faults, *_without_reason(yes, shown), *_twice(folder / EXPRESSIONS, "expressions", yes, "expression")])
    if not filled:
        return f"Aucune décision à ranger : la colonne « decision » de {shown} est vide."
    if yes:
        columns = ("expression", "lemma", "pos", "reason", "status", "unless_after", "unless_before")
        _add(folder / EXPRESSIONS, [line.cells for line in yes], columns)
    if no:
        _add(folder / REFUSED, [line.cells for line in no], ("expression", "reason"))
    told = (
        f"{_count(len(yes), 'expression acceptée', 'expressions acceptées')}, {_count(len(no), 'refusée', 'refusées')}"
    )
    return f"{told} ({WORDS}/).\n{AGAIN}"


def refused(data: bytes, place: str = REFUSED) -> set[str]:
    """Return the folded expressions of a list of refusals. Raises StudyError where it cannot be read."""
    lines, faults = read(data, place, ("expression",))
    raise_all(faults)
    return {fold(line.cells["expression"]) for line in lines}


def _lines(folder: Path, file: str | None, kind: str, needed: Sequence[str]) -> tuple[list[Line], str]:
    shown = file or f"results/proposals/{kind}.csv"
    source = folder / Path(shown).expanduser()
    if not source.is_file():
        mend = "lancez l'étude (make run), ou donnez le chemin entier du fichier : FILE=/…"
        raise StudyError(Problem(shown, "ce fichier n'existe pas", "une proposition remplie", mend))
    lines, faults = read(source.read_bytes(), shown, needed)
    raise_all(faults)
    return lines, shown


def _without_reason(lines: Sequence[Line], shown: str) -> list[Problem]:
    mend = "dites pourquoi : ce sera montré dans le rapport"
    return [Problem(x.place, "la case « reason » est vide", "une raison", mend) for x in lines if not x.cells["reason"]]


def _unknown(line: Line, what: str, value: str, known: Sequence[str]) -> Problem:
    near = nearest(value, known)
    mend = f"vouliez-vous « {near} » ?" if near else ""
    return Problem(line.place, f"{what} inconnue « {value} »", " | ".join(known), mend)


def _twice(path: Path, kind: str, lines: Sequence[Line], column: str) -> list[Problem]:
    """Return a fault for each line whose word the study's list has already, or that comes twice."""
    seen: dict[tuple[str, str], str] = {}
    if path.is_file():
        faults: list[Problem] = []
        for row in wordlists.rows(kind, path, faults):
            seen[fold(row[column]), row.get("if_pos", "")] = f"{WORDS}/{path.name}"
        raise_all(faults)
    found = []
    for line in lines:
        key = fold(line.cells[column]), line.cells.get("if_pos", "")
        if key in seen:
            mend = f"gardez une seule des deux lignes ; ce qui est dans {WORDS} se corrige là"
            found.append(
                Problem(line.place, f"« {line.cells[column]} » est déjà dans {seen[key]}", "une seule fois", mend)
            )
        seen.setdefault(key, line.place)
    return found


def _add(path: Path, rows: Sequence[dict[str, str]], columns: Sequence[str]) -> None:
    """Add rows at the end of a list, in its own separator and order of columns; make it where there is none.

    Nothing that stands in the file is changed; a column that it lacks and that a row fills is added to its head.
    """
    text = path.read_bytes().decode("utf-8-sig") if path.is_file() else ""
    head = text.split("\n", 1)[0].strip("\r")
    mark = ";" if head.count(";") > head.count(",") else ","
    names = [name.strip() for name in next(csv.reader([head], delimiter=mark))] if head else []
    new = [name for name in columns if name not in names and (not names or any(row.get(name) for row in rows))]
    if new:
        standing = list(csv.reader(io.StringIO(text), delimiter=mark))[1:]
        text = _written([[*names, *new], *([*cells, *[""] * len(new)] for cells in standing if cells)], mark)
        names += new
    added = _written([[row.get(name, "") for name in names] for row in rows], mark)
    step.write_text(path, text.rstrip("\r\n") + "\n" + added)


def _written(rows: Sequence[Sequence[str]], mark: str) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=mark, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def _count(n: int, one: str, many: str) -> str:
    return f"{n} {one if n < 2 else many}"
