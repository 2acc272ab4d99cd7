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
WIDTH, LEFT, RIGHT, TOP, BOTTOM = 7.6, 1.6, 1.5, 0.32, 0.85
ROW, HEAD = 0.34, 0.4
SPREAD, BINS = 0.36, 90
GREYS = ("#FFFFFF", "#F4F4F4", "#EAEAEA", "#DFDFDF")
COLUMNS = ((0.12, "médiane"), (0.72, "seul changé"))


def draw(trials: pl.DataFrame, palette: list[str]) -> Figure:
    """Return the figure for classes/trials: a panel for each setting of which several values were tried.

    A row for each value, a dot for each trial, across its adjusted Rand index with the study's classification; a line
    for the median; a ring for the trial in which this setting alone is not the study's, where there is one. The
    study's own value is bold. The setting that moves most when it alone changes is first.
    """
    tried = trials.filter(pl.col("trial") > 0)
    known = tried.filter(pl.col("rand").is_not_null())
    if tried.is_empty():
        return canvas.message("Aucun essai : le laboratoire est éteint (laboratory.numbers est vide).")
    if known.is_empty():
        return canvas.message("Aucun essai ne donne des classes à comparer avec celles de l'étude.")
    varied = [name for name in PARAMETERS if tried[name].n_unique() > 1]
    if not varied:
        value = decimal(known["rand"].median(), 2)
        return canvas.message(f"Un seul réglage essayé : indice de Rand ajusté de {value} avec les classes de l'étude.")
    own = trials.filter(pl.col("trial") == 0).row(0, named=True)
    # a study that lets the number be chosen is compared with trials that ask for the number it got
    if own["number"] not in tried["number"]:
        own["number"] = own["number"] or own["n_classes"]
    tried = tried.with_columns(n_changed=pl.sum_horizontal((pl.col(n) != own[n]).cast(pl.Int64) for n in PARAMETERS))
    return _panels(tried, sorted(varied, key=lambda name: _rank(tried, name, own[name])), own, canvas.ink(palette, 1))


def _rank(tried: pl.DataFrame, name: str, own) -> tuple[float, str]:
    """Return the place of a setting: by the mean index of the trials in which it alone is changed."""
    alone = tried.filter((pl.col("n_changed") == 1) & (pl.col(name) != own))["rand"].mean()
    return (1.0 if alone is None else alone, name)


def _panels(tried: pl.DataFrame, varied: list[str], own: dict, tint: str) -> Figure:
    rows = {name: tried[name].unique().sort().to_list() for name in varied}
    height = TOP + BOTTOM + sum(HEAD + ROW * len(values) for values in rows.values())
    figure = canvas.new(WIDTH, height)
    limits = (min(0.0, tried["rand"].min()) - 0.02, 1.02)
    top, axes = height - TOP, None
    for name in varied:
        high = ROW * len(rows[name])
        top -= HEAD + high
        box = (LEFT / WIDTH, top / height, (WIDTH - LEFT - RIGHT) / WIDTH, high / height)
        axes = figure.add_axes(box, xlim=limits, ylim=(len(rows[name]) - 0.5, -0.5))
        _panel(axes, name, rows[name], own[name])
        for i, value in enumerate(rows[name]):
            _row(axes, i, tried.filter(pl.col(name) == value), value == own[name], tint)
        figure.text(0.12 / WIDTH, (top + high + 0.09) / height, TITLES[name], weight="bold", fontsize=9.5)
    _heads(figure, axes, height)
    _scale(figure, axes, height)
    return figure


def _panel(axes: Axes, name: str, values: list, own) -> None:
    edges = [axes.get_xlim()[0], *(bound for bound, _ in reversed(BANDS)), axes.get_xlim()[1]]
    for left, right, grey in zip(edges[:-1], edges[1:], GREYS, strict=True):
        axes.axvspan(left, right, color=grey, lw=0, zorder=0)
    axes.tick_params(length=0, labelbottom=False)
    axes.spines[:].set_visible(False)
    axes.set_yticks(range(len(values)), [_told(name, value) for value in values], fontsize=8.5)
    for value, label in zip(values, axes.get_yticklabels(), strict=True):
        label.set_fontweight("bold" if value == own else "normal")


def _row(axes: Axes, i: int, row: pl.DataFrame, is_own: bool, tint: str) -> None:
    """Draw the trials of one value at height i: dots, median, ring, and the numbers of these two."""
    axes.axhline(i, color=canvas.PALE, lw=0.6, zorder=1)
    known = row.filter(pl.col("rand").is_not_null()).sort("rand", "trial")
    rand = known["rand"].to_numpy()
    height = i + _offsets(rand, axes.get_xlim())
    axes.scatter(rand, height, s=11, color=tint, alpha=0.5, lw=0, zorder=2)
    texts = ["—", "" if is_own else "—"]
    if len(rand):
        median = float(np.median(rand))
        axes.plot([median, median], [i - 0.42, i + 0.42], color=canvas.INK, lw=2.2, solid_capstyle="butt", zorder=3)
        texts[0] = decimal(median, 2)
    alone = np.flatnonzero(known["n_changed"].to_numpy() == 1)
    if len(alone) and not is_own:
        at = int(alone[0])
        axes.scatter(
            rand[at], height[at], s=52, facecolor="none", edgecolor=canvas.INK, lw=1.4, zorder=4, clip_on=False
        )
        texts[1] = decimal(float(rand[at]), 2)
    for (place, _), text in zip(COLUMNS, texts, strict=True):
        style = {"xytext": (place * 72, 0), "textcoords": "offset points", "va": "center", "fontsize": 8.5}
        axes.annotate(text, (axes.get_xlim()[1], i), annotation_clip=False, **style)


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


def _heads(figure: Figure, axes: Axes, height: float) -> None:
    """Write, over the first panel, what the index is worth and what the numbers are."""
    line, size = (height - 0.2) / height, {"fontsize": 7.5, "color": canvas.FAINT}
    low, high = axes.get_xlim()
    edges = [max(low, 0.0), *(bound for bound, _ in reversed(BANDS)), 1.0]
    for left, right, name in zip(edges[:-1], edges[1:], (POOR, *(n for _, n in reversed(BANDS))), strict=True):
        x = LEFT + (WIDTH - LEFT - RIGHT) * ((left + right) / 2 - low) / (high - low)
        figure.text(x / WIDTH, line, name, ha="center", **size)
    for place, name in COLUMNS:
        figure.text((WIDTH - RIGHT + place) / WIDTH, line, name, **size)


def _scale(figure: Figure, axes: Axes, height: float) -> None:
    """Draw the scale under the last panel, and how to read the figure."""
    axes.tick_params(axis="x", labelbottom=True, length=3)
    ticks = [tick for tick in (-0.4, -0.2, 0.0, 0.2, 0.4, 0.6, 0.8, 1.0) if tick >= axes.get_xlim()[0]]
    axes.set_xticks(ticks, [decimal(tick, 1) for tick in ticks], fontsize=8)
    lines = (
        (0.42, "Accord avec les classes de l'étude (indice de Rand ajusté ; 0 : le hasard ; 1 : les mêmes classes)"),
        (0.26, "Un point : une classification. Trait : médiane de la ligne. En gras : le réglage de l'étude."),
        (0.1, "Cercle et « seul changé » : ce réglage change, les autres restent ceux de l'étude."),
    )
    for up, text in lines:
        figure.text(0.5, up / height, text, fontsize=8, color=canvas.FAINT, ha="center")
