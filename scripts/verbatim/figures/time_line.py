"""The course of an interview: a lane for each class and each theme, the order of what is said along it."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.collections import PatchCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from verbatim.figures import canvas, class_marks, labels

WIDTH, NAMES, EDGE, ROW, BETWEEN, TICKS = 470.0, 150.0, 6.0, 13.0, 7.0, 26.0  # points
SIZE, LEAST, CLEAR = 7.5, 1.6, 16.0
Lane = tuple[str, int, Sequence[tuple[int, int]]]


def draw(length: int, turns: Sequence[int], lanes: Sequence[Lane], palette: list[str]) -> Figure:
    """Return the time line of an interview of `length` characters.

    `turns`: where each turn begins; `lanes`: name, number of the class (0: a theme) and stretches (from, to).
    """
    if not lanes:
        return canvas.message("Ni classe ni codage dans cet entretien.")
    both = len({number > 0 for _, number, _ in lanes}) > 1
    tall = EDGE + ROW * len(lanes) + BETWEEN * both + TICKS
    figure = canvas.new(WIDTH / 72, tall / 72)
    board = class_marks.points(figure)
    unit = (WIDTH - NAMES - 2 * EDGE) / length
    y, before = tall - EDGE, None
    for name, number, spans in lanes:
        y -= ROW + (BETWEEN if before and not number else 0)
        before = number
        middle = y + ROW / 2
        size = labels.fitting(name, NAMES - EDGE - 4, SIZE)
        board.text(NAMES - 4, middle, name, ha="right", va="center_baseline", fontsize=size)
        board.plot([NAMES, NAMES + unit * length], [middle, middle], color=canvas.PALE, lw=0.6, zorder=0)
        boxes = [Rectangle((NAMES + unit * a, y + 2), max(unit * (b - a), LEAST), ROW - 4) for a, b in spans]
        tint = canvas.colour(palette, number) if number else canvas.INK
        board.add_collection(PatchCollection(boxes, facecolor=tint, edgecolor="none", lw=0))
    _scale(board, turns, unit, y)
    return figure


def _scale(board, turns: Sequence[int], unit: float, bottom: float) -> None:
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10**9) if len(turns) / s <= 10)
    reached = -CLEAR
    for turn in [1, *range(step, len(turns) + 1, step)] if step > 1 else range(1, len(turns) + 1):
        x = NAMES + unit * turns[turn - 1]
        if x < reached + CLEAR:
            continue
        reached = x
        board.plot([x, x], [bottom - 1, bottom - 4], color=canvas.FAINT, lw=0.6)
        board.text(x, bottom - 6, str(turn), ha="center", va="top", fontsize=7, color=canvas.FAINT)
    board.text(NAMES, bottom - 16, "Tours de parole", va="top", fontsize=7, color=canvas.FAINT)
