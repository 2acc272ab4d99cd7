"""The complete tree of a classification: every split, the classes, and what was set aside, when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from verbatim.figures import canvas, class_titles, labels
from verbatim.figures.tree_shape import Leaf, Split, complete, leaves, splits
from verbatim.typography import decimal, integer, percent

# inches
MARGIN, ROW, HEAD, FOOT, TITLE_WIDTH = 0.15, 0.28, 0.3, 0.42, 3.5
STEP, SHORTEST, LONGEST, SPLIT_LABEL = 0.42, 1.2, 6.0, 2.1
# points
SMALL, TITLE = 7.0, 8.5
ASIDE = "#8A8A8A"
REASONS = {
    "small_leaf": "dans un groupe trop petit",
    "row_lost": "sans forme commune avec les autres",
    "no_active_form": "sans forme active",
    "trees_disagree": "que les deux arbres ne classent pas ensemble",
}


@dataclass(frozen=True)
class Board:
    """Where one tree is drawn: axes in inches, top of its first row, where its leaves end, and its splits in order."""

    axes: Axes
    top: float
    right: float
    step: float
    ranks: dict[int, int]
    names: Mapping[int, str]
    palette: list[str]


def draw(
    tree: pl.DataFrame, classes: pl.DataFrame, palette: list[str], names: Mapping[int, str] | None = None
) -> Figure:
    """Return the figure; the splits go from left to right in the order in which they were made.

    `tree`, `classes`: classes/tree and classes/segments; `names`: class -> name. Each split bears its
    number, the segments that it parted and its χ²; groups that were set aside are grey.
    """
    shapes = [shape for shape in (complete(tree, which) for which in (1, 2)) if isinstance(shape, Split)]
    if not shapes:
        return canvas.message("Aucune division : trop peu de segments, ou tous semblables.")
    most = max(sum(1 for _ in splits(shape)) for shape in shapes)
    step = min(STEP, LONGEST / most)
    right = MARGIN + max(SHORTEST, step * most) + SPLIT_LABEL
    titles = _rows(shapes, names or {})
    height = FOOT + sum(HEAD * (len(shapes) > 1) + sum(rows) for rows in titles) + 0.1
    figure = canvas.new(right + TITLE_WIDTH + MARGIN, height)
    axes = canvas.in_inches(figure)
    top = height - 0.1
    for i, (shape, rows) in enumerate(zip(shapes, titles, strict=True)):
        if len(shapes) > 1:
            told = ("Premier arbre", "Second arbre")[i]
            axes.text(MARGIN, top - HEAD / 2, told, weight="bold", fontsize=TITLE, va="center")
            top -= HEAD
        ranks = {s.node: k for k, s in enumerate(sorted(splits(shape), key=lambda s: s.order), start=1)}
        _draw_tree(Board(axes, top, right, step, ranks, names or {}, palette), shape, rows)
        top -= sum(rows)
    _write_foot(axes, classes, len(shapes) > 1)
    return figure


def _rows(shapes: list[Split], names: Mapping[int, str]) -> list[list[float]]:
    """Return the height of the row of each leaf of each tree."""
    return [[ROW + 0.15 * (len(_title(leaf, names)) - 1) for leaf in leaves(shape)] for shape in shapes]


def _title(leaf: Leaf, names: Mapping[int, str]) -> list[str]:
    if leaf.number is None:
        return [""]
    room = 72 * (TITLE_WIDTH - 0.3)
    text = f"{class_titles.title(leaf.number, names)} : {integer(leaf.n_segments)}\u00a0segments"
    return labels.wrap(text, room, TITLE, "bold")


def _draw_tree(board: Board, top: Split, rows: list[float]) -> None:
    """Draw a tree; each split stands between the rows of the leaves that it parts, so that its label is free."""
    bounds = [board.top - sum(rows[:i]) for i in range(len(rows) + 1)]
    x = {node: MARGIN + board.step * (rank - 0.5) for node, rank in board.ranks.items()}

    def visit(shape: Split | Leaf, first: int, inside: bool) -> tuple[float, int]:
        """Draw what is below; return the height of its branch and the row after its last."""
        if isinstance(shape, Leaf):
            return (bounds[first] + bounds[first + 1]) / 2, first + 1
        row, within = first, inside or shape.number is not None
        own = bounds[first + len(leaves(shape.daughters[0]))]
        for daughter in shape.daughters:
            y, row = visit(daughter, row, within)
            aside = within or (isinstance(daughter, Leaf) and daughter.number is None)
            end = board.right if isinstance(daughter, Leaf) else x[daughter.node]
            line = {"color": ASIDE if aside else canvas.INK, "lw": 1.2, "solid_capstyle": "round"}
            board.axes.plot([x[shape.node], x[shape.node], end], [own, y, y], **line)
            if isinstance(daughter, Leaf):
                _write_leaf(board, daughter, y, shape.order, within)
        _write_split(board, shape, x[shape.node], own)
        return own, row

    y, _ = visit(top, 0, False)
    board.axes.plot([MARGIN - 0.08, x[top.node]], [y, y], color=canvas.INK, lw=1.2)


def _write_split(board: Board, split: Split, x: float, y: float) -> None:
    patch = {"boxstyle": "circle,pad=0.18", "fc": "white", "ec": canvas.INK, "lw": 0.8}
    style = {"fontsize": 6.5, "ha": "center", "va": "center", "zorder": 4}
    board.axes.text(x, y, str(split.order), bbox=patch, **style)
    chi2 = "" if split.chi2 is None else f" · χ² {decimal(split.chi2)}"
    told = f"{integer(split.n_segments)}\u00a0segments{chi2}"
    left = x + 0.14
    if split.number is not None:
        tint = canvas.colour(board.palette, split.number)
        board.axes.plot([left, left + 0.09], [y, y], color=tint, lw=7, solid_capstyle="butt", zorder=4)
        told, left = f"Classe {split.number} · {told}", left + 0.13
    weight = "bold" if split.number is not None else "normal"
    board.axes.text(left, y, told, fontsize=SMALL, va="center", color=canvas.INK, weight=weight)


def _write_leaf(board: Board, leaf: Leaf, y: float, split: int, inside: bool) -> None:
    """Write what a leaf is; `inside`: it is a part of a class."""
    left = board.right + 0.06
    if leaf.number is None:
        told = f"{integer(leaf.n_segments)}\u00a0segment{'s' if leaf.n_segments > 1 else ''}"
        told += "" if inside else f" mis de côté à la division {split}"
        board.axes.text(left, y, told, fontsize=SMALL, va="center", color=canvas.FAINT)
        return
    tint = canvas.colour(board.palette, leaf.number)
    board.axes.plot([left, left + 0.14], [y, y], color=tint, lw=8, solid_capstyle="butt")
    lines = _title(leaf, board.names)
    for k, line in enumerate(lines):
        height = y + 0.15 * ((len(lines) - 1) / 2 - k)
        board.axes.text(left + 0.2, height, line, fontsize=TITLE, va="center", weight="bold")


def _write_foot(axes: Axes, classes: pl.DataFrame, double: bool) -> None:
    n, whole = classes.filter(pl.col("class") > 0).height, max(classes.height, 1)
    told = f"{integer(n)} segments classés sur {integer(classes.height)} ({percent(n / whole)})"
    counted = dict(classes.filter(pl.col("class") == 0).group_by("reason").len().iter_rows())
    left = [f"{integer(counted[reason])} {text}" for reason, text in REASONS.items() if reason in counted]
    if double:
        told += ". Une classe garde les segments que son nœud de l'un et l'autre arbre ont en commun."
    axes.text(MARGIN, 0.27, told, fontsize=SMALL, va="center", color=canvas.FAINT)
    if left:
        rest = "Non classés : " + ", ".join(left) + "."
        room = 72 * (axes.get_xlim()[1] - 2 * MARGIN)
        size = labels.fitting(rest, room, SMALL)
        axes.text(MARGIN, 0.12, rest, fontsize=size, va="center", color=canvas.FAINT)
