"""A first place for the words of a tree: distances on the plane follow the lengths of the paths."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

# Share of its disc that the boxes hung on a word fill.
FILLED = 0.33
SWEEPS = 60


def wanted_distances(source: np.ndarray, target: np.ndarray, sides: np.ndarray) -> np.ndarray:
    """Return the wanted distances (n, n) along the tree; infinity between pieces.

    The boxes of a word and of the leaves that hang on it fill a disc; a leaf stands two thirds of its radius away,
    two words that are not leaves as far as their discs ask for.
    """
    n = len(sides)
    degree = np.bincount(np.concatenate([source, target]), minlength=n)
    area = sides.prod(axis=1)
    hung = area.copy()
    for one, other in ((source, target), (target, source)):
        leaf = (degree[other] == 1) & (degree[one] > 1)
        hung += np.bincount(one[leaf], area[other[leaf]], minlength=n)
    radius = np.sqrt(hung / (np.pi * FILLED))
    leaf = (degree == 1) | (radius == 0)
    reach = np.where(leaf[source] & leaf[target], 1.0, np.where(leaf[source] | leaf[target], 0.67, 0.8))
    radius = np.where(leaf, 0.0, radius)
    alone = leaf[source] & leaf[target]
    length = np.where(alone, np.sqrt(area[source] + area[target]), reach * (radius[source] + radius[target]))
    return dijkstra(coo_array((length, (source, target)), shape=(n, n)).tocsr(), directed=False)


def unfold(far: np.ndarray, source: np.ndarray, target: np.ndarray, sides: np.ndarray) -> np.ndarray:
    """Return positions (n, 2) whose distances follow `far` (n, n): localised stress majorisation."""
    n = len(far)
    weights = np.divide(1.0, np.square(far), out=np.zeros((n, n)), where=far > 0)
    positions = _radial(far, source, target, sides)
    for _ in range(SWEEPS if n > 1 else 0):
        for i in range(n):
            apart = positions[i] - positions
            distance = np.maximum(np.sqrt(np.square(apart).sum(axis=1)), 1e-9)
            drawn = positions + apart * (far[i] / distance)[:, None]
            positions[i] = (weights[i][:, None] * drawn).sum(axis=0) / weights[i].sum()
    return positions


def _radial(far: np.ndarray, source: np.ndarray, target: np.ndarray, sides: np.ndarray) -> np.ndarray:
    """Return a first place (n, 2): around the most central word, each branch in a sector of its surface."""
    centre = int(np.argmin(np.round(far.sum(axis=1), 6)))
    mothers, outwards = hang(source, target, len(far), centre)
    size = sides.prod(axis=1)
    for word in reversed(outwards):
        size[mothers[word]] += size[word]
    whole = size[centre]
    begin, taken = np.zeros(len(far)), np.zeros(len(far))
    for word in outwards:
        mother = mothers[word]
        begin[word] = begin[mother] + taken[mother]
        taken[mother] += size[word]
    angle = 2 * np.pi * (begin + size / 2) / whole
    return far[centre][:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)


def hang(source: np.ndarray, target: np.ndarray, n: int, root: int) -> tuple[np.ndarray, list[int]]:
    """Return the word on which each hangs (n,), -1 for the root, and all words but the root, outwards."""
    neighbours: list[list[int]] = [[] for _ in range(n)]
    for a, b in zip(source.tolist(), target.tolist(), strict=True):
        neighbours[a].append(b)
        neighbours[b].append(a)
    mothers, found = np.full(n, -1), [root]
    for word in found:
        new = [other for other in sorted(neighbours[word]) if other != mothers[word]]
        mothers[new] = word
        found.extend(new)
    return mothers, found[1:]


def turn(positions: np.ndarray) -> np.ndarray:
    """Return the positions centred, the longest extent horizontal, the farthest word right and up."""
    centred = positions - positions.mean(axis=0)
    x, y = centred.T
    angle = 0.5 * np.arctan2(2 * (x * y).sum(), (x * x).sum() - (y * y).sum())
    turned = np.stack([x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)], axis=1)
    farthest = np.abs(turned).argmax(axis=0)
    return turned * np.where(turned[farthest, [0, 1]] < 0, -1.0, 1.0)
