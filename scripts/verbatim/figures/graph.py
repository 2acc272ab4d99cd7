"""The similarity graph: links as wide as their weight, words in the colour of their class, communities as halos."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from verbatim import layout
from verbatim.figures import canvas, graph_colours, graph_frame, graph_halos, graph_scales, graph_sheet, graph_wording
from verbatim.figures.graph_colours import Colours
from verbatim.figures.graph_frame import Frame
from verbatim.figures.graph_sheet import Sheet

# points: an A4 page on its side with margins of 7 mm
PAGE = 555.0
TRIES = 4


def draw(
    about: Mapping,
    nodes: pl.DataFrame,
    edges: pl.DataFrame,
    communities: pl.DataFrame,
    palette: list[str],
    names: Mapping[int, str] | None = None,
    modalities: Sequence[str] = (),
) -> Figure:
    """Return the figure of one graph.

    `about`: its row of graphs/summary; `nodes`, `edges`, `communities`: its rows of those tables; `names`: class ->
    name given by the researcher; `modalities`: those of the attribute that colours the words, in order. Labels never
    overlap, and have 6 points or more; a graph that an A4 page cannot hold so is larger than the page.
    """
    names = names or {}
    if nodes.is_empty():
        why = " ".join(graph_wording.warnings(about)) or "Aucun mot à montrer."
        return canvas.message(f"{graph_wording.title(about, names)}\n\n{why}")
    nodes, shown = nodes.sort("lemma"), edges.filter("shown").sort("in_tree", "weight", "source", "target")
    colours = graph_colours.of_words(nodes, about["colour"], modalities, palette, names)
    told = [colours.label(word, n) for word, n in zip(nodes["lemma"], colours.numbers.tolist(), strict=True)]
    widths = graph_scales.widths(shown["weight"].to_numpy()) if shown.height else None
    sheet, frame = _fitted(about, (nodes, shown, communities), names, colours, widths, told)
    board = graph_frame.board(sheet, frame)
    ends, in_tree = _ends(nodes, shown), shown["in_tree"].to_numpy()
    tree = tuple(side[in_tree] for side in ends)
    fragile = graph_halos.fragile(communities)
    grounds = graph_halos.draw(board, sheet, nodes["community"].to_numpy(), tree, colours, fragile)
    if widths:
        _draw_links(board, sheet, ends, widths.of(shown["weight"].to_numpy()), in_tree)
    _write_words(board, sheet, told, colours, grounds)
    graph_frame.draw(board, frame, float(sheet.size[1]), palette)
    return board.figure


def _fitted(about: Mapping, tables, names: Mapping[int, str], colours: Colours, widths, told) -> tuple[Sheet, Frame]:
    """Return sheet and frame that a page holds together, as far as legible labels let it."""
    nodes = tables[0]
    fonts, places = layout.font_sizes(nodes["frequency"].to_numpy()), nodes.select("x", "y").to_numpy()
    highest = graph_sheet.HIGHEST
    for _ in range(TRIES):
        sheet = graph_sheet.lay(told, fonts, places, highest)
        frame = graph_frame.around(about, tables, names, colours, widths, sheet)
        beyond = float(sheet.size[1]) + frame.above + frame.below - PAGE
        if beyond <= 0:
            break
        highest = max(highest - beyond, PAGE / 2)
    return sheet, frame


def _ends(nodes: pl.DataFrame, shown: pl.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    place = {word: k for k, word in enumerate(nodes["lemma"])}
    return tuple(np.array([place[word] for word in shown[side]], dtype=np.int64) for side in ("source", "target"))


def _draw_links(board: Axes, sheet: Sheet, ends, widths: np.ndarray, in_tree: np.ndarray) -> None:
    for a, b, width, tree in zip(*(side.tolist() for side in ends), widths.tolist(), in_tree.tolist(), strict=True):
        tint, level = (graph_scales.TREE, 2) if tree else (graph_scales.OTHER, 1)
        board.plot(*sheet.centres[[a, b]].T, color=tint, lw=width, solid_capstyle="round", zorder=level)


def _write_words(board: Axes, sheet: Sheet, told: list[str], colours: Colours, grounds: list[str]) -> None:
    rows = zip(told, sheet.centres, sheet.fonts, sheet.heavy, colours.numbers.tolist(), grounds, strict=True)
    for text, (x, y), font, heavy, number, ground in rows:
        patch = {"boxstyle": "round,pad=0.08", "fc": ground, "ec": "none", "lw": 0, "alpha": 0.86}
        style = {"ha": "center", "va": "center", "weight": "bold" if heavy else "normal"}
        board.text(x, y, text, fontsize=font, color=colours.ink(number), bbox=patch, zorder=4, **style)
