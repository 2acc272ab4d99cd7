"""A sparse binary table held as the columns of each row, without values, and its parts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, issparse

from verbatim.reinert.compiled import compiled

IN_ORDER, UNORDERED, BROKEN = 0, 1, 2


@dataclass(frozen=True)
class BinaryTable:
    """Row i bears the columns indices[pointers[i]:pointers[i + 1]], ascending.

    pointers: int64 (n + 1,); indices: uint32 (compiled code then does not look for negative ones); column_sums:
    float (p,).
    """

    pointers: np.ndarray
    indices: np.ndarray
    column_sums: np.ndarray

    @classmethod
    def of(cls, matrix: csr_array) -> BinaryTable:
        """Return the table of a sparse matrix of zeros and ones, of any type of number.

        `matrix` is not changed; its indices are shared where they are int32, its values never copied.
        Errors: ValueError when it is not sparse, or holds another number once duplicates are summed.
        """
        if not issparse(matrix):
            raise ValueError("the matrix must be sparse (segments × forms)")
        rows = csr_array(matrix)
        state = _state(_int64(rows.indptr), rows.indices, rows.shape[1])
        if state == BROKEN:
            raise ValueError("the matrix must be a valid sparse matrix: an index of it is out of bounds")
        if state == UNORDERED or not (rows.data[: rows.nnz] == 1).all():
            rows = rows.astype(float, copy=True)
            rows.sum_duplicates()
            rows.eliminate_zeros()
            if (rows.data != 1).any():
                raise ValueError("the matrix must hold zeros and ones only")
        indices = np.require(rows.indices[: rows.nnz], np.int32, ["C", "W"]).view(np.uint32)
        return cls(_int64(rows.indptr), indices, sums_of_columns(indices, rows.shape[1]))

    @property
    def n_rows(self) -> int:
        """Return the number of rows."""
        return len(self.pointers) - 1

    @property
    def n_columns(self) -> int:
        """Return the number of columns."""
        return len(self.column_sums)

    @property
    def total(self) -> int:
        """Return the number of ones."""
        return int(self.pointers[-1])

    def part(self, rows: np.ndarray, allowed: np.ndarray, fewest: int) -> tuple[BinaryTable, np.ndarray, np.ndarray]:
        """Return the sub-table of `rows`, then which of them it has (bool), and its columns' numbers here.

        `rows`: int64, ascending. Its columns: those `allowed` (bool, (p,)) that at least `fewest` of
        `rows` bear; rows left without any are not in it.
        """
        sums = _sums_of_rows(self.pointers, self.indices, rows, self.n_columns)
        columns = np.flatnonzero(allowed & (sums >= fewest))
        sums = sums[columns]
        number = np.full(self.n_columns, -1, dtype=np.int32)
        number[columns] = np.arange(len(columns), dtype=np.int32)
        indices, ends, kept = _cut_out(self.pointers, self.indices, rows, number, int(sums.sum()))
        return BinaryTable(np.concatenate([[0], ends[kept]]), indices, sums), kept, columns


def _int64(pointers: np.ndarray) -> np.ndarray:
    return np.require(pointers, np.int64, ["C", "W"])


@compiled
def _state(pointers, indices, n_columns):
    """Return whether columns ascend strictly in each row, do not, or are no valid numbers."""
    if pointers[0] != 0 or pointers[-1] > indices.size:
        return BROKEN
    state = IN_ORDER
    for i in range(pointers.size - 1):
        if pointers[i + 1] < pointers[i]:
            return BROKEN
        before = -1
        for k in range(pointers[i], pointers[i + 1]):
            if indices[k] < 0 or indices[k] >= n_columns:
                return BROKEN
            if indices[k] <= before:
                state = UNORDERED
            before = indices[k]
    return state


@compiled
def sums_of_columns(indices, n_columns):
    """Return how often each column (n_columns,) is in `indices`."""
    sums = np.zeros(n_columns)
    for column in indices:
        sums[column] += 1.0
    return sums


@compiled
def _sums_of_rows(pointers, indices, rows, n_columns):
    """Return how many of `rows` bear each column (n_columns,)."""
    sums = np.zeros(n_columns)
    for row in rows:
        for column in indices[pointers[row] : pointers[row + 1]]:
            sums[column] += 1.0
    return sums


@compiled
def _cut_out(pointers, indices, rows, number, total):
    """Return the `total` indices of the sub-table of `rows`, where each ends, and whether it has any.

    `number` (p,): the new number of each column; −1: left out.
    """
    found = np.empty(total, dtype=np.uint32)
    ends = np.empty(rows.size, dtype=np.int64)
    kept = np.empty(rows.size, dtype=np.bool_)
    end = 0
    for i in range(rows.size):
        start = end
        for column in indices[pointers[rows[i]] : pointers[rows[i] + 1]]:
            if number[column] >= 0:
                found[end] = number[column]
                end += 1
        ends[i] = end
        kept[i] = end > start
    return found, ends, kept
