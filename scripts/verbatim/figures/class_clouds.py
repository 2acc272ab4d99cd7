"""A cloud of words for each class, and the bars that compare its words."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from matplotlib.figure import Figure

from verbatim.figures import bars, canvas, class_titles, cloud_panels, notes, word_cloud
from verbatim.figures.cloud_panels import EDGE
from verbatim.figures.profiles import best_words
from verbatim.typography import decimal, integer


def draw(
    classes: pl.DataFrame,
    profiles: pl.DataFrame,
    words: int,
    palette: list[str],
    names: Mapping[int, str] | None = None,
) -> Figure:
    """Return the figure: a cloud for each class of its `words` active lemmas of largest χ², with bars beside.

    The font size is proportional to the square root of χ², so that the area of a word goes with its χ²,
    and is never under a legible one; the largest word of every class is as large as room allows. The bars
    have the same scale in all classes.
    """
    counted = class_titles.sizes(classes)
    if not counted:
        return canvas.message("Aucune classe, donc aucun nuage à montrer.")
    best = {
        number: [bars.Bar(word, chi2, decimal(chi2, 0 if chi2 >= 100 else 1)) for word, chi2 in own]
        for number, own in ((number, best_words(profiles, number, words)) for number in counted)
    }
    found, high = cloud_panels.clouds(best, words)
    panels = [
        _panel(number, counted[number], best[number], found[number], words, palette, names or {}) for number in best
    ]
    side_by_side = cloud_panels.across(len(panels))
    width = cloud_panels.width(side_by_side)
    note = notes.wrapped(_note(len(panels), min(bars.rows_in(high), words)), width - 2 * EDGE)
    height = cloud_panels.height(panels, high, side_by_side) + notes.height(note) + 2 * EDGE
    figure = canvas.new(width, height)
    axes = canvas.in_inches(figure)
    cloud_panels.write(axes, panels, height - EDGE, high, side_by_side)
    notes.write(axes, note, EDGE, EDGE)
    return figure


def _panel(
    number: int,
    n_segments: int,
    best: list[bars.Bar],
    own: word_cloud.Cloud,
    words: int,
    palette: list[str],
    names: Mapping[int, str],
) -> cloud_panels.Panel:
    title = class_titles.lines(number, names, 72 * cloud_panels.PANEL, cloud_panels.TITLE)
    under = f"{integer(n_segments)} segments · {word_cloud.told(own, words) or f'{integer(words)} mots'}"
    return cloud_panels.Panel(title, under, best, own, canvas.colour(palette, number), canvas.ink(palette, number))


def _note(count: int, n_bars: int) -> list[str]:
    sizes = "Taille d'un mot : racine carrée de son χ² dans la classe"
    several = count > 1
    return [
        sizes + (" ; chaque nuage a sa propre échelle." if several else "."),
        f"Barres : χ² des {n_bars} premiers mots" + (", même échelle partout." if several else "."),
    ]
