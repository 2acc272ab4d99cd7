"""The dendrogram with the classes side by side, the tree above them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from verbatim.figures import branches, canvas, class_clouds, class_titles, labels
from verbatim.figures.dendrogram_entries import Dendrogram, Entry
from verbatim.figures.tree_shape import Split, leaves

# inches
COLUMN, MARGIN, TREE, LINKS, FOOT = 1.55, 0.2, 1.5, 0.75, 0.3
INNER = COLUMN - 0.18
TITLE_LINE, LINE, WORD_LINE, BAR = 0.19, 0.17, 0.2, 0.2
CLOUD_WIDTH, CLOUD_HEIGHT = INNER, 1.9
NARROWEST = 4.8
# points
TITLE, SHARE, SMALL, WORD, SMALLEST_WORD = 10.5, 10.0, 7.5, 11.0, 7.5

Write = Callable[[Axes, Entry, float, float], None]


def words(best: Mapping[int, list[tuple[str, float]]], most: int) -> tuple[float, Write]:
    """Return the height that `most` words need, and what writes those of a class under its title."""

    def write(axes: Axes, entry: Entry, x: float, top: float) -> None:
        for i, (word, _) in enumerate(best[entry.number]):
            size = labels.fitting(word, 72 * INNER, max(SMALLEST_WORD, WORD - 0.35 * i))
            axes.text(x, top - WORD_LINE * (i + 0.5), word, ha="center", va="center_baseline", fontsize=size)

    return WORD_LINE * min(most, max(map(len, best.values()), default=0)), write


def clouds(found: Mapping[int, class_clouds.Cloud], high: float, palette: list[str]) -> tuple[float, Write]:
    """Return the height of the clouds, and what draws that of a class."""

    def write(axes: Axes, entry: Entry, x: float, top: float) -> None:
        own, tint = found[entry.number], canvas.ink(palette, entry.number)
        class_clouds.write(axes, own, x - CLOUD_WIDTH / 2, top - 0.18 - high, tint)
        axes.text(x, top - 0.08, class_clouds.told(own), ha="center", va="center", fontsize=6.5, color=canvas.FAINT)

    return high + 0.18, write


def draw(found: Dendrogram, high: float, write: Write) -> Figure:
    """Return the figure; `write` puts what takes `high` inches under the title of each class."""
    breadth = COLUMN * len(found.entries)
    width = max(NARROWEST, breadth + 2 * MARGIN)
    left = (width - breadth) / 2
    titles = [class_titles.lines(entry.number, entry.names, 72 * INNER, TITLE) for entry in found.entries]
    head = BAR + TITLE_LINE * max(map(len, titles)) + LINE * (2 + any(entry.remark for entry in found.entries)) + 0.12
    double = len(found.trees) == 2
    above = [_above(found, tree, breadth) for tree in found.trees]
    height = FOOT + sum(TREE + links for links in above) + head + high + 0.12 + 0.1 * double
    figure = canvas.new(width, height)
    axes = canvas.in_inches(figure)
    top = height - 0.1
    if found.trees:
        _tree(axes, found, found.trees[0], above[0], lambda b, d: (left + b, top - d))
        top -= TREE - 0.1 + above[0]
    for i, (entry, title) in enumerate(zip(found.entries, titles, strict=True)):
        x = left + COLUMN * (i + 0.5)
        _write_head(axes, entry, title, x, top, found.palette)
        write(axes, entry, x, top - head)
    if double:
        bottom = FOOT
        _tree(axes, found, found.trees[1], above[1], lambda b, d: (left + b, bottom + d))
        for y, text in ((height - 0.12, "premier arbre"), (bottom + 0.02, "second arbre")):
            axes.text(width - 0.08, y, text, ha="right", va="center", fontsize=SMALL, color=canvas.FAINT)
    axes.text(
        width / 2, FOOT / 2 - 0.02, found.classified, ha="center", va="center", fontsize=SMALL, color=canvas.FAINT
    )
    return figure


def _above(found: Dendrogram, tree: Split, breadth: float) -> float:
    """Return the height of the links of a tree: 0 where each leaf stands over its class."""
    del breadth
    same = [leaf.number for leaf in leaves(tree)] == [entry.number for entry in found.entries]
    return 0.0 if same else LINKS


def _tree(axes: Axes, found: Dendrogram, tree: Split, links: float, point: branches.Point) -> None:
    breadth = COLUMN * len(found.entries)
    places = branches.spread(tree, breadth)
    branches.draw(axes, tree, places, TREE - 0.1, point)
    if links:
        columns = {entry.number: COLUMN * (i + 0.5) for i, entry in enumerate(found.entries)}
        branches.link(axes, tree, places, columns, (TREE - 0.1, TREE - 0.1 + links), point, found.palette)


def _write_head(axes: Axes, entry: Entry, title: list[str], x: float, top: float, palette: list[str]) -> None:
    tint = canvas.colour(palette, entry.number)
    axes.plot([x - INNER / 2, x + INNER / 2], [top - 0.06] * 2, color=tint, lw=7, solid_capstyle="butt")
    y = top - BAR
    for line in title:
        axes.text(x, y - TITLE_LINE / 2, line, ha="center", va="center", weight="bold", fontsize=TITLE)
        y -= TITLE_LINE
    told = [(entry.share, SHARE, canvas.INK), (entry.size, SMALL, canvas.FAINT), (entry.remark, SMALL, canvas.FAINT)]
    for text, size, colour in told:
        fitted = labels.fitting(text, 72 * INNER, size) if text else size
        axes.text(x, y - LINE / 2, text, ha="center", va="center", fontsize=fitted, color=colour)
        y -= LINE
