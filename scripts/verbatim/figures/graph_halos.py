"""The halos of a similarity graph: which communities have one, and how firm they are."""

from __future__ import annotations

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from verbatim import layout
from verbatim.figures import graph_colours
from verbatim.figures.graph_colours import Colours
from verbatim.figures.graph_sheet import Sheet

# Mean Jaccard index under which a cluster is held to dissolve (Hennig 2007).
FIRM = 0.5
FEWEST = 2
DASHES = (0, (3.2, 2.2))
GROUND = "#FFFFFF"


def drawn(nodes: pl.DataFrame) -> set[int]:
    """Return the communities of the words `nodes` of a graph that have a halo: those of two words or more."""
    return set(nodes.group_by("community").len().filter(pl.col("len") >= FEWEST)["community"])


def fragile(communities: pl.DataFrame) -> set[int]:
    """Return those of the rows of graphs/communities that are not found again when rows are drawn again."""
    return set(communities.filter(pl.col("stability") < FIRM)["community"])


def draw(
    board: Axes, sheet: Sheet, communities: np.ndarray, tree: tuple[np.ndarray, np.ndarray], colours: Colours, weak
) -> list[str]:
    """Draw the halos; return the ground (n,) on which each word stands.

    `communities` (n,) of the words, `tree`: the ends (m,) of the links that join halos, `weak`: the communities whose
    line is broken.
    """
    found = layout.halos(sheet.centres, sheet.sides, communities, *tree)
    grounds = [GROUND] * len(communities)
    for number, loops in found.items():
        own = np.flatnonzero(communities == number)
        if len(own) < FEWEST:
            continue
        ground, line = graph_colours.halo(colours.palette, graph_colours.majority(colours.numbers[own]))
        for word in own.tolist():
            grounds[word] = ground
        outline = Path.make_compound_path(*(Path(np.vstack([loop, loop[:1]]), closed=True) for loop in loops))
        style = {"lw": 0.8, "ls": DASHES if number in weak else "-", "joinstyle": "round"}
        board.add_patch(PathPatch(outline, fc=ground, ec=line, zorder=0, **style))
    return grounds
