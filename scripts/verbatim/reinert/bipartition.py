"""Cutting a binary table in two: the best cut of an axis, reallocation, forms dropped on each side.

The χ² of the 2 × p table of a bipartition needs two sums only: with a the column sums of group 1, c
those of the table, N = Σc, A = Σa, B = N − A and S = Σ a²/c,

    χ² = N · (S/A + (N − 2A + S)/B − 1)

and moving a row with support J and m forms changes S by Σ_{j∈J} (±2aⱼ + 1)/cⱼ and A by ±m: a search
of the cut, or one pass of reallocation, is one sweep over the non-zeros.
"""

from __future__ import annotations

import numpy as np

from verbatim.reinert.binary_table import BinaryTable
from verbatim.reinert.compiled import compiled

STRICTLY = 1e-13
EQUAL_CUTS = 1e-12
# Of the largest score: rows of other content whose scores are equal differ by less, by rounding only.
EQUAL_SCORES = 1e-12
NO_CUT = -1.0
SMALLEST_GROUP = 5
YATES_BELOW = 10


def chi2(table: BinaryTable, first: np.ndarray) -> float:
    """Return the χ² of the 2 × p table of column sums of group 1 (`first`, bool (n,)) and of the others."""
    return chi2_of_sums(table, group_sums(table.pointers, table.indices, first, table.n_columns))


def chi2_of_sums(table: BinaryTable, sums: np.ndarray) -> float:
    """Return the same χ² from the column sums (p,) of group 1."""
    S, A = _sums(sums, 1 / table.column_sums)
    return table.total * inertia(S, A, float(table.total))


def best_cut(table: BinaryTable, scores: np.ndarray) -> np.ndarray | None:
    """Return the rows in group 1 (bool, (n,)) of the cut by `scores` (n,) with the largest χ² (the first of equals).

    Rows of equal score are never parted: χ² is convex along copies of a row, so that parting them
    is never better. Scores count as equal where rounding alone can order them. None when all are.
    """
    order = np.argsort(scores, kind="stable")
    ordered = scores[order]
    values = _inertia_of_cuts(table.pointers, table.indices, order, ordered, 1 / table.column_sums)
    best = values.max()
    if best == NO_CUT:
        return None
    return scores <= ordered[np.argmax(values >= best - EQUAL_CUTS * abs(best))]


def reallocate(table: BinaryTable, first: np.ndarray) -> tuple[int, np.ndarray]:
    """Move rows between groups, in `first`, while χ² grows; return the number of passes and the sums (p,) of group 1.

    A pass visits the rows in order and keeps each move that strictly increases χ², sums being updated
    at once. Passes go on until one moves nothing or moves the same rows as the one before; none is
    made when a group had fewer than five rows at the start of the previous pass (Reinert 1983).
    """
    return _reallocate(table.pointers, table.indices, first, 1 / table.column_sums)


def dropped_columns(table: BinaryTable, first: np.ndarray, sums: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the columns that the descendants of group 1, and of group 2, no longer use (IRaMuTeQ's rule).

    `sums` (p,): column sums of group 1. A column that a group lacks, without being in all rows of the
    other, is dropped from that group; one in all rows of a group and in some of the other is kept;
    otherwise, when the χ² of presence × group (Yates' correction if a cell is under 10) passes
    1.9·(larger/smaller group) + 1.9, it is dropped where it is under-represented.
    """
    n1 = int(np.count_nonzero(first))
    n2 = len(first) - n1
    threshold = round(1.9 * max(n1, n2) / min(n1, n2) + 1.9, 6)
    side = _side_that_drops(sums, table.column_sums, float(n1), float(n2), threshold)
    return np.flatnonzero(side == 1), np.flatnonzero(side == 2)


@compiled
def inertia(S, A, N):
    """Return χ²/N from the sums of the module's formula; −1 where a group is empty."""
    if A <= 0 or A >= N:
        return NO_CUT
    return S / A + (N - 2 * A + S) / (N - A) - 1


@compiled
def group_sums(pointers, indices, first, n_columns):
    """Return the column sums (n_columns,) of group 1."""
    sums = np.zeros(n_columns)
    for i in range(first.size):
        if first[i]:
            for column in indices[pointers[i] : pointers[i + 1]]:
                sums[column] += 1.0
    return sums


@compiled
def _added(total, excess, term):
    """Return `total` + `term` and what rounding added too much, to be taken from the next term (Kahan 1965)."""
    term -= excess
    new = total + term
    return new, (new - total) - term


@compiled
def _sums(sums, inverse):
    """Return S, without the rounding of a long sum, and A."""
    S, lost, A = 0.0, 0.0, 0.0
    for j in range(sums.size):
        S, lost = _added(S, lost, sums[j] * (sums[j] * inverse[j]))
        A += sums[j]
    return S, A


@compiled
def _inertia_of_cuts(pointers, indices, order, scores, inverse):
    """Return χ²/N (n,) of the cut after each place; −1 after the last one and between equal scores."""
    n = order.size
    equal = EQUAL_SCORES * max(abs(scores[0]), abs(scores[n - 1]))
    sums = np.zeros(inverse.size)
    values = np.empty(n)
    values[n - 1] = NO_CUT
    S, lost, A = 0.0, 0.0, 0.0
    for place in range(n - 1):
        row = indices[pointers[order[place]] : pointers[order[place] + 1]]
        gain = 0.0
        for column in row:
            gain += (2 * sums[column] + 1) * inverse[column]
            sums[column] += 1.0
        S, lost = _added(S, lost, gain)
        A += row.size
        parted = scores[place + 1] - scores[place] > equal
        values[place] = inertia(S, A, float(pointers[n])) if parted else NO_CUT
    return values


@compiled
def _reallocate(pointers, indices, first, inverse):
    """Return the number of passes, after which `first` is changed, and the sums of group 1."""
    own = np.zeros(first.size)
    for i in range(first.size):
        for column in indices[pointers[i] : pointers[i + 1]]:
            own[i] += inverse[column]
    sums = group_sums(pointers, indices, first, inverse.size)
    before, earlier = np.empty(first.size, dtype=np.bool_), np.empty(first.size, dtype=np.bool_)
    passes = 0
    smaller = _smaller_group(first)
    while smaller >= SMALLEST_GROUP:
        smaller = _smaller_group(first)
        before, earlier = earlier, before
        for i in range(first.size):
            before[i] = first[i]
        moved = _pass(pointers, indices, first, inverse, own, sums)
        passes += 1
        # Moving the same rows twice restores the partition, so only rounding can ask for it: never loop on that.
        if moved == 0 or (passes > 1 and _same(first, earlier)):
            break
    return passes, sums


@compiled
def _smaller_group(first):
    """Return the rows of the smaller group."""
    n = 0
    for mark in first:
        n += mark
    return min(n, first.size - n)


@compiled
def _same(left, right):
    """Return whether two partitions have the same group 1."""
    n_other = 0
    for i in range(left.size):
        n_other += left[i] != right[i]
    return n_other == 0


@compiled
def _pass(pointers, indices, first, inverse, own, sums):
    """Visit each row once, moving those that increase χ²; return how many."""
    total = float(pointers[first.size])
    S, A = _sums(sums, inverse)
    weights = np.empty(sums.size)
    for j in range(sums.size):
        weights[j] = sums[j] * inverse[j]
    now = inertia(S, A, total) * (1 + STRICTLY)
    moved = 0
    for i in range(first.size):
        row = indices[pointers[i] : pointers[i + 1]]
        met = 0.0
        for column in row:
            met += weights[column]
        sign = -1.0 if first[i] else 1.0
        other_S = S + 2 * sign * met + own[i]
        other_A = A + sign * row.size
        value = inertia(other_S, other_A, total)
        if value > now:
            S, A, now = other_S, other_A, value * (1 + STRICTLY)
            first[i] = not first[i]
            moved += 1
            for column in row:
                sums[column] += sign
                weights[column] = sums[column] * inverse[column]
    return moved


@compiled
def _side_that_drops(sums, column_sums, n1, n2, threshold):
    """Return the group, 1 or 2, that drops each column; 0: none does."""
    side = np.zeros(sums.size, dtype=np.int8)
    for j in range(sums.size):
        here, there = sums[j], column_sums[j] - sums[j]
        missing, universal = min(here, there) == 0, min(n1 - here, n2 - there) == 0
        if missing and not universal:
            side[j] = 1 if here == 0 else 2
        elif missing == universal:
            expected = column_sums[j] * n1 / (n1 + n2)
            if _presence_chi2(here, there, n1, n2) > threshold:
                side[j] = 1 if here < expected else 2
    return side


@compiled
def _presence_chi2(here, there, n1, n2):
    """Return the χ² of presence × group, with Yates' correction where a cell is under 10; 0 when not defined."""
    borne, n = here + there, n1 + n2
    expected = (borne * n1 / n, borne * n2 / n, (n - borne) * n1 / n, (n - borne) * n2 / n)
    observed = (here, there, n1 - here, n2 - there)
    correction = 0.5 if min(min(here, there), min(n1 - here, n2 - there)) < YATES_BELOW else 0.0
    if borne == 0 or borne == n:
        return 0.0
    value = 0.0
    for cell in range(4):
        value += (abs(observed[cell] - expected[cell]) - correction) ** 2 / expected[cell]
    return value
