"""Texts by numbers: what is done to millions of words is done once for each distinct one."""

from __future__ import annotations

import numpy as np
import polars as pl

# distinct pairs are counted in a table of at most so many cells (one byte each), else looked up
DENSE = 64_000_000


def distinct(numbers: np.ndarray) -> np.ndarray:
    """Return the distinct values of `numbers` (n,), sorted: np.unique hashes them, many times slower on millions."""
    ordered = np.sort(numbers)
    return ordered[np.diff(ordered, prepend=ordered[:1] - 1) != 0]


def summed(keys: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the distinct `keys` (n,), sorted, and the sum of the `counts` (n,) of each; both are whole, from 0."""
    bits = int(counts.max(initial=0)).bit_length()
    if int(keys.max(initial=0)).bit_length() + bits < 63:
        # sorting numbers is far faster than finding their order
        packed = np.sort(keys << bits | counts)
        keys, counts = packed >> bits, packed & ((1 << bits) - 1)
    else:
        order = np.argsort(keys, kind="stable")
        keys, counts = keys[order], counts[order]
    begins = np.flatnonzero(np.diff(keys, prepend=-1))
    return keys[begins], np.add.reduceat(counts, begins) if len(begins) else counts[:0]


def numbered(column: pl.Series) -> tuple[np.ndarray, pl.Series]:
    """Return the row of each value in the sorted distinct values (n,), and these; `column` has no nulls.

    A column that is an Enum already is not read again.
    """
    if isinstance(column.dtype, pl.Enum):
        codes, kinds = column.to_physical().cast(pl.Int32).to_numpy(), column.dtype.categories
        used = np.zeros(len(kinds), dtype=bool)
        used[codes] = True
        if used.all() and kinds.is_sorted():
            return codes, kinds
        return renumbered((np.cumsum(used) - 1)[codes], kinds.filter(pl.Series(used)))
    kinds = column.unique().sort()
    return column.cast(pl.Enum(kinds)).to_physical().cast(pl.Int32).to_numpy(), kinds


def renumbered(codes: np.ndarray, kinds: pl.Series) -> tuple[np.ndarray, pl.Series]:
    """Return what `numbered` returns for values `codes` (n,) into `kinds`, which repeat or are not sorted."""
    names = kinds.unique().sort()
    return names.search_sorted(kinds).cast(pl.Int32).to_numpy()[codes], names


def column(codes: np.ndarray, kinds: pl.Series) -> pl.Series:
    """Return the column, an Enum, that has the value `codes` (n,) of the distinct `kinds`."""
    return pl.Series(codes.astype(np.uint32)).cat.to(pl.Enum(kinds))


def paired(first: np.ndarray, second: np.ndarray, n_second: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the number of each pair (n,) among the distinct ones in order, and the two sides of these (k,), (k,).

    `first` and `second` (n,) are whole numbers from 0, those of `second` below `n_second`.
    """
    keys = first.astype(np.int64) * n_second + second
    size = (int(first.max(initial=-1)) + 1) * n_second
    if size <= DENSE:
        used = np.zeros(size, dtype=bool)
        used[keys] = True
        found = np.flatnonzero(used)
        numbers = np.zeros(size, dtype=np.int32)
        numbers[found] = np.arange(len(found))
        return numbers[keys], found // max(n_second, 1), found % max(n_second, 1)
    asked = pl.DataFrame({"key": keys})
    known = asked.unique().sort("key").with_row_index("number")
    numbers = asked.join(known, on="key", how="left", maintain_order="left")["number"].cast(pl.Int32).to_numpy()
    found = known["key"].to_numpy()
    return numbers, found // n_second, found % n_second


def replaced(values: pl.Series, rows: np.ndarray, by: pl.Series) -> pl.Series:
    """Return the column `values` (n,), as an Enum, with those at `rows` (k,) replaced `by` other texts (k,)."""
    codes, kinds = numbered(values)
    names = pl.concat([kinds, by.unique()]).unique().sort()
    codes = names.search_sorted(kinds).cast(pl.Int32).to_numpy()[codes]
    codes[rows] = names.search_sorted(by).cast(pl.Int32).to_numpy()
    return column(codes, names)
