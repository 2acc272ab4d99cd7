"""The descending classification: the largest node is cut in two, again and again (Reinert 1983)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, issparse

from verbatim.reinert.axis import first_axis
from verbatim.reinert.bipartition import Bipartition, best_cut, dropped_columns, reallocate

ROOT, LOST = 1, 0
FEWEST_SEGMENTS_OF_A_FORM = 4


@dataclass(frozen=True)
class Split:
    """The split of node `mother` into 2·number (group 1: low scores) and 2·number + 1.

    n_rows and n_columns: the table that was cut; lost: rows (of the whole matrix) that this table left
    without any form; total: its number of ones; singular_value: of the axis; chi2_cut: χ² at the best
    cut; chi2: after reallocation, which took `passes`; sizes: rows of the two nodes; dropped: columns
    (of the whole matrix) that the descendants of each no longer use.
    """

    number: int
    mother: int
    n_rows: int
    n_columns: int
    lost: np.ndarray
    total: int
    singular_value: float
    chi2_cut: float
    chi2: float
    sizes: tuple[int, int]
    passes: int
    dropped: tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Descent:
    """Splits so far; `nodes` (n_segments, number of splits): node of each row after each; 0 = lost."""

    nodes: np.ndarray
    splits: tuple[Split, ...]

    @property
    def n_segments(self) -> int:
        """Return the number of rows, lost ones included."""
        return len(self.nodes)

    def first(self, n_splits: int) -> Descent:
        """Return the descent as it stood after its first `n_splits`."""
        return Descent(self.nodes[:, :n_splits], self.splits[:n_splits])

    def current(self) -> np.ndarray:
        """Return the node (n_segments,) of each row after the last split; the root before any."""
        return self.nodes[:, -1] if self.splits else np.full(self.n_segments, ROOT, dtype=self.nodes.dtype)

    def mothers(self) -> dict[int, int]:
        """Return node -> mother, by node; the root has 0."""
        return {ROOT: 0} | {2 * s.number + side: s.mother for s in self.splits for side in (0, 1)}

    def sizes(self) -> dict[int, int]:
        """Return node -> rows that it had when it was made, by node."""
        return {ROOT: self.n_segments} | {2 * s.number + side: s.sizes[side] for s in self.splits for side in (0, 1)}

    def leaf_sizes(self) -> dict[int, int]:
        """Return leaf -> rows, leaves from left to right in the tree (group 1 on the left)."""
        sizes = self.sizes()
        return {leaf: sizes[leaf] for leaf in self.leaves()}

    def leaves(self) -> list[int]:
        """Return the leaves from left to right."""
        below = {s.mother: 2 * s.number for s in self.splits}
        found, queue = [], [ROOT]
        while queue:
            node = queue.pop()
            if node in below:
                queue += [below[node] + 1, below[node]]
            else:
                found.append(node)
        return found


@dataclass(frozen=True)
class _Leaf:
    node: int
    rows: np.ndarray
    columns: np.ndarray

    def rank(self) -> tuple[int, str]:
        """Order of splitting: most rows first, then by the digits of the node (IRaMuTeQ: "10" < "8")."""
        return -len(self.rows), str(self.node)


@dataclass(frozen=True)
class _Cut:
    parts: Bipartition
    rows: np.ndarray
    columns: np.ndarray
    lost: np.ndarray
    singular_value: float


def descend(matrix: csr_array, n_splits: int, *, stop: Callable[[Descent], bool] | None = None) -> Descent:
    """Return the descending classification of `matrix` (n_segments, n_forms), sparse and binary.

    Each split takes the leaf with most rows; within it, only forms that its ancestors did not drop and
    that at least four of its rows bear (at the root: any); rows left without a form are lost for good.
    The rows are ordered on the first axis of the correspondence analysis, cut where χ² is largest,
    reallocated one by one while χ² grows, and each side drops forms (Reinert 1983; the rules are those
    of IRaMuTeQ). Fewer than `n_splits` are made when `stop(descent so far)`, asked before each split,
    says so, or when no leaf can be split (its rows all have the same forms).

    Deterministic: the same matrix gives the same numbers. Errors: ValueError when the matrix is not
    sparse and binary, or n_splits is negative.
    """
    table = _binary(matrix)
    if n_splits < 0:
        raise ValueError(f"n_splits is {n_splits}")
    n, p = table.shape
    nodes = np.zeros((n, n_splits), dtype=np.int32, order="F")
    state = np.full(n, ROOT, dtype=np.int32)
    leaves = {ROOT: _Leaf(ROOT, np.arange(n), np.ones(p, dtype=bool))}
    splits: list[Split] = []
    for number in range(1, n_splits + 1):
        if stop and stop(Descent(nodes[:, : number - 1], tuple(splits))):
            break
        found = next(_cuts(table, leaves), None)
        if found is None:
            break
        mother, cut = found
        split, daughters = _split(number, mother, cut)
        del leaves[mother.node]
        leaves |= {leaf.node: leaf for leaf in daughters}
        state[split.lost] = LOST
        for leaf in daughters:
            state[leaf.rows] = leaf.node
        nodes[:, number - 1] = state
        splits.append(split)
    return Descent(nodes[:, : len(splits)], tuple(splits))


def _binary(matrix: csr_array) -> csr_array:
    if not issparse(matrix):
        raise ValueError("the matrix must be sparse (segments × forms)")
    table = csr_array(matrix, dtype=float, copy=True)
    table.sum_duplicates()
    table.eliminate_zeros()
    if (table.data != 1).any():
        raise ValueError("the matrix must hold zeros and ones only")
    return table


def _cuts(table: csr_array, leaves: dict[int, _Leaf]) -> Iterator[tuple[_Leaf, _Cut]]:
    """Yield leaves that can be split, with their cut, in the order of splitting.

    A leaf that cannot is forgotten: it stays a leaf whatever happens elsewhere.
    """
    for leaf in sorted(leaves.values(), key=_Leaf.rank):
        cut = _cut(table, leaf)
        if cut is None:
            del leaves[leaf.node]
        else:
            yield leaf, cut


def _cut(table: csr_array, leaf: _Leaf) -> _Cut | None:
    if len(leaf.rows) < 2:
        return None
    part = table[leaf.rows]
    counts = np.bincount(part.indices, minlength=table.shape[1])
    fewest = 1 if leaf.node == ROOT else FEWEST_SEGMENTS_OF_A_FORM
    columns = np.flatnonzero(leaf.columns & (counts >= fewest))
    part = part[:, columns]
    full = np.diff(part.indptr) > 0
    if full.sum() < 2:
        return None
    part = part[full]
    axis = first_axis(part)
    parts = best_cut(part, axis[0]) if axis else None
    return _Cut(parts, leaf.rows[full], columns, leaf.rows[~full], axis[1]) if parts else None


def _split(number: int, mother: _Leaf, cut: _Cut) -> tuple[Split, list[_Leaf]]:
    parts = cut.parts
    chi2_cut = parts.chi2()
    passes = reallocate(parts)
    dropped = tuple(cut.columns[out] for out in dropped_columns(parts))
    daughters = []
    for side, rows in enumerate((cut.rows[parts.first], cut.rows[~parts.first])):
        columns = mother.columns.copy()
        columns[dropped[side]] = False
        daughters.append(_Leaf(2 * number + side, rows, columns))
    split = Split(
        number=number,
        mother=mother.node,
        n_rows=len(cut.rows),
        n_columns=len(cut.columns),
        lost=cut.lost,
        total=parts.table.nnz,
        singular_value=cut.singular_value,
        chi2_cut=chi2_cut,
        chi2=parts.chi2(),
        sizes=parts.group_sizes(),
        passes=passes,
        dropped=dropped,
    )
    return split, daughters
