"""Ranked bars: what stands beside a cloud, because a cloud does not compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from verbatim.figures import canvas, labels

# inches
ROW, GAP = 0.155, 0.05
THICK = 0.68
# points
WORD, NUMBER = 7.5, 6.5
# of the width, at most
WORD_SHARE = 0.55


@dataclass(frozen=True)
class Bar:
    """One word: the length of its bar, what is written at its end, and whether chance alone may explain it."""

    word: str
    value: float
    told: str
    faint: bool = False


@dataclass(frozen=True)
class Scale:
    """What columns of bars share: inches for the words and for the longest bar, and the value of that bar."""

    words: float
    room: float
    largest: float


def height(count: int) -> float:
    """Return how high `count` bars are, in inches."""
    return ROW * count


def rows_in(high: float) -> int:
    """Return how many bars stand in `high` inches."""
    return int(high / ROW + 1e-9)


def scaled(bars: Sequence[Bar], width: float) -> Scale:
    """Return the scale at which all `bars` fit in columns of `width` inches."""
    widest = max((labels.width(bar.word, WORD) for bar in bars), default=0.0) / 72
    numbers = max((labels.width(bar.told, NUMBER) for bar in bars), default=0.0) / 72
    words = min(widest, WORD_SHARE * width)
    room = max(width - words - numbers - 3 * GAP, 0.1)
    return Scale(words, room, max((bar.value for bar in bars), default=0.0))


def write(
    axes: Axes, bars: Sequence[Bar], place: tuple[float, float], scale: Scale, tint: str, faint: str = ""
) -> None:
    """Draw `bars` from the top down on axes in inches; `place`: left and top of their column.

    `faint`: colour of the bars that chance may explain.
    """
    left, top = place
    start = left + scale.words + GAP
    for i, bar in enumerate(bars):
        y = top - ROW * (i + 0.5)
        size = labels.fitting(bar.word, 72 * scale.words, WORD)
        ink = canvas.FAINT if bar.faint else canvas.INK
        axes.text(start - GAP, y, bar.word, fontsize=size, ha="right", va="center_baseline", color=ink)
        long = scale.room * bar.value / scale.largest if scale.largest > 0 else 0.0
        tone = faint if bar.faint and faint else tint
        axes.add_patch(Rectangle((start, y - ROW * THICK / 2), long, ROW * THICK, fc=tone, ec="none", lw=0))
        style = {"fontsize": NUMBER, "ha": "left", "va": "center_baseline", "color": canvas.FAINT}
        axes.text(start + long + GAP, y, bar.told, **style)
