"""The descending classification: the largest node is cut in two, again and again (Reinert 1983)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

ROOT, LOST = 1, 0


@dataclass(frozen=True)
class Split:
    """The split of node `mother` into 2·number (group 1: low scores) and 2·number + 1.

    n_rows and n_columns: the table that was cut; lost: rows (of the whole matrix) that this table left
    without any form; total: its number of ones; singular_value: of the axis; chi2_cut: χ² at the best
    cut; chi2: after reallocation, which took `passes`; sizes: rows of the two nodes; dropped: columns
    (of the whole matrix) that the descendants of each no longer use; products: X'(Xv) that the axis took.
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
    products: int = 0


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
    # The compiler takes longer to load than all the rest, and most steps only read classes.
    from verbatim.reinert import splitting
    from verbatim.reinert.binary_table import BinaryTable

    table = BinaryTable.of(matrix)
    if n_splits < 0:
        raise ValueError(f"n_splits is {n_splits}")
    n = table.n_rows
    nodes = np.zeros((n, min(n_splits, max(n - 1, 0))), dtype=np.int32, order="F")
    state = np.full(n, ROOT, dtype=np.int32)
    leaves = {ROOT: splitting.root(table)}
    splits: list[Split] = []
    for number in range(1, nodes.shape[1] + 1):
        if stop and stop(Descent(nodes[:, : number - 1], tuple(splits))):
            break
        found = splitting.split_largest(table, leaves, number)
        if found is None:
            break
        split, daughters = found
        leaves |= {leaf.node: leaf for leaf in daughters}
        state[split.lost] = LOST
        for leaf in daughters:
            state[leaf.rows] = leaf.node
        nodes[:, number - 1] = state
        splits.append(split)
    return Descent(nodes[:, : len(splits)], tuple(splits))
