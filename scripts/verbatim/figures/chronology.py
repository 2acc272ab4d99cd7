"""The chronology of the interviews: which class each segment is of, in the order in which it was said."""

from __future__ import annotations

import math
from itertools import groupby

import polars as pl
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from verbatim.figures import canvas, class_marks, labels
from verbatim.typography import integer, percent

MOST_ROWS, TENTHS = 60, 10
WIDTH, EDGE, TICKS = 540.0, 10.0, 34.0  # points
ROW, GAP, HEAD, CODE, COUNT = 17.0, 3.0, 20.0, 18, 30.0
BLOCK, BLOCK_GAP, ACROSS = 132.0, 46.0, 2
NUMBER, ROOM = 6.2, 1.4
NARROW, WIDEST = 6.0, 1000.0
UNCLASSIFIED = "segments non classés"


def draw(
    classes: pl.DataFrame, speakers: pl.DataFrame, palette: list[str], named: dict[int, str] | None = None
) -> Figure:
    """Return the chronology of classes/segments: a row an interview, panel by panel; a cell a segment.

    Over 60 interviews: the share of each class in each tenth of the interviews, for each panel.
    """
    numbers = classes.filter(pl.col("class") > 0)["class"].unique().sort().to_list()
    if not numbers:
        return canvas.message("Aucune classe, donc aucune chronologie à montrer.")
    other = UNCLASSIFIED if (classes["class"] == 0).any() else ""
    ordered = _with_panels(classes, speakers).sort("panel", "interview", "segment", nulls_last=True)
    entries = class_marks.legend(numbers, named or {}, WIDTH - 2 * EDGE, other)
    show = _tenths if classes["interview"].n_unique() > MOST_ROWS else _rows
    return show(ordered, numbers, palette, entries)


def _with_panels(classes: pl.DataFrame, speakers: pl.DataFrame) -> pl.DataFrame:
    """Return `classes` with the panel of each interview; several panels are told together; null for none."""
    people = speakers.filter((pl.col("role") == "participant") & pl.col("panel").is_not_null())
    panels = people.group_by("interview").agg(panel=pl.col("panel").unique().sort().str.join(" + "))
    return classes.join(panels, on="interview", how="left", maintain_order="left")


def _rows(ordered: pl.DataFrame, numbers: list[int], palette: list[str], entries: list) -> Figure:
    spoken = {key: list(rows) for key, rows in groupby(ordered.select("panel", "interview", "class").rows(), _who)}
    headed = any(panel is not None for panel, _ in spoken)
    lines = [line for panel, group in groupby(spoken, lambda who: who[0]) for line in _lines(panel, group, headed)]
    codes = [canvas.short_code(interview, CODE) for _, interview in spoken]
    left = EDGE + 6 + float(labels.sizes(codes, [8.0] * len(codes))[:, 0].max())
    tall = sum(HEAD if interview is None else ROW for _, interview in lines)
    legend = class_marks.legend_height(entries)
    longest = max(len(rows) for rows in spoken.values())
    # cells narrower than their hatches cannot be told apart: the figure widens first
    width = min(max(WIDTH, left + NARROW * longest + EDGE + COUNT), WIDEST)
    unit = (width - left - EDGE - COUNT) / longest
    figure = canvas.new(width / 72, (tall + TICKS + legend + 2 * EDGE + 6) / 72)
    board = class_marks.points(figure)
    top = tall + TICKS + EDGE + 6
    class_marks.write_legend(board, entries, EDGE, top + legend, palette)
    y, cells = top - 6, []
    for panel, interview in lines:
        y -= HEAD if interview is None else ROW
        if interview is None:
            board.text(EDGE, y + 5, panel or "sans panel", weight="bold", fontsize=9)
            continue
        own = [number for *_, number in spoken[panel, interview]]
        middle = y + ROW / 2
        board.text(left - 6, middle, canvas.short_code(interview, CODE), ha="right", va="center_baseline", fontsize=8)
        style = {"ha": "left", "va": "center_baseline", "fontsize": 7.5, "color": canvas.FAINT}
        board.text(left + unit * len(own) + 4, middle, integer(len(own)), **style)
        cells += [(left + unit * i, y + GAP / 2, unit * n, number) for i, n, number in _runs(own)]
    _cells(board, cells, ROW - GAP, palette, unit)
    _scale(board, left, unit, longest, y)
    return figure


def _who(row: tuple) -> tuple:
    return row[:2]


def _lines(panel: str | None, group, headed: bool) -> list[tuple]:
    """Return what stands on the lines of a panel: (panel, None) for its title, then its interviews."""
    return ([(panel, None)] if headed else []) + list(group)


def _runs(classes: list[int]) -> list[tuple[int, int, int]]:
    """Return the runs of one class: first place (from 0), length, class."""
    runs, start = [], 0
    for number, same in groupby(classes):
        n = len(list(same))
        runs.append((start, n, number))
        start += n
    return runs


def _cells(board: Axes, cells: list[tuple], high: float, palette: list[str], unit: float) -> None:
    """Draw runs (left, bottom, width, class), with thin lines between segments where there is room for them."""
    for number in sorted({number for *_, number in cells}):
        own = [(x, y, wide) for x, y, wide, which in cells if which == number]
        boxes = [Rectangle((x, y), wide, high) for x, y, wide in own]
        tint = canvas.colour(palette, number) if number else class_marks.UNCLASSIFIED
        strokes = (*to_rgb(class_marks.on(tint)), 0.45)
        pattern = (class_marks.hatch(palette, number) or None) if number else None
        board.add_collection(PatchCollection(boxes, facecolor=tint, edgecolor=strokes, lw=0, hatch=pattern))
        if unit > NARROW + 1:
            between = [x + unit * k for x, _, wide in own for k in range(1, round(wide / unit))]
            lows = [y for _, y, wide in own for _ in range(1, round(wide / unit))]
            board.vlines(between, lows, [low + high for low in lows], color="#FFFFFF", lw=0.4)
        for x, y, wide in own:
            if number and wide >= _needed(number):
                class_marks.number(board, x + wide / 2, y + high / 2, palette, number, NUMBER)
    edges = [(x + wide, y) for x, y, wide, _ in cells]
    lows = [y for _, y in edges]
    board.vlines([x for x, _ in edges], lows, [low + high for low in lows], color="#FFFFFF", lw=0.6)


def _needed(number: int) -> float:
    return 0.64 * NUMBER * len(str(number)) + ROOM


def _scale(board: Axes, left: float, unit: float, longest: int, bottom: float) -> None:
    """Draw the numbers of segments under the last row."""
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10**9) if longest / s <= 10)
    for place in [1, *range(step, longest + 1, step)] if step > 1 else range(1, longest + 1):
        x = left + unit * (place - 0.5)
        board.plot([x, x], [bottom - 1, bottom - 4], color=canvas.FAINT, lw=0.6)
        board.text(x, bottom - 6, integer(place), ha="center", va="top", fontsize=7.5, color=canvas.FAINT)
    told = "Segments de l'entretien, dans l'ordre où ils sont dits ; à droite, leur nombre"
    board.text(left, bottom - 18, told, va="top", fontsize=8, color=canvas.FAINT)


def _tenths(ordered: pl.DataFrame, numbers: list[int], palette: list[str], entries: list) -> Figure:
    """Return the shares of classes by tenth of the interviews: all of them, then each panel."""
    count = pl.len().over("interview")
    placed = ordered.with_columns(
        tenth=((pl.int_range(pl.len()).over("interview") * TENTHS) // count).cast(pl.Int64) + 1
    )
    blocks = [("Tous les entretiens", placed)]
    if placed["panel"].n_unique() > 1:
        panels = placed["panel"].unique().sort(nulls_last=True)
        blocks += [(panel or "sans panel", placed.filter(pl.col("panel").eq_missing(panel))) for panel in panels]
    across = min(ACROSS, len(blocks))
    down = math.ceil(len(blocks) / across)
    legend = class_marks.legend_height(entries)
    figure = canvas.new(WIDTH / 72, (down * (BLOCK + BLOCK_GAP) + legend + 2 * EDGE + 30) / 72)
    board = class_marks.points(figure)
    top = down * (BLOCK + BLOCK_GAP) + EDGE + 30
    class_marks.write_legend(board, entries, EDGE, top + legend, palette)
    wide = (WIDTH - 2 * EDGE - 34 * across) / across
    for i, (title, own) in enumerate(blocks):
        x, y = EDGE + 34 + (i % across) * (wide + 34), top - (i // across + 1) * (BLOCK + BLOCK_GAP) + 18
        n = own["interview"].n_unique()
        board.text(x, y + BLOCK + 7, canvas.short(title, 34), weight="bold", fontsize=9)
        told = f"{integer(n)} entretien{'s' if n > 1 else ''}, {integer(own.height)} segments"
        board.text(x + wide, y + BLOCK + 7, told, ha="right", fontsize=7.5, color=canvas.FAINT)
        _stacks(board, (x, y, wide), own, numbers, palette)
    told = "Dixièmes de l'entretien, du début à la fin ; part des segments de ce dixième"
    board.text(EDGE + 34, EDGE, told, va="bottom", fontsize=8, color=canvas.FAINT)
    return figure


def _stacks(board: Axes, place: tuple, own: pl.DataFrame, numbers: list[int], palette: list[str]) -> None:
    """Draw ten stacks, class 1 lowest and what is not classified on top."""
    x, y, wide = place
    counts = {(tenth, number): n for tenth, number, n in own.group_by("tenth", "class").len().iter_rows()}
    for share in (0, 0.5, 1):
        style = {"ha": "right", "va": "center_baseline", "fontsize": 7, "color": canvas.FAINT}
        board.text(x - 3, y + BLOCK * share, percent(share, 0), **style)
    for tenth in range(1, TENTHS + 1):
        total = sum(counts.get((tenth, number), 0) for number in (0, *numbers))
        low, left = y, x + wide * (tenth - 1) / TENTHS
        for number in (*numbers, 0):
            high = BLOCK * counts.get((tenth, number), 0) / max(total, 1)
            class_marks.box(board, (left + 0.5, low, wide / TENTHS - 1, high), palette, number)
            if number and high > NUMBER + 2:
                class_marks.number(board, left + wide / TENTHS / 2, low + high / 2, palette, number, NUMBER)
            low += high
            board.plot([left + 0.5, left + wide / TENTHS - 0.5], [low, low], color="#FFFFFF", lw=0.6)
        style = {"ha": "center", "va": "top", "fontsize": 7.5, "color": canvas.FAINT}
        board.text(left + wide / TENTHS / 2, y - 3, str(tenth), **style)
