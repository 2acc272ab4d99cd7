"""The factor plane: words and classes on the first two axes."""

from __future__ import annotations

import numpy as np
import polars as pl
from matplotlib.figure import Figure

from verbatim.figures import canvas, labels
from verbatim.typography import percent

WIDTH, HEIGHT, MARGIN = 8.2, 7.2, 0.55


def draw(correspondence: pl.DataFrame, profiles: pl.DataFrame, words: int, palette: list[str]) -> Figure:
    """Return the plane of axes 1 and 2 in principal coordinates; the words that mark classes most."""
    if "coordinate_2" not in correspondence.columns or correspondence.is_empty():
        return canvas.message("Le plan factoriel demande au moins trois classes.")
    points = _points(correspondence, profiles, words)
    figure = canvas.new(WIDTH, HEIGHT)
    axes = _frame(figure, correspondence, points)
    anchors = axes.transData.transform(points.select("coordinate_1", "coordinate_2").to_numpy()) * 72 / figure.dpi
    sizes = points["size"].to_list()
    boxes = labels.sizes(points["label"].to_list(), sizes, "bold")
    edge = 0.6 * MARGIN * 72
    room = (WIDTH * 72 - 2 * edge, HEIGHT * 72 - 2 * edge)
    centres = labels.place(anchors - edge, boxes, room) + edge
    tints = [canvas.ink(palette, n) for n in points["class"]]
    _leaders(figure, anchors, centres, boxes, tints)
    heavy = (points["kind"] == "class").to_numpy()
    for bold in (False, True):
        chosen = np.flatnonzero(heavy == bold)
        labels.write(
            figure,
            [points["label"][int(i)] for i in chosen],
            centres[chosen],
            [sizes[i] for i in chosen],
            [tints[i] for i in chosen],
            "bold" if bold else "normal",
        )
    return figure


def _points(correspondence: pl.DataFrame, profiles: pl.DataFrame, words: int) -> pl.DataFrame:
    """Return the classes, then the words by decreasing χ²: label, kind, class, size and coordinates."""
    places = correspondence.select("kind", "term", "coordinate_1", "coordinate_2")
    marked = (
        profiles.filter((pl.col("kind") == "active") & (pl.col("chi2") > 0))
        .sort(["chi2", "term", "class"], descending=[True, False, False])
        .unique("term", keep="first", maintain_order=True)
        .with_columns(rank=pl.col("chi2").rank("ordinal", descending=True).over("class"))
        .sort(["rank", "chi2", "term"], descending=[False, True, False])
        .head(words)
        .sort(["chi2", "term"], descending=[True, False])
    )
    scale = (pl.col("chi2") / pl.col("chi2").max()).sqrt()
    shown = (
        marked.select("term", "class", kind=pl.lit("active"), label=pl.col("term"), size=7.5 + 6 * scale)
        .join(places, on=["kind", "term"], how="inner", maintain_order="left")
        .select("label", "kind", "class", "size", "coordinate_1", "coordinate_2")
    )
    own = places.filter(pl.col("kind") == "class").select(
        pl.format("Classe {}", "term").alias("label"),
        "kind",
        pl.col("term").cast(pl.Int64).alias("class"),
        pl.lit(13.0).alias("size"),
        "coordinate_1",
        "coordinate_2",
    )
    return pl.concat([own.sort("class"), shown])


def _frame(figure: Figure, correspondence: pl.DataFrame, points: pl.DataFrame):
    axes = figure.add_axes((MARGIN / WIDTH, MARGIN / HEIGHT, 1 - 2 * MARGIN / WIDTH, 1 - 2 * MARGIN / HEIGHT))
    for column, limits in (("coordinate_1", axes.set_xlim), ("coordinate_2", axes.set_ylim)):
        values = points[column].to_numpy()
        room = 0.06 * max(values.max() - values.min(), 1e-9)
        limits(min(values.min() - room, 0), max(values.max() + room, 0))
    axes.axhline(0, color=canvas.PALE, lw=1, zorder=0)
    axes.axvline(0, color=canvas.PALE, lw=1, zorder=0)
    axes.spines[:].set_visible(False)
    axes.set(xticks=[], yticks=[])
    first, second = (f"Axe {axis} : {percent(correspondence[f'inertia_{axis}'][0])} de l'inertie" for axis in (1, 2))
    figure.text(0.5, 0.012, first, ha="center", va="bottom", color=canvas.FAINT)
    figure.text(0.012, 0.5, second, ha="left", va="center", rotation=90, color=canvas.FAINT)
    return axes


def _leaders(figure: Figure, anchors: np.ndarray, centres: np.ndarray, boxes: np.ndarray, tints: list[str]) -> None:
    """Draw each word's point, and a thin line to its label where that had to move away."""
    size = np.array([WIDTH, HEIGHT]) * 72
    axes = figure.add_axes((0, 0, 1, 1), zorder=1)
    axes.set(xlim=(0, size[0]), ylim=(0, size[1]))
    axes.axis("off")
    for anchor, centre, box, tint in zip(anchors, centres, boxes, tints, strict=True):
        if np.any(np.abs(anchor - centre) > box / 2):
            reach = np.min(box / 2 / np.maximum(np.abs(anchor - centre), 1e-9))
            edge = centre + (anchor - centre) * min(1.0, reach)
            axes.plot(*zip(anchor, edge, strict=True), color=tint, lw=0.5, alpha=0.4)
            axes.plot(*anchor, marker="o", ms=2.2, color=tint)
