"""A cloud of words for each class."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from verbatim.figures import canvas, class_titles, labels
from verbatim.figures.profiles import best_words
from verbatim.typography import integer

ACROSS = 3
# inches
PANEL, HIGH, GAP, EDGE, TITLE_LINE, NOTE = 3.0, 2.2, 0.2, 0.15, 0.18, 0.3
TITLE = 10.0
# points
LARGEST, SMALLEST, LAST_RESORT = 30.0, 6.5, 4.5
STEP = 0.93
TALLER = (1.0, 1.3, 1.7, 2.2)
# in ems: what a line of ink is high, and the white between neighbours
INK_HEIGHT, WHITE = 1.0, 0.36


@dataclass(frozen=True)
class Cloud:
    """Words with their centres (n, 2) and font sizes (n,), in points from the lower left corner."""

    words: list[str]
    centres: np.ndarray
    sizes: np.ndarray
    n_asked: int


def draw(
    classes: pl.DataFrame,
    profiles: pl.DataFrame,
    words: int,
    palette: list[str],
    names: Mapping[int, str] | None = None,
) -> Figure:
    """Return the figure: one cloud a class, at most three across, of its `words` active lemmas of largest χ².

    The font size is proportional to the square root of χ², so that the area of a word goes with its χ²,
    and is never under a legible one; the largest word of every class is as large as room allows.
    """
    counted = class_titles.sizes(classes)
    if not counted:
        return canvas.message("Aucune classe, donc aucun nuage à montrer.")
    across = class_titles.across(len(counted), ACROSS)
    panel = PANEL * {1: 1.4, 2: 1.15}.get(across, 1.0)
    titles = {n: class_titles.lines(n, names or {}, 72 * panel, TITLE) for n in counted}
    best = {number: best_words(profiles, number, words) for number in counted}
    clouds, high = as_high_as_needed(best, words, panel, HIGH)
    rows = [list(counted)[i : i + across] for i in range(0, len(counted), across)]
    heads = [TITLE_LINE * (1 + max(len(titles[n]) for n in row)) + 0.05 for row in rows]
    height = sum(heads) + (high + GAP) * len(rows) + NOTE + EDGE
    figure = canvas.new(2 * EDGE + panel * across + GAP * (across - 1), height)
    axes = canvas.in_inches(figure)
    top = height - EDGE
    for row, head in zip(rows, heads, strict=True):
        for i, number in enumerate(row):
            left, tint = EDGE + (panel + GAP) * i, canvas.colour(palette, number)
            _write_head(axes, (left, top, panel), titles[number], _under(counted[number], clouds[number], words), tint)
            write(axes, clouds[number], left, top - head - high, canvas.ink(palette, number))
        top -= head + high + GAP
    note = "Taille d'un mot : racine carrée de son χ² dans la classe"
    note += " ; chaque nuage a sa propre échelle." if len(clouds) > 1 else "."
    axes.text(EDGE, NOTE / 2, note, fontsize=7, va="center", color=canvas.FAINT)
    return figure


def as_high_as_needed(
    best: Mapping[int, list[tuple[str, float]]], words: int, width: float, lowest: float
) -> tuple[dict[int, Cloud], float]:
    """Return class -> cloud, all `width` inches wide, and their height, from `lowest` inches, that holds the fullest.

    `best`: class -> (lemma, χ²) by decreasing χ², of which `words` at most are shown.
    """
    for high in (lowest * factor for factor in TALLER):
        clouds = {number: cloud(rows, words, (72 * width, 72 * high)) for number, rows in best.items()}
        if all(len(found.words) == found.n_asked for found in clouds.values()):
            break
    return clouds, high


def cloud(best: list[tuple[str, float]], words: int, bounds: tuple[float, float]) -> Cloud:
    """Return the cloud of the words `best`, (lemma, χ²) by decreasing χ², in `bounds` (points).

    The largest size is lowered until every word has its place, and under the legible size only when it
    must be; `n_asked` is how many there are to show, of `words` at most, so that a reader can be told
    of any that found no room.
    """
    rows = best[:words]
    while rows:
        weights = np.sqrt([chi2 / rows[0][1] for _, chi2 in rows])
        unit = np.array([_ink(word, weight) for (word, _), weight in zip(rows, weights, strict=True)])
        largest = min(LARGEST, 0.97 * bounds[0] / unit[:, 0].max(), math.sqrt(bounds[0] * bounds[1] / _area(unit)))
        for smallest in (SMALLEST, LAST_RESORT):
            size = largest
            while size > smallest:
                sizes = np.maximum(size * weights, smallest)
                boxes = np.array([_ink(word, s) for (word, _), s in zip(rows, sizes, strict=True)])
                centres = labels.pack(boxes, bounds)
                if centres is not None:
                    return Cloud([word for word, _ in rows], centres, sizes, len(best[:words]))
                size *= STEP
        rows = rows[:-1]
    return Cloud([], np.zeros((0, 2)), np.zeros(0), len(best[:words]))


def _ink(word: str, size: float) -> tuple[float, float]:
    return labels.width(word, size) + WHITE * size, INK_HEIGHT * size


def _area(boxes: np.ndarray) -> float:
    return float(boxes.prod(axis=1).sum())


def write(axes: Axes, found: Cloud, left: float, bottom: float, tint: str) -> None:
    """Write a cloud on axes in inches, its lower left corner at (left, bottom)."""
    for word, (x, y), size in zip(found.words, found.centres / 72, found.sizes, strict=True):
        # the middle of the ink, from accents to descenders, stands a quarter of the size above the baseline
        baseline = bottom + y - 0.27 * size / 72
        axes.text(left + x, baseline, word, fontsize=size, color=tint, ha="center", va="baseline")


def told(found: Cloud, asked: int) -> str:
    """Say how many words a cloud shows where they are fewer than `asked`, and why; else nothing."""
    shown, plural = len(found.words), "s" if found.n_asked > 1 else ""
    if shown < found.n_asked:
        return f"{integer(shown)} des {integer(found.n_asked)} mots : les autres n'ont pas trouvé place"
    if not found.n_asked:
        return "aucun mot caractéristique"
    return "" if shown == asked else f"{integer(shown)} mot{plural} seulement à χ² positif"


def _under(n: int, found: Cloud, asked: int) -> str:
    """Return what stands under the title of a class of `n` segments."""
    return f"{integer(n)} segments · {told(found, asked) or f'{integer(asked)} mots'}"


def _write_head(axes: Axes, place: tuple[float, float, float], title: list[str], under: str, tint: str) -> None:
    left, top, panel = place
    axes.plot([left, left + panel], [top + 0.06] * 2, color=tint, lw=3, solid_capstyle="butt")
    for k, line in enumerate(title):
        axes.text(left, top - TITLE_LINE * (k + 0.5), line, weight="bold", fontsize=TITLE, va="center")
    size = labels.fitting(under, 72 * panel, 7.5)
    axes.text(left, top - TITLE_LINE * (len(title) + 0.5), under, fontsize=size, va="center", color=canvas.FAINT)
