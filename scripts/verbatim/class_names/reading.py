"""The file of names, class_names.csv: read with the faults of each line, written as people read it."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from verbatim.problems import Problem, nearest, raise_all

PLACE = "resources/class_names.csv"
COLUMNS = ("analysis", "class", "name", "merge_with", "note", "run")
NEEDED = ("analysis", "class", "name")
FORMULA = re.compile(r"[=+\-@]")


@dataclass(frozen=True)
class Row:
    """A line of class_names.csv.

    `number` and `merge_with` are classes of the accepted run, as found before any merging; no `number`:
    a name that lost its class and is kept. `run` is the accepted run that the numbers are of (empty:
    the present one), so that they are never taken for those of another.
    """

    analysis: str
    number: int | None
    name: str = ""
    merge_with: int | None = None
    note: str = ""
    run: str = ""
    line: int = 0


def read(
    data: bytes,
    place: str = PLACE,
    analyses: Collection[str] | None = None,
    accepted: Mapping[str, tuple[str, Collection[int]]] | None = None,
) -> list[Row]:
    """Return the lines of class_names.csv, in their order.

    `analyses` (when given): the study's; `accepted`: the accepted run of each analysis that has one, and
    its classes. Raises StudyError with the faults of all lines: unknown analysis or column, number that is
    none or no class of the accepted run, class named twice, neither name nor merge, merge with itself
    or in a circle.
    """
    problems: list[Problem] = []
    rows = [row for line, cells in lines(data, place, NEEDED, COLUMNS, problems) for row in _row(line, cells, problems)]
    problems += _faults_together(rows, place, analyses, accepted or {})
    raise_all(problems)
    return rows


def declared_merges(data: bytes, analysis: str) -> list[tuple[int, int, str]]:
    """Return the merges that the file declares for `analysis`: (class, class it is merged with, accepted run).

    What find_classes needs of the file, as plain values: naming a class changes none of them. Lines with
    faults are passed over: `read` tells them.
    """
    cells = [row for _, row in lines(data, PLACE, NEEDED, COLUMNS, []) if row["analysis"] == analysis]
    found = [(class_number(row["class"]), class_number(row["merge_with"]), row["run"]) for row in cells]
    return sorted(merge for merge in found if merge[0] and merge[1] and merge[0] != merge[1])


def lines(
    data: bytes, place: str, needed: Sequence[str], known: Sequence[str], problems: list[Problem]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (place of the line, cells by column: all `known` ones) of a CSV file; blank lines are passed over.

    UTF-8 with or without mark, comma, semicolon or tab. A cell that was kept from being read as a
    formula by an apostrophe is given without it. Faults of the file and its head go to `problems`.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        mend = "dans le tableur, « Enregistrer sous », format « CSV UTF-8 »"
        problems.append(Problem(place, "ce n'est pas de l'UTF-8", "un CSV en UTF-8", mend))
        return
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=_delimiter(text))
    begun = 1
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        faults = list(_header_faults(header, needed, known, place))
        problems += faults
        if faults:
            return
        begun = reader.line_num + 1
        for cells in reader:
            where = f"{place}, ligne {begun}"
            begun = reader.line_num + 1
            nameless = [cell for name, cell in zip_longest(header, cells, fillvalue="") if not name]
            if any(cell.strip() for cell in nameless):
                mend = "mettez entre guillemets le texte qui contient le séparateur"
                what = f"{len(cells)} cellules pour {len([name for name in header if name])} colonnes"
                problems.append(Problem(where, what, "une cellule par colonne", mend))
            elif any(cell.strip() for cell in cells):
                filled = zip(header, map(_cell, cells), strict=False)
                yield where, dict.fromkeys(known, "") | {name: cell for name, cell in filled if name}
    except csv.Error as error:
        mend = "vérifiez les guillemets de cette ligne"
        problems.append(Problem(f"{place}, ligne {begun}", f"CSV illisible ({error})", "", mend))


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t", key=lambda sign: (head.count(sign), sign == ","))


def _cell(cell: str) -> str:
    plain = unicodedata.normalize("NFC", " ".join(cell.split()))
    return plain[1:] if plain[:1] == "'" and FORMULA.match(plain[1:]) else plain


def _header_faults(header: list[str], needed: Sequence[str], known: Sequence[str], place: str) -> Iterator[Problem]:
    where, expected = f"{place}, ligne 1", ", ".join(known)
    for name in [name for name in needed if name not in header]:
        yield Problem(where, f"il manque la colonne « {name} »", expected, f"ajoutez « {name} » à la première ligne")
    for name in [name for name in header if name and name not in known]:
        near = nearest(name, known)
        mend = f"vouliez-vous « {near} » ?" if near else "supprimez cette colonne (« note » prend les remarques)"
        yield Problem(where, f"colonne inconnue « {name} »", expected, mend)
    for name in sorted({name for name in header if name and header.count(name) > 1}):
        yield Problem(where, f"deux colonnes « {name} »", "une seule", "supprimez l'une des deux")


def _row(where: str, cells: dict[str, str], problems: list[Problem]) -> Iterator[Row]:
    faults = []
    if not cells["analysis"]:
        faults.append(
            Problem(where, "la colonne « analysis » est vide", "le nom d'une analyse", "complétez la cellule")
        )
    numbers = {}
    for column in ("class", "merge_with"):
        numbers[column] = class_number(cells[column])
        if cells[column] and numbers[column] is None:
            what = f"colonne {column} : « {cells[column]} » n'est pas un numéro de classe"
            faults.append(Problem(where, what, "un nombre entier à partir de 1", "corrigez la cellule"))
    if not cells["class"] and cells["merge_with"]:
        mend = "écrivez son numéro dans la colonne class, ou videz merge_with"
        faults.append(Problem(where, "une fusion sans classe à fusionner", "le numéro d'une classe", mend))
    elif not cells["name"] and not cells["merge_with"]:
        mend = "donnez un nom à la classe, dites avec laquelle la fusionner (merge_with), ou supprimez la ligne"
        faults.append(Problem(where, "ni nom ni fusion", "un nom", mend))
    problems += faults
    if not faults:
        line = int(where.rpartition(" ")[2])
        yield Row(
            cells["analysis"], numbers["class"], cells["name"], numbers["merge_with"], cells["note"], cells["run"], line
        )


def class_number(cell: str) -> int | None:
    """Return the number of a class written in a cell, or None where there is none."""
    return int(cell) if re.fullmatch("0*[1-9][0-9]{0,5}", cell, re.ASCII) else None


def _faults_together(
    rows: list[Row],
    place: str,
    analyses: Collection[str] | None,
    accepted: Mapping[str, tuple[str, Collection[int]]],
) -> Iterator[Problem]:
    seen: dict[tuple[str, int], int] = {}
    for row in rows:
        where = f"{place}, ligne {row.line}"
        if analyses is not None and row.analysis not in analyses:
            near = nearest(row.analysis, analyses)
            mend = f"vouliez-vous « {near} » ?" if near else "corrigez le nom, ou supprimez la ligne"
            yield Problem(where, f"analyse inconnue « {row.analysis} »", " | ".join(sorted(analyses)), mend)
        if row.number is None:
            continue
        if (row.analysis, row.number) in seen:
            what = f"la classe {row.number} est déjà à la ligne {seen[row.analysis, row.number]}"
            yield Problem(where, what, "une ligne par classe", "gardez une seule des deux lignes")
        seen.setdefault((row.analysis, row.number), row.line)
        if row.merge_with == row.number:
            mend = "donnez le numéro d'une autre classe, ou videz merge_with"
            yield Problem(where, f"la classe {row.number} est fusionnée avec elle-même", "une autre classe", mend)
        run, classes = accepted.get(row.analysis, (None, ()))
        if run is not None and row.run in ("", run):
            yield from _unknown_numbers(row, where, classes)
    yield from circles(rows, place)


def _unknown_numbers(row: Row, where: str, known: Collection[int]) -> Iterator[Problem]:
    for number in (row.number, row.merge_with):
        if number is not None and number not in known:
            what = f"la dernière acceptation n'a pas de classe {number} dans l'analyse « {row.analysis} »"
            mend = (
                "reprenez le numéro de la classe acceptée ; pour nommer les classes d'à présent : "
                f"results/proposals/class_names_{row.analysis}.csv, puis make accept WHAT=classes"
            )
            yield Problem(where, what, " | ".join(map(str, sorted(known))) or "aucune classe", mend)


def circles(rows: Iterable[Row], place: str) -> Iterator[Problem]:
    """Yield a fault for each circle of merges (the first of its lines), not for a class merged with itself."""
    lines_of = {(row.analysis, row.number): row for row in rows if row.merge_with not in (None, row.number)}
    for key, row in sorted(lines_of.items(), key=lambda item: item[1].line):
        path = [row]
        while (following := lines_of.get((row.analysis, path[-1].merge_with))) and following not in path:
            path.append(following)
        if following is row and row.line == min(other.line for other in path):
            way = " → ".join(str(number) for number in [*(other.number for other in path), key[1]])
            mend = "gardez une ligne sans merge_with : la classe avec laquelle les autres fusionnent"
            yield Problem(f"{place}, ligne {row.line}", f"des fusions en rond : {way}", "", mend)


def to_csv(rows: Iterable[Row], like: bytes | None = None) -> str:
    """Return the text of class_names.csv with `rows`; in the manner of the file `like` (mark, separator).

    A new file has the byte order mark and semicolons, as spreadsheets in France read them. Names and
    notes that a spreadsheet would take for formulas get an apostrophe in front.
    """
    mark, delimiter = "\ufeff", ";"
    if like is not None:
        mark = mark if like.startswith("\ufeff".encode()) else ""
        delimiter = _delimiter(like.decode("utf-8-sig", "replace"))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        cells = (row.analysis, row.number, row.name, row.merge_with, row.note, row.run)
        writer.writerow(["" if cell is None else guarded(str(cell)) for cell in cells])
    return mark + out.getvalue()


def guarded(cell: str) -> str:
    """Return a cell's text so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if FORMULA.match(cell) else cell
