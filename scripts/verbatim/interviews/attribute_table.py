"""The table that people write: interviews.csv, one row a speaker of an interview."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from verbatim.problems import Problem, StudyError, nearest
from verbatim.transcripts import workbooks

COLUMNS = ("interview", "file", "part", "speaker", "role", "panel")
REQUIRED = ("interview", "file")
ROLES = ("participant", "interviewer")
RESERVED = frozenset(
    re.findall(
        r"\S+",
        "all analysis block class end end_s kind known_share n_turns n_words n_words_interviewer position question "
        "segment start start_s text token turn",
    )
)
IDENTIFIER = re.compile(r"[A-Za-z0-9_-]{1,32}")
INTERVIEWER = "ENQ"


@dataclass(frozen=True)
class Row:
    """A row: `line` is where it begins in the file; `role` is empty where the cell is."""

    line: int
    interview: str
    file: str
    part: str
    speaker: str
    role: str
    panel: str | None
    attributes: dict[str, str | None]


@dataclass(frozen=True)
class AttributeTable:
    """The rows of interviews.csv; `attributes` are the names of its other columns, in their order.

    `problems` are the faults found so far, `notes` what was guessed; `header` and `delimiter` serve to
    propose rows as the person writes them.
    """

    place: str
    header: tuple[str, ...]
    delimiter: str
    rows: tuple[Row, ...]
    attributes: tuple[str, ...]
    notes: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    def proposed(self, **cells: str) -> str:
        """Return a row, as text, that has `cells` (column: value) in the table's own columns."""
        written = io.StringIO()
        row = [cells.get(name, "") for name in self.header]
        csv.writer(written, delimiter=self.delimiter, lineterminator="").writerow(row)
        return written.getvalue()

    def where(self, row: Row, column: str = "") -> str:
        """Return the place of a row, or of one of its cells, for messages."""
        return f"{self.place}, ligne {row.line}" + (f", colonne {column}" if column else "")


def slug(name: str) -> str:
    """Return `name` in lower-case ASCII with underscores: the name of an attribute's column."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe").replace("æ", "ae"))
    return re.sub(r"[^a-z0-9]+", "_", plain.encode("ascii", "ignore").decode()).strip("_")


def read_table(data: bytes, place: str = "interviews.csv") -> AttributeTable:
    """Return the table in `data`: comma, semicolon or tab; UTF-8 with or without mark, or Windows-1252; or a workbook.

    `place` is its name, of which .xlsx and .ods tell a workbook (its first sheet).

    Blank rows are passed over, cells stripped and folded to one line, empty cells of attributes null.
    Faults of cells stand in `problems` of the result, so that they can be told with those of the join;
    raises StudyError when there is no usable header.
    """
    delimiter, records, notes = _cells(data, place)
    if not records:
        mend = f"une première ligne comme : {','.join(COLUMNS)}"
        raise StudyError(Problem(place, "la table est vide", "une ligne d'en-tête puis des lignes", mend))
    header, renamed, problems = _header(records[0][1], place)
    notes += renamed
    missing = [name for name in REQUIRED if name not in header]
    for name in missing:
        near = nearest(name, [n for n in header if n not in COLUMNS])
        mend = f"renommez la colonne « {near} » ?" if near else f"ajoutez la colonne {name}"
        problems.append(Problem(f"{place}, ligne 1", f"il manque la colonne {name}", ",".join(COLUMNS), mend))
    if missing:
        raise StudyError(problems)
    rows = []
    for line, cells in records[1:]:
        if len([c for c in cells[len(header) :] if c]):
            what = f"{len(cells)} cellules pour {len(header)} colonnes"
            mend = "entourez de guillemets une cellule qui contient le séparateur"
            problems.append(Problem(f"{place}, ligne {line}", what, f"{len(header)} cellules", mend))
        rows.append(_row(line, dict(zip(header, cells, strict=False)), place, problems))
    attributes = tuple(name for name in header if name not in COLUMNS and not name.startswith("="))
    return AttributeTable(place, tuple(header), delimiter, tuple(rows), attributes, tuple(notes), problems)


def _cells(data: bytes, place: str) -> tuple[str, list[tuple[int, list[str]]], list[str]]:
    """Return the delimiter, (line, cells) of each row that has text, and notes."""
    for ending, rows_of in ((".xlsx", workbooks.rows_of_workbook), (".ods", workbooks.rows_of_open_sheet)):
        if place.casefold().endswith(ending):
            rows = [[_plain(cell) for cell in row] for row in rows_of(data, place)]
            return ";", [(line, cells) for line, cells in enumerate(rows, 1) if any(cells)], []
    text, notes = _decode(data)
    delimiter = _delimiter(text)
    return delimiter, _records(text, delimiter, place), notes


def _plain(cell: str) -> str:
    return unicodedata.normalize("NFC", " ".join(cell.split()))


def _decode(data: bytes) -> tuple[str, list[str]]:
    for codec, mark in (("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff")):
        if data.startswith(mark):
            return data.decode(codec, errors="replace"), []
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), ["encodage deviné : Windows-1252"]


def _delimiter(text: str) -> str:
    first = re.sub(r'"[^"]*"', "", next((line for line in text.splitlines() if line.strip()), ""))
    return max(",;\t", key=lambda c: (first.count(c), c == ","))


def _records(text: str, delimiter: str, place: str) -> list[tuple[int, list[str]]]:
    """Return (line on which it begins, cells) of every row that has a cell with text."""
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
    records, begun = [], 1
    try:
        for cells in reader:
            folded = [_plain(cell) for cell in cells]
            if any(folded):
                records.append((begun, folded))
            begun = reader.line_num + 1
    except csv.Error as error:
        mend = "vérifiez les guillemets de cette ligne"
        raise StudyError(Problem(f"{place}, ligne {begun}", f"CSV illisible ({error})", "", mend)) from error
    return records


def _header(names: Sequence[str], place: str) -> tuple[list[str], list[str], list[Problem]]:
    """Return the columns' names as used, notes on names changed, and problems."""
    header: list[str] = []
    renamed: list[str] = []
    problems: list[Problem] = []
    seen: Counter[str] = Counter()
    for number, name in enumerate(names, 1):
        plain = slug(name) or f"column_{number}"
        seen[plain] += 1
        if plain in RESERVED or (plain in COLUMNS and seen[plain] > 1):
            what = f"la colonne « {name} » porte un nom réservé" if plain in RESERVED else f"deux colonnes « {name} »"
            problems.append(Problem(f"{place}, ligne 1", what, "un autre nom", "renommez cette colonne"))
            header.append(f"={number}")
            continue
        used = plain if seen[plain] == 1 else f"{plain}_{seen[plain]}"
        while used in header:
            used += "_2"
        if used != name:
            renamed.append(f"« {name} » → {used}")
        header.append(used)
    notes = [f"colonnes renommées : {', '.join(renamed)}"] if renamed else []
    return header, notes, problems


def _row(line: int, cells: dict[str, str], place: str, problems: list[Problem]) -> Row:
    known = {name: cells.get(name, "") for name in COLUMNS}
    where = f"{place}, ligne {line}"
    if known["interview"] and not is_identifier(known["interview"]):
        what = f"« {known['interview']} » ne peut pas être l'identifiant d'un entretien"
        mend = f"par exemple {identifier(known['interview'])}"
        expected = f"1 à 32 lettres sans accent, chiffres, _ ou - (mais pas {INTERVIEWER})"
        problems.append(Problem(f"{where}, colonne interview", what, expected, mend))
    role = known["role"].casefold()
    if role and role not in ROLES:
        near = nearest(role, ROLES)
        mend = f"vouliez-vous « {near} » ?" if near else "laissez vide pour un participant"
        problems.append(Problem(f"{where}, colonne role", f"rôle inconnu « {known['role']} »", " | ".join(ROLES), mend))
        role = ""
    if role == "interviewer" and not known["speaker"]:
        mend = "écrivez dans speaker l'étiquette que l'enquêteur porte dans le fichier"
        problems.append(Problem(f"{where}, colonne speaker", "enquêteur sans étiquette", "une étiquette", mend))
    others = {name: cell or None for name, cell in cells.items() if name not in COLUMNS and not name.startswith("=")}
    return Row(
        line, *(known[n] for n in ("interview", "file", "part", "speaker")), role, known["panel"] or None, others
    )


def is_identifier(text: str) -> bool:
    """Say whether `text` may be an interview's identifier."""
    return bool(IDENTIFIER.fullmatch(text)) and text != INTERVIEWER


def identifier(text: str, length: int = 32) -> str:
    """Return `text` made into an identifier of at most `length` characters."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9-]+", "_", plain).strip("_")[:length].strip("_") or "entretien"
