"""Attributes × classes: a heat map of adjusted residuals, their sign and value written in each cell."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from verbatim.figures import canvas, class_marks, labels
from verbatim.typography import THIN, decimal, integer

MOST, PAGE = 30, 70  # modalities of an attribute, rows of a column of the figure
SIDE_BY_SIDE = 12  # classes up to which columns stand side by side
EDGE, ROW, HEAD, TOP, FOOT, APART = 10.0, 14.0, 20.0, 22.0, 54.0, 26.0  # points
CELL, NARROW, COUNT, WIDEST, LEAST = 44.0, 25.0, 30.0, 46, 400.0
SIGNIFICANT, DARKEST = 1.96, 8.0
# Blue for more and orange for less are told apart in every common form of colour blindness (Okabe and Ito 2008).
MORE, LESS, NEITHER = ("#CFE3F1", "#0B4F86"), ("#FBE3C4", "#C25E00"), "#F6F6F6"
INTERVIEW = "interview"


@dataclass(frozen=True)
class Block:
    """An attribute: its title, its modalities with their numbers of segments, what was left out."""

    title: str
    modalities: list[tuple[str, int]]
    note: str
    variable: str

    @property
    def height(self) -> float:
        """Height in points, title included."""
        return HEAD + ROW * len(self.modalities)


def draw(residuals: pl.DataFrame, named: dict[int, str] | None = None) -> Figure:
    """Return the heat map for classes/residuals: all attributes but the interviews themselves.

    Of an attribute with more than 30 modalities, the 30 of most segments; the figure says so.
    """
    told = residuals.filter(pl.col("variable") != INTERVIEW)
    if told.is_empty():
        return canvas.message("Aucun attribut à croiser avec les classes.")
    numbers = told["class"].unique().sort().to_list()
    blocks = [_block(told, variable) for variable in told["variable"].unique().sort()]
    pages = _pages(blocks) if len(numbers) <= SIDE_BY_SIDE else [blocks]
    cells = {(v, m, c): (r, p) for v, m, c, r, p in told.select(
        "variable", "modality", "class", "residual", "p_by_interview"
    ).iter_rows()}  # fmt: skip
    texts = [canvas.short(name, WIDEST) for page in pages for block in page for name, _ in block.modalities]
    heads = [block.title + block.note for page in pages for block in page]
    cell = CELL if len(numbers) <= 10 else NARROW
    left = float(labels.sizes(texts, [8.0] * len(texts))[:, 0].max()) + COUNT
    left = max(left, float(labels.sizes(heads, [9.0] * len(heads), "bold")[:, 0].max()) - cell * len(numbers))
    page_width = left + cell * len(numbers)
    width = max(2 * EDGE + page_width * len(pages) + APART * (len(pages) - 1), LEAST)
    entries = class_marks.legend([n for n in numbers if n in (named or {})], named or {}, width - 2 * EDGE)
    legend = class_marks.legend_height(entries)
    tall = max(sum(block.height for block in page) for page in pages)
    figure = canvas.new(width / 72, (tall + TOP + FOOT + legend + 2 * EDGE) / 72)
    board = class_marks.points(figure)
    top = tall + TOP + FOOT + EDGE
    _names(board, entries, top + legend)
    for i, page in enumerate(pages):
        _page(board, page, (EDGE + i * (page_width + APART) + left, top), cell, numbers, cells)
    _foot(board)
    return figure


def _block(told: pl.DataFrame, variable: str) -> Block:
    own = told.filter(variable=variable).unique("modality", keep="first", maintain_order=True)
    most = own.sort(["n_modality", "modality"], descending=[True, False]).head(MOST)
    note = f"les {MOST} modalités les plus fréquentes sur {integer(own.height)}" if own.height > MOST else ""
    kept = most if note else most.sort("modality")
    return Block(variable.replace("_", " "), kept.select("modality", "n_modality").rows(), note, variable)


def _pages(blocks: list[Block]) -> list[list[Block]]:
    """Return the attributes in columns of some 70 rows, in order; an attribute is never cut."""
    pages: list[list[Block]] = [[]]
    for block in blocks:
        if pages[-1] and sum(own.height for own in pages[-1]) + block.height > ROW * PAGE:
            pages.append([])
        pages[-1].append(block)
    return pages


def _page(board: Axes, page: list[Block], corner: tuple[float, float], cell: float, numbers: list[int], cells) -> None:
    """Draw a column of attributes; `corner` is the upper left corner of its cells, under the heads."""
    left, top = corner
    for i, number in enumerate(numbers):
        head = f"Classe {number}" if cell == CELL else str(number)
        style = {"ha": "center", "va": "center_baseline", "weight": "bold", "fontsize": 8}
        board.text(left + cell * (i + 0.5), top - TOP / 2, head, **style)
    y = top - TOP
    for block in page:
        y -= HEAD
        board.text(left - COUNT, y + 6, block.title, ha="right", weight="bold", fontsize=9)
        board.text(left - COUNT + 6, y + 6, block.note, fontsize=7.5, color=canvas.FAINT)
        for modality, n in block.modalities:
            y -= ROW
            style = {"ha": "right", "va": "center_baseline"}
            board.text(left - COUNT, y + ROW / 2, canvas.short(modality, WIDEST), fontsize=8, **style)
            board.text(left - 4, y + ROW / 2, integer(n), fontsize=7, color=canvas.FAINT, **style)
            for i, number in enumerate(numbers):
                place = (left + cell * i, y, cell, ROW)
                _cell(board, place, *cells.get((block.variable, modality, number), (None, None)))


def tint(residual: float) -> str:
    """Return the colour of a residual: nearly white under 1,96, then darker and darker, blue above and orange below."""
    if abs(residual) < SIGNIFICANT:
        return NEITHER
    light, dark = (to_rgb(end) for end in (MORE if residual > 0 else LESS))
    depth = min((abs(residual) - SIGNIFICANT) / (DARKEST - SIGNIFICANT), 1.0)
    return to_hex([a + depth * (b - a) for a, b in zip(light, dark, strict=True)])


def _cell(board: Axes, place: tuple, residual: float | None, by_interview: float | None) -> None:
    left, bottom, wide, high = place
    if residual is None:
        return
    fill = tint(residual)
    board.add_patch(Rectangle((left + 0.5, bottom + 0.5), wide - 1, high - 1, fc=fill, ec="none", lw=0))
    pale = abs(residual) < SIGNIFICANT
    sure = by_interview is not None and by_interview < 0.05
    style = {"ha": "center", "va": "center_baseline", "weight": "bold" if sure else "normal"}
    size = 7.5 if wide == CELL else 6.5
    colour = canvas.FAINT if pale else class_marks.on(fill)
    board.text(left + wide / 2, bottom + high / 2, signed(residual), fontsize=size, color=colour, **style)


def signed(residual: float) -> str:
    """Return « +2,3 », « −2,3 » or « 0,0 »; over 100, without decimals."""
    text = decimal(abs(residual), 1 if abs(residual) < 99.95 else 0)
    return text if not text.strip("0,") else ("+" if residual > 0 else "−") + text


def _names(board: Axes, entries: list[class_marks.Entry], top: float) -> None:
    """Write the names of the classes over the map."""
    for entry in entries:
        y = top - class_marks.LINE * (entry.line + 0.5)
        style = {"fontsize": entry.size, "va": "center_baseline"}
        board.text(EDGE + entry.left + class_marks.SWATCH, y, str(entry.number), ha="right", weight="bold", **style)
        board.text(EDGE + entry.left + class_marks.SWATCH + 4, y, entry.text, **style)


def _foot(board: Axes) -> None:
    """Draw the scale and tell how to read the map."""
    for i, value in enumerate((-8, -5, -2, 0, 2, 5, 8)):
        place = (EDGE + 28.0 * i, EDGE + 30, 28.0, ROW)
        _cell(board, place, float(value), None)
    told = (
        "Résidu ajusté (Haberman) : + la classe y est plus présente qu'au hasard, − moins.",
        "Pâle : moins de 1,96 en valeur absolue. À gauche : segments classés de la modalité.",
        f"En gras : p <{THIN}0,05 quand on permute des entretiens entiers.",
    )
    board.text(EDGE, EDGE + 16, told[0], fontsize=7.5, color=canvas.FAINT)
    board.text(EDGE, EDGE + 6, told[1], fontsize=7.5, color=canvas.FAINT)
    board.text(EDGE, EDGE - 4, told[2], fontsize=7.5, color=canvas.FAINT)
