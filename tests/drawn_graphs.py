"""Invented similarity graphs of any size, and what a program can count in the figures made of them."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import PathPatch

from verbatim import layout, tables

PALETTE = ["#0072B2", "#E69F00", "#009E73"]
LEMMAS = ("an", "lien", "écran", "désindustrialisation", "prendre en compte", "œuvre", "gyrophare", "ne … pas")
WORDS_LEVEL, HALOS_LEVEL = 4, 0
LONG = "Nom de classe : soixante caractères, ni plus, ni moins, voilà"
# Dots per inch: letters on a coarser grid are a little wider or narrower than in print.
PRINT = 300


def frames(n, seed=1, share=1.0, colour="class", graph="g", more=20):
    """Rows of graphs/summary (one), nodes, edges and communities of a graph of `n` words, `share` of its tree kept."""
    random = np.random.default_rng(seed)
    words = sorted(f"{LEMMAS[k % len(LEMMAS)]} {k}" for k in range(n))
    target = np.arange(1, n)
    source = np.array([random.integers(0, k) for k in target], dtype=int)
    kept = random.random(len(target)) < share
    source, target = source[kept], target[kept]
    frequency = np.sort(random.zipf(1.6, n).clip(1, 300))[::-1]
    places = layout.place(source, target, words, frequency)
    apart = [(a, b) for a, b in random.integers(0, max(n, 1), (more if n > 2 else 0, 2)).tolist() if a < b]
    others = sorted(set(apart) - set(zip(source.tolist(), target.tolist(), strict=True)))
    pairs = [*zip(source.tolist(), target.tolist(), [True] * len(source), strict=True), *((*p, False) for p in others)]
    number = np.arange(n) // 7 + 1
    classes = random.integers(0, 4, n)
    nodes = filled(
        "graphs/nodes",
        [
            {"graph": graph, "lemma": words[k], "frequency": int(frequency[k]), "class": int(classes[k])}
            | {"modality": f"modalité {classes[k]}" if classes[k] else None, "community": int(number[k])}
            | {"x": float(places[k, 0]), "y": float(places[k, 1]), "chi2": 4.5, "stays": None}
            for k in range(n)
        ],
    )
    edges = filled(
        "graphs/edges",
        [
            {"graph": graph, "source": words[a], "target": words[b], "weight": float(1 + (a * b) % 9)}
            | {"cooccurrence": 1 + (a * b) % 9, "in_tree": tree, "shown": True}
            for a, b, tree in pairs
        ],
    )
    about = {"graph": graph, "title": f"Graphe {graph}", "of": "corpus", "subject": None, "within": "segment"}
    about |= {"index": "cooccurrence", "form": "tree", "method": "louvain", "colour": colour, "n_rows": 1234}
    about |= {"n_words": n, "n_shown": len(pairs), "n_alone": 0, "absent": None, "message": None}
    groups = [{"graph": graph, "community": int(k), "stability": 0.1 * (k % 9)} for k in np.unique(number)]
    return filled("graphs/summary", [about]), nodes, edges, filled("graphs/communities", groups)


def filled(name, rows):
    """Return the declared table with `rows`; columns that they do not give are filled."""
    fill = {pl.String: "a", pl.Int64: 1, pl.Float64: 0.5, pl.Boolean: True}
    bare = tables.empty(name)
    full = [{c: fill[kind] for c, kind in bare.schema.items()} | row for row in rows]
    return pl.DataFrame(full, schema=bare.schema) if full else bare


@dataclass(frozen=True)
class Counted:
    """What is seen in a figure: texts, pairs of them that overlap, texts cut, smallest word in points, strayed words.

    A word has strayed when it lies in a halo that is not its own, or out of its own.
    """

    texts: list[str]
    overlaps: list[tuple[str, str]]
    cut: list[str]
    smallest: float
    strayed: int


def counted(figure, nodes=None):
    """Count in the drawn `figure`, by the boxes of its texts in print; `nodes`: those of the graph, for its halos."""
    figure.set_dpi(PRINT)
    renderer = FigureCanvasAgg(figure).get_renderer()
    texts = [text for axes in figure.axes for text in axes.texts] + list(figure.texts)
    boxes = [text.get_window_extent(renderer) for text in texts]
    said = [text.get_text() for text in texts]
    # a tenth of a point of slack
    slack = figure.dpi / 720
    overlaps = [
        (said[i], said[j])
        for i in range(len(boxes))
        for j in range(i)
        if min(boxes[i].x1, boxes[j].x1) - max(boxes[i].x0, boxes[j].x0) > slack
        and min(boxes[i].y1, boxes[j].y1) - max(boxes[i].y0, boxes[j].y0) > slack
    ]
    whole = figure.bbox
    cut = [
        text
        for text, box in zip(said, boxes, strict=True)
        if box.x0 < whole.x0 or box.y0 < whole.y0 or box.x1 > whole.x1 or box.y1 > whole.y1
    ]
    words = [text for text in texts if text.get_zorder() == WORDS_LEVEL]
    smallest = min((text.get_fontsize() for text in words), default=0.0)
    return Counted(said, overlaps, cut, smallest, _strayed(figure, words, nodes) if nodes is not None else 0)


def _strayed(figure, words, nodes):
    """Count, over all halos, the words that are inside without being theirs, or theirs without being inside."""
    halos = [
        p for axes in figure.axes for p in axes.patches if isinstance(p, PathPatch) and p.get_zorder() == HALOS_LEVEL
    ]
    centres = np.array([text.get_position() for text in words]).reshape(-1, 2)
    communities = nodes.sort("lemma")["community"].to_numpy()
    large = [number for number in np.unique(communities) if (communities == number).sum() > 1]
    insides = [layout.inside(centres, [loop[:-1] for loop in halo.get_path().to_polygons()]) for halo in halos]
    owned = [communities == number for number in large]
    assert len(insides) == len(owned)
    return sum(int((inside != own).sum()) for inside, own in zip(insides, owned, strict=True))
