"""How large and how rich the vocabulary is: Zipf's line, growth, lengths of segments, richness of each interview."""

from __future__ import annotations

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from verbatim import richness
from verbatim.figures import canvas, labels, notes, richness_dots
from verbatim.typography import decimal, integer, percent

# inches
WIDTH, EDGE, LEFT, BOTTOM, GAP = 9.2, 0.15, 0.62, 0.5, 0.45
PANEL, TALL, LOW = 3.75, 2.75, 1.9
TITLE = 10.0
POINTS, NAMED = 240, (1, 3, 10, 30, 100, 300, 1000)
MOST_BARS, MOST_CURVES, CURVE = 80, 500, 12
CLEAR = {"boxstyle": "square,pad=0.1", "fc": "#FFFFFF", "ec": "none", "lw": 0, "alpha": 0.8}


def draw(
    forms: pl.DataFrame,
    growth: pl.DataFrame,
    segment_lengths: pl.DataFrame,
    statistics: pl.DataFrame,
    palette: list[str],
) -> Figure:
    """Return the figure of lexicon/forms, lexicon/growth, lexicon/segment_lengths and lexicon/statistics.

    Frequency by rank with the line of least squares, forms met by length, segments by length, and the
    richness of each interview and modality by two measures that stand unequal lengths.
    """
    corpus = statistics.filter(variable="all")
    if corpus.is_empty() or not corpus["n_occurrences"][0]:
        return canvas.message("Aucun mot de participant : pas de vocabulaire à mesurer.")
    whole = corpus.row(0, named=True)
    dots = richness_dots.prepare(statistics)
    note = notes.wrapped(_note(), WIDTH - 2 * EDGE)
    upper = 2 * (GAP + BOTTOM) + TALL + LOW
    height = upper + richness_dots.height(dots) + notes.height(note) + 2 * EDGE
    figure = canvas.new(WIDTH, height)
    right = WIDTH - EDGE - PANEL
    first = height - EDGE - GAP - TALL
    second = first - BOTTOM - GAP - LOW
    _draw_zipf(_panel(figure, (LEFT, first, PANEL, TALL)), forms, palette)
    _draw_growth(_panel(figure, (right, first, PANEL, TALL)), growth, whole, palette)
    _draw_lengths(_panel(figure, (LEFT, second, PANEL, LOW)), segment_lengths, palette)
    board = canvas.in_inches(figure)
    _write_counts(board, whole, (right, second + LOW))
    richness_dots.draw(board, dots, (EDGE, second - BOTTOM, WIDTH - 2 * EDGE), palette)
    notes.write(board, note, EDGE, EDGE)
    return figure


def _panel(figure: Figure, place: tuple[float, float, float, float]) -> Axes:
    """Return axes at `place` (left, bottom, width, height in inches)."""
    width, height = figure.get_size_inches()
    left, bottom, wide, high = place
    axes = figure.add_axes((left / width, bottom / height, wide / width, high / height))
    axes.tick_params(labelsize=7.5, length=3, colors=canvas.FAINT)
    return axes


def _title(axes: Axes, title: str, across: str, up: str) -> None:
    size = labels.fitting(title, 72 * PANEL, TITLE, "bold")
    axes.set_title(title, fontsize=size, loc="left", weight="bold", pad=8)
    axes.set_xlabel(across, fontsize=7.5)
    axes.set_ylabel(up, fontsize=7.5)


def _logarithmic(axes: Axes, across: float, up: float) -> None:
    """Give both axes powers of ten, from 1 to beyond `across` and `up`."""
    axes.set(xscale="log", yscale="log", xlim=(0.8, 1.6 * across), ylim=(0.8, 1.6 * up))
    for axis, largest in ((axes.xaxis, across), (axes.yaxis, up)):
        ticks = 10 ** np.arange(int(np.log10(max(largest, 1))) + 1)
        axis.set_ticks(ticks, [integer(int(tick)) for tick in ticks])
        axis.set_ticks([], minor=True)


def _draw_zipf(axes: Axes, forms: pl.DataFrame, palette: list[str]) -> None:
    counted = forms.group_by("form").agg(pl.col("n_occurrences").sum())
    counted = counted.sort(["n_occurrences", "form"], descending=[True, False])
    n = counted["n_occurrences"].to_numpy()
    line = richness.zipf(n, np.zeros(len(n), dtype=np.int64), 1)
    slope, intercept, r2 = (float(values[0]) for values in line)
    _logarithmic(axes, len(n), n[0])
    shown = np.unique(np.geomspace(1, len(n), POINTS).round().astype(int))
    axes.plot(shown, n[shown - 1], ls="none", marker="o", ms=3, mew=0, color=palette[0], zorder=2)
    told = "une seule forme : pas de droite"
    if np.isfinite(slope):
        ends = np.array([1.0, len(n)])
        axes.plot(ends, 10**intercept * ends**slope, color=canvas.INK, lw=1, zorder=3)
        told = f"pente {decimal(slope, 2).replace('-', '−')}, r² {decimal(r2, 3)}"
    for rank in NAMED:
        if rank <= len(n):
            word = canvas.short(counted["form"][rank - 1], 14)
            # the line runs above the first points and below the others
            below = np.isfinite(slope) and n[rank - 1] < 10**intercept * rank**slope
            style = {"ha": "right" if below and rank >= 10 else "left", "va": "top" if below else "bottom"}
            style |= {"fontsize": 7, "zorder": 4, "bbox": CLEAR}
            offset = (-3, -5) if below else (4, 3)
            axes.annotate(word, (rank, n[rank - 1]), offset, textcoords="offset points", **style)
    _title(axes, f"Loi de Zipf : {told}", "rang de la forme", "occurrences")


def _draw_growth(axes: Axes, growth: pl.DataFrame, whole: dict, palette: list[str]) -> None:
    _logarithmic(axes, whole["n_occurrences"], whole["n_forms"])
    curves = _curves(growth.filter(variable="interview"))
    axes.add_collection(LineCollection(curves, colors="#9A9A9A", linewidths=0.6, alpha=0.7, zorder=1))
    own = growth.filter(variable="all").sort("n_occurrences")
    axes.plot(own["n_occurrences"], own["n_forms"], color=palette[0], lw=2, zorder=2)
    style = {"fontsize": 7.5, "ha": "right", "va": "bottom", "weight": "bold", "color": canvas.ink(palette, 1)}
    at = (whole["n_occurrences"], whole["n_forms"])
    axes.annotate(f"{integer(at[1])} formes", at, (4, 5), textcoords="offset points", **style)
    n = growth.filter(variable="interview")["modality"].n_unique()
    told = (
        f"{integer(len(curves))} des {integer(n)} entretiens" if len(curves) < n else f"chaque entretien ({integer(n)})"
    )
    axes.text(0.97, 0.05, f"en gris : {told}", transform=axes.transAxes, ha="right", fontsize=7, color=canvas.FAINT)
    beta = whole["heaps_beta"]
    told = "" if beta is None else f" : β {decimal(beta, 2)}, r² {decimal(whole['heaps_r2'] or 0, 3)}"
    _title(axes, f"Croissance (Heaps){told}", "occurrences lues", "formes rencontrées")


def _curves(growth: pl.DataFrame) -> list[np.ndarray]:
    """Return the curve (at most a dozen points of it) of each interview, of some evenly chosen where they are many."""
    own = growth.sort("modality", "n_occurrences").partition_by("modality", maintain_order=True)
    chosen = np.unique(np.linspace(0, len(own) - 1, min(len(own), MOST_CURVES)).round().astype(int))
    found = []
    for rows in (own[i].select("n_occurrences", "n_forms").to_numpy() for i in chosen):
        found.append(rows[np.unique(np.geomspace(1, len(rows), CURVE).round().astype(int)) - 1])
    return found


def _draw_lengths(axes: Axes, segment_lengths: pl.DataFrame, palette: list[str]) -> None:
    length, n = (segment_lengths.sort("length")[name].to_numpy() for name in ("length", "n_segments"))
    step = 1 + int((length.max() - length.min()) / MOST_BARS)
    bins = (length - length.min()) // step
    high = np.bincount(bins, weights=n)
    left = length.min() + step * np.arange(len(high)) - 0.5
    axes.bar(left, high, width=0.86 * step, align="edge", color=palette[0])
    mean = float((length * n).sum() / n.sum())
    axes.axvline(mean, color=canvas.INK, lw=1, ls=(0, (4, 2)))
    axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _: integer(round(value)))
    up = "segments" if step == 1 else f"segments (par {step} occurrences)"
    title = f"Longueur des {integer(int(n.sum()))} segments : {decimal(mean)} en moyenne"
    _title(axes, title, "occurrences, ponctuation comprise", up)


def _write_counts(board: Axes, whole: dict, place: tuple[float, float]) -> None:
    """Write the counts of the analysis, one a line, from their upper left corner at `place`."""
    left, top = place
    board.text(left, top + 0.11, "En tout", fontsize=TITLE, weight="bold", va="bottom")
    told = [
        (integer(whole["n_interviews"]), "entretiens"),
        (integer(whole["n_turns"]), "tours de parole"),
        (integer(whole["n_segments"]), "segments"),
        (integer(whole["n_occurrences"]), f"occurrences, dont {integer(whole['n_active'])} actives"),
        (integer(whole["n_forms"]), "formes distinctes"),
        (integer(whole["n_lemmas"]), "lemmes distincts"),
        (integer(whole["n_hapax"]), f"hapax : {percent(whole['n_hapax'] / whole['n_forms'])} des formes"),
    ]
    for k, (number, what) in enumerate(told):
        y = top - 0.08 - 0.235 * k
        board.text(left + 0.62, y, number, fontsize=9, weight="bold", ha="right", va="center_baseline")
        board.text(left + 0.7, y, what, fontsize=8.5, va="center_baseline")


def _note() -> list[str]:
    return [
        "Droites ajustées aux logarithmes par les moindres carrés.",
        "MATTR : part de formes distinctes dans une fenêtre glissante (Covington et McFall 2010) ; MTLD : nombre moyen "
        "de mots avant que cette part tombe à 0,72 (McCarthy et Jarvis 2010) ; toutes deux supportent des textes de "
        "longueurs inégales.",
    ]
