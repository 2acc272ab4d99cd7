"""Where the words of a graph stand: deterministic, with room for every label.

The unit of the plane is the typographic point: drawn at scale 1 with the font sizes of `font_sizes`,
no two labels touch; a figure of another size scales positions and fonts alike.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

SMALLEST_FONT, LARGEST_FONT = 7.0, 15.0
BOLD_FROM = 10.0
LINE_HEIGHT = 1.25
MARGIN = 4.0
# Hundredths of the font size that letters are wide in DejaVu Sans, the font of the figures, regular then bold.
REGULAR = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz-' ",
        (
            (
                62,
                64,
                55,
                64,
                62,
                36,
                64,
                64,
                28,
                28,
                58,
                28,
                98,
                64,
                62,
                64,
                64,
                42,
                53,
                40,
                64,
                60,
                82,
                60,
                60,
                53,
                37,
                28,
                32,
            )
        ),
        strict=True,
    )
)
BOLD = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz-' ",
        (
            (
                68,
                72,
                60,
                72,
                68,
                44,
                72,
                72,
                35,
                35,
                67,
                35,
                105,
                72,
                69,
                72,
                72,
                50,
                60,
                48,
                72,
                66,
                93,
                65,
                66,
                59,
                42,
                31,
                35,
            )
        ),
        strict=True,
    )
)
OTHER_LETTER = 110
FILLED = 0.33
SWEEPS, PUSHES, ROUNDS = 60, 20, 4
# Places tried for a word around the one it hangs on: turns, and lengths of the edge.
TURNS = 32
LENGTHS = (0.35, 0.5, 0.7, 0.85, 1.0, 1.2, 1.45, 1.75, 2.1)


def font_sizes(frequency: np.ndarray) -> np.ndarray:
    """Return the font size (n,), in points, of words that occur in `frequency` (n,) segments.

    Linear in the square root of the frequency, from 7 to 15 points; 11 when all are equal.
    """
    roots = np.sqrt(np.asarray(frequency, dtype=float))
    if len(roots) == 0 or roots.max() == roots.min():
        return np.full(len(roots), (SMALLEST_FONT + LARGEST_FONT) / 2)
    return SMALLEST_FONT + (LARGEST_FONT - SMALLEST_FONT) * (roots - roots.min()) / (roots.max() - roots.min())


def boxes(words: Sequence[str], fonts: np.ndarray) -> np.ndarray:
    """Return width and height (n, 2), in points, of the room that each label takes, margin included.

    From the widths of the letters in DejaVu Sans, bold over 10 points; accents take no room, other signs much.
    """
    widths = [max(_width(word, font), 1.0) for word, font in zip(words, np.asarray(fonts).tolist(), strict=True)]
    sides = np.stack([np.array(widths), np.full(len(widths), LINE_HEIGHT)], axis=1)
    return sides * np.asarray(fonts, dtype=float)[:, None] + MARGIN


def _width(word: str, font: float) -> float:
    """Return the width of a word, in font sizes."""
    letters = unicodedata.normalize("NFD", word.lower().replace("œ", "oe").replace("’", "'"))
    table = BOLD if font > BOLD_FROM else REGULAR
    return sum(table.get(letter, OTHER_LETTER) for letter in letters if not unicodedata.combining(letter)) / 100


def place(source: np.ndarray, target: np.ndarray, words: Sequence[str], frequency: np.ndarray) -> np.ndarray:
    """Return the centre (n, 2), in points, of the label of each of the n words: `place_boxes` of their boxes."""
    return place_boxes(source, target, boxes(words, font_sizes(frequency)))


def place_boxes(source: np.ndarray, target: np.ndarray, sides: np.ndarray) -> np.ndarray:
    """Return the centre (n, 2), in points, of the box of each of the n words; no two boxes overlap.

    `source` and `target` are the 0-based ends of the edges of a forest, the maximum tree; `sides` (n, 2) the width
    and height of the boxes. Each connected piece is laid out by majorising the stress of its path lengths (Gansner,
    Koren and North 2005), an edge being longer where many boxes hang on its ends; turned on its principal axis; its
    boxes pushed apart until none overlap; and its leaves moved about the word that they hang on while that lessens
    crossings of edges and edges over labels. Pieces then stand side by side, largest first. The plane is centred on
    0. Sums are never taken by a library that splits them over cores: the same bytes for any number of cores.
    """
    sides = np.asarray(sides, dtype=float)
    order = np.lexsort((np.maximum(source, target), np.minimum(source, target)))
    source, target = np.minimum(source, target)[order], np.maximum(source, target)[order]
    # rounding to hundredths must not bring boxes back over one another
    room = sides + 0.05
    far = _distances(source, target, room)
    centres = np.zeros((len(sides), 2))
    pieces = _pieces(far)
    for piece in pieces:
        inside = np.isin(source, piece)
        a, b = np.searchsorted(piece, source[inside]), np.searchsorted(piece, target[inside])
        drawn = _turned(_unfolded(far[np.ix_(piece, piece)], a, b, room[piece]))
        centres[piece] = _untangled(_separated(drawn, room[piece]), a, b, room[piece])
    _pack(pieces, centres, sides)
    return np.round(centres, 2) + 0.0


def overlaps(centres: np.ndarray, sides: np.ndarray) -> int:
    """Return how many pairs of boxes (centres and sides, both (n, 2)) overlap."""
    room = _shortage(centres, sides)
    return int((np.triu(room, k=1) > 1e-9).sum())


def crossings(centres: np.ndarray, source: np.ndarray, target: np.ndarray) -> int:
    """Return how many pairs of edges (m,) cross, edges that share a word never counting."""
    found = 0
    for edge in range(len(source)):
        later = np.arange(edge + 1, len(source))
        apart = ~np.isin(source[later], [source[edge], target[edge]])
        later = later[apart & ~np.isin(target[later], [source[edge], target[edge]])]
        ends = centres[source[edge]], centres[target[edge]]
        found += int(_crossed(*ends, centres[source[later]], centres[target[later]]).sum())
    return found


def _distances(source: np.ndarray, target: np.ndarray, sides: np.ndarray) -> np.ndarray:
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


def _pieces(steps: np.ndarray) -> list[np.ndarray]:
    """Return the words of each connected piece, the largest piece first."""
    first = np.isfinite(steps).argmax(axis=1) if len(steps) else np.zeros(0, dtype=int)
    pieces = [np.flatnonzero(first == k) for k in np.unique(first)]
    return sorted(pieces, key=lambda piece: (-len(piece), piece[0]))


def _unfolded(far: np.ndarray, source: np.ndarray, target: np.ndarray, sides: np.ndarray) -> np.ndarray:
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
    mothers, outwards = _mothers(source, target, len(far), centre)
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


def _mothers(source: np.ndarray, target: np.ndarray, n: int, root: int) -> tuple[np.ndarray, list[int]]:
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


def _untangled(positions: np.ndarray, source: np.ndarray, target: np.ndarray, sides: np.ndarray) -> np.ndarray:
    """Return the positions after moving leaves, and branches, where that lessens crossings and edges over labels."""
    n = len(positions)
    if n < 4:
        return positions
    positions = positions.copy()
    degree = np.bincount(np.concatenate([source, target]), minlength=n)
    mothers, outwards = _mothers(source, target, n, int(np.argmax(degree)))
    branches: list[list[int]] = [[word] for word in range(n)]
    for word in reversed(outwards):
        branches[mothers[word]] += branches[word]
    for _ in range(ROUNDS):
        moved = False
        # the smallest branches first: they find room more easily
        for word in sorted(outwards, key=lambda word: (len(branches[word]), word)):
            if 2 * len(branches[word]) <= n:
                moved |= _move(positions, sides, np.array(branches[word]), mothers, outwards)
        if not moved:
            break
    return positions


def _move(positions: np.ndarray, sides: np.ndarray, branch: np.ndarray, mothers: np.ndarray, edges: list[int]) -> bool:
    """Turn and stretch a branch about the word on which it hangs to where it disturbs least; say whether it moved."""
    hung = mothers[branch[0]]
    others = np.setdiff1d(np.arange(len(positions)), branch)
    outer = np.setdiff1d(np.array(edges), branch)
    here = _trouble(positions, positions[branch][None], sides, branch, hung, others, outer, mothers)[0]
    if here < 1:
        return False
    tried = _tried(positions, branch, hung)
    apart = np.abs(tried[:, :, None] - positions[others][None, None])
    over = ((sides[branch][:, None] + sides[others][None]) / 2 - apart).min(axis=3).max(axis=(1, 2)) > 1e-9
    tried = tried[~over]
    if len(tried) == 0:
        return False
    length = np.sqrt(np.square(tried[:, 0] - positions[hung]).sum(axis=1))
    usual = np.sqrt(np.square(positions[branch[0]] - positions[hung]).sum())
    cost = _trouble(positions, tried, sides, branch, hung, others, outer, mothers) + 0.3 * length / usual
    best = int(np.argmin(np.round(cost, 9)))
    if cost[best] > here + 0.3 - 0.05:
        return False
    positions[branch] = tried[best]
    return True


def _tried(positions: np.ndarray, branch: np.ndarray, hung: int) -> np.ndarray:
    """Return the places (k, branch, 2) tried: the branch turned about `hung`, its edge longer or shorter."""
    turn = 2 * np.pi * np.arange(TURNS) / TURNS
    spoke = positions[branch] - positions[hung]
    turned = np.stack(
        [
            np.cos(turn)[:, None] * spoke[:, 0] - np.sin(turn)[:, None] * spoke[:, 1],
            np.sin(turn)[:, None] * spoke[:, 0] + np.cos(turn)[:, None] * spoke[:, 1],
        ],
        axis=2,
    )
    places = [positions[hung] + turned + (length - 1) * turned[:, :1] for length in LENGTHS]
    tried = np.concatenate(places)
    if len(branch) == 1:
        return tried
    # a branch that is turned keeps its own boxes apart only if they are pushed anew: it is shifted instead
    shift = tried[:, :1] - positions[branch[0]]
    return positions[branch][None] + shift


def _trouble(positions, tried, sides, branch, hung, others, outer, mothers) -> np.ndarray:
    """Return, for each place (k,), four times the crossings with other edges, plus edges over labels both ways."""
    starts, ends = positions[mothers[outer]], positions[outer]
    half_others, half_own = sides[others] / 2 - MARGIN / 2, sides[branch] / 2 - MARGIN / 2
    found = np.zeros(len(tried))
    place = {int(word): column for column, word in enumerate(branch)}
    for column, word in enumerate(branch.tolist()):
        mother = int(mothers[word])
        tail = positions[hung][None] if column == 0 else tried[:, place[mother]]
        tail, head = np.broadcast_to(tail, (len(tried), 2))[:, None], tried[:, column][:, None]
        free = (mothers[outer] != mother) & (outer != mother)
        found += 4 * _crossed(tail, head, starts[free][None], ends[free][None]).sum(axis=1)
        clear = others != hung if column == 0 else np.ones(len(others), dtype=bool)
        found += _struck(tail, head, positions[others][clear][None], half_others[clear][None]).sum(axis=1)
        found += _struck(starts[None], ends[None], tried[:, column][:, None], half_own[column]).sum(axis=1)
    return found


def _crossed(p: np.ndarray, q: np.ndarray, r: np.ndarray, s: np.ndarray) -> np.ndarray:
    """Say whether the segments pq and rs (…, 2) cross."""
    return (_side(p, q, r) * _side(p, q, s) < 0) & (_side(r, s, p) * _side(r, s, q) < 0)


def _side(p: np.ndarray, q: np.ndarray, r: np.ndarray) -> np.ndarray:
    return (q[..., 0] - p[..., 0]) * (r[..., 1] - p[..., 1]) - (q[..., 1] - p[..., 1]) * (r[..., 0] - p[..., 0])


def _struck(p: np.ndarray, q: np.ndarray, centre: np.ndarray, half: np.ndarray) -> np.ndarray:
    """Say whether the segment pq passes through the box of `centre` and half sides `half`, all (…, 2)."""
    way = q - p
    flat = np.where(np.abs(way) < 1e-12, 1e-12, way)
    one, other = (centre - half - p) / flat, (centre + half - p) / flat
    enter, leave = np.minimum(one, other).max(axis=-1), np.maximum(one, other).min(axis=-1)
    return np.maximum(enter, 0.0) < np.minimum(leave, 1.0)


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
