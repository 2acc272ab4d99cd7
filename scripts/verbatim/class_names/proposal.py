"""The proposal in which a person names the classes of a run, and what is read back from it."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from verbatim.class_names.reading import Row, class_number, guarded, lines
from verbatim.class_names.standing import DOUBTFUL, MATCHED, Standing
from verbatim.problems import Problem

COLUMNS = (
    *("analysis", "class", "in_report", "n_segments", "words", "name", "merge_with", "note"),
    *("proposed_name", "status", "jaccard", "run"),
)
NEEDED = ("analysis", "class", "name", "merge_with", "note", "run")
STATUS = {MATCHED: "suivie", DOUBTFUL: "douteuse", None: "nouvelle"}
SHOWN_WORDS = 5


@dataclass(frozen=True)
class Token:
    """What a proposal was made from: the run, the rows of names of the analysis, its own cells as written."""

    run: str
    names: str
    cells: str

    def __str__(self) -> str:
        """Write the token as one cell, which begins with a letter."""
        return f"{self.run}-{self.names}-{self.cells}"


def names_digest(rows: Iterable[Row]) -> str:
    """Return the digest of rows of class_names.csv, wherever they stand in the file."""
    return _digest((row.number, row.name, row.merge_with, row.note, row.run) for row in rows)


def cells_digest(rows: Iterable[Row]) -> str:
    """Return the digest of what a person may write in the rows of a proposal."""
    return _digest((row.number, row.name, row.merge_with, row.note) for row in rows)


def _digest(values: Iterable[tuple]) -> str:
    text = "\n".join("\t".join("" if cell is None else str(cell) for cell in row) for row in values)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def to_csv(
    analysis: str,
    run: str,
    rows: Sequence[Row],
    standings: Sequence[Standing],
    matches: pl.DataFrame,
    numbers: Mapping[int, int],
    sizes: Mapping[int, int],
    words: Mapping[int, list[str]],
) -> str:
    """Return the proposal: one line for each class found, to be completed in a spreadsheet.

    `class` is the number before any merging, to which class_names.csv refers; `in_report` is `numbers` of
    it; `sizes` are segments of each class found, `words` those of each class of the report; `matches`:
    `matching.match`. Names that followed their class surely are written already; doubtful ones only proposed.
    """
    by_class = {one.found: one for one in standings if one.found}
    known = {found: values for found, *values in matches.select("found", "status", "jaccard").iter_rows()}
    filled = [_filled(analysis, number, by_class.get(number)) for number in sorted(numbers)]
    token = str(Token(run, names_digest(rows), cells_digest(filled)))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in filled:
        one = by_class.get(row.number)
        status, jaccard = known.get(row.number, (None, None))
        status = one.status if one else status
        index = "" if jaccard is None else f"{jaccard:.2f}".replace(".", ",")
        shown = ", ".join(words.get(numbers[row.number], [])[:SHOWN_WORDS])
        cells = (analysis, row.number, numbers[row.number], sizes[row.number], shown, row.name, row.merge_with)
        cells += (row.note, one.row.name if one else "", STATUS[status], index, token)
        writer.writerow(["" if cell is None else guarded(str(cell)) for cell in cells])
    return "\ufeff" + out.getvalue()


def _filled(analysis: str, number: int, standing: Standing | None) -> Row:
    if standing is None:
        return Row(analysis, number)
    sure = standing.status == MATCHED
    return Row(analysis, number, standing.row.name if sure else "", standing.merge, standing.row.note if sure else "")


def read(data: bytes, place: str, problems: list[Problem]) -> dict[str, tuple[Token | None, list[Row]]]:
    """Return analysis -> (token, rows), sorted, of a proposal; faults of its lines go to `problems`.

    The rows of an analysis must have one token, that of the run which wrote them.
    """
    found: dict[str, tuple[Token | None, list[Row]]] = {}
    for where, cells in lines(data, place, NEEDED, COLUMNS, problems):
        faults = list(_faults(where, cells))
        token = _token(cells["run"])
        known, rows = found.setdefault(cells["analysis"], (token, []))
        if token is None or token != known:
            mend = "laissez la colonne run telle qu'elle a été proposée, ou relancez make run"
            faults.append(
                Problem(where, "ces lignes ne viennent pas d'une même proposition", "une seule valeur de run", mend)
            )
        if cells["class"] in {str(row.number) for row in rows}:
            faults.append(Problem(where, f"la classe {cells['class']} est déjà plus haut", "une ligne par classe", ""))
        problems += faults
        number, merge = class_number(cells["class"]), class_number(cells["merge_with"])
        line = int(where.rpartition(" ")[2])
        rows.append(Row(cells["analysis"], number, cells["name"], merge, cells["note"], "", line))
    ordered = sorted(found.items())
    return {name: (token, sorted(rows, key=lambda row: row.number or 0)) for name, (token, rows) in ordered}


def _token(cell: str) -> Token | None:
    parts = cell.split("-")
    return Token(*parts) if len(parts) == 3 else None


def _faults(where: str, cells: Mapping[str, str]) -> Iterator[Problem]:
    if class_number(cells["class"]) is None:
        mend = "laissez les colonnes analysis et class telles qu'elles ont été proposées"
        yield Problem(where, f"« {cells['class']} » n'est pas un numéro de classe", "celui de la proposition", mend)
    if cells["merge_with"] and class_number(cells["merge_with"]) is None:
        what = f"colonne merge_with : « {cells['merge_with']} » n'est pas un numéro de classe"
        yield Problem(where, what, "le numéro de la colonne class d'une autre ligne", "corrigez la cellule")
