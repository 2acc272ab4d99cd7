"""Which interview each part of each source file belongs to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from verbatim.interviews.attribute_table import AttributeTable, Row, identifier
from verbatim.problems import Problem, nearest
from verbatim.transcripts.speakers import key

# formats of which a file may hold many interviews, cut by starred lines or by the rows of a table
MANY = frozenset({"iramuteq", "alceste", "csv", "xlsx", "ods"})
SHOWN = 10


@dataclass(frozen=True)
class File:
    """A source file as imported: the variables of each of its blocks that has words."""

    name: str
    format: str
    blocks: dict[int, dict[str, str]]

    @property
    def holds_many(self) -> bool:
        """Say whether starred lines, or rows, cut the file into interviews."""
        return self.format in MANY


@dataclass(frozen=True)
class Place:
    """A block of a file as part of an interview, and the rows that describe its speakers."""

    interview: str
    file: str
    block: int
    variables: dict[str, str]
    rows: tuple[Row, ...]


@dataclass
class Placing:
    """Where everything goes: `places` in reading order; notes are by file."""

    places: list[Place] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def place_files(files: Sequence[File], table: AttributeTable) -> Placing:
    """Return the interview of every block of `files` (names unique), with all mismatches of the table."""
    placing = Placing()
    rows_of, loose = _rows_of_files(files, table, placing)
    placed: list[tuple[tuple, Place]] = []
    for file in files:
        rows = rows_of.get(file.name, [])
        if not rows:
            placing.problems.append(_without_row(file, table))
        elif any(not row.interview for row in rows):
            placed += _each_block(file, rows, table, placing)
        elif file.holds_many and len(file.blocks) > 1:
            placed += _blocks_by_modality(file, rows, table, placing)
        else:
            placed += _whole(file, rows, table, placing)
    placed.sort(key=lambda item: (item[1].interview, item[0]))
    _check_clashes([place for _, place in placed], placing)
    _check_order(placed, placing)
    placing.places = [_with_loose(place, loose) for _, place in placed]
    _check_loose(loose, placing, table)
    return placing


def _rows_of_files(
    files: Sequence[File], table: AttributeTable, placing: Placing
) -> tuple[dict[str, list[Row]], dict[str, list[Row]]]:
    """Return rows by file, and rows without file by interview."""
    rows_of, loose = defaultdict(list), defaultdict(list)
    for row in table.rows:
        if not row.file:
            loose[row.interview].append(row)
            continue
        found, guessed = _find(row.file, files)
        if len(found) == 1:
            rows_of[found[0]].append(row)
            if guessed:
                note = f"rapproché de « {row.file} » ({table.where(row)})"
                placing.notes[found[0]].append(note)
        elif found:
            what = f"« {row.file} » peut désigner {' ou '.join(found)}"
            placing.problems.append(Problem(table.where(row, "file"), what, "un seul fichier", "écrivez le nom entier"))
        else:
            near = nearest(row.file, [file.name for file in files])
            mend = f"vouliez-vous « {near} » ?" if near else "déposez le fichier ou supprimez la ligne"
            what = f"le fichier « {row.file} » n'est pas dans les transcriptions"
            placing.problems.append(Problem(table.where(row, "file"), what, "un fichier présent", mend))
    return rows_of, loose


def _find(cell: str, files: Iterable[File]) -> tuple[list[str], bool]:
    """Return the files that `cell` names (the strictest reading that finds any), and whether it is a guess."""
    names = [file.name for file in files]
    stems = {name: PurePath(name).stem for name in names}
    readings = (
        ([name for name in names if name == cell], False),
        ([name for name in names if key(name) == key(cell)], True),
        ([name for name in names if key(stems[name]) == key(cell)], True),
        ([name for name in names if key(stems[name]) == key(PurePath(cell).stem)], True),
    )
    return next(((found, guessed) for found, guessed in readings if found), ([], False))


def _without_row(file: File, table: AttributeTable) -> Problem:
    several = file.holds_many and len(file.blocks) > 1
    cells = {"file": file.name} if several else {"interview": identifier(PurePath(file.name).stem), "file": file.name}
    mend = f"ajoutez à {table.place} : {table.proposed(**cells)}"
    return Problem(file.name, f"aucune ligne de {table.place} n'en parle", "une ligne par participant", mend)


def _each_block(file: File, rows: list[Row], table: AttributeTable, placing: Placing) -> list[tuple[tuple, Place]]:
    if len(rows) > 1 or not file.holds_many:
        bare = next(row for row in rows if not row.interview)
        what = "ligne sans identifiant d'entretien"
        expected = "un identifiant ; vide seulement pour un fichier de plusieurs entretiens décrit par une seule ligne"
        mend = f"par exemple {identifier(PurePath(file.name).stem)}"
        placing.problems.append(Problem(table.where(bare, "interview"), what, expected, mend))
        return []
    stem = identifier(PurePath(file.name).stem, 24)
    placing.notes[file.name].append(f"{len(file.blocks)} textes : un entretien chacun, {stem}_0001 et suivants")
    return [
        (_rank(rows[0], file.name, block), Place(f"{stem}_{block:04d}", file.name, block, variables, tuple(rows)))
        for block, variables in file.blocks.items()
    ]


def _blocks_by_modality(
    file: File, rows: list[Row], table: AttributeTable, placing: Placing
) -> list[tuple[tuple, Place]]:
    """Match blocks to the interviews whose identifier is one of their modalities (case apart)."""
    described: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        described[row.interview].append(row)
    by_name = {interview.casefold(): interview for interview in described}
    placed, lost = [], []
    for block, variables in file.blocks.items():
        names = {m.casefold() for m in variables.values()} | {f"{v}_{m}".casefold() for v, m in variables.items()}
        found = sorted(by_name[name] for name in names if name in by_name)
        if len(found) == 1:
            own = described[found[0]]
            # the variable that names the interview says nothing of its participant
            rest = {v: m for v, m in variables.items() if m.casefold() != found[0].casefold()}
            placed.append((_rank(own[0], file.name, block), Place(found[0], file.name, block, rest, tuple(own))))
        elif found:
            what = f"le texte {block} correspond à plusieurs entretiens : {', '.join(found)}"
            placing.problems.append(Problem(file.name, what, "un seul", "rendez les identifiants distincts"))
        else:
            lost.append(block)
    if lost:
        shown = ", ".join(map(str, lost[:SHOWN])) + ("…" if len(lost) > SHOWN else "")
        mend = f"une ligne par texte, ou une seule pour tous : {table.proposed(file=file.name)}"
        what = f"{len(lost)} texte(s) sans ligne dans {table.place} (n° {shown})"
        placing.problems.append(Problem(file.name, what, "une modalité égale à interview", mend))
    for interview in sorted(set(described) - {place.interview for _, place in placed}):
        what = f"aucun texte de {file.name} n'a la modalité « {interview} » et des mots"
        mend = "corrigez l'identifiant, la ligne étoilée ou celle du tableau ; ôtez la ligne si le texte est vide"
        placing.problems.append(Problem(table.where(described[interview][0], "interview"), what, "", mend))
    return placed


def _whole(file: File, rows: list[Row], table: AttributeTable, placing: Placing) -> list[tuple[tuple, Place]]:
    interviews = sorted({row.interview for row in rows})
    if len(interviews) > 1:
        what = f"le fichier {file.name} est donné à plusieurs entretiens : {', '.join(interviews)}"
        mend = "gardez un identifiant, ou découpez le fichier"
        placing.problems.append(Problem(table.where(rows[0], "interview"), what, "un seul entretien", mend))
        return []
    return [
        (_rank(rows[0], file.name, block), Place(interviews[0], file.name, block, variables, tuple(rows)))
        for block, variables in file.blocks.items()
    ]


def _rank(row: Row, file: str, block: int) -> tuple:
    number = re.fullmatch(r"0*(\d{1,9})", row.part)
    part = (0, int(number[1]), "") if number else (1 if row.part else 2, 0, row.part)
    return (part, row.line, file, block)


def _check_clashes(places: Sequence[Place], placing: Placing) -> None:
    """Tell files whose texts, numbered by file, would get the identifiers of another file's interviews."""
    owners: dict[str, set[str]] = defaultdict(set)
    for place in places:
        owners[place.interview].add(place.file)
    numbered = {place.interview for place in places if any(not row.interview for row in place.rows)}
    clashing = sorted({tuple(sorted(owners[name])) for name in numbered if len(owners[name]) > 1})
    for files in clashing:
        what = f"mêmes identifiants que {', '.join(files[1:])}, dont le nom commence par les mêmes 24 caractères"
        placing.problems.append(Problem(files[0], what, "des noms distincts", "renommez l'un des fichiers"))


def _check_order(placed: list[tuple[tuple, Place]], placing: Placing) -> None:
    parts: dict[str, dict[str, tuple]] = defaultdict(dict)
    for rank, place in placed:
        parts[place.interview][place.file] = rank[0]
    for interview, by_file in parts.items():
        if len(by_file) > len(set(by_file.values())):
            note = f"{interview} : plusieurs fichiers sans part distincte, mis bout à bout dans l'ordre de la table"
            for file in by_file:
                placing.notes[file].append(note)


def _with_loose(place: Place, loose: dict[str, list[Row]]) -> Place:
    more = tuple(loose.get(place.interview, ()))
    return Place(place.interview, place.file, place.block, place.variables, place.rows + more) if more else place


def _check_loose(loose: dict[str, list[Row]], placing: Placing, table: AttributeTable) -> None:
    placed = {place.interview for place in placing.places}
    named = {row.interview for row in table.rows if row.file}
    for interview, rows in loose.items():
        if not interview or (interview not in placed and interview not in named):
            what = "ligne sans fichier" + (f", et aucune autre n'en donne à {interview}" if interview else "")
            mend = "écrivez dans file le nom du fichier"
            placing.problems += [Problem(table.where(row, "file"), what, "un nom de fichier", mend) for row in rows]
