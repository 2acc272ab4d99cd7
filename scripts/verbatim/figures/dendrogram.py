"""The dendrogram of a classification: tree, sizes and names of the classes, their words or their clouds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import polars as pl
from matplotlib.figure import Figure

from verbatim.figures import canvas, class_titles, dendrogram_columns, dendrogram_rows, word_cloud
from verbatim.figures.dendrogram_entries import Dendrogram, Entry
from verbatim.figures.profiles import best_words
from verbatim.figures.tree_shape import Leaf, Split, complete, leaves, pruned, turned
from verbatim.typography import integer, percent

MOST_COLUMNS = 7
CLOUD_WORDS = 2
NOTHING = "Aucune classe : trop peu de segments, ou tous semblables."


def draw(
    tree: pl.DataFrame,
    classes: pl.DataFrame,
    profiles: pl.DataFrame,
    words: int,
    palette: list[str],
    names: Mapping[int, str] | None = None,
) -> Figure:
    """Return the figure; classes stand in the order of the leaves, earlier splits nearer to the root.

    `tree`, `classes`, `profiles`: classes/tree, classes/segments and classes/profiles; `words` of each
    class; `names`: class -> name. Up to seven classes stand side by side under the tree, more are rows
    beside it. The two trees of double mode face each other, and each leaf is linked to its class.
    """
    found = dendrogram(tree, classes, names or {}, palette)
    if found is None:
        return canvas.message(NOTHING)
    best = {entry.number: best_words(profiles, entry.number, words) for entry in found.entries}
    if len(found.entries) > MOST_COLUMNS:
        return dendrogram_rows.draw(found, *dendrogram_rows.words(best))
    return dendrogram_columns.draw(found, *dendrogram_columns.words(best, words))


def draw_clouds(
    tree: pl.DataFrame,
    classes: pl.DataFrame,
    profiles: pl.DataFrame,
    words: int,
    palette: list[str],
    names: Mapping[int, str] | None = None,
) -> Figure:
    """Return the same figure with a cloud of twice as many `words` at each class (sizes as in `class_clouds`)."""
    found = dendrogram(tree, classes, names or {}, palette)
    if found is None:
        return canvas.message(NOTHING)
    layout = dendrogram_rows if len(found.entries) > MOST_COLUMNS else dendrogram_columns
    asked = CLOUD_WORDS * words
    best = {entry.number: best_words(profiles, entry.number, asked) for entry in found.entries}
    clouds, high = word_cloud.as_high_as_needed(best, asked, layout.CLOUD_WIDTH, layout.CLOUD_HEIGHT)
    return layout.draw(found, *layout.clouds(clouds, asked, high, palette))


def dendrogram(
    tree: pl.DataFrame, classes: pl.DataFrame, names: Mapping[int, str], palette: list[str]
) -> Dendrogram | None:
    """Return what a dendrogram shows, None without any class."""
    sizes = class_titles.sizes(classes)
    if not sizes:
        return None
    shapes = [shape for shape in (pruned(complete(tree, which)) for which in (1, 2)) if isinstance(shape, Split)]
    whole = sum(sizes.values())
    told = f"{integer(whole)} segments classés sur {integer(classes.height)} ({percent(whole / classes.height)})"
    if len(shapes) == 2:
        order = list(dict.fromkeys(leaf.number for leaf in leaves(shapes[0])))
        places = {number: float(i) for i, number in enumerate(order)}
        shapes = [turned(shape, places) for shape in shapes]
        order = list(dict.fromkeys(leaf.number for leaf in leaves(shapes[0])))
        ends = [Leaf(-1, number, sizes[number]) for number in order]
    else:
        ends = leaves(shapes[0]) if shapes else [Leaf(-1, number, n) for number, n in sizes.items()]
    entries = _entries(ends, sizes, class_titles.merged(classes), names)
    return Dendrogram(tuple(shapes), entries, told, palette)


def _entries(ends: list[Leaf], sizes: dict[int, int], merged: set[int], names: Mapping[int, str]) -> tuple[Entry, ...]:
    """Return what is told of each end; a class of several ends tells how many of its segments each brings."""
    times, whole = Counter(leaf.number for leaf in ends), sum(sizes.values())
    entries = []
    for leaf in ends:
        n = sizes.get(leaf.number, 0)
        told = f"{integer(n)} segments"
        if times[leaf.number] > 1:
            told += f", dont {integer(leaf.n_segments)} ici"
        remark = "fusionnée" if leaf.number in merged else ""
        entries.append(Entry(leaf.number, names.get(leaf.number, ""), percent(n / max(whole, 1)), told, remark))
    return tuple(entries)
