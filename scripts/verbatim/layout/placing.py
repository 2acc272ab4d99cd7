"""Where the words of a tree stand: deterministic, with room for every label."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from verbatim.layout.labels import MARGIN, boxes, font_sizes
from verbatim.layout.separation import separate
from verbatim.layout.stress import turn, unfold, wanted_distances
from verbatim.layout.untangling import untangle

FILLED = 0.5
STRETCH = 1.25
# What an A4 page on its side leaves for a graph, in points.
PAGE = np.array([800.0, 440.0])
# How a drawing that is too large is squeezed: along the sides that pass the page most, and along the other.
SQUEEZES, HARD, SOFT, NEARLY = 16, 0.88, 0.97, 1.02


def place(source: np.ndarray, target: np.ndarray, words: Sequence[str], frequency: np.ndarray) -> np.ndarray:
    """Return the centre (n, 2), in points, of the label of each of the n words: `place_boxes` of their boxes."""
    return place_boxes(source, target, boxes(words, font_sizes(frequency)))


def place_boxes(source: np.ndarray, target: np.ndarray, sides: np.ndarray) -> np.ndarray:
    """Return the centre (n, 2), in points, of the box of each of the n words; no two boxes overlap.

    `source` and `target` are the 0-based ends of the edges of a forest, the maximum tree; `sides` (n, 2) the width
    and height of the boxes. Each connected piece is laid out by majorising the stress of its path lengths (Gansner,
    Koren and North 2005), an edge being longer where many boxes hang on its ends; turned on its principal axis; its
    boxes pushed apart until none overlap, all pieces being squeezed, and pushed apart again, while an A4 page does not
    hold them; and its leaves moved about the word that they hang on while that lessens crossings of edges and edges
    over labels. Pieces then stand side by side, largest first. The plane is centred on 0. Sums are never taken by a
    library that splits them over cores: the same bytes for any number of cores.
    """
    sides = np.asarray(sides, dtype=float)
    order = np.lexsort((np.maximum(source, target), np.minimum(source, target)))
    source, target = np.minimum(source, target)[order], np.maximum(source, target)[order]
    # rounding to hundredths must not bring boxes back over one another
    room = sides + 0.05
    far = wanted_distances(source, target, room)
    centres = np.zeros((len(sides), 2))
    pieces = [(piece, *_inner(piece, source, target)) for piece in _pieces(far)]
    for piece, a, b in pieces:
        drawn = turn(unfold(far[np.ix_(piece, piece)], a, b, room[piece]))
        centres[piece] = untangle(separate(_shrunk(drawn, room[piece]), room[piece]), a, b, room[piece])
    words = [piece for piece, *_ in pieces]
    _squeeze(words, centres, room)
    for piece, a, b in pieces:
        centres[piece] = untangle(centres[piece], a, b, room[piece])
    _pack(words, centres, sides)
    return np.round(centres, 2) + 0.0


def _inner(piece: np.ndarray, source: np.ndarray, target: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of the edges of a piece, as places in it."""
    inside = np.isin(source, piece)
    return np.searchsorted(piece, source[inside]), np.searchsorted(piece, target[inside])


def _squeeze(pieces: list[np.ndarray], centres: np.ndarray, sides: np.ndarray) -> None:
    """Squeeze the pieces and push their boxes apart again, until a page holds them or they give way no more."""
    best, smallest = centres.copy(), np.inf
    for _ in range(SQUEEZES + 1):
        _pack(pieces, centres, sides)
        low, high = _extent(centres, sides) if len(sides) else (np.zeros(2), np.zeros(2))
        beyond = (high - low) / PAGE
        if beyond.max() < smallest:
            best, smallest = centres.copy(), float(beyond.max())
        if smallest <= 1:
            break
        factor = np.where(beyond * NEARLY >= beyond.max(), HARD, SOFT)
        for piece in pieces:
            if len(piece) > 1:
                centres[piece] = separate(centres[piece] * factor, sides[piece])
    centres[:] = best


def _shrunk(positions: np.ndarray, sides: np.ndarray) -> np.ndarray:
    """Return the positions, higher and so near to one another that boxes fill half of the whole, or as they were."""
    low, high = _extent(positions, sides)
    share = sides.prod(axis=1).sum() / FILLED / float(np.prod(high - low))
    return positions * min(1.0, np.sqrt(share)) * np.array([1.0, STRETCH])


def _pieces(steps: np.ndarray) -> list[np.ndarray]:
    """Return the words of each connected piece, the largest piece first."""
    first = np.isfinite(steps).argmax(axis=1) if len(steps) else np.zeros(0, dtype=int)
    pieces = [np.flatnonzero(first == k) for k in np.unique(first)]
    return sorted(pieces, key=lambda piece: (-len(piece), piece[0]))


def _pack(pieces: list[np.ndarray], centres: np.ndarray, sides: np.ndarray) -> None:
    """Set the pieces in rows, in order, each row centred on a line; about as wide as the first piece, or as a page
    of their area."""
    extents = [_extent(centres[piece], sides[piece]) for piece in pieces]
    area = sum(float(np.prod(high - low)) for low, high in extents)
    widest = max([float((high - low)[0]) for low, high in extents] + [1.4 * np.sqrt(area)]) + MARGIN
    y = 0.0
    for row in _rows([float((high - low)[0]) + MARGIN for low, high in extents], widest):
        tallest = max(float((extents[place][1] - extents[place][0])[1]) for place in row) + MARGIN
        x = 0.0
        for place in row:
            low, high = extents[place]
            middle = (low + high)[1] / 2
            centres[pieces[place]] += np.array([x - low[0], y - tallest / 2 - middle])
            x += float((high - low)[0]) + MARGIN
        y -= tallest
    if len(centres):
        low, high = _extent(centres, sides)
        centres -= (low + high) / 2


def _rows(widths: list[float], widest: float) -> list[list[int]]:
    """Return the places of the pieces of such `widths`, in rows of `widest` points."""
    rows: list[list[int]] = [[]]
    x = 0.0
    for place, width in enumerate(widths):
        if x > 0 and x + width > widest:
            rows.append([])
            x = 0.0
        rows[-1].append(place)
        x += width
    return [row for row in rows if row]


def _extent(centres: np.ndarray, sides: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return (centres - sides / 2).min(axis=0), (centres + sides / 2).max(axis=0)
