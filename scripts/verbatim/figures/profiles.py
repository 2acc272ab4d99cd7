"""Profiles of the classes: bars of χ² of the words that mark each most."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from verbatim.figures import canvas, class_titles, labels
from verbatim.typography import decimal, integer

ACROSS = 4
# inches
BARS, VALUE, GAP, EDGE = 1.2, 0.42, 0.22, 0.15
LINE, TITLE_LINE, HEAD, FOOT = 0.19, 0.17, 0.34, 0.16
NARROWEST, WIDEST = 0.75, 1.75
WORD, SMALLEST_WORD, TITLE = 8.5, 5.5, 9.5


def draw(
    classes: pl.DataFrame,
    profiles: pl.DataFrame,
    words: int,
    palette: list[str],
    names: Mapping[int, str] | None = None,
) -> Figure:
    """Return the figure: one panel a class, at most four across, all on the same scale of χ².

    `classes`: classes/segments; `profiles`: classes/profiles; `words`: bars of a panel; `names`: class -> name.
    """
    sizes = class_titles.sizes(classes)
    if not sizes:
        return canvas.message("Aucune classe, donc aucun profil à montrer.")
    best = {number: best_words(profiles, number, words) for number in sizes}
    across = class_titles.across(len(sizes), ACROSS)
    room = _room(best)
    panel = room + BARS + VALUE
    titles = {n: class_titles.lines(n, names or {}, 72 * panel, TITLE) for n in sizes}
    rows = [list(sizes)[i : i + across] for i in range(0, len(sizes), across)]
    heads = [HEAD + TITLE_LINE * max(len(titles[n]) for n in row) for row in rows]
    bars = LINE * max(1, *map(len, best.values()))
    height = sum(heads) + (bars + FOOT) * len(rows) + EDGE
    figure = canvas.new(2 * EDGE + panel * across + GAP * (across - 1), height)
    axes = canvas.in_inches(figure)
    scale = BARS / max((chi2 for shown in best.values() for _, chi2 in shown), default=1.0)
    top = height - EDGE / 2
    for row, head in zip(rows, heads, strict=True):
        for i, number in enumerate(row):
            left = EDGE + (panel + GAP) * i
            _write_head(axes, left, top - head, titles[number], sizes[number])
            _draw_bars(axes, left + room, top - head, best[number], room, scale, canvas.colour(palette, number))
        top -= head + bars + FOOT
    return figure


def best_words(profiles: pl.DataFrame, number: int, words: int) -> list[tuple[str, float]]:
    """Return (lemma, χ²) of the active lemmas that mark class `number` most."""
    marked = profiles.filter((pl.col("class") == number) & (pl.col("kind") == "active") & (pl.col("chi2") > 0))
    return marked.sort(["chi2", "term"], descending=[True, False]).head(words).select("term", "chi2").rows()


def _room(best: Mapping[int, list[tuple[str, float]]]) -> float:
    """Return how many inches the words need on the left of the bars."""
    widest = max((labels.width(word, WORD) for rows in best.values() for word, _ in rows), default=0.0)
    return min(max(widest / 72 + 0.08, NARROWEST), WIDEST)


def _write_head(axes: Axes, left: float, bottom: float, title: list[str], n: int) -> None:
    top = bottom + 0.27 + TITLE_LINE * len(title)
    for k, line in enumerate(title):
        axes.text(left, top - TITLE_LINE * (k + 0.5), line, weight="bold", fontsize=TITLE, va="center")
    axes.text(left, bottom + 0.18, f"{integer(n)} segments", fontsize=7.5, va="center", color=canvas.FAINT)


def _draw_bars(axes: Axes, left: float, top: float, rows: list, room: float, scale: float, tint: str) -> None:
    """Draw the bars from `left`, words on their left; `scale`: inches for a χ² of 1."""
    if not rows:
        axes.text(left - room, top - LINE / 2, "aucun mot caractéristique", fontsize=8, va="center", color=canvas.FAINT)
        return
    axes.plot([left, left], [top, top - LINE * len(rows)], color=canvas.FAINT, lw=0.8)
    for i, (word, chi2) in enumerate(rows):
        y = top - LINE * (i + 0.5)
        axes.barh(y, scale * chi2, left=left, height=0.68 * LINE, color=tint, lw=0)
        size = max(SMALLEST_WORD, labels.fitting(word, 72 * (room - 0.06), WORD))
        axes.text(left - 0.05, y, word, ha="right", va="center_baseline", fontsize=size)
        told = decimal(chi2)
        axes.text(left + scale * chi2 + 0.04, y, told, va="center_baseline", fontsize=7, color=canvas.FAINT)
