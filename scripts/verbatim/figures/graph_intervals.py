"""The surest differences between the links of two groups, with their intervals."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from matplotlib.axes import Axes

from verbatim.figures import canvas, graph_wording, labels

LEVEL = 0.05
ROWS = 12
LINE, SIZE, HEAD = 11.5, 7.5, 22.0
GUTTER, COUNTS, PAD = 24.0, 44.0, 8.0
AXIS = 18.0


@dataclass(frozen=True)
class Column:
    """The differences of one group: title, colour, rows of (words, counts, difference, low, high, adjusted p)."""

    title: str
    tint: str
    rows: list[tuple[str, str, float, float, float, float]]


def columns(comparison: pl.DataFrame, *tints: str) -> list[Column]:
    """Return for each group the links that it makes more than the other: the surest, by increasing p."""
    names = comparison.select("first", "second").row(0)
    found = []
    for name, tint, more in zip(names, tints, (pl.col("difference") > 0, pl.col("difference") < 0), strict=True):
        own = comparison.filter(more).with_columns(size=pl.col("difference").abs())
        own = own.sort(["p", "size", "source", "target"], descending=[False, True, False, False]).head(ROWS)
        rows = [
            (f"{r['source']} – {r['target']}", f"{r['n_first']} / {r['n_second']}", *(r[c] for c in NUMBERS))
            for r in own.iter_rows(named=True)
        ]
        found.append(Column(f"Plus liés chez « {name} »", tint, rows))
    return found


NUMBERS = ("difference", "low", "high", "p_adjusted")


def height(found: list[Column]) -> float:
    """Return the height of the columns in points."""
    return HEAD + LINE * max(1, *(len(column.rows) for column in found)) + AXIS


def draw(board: Axes, found: list[Column], place: tuple[float, float, float]) -> None:
    """Draw the columns on axes in points, their upper left corner at (left, top) of `place`, over its width."""
    left, top, width = place
    room = (width - GUTTER * (len(found) - 1)) / len(found)
    bottom = top - height(found) + AXIS
    for k, column in enumerate(found):
        _draw_column(board, column, (left + k * (room + GUTTER), top, room), bottom)


def _draw_column(board: Axes, column: Column, place: tuple[float, float, float], bottom: float) -> None:
    left, top, room = place
    high = labels.fitting(column.title, room, SIZE + 1, "bold")
    board.text(left, top - 5, column.title, fontsize=high, weight="bold", color=column.tint, va="center_baseline")
    if not column.rows:
        board.text(left, top - HEAD - LINE / 2, "aucun lien", fontsize=SIZE, color=canvas.FAINT, va="center_baseline")
        return
    ends = [value for row in column.rows for value in (*row[2:5], 0.0)]
    span = min(ends), max(ends)
    words = max(labels.width(row[0], SIZE) for row in column.rows)
    size = SIZE * min(1.0, 0.5 * room / words)
    words = min(words, 0.5 * room)
    start, end = left + words + COUNTS + PAD, left + room - PAD

    def at(value: float) -> float:
        return start + (value - span[0]) / max(span[1] - span[0], 1e-12) * (end - start)

    style = {"fontsize": SIZE - 1, "color": canvas.FAINT, "va": "center_baseline"}
    board.text(left + words + COUNTS / 2 + PAD / 2, top - HEAD + 5, "segments", ha="center", **style)
    board.plot([at(0)] * 2, [bottom, top - HEAD + 2], color=canvas.PALE, lw=0.9, zorder=0)
    for k, (pair, counts, difference, low, high, adjusted) in enumerate(column.rows):
        y = top - HEAD - LINE * (k + 0.5)
        board.text(left + words, y, pair, fontsize=size, ha="right", va="center_baseline")
        board.text(left + words + COUNTS / 2 + PAD / 2, y, counts, ha="center", **style)
        board.plot([at(low), at(high)], [y, y], color=column.tint, lw=1.3, solid_capstyle="butt")
        sure = low > 0 or high < 0
        board.plot(at(difference), y, "o", ms=4.2, mew=1.1, mec=column.tint, mfc=column.tint if sure else "#FFFFFF")
        if adjusted < LEVEL:
            board.text(at(high) + 3, y, "*", fontsize=SIZE + 1, weight="bold", va="center")
    _draw_axis(board, at, span, bottom)


def _draw_axis(board: Axes, at, span: tuple[float, float], bottom: float) -> None:
    """Write the ends of the axis and its zero."""
    board.plot([at(span[0]), at(span[1])], [bottom] * 2, color=canvas.FAINT, lw=0.6)
    far = max(abs(span[0]), abs(span[1]))
    for value in sorted({span[0], 0.0, span[1]}):
        if value and abs(value) < 0.25 * far:
            continue
        board.plot([at(value)] * 2, [bottom, bottom - 3], color=canvas.FAINT, lw=0.6)
        text = graph_wording.weight(value, "") if value else "0"
        style = {"fontsize": SIZE - 1, "color": canvas.FAINT, "ha": "center", "va": "top"}
        board.text(at(value), bottom - 5, text, **style)
