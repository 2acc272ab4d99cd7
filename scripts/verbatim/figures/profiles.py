"""Profiles of the classes: bars of χ² of the words that mark each most."""

from __future__ import annotations

import math

import polars as pl
from matplotlib.figure import Figure

from verbatim.figures import canvas
from verbatim.figures.dendrogram import best_words
from verbatim.typography import decimal, integer

ACROSS, PANEL, LINE = 3, 2.9, 0.19


def draw(classes: pl.DataFrame, profiles: pl.DataFrame, words: int, palette: list[str]) -> Figure:
    """Return the figure: one panel a class, all on the same scale of χ²."""
    numbers = classes.filter(pl.col("class") > 0)["class"].unique().sort().to_list()
    if not numbers:
        return canvas.message("Aucune classe, donc aucun profil à montrer.")
    across = min(ACROSS, len(numbers))
    down = math.ceil(len(numbers) / across)
    high = LINE * words + 0.55
    figure = canvas.new(PANEL * across + 0.3, high * down + 0.25)
    best = {number: best_words(profiles, number, words) for number in numbers}
    largest = max((chi2 for rows in best.values() for _, chi2 in rows), default=1.0)
    width, height = figure.get_size_inches()
    for i, number in enumerate(numbers):
        left, bottom = PANEL * (i % across) + 1.3, height - high * (i // across + 1) + 0.08
        axes = figure.add_axes((left / width, bottom / height, (PANEL - 1.62) / width, LINE * words / height))
        n = classes.filter(pl.col("class") == number).height
        _draw_panel(axes, best[number], words, largest, canvas.colour(palette, number))
        figure.text((left - 1.1) / width, (bottom + LINE * words + 0.14) / height, f"Classe {number}", weight="bold")
        where = ((left - 0.28) / width, (bottom + LINE * words + 0.14) / height)
        figure.text(*where, f"{integer(n)} segments", color=canvas.FAINT, fontsize=8)
    return figure


def _draw_panel(axes, rows: list[tuple[str, float]], words: int, largest: float, tint: str) -> None:
    axes.set(xlim=(0, largest), ylim=(words - 0.4, -0.6), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    axes.axvline(0, color=canvas.FAINT, lw=0.8)
    for i, (word, chi2) in enumerate(rows):
        axes.barh(i, chi2, height=0.66, color=tint)
        axes.text(-0.03 * largest, i, canvas.short(word, 18), ha="right", va="center", fontsize=8.5)
        axes.text(chi2 + 0.03 * largest, i, decimal(chi2), ha="left", va="center", fontsize=7, color=canvas.FAINT)
