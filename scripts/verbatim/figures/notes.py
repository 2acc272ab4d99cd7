"""What is written small around a figure: how it is to be read, what it leaves out; headings of its parts."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from verbatim.figures import canvas, labels

# inches, points
LINE, SIZE = 0.135, 7.0
HEADING, HEADING_LINE = 11.0, 0.3


def wrapped(sentences: Sequence[str], width: float) -> list[str]:
    """Return the lines of a note of `sentences` (empty ones left out) in `width` inches."""
    text = " ".join(sentence for sentence in sentences if sentence)
    return labels.wrap(text, 72 * width, SIZE) if text else []


def height(lines: Sequence[str]) -> float:
    """Return how high the lines of a note are, in inches, with the white above them."""
    return LINE * len(lines) + 0.1 if lines else 0.0


def write(axes: Axes, lines: Sequence[str], left: float, bottom: float) -> None:
    """Write a note on axes in inches, its last line on `bottom`."""
    for k, line in enumerate(lines):
        y = bottom + LINE * (len(lines) - k - 0.5)
        axes.text(left, y, line, fontsize=SIZE, va="center_baseline", color=canvas.FAINT)


def write_heading(axes: Axes, text: str, left: float, top: float, width: float) -> None:
    """Write the heading of a part of a figure, `HEADING_LINE` inches high, on axes in inches."""
    size = labels.fitting(text, 72 * width, HEADING, "bold")
    axes.text(left, top - HEADING_LINE / 2, text, fontsize=size, weight="bold", va="center_baseline")
