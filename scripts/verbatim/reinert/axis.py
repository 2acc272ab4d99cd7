"""The first axis of the correspondence analysis of a sparse binary table (Benzécri 1973)."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array, diags_array
from scipy.sparse.linalg import ArpackNoConvergence, LinearOperator, eigsh

NO_AXIS = 1e-10
DENSE = 64
# Looser only when the two leading eigenvalues are so close that rounding forbids more.
TOLERANCES = (0.0, 1e-12, 1e-9)


def first_axis(table: csr_array) -> tuple[np.ndarray, float] | None:
    """Return the scores (n,) of the rows of `table` (n, p) on its first axis, and its singular value.

    With r, c the margins and N the total, Z = D_r^-½ D D_c^-½ has the trivial triplet
    (√(r/N), 1, √(c/N)); it is deflated, the next one (u, σ, v) is exact, and the score of row i is
    uᵢ σ √N / √rᵢ = √N Σⱼ xᵢⱼ vⱼ/√cⱼ / rᵢ: rows of equal content have equal scores to the last bit.
    Sign: of the rows with the largest |score|, the first has a positive one. None when there is no
    axis: all rows have the same profile.

    `table` has neither empty rows nor empty columns. One start vector, fixed: no randomness.
    """
    rows, columns = np.asarray(table.sum(axis=1), dtype=float), np.asarray(table.sum(axis=0), dtype=float)
    total = rows.sum()
    scaled = (diags_array(1 / np.sqrt(rows)) @ table @ diags_array(1 / np.sqrt(columns))).tocsr()
    by_rows = len(rows) < len(columns)
    left, trivial = (scaled, np.sqrt(rows / total)) if by_rows else (scaled.T.tocsr(), np.sqrt(columns / total))
    value, vector = _leading(left, trivial)
    if value <= NO_AXIS:
        return None
    if by_rows:
        vector = (scaled.T @ vector) / np.sqrt(value)
    scores = np.sqrt(total) * (table @ (vector / np.sqrt(columns))) / rows
    size = np.abs(scores)
    leading = np.argmax(size >= size.max() * (1 - 1e-9))
    return (-scores if scores[leading] < 0 else scores), float(np.sqrt(value))


def _leading(wide: csr_array, trivial: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the leading eigenpair of W W' − t t' for `wide` W (m, q) and `trivial` t (m,)."""
    if len(trivial) <= DENSE:
        gram = (wide @ wide.T).toarray() - np.outer(trivial, trivial)
        values, vectors = np.linalg.eigh((gram + gram.T) / 2)
        return float(values[-1]), vectors[:, -1]
    tall = wide.T.tocsr()

    def product(vector: np.ndarray) -> np.ndarray:
        vector = vector.ravel()
        return wide @ (tall @ vector) - trivial * (trivial @ vector)

    operator = LinearOperator(wide.shape[:1] * 2, matvec=product, dtype=float)
    for tolerance in TOLERANCES:
        try:
            values, vectors = eigsh(operator, k=1, which="LA", v0=_start(trivial), tol=tolerance, rng=0)
        except ArpackNoConvergence:
            continue
        return float(values[-1]), vectors[:, -1]
    raise ArithmeticError("the first axis of a table did not converge")


def _start(trivial: np.ndarray) -> np.ndarray:
    """Return a start vector orthogonal to `trivial`, the same for the same margins."""
    spread = np.modf(np.arange(1, len(trivial) + 1) * (np.sqrt(5) - 1) / 2)[0] - 0.5
    start = spread * trivial
    return start - trivial * (trivial @ start)
