"""Clouds side by side, each with its title and its ranked bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from verbatim.figures import bars, canvas, class_titles, labels, word_cloud

MOST_ACROSS = 2
# inches
CLOUD, HIGH, BETWEEN, BARS, GAP, EDGE = 2.75, 2.2, 0.1, 1.7, 0.25, 0.15
PANEL = CLOUD + BETWEEN + BARS
TITLE_LINE, HEAD = 0.18, 0.05
# points
TITLE, UNDER = 10.0, 7.5
GREY = "#9A9A9A"


@dataclass(frozen=True)
class Panel:
    """One cloud: its title in lines, what stands under it, its words as bars by decreasing value, its colours.

    `tint` is that of bars, `ink` that of words; words that chance may explain are grey in both.
    """

    title: list[str]
    under: str
    words: list[bars.Bar]
    cloud: word_cloud.Cloud
    tint: str
    ink: str


def across(count: int) -> int:
    """Return how many of `count` panels stand side by side."""
    return class_titles.across(count, MOST_ACROSS)


def width(count: int) -> float:
    """Return how wide a figure of `count` panels a row is, in inches."""
    return 2 * EDGE + PANEL * count + GAP * (count - 1)


def clouds(best: Mapping[int, Sequence[bars.Bar]], words: int) -> tuple[dict[int, word_cloud.Cloud], float]:
    """Return the cloud of each list of words, and how high all are, in inches."""
    rows = {key: [(bar.word, bar.value) for bar in own] for key, own in best.items()}
    return word_cloud.as_high_as_needed(rows, words, CLOUD, HIGH)


def height(panels: Sequence[Panel], high: float, side_by_side: int) -> float:
    """Return how high `panels` are, in inches, whose clouds are `high`."""
    rows = _rows(panels, side_by_side)
    return sum(_head(row) + high + GAP for row in rows)


def write(axes: Axes, panels: Sequence[Panel], top: float, high: float, side_by_side: int) -> None:
    """Draw `panels` from `top` down on axes in inches; all their bars have one scale."""
    n_bars = bars.rows_in(high)
    scale = bars.scaled([bar for panel in panels for bar in panel.words[:n_bars]], BARS)
    for row in _rows(panels, side_by_side):
        head = _head(row)
        for i, panel in enumerate(row):
            left, bottom = EDGE + (PANEL + GAP) * i, top - head - high
            _write_head(axes, panel, left, top)
            grey = {bar.word: canvas.FAINT for bar in panel.words if bar.faint}
            word_cloud.write(axes, panel.cloud, left, bottom, panel.ink, grey)
            place = (left + CLOUD + BETWEEN, top - head)
            bars.write(axes, panel.words[:n_bars], place, scale, panel.tint, GREY)
        top -= head + high + GAP


def _rows(panels: Sequence[Panel], side_by_side: int) -> list[Sequence[Panel]]:
    return [panels[i : i + side_by_side] for i in range(0, len(panels), side_by_side)]


def _head(row: Sequence[Panel]) -> float:
    return TITLE_LINE * (1 + max(len(panel.title) for panel in row)) + HEAD


def _write_head(axes: Axes, panel: Panel, left: float, top: float) -> None:
    axes.plot([left, left + PANEL], [top + 0.06] * 2, color=panel.tint, lw=3, solid_capstyle="butt")
    for k, line in enumerate(panel.title):
        axes.text(left, top - TITLE_LINE * (k + 0.5), line, weight="bold", fontsize=TITLE, va="center")
    size = labels.fitting(panel.under, 72 * PANEL, UNDER)
    y = top - TITLE_LINE * (len(panel.title) + 0.5)
    axes.text(left, y, panel.under, fontsize=size, va="center", color=canvas.FAINT)
