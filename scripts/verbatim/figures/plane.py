"""The factor plane: words and classes on two axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from verbatim.figures import canvas, class_marks, class_titles, labels
from verbatim.typography import integer, percent

WIDTH, LOWEST, HIGHEST = 8.2, 5.6, 8.6  # inches
INNER, EDGE = 40.0, 24.0  # points that stay free around the points, and around their labels
GROWTH, FILLED = (1.0, 1.15, 1.35, 1.6, 1.9, 2.3, 2.8), 0.3
NAMED, UNNAMED, ROOM = 10.5, 13.0, 170.0  # points
CLEAR = {"boxstyle": "square,pad=0", "fc": "#FFFFFF", "ec": "none", "lw": 0, "alpha": 0.75}


@dataclass(frozen=True)
class Plane:
    """The two axes shown: their columns are x and y of `points`; titles are those of the axes."""

    points: pl.DataFrame
    across: str
    up: str
    note: str


@dataclass(frozen=True)
class Sheet:
    """A figure in points: its size, where 0 stands, where the points and the centres of their labels are."""

    size: np.ndarray
    origin: np.ndarray
    anchors: np.ndarray
    centres: np.ndarray

    def part(self, chosen: slice) -> Sheet:
        """Return the same sheet with the chosen points only."""
        return Sheet(self.size, self.origin, self.anchors[chosen], self.centres[chosen])


def draw(
    correspondence: pl.DataFrame,
    profiles: pl.DataFrame,
    words: int,
    palette: list[str],
    named: dict[int, str] | None = None,
    axes: Sequence[int] = (1, 2),
) -> Figure:
    """Return the plane of two `axes` in principal coordinates; the words that mark classes most.

    One unit is as long across as up. A word bears the number of the class that it marks most.
    """
    plane = choose(correspondence, axes)
    if isinstance(plane, str):
        return canvas.message(plane)
    points = pl.concat([class_points(plane, named or {}), _word_points(plane, profiles, words)])
    texts, sizes = points["label"].to_list(), points["size"].to_list()
    boxes = labels.sizes(texts, sizes, "bold")
    sheet = settle(points.select("x", "y").to_numpy(), boxes)
    n_words, n_active = points.filter(kind="active").height, plane.points.filter(kind="active").height
    told = f"{integer(n_words)} mots actifs sur {integer(n_active)} ; exposant : la classe que le mot marque le plus"
    figure, board = surface(sheet, plane, " — ".join(text for text in (told, plane.note) if text))
    tints = [canvas.ink(palette, n) for n in points["class"]]
    leaders(board, sheet, boxes, tints)
    heavy = (points["kind"] == "class").to_list()
    write(board, texts, sheet.centres, sizes, tints, heavy)
    return figure


def choose(correspondence: pl.DataFrame, axes: Sequence[int]) -> Plane | str:
    """Return the plane of the two `axes`, of the first two where one does not exist; or why there is none."""
    count = sum(name.startswith("coordinate_") for name in correspondence.columns)
    n_classes = correspondence.filter(kind="class").height
    if n_classes < 3:
        return "Le plan factoriel demande au moins trois classes."
    if count < 2:
        return "L'analyse des correspondances n'a qu'un axe : pas de plan à montrer."
    missing = [axis for axis in axes if axis > count]
    shown, note = (tuple(axes), "") if not missing else ((1, 2), _missing(missing, count))
    x, y = (f"coordinate_{axis}" for axis in shown)
    across, up = (f"Axe {axis} : {percent(correspondence[f'inertia_{axis}'][0])} de l'inertie" for axis in shown)
    return Plane(correspondence.select("kind", "term", x=pl.col(x), y=pl.col(y)), across, up, note)


def _missing(missing: list[int], count: int) -> str:
    if len(missing) == 1:
        return f"l'axe {missing[0]} demandé n'existe pas ({count} axes) : axes 1 et 2"
    return f"les axes {missing[0]} et {missing[1]} demandés n'existent pas ({count} axes) : axes 1 et 2"


def class_points(plane: Plane, named: dict[int, str]) -> pl.DataFrame:
    """Return the classes: label, kind, class, size, x, y."""
    own = plane.points.filter(kind="class").with_columns(pl.col("term").cast(pl.Int64).alias("class")).sort("class")
    size = [NAMED if named.get(n) else UNNAMED for n in own["class"]]
    told = ["\n".join(class_titles.lines(n, named, ROOM, NAMED)) for n in own["class"]]
    return own.select(pl.Series("label", told, pl.String), "kind", "class", pl.Series("size", size), "x", "y")


def _word_points(plane: Plane, profiles: pl.DataFrame, words: int) -> pl.DataFrame:
    """Return the words that mark classes most, each class in its turn, by decreasing χ², as `class_points` does."""
    marked = (
        profiles.filter((pl.col("kind") == "active") & (pl.col("chi2") > 0))
        .sort(["chi2", "term", "class"], descending=[True, False, False])
        .unique("term", keep="first", maintain_order=True)
        .with_columns(rank=pl.col("chi2").rank("ordinal", descending=True).over("class"))
        .sort(["rank", "chi2", "term"], descending=[False, True, False])
        .head(words)
        .sort(["chi2", "term"], descending=[True, False])
    )
    told = [term + class_marks.exponent(n) for term, n in marked.select("term", "class").iter_rows()]
    scale = (pl.col("chi2") / pl.col("chi2").max()).sqrt()
    return (
        marked.select(
            "term", "class", kind=pl.lit("active"), label=pl.Series(told, dtype=pl.String), size=7.5 + 5 * scale
        )
        .join(plane.points, on=["kind", "term"], how="inner", maintain_order="left")
        .select("label", "kind", "class", "size", "x", "y")
    )


def settle(coordinates: np.ndarray, boxes: np.ndarray, shifts: np.ndarray | float = 0.0) -> Sheet:
    """Return the smallest sheet on which no two labels overlap.

    `coordinates` (n, 2) in the units of the axes; `boxes` (n, 2) of the labels and `shifts` (n, 2) of
    their wished centres from their points, in points. The scale is that of both axes.
    """
    for grown in GROWTH:
        size, origin, unit = _scaled(coordinates, grown)
        if grown < GROWTH[-1] and boxes.prod(axis=1).sum() > FILLED * (size - 2 * EDGE).prod():
            continue  # there would be room at best for labels far from their points
        anchors = origin + unit * coordinates
        bounds = tuple(size - 2 * EDGE)
        centres = labels.place(anchors + shifts - EDGE, boxes, bounds) + EDGE
        if not labels.overlaps(centres, boxes):
            break
    return Sheet(size, origin, anchors, centres)


def _scaled(coordinates: np.ndarray, grown: float) -> tuple[np.ndarray, np.ndarray, float]:
    low, high = np.minimum(coordinates.min(axis=0), 0), np.maximum(coordinates.max(axis=0), 0)
    span = np.maximum(high - low, 1e-9)
    width = 72 * WIDTH * grown - 2 * INNER
    height = np.clip(width * span[1] / span[0], 72 * LOWEST * grown - 2 * INNER, 72 * HIGHEST * grown - 2 * INNER)
    unit = min(width / span[0], height / span[1])
    size = np.array([width, height]) + 2 * INNER
    return size, size / 2 - unit * (low + high) / 2, unit


def surface(sheet: Sheet, plane: Plane, note: str, head: float = 0.0) -> tuple[Figure, Axes]:
    """Return the figure with its axes, its note and `head` points free above, and axes in points to draw on."""
    figure = canvas.new(sheet.size[0] / 72, (sheet.size[1] + head) / 72)
    board = class_marks.points(figure)
    frame(board, sheet, plane, note)
    return figure, board


def frame(board: Axes, sheet: Sheet, plane: Plane, note: str) -> None:
    """Draw the axes of a plane, their titles and its note on axes in points."""
    width, height = sheet.size
    board.plot([EDGE, width - EDGE], [sheet.origin[1]] * 2, color=canvas.PALE, lw=1, zorder=0)
    board.plot([sheet.origin[0]] * 2, [EDGE, height - EDGE], color=canvas.PALE, lw=1, zorder=0)
    board.text(width / 2, 7, plane.across, ha="center", va="bottom", color=canvas.FAINT)
    board.text(7, height / 2, plane.up, ha="left", va="center", rotation=90, color=canvas.FAINT)
    board.text(width - 7, height - 7, note, ha="right", va="top", fontsize=7.5, color=canvas.FAINT)


def leaders(board: Axes, sheet: Sheet, boxes: np.ndarray, tints: list[str], slack: float = 0.0, dots=True) -> None:
    """Draw a thin line from each point to its label where that is more than `slack` points away."""
    for anchor, centre, box, tint in zip(sheet.anchors, sheet.centres, boxes, tints, strict=True):
        away = np.abs(anchor - centre)
        if np.any(away > box / 2 + slack):
            edge = centre + (anchor - centre) * min(1.0, np.min(box / 2 / np.maximum(away, 1e-9)))
            board.plot(*zip(anchor, edge, strict=True), color=tint, lw=0.5, alpha=0.55, zorder=1)
            if dots:
                board.plot(*anchor, marker="o", ms=2.2, mew=0, color=tint, zorder=1)


def write(board: Axes, texts, centres: np.ndarray, sizes, tints, heavy: Sequence[bool], slant: str = "normal") -> None:
    """Write `texts` with their centres at `centres`, clear of the lines below; the `heavy` ones in bold."""
    style = {"ha": "center", "va": "center", "style": slant}
    for text, (x, y), size, tint, bold in zip(texts, centres, sizes, tints, heavy, strict=True):
        weight = "bold" if bold else "normal"
        board.text(x, y, text, fontsize=size, color=tint, weight=weight, zorder=3, bbox=CLEAR, **style)
