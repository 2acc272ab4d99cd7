"""Invented classifications of any size, and what to look for in the figures made of them."""

from itertools import combinations

import numpy as np
import polars as pl
from matplotlib.backends.backend_agg import FigureCanvasAgg

from verbatim import tables

PALETTE = ["#0072B2", "#E69F00", "#009E73"]
LEMMAS = ("an", "lien", "écran", "désindustrialisation", "anticonstitutionnellement", "œuvre", "gyrophare", "main")
LONG = "Nom de classe : soixante caractères, ni plus, ni moins, voilà"


def names(k):
    """A long name for every other class."""
    return {number: f"{LONG} {number}" for number in range(1, k + 1, 2)}


def tree(k, which=1, n_aside=3, seed=1):
    """classes/tree whose terminal nodes are `k` classes and `n_aside` groups that were set aside."""
    random = np.random.default_rng(seed)
    nodes, leaves, aside, chi2, split = {1: (0, 40 * k)}, [1], [], {}, 0
    while len(leaves) < k or len(aside) < n_aside:
        split += 1
        mother = max(leaves, key=lambda node: nodes[node][1])
        n = nodes[mother][1]
        peels = len(leaves) >= k or (len(aside) < n_aside and random.random() < 0.3)
        part = 2 if peels else int(n * random.uniform(0.3, 0.7))
        nodes |= {2 * split: (mother, n - part), 2 * split + 1: (mother, part)}
        chi2[mother] = float(n)
        leaves.remove(mother)
        leaves += [2 * split] if peels else [2 * split, 2 * split + 1]
        aside += [2 * split + 1] if peels else []
    numbers = {node: i for i, node in enumerate(sorted(leaves), start=1)}
    rows = [("a", which, i, m, chi2.get(i), chi2.get(i), n, numbers.get(i)) for i, (m, n) in sorted(nodes.items())]
    return pl.DataFrame(rows, schema=tables.empty("classes/tree").schema, orient="row")


def segments(drawn):
    """classes/segments of the leaves of a tree."""
    leaves = drawn.filter(~pl.col("node").is_in(drawn["mother"].to_list()))
    rows = [
        (number or 0, node) for node, number, n in leaves.select("node", "class", "n_segments").rows() for _ in range(n)
    ]
    told = [
        ("a", f"E{i % 13 + 1:02d}", i // 13 + 1, number, number, None if number else "small_leaf", node, None, None, 5)
        for i, (number, node) in enumerate(rows)
    ]
    return pl.DataFrame(told, schema=tables.empty("classes/segments").schema, orient="row")


def profiles(k, words=60, seed=1):
    """The columns of classes/profiles that figures read: `words` active lemmas of each class."""
    random = np.random.default_rng(seed)
    rows = [
        (number, "active", f"{LEMMAS[i % len(LEMMAS)]}{i // len(LEMMAS) or ''}", 4 + 200 * random.random() ** 3)
        for number in range(1, k + 1)
        for i in range(words)
    ]
    return pl.DataFrame(
        rows, schema={"class": pl.Int64, "kind": pl.String, "term": pl.String, "chi2": pl.Float64}, orient="row"
    )


def merge(frame, numbers, of="class"):
    """`frame` with its classes renumbered: class -> class."""
    return frame.with_columns(pl.col(of).replace_strict({0: 0, **numbers}, default=None).alias("class"))


def written(figure):
    """The texts of a figure."""
    every = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
    return [text for text in every if text.get_text().strip()]


def said(figure):
    """What a figure says, its lines joined."""
    return " ".join(text.get_text() for text in written(figure)).replace("\n", " ").replace("\u00a0", " ")


def boxes(figure):
    """The boxes (n, 4) of the texts of a figure, in dots: left, bottom, right, top."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    return np.array([text.get_window_extent(renderer).extents for text in written(figure)])


def covering(figure):
    """The pairs of texts whose boxes overlap by more than a dot each way."""
    found, told = boxes(figure), [text.get_text() for text in written(figure)]
    return [
        (told[i], told[j])
        for i, j in combinations(range(len(found)), 2)
        if np.all(np.minimum(found[i, 2:], found[j, 2:]) - np.maximum(found[i, :2], found[j, :2]) > 1)
    ]


def outside(figure):
    """The texts that a figure cuts."""
    width, height = figure.get_size_inches() * figure.dpi
    found, told = boxes(figure), [text.get_text() for text in written(figure)]
    return [t for t, (x0, y0, x1, y1) in zip(told, found, strict=True) if min(x0, y0, width - x1, height - y1) < 0]
