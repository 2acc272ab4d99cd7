"""Accepting places of codings: the decided rows of the proposal, written into the coders' tables."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

import polars as pl

from verbatim import step, tables
from verbatim.anchoring import documents
from verbatim.anchors import Document, holding, standing
from verbatim.class_names.reading import guarded, lines
from verbatim.codings import FORMATS, HOLDING, Sheet, folder_coder, own_id, parse, read_table, row_digest
from verbatim.codings_proposal import COLUMNS
from verbatim.problems import Problem, StudyError, raise_all
from verbatim.study import coding_files

PROPOSAL, TURNS = "results/proposals/codings.csv", "results/corpus/turns.parquet"
NEEDED = ("file", "part", "interview", "decision", "turn_now", "quote_now", "start_now", "row")
CHOICES = {"oui": "oui", "o": "oui", "non": "non", "n": "non", "": ""}
Cells = dict[str, str]


@dataclass
class _Table:
    """A coder's table: by the first line of a row, its new cells, and those of copies of it to come after it."""

    place: str
    sheet: Sheet
    changed: dict[int, Cells] = field(default_factory=dict)
    added: dict[int, list[Cells]] = field(default_factory=dict)

    @property
    def coder(self) -> str:
        return folder_coder(self.place)


@dataclass
class _Tally:
    """What was done: places taken, parts added, done before, kept as they are, left to decide."""

    taken: int = 0
    added: int = 0
    done: int = 0
    kept: int = 0
    left: int = 0


def accept(folder: Path, file: str | None = None) -> str:
    """Write the decided rows of `file` (none: the proposal of the last run) into resources/codings/; say so in French.

    `oui`: the row takes the words and place proposed (or those that the person wrote instead, which must stand in the
    turn), and the words around them; `non`: it stays. All rows or, when one is faulty (StudyError), none. Every other
    row, column and line end stays as it is.
    """
    shown = file or PROPOSAL
    source = folder / Path(shown).expanduser()
    if not source.is_file():
        mend = "lancez l'étude (make run), ou donnez le chemin entier du fichier : FILE=/…/codings.csv"
        raise StudyError(Problem(shown, "ce fichier n'existe pas", "la proposition complétée", mend))
    problems: list[Problem] = []
    known, texts = _coders_tables(folder, problems), _texts(folder)
    raise_all(problems)
    tally = _Tally()
    for where, cells in lines(source.read_bytes(), shown, NEEDED, COLUMNS, problems):
        _decide(where, cells, known, texts, tally, problems)
    raise_all(problems)
    written = {table.place: _text(table) for table in known.values() if table.changed or table.added}
    for place, text in written.items():
        problems += read_table(text.encode(), f"{place} (une fois complété)", "")[1]
    raise_all(problems)
    for place, text in written.items():
        step.write_text(folder / place, text)
    return _told(tally, sorted(written), shown)


def _coders_tables(folder: Path, problems: list[Problem]) -> dict[str, _Table]:
    known: dict[str, _Table] = {}
    for place in coding_files(folder):
        if place.lower().endswith(".csv"):
            data = (folder / place).read_bytes()
            faults = read_table(data, place, "")[1]
            problems += faults
            if not faults:
                # As a cell of the proposal gives it back.
                known[unicodedata.normalize("NFC", " ".join(place.split()))] = _Table(place, parse(data.decode()))
    return known


def _texts(folder: Path) -> dict[str, Document]:
    try:
        return documents(tables.read("corpus/turns", folder / TURNS))
    except (FileNotFoundError, tables.TableError, pl.exceptions.PolarsError) as error:
        what = "ce résultat manque, ou une autre version l'a fait"
        raise StudyError(Problem(TURNS, what, "les entretiens de la dernière exécution", "lancez make run")) from error


def _decide(
    where: str, cells: Cells, known: Mapping[str, _Table], texts: dict, tally: _Tally, problems: list[Problem]
) -> None:
    choice = CHOICES.get(cells["decision"].lower())
    if choice is None:
        what = f"« decision » vaut « {cells['decision']} »"
        problems.append(Problem(where, what, "oui (prendre la place proposée) | non (garder tel quel) | rien"))
    elif choice == "":
        tally.left += 1
    elif choice == "non":
        tally.kept += 1
    else:
        table = known.get(cells["file"])
        place = _place(where, cells, texts, problems)
        if table is None and cells["file"].startswith("resources/codings/") and not cells["file"].endswith(".csv"):
            what = f"« {cells['file']} » n'est pas une table CSV : rien ne peut y être écrit"
            mend = "corrigez le passage dans le logiciel d'origine et exportez de nouveau, ou décidez « non »"
            problems.append(Problem(where, what, "un fichier .csv", mend))
        elif table is None:
            mend = "laissez la colonne file telle qu'elle a été proposée"
            problems.append(Problem(where, f"« {cells['file']} » n'est pas un fichier de codages", "", mend))
        elif place:
            _take(where, cells, place, table, tally, problems)


def _no_table(where: str, file: str) -> Problem:
    ending = PurePath(file).suffix.lower()
    if ending in FORMATS and ending != ".csv":
        mend = (
            "corrigez-y le passage, ou gardez ces codages en CSV : results/exports/codages.xlsx, "
            "enregistré en « CSV UTF-8 », dans le même dossier, à la place de ce fichier"
        )
        what = f"« {file} » n'est pas un CSV : rien n'y est récrit"
        return Problem(where, what, "la décision « non », ou rien", mend)
    mend = "laissez la colonne file telle qu'elle a été proposée"
    return Problem(where, f"« {file} » n'est pas un fichier de codages", "", mend)


def _place(where: str, cells: Cells, texts: dict[str, Document], problems: list[Problem]) -> Cells | None:
    """Return the cells that hold the words decided, which must stand in their turn as the text is now."""
    whole = texts.get(cells["interview"])
    turn, start = (int(cells[n]) if cells[n].isdecimal() else None for n in ("turn_now", "start_now"))
    if whole is None or turn is None or not cells["quote_now"]:
        expected = "un entretien de l'étude, un numéro de tour (turn_now) et des mots (quote_now)"
        mend = "recopiez de la transcription les mots à coder et le numéro de leur tour, ou décidez « non »"
        problems.append(Problem(where, "« oui », mais aucun passage n'est proposé", expected, mend))
        return None
    span = standing(cells["quote_now"], turn, start or 0, whole)
    if span is None:
        what = f"ces mots ne sont pas au tour {turn} de « {cells['interview']} » : « {cells['quote_now'][:60]} »"
        mend = "relancez make run si le texte a changé ; sinon recopiez les mots tels qu'ils y sont"
        problems.append(Problem(where, what, "des mots du tour", mend))
        return None
    held = holding(whole, span)
    words = {"quote": held.quote, "before": held.before, "after": held.after}
    plain = {name: guarded(" ".join(text.split())) for name, text in words.items()}
    return {**plain, "turn": str(span.turn), "start": str(span.start)}


def _take(where: str, cells: Cells, place: Cells, table: _Table, tally: _Tally, problems: list[Problem]) -> None:
    records = list(table.sheet.records())
    own = next(((first, row) for first, _, row in records if row_digest(row) == cells["row"]), None)
    part = int(cells["part"]) if cells["part"].isdecimal() else 1
    if any(row.get("interview") == cells["interview"] and _holds(row, place) for _, _, row in records):
        tally.done += 1
    elif own is None:
        mend = "relancez make run : une nouvelle proposition sera faite"
        what = f"la ligne {cells.get('line') or '?'} de {table.place} a changé depuis la proposition"
        problems.append(Problem(where, what, "", mend))
    elif part > 1:
        first, row = own
        name = f"{_name(row, cells, table)}-{part}"
        table.added.setdefault(first, []).append({**place, "coding": name})
        tally.added += 1
    else:
        first, row = own
        # The identifier comes from the words: it is written down before they change.
        name = _name(row, cells, table)
        table.changed[first] = {**place, "coding": name}
        tally.taken += 1


def _name(row: Cells, cells: Cells, table: _Table) -> str:
    """Return the identifier of a row: its own, the one that the run gave it, else the one that its cells make."""
    return row.get("coding") or cells.get("coding") or own_id(row, row.get("coder") or table.coder)


def _holds(row: Cells, place: Cells) -> bool:
    return all(guarded(row.get(name, "")) == text for name, text in place.items())


def _text(table: _Table) -> str:
    """Return the text of a coder's table with its changes: every row that has none stays letter for letter."""
    sheet = table.sheet
    names = [*sheet.names, *(n for n in ("coding", "turn", *HOLDING) if n not in sheet.names)]
    new = names[len(sheet.names) :]
    end = "\r\n" if sheet.lines[0].endswith("\r\n") else "\n"
    parts = [sheet.mark]
    for number, (first, last, cells) in enumerate(sheet.rows):
        line = "".join(sheet.lines[first : last + 1]).rstrip("\r\n")
        own = dict(zip(sheet.names, cells, strict=False))
        if first in table.changed:
            line = _line({**own, **table.changed[first]}, names, sheet.delimiter)
        elif number == 0:
            line = sheet.delimiter.join([line, *new])
        elif any(cell.strip() for cell in cells):
            line += sheet.delimiter * (len(names) - len(cells))
        copies = (_line({**own, **more}, names, sheet.delimiter) for more in table.added.get(first, ()))
        parts += [one + end for one in (line, *copies)]
    return "".join(parts)


def _line(cells: Cells, names: list[str], delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="").writerow([cells.get(name, "") for name in names])
    return out.getvalue()


def _told(tally: _Tally, written: list[str], shown: str) -> str:
    counts = (
        (tally.taken, "codage replacé", "codages replacés"),
        (tally.added, "partie ajoutée sur sa propre ligne", "parties ajoutées sur leur propre ligne"),
        (tally.done, "déjà en place", "déjà en place"),
        (tally.kept, "gardé tel quel", "gardés tels quels"),
        (tally.left, f"à décider encore dans {shown}", f"à décider encore dans {shown}"),
    )
    said = [f"• {n} {one if n == 1 else many}" for n, one, many in counts if n]
    if not written:
        return "\n".join(["Aucun fichier de codages n'a changé.", *said])
    return "\n".join(["Codages :", *said, f"Écrit dans {', '.join(written)}.", "Relancez l'étude : make run"])
