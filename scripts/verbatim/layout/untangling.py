"""Moving branches of a tree where they cross no edge and no label."""

from __future__ import annotations

import numpy as np

from verbatim.layout.labels import MARGIN
from verbatim.layout.stress import hang

ROUNDS = 2
# Places tried for a word around the one it hangs on: turns, and lengths of the edge.
TURNS = 24
LENGTHS = (0.4, 0.6, 0.8, 1.0, 1.3, 1.7)


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


def untangle(positions: np.ndarray, source: np.ndarray, target: np.ndarray, sides: np.ndarray) -> np.ndarray:
    """Return the positions after moving leaves, and branches, where that lessens crossings and edges over labels."""
    n = len(positions)
    if n < 4:
        return positions
    positions = positions.copy()
    degree = np.bincount(np.concatenate([source, target]), minlength=n)
    mothers, outwards = hang(source, target, n, int(np.argmax(degree)))
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
    low, high = (positions - sides / 2).min(axis=0), (positions + sides / 2).max(axis=0)
    middle, reach = (low + high) / 2, (high - low) / 2 + 1e-9
    tried = _tried(positions, branch, hung)
    over = np.zeros(len(tried), dtype=bool)
    for column, word in enumerate(branch.tolist()):
        apart = np.abs(tried[:, column, None] - positions[others])
        lack = (sides[word] + sides[others]) / 2 - apart
        over |= (np.minimum(lack[..., 0], lack[..., 1]) > 1e-9).any(axis=1)
    # nothing leaves the rectangle that the boxes fill
    beyond = np.abs(tried - middle) + sides[branch] / 2 > reach
    tried = tried[~over & ~beyond.any(axis=(1, 2))]
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
    first, last = np.minimum(one, other), np.maximum(one, other)
    enter, leave = np.maximum(first[..., 0], first[..., 1]), np.minimum(last[..., 0], last[..., 1])
    return np.maximum(enter, 0.0) < np.minimum(leave, 1.0)
