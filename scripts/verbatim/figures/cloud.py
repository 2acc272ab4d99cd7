"""Word cloud of an analysis, with the bars that a cloud cannot replace."""

from __future__ import annotations

from random import Random

import polars as pl
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.textpath import TextPath
from wordcloud import WordCloud

from verbatim.figures import canvas
from verbatim.typography import integer

WIDTH, HEIGHT, CLOUD_PIXELS = 9.6, 4.8, (1000, 760)
BARS = 20
# pixels
LARGEST, SMALLEST = (120, 100, 84, 70, 58, 48, 40, 34), 11


def draw(lemmas: pl.DataFrame, words: int, colour: str, seed: int) -> Figure:
    """Return the figure: cloud of the most frequent active lemmas (size: occurrences), bars beside it."""
    best = (
        lemmas.filter(pl.col("status") == "active")
        .group_by("lemma")
        .agg(pl.col("n_occurrences").sum())
        .sort(["n_occurrences", "lemma"], descending=[True, False])
        .head(words)
    )
    if best.is_empty():
        return canvas.message("Aucun mot actif : rien à mettre dans un nuage.")
    figure = canvas.new(WIDTH, HEIGHT)
    _draw_cloud(figure.add_axes((0.005, 0.02, 0.64, 0.96)), dict(best.iter_rows()), colour, seed)
    _draw_bars(figure.add_axes((0.78, 0.03, 0.165, 0.94)), best.head(BARS), colour)
    return figure


def _draw_cloud(axes, counts: dict[str, int], colour: str, seed: int) -> None:
    font = font_manager.findfont("DejaVu Sans")
    layout = _layout(counts, font, seed)
    axes.set(xlim=(0, CLOUD_PIXELS[0]), ylim=(CLOUD_PIXELS[1], 0), aspect="equal")
    axes.axis("off")
    box = axes.get_position()
    scale = 72 * min(WIDTH * box.width / CLOUD_PIXELS[0], HEIGHT * box.height / CLOUD_PIXELS[1])
    properties = font_manager.FontProperties(fname=font)
    for (word, share), size, (row, column), _, _ in layout:
        # wordcloud puts the ink's upper left corner at (column, row)
        ink = TextPath((0, 0), word, size=size, prop=properties).get_extents()
        style = {"fontproperties": properties, "fontsize": size * scale, "color": colour, "alpha": 0.55 + 0.45 * share}
        axes.text(column - ink.x0, row + ink.y1, word, ha="left", va="baseline", **style)
    if len(layout) < len(counts):
        told = f"{integer(len(layout))} des {integer(len(counts))} mots : les autres n'ont pas trouvé place"
        axes.text(0, CLOUD_PIXELS[1], told, ha="left", va="top", fontsize=7, color=canvas.FAINT)


def _layout(counts: dict[str, int], font: str, seed: int) -> list:
    """Return wordcloud's layout with letters as large as leave room for every word."""
    for largest in LARGEST:
        cloud = WordCloud(
            font_path=font,
            width=CLOUD_PIXELS[0],
            height=CLOUD_PIXELS[1],
            prefer_horizontal=1.0,
            relative_scaling=0.5,
            min_font_size=SMALLEST,
            max_font_size=largest,
            max_words=len(counts),
            margin=5,
            random_state=Random(seed),
        ).generate_from_frequencies(counts)
        if len(cloud.layout_) == len(counts):
            break
    return cloud.layout_


def _draw_bars(axes, best: pl.DataFrame, colour: str) -> None:
    axes.set(ylim=(best.height - 0.4, -0.6), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    largest = best["n_occurrences"][0]
    axes.set_xlim(0, largest)
    for i, (word, n) in enumerate(best.iter_rows()):
        axes.barh(i, n, height=0.66, color=colour)
        axes.text(-0.04 * largest, i, canvas.short(word, 16), ha="right", va="center", fontsize=8.5)
        axes.text(n + 0.04 * largest, i, integer(n), ha="left", va="center", fontsize=7.5, color=canvas.FAINT)
