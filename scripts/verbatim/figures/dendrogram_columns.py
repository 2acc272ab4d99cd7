"""The dendrogram with the classes side by side, the tree above them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from verbatim.figures import branches, canvas, labels, word_cloud
from verbatim.figures.dendrogram_entries import Dendrogram, Entry
from verbatim.figures.tree_shape import Split, leaves

# inches
COLUMN, MARGIN, TREE, LINKS, FOOT = 1.55, 0.2, 1.5, 0.75, 0.3
INNER = COLUMN - 0.18
TITLE_LINE, NAME_LINE, LINE, WORD_LINE, BAR = 0.19, 0.17, 0.17, 0.2, 0.2
CLOUD_WIDTH, CLOUD_HEIGHT = INNER, 1.9
NARROWEST = 4.8
# points
TITLE, NAME, SHARE, SMALL, WORD, SMALLEST_WORD = 10.5, 9.0, 10.0, 7.5, 11.0, 7.5

Write = Callable[[Axes, Entry, float, float], None]


def words(best: Mapping[int, list[tuple[str, float]]], most: int) -> tuple[float, Write]:
    """Return the height that `most` words need, and what writes those of a class under its title."""

    def write(axes: Axes, entry: Entry, x: float, top: float) -> None:
        for i, (word, _) in enumerate(best[entry.number]):
            size = labels.fitting(word, 72 * INNER, max(SMALLEST_WORD, WORD - 0.35 * i))
            axes.text(x, top - WORD_LINE * (i + 0.5), word, ha="center", va="center_baseline", fontsize=size)

    return WORD_LINE * min(most, max(map(len, best.values()), default=0)), write


def clouds(found: Mapping[int, word_cloud.Cloud], asked: int, high: float, palette: list[str]) -> tuple[float, Write]:
    """Return the height of the clouds, and what draws that of a class."""

    def write(axes: Axes, entry: Entry, x: float, top: float) -> None:
        own, tint = found[entry.number], canvas.ink(palette, entry.number)
        word_cloud.write(axes, own, x - CLOUD_WIDTH / 2, top - high, tint)
        remark = word_cloud.told(own, asked)
        size = labels.fitting(remark, 72 * INNER, 6.5) if remark else 6.5
        axes.text(x, top - high - 0.08, remark, ha="center", va="center", fontsize=size, color=canvas.FAINT)

    return high + 0.1, write


def draw(found: Dendrogram, high: float, write: Write) -> Figure:
    """Return the figure; `write` puts what takes `high` inches under the title of each class."""
    breadth = COLUMN * len(found.entries)
    width = max(NARROWEST, breadth + 2 * MARGIN)
    left = (width - breadth) / 2
    names = [labels.wrap(entry.name, 72 * INNER, NAME) if entry.name else [] for entry in found.entries]
    remarked = any(entry.remark for entry in found.entries)
    under = LINE * (2 + remarked) + 0.14
    head = BAR + TITLE_LINE + NAME_LINE * max(map(len, names)) + 0.06 + under
    double = len(found.trees) == 2
    above = [_above(found, tree) for tree in found.trees]
    foot = FOOT + 0.12 * double
    height = foot + sum(TREE + links for links in above) + head + high + 0.12 + 0.1 * double
    figure = canvas.new(width, height)
    axes = canvas.in_inches(figure)
    top = height - 0.1
    if found.trees:
        _tree(axes, found, found.trees[0], above[0], lambda b, d: (left + b, top - d))
        top -= TREE - 0.1 + above[0]
    for i, (entry, name) in enumerate(zip(found.entries, names, strict=True)):
        x = left + COLUMN * (i + 0.5)
        _write_head(axes, entry, name, x, (top, top - head + under), found.palette)
        write(axes, entry, x, top - head)
    if double:
        _tree(axes, found, found.trees[1], above[1], lambda b, d: (left + b, foot + d))
        for y, text in ((height - 0.12, "premier arbre"), (foot + 0.02, "second arbre")):
            axes.text(width - 0.08, y, text, ha="right", va="center", fontsize=SMALL, color=canvas.FAINT)
    axes.text(
        width / 2, FOOT / 2 - 0.02, found.classified, ha="center", va="center", fontsize=SMALL, color=canvas.FAINT
    )
    return figure


def _above(found: Dendrogram, tree: Split) -> float:
    """Return the height of the links of a tree: 0 where each leaf stands over its class."""
    same = [leaf.number for leaf in leaves(tree)] == [entry.number for entry in found.entries]
    return 0.0 if same else LINKS


def _tree(axes: Axes, found: Dendrogram, tree: Split, links: float, point: branches.Point) -> None:
    breadth = COLUMN * len(found.entries)
    places = branches.spread(tree, breadth)
    branches.draw(axes, tree, places, TREE - 0.1, point)
    if links:
        columns = {entry.number: COLUMN * (i + 0.5) for i, entry in enumerate(found.entries)}
        branches.link(axes, tree, places, columns, (TREE - 0.1, TREE - 0.1 + links), point, found.palette)


def _write_head(axes: Axes, entry: Entry, name: list[str], x: float, tops: tuple[float, float], palette) -> None:
    """Write number and name from the first of `tops`, sizes from the second, which all classes share."""
    tint = canvas.colour(palette, entry.number)
    axes.plot([x - INNER / 2, x + INNER / 2], [tops[0] - 0.06] * 2, color=tint, lw=7, solid_capstyle="butt")
    y = tops[0] - BAR - TITLE_LINE / 2
    axes.text(x, y, f"Classe {entry.number}", ha="center", va="center", weight="bold", fontsize=TITLE)
    for k, line in enumerate(name):
        axes.text(x, y - TITLE_LINE - NAME_LINE * k, line, ha="center", va="center", fontsize=NAME)
    told = [(entry.share, SHARE, canvas.INK), (entry.size, SMALL, canvas.FAINT), (entry.remark, SMALL, canvas.FAINT)]
    for k, (text, size, colour) in enumerate(told):
        fitted = labels.fitting(text, 72 * INNER, size) if text else size
        axes.text(x, tops[1] - LINE * (k + 0.5), text, ha="center", va="center", fontsize=fitted, color=colour)
