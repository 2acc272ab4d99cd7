"""A cloud of words for each modality of the attributes, and the bars that compare them."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from matplotlib.figure import Figure

from verbatim.figures import bars, canvas, cloud_panels, labels, notes, word_cloud, word_wording
from verbatim.figures.cloud_panels import EDGE
from verbatim.typography import decimal, integer

MOST_MODALITIES = 8
CHANCE = 0.05


def draw(specificities: pl.DataFrame, words: int, palette: list[str], variables: Sequence[str] = ()) -> Figure:
    """Return the figure: for each variable, a cloud a modality of its `words` most specific active lemmas.

    The area of a word goes with its score (log10 of the probability of so many by chance). `variables`: those
    shown; empty: all with at most eight modalities, interviews apart.
    """
    known = specificities.group_by("variable").agg(pl.col("modality").n_unique()).sort("variable")
    shown = chosen(dict(known.iter_rows()), variables)
    if not shown:
        return canvas.message(_nothing(variables))
    parts = [(name, *_part(specificities.filter(variable=name), name, words, palette)) for name in shown]
    side_by_side = max(cloud_panels.across(len(panels)) for _, panels, _ in parts)
    width = cloud_panels.width(side_by_side)
    without = [name for name in variables if name not in shown]
    n_bars = min(bars.rows_in(max(high for *_, high in parts)), words)
    note = notes.wrapped([*_note(n_bars), _without(without)], width - 2 * EDGE)
    heights = [notes.HEADING_LINE + 0.1 + cloud_panels.height(own, high, side_by_side) for _, own, high in parts]
    figure = canvas.new(width, sum(heights) + notes.height(note) + 2 * EDGE)
    axes = canvas.in_inches(figure)
    top = figure.get_size_inches()[1] - EDGE
    for (name, panels, high), tall in zip(parts, heights, strict=True):
        notes.write_heading(axes, word_wording.variable(name), EDGE, top, width - 2 * EDGE)
        cloud_panels.write(axes, panels, top - notes.HEADING_LINE - 0.1, high, side_by_side)
        top -= tall
    notes.write(axes, note, EDGE, EDGE)
    return figure


def chosen(known: dict[str, int], variables: Sequence[str]) -> list[str]:
    """Return the variables to show: the named ones that are `known` (variable -> modalities), or those with few."""
    if variables:
        return [name for name in variables if name in known]
    return [name for name, n in known.items() if name != "interview" and n <= MOST_MODALITIES]


def _without(names: Sequence[str]) -> str:
    return f"Demandés, mais absents de specificities.variables : {', '.join(names)}." if names else ""


def _nothing(variables: Sequence[str]) -> str:
    if variables:
        return f"Aucune spécificité pour {', '.join(variables)} : voir specificities.variables dans config.yaml."
    return f"Aucun attribut comparé qui ait de deux à {MOST_MODALITIES} modalités : pas de nuage à montrer."


def _part(rows: pl.DataFrame, name: str, words: int, palette: list[str]) -> tuple[list[cloud_panels.Panel], float]:
    """Return the panels of a variable and the height of their clouds."""
    values = word_wording.order(name, rows["modality"].unique().to_list())
    sizes = dict(rows.select("modality", "t").unique().iter_rows())
    best = {i: strongest(rows.filter(modality=value), words) for i, value in enumerate(values)}
    found, high = cloud_panels.clouds(best, words)
    panels = []
    for i, value in enumerate(values):
        told = word_cloud.told(found[i], words, "score") or f"{integer(words)} mots"
        under = f"{integer(sizes[value])} occurrences · {told}"
        title = labels.wrap(word_wording.modality(name, value), 72 * cloud_panels.PANEL, cloud_panels.TITLE, "bold")
        tints = canvas.colour(palette, i + 1), canvas.ink(palette, i + 1)
        panels.append(cloud_panels.Panel(title, under, best[i], found[i], *tints))
    return panels, high


def strongest(rows: pl.DataFrame, words: int) -> list[bars.Bar]:
    """Return the `words` active lemmas of one modality with the largest positive scores, as bars."""
    best = rows.filter((pl.col("score") > 0) & (pl.col("status") == "active"))
    best = best.sort(["score", "f", "lemma", "pos"], descending=[True, True, False, False]).head(words)
    told = word_wording.with_words(best).select("word", "score", "p_adjusted").iter_rows()
    return [bars.Bar(word, score, decimal(score), p >= CHANCE) for word, score, p in told]


def _note(n_bars: int) -> list[str]:
    return [
        "Mots actifs plus dits que ne le voudrait le hasard (spécificités, Lafon 1980).",
        "Taille d'un mot : racine carrée de son score, log10 de la probabilité ; chaque nuage a sa propre échelle.",
        f"Barres : score des {n_bars} premiers mots, même échelle pour toutes les modalités d'un attribut.",
        "En gris : le hasard suffirait (p ajustée ≥\u00a00,05).",
    ]
