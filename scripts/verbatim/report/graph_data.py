"""A similarity graph as the page draws it: places, sizes and halos in CSS pixels, kept short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from verbatim.layout import boxes, font_sizes, halos

POINT = 4 / 3
MARGIN = 12.0
# Pixels by which the outline of a halo may leave the one of the figure.
STRAY = 0.8
FEWEST = 2
# A page that draws more links answers no more.
MOST_LINKS = 1500
MEASURES = {"stays": 2, "strength": 2, "betweenness": 3, "closeness": 3, "participation": 2, "chi2": 1}


def drawing(
    nodes: pl.DataFrame, edges: pl.DataFrame, communities: pl.DataFrame, modalities: Sequence[str] | None
) -> dict:
    """Return one graph: a list for each column of its words, links, communities and their halos.

    nodes, edges, communities: its rows of the tables graphs/*; modalities: those of the attribute that colours
    it, None when classes do.
    `links` has for each link the places of its words, weight, co-occurrence, expected, p, whether it is of the tree;
    links beyond the MOST_LINKS heaviest of those drawn are left out, and counted in `left_out`.
    """
    nodes = nodes.sort("lemma")
    shown = edges.filter("shown").sort(["in_tree", "weight", "source", "target"], descending=[True, True, False, False])
    fonts = font_sizes(nodes["frequency"].to_numpy())
    sides = boxes(nodes["lemma"].to_list(), fonts) * POINT
    centres = nodes.select("x", pl.col("y") * -1).to_numpy() * POINT
    numbers = nodes["community"].to_numpy()
    place = {lemma: i for i, lemma in enumerate(nodes["lemma"])}
    tree = shown.filter("in_tree")
    ends = [np.array([place[word] for word in tree[side]], dtype=np.int64) for side in ("source", "target")]
    around = halos(centres / POINT, sides / POINT, numbers, *ends)
    outlines = [loop * POINT for loops in around.values() for loop in loops]
    corners = np.concatenate([centres - sides / 2, centres + sides / 2, *outlines])
    origin = corners.min(axis=0) - MARGIN
    own = {name: i + 1 for i, name in enumerate(modalities or [])}
    return {
        "size": np.ceil(corners.max(axis=0) + MARGIN - origin).astype(int).tolist(),
        "words": nodes["lemma"].to_list(),
        "x": _short(centres[:, 0] - origin[0], 1),
        "y": _short(centres[:, 1] - origin[1], 1),
        "width": _short(sides[:, 0], 0),
        "font": _short(fonts * POINT, 1),
        "n": nodes["frequency"].to_list(),
        "class": nodes["class"].to_list(),
        "modality": [own.get(name, 0) for name in nodes["modality"]] if modalities is not None else [],
        "community": numbers.tolist(),
        "degree": nodes["degree"].to_list(),
        **{name: _short(nodes[name], digits) for name, digits in MEASURES.items()},
        "links": [_link(row, place) for row in shown.head(MOST_LINKS).iter_rows(named=True)],
        "left_out": max(shown.height - MOST_LINKS, 0),
        "communities": _communities(communities, place),
        "halos": {
            str(number): "".join(_path(loop * POINT - origin) for loop in loops)
            for number, loops in around.items()
            if (numbers == number).sum() >= FEWEST
        },
    }


def _link(row: Mapping, place: Mapping[str, int]) -> list:
    numbers = [_significant(row["weight"], 4), row["cooccurrence"], _significant(row["expected"], 3)]
    return [
        place[row["source"]],
        place[row["target"]],
        *numbers,
        _significant(row["p_adjusted"], 2),
        int(row["in_tree"]),
    ]


def _communities(rows: pl.DataFrame, place: Mapping[str, int]) -> list[list]:
    """Return number, stability and places of the bridges of the communities of two words or more."""
    kept = rows.filter(pl.col("n_words") >= FEWEST).sort("community")
    return [
        [
            number,
            None if firm is None else round(firm, 2),
            [place[word] for word in (bridges or "").split(", ") if word],
        ]
        for number, firm, bridges in kept.select("community", "stability", "bridges").iter_rows()
    ]


def _short(values: Sequence, digits: int) -> list:
    """Return numbers rounded to so many decimals, whole ones as such; None for what is missing."""
    return [None if value is None else _plain(round(float(value), digits)) for value in values]


def _significant(value: float, digits: int) -> float | int:
    return _plain(float(f"{value:.{digits}g}"))


def _plain(value: float) -> float | int:
    return int(value) if value == int(value) else value


def _path(loop: np.ndarray) -> str:
    """Return a closed polygon as an SVG path of whole pixels, each corner told from the one before."""
    corners = np.round(loop[_needed(loop)]).astype(int)
    steps = np.diff(corners, axis=0)
    steps = steps[steps.any(axis=1)].tolist()
    return f"M{corners[0][0]} {corners[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps).replace(" -", "-") + "z"


def _needed(loop: np.ndarray) -> list[int]:
    """Return which corners of a closed polygon to keep: without the others it strays less than STRAY (Douglas 1973)."""
    far = int(np.square(loop - loop[0]).sum(axis=1).argmax())
    closed = np.vstack([loop, loop[:1]])
    kept, waiting = {0, far}, [(0, far), (far, len(loop))]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        way = closed[last] - closed[first]
        between = closed[first + 1 : last] - closed[first]
        away = np.abs(between[:, 0] * way[1] - between[:, 1] * way[0]) / max(float(np.hypot(*way)), 1e-9)
        if away.max() > STRAY:
            middle = first + 1 + int(away.argmax())
            kept.add(middle)
            waiting += [(first, middle), (middle, last)]
    return sorted(kept)
