"""Scores of words, or of parts of speech, by modality: bars to the right for more, to the left for less."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from verbatim.figures import canvas, labels, notes
from verbatim.typography import decimal

MOST_COLUMNS = 16
# inches
ROW, GROUP_GAP, THICK, MARGIN, GAP = 0.165, 0.09, 0.66, 0.1, 0.3
NARROWEST, WIDEST, ROOMY, NUMBER_ROOM = 0.42, 2.2, 0.85, 0.3
HEAD_LINE, HEAD_MOST, THINNEST = 0.135, 3, 0.006
# points
WORD, HEAD, NUMBER = 7.5, 7.5, 6.0
# Blue for more and orange for less are told apart in every common form of colour blindness (Okabe and Ito 2008).
MORE, LESS, CHANCE = "#0072B2", "#D55E00", "#B5B5B5"
BAND = "#F4F4F4"


@dataclass(frozen=True)
class Cell:
    """The score of a row in a column, and whether chance may explain it; `told` is written, or else the score."""

    score: float
    chance: bool = False
    told: str = ""


@dataclass(frozen=True)
class Grid:
    """Rows in groups, columns, and their cells by (row, column); titles of rows and columns by their keys."""

    title: str
    groups: list[list[str]]
    columns: list[str]
    rows_told: Mapping[str, str]
    columns_told: Mapping[str, str]
    cells: Mapping[tuple[str, str], Cell]

    @property
    def names(self) -> float:
        """How much room the titles of rows take, in inches."""
        return max((labels.width(self.rows_told[row], WORD) for group in self.groups for row in group), default=0) / 72


def column_width(grid: Grid, width: float) -> float:
    """Return how wide a column is in a figure of `width` inches; at least the narrowest that can be read."""
    return min(max((width - grid.names - MARGIN) / max(len(grid.columns), 1), NARROWEST), WIDEST)


def full_width(grid: Grid, width: float) -> float:
    """Return the width that a grid takes of `width` inches, or beyond where it has many columns."""
    return grid.names + MARGIN + column_width(grid, width) * len(grid.columns)


def height(grid: Grid, width: float) -> float:
    """Return how high a grid is, in inches, with its title and the white below."""
    rows = sum(len(group) for group in grid.groups)
    head = _heads(grid, column_width(grid, width))[1]
    return notes.HEADING_LINE + head + ROW * rows + GROUP_GAP * max(len(grid.groups) - 1, 0) + GAP


def draw(axes: Axes, grid: Grid, left: float, top: float, width: float) -> None:
    """Draw a grid from its upper left corner on axes in inches; all its bars have one scale."""
    notes.write_heading(axes, grid.title, left, top, width)
    wide = column_width(grid, width)
    first = left + grid.names + MARGIN
    start = top - notes.HEADING_LINE - _write_heads(axes, grid, first, top - notes.HEADING_LINE, wide)
    scale = _scale(grid, wide)
    bars: dict[str, list[Rectangle]] = {MORE: [], LESS: [], CHANCE: []}
    y = start
    for group in grid.groups:
        for i, row in enumerate(group):
            y -= ROW
            if i % 2 == 0:
                end = first + wide * len(grid.columns)
                axes.add_patch(Rectangle((left, y), end - left, ROW, fc=BAND, ec="none", lw=0, zorder=-1))
            style = {"fontsize": WORD, "ha": "right", "va": "center_baseline"}
            axes.text(first - MARGIN, y + ROW / 2, grid.rows_told[row], **style)
            for k, column in enumerate(grid.columns):
                cell = grid.cells.get((row, column))
                if cell:
                    zero = first + wide * k + scale.zero
                    # a bar that no eye would see only makes the file heavier
                    if scale.unit * abs(cell.score) > THINNEST:
                        bars[_tint(cell)].append(_bar(cell, zero, y, scale.unit))
                    _write_number(axes, cell, zero, y, scale)
        y -= GROUP_GAP
    zeros = [first + wide * k + scale.zero for k in range(len(grid.columns))]
    axes.vlines(zeros, y + GROUP_GAP, start, color=canvas.FAINT, lw=0.6, zorder=2)
    for tint, patches in bars.items():
        axes.add_collection(PatchCollection(patches, facecolor=tint, edgecolor="none", linewidth=0))


@dataclass(frozen=True)
class _Scale:
    """Where zero stands in a column and how long a unit of score is, in inches; whether bars have numbers."""

    zero: float
    unit: float
    numbered: bool


def _scale(grid: Grid, wide: float) -> _Scale:
    """Return the scale on which the largest bars of either side, with their numbers, fill a column."""
    scores = [cell.score for cell in grid.cells.values()]
    more, less = max(max(scores, default=0.0), 0.0), max(-min(scores, default=0.0), 0.0)
    numbered = wide >= ROOMY
    number = NUMBER_ROOM if numbered else 0.03
    unit = (0.96 * wide - 2 * number) / ((more + less) or 1.0)
    return _Scale(0.02 * wide + number + unit * less, unit, numbered)


def _tint(cell: Cell) -> str:
    return CHANCE if cell.chance else MORE if cell.score > 0 else LESS


def _bar(cell: Cell, zero: float, y: float, unit: float) -> Rectangle:
    return Rectangle(
        (zero + min(0.0, unit * cell.score), y + ROW * (1 - THICK) / 2), unit * abs(cell.score), ROW * THICK
    )


def _write_number(axes: Axes, cell: Cell, zero: float, y: float, scale: _Scale) -> None:
    if not scale.numbered or (not cell.told and abs(cell.score) < 0.05):
        return
    told = cell.told or signed(cell.score)
    side = 1 if cell.score >= 0 else -1
    at = zero + scale.unit * cell.score + 0.03 * side
    style = {"fontsize": NUMBER, "va": "center_baseline", "color": canvas.FAINT}
    axes.text(at, y + ROW / 2, told, ha="left" if side > 0 else "right", **style)


def signed(score: float) -> str:
    """Return « +2,3 » or « −2,3 »; over 100, without decimals."""
    return ("+" if score > 0 else "−") + decimal(abs(score), 1 if abs(score) < 99.95 else 0)


def _heads(grid: Grid, wide: float) -> tuple[dict[str, list[str]] | None, float]:
    """Return the lines of the head of each column, None where they must stand upright, and their height."""
    room = 72 * wide - 4
    lines = {column: labels.wrap(grid.columns_told[column], room, HEAD, "bold") for column in grid.columns}
    longest = max((len(own) for own in lines.values()), default=0)
    whole = all(" ".join(own).split() == grid.columns_told[column].split() for column, own in lines.items())
    if whole and longest <= HEAD_MOST:
        return lines, HEAD_LINE * longest + 0.06
    upright = max(labels.width(_short(grid, column), HEAD, "bold") for column in grid.columns) / 72
    return None, upright + 0.1


def _short(grid: Grid, column: str) -> str:
    return canvas.short_code(grid.columns_told[column], 34)


def _write_heads(axes: Axes, grid: Grid, first: float, top: float, wide: float) -> float:
    lines, high = _heads(grid, wide)
    style = {"fontsize": HEAD, "weight": "bold", "ha": "center"}
    for k, column in enumerate(grid.columns):
        x = first + wide * (k + 0.5)
        if lines is None:
            axes.text(x, top - high + 0.05, _short(grid, column), rotation=90, va="bottom", **style)
            continue
        for i, line in enumerate(reversed(lines[column])):
            axes.text(x, top - high + 0.05 + HEAD_LINE * (i + 0.5), line, va="center_baseline", **style)
    return high


def strongest(scores: Mapping[str, float], order: Sequence[str]) -> list[str]:
    """Return the columns to show, in their `order`: all, or those of largest |score| where they are too many."""
    if len(order) <= MOST_COLUMNS:
        return list(order)
    kept = set(sorted(order, key=lambda column: (-scores[column], column))[:MOST_COLUMNS])
    return [column for column in order if column in kept]
