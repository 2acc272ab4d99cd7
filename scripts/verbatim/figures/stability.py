"""How solid each class is: its Jaccard indices in resamples, and what it owes to single interviews."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from verbatim.figures import canvas, class_marks, class_titles, labels
from verbatim.report.wording import FRAGILE, STABLE
from verbatim.typography import decimal, integer, percent

MOST_INTERVIEWS, WRITTEN = 40, 22
WIDTH, EDGE, ROW, HEAD, SCALE = 560.0, 10.0, 28.0, 40.0, 30.0  # points
SIZE, NAMES, ROOM, CODE = 8.0, 7.5, 175.0, 14
INDEX, BETWEEN, BAR, LINE = 210.0, 16.0, 64.0, 12.0
BANDS = (
    (0.0, FRAGILE, "fragile", "#E3E3E3"),
    (FRAGILE, STABLE, "à discuter", "#F1F1F1"),
    (STABLE, 1.0, "stable", "#FFFFFF"),
)


@dataclass(frozen=True)
class Layout:
    """Where things stand, in points: the middles of `rows`, `row` high, and the columns `index` and `share`."""

    index: float
    share: float
    rows: list[float]
    row: float

    @property
    def ends(self) -> tuple[float, float]:
        """Return the lower and upper limits of the rows."""
        return self.rows[-1] - self.row / 2, self.rows[0] + self.row / 2


def draw(
    stability: pl.DataFrame, influence: pl.DataFrame, palette: list[str], named: dict[int, str] | None = None
) -> Figure:
    """Return the figure for classes/stability and classes/influence: a row a class.

    Filled dots and lines: resamples of interviews, mean and 2.5 to 97.5 % quantiles; hollow dots: resamples
    of segments. Bars: the share of the interview that gives the class most. Below, up to 40 interviews, what
    each class loses when one of them is left out (1 − Jaccard); over 40, the interview that counts most.
    """
    if stability.is_empty():
        return canvas.message("Aucune classe dont mesurer la stabilité.")
    rows = stability.sort("class").to_dicts()
    texts = ["\n".join(class_titles.lines(row["class"], named or {}, ROOM, NAMES)) for row in rows]
    extents = labels.sizes(texts, [NAMES] * len(texts), "bold").max(axis=0)
    left, row_height = EDGE + float(extents[0]) + 8, max(ROW, float(extents[1]) + 3)
    interviews = influence["interview"].unique().sort().to_list()
    matrix = 0 < len(interviews) <= MOST_INTERVIEWS
    codes = [canvas.short_code(code, CODE) for code in interviews] if matrix else []
    high = _matrix_height(codes, len(rows)) if matrix else 0.0
    tall = high + HEAD + row_height * len(rows) + SCALE + 2 * LINE + 2 * EDGE
    beside = [text for row in rows for text in _told(row, not matrix)]
    wide = float(labels.sizes(beside, [7.5] * len(beside))[:, 0].max())
    width = max(WIDTH, left + INDEX + BETWEEN + BAR + 5 + wide + EDGE)
    figure = canvas.new(width / 72, tall / 72)
    board = class_marks.points(figure)
    top = tall - EDGE - HEAD
    own = Layout(left, left + INDEX + BETWEEN, [top - row_height * (i + 0.5) for i in range(len(rows))], row_height)
    _titles(board, own, rows[0]["n_resamples"])
    _bands(board, own)
    for y, row, text in zip(own.rows, rows, texts, strict=True):
        board.text(left - 8, y, text, ha="right", va="center", fontsize=NAMES, weight="bold")
        _indices(board, own, y, row, canvas.ink(palette, row["class"]))
        _dominant(board, own, y, row, not matrix)
    if matrix:
        _matrix(board, (left, EDGE + high, width - left - EDGE), influence, [row["class"] for row in rows], codes)
    return figure


def _titles(board: Axes, own: Layout, n_resamples: int) -> None:
    top = own.ends[1]
    style = {"fontsize": SIZE + 0.5, "weight": "bold"}
    board.text(own.index, top + 26, "Indice de Jaccard dans les rééchantillons", **style)
    board.text(own.share, top + 26, "Entretien dominant", **style)
    board.text(own.share, top + 6, "part des segments de la classe", fontsize=7, color=canvas.FAINT)
    for low, high, name, _ in BANDS:
        x = own.index + INDEX * (low + high) / 2
        board.text(x, top + 6, name, ha="center", fontsize=7, color=canvas.FAINT)
    bottom = own.ends[0]
    for value in (0, 0.2, 0.4, FRAGILE, STABLE, 1):
        x = own.index + INDEX * value
        board.plot([x, x], [bottom - 1, bottom - 4], color=canvas.FAINT, lw=0.6)
        told = decimal(value, 2 if value in (FRAGILE, STABLE) else 1)
        board.text(x, bottom - 6, told, ha="center", va="top", fontsize=7.5, color=canvas.FAINT)
    told = (
        f"Point plein et trait : moyenne et quantiles à 2,5 et {percent(0.975)}, {integer(n_resamples)} tirages "
        "d'entretiens ; point creux : tirages de segments."
    )
    board.text(EDGE, bottom - SCALE, told, va="top", fontsize=7.5, color=canvas.FAINT)


def _bands(board: Axes, own: Layout) -> None:
    bottom, top = own.ends
    for low, high, _, grey in BANDS:
        x, wide = own.index + INDEX * low, INDEX * (high - low)
        board.add_patch(Rectangle((x, bottom), wide, top - bottom, fc=grey, ec="none", lw=0, zorder=0))
    for value in (0, FRAGILE, STABLE, 1):
        board.plot([own.index + INDEX * value] * 2, [bottom, top], color="#BDBDBD", lw=0.6, zorder=0)


def _indices(board: Axes, own: Layout, y: float, row: dict, tint: str) -> None:
    """Draw one class: interviews on the line of the row, segments just under it."""
    low, mean, high = (own.index + INDEX * row[f"jaccard_{end}"] for end in ("low", "mean", "high"))
    board.plot([low, high], [y + 3, y + 3], color=tint, lw=1.6, solid_capstyle="butt")
    board.plot(mean, y + 3, marker="o", ms=6, mfc=tint, mec=tint, ls="none")
    segments = own.index + INDEX * row["segments_mean"]
    board.plot(segments, y - 6, marker="o", ms=5, mfc="#FFFFFF", mec=tint, mew=1.2, ls="none")
    x, side = (high + 4, "left") if high < own.index + INDEX * 0.88 else (low - 4, "right")
    board.text(x, y + 3, decimal(row["jaccard_mean"], 2), ha=side, va="center_baseline", fontsize=7.5)
    x, side = (segments + 6, "left") if side == "left" else (segments - 6, "right")
    style = {"va": "center_baseline", "fontsize": 7, "color": canvas.FAINT}
    board.text(x, y - 6, decimal(row["segments_mean"], 2), ha=side, **style)


def _dominant(board: Axes, own: Layout, y: float, row: dict, alone: bool) -> None:
    """Draw the bar of the dominant interview; where there is no matrix (`alone`), say which counts most."""
    frame = (own.share, y - 5), BAR, 10
    board.add_patch(Rectangle(*frame, fc="#FFFFFF", ec="#BDBDBD", lw=0.6))
    board.add_patch(Rectangle((own.share, y - 5), BAR * row["dominant_share"], 10, fc="#6F6F6F", ec="none", lw=0))
    texts = _told(row, alone)
    style = {"va": "center_baseline", "fontsize": 7.5}
    board.text(own.share + BAR + 5, y + (5 if len(texts) > 1 else 0), texts[0], **style)
    for text in texts[1:]:
        board.text(own.share + BAR + 5, y - 6, text, color=canvas.FAINT, **style)


def _told(row: dict, alone: bool) -> list[str]:
    """Return what is written beside the bar: the dominant interview; without a matrix, the one that counts most."""
    told = [f"{canvas.short_code(row['dominant_interview'], CODE)} : {percent(row['dominant_share'])}"]
    if alone and row["influential_interview"] is not None:
        lost = decimal(1 - row["influence_jaccard"], 2)
        told.append(f"perd {lost} sans {canvas.short_code(row['influential_interview'], CODE)}")
    return told


def _matrix_height(codes: list[str], n_classes: int) -> float:
    return 30.0 + _code_height(codes) + 15.0 * n_classes + (8 if len(codes) <= WRITTEN else 26)


def _code_height(codes: list[str]) -> float:
    return 14.0 if _lie(codes) else float(labels.sizes(codes, [7.0] * len(codes))[:, 0].max()) + 6


def _lie(codes: list[str]) -> bool:
    """Return whether codes are written across: few and short ones."""
    return len(codes) <= WRITTEN // 2 + 3 and max(map(len, codes)) <= 4


def _matrix(
    board: Axes, corner: tuple[float, float, float], influence: pl.DataFrame, numbers: list[int], codes
) -> None:
    """Draw the matrix class × interview in greys under `corner` (left, top, width)."""
    left, top, width = corner
    interviews = influence["interview"].unique().sort().to_list()
    lost = {(c, i): 1 - j for c, i, j in influence.select("class", "interview", "jaccard").iter_rows()}
    cell = min(width / len(interviews), 30.0)
    title = "Ce que la classe perd quand un entretien est retiré (1 − Jaccard)"
    board.text(left, top - 8, title, va="top", fontsize=SIZE + 0.5, weight="bold")
    y = top - 26 - _code_height(codes)
    for i, code in enumerate(codes):
        style = {"ha": "center", "va": "bottom", "fontsize": 7, "rotation": 0 if _lie(codes) else 90}
        board.text(left + cell * (i + 0.5), y + 3, code, **style)
    for number in numbers:
        y -= 15
        board.text(left - 8, y + 7.5, f"Classe {number}", ha="right", va="center_baseline", fontsize=SIZE)
        for i, interview in enumerate(interviews):
            value = lost.get((number, interview))
            _grey(board, (left + cell * i, y, cell), value, len(interviews) <= WRITTEN)
    if len(interviews) > WRITTEN:
        for i in range(6):
            _grey(board, (left + 26.0 * i, y - 20, 26.0), i / 5, True)


def _grey(board: Axes, place: tuple[float, float, float], value: float | None, written: bool) -> None:
    x, y, wide = place
    if value is None:
        return
    grey = "#" + f"{round(250 - 200 * min(max(value, 0.0), 1.0)):02X}" * 3
    board.add_patch(Rectangle((x + 0.4, y + 0.4), wide - 0.8, 14.2, fc=grey, ec="none", lw=0))
    if written:
        style = {"ha": "center", "va": "center_baseline", "fontsize": 6.5, "color": class_marks.on(grey)}
        board.text(x + wide / 2, y + 7.5, decimal(value, 2), **style)
