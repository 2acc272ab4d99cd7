"""Counting in how many segments two words occur together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array, triu

BATCH = 200_000


@dataclass(frozen=True)
class Cooccurrences:
    """Pairs of words that occur together, sorted by source, then target.

    source < target and together (m,): the two words (0-based) and the rows in which both occur, at least one;
    frequency (p,): rows in which each word occurs; n: rows in all, also those without any word.
    """

    source: np.ndarray
    target: np.ndarray
    together: np.ndarray
    frequency: np.ndarray
    n: int

    @property
    def margins(self) -> np.ndarray:
        """Frequencies (2, m) of the first and of the second word of each pair."""
        return np.stack([self.frequency[self.source], self.frequency[self.target]])


def presence(rows: np.ndarray, words: np.ndarray, n_rows: int, n_words: int) -> csr_array:
    """Return the binary matrix (n_rows, n_words) whose ones stand at `rows` and `words` (k,), each once or more."""
    table = csr_array((np.ones(len(rows), dtype=np.int32), (rows, words)), shape=(n_rows, n_words))
    table.sum_duplicates()
    table.data[:] = 1
    return table


def chosen(table: csr_array, rows: np.ndarray | None = None, words: np.ndarray | None = None) -> csr_array:
    """Return the part of a binary `table` (rows, words) that a mask or numbers of `rows` and numbers of `words` keep.

    The values are ones (int32) whatever those of `table`, the columns of a row in order.
    """
    part = csr_array(table)
    part = part if rows is None else part[rows]
    part = part if words is None else part[:, words]
    part = csr_array((np.ones(part.nnz, dtype=np.int32), part.indices, part.indptr), shape=part.shape)
    part.sort_indices()
    return part


def count(table: csr_array, rows: np.ndarray | None = None, words: np.ndarray | None = None) -> Cooccurrences:
    """Return the co-occurrences of `words` (all when None) in `rows` (all when None) of a binary table (rows, words).

    The words of the result are numbered as `words` gives them. Only pairs that occur together are there: the cost
    is that of the pairs present in the rows, never that of all pairs of words.
    """
    part = chosen(table, rows, words)
    pairs = triu(part.T.tocsr() @ part, k=1, format="csr")
    pairs.sort_indices()
    source = np.repeat(np.arange(part.shape[1], dtype=np.int32), np.diff(pairs.indptr))
    frequency = np.bincount(part.indices, minlength=part.shape[1])
    return Cooccurrences(
        source, pairs.indices.astype(np.int32), pairs.data.astype(np.int64), frequency, int(part.shape[0])
    )


def merge_rows(table: csr_array, blocks: np.ndarray, n_blocks: int) -> csr_array:
    """Return which of `n_blocks` blocks of rows bears each word, from a binary table (rows, words).

    `blocks` (rows,) numbers the block of each row from 0: the turn of each segment, when co-occurrence is to be
    counted within turns.
    """
    part = csr_array(table)
    rows = np.repeat(np.arange(part.shape[0]), np.diff(part.indptr))
    return presence(np.asarray(blocks)[rows], part.indices, n_blocks, part.shape[1])


def by_block(
    table: csr_array, source: np.ndarray, target: np.ndarray, blocks: np.ndarray, n_blocks: int
) -> tuple[csr_array, csr_array]:
    """Return in how many rows of each block each pair, and each word, occurs: (n_blocks, m) and (n_blocks, words).

    `table` (rows, words) is binary, `source` and `target` (m,) are words, `blocks` (rows,) numbers from 0. What a
    resample of blocks counts is then a weighted sum of these rows.
    """
    part = chosen(table)
    n_words = part.shape[1]
    number = np.full((n_words, n_words), -1, dtype=np.int32)
    number[source, target] = number[target, source] = np.arange(len(source))
    blocks = np.asarray(blocks)
    pairs = csr_array((n_blocks, len(source)), dtype=np.int32)
    for start in range(0, part.shape[0], BATCH):
        pairs = pairs + _pairs(part[start : start + BATCH], number, blocks[start : start + BATCH], pairs.shape)
    rows = np.repeat(np.arange(part.shape[0]), np.diff(part.indptr))
    words = coo_array((part.data, (blocks[rows], part.indices)), shape=(n_blocks, n_words)).tocsr()
    return pairs, words


def _pairs(part: csr_array, number: np.ndarray, blocks: np.ndarray, shape: tuple[int, int]) -> csr_array:
    """Return the pairs of a batch of rows by block: each word of a row with the one `step` places after it."""
    lengths = np.diff(part.indptr)
    rows = np.repeat(np.arange(part.shape[0]), lengths)
    left = np.repeat(part.indptr[1:], lengths) - np.arange(part.nnz)
    at, which = [], []
    for step in range(1, int(lengths.max(initial=0))):
        first = np.flatnonzero(left > step)
        pair = number[part.indices[first], part.indices[first + step]]
        known = pair >= 0
        at.append(blocks[rows[first[known]]])
        which.append(pair[known])
    if not at:
        return csr_array(shape, dtype=np.int32)
    where = (np.concatenate(at), np.concatenate(which))
    return coo_array((np.ones(len(where[0]), dtype=np.int32), where), shape=shape).tocsr()
