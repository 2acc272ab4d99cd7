"""The dendrogram of a classification: tree, sizes and words of each class."""

from __future__ import annotations

import polars as pl
from matplotlib.figure import Figure

from verbatim.figures import canvas
from verbatim.typography import integer, percent

COLUMN, WORD_LINE, TREE, HEAD = 1.55, 0.2, 1.5, 0.95


def draw(tree: pl.DataFrame, classes: pl.DataFrame, profiles: pl.DataFrame, words: int, palette: list[str]) -> Figure:
    """Return the figure; classes stand in the order of the leaves, earlier splits higher."""
    daughters = pruned(tree)
    order = leaves(daughters, 1) if daughters else tree["class"].drop_nulls().sort().to_list()
    if not order:
        return canvas.message("Aucune classe : trop peu de segments, ou tous semblables.")
    width = max(6.4, COLUMN * len(order) + 0.4)
    height = TREE * (len(order) > 1) + HEAD + WORD_LINE * words + 0.35
    figure = canvas.new(width, height)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(0, height))
    axes.axis("off")
    left = (width - COLUMN * len(order)) / 2
    places = {number: left + COLUMN * (i + 0.5) for i, number in enumerate(order)}
    top = WORD_LINE * words + HEAD + 0.2
    if len(order) > 1:
        _draw_tree(axes, daughters, places, top, height - 0.12)
    sizes = dict(classes.group_by("class").len().iter_rows())
    classified = sum(n for number, n in sizes.items() if number)
    for number, x in places.items():
        best = best_words(profiles, number, words)
        _draw_class(axes, x, top, number, (sizes.get(number, 0), classified), best, canvas.colour(palette, number))
    return figure


def best_words(profiles: pl.DataFrame, number: int, words: int) -> list[tuple[str, float]]:
    """Return (lemma, χ²) of the active lemmas that mark class `number` most."""
    marked = profiles.filter((pl.col("class") == number) & (pl.col("kind") == "active") & (pl.col("chi2") > 0))
    return marked.sort(["chi2", "term"], descending=[True, False]).head(words).select("term", "chi2").rows()


def pruned(tree: pl.DataFrame) -> dict[int, tuple[int, list]]:
    """Return node -> (order of its split, daughters) with peeled leaves and lone passages removed.

    A daughter is ("node", number) or ("class", number).
    """
    rows = {r["node"]: r for r in tree.filter(pl.col("tree") == 1).to_dicts()}
    below: dict[int, list[int]] = {}
    for node in sorted(rows):
        if node != 1:
            below.setdefault(rows[node]["mother"], []).append(node)
    found: dict[int, tuple[int, list]] = {}

    def visit(node: int):
        if rows[node]["class"] is not None:
            return ("class", rows[node]["class"])
        kept = [seen for seen in map(visit, below.get(node, [])) if seen]
        if len(kept) < 2:
            return kept[0] if kept else None
        found[node] = (min(below[node]) // 2, kept)
        return ("node", node)

    top = visit(1) if 1 in rows else None
    if top and top[0] == "node" and top[1] != 1:
        found[1] = found.pop(top[1])
    return found


def leaves(daughters: dict[int, tuple[int, list]], node: int) -> list[int]:
    """Return the classes below `node`, from left to right."""
    found = []
    for kind, number in daughters[node][1]:
        found += [number] if kind == "class" else leaves(daughters, number)
    return found


def _draw_tree(axes, daughters: dict, places: dict[int, float], bottom: float, top: float) -> None:
    ranks = {node: i for i, node in enumerate(sorted(daughters, key=lambda n: daughters[n][0]))}
    step = (top - bottom) / (len(daughters) + 0.4)

    def visit(kind: str, number: int) -> tuple[float, float]:
        if kind == "class":
            return places[number], bottom
        ends = [visit(*daughter) for daughter in daughters[number][1]]
        y = top - step * (ranks[number] + 0.4)
        for x, low in ends:
            axes.plot([x, x], [low, y], color=canvas.INK, lw=1.4, solid_capstyle="round")
        xs = [x for x, _ in ends]
        axes.plot([min(xs), max(xs)], [y, y], color=canvas.INK, lw=1.4, solid_capstyle="round")
        return (min(xs) + max(xs)) / 2, y

    x, y = visit("node", 1)
    axes.plot([x, x], [y, top], color=canvas.INK, lw=1.4)


def _draw_class(axes, x: float, top: float, number: int, sizes: tuple[int, int], words: list, tint: str) -> None:
    n, total = sizes
    axes.plot([x - 0.68, x + 0.68], [top - 0.09] * 2, color=tint, lw=7, solid_capstyle="butt")
    axes.text(x, top - 0.33, f"Classe {number}", ha="center", va="center", weight="bold", fontsize=11)
    axes.text(x, top - 0.54, percent(n / max(total, 1)), ha="center", va="center", fontsize=10)
    axes.text(x, top - 0.72, f"{integer(n)} segments", ha="center", va="center", fontsize=7.5, color=canvas.FAINT)
    for i, (word, _) in enumerate(words):
        size = max(7.5, 11 - 0.35 * i)
        axes.text(x, top - 0.98 - WORD_LINE * i, canvas.short(word, 17), ha="center", va="center", fontsize=size)
