"""Pushing boxes apart until none overlap, each staying near its neighbours."""

from __future__ import annotations

import numpy as np
from scipy.spatial import Delaunay, QhullError

from verbatim.layout.labels import shortage

PUSHES = 20
STEPS = 200
GRADIENTS = 60
# A pair grows at most by half at a time, and by a little more than it asks for.
CAP, EXCESS = 1.5, 1.02


def separate(positions: np.ndarray, sides: np.ndarray) -> np.ndarray:
    """Return positions (n, 2) at which no boxes of `sides` (n, 2) overlap, the shape kept as far as can be.

    Boxes that overlap ask for a longer distance, neighbours of Delaunay's triangulation for the one they have, and the
    stress of these is majorised, until none overlap (Gansner and Hu 2009, the method "PRISM"). What is left, and boxes
    on one line, are pushed apart two by two.
    """
    for _ in range(STEPS):
        over = np.argwhere(np.triu(shortage(positions, sides), k=1) > 1e-9)
        if len(over) == 0:
            return positions
        try:
            corners = Delaunay(positions).simplices if len(positions) > 3 else None
        except QhullError:
            corners = None
        if corners is None:
            break
        sideways = np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [0, 2]]])
        pairs = np.unique(np.concatenate([np.sort(sideways, axis=1), over]), axis=0)
        positions = _spread(positions, sides, *pairs.T)
    return _pushed(positions, sides)


def _spread(positions: np.ndarray, sides: np.ndarray, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """Return positions at which the pairs i, j (m,) stand nearer to the distances that they ask for."""
    n = len(positions)
    apart = positions[i] - positions[j]
    distance = np.maximum(np.sqrt(np.square(apart).sum(axis=1)), 1e-9)
    needed = ((sides[i] + sides[j]) / 2 / np.maximum(np.abs(apart), 1e-9)).min(axis=1)
    wanted = distance * np.where(needed > 1, np.minimum(needed, CAP) * EXCESS, 1.0)
    weight = 1 / np.square(wanted)
    pull = (weight * wanted / distance)[:, None] * apart
    right = np.stack([np.bincount(i, part, n) - np.bincount(j, part, n) for part in pull.T], axis=1)
    return _solved(positions - positions.mean(axis=0), right, weight, i, j)


def _solved(start: np.ndarray, right: np.ndarray, weight: np.ndarray, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """Solve the Laplacian system of the weighted pairs by conjugate gradients; no sum is split over cores."""
    n = len(start)
    own = (np.bincount(i, weight, n) + np.bincount(j, weight, n))[:, None]

    def product(x: np.ndarray) -> np.ndarray:
        others = [np.bincount(i, weight * part[j], n) + np.bincount(j, weight * part[i], n) for part in x.T]
        return own * x - np.stack(others, axis=1)

    rest = right - product(start)
    way = rest / own
    size = (rest * way).sum(axis=0)
    for _ in range(GRADIENTS):
        if (size < 1e-12).all():
            break
        image = product(way)
        step = size / np.maximum((way * image).sum(axis=0), 1e-300)
        start, rest = start + step * way, rest - step * image
        smaller = (rest * rest / own).sum(axis=0)
        way, size = rest / own + smaller / np.maximum(size, 1e-300) * way, smaller
    return start


def _pushed(positions: np.ndarray, sides: np.ndarray) -> np.ndarray:
    """Return positions at which no boxes overlap, as near as can be to those given."""
    positions = positions.copy()
    for _ in range(100):
        for _ in range(PUSHES):
            moves = _pushes(positions, sides)
            if not moves.any():
                return positions
            positions += moves
        positions *= 1.04
    return positions


def _pushes(positions: np.ndarray, sides: np.ndarray) -> np.ndarray:
    """Return the move (n, 2) of each box: half of each overlap, along the axis where it is smaller."""
    apart = positions[:, None] - positions[None]
    lack = (sides[:, None] + sides[None]) / 2 - np.abs(apart)
    over = np.minimum(lack[..., 0], lack[..., 1]) > 1e-9
    np.fill_diagonal(over, False)
    across = over & (lack[:, :, 0] <= lack[:, :, 1])
    n = len(positions)
    # two boxes at one place part by their numbers
    sense = np.where(apart != 0, np.sign(apart), np.sign(np.arange(n)[:, None] - np.arange(n))[:, :, None])
    axis = np.stack([across, over & ~across], axis=2)
    # a little more than half, so that the last overlaps go in finitely many passes
    return np.where(axis, sense * (lack * 0.5 + 0.05), 0.0).sum(axis=1)
