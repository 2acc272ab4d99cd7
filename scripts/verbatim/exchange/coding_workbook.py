"""All codings, the grid and the themes as an Excel workbook, which resources/codings/<coder>/ takes back."""

from __future__ import annotations

import datetime
import io
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from verbatim.anchoring import FRENCH as ANCHORS
from verbatim.anchors import Document, Span
from verbatim.anchors.finding import CONTEXT
from verbatim.codings.remarks import FRENCH as STANCES
from verbatim.exchange import zip_files
from verbatim.grid import Theme

# What openpyxl and Excel cannot hold in a cell, and the longest text of one.
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
LONGEST = 32_767
# Points of a line of text and of the highest row; how much wider a letter may be than the digit that widths count.
LINE_HEIGHT, HIGHEST, WIDE = 14.5, 409, 1.1
CUT = "… [coupé : le tout est dans results/tables/themes/codings.csv]"
DATE = datetime.datetime(1980, 1, 1)
STAMP = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
CORE = "docProps/core.xml"
# Title and width of each column; widths are in characters.
COLUMNS = (
    *(("codage", 22), ("entretien", 11), ("tour", 6), ("verbatim", 70), ("thème", 22), ("titre du thème", 26)),
    *(("codeur", 14), ("mémo", 40), ("hypothèse", 16), ("position", 10), ("origine", 11), ("ancrage", 10)),
    *(("mis de côté", 18), ("début", 7), ("avant", 30), ("après", 30)),
)
ORIGINS = {"human": "humaine", "suggested": "suggéré"}
FONT = "Calibri"
HEAD = {
    "font": Font(name=FONT, size=11, bold=True, color="FFFFFF"),
    "fill": PatternFill("solid", fgColor="1F4E79"),
    "alignment": Alignment(wrap_text=True, vertical="center"),
}
TOP, MIDDLE = Alignment(wrap_text=True, vertical="top"), Alignment(horizontal="center", vertical="top")
LINE = Border(bottom=Side("thin", color="C8CDD2"))


def workbook(
    codings: pl.DataFrame, grid: pl.DataFrame, themes: Sequence[Theme], documents: Mapping[str, Document], title: str
) -> bytes:
    """Return the workbook, the same bytes each time.

    `codings`: themes/codings; `grid`: themes/grid; `documents`: the masked text of each interview; `title`: of the
    study. Cells are text or numbers, never formulas.
    """
    book = Workbook()
    _write_codings(book.active, codings, themes, documents)
    _write_grid(book.create_sheet("grille"), grid, themes)
    _write_themes(book.create_sheet("thèmes"), codings, themes)
    about = book.properties
    about.creator = about.lastModifiedBy = "Verbatim"
    about.title, about.created, about.language = _plain(title), DATE, "fr-FR"
    out = io.BytesIO()
    book.save(out)
    members = zip_files.unpack(out.getvalue(), "codages.xlsx", "")
    # The library writes there when it saved the file.
    members[CORE] = STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", members[CORE])
    return zip_files.pack(members, ("[Content_Types].xml", "_rels/.rels"))


def _write_codings(sheet: Worksheet, codings: pl.DataFrame, themes: Sequence[Theme], documents) -> None:
    sheet.title = "codages"
    titles = {theme.id: theme.title for theme in themes}
    _head(sheet, [name for name, _ in COLUMNS], [width for _, width in COLUMNS])
    sheet.print_area = f"B1:L{codings.height + 1}"
    ordered = codings.sort("interview", "turn", "start", "coding", nulls_last=True)
    for row in ordered.iter_rows(named=True):
        before, after = "", ""
        if row["start"] is not None and row["interview"] in documents:
            span = Span(row["turn"], row["start"], row["end"])
            before, after = documents[row["interview"]].around(span, CONTEXT)
        cells = (
            *(row["coding"], row["interview"], row["turn"], row["quote"], row["theme"], titles.get(row["theme"], "")),
            *(row["coder"], row["memo"], row["hypothesis"], STANCES.get(row["stance"] or "", "")),
            *(ORIGINS[row["origin"]], ANCHORS[row["anchor"]], row["set_aside"], row["start"], before, after),
        )
        _append(sheet, cells)
    sheet.freeze_panes = "E2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{codings.height + 1}"


def _write_grid(sheet: Worksheet, grid: pl.DataFrame, themes: Sequence[Theme]) -> None:
    """Write how many passages each theme has in each interview, with sums; suggestions are not counted.

    An interview in which nobody coded anything has empty cells, not zeros.
    """
    interviews = grid["interview"].unique().sort().to_list()
    counts = {
        (theme, interview): n for theme, interview, n in grid.select("theme", "interview", "n_codings").iter_rows()
    }
    coded = {interview for (_, interview), n in counts.items() if n}
    named = [one if one in coded else f"{one} non codé" for one in interviews]
    heads = ["thème", "titre du thème", "passages codés", "entretiens", *named]
    _head(sheet, heads, [26, 34, 11, 11, *(max(10, len(one) + 2) for one in interviews)])
    for theme in themes:
        own = [counts.get((theme.id, one), 0) if one in coded else None for one in interviews]
        _append(sheet, (theme.id, theme.title, sum(n or 0 for n in own), sum(bool(n) for n in own), *own))
        for cell in sheet[sheet.max_row][:2]:
            cell.alignment = Alignment(horizontal="left", indent=2 * theme.level, wrap_text=True, vertical="top")
            cell.font = Font(name=FONT, size=11, bold=theme.level == 0)
        for cell in sheet[sheet.max_row][2:]:
            cell.alignment = MIDDLE
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{len(themes) + 1}"


def _write_themes(sheet: Worksheet, codings: pl.DataFrame, themes: Sequence[Theme]) -> None:
    heads = ("thème", "titre du thème", "thème au-dessus", "définition", "inclut", "exclut", "exemples", "hypothèses")
    _head(sheet, heads, (24, 30, 20, 50, 44, 44, 44, 24))
    for theme in themes:
        examples = [one for one in (theme.example, *theme.examples) if one]
        texts = (theme.definition, theme.inclusion, theme.exclusion, "\n".join(dict.fromkeys(examples)))
        _append(sheet, (theme.id, theme.title, theme.parent, *texts, ", ".join(theme.hypotheses)))
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{len(themes) + 1}"


def _head(sheet: Worksheet, names: Sequence[str], widths: Sequence[float]) -> None:
    _append(sheet, names)
    for number, (cell, width) in enumerate(zip(sheet[1], widths, strict=True), 1):
        for key, value in HEAD.items():
            setattr(cell, key, value)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.row_dimensions[1].height = 32
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    sheet.print_title_rows = "1:1"


def _append(sheet: Worksheet, cells: Sequence[Any]) -> None:
    line = sheet.max_row + 1 if sheet["A1"].value is not None else 1
    for number, value in enumerate(cells, 1):
        if value is None or value == "":
            continue
        cell = sheet.cell(line, number)
        if isinstance(value, str):
            # A text, whatever it begins with: Excel shows it as it is and computes nothing, now or once edited.
            cell.value, cell.data_type, cell.quotePrefix = _plain(value), "s", value[:1] in "=+-@\t"
        else:
            cell.value = value
        cell.alignment, cell.border = TOP, LINE
    if line > 1:
        sheet.row_dimensions[line].height = _height(sheet, cells)


def _height(sheet: Worksheet, cells: Sequence[Any]) -> float:
    """Return the height (points) of a row whose texts are wrapped: LibreOffice does not find it by itself."""
    lines = 1
    for number, value in enumerate(cells, 1):
        width = sheet.column_dimensions[get_column_letter(number)].width
        parts = str(value or "").split("\n")
        lines = max(lines, sum(math.ceil(WIDE * len(part) / width) or 1 for part in parts))
    return min(HIGHEST, LINE_HEIGHT * lines + 2)


def _plain(text: str) -> str:
    text = UNWRITABLE.sub(" ", text)
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT
