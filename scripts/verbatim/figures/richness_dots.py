"""How rich the vocabulary of each interview and modality is: a dot for each measure."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from verbatim.figures import canvas, labels, notes, word_wording
from verbatim.typography import decimal, integer

MOST_ROWS, EXTREMES, MOST_MODALITIES = 40, 12, 20
MEASURES = (("mattr", "MATTR", 3), ("mtld", "MTLD", 1))
# inches
ROW, SUBHEAD, SCALE, BETWEEN, NUMBERS = 0.175, 0.24, 0.3, 0.35, 0.75
WORD = 7.5  # points
LONGEST_NAME = 24
CLEAR = {"boxstyle": "square,pad=0.1", "fc": "#FFFFFF", "ec": "none", "lw": 0}


@dataclass(frozen=True)
class Line:
    """One row: a heading (`values` is None), or a text with its measures (None where unknown) and its occurrences."""

    told: str
    values: tuple[float | None, ...] | None = None
    n: int = 0


@dataclass(frozen=True)
class Dots:
    """All rows, what was left out, and the measures of the whole analysis."""

    lines: list[Line]
    whole: tuple[float | None, ...]


def prepare(statistics: pl.DataFrame) -> Dots:
    """Return the rows of lexicon/statistics: interviews by decreasing MATTR, then the modalities of each variable.

    Over forty interviews, the twelve richest and the twelve poorest by MATTR.
    """
    names = [name for name, *_ in MEASURES]
    whole = statistics.filter(variable="all").select(names).row(0)
    variables = [name for name in statistics["variable"].unique().sort() if name not in ("all", "interview")]
    lines = []
    for variable in ["interview", *variables]:
        own = statistics.filter(variable=variable)
        if own.height:
            lines += _lines(own, variable, names)
    return Dots(lines, whole)


def _lines(own: pl.DataFrame, variable: str, names: list[str]) -> list[Line]:
    ranked = own.sort(["mattr", "mtld", "modality"], descending=[True, True, False], nulls_last=True)
    measured = ranked.filter(pl.col("mattr").is_not_null())
    head = word_wording.variable(variable)
    most = MOST_ROWS if variable == "interview" else MOST_MODALITIES
    if ranked.height <= most:
        return [Line(head), *_told(ranked, variable, names)]
    if measured.height <= 2 * EXTREMES:
        return [Line(head), *_told(measured, variable, names), *_short(ranked.height - measured.height)]
    between = measured.height - 2 * EXTREMES
    return [
        Line(head),
        *_told(measured.head(EXTREMES), variable, names),
        Line(f"… {integer(between)} autres entre les deux …", (), 0),
        *_told(measured.tail(EXTREMES), variable, names),
        *_short(ranked.height - measured.height),
    ]


def _short(n: int) -> list[Line]:
    return [Line(f"… {integer(n)} trop courts pour une fenêtre …", (), 0)] if n else []


def _told(rows: pl.DataFrame, variable: str, names: list[str]) -> list[Line]:
    return [
        Line(canvas.short_code(word_wording.modality(variable, value), LONGEST_NAME), tuple(measures), n)
        for value, n, *measures in rows.select("modality", "n_occurrences", *names).iter_rows()
    ]


def height(dots: Dots) -> float:
    """Return how high the dots are, in inches, with their heading and scales."""
    return notes.HEADING_LINE + 2 * SCALE + sum(SUBHEAD if line.values is None else ROW for line in dots.lines)


def draw(board: Axes, dots: Dots, place: tuple[float, float, float], palette: list[str]) -> None:
    """Draw the dots on axes in inches; `place`: left, top and width."""
    left, top, width = place
    notes.write_heading(board, "Richesse du vocabulaire, par MATTR décroissante", left, top, width)
    names = max((labels.width(line.told, WORD) for line in dots.lines if line.values), default=0.0) / 72
    wide = (width - names - 0.15 - NUMBERS - BETWEEN) / 2
    tall = height(dots) - notes.HEADING_LINE - 2 * SCALE
    first = top - notes.HEADING_LINE - SCALE
    for k, (_, told, digits) in enumerate(MEASURES):
        known = [line.values[k] for line in dots.lines if line.values and line.values[k] is not None]
        start = left + names + 0.15 + k * (wide + BETWEEN)
        scale = _scale(board, known, dots.whole[k], (start, first, wide, tall), told, digits)
        y = first
        for line in dots.lines:
            y -= SUBHEAD if line.values is None else ROW
            if line.values:
                _dot(board, line.values[k], scale, (start, y + ROW / 2, wide), palette[k % len(palette)])
    _write_names(board, dots.lines, (left, names, left + width), first)


def _write_names(board: Axes, lines: Sequence[Line], place: tuple[float, float, float], y: float) -> None:
    left, names, right = place
    style = {"fontsize": WORD, "va": "center_baseline"}
    board.text(right, y + 0.1, "occurrences", **(style | {"fontsize": 7}), ha="right", color=canvas.FAINT)
    for line in lines:
        y -= SUBHEAD if line.values is None else ROW
        if line.values is None:
            board.text(left, y + SUBHEAD * 0.4, line.told, **style, weight="bold", zorder=3, bbox=CLEAR)
        elif line.values == ():
            board.text(left, y + ROW / 2, line.told, **style, color=canvas.FAINT, style="italic")
        else:
            board.text(left + names, y + ROW / 2, line.told, **style, ha="right")
            board.text(right, y + ROW / 2, integer(line.n), **style, ha="right", color=canvas.FAINT)


def _scale(
    board: Axes, known: list[float], whole: float | None, place: tuple, told: str, digits: int
) -> Callable[[float], float]:
    """Draw the scale of one measure and its line of the whole analysis; return what places a value, in inches."""
    left, top, wide, tall = place
    values = [*known, *([whole] if whole is not None else [])] or [0.0, 1.0]
    low, high = min(values), max(values)
    margin = 0.06 * (high - low) or 0.05 * abs(high) or 1.0
    low, high = low - margin, high + margin

    def at(value: float) -> float:
        return left + wide * (value - low) / (high - low)

    board.text(left + wide / 2, top + SCALE * 0.72, told, fontsize=8.5, weight="bold", ha="center", va="center")
    ticks = MaxNLocator(4).tick_values(low, high)
    places = max(0, -math.floor(math.log10(ticks[1] - ticks[0]) + 1e-9))
    places += round((ticks[1] - ticks[0]) * 10**places, 6) % 1 > 0
    for tick in ticks:
        if low <= tick <= high:
            board.plot([at(tick)] * 2, [top - tall, top], color=canvas.PALE, lw=0.6, zorder=0)
            style = {"fontsize": 7, "ha": "center", "va": "center", "color": canvas.FAINT}
            board.text(at(tick), top - tall - 0.09, decimal(tick, places), **style)
    if whole is not None:
        board.plot([at(whole)] * 2, [top - tall, top], color=canvas.INK, lw=0.9, ls=(0, (4, 2)), zorder=1)
        told = f"ensemble {decimal(whole, digits)}"
        aside = "left" if at(whole) < left + 0.5 else "right" if at(whole) > left + wide - 0.5 else "center"
        board.text(at(whole), top + 0.07, told, fontsize=7, ha=aside, va="center", color=canvas.INK)
    return at


def _dot(
    board: Axes, value: float | None, at: Callable[[float], float], place: tuple[float, float, float], tint: str
) -> None:
    left, y, wide = place
    board.plot([left, left + wide], [y, y], color=canvas.PALE, lw=0.4, zorder=0)
    if value is None:
        board.text(left + 0.05, y, "trop court", fontsize=6.5, va="center_baseline", color=canvas.FAINT)
    else:
        board.plot([at(value)], [y], marker="o", ms=4.5, mew=0, color=tint, ls="none", zorder=2)
