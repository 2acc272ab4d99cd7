"""Correspondence analysis of a large table of counts of which most are zero: the first axes only."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.linalg import LinearOperator, svds

from verbatim.correspondence import Correspondence, cos2, fixed_signs, side

# what rounding leaves of a singular value that is null, found as the root of an eigenvalue
NULL_AXIS = 1e-7


def analyse(table: csr_array, n_axes: int, supplementary_rows: csr_array) -> Correspondence:
    """Return the first `n_axes` axes of `correspondence.analyse` for counts `table` (n, m), n_axes < min(n, m).

    No row and no column may be empty. The residuals are never written: with X = D_r^-½ P D_c^-½ they are
    X − √r √c', whose leading singular vectors Lanczos' method finds (Lehoucq, Sorensen and Yang 1998) from a fixed
    start. Memory grows with the counts that are not zero. Errors: ValueError for an empty row or column.
    """
    total = table.sum()
    row_mass, column_mass = table.sum(axis=1) / total, table.sum(axis=0) / total
    if not ((row_mass > 0).all() and (column_mass > 0).all()):
        raise ValueError("a row or a column of the table is empty")
    roots = np.sqrt(row_mass), np.sqrt(column_mass)
    scaled = _scaled(table / total, 1 / roots[0], 1 / roots[1])
    squares = scaled.power(2)
    inertia = [np.maximum(squares.sum(axis=axis) - mass, 0) for axis, mass in ((1, row_mass), (0, column_mass))]
    left, values, right = _axes(scaled, *roots, n_axes)
    standard = right / roots[1][:, None]
    return Correspondence(
        *(row_mass, *side(left, values, row_mass, inertia[0])),
        *(column_mass, *side(right, values, column_mass, inertia[1])),
        *(np.square(values), np.square(values) / inertia[0].sum(), values),
        *_place(supplementary_rows, column_mass, standard),
    )


def _scaled(table: csr_array, rows: np.ndarray, columns: np.ndarray) -> csr_array:
    numbers = table.data * np.repeat(rows, np.diff(table.indptr)) * columns[table.indices]
    return csr_array((numbers, table.indices, table.indptr), shape=table.shape)


def _axes(
    scaled: csr_array, row_roots: np.ndarray, column_roots: np.ndarray, n_axes: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return left vectors (n, k), singular values (k,), largest first, and right vectors (m, k), signs fixed."""
    across = scaled.T.tocsr()
    residuals = LinearOperator(
        scaled.shape,
        dtype=float,
        matvec=lambda v: scaled @ v.ravel() - row_roots * (column_roots @ v.ravel()),
        rmatvec=lambda u: across @ u.ravel() - column_roots * (row_roots @ u.ravel()),
    )
    start = np.linspace(-1.0, 1.0, min(scaled.shape))
    left, values, right = svds(residuals, k=n_axes, v0=start, tol=0)
    order = np.argsort(-values, kind="stable")
    order = order[values[order] > NULL_AXIS]
    left, values, right = left[:, order], values[order], right[order].T
    signs = fixed_signs(right)
    return left * signs, values, right * signs


def _place(extra: csr_array, mass: np.ndarray, standard: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return principal coordinates and cos² of supplementary rows; zeros for an empty row."""
    sums = extra.sum(axis=1)
    shares = _scaled(extra.astype(float), 1 / np.where(sums > 0, sums, 1.0), np.ones(len(mass)))
    principal = np.where(sums[:, None] > 0, shares @ standard - mass @ standard, 0.0)
    distance = _scaled(shares.power(2), np.ones(len(sums)), 1 / mass).sum(axis=1) - 1
    return principal, cos2(principal, np.where(sums > 0, np.maximum(distance, 0), 0))
