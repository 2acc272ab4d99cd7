"""The lines of a classification tree, whichever way it is turned."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes

from verbatim.figures import canvas
from verbatim.figures.tree_shape import Leaf, Split, leaves, splits

Point = Callable[[float, float], tuple[float, float]]
WEIGHT, LINK_WEIGHT, NUMBER = 1.4, 1.6, 7.5
ROOT_SHARE = 0.4
CURVE = 24


def draw(axes: Axes, top: Split | Leaf, places: Mapping[int, float], depth: float, point: Point) -> None:
    """Draw the tree whose leaf of node n stands at breadth `places[n]`; the root is at 0, leaves at `depth`.

    Earlier splits are nearer to the root. `point`: (breadth, depth) -> (x, y) on `axes`, in inches.
    """
    ordered = sorted(splits(top), key=lambda split: split.order)
    step = depth / (len(ordered) + ROOT_SHARE)
    depths = {split.node: step * (rank + ROOT_SHARE) for rank, split in enumerate(ordered)}

    def line(*ends: tuple[float, float]) -> None:
        xs, ys = zip(*(point(*end) for end in ends), strict=True)
        axes.plot(xs, ys, color=canvas.INK, lw=WEIGHT, solid_capstyle="round")

    def visit(shape: Split | Leaf) -> tuple[float, float]:
        if isinstance(shape, Leaf):
            return places[shape.node], depth
        ends, own = [visit(daughter) for daughter in shape.daughters], depths[shape.node]
        for breadth, end in ends:
            line((breadth, own), (breadth, end))
        breadths = [breadth for breadth, _ in ends]
        line((min(breadths), own), (max(breadths), own))
        return (min(breadths) + max(breadths)) / 2, own

    breadth, own = visit(top)
    line((breadth, 0.0), (breadth, own))


def spread(top: Split | Leaf, breadth: float) -> dict[int, float]:
    """Return node -> place of the leaves, evenly spread over `breadth`."""
    found = leaves(top)
    return {leaf.node: breadth * (i + 0.5) / len(found) for i, leaf in enumerate(found)}


def link(
    axes: Axes, top: Split | Leaf, places: Mapping[int, float], columns: Mapping[int, float], ends: Sequence[float],
    point: Point, palette: list[str],
) -> None:  # fmt: skip
    """Draw a curve from each leaf to its class at `columns[number]`, its number beside the leaf.

    `ends`: depths of the leaves and of the classes.
    """
    share = np.linspace(0, 1, CURVE)
    for leaf in leaves(top):
        start, end = places[leaf.node], columns[leaf.number]
        bent = start + (end - start) * (3 * share**2 - 2 * share**3)
        xy = [point(b, ends[0] + (ends[1] - ends[0]) * s) for b, s in zip(bent, share, strict=True)]
        axes.plot(*zip(*xy, strict=True), color=canvas.colour(palette, leaf.number), lw=LINK_WEIGHT, zorder=1)
        patch = {"boxstyle": "circle,pad=0.22", "fc": "white", "ec": canvas.INK, "lw": 0.7}
        style = {"fontsize": NUMBER, "ha": "center", "va": "center", "bbox": patch, "zorder": 4}
        axes.text(*point(start, ends[0]), str(leaf.number), **style)
