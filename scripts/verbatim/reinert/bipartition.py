"""Cutting a binary table in two: the best cut of an axis, reallocation, forms dropped on each side.

The χ² of the 2 × p table of a bipartition needs two sums only: with a the column sums of group 1, c
those of the table, N = Σc, A = Σa, B = N − A and S = Σ a²/c,

    χ² = N · (S/A + (N − 2A + S)/B − 1)

and moving a row with support J and m forms changes S by Σ_{j∈J} (±2aⱼ + 1)/cⱼ and A by ±m: a search
of the cut, or one pass of reallocation, is one sweep over the non-zeros.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

STRICTLY = 1e-13
EQUAL_CUTS = 1e-12
SMALLEST_GROUP = 5
SHORTEST_BLOCK = 16
YATES_BELOW = 10


@dataclass
class Bipartition:
    """A binary table (n rows, p columns) and which of its rows are in group 1."""

    table: csr_array
    first: np.ndarray

    def __post_init__(self):
        """Sum rows and columns once."""
        self.sizes = np.diff(self.table.indptr).astype(float)
        self.column_sums = np.bincount(self.table.indices, minlength=self.table.shape[1]).astype(float)
        self.total = self.sizes.sum()

    def chi2(self) -> float:
        """Return the χ² of the 2 × p table of column sums."""
        counts = self.group_sums()
        return self.total * inertia(np.sum(counts**2 / self.column_sums), counts.sum(), self.total)

    def group_sums(self) -> np.ndarray:
        """Return the column sums (p,) of group 1."""
        marks = np.repeat(self.first, np.diff(self.table.indptr))
        return np.bincount(self.table.indices[marks], minlength=self.table.shape[1]).astype(float)

    def group_sizes(self) -> tuple[int, int]:
        """Return the number of rows of the two groups."""
        n = int(self.first.sum())
        return n, len(self.first) - n


def inertia(S, A, N: float):
    """Return χ²/N from the sums of the module's formula; −1 where a group is empty."""
    S, A = np.asarray(S, dtype=float), np.asarray(A, dtype=float)
    valid = (A > 0) & (A < N)
    safe = np.where(valid, A, N / 2)
    return np.where(valid, S / safe + (N - 2 * safe + S) / (N - safe) - 1, -1.0)


def best_cut(table: csr_array, scores: np.ndarray) -> Bipartition | None:
    """Return the cut of the rows, ordered by `scores` (n,), with the largest χ² (the first of equals).

    Rows of equal score are never parted: χ² is convex along copies of a row, so that parting them
    is never better. None when all scores are equal.
    """
    order = np.argsort(scores, kind="stable")
    ordered = table[order]
    columns = ordered.tocsc()
    sums = np.diff(columns.indptr)
    rank = np.arange(columns.nnz) - np.repeat(columns.indptr[:-1], sums)
    gain = np.bincount(columns.indices, (2 * rank + 1) / np.repeat(sums, sums), len(order))
    S, A = np.cumsum(gain), np.cumsum(np.diff(ordered.indptr), dtype=float)
    ends = np.flatnonzero(np.diff(scores[order]) > 0)
    if not len(ends):
        return None
    values = inertia(S[ends], A[ends], float(table.nnz))
    best = ends[np.argmax(values >= values.max() * (1 - EQUAL_CUTS))]
    return Bipartition(table, scores <= scores[order[best]])


def reallocate(parts: Bipartition) -> int:
    """Move rows between the groups of `parts`, in place, while χ² grows; return the number of passes.

    A pass visits the rows in order and keeps each move that strictly increases χ², sums being updated
    at once. Passes go on until one moves nothing or moves the same rows as the one before; none is
    made when a group had fewer than five rows at the start of the previous pass (Reinert 1983).
    """
    passes, moved = 0, None
    sizes = parts.group_sizes()
    while min(sizes) >= SMALLEST_GROUP:
        sizes = parts.group_sizes()
        before, moved = moved, _Pass(parts).run()
        passes += 1
        # Moving the same rows twice restores the partition, so only rounding can ask for it: never loop on that.
        if not moved or moved == before:
            break
    return passes


class _Pass:
    """One pass: blocks of rows are judged together, up to the first that moves; then anew from there.

    Rows before the first that moves are judged on the sums that they would meet one by one, so that
    the result is that of visiting them one at a time.
    """

    def __init__(self, parts: Bipartition):
        self.parts = parts
        self.inverse = 1 / parts.column_sums
        self.sums = parts.group_sums()
        self.weights = self.sums * self.inverse
        self.own = np.add.reduceat(self.inverse[parts.table.indices], parts.table.indptr[:-1])
        self.A = self.sums.sum()
        self.S = np.sum(self.sums * self.weights)

    def run(self) -> list[int]:
        """Return the rows moved, in order."""
        n, row, block, moved = len(self.parts.first), 0, SHORTEST_BLOCK, []
        while row < n:
            end = min(row + block, n)
            found = self._first_better(row, end)
            if found is None:
                row, block = end, 2 * block
            else:
                moved.append(found)
                block = max(SHORTEST_BLOCK, found - row + 1)
                row = found + 1
        return moved

    def _first_better(self, row: int, end: int) -> int | None:
        """Move the first row of [row, end) whose move increases χ², and return it."""
        indptr, total = self.parts.table.indptr, self.parts.total
        start = indptr[row]
        met = self.weights[self.parts.table.indices[start : indptr[end]]]
        met = np.add.reduceat(met, indptr[row:end] - start)
        sign = np.where(self.parts.first[row:end], -1.0, 1.0)
        S = self.S + 2 * sign * met + self.own[row:end]
        A = self.A + sign * self.parts.sizes[row:end]
        better = inertia(S, A, total) > inertia(self.S, self.A, total) * (1 + STRICTLY)
        at = int(better.argmax())
        if not better[at]:
            return None
        found = row + at
        self.S, self.A = S[at], A[at]
        support = self.parts.table.indices[indptr[found] : indptr[found + 1]]
        self.sums[support] += sign[at]
        self.weights[support] = self.sums[support] * self.inverse[support]
        self.parts.first[found] = not self.parts.first[found]
        return found


def dropped_columns(parts: Bipartition) -> tuple[np.ndarray, np.ndarray]:
    """Return the columns that the descendants of group 1, and of group 2, no longer use (IRaMuTeQ's rule).

    Columns are those of `parts.table`. One that a group lacks, without being in all rows of the other,
    is dropped from that group; one in all rows of a group and in some of the other is kept; otherwise,
    when the χ² of presence × group (Yates' correction if a cell is under 10) passes
    1.9·(larger/smaller group) + 1.9, it is dropped where it is under-represented.
    """
    n1, n2 = parts.group_sizes()
    here = parts.group_sums()
    there = parts.column_sums - here
    absent1, absent2 = n1 - here, n2 - there
    threshold = np.round(1.9 * max(n1, n2) / min(n1, n2) + 1.9, 6)
    n, borne = n1 + n2, parts.column_sums
    expected = np.array([borne * n1 / n, borne * n2 / n, (n - borne) * n1 / n, (n - borne) * n2 / n])
    observed = np.array([here, there, absent1, absent2])
    correction = np.where((observed < YATES_BELOW).any(axis=0), 0.5, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        chi2 = np.nan_to_num(((np.abs(observed - expected) - correction) ** 2 / expected).sum(axis=0), nan=0.0)
    missing_somewhere, universal_somewhere = np.minimum(here, there) == 0, np.minimum(absent1, absent2) == 0
    gone = missing_somewhere & ~universal_somewhere
    strong = (missing_somewhere == universal_somewhere) & (chi2 > threshold)
    out1 = (gone & (here == 0)) | (strong & (here < expected[0]))
    out2 = (gone & (there == 0)) | (strong & (here >= expected[0]) & (there < expected[1]))
    return np.flatnonzero(out1), np.flatnonzero(out2)
