"""Distances between the vocabularies of modalities: their tree, and all distances in its order."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from scipy.cluster.hierarchy import fcluster, leaves_list

from verbatim import intertextual_distance
from verbatim.figures import canvas, class_marks, labels, notes, word_wording
from verbatim.typography import decimal, integer

# modalities up to which cells bear their distance, and up to which rows bear their name
WRITTEN, NAMED, GROUPS = 16, 110, 12
# inches
WIDTH, EDGE, TREE, BETWEEN, KEY, GAP = 9.2, 0.15, 1.7, 0.12, 0.42, 0.35
CELL, THINNEST, WHOLE = 0.42, 0.095, 6.2
NAME, SMALLEST, NUMBER = 7.5, 4.5, 6.5  # points
LONGEST = 24
SHADES = LinearSegmentedColormap.from_list("far", ["#FFFFFF", "#9CC9E5", "#2F7FB8", "#08306B"])
SAME = "#EDEDED"


@dataclass(frozen=True)
class Part:
    """The modalities of one variable in the order of their tree: distances (m, m), the tree, their names."""

    variable: str
    distances: np.ndarray
    joined: np.ndarray
    names: list[str]

    @property
    def count(self) -> int:
        """How many modalities there are."""
        return len(self.names)

    @property
    def cell(self) -> float:
        """Side of a cell in inches."""
        if self.count > NAMED:
            return WHOLE / self.count
        room = WIDTH - 2 * EDGE - TREE - 2 * BETWEEN - self.head
        return min(CELL, max(THINNEST, room / self.count))

    @property
    def size(self) -> float:
        """Size of the names in points."""
        return min(NAME, max(SMALLEST, 72 * self.cell * 0.8))

    @property
    def head(self) -> float:
        """Room of the names, in inches, on the left of the cells and above them."""
        if self.count > NAMED:
            return 2.1
        return max(labels.width(name, NAME) for name in self.names) / 72 + 0.1

    @property
    def above(self) -> float:
        """Room above the cells."""
        return self.head if self.count <= NAMED else 0.1

    @property
    def width(self) -> float:
        """Width in inches."""
        return TREE + BETWEEN + self.head + self.cell * self.count

    @property
    def height(self) -> float:
        """Height in inches, with the title, the key and the white below."""
        return notes.HEADING_LINE + self.above + self.cell * self.count + KEY + GAP


def draw(distances: pl.DataFrame) -> Figure:
    """Return the figure of lexicon/distances: for each variable, Ward's tree and a heat map in its order.

    Two modalities have one number. Over 110, rows have no names: the tree is cut into twelve groups, each told by
    how many it holds and the modality nearest to all its others.
    """
    parts, told = [], []
    for variable in distances["variable"].unique().sort():
        own = distances.filter(variable=variable)
        if own.height == 1:
            told.append(_alone(variable, own.row(0, named=True)))
        elif own["distance"].fill_null(math.nan).is_nan().any():
            told.append(f"{word_wording.variable(variable)} : une modalité n'a aucun mot compté, pas d'arbre.")
        else:
            parts.append(_part(variable, own))
    if not parts:
        return canvas.message(" ".join(told) or "Aucun attribut à au moins deux modalités : pas de distance à montrer.")
    return _figure(parts, told)


def _alone(variable: str, row: dict) -> str:
    ends = (word_wording.modality(variable, row[name]) for name in ("first", "second"))
    return f"{word_wording.variable(variable)} : {' – '.join(ends)}, distance {decimal(row['distance'], 3)}."


def _part(variable: str, own: pl.DataFrame) -> Part:
    names = sorted({*own["first"], *own["second"]})
    place = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(names), len(names)))
    for first, second, distance in own.select("first", "second", "distance").iter_rows():
        matrix[place[first], place[second]] = matrix[place[second], place[first]] = distance
    joined = intertextual_distance.tree(matrix)
    order = leaves_list(joined)
    told = [canvas.short_code(word_wording.modality(variable, names[i]), LONGEST) for i in order]
    return Part(variable, matrix[np.ix_(order, order)], joined, told)


def _figure(parts: Sequence[Part], told: Sequence[str]) -> Figure:
    width = max(5.5, 2 * EDGE + max(part.width for part in parts))
    note = notes.wrapped([*_note(parts), *told], width - 2 * EDGE)
    figure = canvas.new(width, sum(part.height for part in parts) + notes.height(note) + 2 * EDGE)
    board = canvas.in_inches(figure)
    top = figure.get_size_inches()[1] - EDGE
    for part in parts:
        notes.write_heading(board, word_wording.variable(part.variable), EDGE, top, width - 2 * EDGE)
        first = top - notes.HEADING_LINE - part.above
        left = EDGE + TREE + BETWEEN + part.head
        groups = _groups(part) if part.count > NAMED else []
        _draw_tree(board, part, first)
        _draw_cells(board, part, left, first)
        _write_names(board, part, groups, left, first)
        _draw_key(board, part, left, first - part.cell * part.count)
        top -= part.height
    notes.write(board, note, EDGE, EDGE)
    return figure


def _draw_tree(board: Axes, part: Part, top: float) -> None:
    """Draw the tree with its root on the left; how far two branches meet from the leaves goes with their height."""
    right, far = EDGE + TREE, part.joined[-1, 2] or 1.0
    order = np.argsort(leaves_list(part.joined))
    places = [(right, top - part.cell * (place + 0.5)) for place in order]
    lines = []
    for one, other, high, _ in part.joined:
        x = right - TREE * 0.97 * high / far
        (x1, y1), (x2, y2) = places[int(one)], places[int(other)]
        lines.append([(x1, y1), (x, y1), (x, y2), (x2, y2)])
        places.append((x, (y1 + y2) / 2))
    board.add_collection(LineCollection(lines, colors=canvas.INK, linewidths=0.9 if part.count <= NAMED else 0.4))


def _draw_cells(board: Axes, part: Part, left: float, top: float) -> None:
    """Draw the heat map; its shades go from the smallest distance to the largest."""
    n, cell = part.count, part.cell
    low, high = _ends(part)
    shown = np.ma.masked_array(part.distances, mask=np.eye(n, dtype=bool))
    figure = board.figure
    width, height = figure.get_size_inches()
    side = n * cell
    inner = figure.add_axes((left / width, (top - side) / height, side / width, side / height))
    style = {"cmap": SHADES.with_extremes(bad=SAME), "norm": Normalize(low, high), "aspect": "auto"}
    inner.imshow(shown, interpolation="none", **style)
    inner.axis("off")
    if n > WRITTEN:
        return
    for i in range(n):
        for k in range(n):
            if i != k:
                told = decimal(part.distances[i, k], 2)
                ink = class_marks.on(_shade(part.distances[i, k], low, high))
                style = {"ha": "center", "va": "center_baseline", "color": ink}
                size = min(NUMBER, labels.fitting(told, 72 * cell - 3, NUMBER))
                board.text(left + cell * (k + 0.5), top - cell * (i + 0.5), told, fontsize=size, zorder=5, **style)
    board.set_zorder(2)
    board.patch.set_visible(False)


def _ends(part: Part) -> tuple[float, float]:
    apart = part.distances[~np.eye(part.count, dtype=bool)]
    return float(apart.min()), float(apart.max()) if apart.max() > apart.min() else float(apart.min()) + 1e-9


def _shade(value: float, low: float, high: float) -> tuple[float, float, float]:
    return tuple(SHADES((value - low) / (high - low))[:3])


def _groups(part: Part) -> list[tuple[int, int, str]]:
    """Return first place, size and name of the most central modality of each group of the cut tree, from the top."""
    found = fcluster(part.joined, GROUPS, criterion="maxclust")[leaves_list(part.joined)]
    starts = [0, *(np.flatnonzero(np.diff(found)) + 1), part.count]
    groups = []
    for first, end in pairwise(starts):
        central = first + int(part.distances[first:end, first:end].sum(axis=0).argmin())
        groups.append((int(first), int(end - first), part.names[central]))
    return groups


def _write_names(board: Axes, part: Part, groups: Sequence[tuple[int, int, str]], left: float, top: float) -> None:
    if groups:
        _write_groups(board, part, groups, left, top)
        return
    for i, name in enumerate(part.names):
        at = part.cell * (i + 0.5)
        style = {"fontsize": part.size, "color": canvas.INK}
        board.text(left - 0.06, top - at, name, ha="right", va="center", **style)
        board.text(left + at, top + 0.05, name, ha="center", va="bottom", rotation=90, **style)


def _write_groups(board: Axes, part: Part, groups: Sequence[tuple[int, int, str]], left: float, top: float) -> None:
    """Bracket the groups, and write each beside its middle, moved as little as keeps the texts apart."""
    line = 1.25 * NAME / 72
    middles = [top - part.cell * (first + n / 2) for first, n, _ in groups]
    places = list(middles)
    for i in range(1, len(places)):
        places[i] = min(places[i], places[i - 1] - line)
    lowest = top - part.cell * part.count + line / 2
    for i in range(len(places) - 1, -1, -1):
        places[i] = max(places[i], lowest + line * (len(places) - 1 - i))
    for (first, n, name), middle, y in zip(groups, middles, places, strict=True):
        apart = min(0.012, 0.2 * part.cell * n)
        ends = top - part.cell * first - apart, top - part.cell * (first + n) + apart
        board.plot([left - 0.06] * 2, ends, color=canvas.INK, lw=1.2, solid_capstyle="butt")
        board.plot([left - 0.07, left - 0.2], [middle, y], color=canvas.FAINT, lw=0.6)
        text = f"{integer(n)} autour de {name}" if n > 1 else name
        size = labels.fitting(text, 72 * (part.head - 0.3), NAME)
        board.text(left - 0.23, y, text, fontsize=size, ha="right", va="center")


def _draw_key(board: Axes, part: Part, left: float, bottom: float) -> None:
    """Draw the scale of the shades under the cells."""
    low, high = _ends(part)
    wide, steps, y = min(2.0, max(1.2, part.cell * part.count)), 40, bottom - 0.17
    for k in range(steps):
        shade = _shade(low + (high - low) * (k + 0.5) / steps, low, high)
        place = (left + wide * k / steps, y), wide / steps * 1.05, 0.09
        board.add_patch(Rectangle(*place, fc=shade, ec="none", lw=0))
    style = {"fontsize": 6.5, "va": "top", "color": canvas.FAINT}
    board.text(left, y - 0.03, decimal(low, 2), ha="left", **style)
    board.text(left + wide, y - 0.03, decimal(high, 2), ha="right", **style)


def _note(parts: Sequence[Part]) -> list[str]:
    unnamed = [word_wording.variable(part.variable).lower() for part in parts if part.count > NAMED]
    told = [
        "Distance intertextuelle de Labbé : 0, les mêmes mots dans les mêmes proportions ; 1, aucun mot commun.",
        "Arbre de Ward ; lignes et colonnes dans son ordre ; case foncée : vocabulaires éloignés.",
    ]
    if unnamed:
        told.append(
            f"Trop de modalités pour les nommer toutes ({', '.join(unnamed)}) : l'arbre est coupé en {GROUPS} groupes "
            "au plus, chacun désigné par sa modalité la plus centrale ; la table distances les a toutes."
        )
    return told
