"""Halos: the outline of each community, which encloses its own words and no others."""

from __future__ import annotations

from collections import defaultdict
from functools import partial

import numpy as np

CELL = 2.0
PADDING, CORRIDOR = 7.0, 5.0
# A place near a link belongs less to it than a place as near to a label belongs to that label.
LINK_BEHIND = 3.0
# White between two halos: no place about as near to the words of one as to those of another belongs to either.
GUTTER = 2.4
SMOOTHINGS = 6


def halos(
    centres: np.ndarray, sides: np.ndarray, labels: np.ndarray, source: np.ndarray, target: np.ndarray
) -> dict[int, list[np.ndarray]]:
    """Return the outlines of each community: closed polygons (k, 2), to be filled by the even-odd rule.

    centres, sides (n, 2): the boxes of the words, which do not overlap; labels (n,): their communities; source,
    target (m,): the links, those within a community joining its outline. A place belongs to the nearest label within
    7 points, or to a link within 5; halos therefore do not overlap, and a gutter parts them. A community whose words
    are parted by the words of others has several outlines. Points are in the plane of the layout, to a tenth.
    """
    labels = np.asarray(labels)
    if len(labels) == 0:
        return {}
    origin = (centres - sides / 2).min(axis=0) - PADDING - 2 * CELL
    reach = (centres + sides / 2).max(axis=0) + PADDING + 2 * CELL - origin
    owner = _owners(centres - origin, sides, labels, (source, target), np.ceil(reach / CELL).astype(int))
    found = {}
    for number in np.unique(labels).tolist():
        loops = [_smooth(loop) * CELL + origin for loop in _outlines(owner == number)]
        foreign, own = centres[labels != number], centres[labels == number]
        found[number] = [np.round(loop, 1) + 0.0 for loop in loops if _needed(loop, own, foreign)]
    return found


def inside(points: np.ndarray, loops: list[np.ndarray]) -> np.ndarray:
    """Say for each point (n, 2) whether it lies inside the polygons, by the even-odd rule."""
    odd = np.zeros(len(points), dtype=bool)
    for loop in loops:
        (x, y), (ahead_x, ahead_y) = loop.T, np.roll(loop, -1, axis=0).T
        for place, (px, py) in enumerate(points):
            spans = (y > py) != (ahead_y > py)
            level = np.where(spans, ahead_y - y, 1.0)
            odd[place] ^= bool(np.sum(spans & (px < x + (py - y) * (ahead_x - x) / level)) % 2)
    return odd


def _needed(loop: np.ndarray, own: np.ndarray, foreign: np.ndarray) -> bool:
    """An outline encloses a word of its own; a hole, a word of another community."""
    (x, y), (ahead_x, ahead_y) = loop.T, np.roll(loop, -1, axis=0).T
    outer = (x * ahead_y - ahead_x * y).sum() > 0
    return bool(inside(own if outer else foreign, [loop]).any())


def _owners(centres: np.ndarray, sides: np.ndarray, labels: np.ndarray, links, size: np.ndarray) -> np.ndarray:
    """Return the community to which each cell (height, width) belongs, or 0 less than the smallest of them."""
    nearest = np.full((size[1], size[0]), np.inf)
    # how near the nearest other community is
    rival = nearest.copy()
    nobody = int(labels.min()) - 1
    owner = np.full(nearest.shape, nobody, dtype=np.int64)

    def claim(low: np.ndarray, high: np.ndarray, number: int, measure) -> None:
        first = np.maximum(np.floor(low / CELL).astype(int), 0)
        last = np.minimum(np.ceil(high / CELL).astype(int) + 1, size)
        window = slice(first[1], last[1]), slice(first[0], last[0])
        xs, ys = (np.arange(first[axis], last[axis]) * CELL + CELL / 2 for axis in (0, 1))
        far = measure(np.stack(np.broadcast_arrays(xs[None, :], ys[:, None]), axis=2))
        won, other = far < nearest[window], owner[window] != number
        beaten = np.where(won, nearest[window], far)
        rival[window] = np.where(other, np.minimum(rival[window], beaten), rival[window])
        nearest[window][won] = far[won]
        owner[window][won] = number

    for centre, half, number in zip(centres, sides / 2, labels.tolist(), strict=True):
        claim(centre - half - PADDING, centre + half + PADDING, number, partial(_from_label, centre, half))
    for a, b in zip(*(np.asarray(ends).tolist() for ends in links), strict=True):
        if labels[a] == labels[b]:
            p, q = centres[a], centres[b]
            low, high = np.minimum(p, q) - CORRIDOR, np.maximum(p, q) + CORRIDOR
            claim(low, high, int(labels[a]), partial(_from_link, p, q))
    # rivals that are both out of reach are as near as can be: inf - inf
    with np.errstate(invalid="ignore"):
        return np.where(rival - nearest < GUTTER, nobody, owner)


def _from_label(centre: np.ndarray, half: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Return how far points (…, 2) are from the box of `centre` and half sides `half`; infinity beyond its reach."""
    out = np.maximum(np.abs(points - centre) - half, 0.0)
    far = np.sqrt(np.square(out).sum(axis=2))
    return np.where(far <= PADDING, far, np.inf)


def _from_link(p: np.ndarray, q: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Return how far points (…, 2) are from the link pq, a little more than they are; infinity beyond its reach."""
    way = q - p
    share = ((points - p) * way).sum(axis=2) / max(float((way * way).sum()), 1e-9)
    far = np.sqrt(np.square(points - p - np.clip(share, 0, 1)[:, :, None] * way).sum(axis=2))
    return np.where(far <= CORRIDOR, far + LINK_BEHIND, np.inf)


def _outlines(mask: np.ndarray) -> list[np.ndarray]:
    """Return the closed polygons (k, 2), x and y in cells, around the ones of `mask`, which lie to their left."""
    wide = np.pad(mask, 1)
    ahead: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    sides = ((-1, 0, (0, 0), (1, 0)), (0, 1, (1, 0), (0, 1)), (1, 0, (1, 1), (-1, 0)), (0, -1, (0, 1), (0, -1)))
    for down, across, corner, way in sides:
        rows, columns = np.nonzero(wide & ~np.roll(wide, (-down, -across), axis=(0, 1)))
        for row, column in zip((rows - 1).tolist(), (columns - 1).tolist(), strict=True):
            ahead[column + corner[0], row + corner[1]].append(way)
    loops = []
    for start in sorted(ahead):
        while ahead[start]:
            point, way, loop = start, None, []
            while ahead[point]:
                ways = ahead[point]
                # where two cells touch by a corner, turning left keeps them apart
                left = (-way[1], way[0]) if way else ways[0]
                way = ways.pop(ways.index(left) if left in ways else 0)
                loop.append(point)
                point = point[0] + way[0], point[1] + way[1]
            loops.append(np.array(loop, dtype=float))
    return loops


def _smooth(loop: np.ndarray) -> np.ndarray:
    """Return the polygon through the middles of the sides, rounded, one point in two kept where there are many."""
    points = (loop + np.roll(loop, -1, axis=0)) / 2
    for _ in range(SMOOTHINGS):
        points = (np.roll(points, 1, axis=0) + 2 * points + np.roll(points, -1, axis=0)) / 4
    return points[::2] if len(points) > 40 else points
