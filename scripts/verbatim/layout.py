"""Where the words of a graph stand: deterministic, with room for every label.

The unit of the plane is the typographic point: drawn at scale 1 with the font sizes of `font_sizes`,
no two labels touch; a figure of another size scales positions and fonts alike.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

SMALLEST_FONT, LARGEST_FONT = 7.0, 15.0
LETTER_WIDTH, LINE_HEIGHT = 0.62, 1.25
MARGIN = 4.0
FILLED = 0.22
SWEEPS, PUSHES = 120, 20


def font_sizes(frequency: np.ndarray) -> np.ndarray:
    """Return the font size (n,), in points, of words that occur in `frequency` (n,) segments.

    Linear in the square root of the frequency, from 7 to 15 points; 11 when all are equal.
    """
    roots = np.sqrt(np.asarray(frequency, dtype=float))
    if len(roots) == 0 or roots.max() == roots.min():
        return np.full(len(roots), (SMALLEST_FONT + LARGEST_FONT) / 2)
    return SMALLEST_FONT + (LARGEST_FONT - SMALLEST_FONT) * (roots - roots.min()) / (roots.max() - roots.min())


def boxes(words: Sequence[str], fonts: np.ndarray) -> np.ndarray:
    """Return width and height (n, 2), in points, of the room that each label takes, margin included."""
    letters = np.array([max(len(word), 2) for word in words], dtype=float)
    sides = np.stack([letters * LETTER_WIDTH, np.full(len(letters), LINE_HEIGHT)], axis=1)
    return sides * np.asarray(fonts)[:, None] + MARGIN


def place(source: np.ndarray, target: np.ndarray, words: Sequence[str], frequency: np.ndarray) -> np.ndarray:
    """Return the centre (n, 2), in points, of the label of each of the n words.

    `source` and `target` are the 0-based ends of the edges, usually those of the maximum tree. Each
    connected piece is laid out by majorising the stress of its path lengths (Gansner, Koren and North
    2005), turned on its principal axis, and labels are pushed apart until none overlap; pieces then
    stand side by side, largest first. The plane is centred on 0.
    """
    sides = boxes(words, font_sizes(frequency))
    steps = _path_lengths(source, target, len(words))
    centres = np.zeros((len(words), 2))
    pieces = _pieces(steps)
    for piece in pieces:
        drawn = _turned(_unfolded(steps[np.ix_(piece, piece)], sides[piece]))
        # rounding to hundredths must not bring boxes back over one another
        centres[piece] = _separated(drawn, sides[piece] + 0.05)
    _pack(pieces, centres, sides)
    return np.round(centres, 2) + 0.0


def overlaps(centres: np.ndarray, sides: np.ndarray) -> int:
    """Return how many pairs of boxes (centres and sides, both (n, 2)) overlap."""
    room = _shortage(centres, sides)
    return int((np.triu(room, k=1) > 1e-9).sum())


def _path_lengths(source: np.ndarray, target: np.ndarray, n: int) -> np.ndarray:
    """Return the number of edges between all pairs (n, n); infinity between pieces."""
    neighbours: list[list[int]] = [[] for _ in range(n)]
    for a, b in zip(np.asarray(source).tolist(), np.asarray(target).tolist(), strict=True):
        neighbours[a].append(b)
        neighbours[b].append(a)
    steps = np.full((n, n), np.inf)
    for start in range(n):
        found, front, distance = {start}, [start], 0
        while front:
            steps[start, front] = distance
            reached = sorted({b for a in front for b in neighbours[a]} - found)
            found.update(reached)
            front, distance = reached, distance + 1
    return steps


def _pieces(steps: np.ndarray) -> list[np.ndarray]:
    """Return the words of each connected piece, the largest piece first."""
    first = np.isfinite(steps).argmax(axis=1) if len(steps) else np.zeros(0, dtype=int)
    pieces = [np.flatnonzero(first == k) for k in np.unique(first)]
    return sorted(pieces, key=lambda piece: (-len(piece), piece[0]))


def _unfolded(steps: np.ndarray, sides: np.ndarray) -> np.ndarray:
    """Return positions (n, 2) whose distances follow `steps` (n, n): localised stress majorisation."""
    n = len(steps)
    unit = np.sqrt(sides.prod(axis=1).sum() / FILLED / max(n, 1))
    wanted = unit * steps**0.8
    weights = np.divide(1.0, np.square(steps), out=np.zeros((n, n)), where=steps > 0)
    positions = _radial(steps) * unit
    for _ in range(SWEEPS):
        for i in range(n if n > 1 else 0):
            apart = positions[i] - positions
            distance = np.maximum(np.sqrt(np.square(apart).sum(axis=1)), 1e-9)
            drawn = positions + apart * (wanted[i] / distance)[:, None]
            positions[i] = (weights[i][:, None] * drawn).sum(axis=0) / weights[i].sum()
    return positions


def _radial(steps: np.ndarray) -> np.ndarray:
    """Return a first place (n, 2): rings around the most central word, each branch in a sector of its size."""
    centre = int(np.argmin(steps.sum(axis=1)))
    ring = steps[centre]
    nearer = (steps == 1) & (ring[None, :] == ring[:, None] - 1)
    mothers = nearer.argmax(axis=1)
    outwards = [int(word) for word in np.argsort(ring, kind="stable") if word != centre]
    size = np.ones(len(steps))
    for word in reversed(outwards):
        size[mothers[word]] += size[word]
    begin, taken = np.zeros(len(steps)), np.zeros(len(steps))
    for word in outwards:
        mother = mothers[word]
        begin[word] = begin[mother] + taken[mother]
        taken[mother] += size[word]
    angle = 2 * np.pi * (begin + size / 2) / len(steps)
    return ring[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)


def _turned(positions: np.ndarray) -> np.ndarray:
    """Return the positions centred, the longest extent horizontal, the farthest word right and up."""
    centred = positions - positions.mean(axis=0)
    x, y = centred.T
    angle = 0.5 * np.arctan2(2 * (x * y).sum(), (x * x).sum() - (y * y).sum())
    turned = np.stack([x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)], axis=1)
    farthest = np.abs(turned).argmax(axis=0)
    return turned * np.where(turned[farthest, [0, 1]] < 0, -1.0, 1.0)


def _shortage(centres: np.ndarray, sides: np.ndarray) -> np.ndarray:
    """Return by how much two boxes (n, n) must part on their better axis not to overlap (<= 0: they do not)."""
    apart = np.abs(centres[:, None] - centres[None])
    return ((sides[:, None] + sides[None]) / 2 - apart).min(axis=2)


def _separated(positions: np.ndarray, sides: np.ndarray) -> np.ndarray:
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
    over = lack.min(axis=2) > 1e-9
    np.fill_diagonal(over, False)
    across = over & (lack[:, :, 0] <= lack[:, :, 1])
    n = len(positions)
    # two boxes at one place part by their numbers
    sense = np.where(apart != 0, np.sign(apart), np.sign(np.arange(n)[:, None] - np.arange(n))[:, :, None])
    axis = np.stack([across, over & ~across], axis=2)
    # a little more than half, so that the last overlaps go in finitely many passes
    return np.where(axis, sense * (lack * 0.5 + 0.05), 0.0).sum(axis=1)


def _pack(pieces: list[np.ndarray], centres: np.ndarray, sides: np.ndarray) -> None:
    """Set the pieces in rows, in order, about as wide as the first piece or the square root of the area."""
    extents = [_extent(centres[piece], sides[piece]) for piece in pieces]
    area = sum(float(np.prod(high - low)) for low, high in extents)
    widest = max([float((high - low)[0]) for low, high in extents] + [1.4 * np.sqrt(area)]) + MARGIN
    x, y, height = 0.0, 0.0, 0.0
    for piece, (low, high) in zip(pieces, extents, strict=True):
        width, tall = high - low + MARGIN
        if x > 0 and x + width > widest:
            x, y, height = 0.0, y - height, 0.0
        centres[piece] += np.array([x - low[0], y - high[1]])
        x, height = x + width, max(height, tall)
    if len(centres):
        low, high = _extent(centres, sides)
        centres -= (low + high) / 2


def _extent(centres: np.ndarray, sides: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return (centres - sides / 2).min(axis=0), (centres + sides / 2).max(axis=0)
