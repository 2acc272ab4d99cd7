"""The page of the similarity graph of an analysis: the drawing that one can click, the strongest links."""

from __future__ import annotations

import polars as pl

from verbatim.layout import boxes, font_sizes
from verbatim.report.material import Material
from verbatim.settings import section

SHOWN_EDGES = 40
POINT = 4 / 3
MARGIN = 12.0
FEW = 3


def view(material: Material, analysis: str) -> dict:
    """Return the view: `drawing` (None where there is nothing to draw), `edges`, `communities`, index."""
    nodes = material.table("graphs/nodes", analysis).filter(pl.col("graph") == "all")
    edges = material.table("graphs/edges", analysis).filter(pl.col("graph") == "all")
    strongest = edges.sort(["weight", "cooccurrence", "source", "target"], descending=[True, True, False, False])
    return {
        "drawing": _drawing(material, nodes, edges) if nodes.height > 1 and edges.height else None,
        "edges": strongest.head(SHOWN_EDGES).to_dicts(),
        "n_edges": edges.height,
        "n_words": nodes.height,
        "communities": _communities(nodes),
        "jaccard": section(material.settings, "graphs", analysis)["index"] == "jaccard",
        "classes": [(number, material.colour(number)) for number in material.numbers(analysis)],
    }


def _communities(nodes: pl.DataFrame) -> list[dict]:
    """Return the communities of three words or more, the words of each by frequency."""
    ordered = nodes.sort(["community", "frequency", "lemma"], descending=[False, True, False])
    parts = [(number, own["lemma"].to_list()) for (number,), own in ordered.group_by("community", maintain_order=True)]
    return [{"number": number, "words": words} for number, words in parts if len(words) >= FEW]


def _drawing(material: Material, nodes: pl.DataFrame, edges: pl.DataFrame) -> dict:
    """Return places in CSS pixels, the origin in the upper left corner."""
    fonts = font_sizes(nodes["frequency"].to_numpy())
    sides = boxes(nodes["lemma"].to_list(), fonts) * POINT
    xs, ys = nodes["x"].to_numpy() * POINT, -nodes["y"].to_numpy() * POINT
    left, top = (xs - sides[:, 0] / 2).min() - MARGIN, (ys - sides[:, 1] / 2).min() - MARGIN
    right, bottom = (xs + sides[:, 0] / 2).max() + MARGIN, (ys + sides[:, 1] / 2).max() + MARGIN
    words = [
        {
            "lemma": row["lemma"],
            "n": row["frequency"],
            "x": round(float(x - left), 1),
            "y": round(float(y - top), 1),
            "width": round(float(side[0]), 1),
            "height": round(float(side[1]), 1),
            "font": round(float(font * POINT), 1),
            "class": row["class"],
            "colour": material.colour(row["class"]),
        }
        for row, x, y, side, font in zip(nodes.iter_rows(named=True), xs, ys, sides, fonts, strict=True)
    ]
    places = {word["lemma"]: (word["x"], word["y"]) for word in words}
    low, high = edges["weight"].min(), edges["weight"].max()
    lines = [
        {
            **edge,
            "ends": (*places[edge["source"]], *places[edge["target"]]),
            "width": round(1.2 + 5 * ((edge["weight"] - low) / (high - low) if high > low else 0.3), 1),
        }
        for edge in edges.sort("in_tree", "weight", "source", "target").iter_rows(named=True)
    ]
    return {
        "width": round(float(right - left), 1),
        "height": round(float(bottom - top), 1),
        "words": words,
        "edges": lines,
    }
