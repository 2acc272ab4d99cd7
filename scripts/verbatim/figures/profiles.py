"""Profiles of the classes: bars of χ² of the words that mark each most."""

from __future__ import annotations

import math
from collections.abc import Mapping

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from verbatim.figures import canvas, class_titles, labels
from verbatim.typography import decimal, integer

ACROSS = 4
# inches
BARS, VALUE, GAP, EDGE = 1.2, 0.42, 0.22, 0.15
LINE, TITLE_LINE, HEAD, FOOT = 0.19, 0.17, 0.3, 0.16
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
    across = min(ACROSS, len(sizes))
    room = _room(best)
    panel = room + BARS + VALUE
    titles = {n: class_titles.lines(n, names or {}, 72 * panel, TITLE) for n in sizes}
    head = HEAD + TITLE_LINE * max(map(len, titles.values()))
    high = head + LINE * max(1, *map(len, best.values())) + FOOT
    down = math.ceil(len(sizes) / across)
    figure = canvas.new(2 * EDGE + panel * across + GAP * (across - 1), high * down + EDGE)
    axes = _in_inches(figure)
    scale = BARS / max((chi2 for rows in best.values() for _, chi2 in rows), default=1.0)
    height = figure.get_size_inches()[1]
    for i, (number, n) in enumerate(sizes.items()):
        left, top = EDGE + (panel + GAP) * (i % across), height - EDGE / 2 - high * (i // across)
        _write_head(axes, left, top, titles[number], n)
        _draw_bars(axes, left + room, top - head, best[number], room, scale, canvas.colour(palette, number))
    return figure


def best_words(profiles: pl.DataFrame, number: int, words: int) -> list[tuple[str, float]]:
    """Return (lemma, χ²) of the active lemmas that mark class `number` most."""
    marked = profiles.filter((pl.col("class") == number) & (pl.col("kind") == "active") & (pl.col("chi2") > 0))
    return marked.sort(["chi2", "term"], descending=[True, False]).head(words).select("term", "chi2").rows()


def _room(best: Mapping[int, list[tuple[str, float]]]) -> float:
    """Return how many inches the words need on the left of the bars."""
    widest = max((labels.width(word, WORD) for rows in best.values() for word, _ in rows), default=0.0)
    return min(max(widest / 72 + 0.08, NARROWEST), WIDEST)


def _in_inches(figure: Figure) -> Axes:
    width, height = figure.get_size_inches()
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(0, height))
    axes.axis("off")
    return axes


def _write_head(axes: Axes, left: float, top: float, title: list[str], n: int) -> None:
    for k, line in enumerate(title):
        axes.text(left, top - TITLE_LINE * (k + 0.5), line, weight="bold", fontsize=TITLE, va="center")
    told = f"{integer(n)} segments"
    axes.text(left, top - TITLE_LINE * (len(title) + 0.5), told, fontsize=7.5, va="center", color=canvas.FAINT)


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
