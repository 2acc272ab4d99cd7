"""Word trees: what is said before and after some words, on either side of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from verbatim.figures import canvas, labels, notes
from verbatim.typography import integer
from verbatim.word_tree import Branch, Tree

# inches
WIDTH, EDGE, LINK, GAP, HEAD, LEAD, PADS = 9.6, 0.15, 0.24, 0.3, 0.34, 1.36, 0.12
# points
ROOT, LARGEST, SMALLEST, COUNT = 17.0, 15.0, 7.5, 5.5
FORMS = 6
# what is said this often or more, if nothing is said more, has the largest letters
FEW = 8
LINE = "#B8C4CE"


@dataclass(frozen=True)
class Node:
    """One branch as it is drawn, in inches: its text and size, where it begins, how wide, how high; its branches."""

    text: str
    count: str
    size: float
    start: float
    width: float
    height: float
    nodes: tuple[Node, ...]


def draw(trees: Sequence[Tree], palette: list[str]) -> Figure:
    """Return the figure: one tree under the other, the word in the middle; type sizes go with the root of counts."""
    if not trees:
        return canvas.message("Aucun mot actif : pas d'arbre de mots à montrer.")
    laid = [(tree, _sides(tree)) for tree in trees]
    heights = [HEAD + max(0.5, *(_total(nodes) for nodes in sides)) + GAP for _, sides in laid]
    note = notes.wrapped(_note(), WIDTH - 2 * EDGE)
    figure = canvas.new(WIDTH, sum(heights) + notes.height(note) + 2 * EDGE)
    axes = canvas.in_inches(figure)
    top = figure.get_size_inches()[1] - EDGE
    for (tree, sides), height in zip(laid, heights, strict=True):
        _write_title(axes, tree, top)
        if tree.count:
            _draw_tree(axes, tree, sides, top - HEAD - (height - HEAD - GAP) / 2, palette)
        top -= height
    notes.write(axes, note, EDGE, EDGE)
    return figure


def _write_title(axes: Axes, tree: Tree, top: float) -> None:
    said = f"« {tree.lemma} » : jamais dit par les participants de cette analyse"
    if tree.count:
        times = f"{integer(tree.count)} occurrence{'s' if tree.count > 1 else ''}"
        forms = ", ".join(f"{form} {integer(n)}" for form, n in tree.forms[:FORMS])
        more = len(tree.forms) - FORMS
        others = f", {integer(more)} autre{'s' if more > 1 else ''} forme{'s' if more > 1 else ''}" if more > 0 else ""
        said = f"« {tree.lemma} », {times} ({forms}{others})"
    notes.write_heading(axes, said, EDGE, top, WIDTH - 2 * EDGE)


def _sides(tree: Tree) -> tuple[list[Node], list[Node]]:
    """Return the nodes of the left and of the right side, in the room that the word leaves them."""
    room = (WIDTH - 2 * EDGE - _root_width(tree)) / 2
    most = max((branch.count for branch in (*tree.before, *tree.after)), default=1)
    most = max(most, FEW)
    return _nodes(tree.before, 0.0, room, most, True), _nodes(tree.after, 0.0, room, most, False)


def _root_width(tree: Tree) -> float:
    return labels.width(tree.lemma, ROOT, "bold") / 72 + 0.16


def _nodes(branches: Sequence[Branch], start: float, room: float, most: int, left: bool) -> list[Node]:
    """Lay out branches that begin at `start` from the word; what goes beyond `room` is left out."""
    found = []
    for branch in branches:
        size = SMALLEST + (LARGEST - SMALLEST) * float(np.sqrt(branch.count / most))
        count = integer(branch.count)
        wide = room - start - LINK - labels.width(count, COUNT) / 72 - PADS
        words = _fitting(branch.words, 72 * wide, size, left)
        if not words:
            continue
        text = said(words, left) if words == branch.words else _cut(words, left)
        width = (labels.width(text, size) + labels.width(count, COUNT)) / 72 + PADS
        whole = words == branch.words
        nodes = _nodes(branch.branches, start + LINK + width, room, most, left) if whole else []
        height = max(LEAD * size / 72, sum(node.height for node in nodes))
        found.append(Node(text, count, size, start + LINK, width, height, tuple(nodes)))
    return found


def _fitting(words: tuple[str, ...], room: float, size: float, left: bool) -> tuple[str, ...]:
    """Return the words, from the nearest to the root, that fit in `room` points."""
    if labels.width(said(words, left), size) <= room:
        return words
    for n in range(len(words) - 1, 0, -1):
        if labels.width(_cut(words[:n], left), size) <= room:
            return words[:n]
    return ()


def _cut(words: tuple[str, ...], left: bool) -> str:
    return f"… {said(words, left)}" if left else f"{said(words, left)} …"


def said(words: Sequence[str], left: bool) -> str:
    """Return words, nearest to the root first, as they are read; none stands apart from its apostrophe or hyphen."""
    text = ""
    for word in reversed(words) if left else words:
        joined = not text or text.endswith("'") or word.startswith("-")
        text += word if joined else f" {word}"
    return text


def _total(nodes: Sequence[Node]) -> float:
    return sum(node.height for node in nodes)


def _draw_tree(axes: Axes, tree: Tree, sides: tuple[list[Node], list[Node]], middle: float, palette: list[str]) -> None:
    style = {"fontsize": ROOT, "weight": "bold", "ha": "center", "va": "center_baseline"}
    axes.text(WIDTH / 2, middle, tree.lemma, color=canvas.ink(palette, 1), **style)
    half = _root_width(tree) / 2
    for nodes, side in zip(sides, (-1, 1), strict=True):
        _draw_nodes(axes, nodes, (WIDTH / 2 + side * half, middle), half, side)


def _draw_nodes(axes: Axes, nodes: Sequence[Node], stem: tuple[float, float], half: float, side: int) -> None:
    """Draw `nodes` one under the other around the height of their `stem`, on the left (−1) or right (1)."""
    y = stem[1] + _total(nodes) / 2
    for node in nodes:
        own = y - node.height / 2
        near = WIDTH / 2 + side * (half + node.start)
        _link(axes, stem, (near, own), float(np.clip(0.35 * node.size - 2, 0.6, 3.2)))
        _write(axes, node, near, own, side)
        far = near + side * (node.width + 0.03)
        _draw_nodes(axes, node.nodes, (far, own), half, side)
        y -= node.height


def _write(axes: Axes, node: Node, near: float, y: float, side: int) -> None:
    style = {"ha": "left" if side > 0 else "right", "va": "center_baseline"}
    text = near + 0.03 * side
    axes.text(text, y, node.text, fontsize=node.size, color=canvas.INK, **style)
    count = text + side * (labels.width(node.text, node.size) / 72 + 0.06)
    axes.text(count, y, node.count, fontsize=COUNT, color=canvas.FAINT, **style)


def _link(axes: Axes, start: tuple[float, float], end: tuple[float, float], weight: float) -> None:
    (x1, y1), (x2, y2) = start, end
    bend = (x1 + x2) / 2
    path = Path([start, (bend, y1), (bend, y2), end], [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4])
    axes.add_patch(PathPatch(path, fc="none", ec=LINE, lw=weight, capstyle="round", zorder=0))


def _note() -> list[str]:
    return [
        "Arbres de mots (Wattenberg et Viégas 2008) : ce qui est dit juste avant et juste après, dans la même phrase "
        "et le même tour de parole ; les virgules ne comptent pas.",
        "Petit nombre : occurrences de la suite de mots jusque-là ; taille des lettres : sa racine carrée.",
        "Suites dites deux fois au moins (une fois, si aucune ne revient), les plus longues et fréquentes d'abord.",
    ]
