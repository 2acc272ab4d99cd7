"""One split of the descending classification: the table of a leaf, its axis, its cut, its two daughters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verbatim.reinert.axis import Axis, first_axis
from verbatim.reinert.binary_table import BinaryTable
from verbatim.reinert.bipartition import best_cut, chi2, chi2_of_sums, dropped_columns, reallocate
from verbatim.reinert.descent import ROOT, Split

FEWEST_SEGMENTS_OF_A_FORM = 4


@dataclass(frozen=True)
class Leaf:
    """A node not split: its rows (of the whole matrix), the columns that it may use (bool), where to seek its axis."""

    node: int
    rows: np.ndarray
    columns: np.ndarray
    expected: np.ndarray | None = None

    def rank(self) -> tuple[int, str]:
        """Order of splitting: most rows first, then by the digits of the node (IRaMuTeQ: "10" < "8")."""
        return -len(self.rows), str(self.node)


@dataclass(frozen=True)
class _Cut:
    table: BinaryTable
    rows: np.ndarray
    lost: np.ndarray
    columns: np.ndarray
    axis: Axis
    first: np.ndarray


def root(table: BinaryTable) -> Leaf:
    """Return the leaf from which everything descends."""
    return Leaf(ROOT, np.arange(table.n_rows), np.ones(table.n_columns, dtype=bool))


def split_largest(table: BinaryTable, leaves: dict[int, Leaf], number: int) -> tuple[Split, list[Leaf]] | None:
    """Split the leaf with most rows among those that can be; return the split and its daughters, if there is any.

    Leaves that cannot be split are taken out of `leaves`: they stay leaves whatever happens elsewhere.
    """
    for leaf in sorted(leaves.values(), key=Leaf.rank):
        del leaves[leaf.node]
        cut = _cut(table, leaf)
        if cut is not None:
            return _split(number, leaf, cut)
    return None


def _cut(whole: BinaryTable, leaf: Leaf) -> _Cut | None:
    if len(leaf.rows) < 2:
        return None
    fewest = 1 if leaf.node == ROOT else FEWEST_SEGMENTS_OF_A_FORM
    table, kept, columns = whole.part(leaf.rows, leaf.columns, fewest)
    if table.n_rows < 2:
        return None
    axis = first_axis(table, None if leaf.expected is None else leaf.expected[columns])
    first = best_cut(table, axis.scores) if axis else None
    if first is None:
        return None
    return _Cut(table, leaf.rows[kept], leaf.rows[~kept], columns, axis, first)


def _split(number: int, mother: Leaf, cut: _Cut) -> tuple[Split, list[Leaf]]:
    table, first = cut.table, cut.first
    chi2_cut = chi2(table, first)
    passes, sums = reallocate(table, first)
    dropped = tuple(cut.columns[out] for out in dropped_columns(table, first, sums))
    expected = np.zeros(len(mother.columns))
    expected[cut.columns] = cut.axis.following
    daughters = []
    for side, rows in enumerate((cut.rows[first], cut.rows[~first])):
        columns = mother.columns.copy()
        columns[dropped[side]] = False
        daughters.append(Leaf(2 * number + side, rows, columns, expected))
    split = Split(
        number=number,
        mother=mother.node,
        n_rows=table.n_rows,
        n_columns=table.n_columns,
        lost=cut.lost,
        total=table.total,
        singular_value=cut.axis.singular_value,
        chi2_cut=chi2_cut,
        chi2=chi2_of_sums(table, sums),
        sizes=(len(daughters[0].rows), len(daughters[1].rows)),
        passes=passes,
        dropped=dropped,
        products=cut.axis.products,
    )
    return split, daughters
