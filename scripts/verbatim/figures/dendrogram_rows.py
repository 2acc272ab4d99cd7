"""The dendrogram with a row for each class, the tree on their left: for many classes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from verbatim.figures import branches, canvas, class_titles, labels, word_cloud
from verbatim.figures.dendrogram_entries import Dendrogram, Entry
from verbatim.figures.tree_shape import Split, leaves

# inches
MARGIN, TREE, LINKS, BAR, TITLE_WIDTH, WORDS_WIDTH, FOOT = 0.15, 2.3, 0.75, 0.16, 2.3, 3.9, 0.3
LINE, GAP, SLIMMEST = 0.16, 0.14, 0.34
CLOUD_WIDTH, CLOUD_HEIGHT = WORDS_WIDTH, 0.85
# points
TITLE, SMALL, WORD = 8.5, 7.0, 8.0

Write = Callable[[Axes, Entry, float, float], None]


def words(best: Mapping[int, list[tuple[str, float]]]) -> tuple[dict[int, float], Write]:
    """Return the height of the words of each class, set as a paragraph, and what writes them."""
    lines = {
        number: labels.wrap(", ".join(word.replace(" ", "\u00a0") for word, _ in rows), 72 * WORDS_WIDTH, WORD)
        if rows
        else ["aucun mot caractéristique"]
        for number, rows in best.items()
    }

    def write(axes: Axes, entry: Entry, left: float, middle: float) -> None:
        own = lines[entry.number]
        for i, line in enumerate(own):
            y = middle + LINE * (len(own) / 2 - i - 0.5)
            axes.text(left, y, line, va="center_baseline", fontsize=WORD)

    return {number: LINE * len(own) for number, own in lines.items()}, write


def clouds(
    found: Mapping[int, word_cloud.Cloud], asked: int, high: float, palette: list[str]
) -> tuple[dict[int, float], Write]:
    """Return the height of the cloud of each class, and what draws it."""

    def write(axes: Axes, entry: Entry, left: float, middle: float) -> None:
        own, bottom = found[entry.number], middle - high / 2
        word_cloud.write(axes, own, left, bottom, canvas.ink(palette, entry.number))
        remark = word_cloud.told(own, asked)
        axes.text(left, bottom - 0.04, remark, va="center", fontsize=6, color=canvas.FAINT)

    return dict.fromkeys(found, high), write


def draw(found: Dendrogram, high: Mapping[int, float], write: Write) -> Figure:
    """Return the figure; `write` puts what takes `high[class]` inches on the right of the title of each class."""
    titles = [class_titles.lines(entry.number, entry.names, 72 * TITLE_WIDTH, TITLE) for entry in found.entries]
    rows = [
        max(SLIMMEST, LINE * (len(title) + 1), high[entry.number]) + GAP
        for entry, title in zip(found.entries, titles, strict=True)
    ]
    row = max(rows) if len(found.trees) == 2 else None
    middles, breadth = _middles([row] * len(rows) if row else rows)
    beside = [_beside(found, tree) for tree in found.trees]
    trees = [TREE + links for links in beside]
    width = 2 * MARGIN + sum(trees) + BAR + TITLE_WIDTH + WORDS_WIDTH + 0.3
    height = breadth + FOOT + 0.1 + 0.2 * (len(trees) == 2)
    figure = canvas.new(width, height)
    axes = canvas.in_inches(figure)
    top = FOOT + breadth
    left = MARGIN + sum(trees[:1])
    if found.trees:
        _tree(axes, found, 0, middles, breadth, beside[0], lambda b, d: (MARGIN + d, top - b))
    for entry, title, middle in zip(found.entries, titles, middles, strict=True):
        _write_head(axes, entry, title, left, top - middle, found.palette)
        write(axes, entry, left + BAR + TITLE_WIDTH + 0.15, top - middle)
    if len(found.trees) == 2:
        _tree(axes, found, 1, middles, breadth, beside[1], lambda b, d: (width - MARGIN - d, top - b))
        for x, text, align in ((MARGIN, "premier arbre", "left"), (width - MARGIN, "second arbre", "right")):
            axes.text(x, height - 0.12, text, ha=align, va="center", fontsize=SMALL, color=canvas.FAINT)
    axes.text(width / 2, FOOT / 2, found.classified, ha="center", va="center", fontsize=SMALL, color=canvas.FAINT)
    return figure


def _middles(rows: list[float]) -> tuple[list[float], float]:
    """Return where the middle of each row stands, and the breadth of all."""
    middles, reached = [], 0.0
    for row in rows:
        middles.append(reached + row / 2)
        reached += row
    return middles, reached


def _beside(found: Dendrogram, tree: Split) -> float:
    same = [leaf.number for leaf in leaves(tree)] == [entry.number for entry in found.entries]
    return 0.0 if same else LINKS


def _tree(axes: Axes, found: Dendrogram, which: int, middles: list[float], breadth: float, links: float, point) -> None:
    tree = found.trees[which]
    if not links:
        places = {leaf.node: middle for leaf, middle in zip(leaves(tree), middles, strict=True)}
        branches.draw(axes, tree, places, TREE, point)
        return
    places = branches.spread(tree, breadth)
    branches.draw(axes, tree, places, TREE, point)
    columns = {entry.number: middle for entry, middle in zip(found.entries, middles, strict=True)}
    branches.link(axes, tree, places, columns, (TREE, TREE + links), point, found.palette)


def _write_head(axes: Axes, entry: Entry, title: list[str], left: float, middle: float, palette: list[str]) -> None:
    high = LINE * (len(title) + 1)
    ends = [middle - high / 2, middle + high / 2]
    axes.plot([left + 0.06] * 2, ends, color=canvas.colour(palette, entry.number), lw=7, solid_capstyle="butt")
    y = middle + high / 2 - LINE / 2
    for line in title:
        axes.text(left + BAR, y, line, va="center", weight="bold", fontsize=TITLE)
        y -= LINE
    told = " · ".join(text for text in (entry.share, entry.size, entry.remark) if text)
    size = labels.fitting(told, 72 * (TITLE_WIDTH - 0.05), SMALL)
    axes.text(left + BAR, y, told, va="center", fontsize=size, color=canvas.FAINT)
