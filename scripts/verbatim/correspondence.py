"""Correspondence analysis of a table of counts (Benzécri 1973; Greenacre 1984, ch. 4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

NULL_AXIS = 1e-10


@dataclass(frozen=True)
class Correspondence:
    """A correspondence analysis: n rows, m columns, s supplementary rows, k axes.

    Masses are shares of the table's total; `*_principal` are principal coordinates; contributions are
    shares of an axis' inertia (they sum to 1 down each axis); cos² are shares of a point's own inertia
    over all axes, kept or not. `inertia` are the squared singular values, `inertia_share` their shares
    of the total inertia. Empty rows and columns have zeros everywhere.
    """

    row_mass: np.ndarray
    row_principal: np.ndarray
    row_contributions: np.ndarray
    row_cos2: np.ndarray
    column_mass: np.ndarray
    column_principal: np.ndarray
    column_contributions: np.ndarray
    column_cos2: np.ndarray
    inertia: np.ndarray
    inertia_share: np.ndarray
    singular_values: np.ndarray
    supplementary_principal: np.ndarray
    supplementary_cos2: np.ndarray

    def row_points(self) -> dict[str, np.ndarray]:
        """Return the rows as named arrays (n,): mass, coordinate_i, contribution_i, cos2_i, inertia_i."""
        return self._points(self.row_mass, self.row_principal, self.row_contributions, self.row_cos2)

    def column_points(self) -> dict[str, np.ndarray]:
        """Return the columns as named arrays (m,), named like those of `row_points`."""
        return self._points(self.column_mass, self.column_principal, self.column_contributions, self.column_cos2)

    def supplementary_points(self) -> dict[str, np.ndarray]:
        """Return the supplementary rows as named arrays (s,): mass 0 and no contribution_i."""
        mass = np.zeros(len(self.supplementary_principal))
        return self._points(mass, self.supplementary_principal, None, self.supplementary_cos2)

    def _points(self, mass, principal, contributions, cos2) -> dict[str, np.ndarray]:
        families = {"coordinate": principal, "contribution": contributions, "cos2": cos2}
        families["inertia"] = np.broadcast_to(self.inertia_share, principal.shape)
        columns = {
            f"{name}_{axis + 1}": np.ascontiguousarray(values[:, axis])
            for name, values in families.items()
            if values is not None
            for axis in range(len(self.inertia))
        }
        return {"mass": mass, **columns}


def analyse(
    table: np.ndarray, n_axes: int | None = None, supplementary_rows: np.ndarray | None = None
) -> Correspondence:
    """Return the correspondence analysis of `table` (n, m), non-negative counts.

    With P = table / total, r and c its margins, S = D_r^-½ (P − r c') D_c^-½ = U Σ V'; principal
    coordinates are D_r^-½ U Σ and D_c^-½ V Σ; a supplementary row with profile h stands at h' D_c^-½ V.
    Axes: `n_axes` at most, fewer when the table has no more inertia to show (the two margins make
    min(n, m) − 1 the upper bound), all of them when None. Signs are fixed: on each axis the column
    that contributes most (the first of several equal ones) has a positive coordinate.

    Errors: ValueError when a count is negative or not finite, or when the shapes do not agree.
    """
    table = _counts(table, "table")
    extra = _counts(np.zeros((0, table.shape[1])) if supplementary_rows is None else supplementary_rows, "extra rows")
    if extra.shape[1] != table.shape[1]:
        raise ValueError(f"supplementary rows have {extra.shape[1]} columns, the table has {table.shape[1]}")
    total = table.sum()
    masses = table / total if total > 0 else table
    row_mass, column_mass = masses.sum(axis=1), masses.sum(axis=0)
    rows, columns = row_mass > 0, column_mass > 0
    expected = np.outer(row_mass[rows], column_mass[columns])
    residuals = (masses[np.ix_(rows, columns)] - expected) / np.sqrt(expected)
    left, values, right = _axes(residuals, n_axes)
    inertia, total_inertia = np.square(values), np.square(residuals).sum()
    standard = right / np.sqrt(column_mass[columns])[:, None]
    return Correspondence(
        *(row_mass, *side(left, values, row_mass, np.square(residuals).sum(axis=1))),
        *(column_mass, *side(right, values, column_mass, np.square(residuals).sum(axis=0))),
        *(inertia, inertia / total_inertia if total_inertia > 0 else inertia, values),
        *_place(extra[:, columns], column_mass[columns], standard),
    )


def side(
    vectors: np.ndarray, values: np.ndarray, mass: np.ndarray, inertia: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return principal coordinates, contributions and cos² of all rows (or columns), empty ones as zeros.

    `vectors` (kept, k) and `inertia` (kept,) are those of the rows with a positive `mass` (all,).
    """
    kept = mass > 0
    principal = vectors * values / np.sqrt(mass[kept])[:, None]
    found = principal, np.square(vectors), cos2(principal, inertia / mass[kept])
    whole = np.zeros((3, len(mass), len(values)))
    whole[:, kept] = found
    return whole[0], whole[1], whole[2]


def _counts(table: np.ndarray, name: str) -> np.ndarray:
    table = np.asarray(table, dtype=float)
    if table.ndim != 2:
        raise ValueError(f"{name}: expected two dimensions, found {table.ndim}")
    if not np.isfinite(table).all() or (table < 0).any():
        raise ValueError(f"{name}: counts must be finite and not negative")
    return table


def _axes(residuals: np.ndarray, n_axes: int | None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return left vectors (n, k), singular values (k,) and right vectors (m, k), signs fixed."""
    n, m = residuals.shape
    most = max(min(n, m) - 1, 0)
    if most == 0:
        return np.zeros((n, 0)), np.zeros(0), np.zeros((m, 0))
    left, values, right = np.linalg.svd(residuals, full_matrices=False)
    k = min(most if n_axes is None else n_axes, most, int((values > NULL_AXIS).sum()))
    return left[:, :k] * (signs := fixed_signs(right[:k].T)), values[:k], right[:k].T * signs


def fixed_signs(right: np.ndarray) -> np.ndarray:
    """Return the sign (k,) to give each axis of the columns (m, k): positive where the leading column is."""
    size = np.abs(right)
    # 1e-9: columns equal but for rounding must give the same sign whatever the linear algebra library
    leading = (size >= size.max(axis=0, initial=0.0) - 1e-9).argmax(axis=0)
    return np.where(right[leading, np.arange(right.shape[1])] < 0, -1.0, 1.0)


def _place(extra: np.ndarray, mass: np.ndarray, standard: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return principal coordinates and cos² of supplementary rows; zeros for an empty row."""
    sums = extra.sum(axis=1, keepdims=True)
    profiles = np.where(sums > 0, extra / np.where(sums > 0, sums, 1.0), mass)
    principal = (profiles - mass) @ standard
    distance = (np.square(profiles - mass) / mass).sum(axis=1)
    return principal, cos2(principal, distance)


def cos2(principal: np.ndarray, distance: np.ndarray) -> np.ndarray:
    """Return the cos² (n, k) of points at `principal` (n, k), of squared distances `distance` (n,) to the mean."""
    distance = distance[:, None]
    return np.where(distance > 0, np.square(principal) / np.where(distance > 0, distance, 1.0), 0.0)
