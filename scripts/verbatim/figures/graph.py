"""The similarity graph: maximum tree, communities as halos, words in the colour of their class."""

from __future__ import annotations

import numpy as np
import polars as pl
from matplotlib.figure import Figure
from matplotlib.patches import Polygon
from scipy.spatial import ConvexHull

from verbatim.figures import canvas
from verbatim.layout import boxes, font_sizes

LARGEST_SIDE, MARGIN, SMALLEST_SIDE = 11.0, 0.35, 5.0
HALO = 9.0


def draw(nodes: pl.DataFrame, edges: pl.DataFrame, palette: list[str]) -> Figure:
    """Return the figure of one graph; edges outside the maximum tree are dotted."""
    if nodes.height < 2 or edges.is_empty():
        return canvas.message("Aucune cooccurrence entre les mots retenus : pas de graphe.")
    centres = nodes.select("x", "y").to_numpy()
    words = nodes["lemma"].to_list()
    fonts = font_sizes(nodes["frequency"].to_numpy())
    sides = boxes(words, fonts)
    low, high = (centres - sides / 2).min(axis=0), (centres + sides / 2).max(axis=0)
    span = (high - low) / 72
    scale = min(1.0, (LARGEST_SIDE - 2 * MARGIN) / span.max())
    size = np.maximum(span * scale + 2 * MARGIN, (SMALLEST_SIDE, 3.0))
    figure = canvas.new(*size)
    axes = figure.add_axes((0, 0, 1, 1))
    middle, reach = (low + high) / 2, size * 36 / scale
    axes.set(xlim=(middle[0] - reach[0], middle[0] + reach[0]), ylim=(middle[1] - reach[1], middle[1] + reach[1]))
    axes.axis("off")
    _draw_halos(axes, nodes, centres, sides)
    _draw_edges(axes, dict(zip(words, centres, strict=True)), edges)
    for word, (x, y), font, number in zip(words, centres, fonts * scale, nodes["class"], strict=True):
        tint = canvas.ink(palette, number) if number else canvas.INK
        weight = "bold" if font > 10 * scale else "normal"
        patch = {"boxstyle": "round,pad=0.12", "fc": "white", "ec": "none", "alpha": 0.82}
        axes.text(x, y, word, fontsize=font, color=tint, ha="center", va="center", weight=weight, bbox=patch, zorder=4)
    return figure


def _draw_halos(axes, nodes: pl.DataFrame, centres: np.ndarray, sides: np.ndarray) -> None:
    """Draw, behind each community of three words or more, the hull of their label boxes."""
    communities = nodes["community"].to_numpy()
    for number in np.unique(communities):
        chosen = communities == number
        if chosen.sum() < 3:
            continue
        half = sides[chosen] / 2
        corners = np.concatenate([centres[chosen] + half * sign for sign in ((1, 1), (1, -1), (-1, 1), (-1, -1))])
        hull = corners[ConvexHull(corners).vertices]
        axes.add_patch(Polygon(hull, closed=True, fc="#EEF1F4", ec="#EEF1F4", lw=HALO, joinstyle="round", zorder=0))


def _draw_edges(axes, places: dict[str, np.ndarray], edges: pl.DataFrame) -> None:
    low, high = edges["weight"].min(), edges["weight"].max()
    for source, target, weight, in_tree in edges.select("source", "target", "weight", "in_tree").iter_rows():
        share = (weight - low) / (high - low) if high > low else 0.5
        ends = np.array([places[source], places[target]])
        if in_tree:
            axes.plot(*ends.T, color="#9AA3AB", lw=0.8 + 4.2 * share, solid_capstyle="round", zorder=2)
        else:
            axes.plot(*ends.T, color="#C3C9CE", lw=0.7, ls=(0, (2, 2)), zorder=1)
