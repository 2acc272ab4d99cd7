"""The parameter laboratory: for each value of each setting, how like the study's classes the trials are."""

from __future__ import annotations

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from verbatim.figures import canvas
from verbatim.laboratory.moves import BANDS, PARAMETERS, POOR
from verbatim.typography import decimal, integer

TITLES = {
    "number": "Nombre de classes",
    "size": "Taille des segments",
    "minimum_frequency": "Fréquence minimale",
    "unit": "Unité",
    "mode": "Mode",
}
VALUES = {"lemma": "lemmes", "form": "formes", "segments": "simple", "double": "double", "texts": "entretiens entiers"}
UNITS = {"size": "occurrences", "minimum_frequency": "occurrences", "number": "classes"}
WIDTH, LEFT, RIGHT, TOP, BOTTOM = 7.4, 1.75, 0.95, 0.75, 0.85
ROW, HEAD = 0.34, 0.42
SPREAD, BINS = 0.36, 90
GREYS = ("#FFFFFF", "#F4F4F4", "#EAEAEA", "#DFDFDF")


def draw(trials: pl.DataFrame, palette: list[str]) -> Figure:
    """Return the figure for classes/trials: a panel for each setting of which several values were tried.

    A row for each value, a dot for each trial, its adjusted Rand index with the study's classification across,
    the median as a line with its number; the setting whose medians lie furthest apart first. The study's own
    value is bold.
    """
    tried = trials.filter(pl.col("trial") > 0)
    known = tried.filter(pl.col("rand").is_not_null())
    if tried.is_empty():
        return canvas.message("Aucun essai : le laboratoire est éteint (laboratory.numbers est vide).")
    if known.is_empty():
        return canvas.message("Aucun essai ne donne des classes à comparer avec celles de l'étude.")
    varied = sorted((n for n in PARAMETERS if tried[n].n_unique() > 1), key=lambda n: (-_reach(known, n), n))
    if not varied:
        value = decimal(known["rand"].median(), 2)
        return canvas.message(f"Un seul essai : indice de Rand ajusté de {value} avec les classes de l'étude.")
    own = trials.filter(pl.col("trial") == 0).row(0, named=True)
    return _panels(tried, varied, own, canvas.ink(palette, 1))


def _reach(known: pl.DataFrame, name: str) -> float:
    """Return how far apart the medians of the values of a setting lie."""
    medians = known.group_by(name).agg(pl.col("rand").median())["rand"]
    return medians.max() - medians.min()


def _panels(tried: pl.DataFrame, varied: list[str], own: dict, tint: str) -> Figure:
    rows = {name: tried[name].unique().sort().to_list() for name in varied}
    height = TOP + BOTTOM + sum(HEAD + ROW * len(values) for values in rows.values())
    figure = canvas.new(WIDTH, height)
    low = min(0.0, tried["rand"].min())
    limits = (low - 0.02, 1.02)
    top, axes = height - TOP, None
    for name in varied:
        high = ROW * len(rows[name])
        top -= HEAD + high
        box = (LEFT / WIDTH, top / height, (WIDTH - LEFT - RIGHT) / WIDTH, high / height)
        axes = figure.add_axes(box, xlim=limits, ylim=(len(rows[name]) - 0.5, -0.5))
        _panel(axes, tried, name, rows[name], own[name], tint)
        figure.text(0.12 / WIDTH, (top + high + 0.1) / height, TITLES[name], weight="bold", fontsize=9.5)
    _scale(figure, axes, height)
    return figure


def _panel(axes: Axes, tried: pl.DataFrame, name: str, values: list, own, tint: str) -> None:
    edges = [axes.get_xlim()[0], *(bound for bound, _ in reversed(BANDS)), axes.get_xlim()[1]]
    for left, right, grey in zip(edges[:-1], edges[1:], GREYS, strict=True):
        axes.axvspan(left, right, color=grey, lw=0, zorder=0)
    axes.tick_params(length=0, labelbottom=False)
    axes.spines[:].set_visible(False)
    axes.set_yticks(range(len(values)), [_told(name, value) for value in values], fontsize=8.5)
    for i, (value, label) in enumerate(zip(values, axes.get_yticklabels(), strict=True)):
        label.set_fontweight("bold" if value == own else "normal")
        axes.axhline(i, color=canvas.PALE, lw=0.6, zorder=1)
        row = tried.filter(pl.col(name) == value).sort("rand", "trial")["rand"]
        rand = row.drop_nulls().to_numpy()
        axes.scatter(rand, i + _offsets(rand, axes.get_xlim()), s=11, color=tint, alpha=0.55, lw=0, zorder=2)
        _median(axes, i, rand, row.null_count())


def _median(axes: Axes, i: int, rand: np.ndarray, n_null: int) -> None:
    text = "—"
    if len(rand):
        median = float(np.median(rand))
        axes.plot([median, median], [i - 0.42, i + 0.42], color=canvas.INK, lw=2.2, solid_capstyle="butt", zorder=3)
        text = decimal(median, 2)
    note = f" ({integer(n_null)} sans)" if n_null else ""
    axes.annotate(text + note, (1.02, i), xytext=(6, 0), textcoords="offset points", va="center", fontsize=8.5)


def _offsets(rand: np.ndarray, limits: tuple[float, float]) -> np.ndarray:
    """Return how far each dot (sorted by `rand`) stands off its line, so that near ones show side by side."""
    bins = np.floor((rand - limits[0]) / (limits[1] - limits[0]) * BINS)
    offsets = np.zeros(len(rand))
    for place in np.unique(bins):
        inside = np.flatnonzero(bins == place)
        step = min(0.17, 2 * SPREAD / max(len(inside) - 1, 1))
        offsets[inside] = step * (np.arange(len(inside)) - (len(inside) - 1) / 2)
    return offsets


def _told(name: str, value) -> str:
    if isinstance(value, str):
        return VALUES.get(value, value)
    return "nombre libre" if name == "number" and value == 0 else f"{integer(value)} {UNITS[name]}"


def _scale(figure: Figure, axes: Axes, height: float) -> None:
    """Draw the scale under the last panel, and over the first what the index is worth."""
    axes.tick_params(labelbottom=True, length=3)
    ticks = [tick for tick in (-0.4, -0.2, 0.0, 0.2, 0.4, 0.6, 0.8, 1.0) if tick >= axes.get_xlim()[0]]
    axes.set_xticks(ticks, [decimal(tick, 1) for tick in ticks], fontsize=8)
    axes.set_xlabel("Accord avec les classes de l'étude (indice de Rand ajusté ; 0 : le hasard, 1 : les mêmes classes)")
    axes.xaxis.label.set_size(8.5)
    centre, width = (LEFT + WIDTH - RIGHT) / 2 / WIDTH, WIDTH - LEFT - RIGHT
    axes.xaxis.set_label_coords(0.5, -0.36 / (axes.get_position().height * height))
    low, high = axes.get_xlim()
    edges = [max(low, 0.0), *(bound for bound, _ in reversed(BANDS)), 1.0]
    for left, right, name in zip(edges[:-1], edges[1:], (POOR, *(n for _, n in reversed(BANDS))), strict=True):
        x = (LEFT + width * ((left + right) / 2 - low) / (high - low)) / WIDTH
        figure.text(x, (height - TOP - 0.12) / height, name, fontsize=7.5, color=canvas.FAINT, ha="center")
    figure.text((WIDTH - RIGHT + 0.08) / WIDTH, (height - TOP - 0.12) / height, "médiane", fontsize=7.5)
    note = "Un point : une classification. Trait : médiane de la ligne. En gras : le réglage de l'étude."
    figure.text(centre, 0.12 / height, note, fontsize=8, color=canvas.FAINT, ha="center")
