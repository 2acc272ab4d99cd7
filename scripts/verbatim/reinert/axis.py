"""The first axis of the correspondence analysis of a sparse binary table (Benzécri 1973).

It is found by the method of Lanczos (1950) on Z'Z, with full reorthogonalisation: each step is one
product X'(Xv), and rounding is in a fixed order, whatever the machine.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verbatim.reinert.binary_table import BinaryTable
from verbatim.reinert.compiled import compiled

NO_AXIS = 1e-10
# Largest residual, of the eigenvalue: that of a decomposition to the last digit of doubles.
PRECISION = 1e-14
# Part of a start vector that owes nothing to the axes of the mother, so that no axis is out of reach.
GENERIC = 0.01
LONGEST, RESTARTS, LOOSEST = 300, 200, 1e-9
EXHAUSTED = 1e-15
# Mixing numbers of Steele, Lea and Flood (2014, SplitMix64).
STRIDE, MIX, MIX_AGAIN = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
BISECTIONS, NEWTONS = 30, 60
TINY = 1e-300


@dataclass(frozen=True)
class Axis:
    """`scores` (n,) of the rows; `singular_value`; what it took in `products` X'(Xv).

    following: scores (p,) of the columns on an estimate of the second axis, to start the parts from.
    """

    scores: np.ndarray
    singular_value: float
    products: int
    following: np.ndarray


def first_axis(table: BinaryTable, expected: np.ndarray | None = None, longest: int = LONGEST) -> Axis | None:
    """Return the first axis of `table` (n, p); None when there is none: all rows have the same profile.

    With r, c the margins and N the total, Z = D_r^-½ X D_c^-½ has the trivial triplet
    (√(r/N), 1, √(c/N)); deflated, it has the first axis (u, σ, v), and the score of row i is
    uᵢ σ √N / √rᵢ = √N Σⱼ xᵢⱼ vⱼ/√cⱼ / rᵢ: rows of equal content have equal scores to the last bit.
    Sign: of the rows with the largest |score|, the first has a positive one.

    `table` has neither empty rows nor empty columns. `expected` (p,): scores of the columns near which
    to look first; they change the number of products, not the axis. `longest`: steps before a restart.

    What is guaranteed. The residual ‖Z'Zv − σ²v‖ is at most 1e-14 σ²: v is that of a dense decomposition,
    but for rounding (its error is the residual over the gap to the next eigenvalue), and so are the order
    of the rows and the cut. Nothing ends the search earlier: on large tables rows lie so near each other
    that no coarser vector settles their order. σ² is the largest eigenvalue: along a larger one, λ, the
    vector found would have at least the part δ of the start vector, so that λ − σ² ≤ residual/δ; every
    start vector has a part without any pattern. Axes nearer to each other than that are mixed by
    rounding in any program.
    Errors: ArithmeticError when it does not converge.
    """
    roots = np.sqrt(table.column_sums)
    trivial = roots / np.sqrt(float(table.total))
    vector = _start(roots, trivial, np.zeros(0) if expected is None else expected)
    products = 0
    for _ in range(RESTARTS):
        value, vector, second, residual, steps = _grow(
            table.pointers, table.indices, roots, trivial, vector, min(longest, table.n_columns)
        )
        products += steps
        if value <= NO_AXIS:
            return None
        if residual <= max(PRECISION * value, EXHAUSTED):
            break
    else:
        if residual > LOOSEST * value:
            raise ArithmeticError("the first axis of a table did not converge")
    scores, turned = row_scores(table.pointers, table.indices, np.sqrt(float(table.total)) * (vector / roots))
    return Axis(-scores if turned else scores, float(np.sqrt(value)), products, second / roots)


@compiled
def row_scores(pointers, indices, column_scores):
    """Return the mean (n,) of the scores of the columns of each row, and whether their sign must be changed."""
    scores = np.empty(pointers.size - 1)
    largest = 0.0
    for i in range(scores.size):
        score = 0.0
        for column in indices[pointers[i] : pointers[i + 1]]:
            score += column_scores[column]
        scores[i] = score / (pointers[i + 1] - pointers[i])
        largest = max(largest, abs(scores[i]))
    for score in scores:
        if abs(score) >= largest * (1 - 1e-9):
            return scores, score < 0
    return scores, False


@compiled
def product(pointers, indices, vector, result):
    """Write into `result` (p,) the product X' D_r^-1 X `vector`, in one pass over the rows."""
    for j in range(result.size):
        result[j] = 0.0
    for i in range(pointers.size - 1):
        row = indices[pointers[i] : pointers[i + 1]]
        met = 0.0
        for column in row:
            met += vector[column]
        met /= row.size
        for column in row:
            result[column] += met


@compiled
def _start(roots, trivial, near):
    """Return a start vector of length one, or zero, orthogonal to the trivial one, the same for the same table."""
    generic, start = np.empty(roots.size), np.empty(roots.size)
    for j in range(roots.size):
        generic[j] = _irregular(j) * trivial[j]
    _orthonormal(generic, trivial)
    if near.size == 0:
        return generic
    for j in range(roots.size):
        start[j] = near[j] * roots[j]
    _orthonormal(start, trivial)
    for j in range(roots.size):
        start[j] += GENERIC * generic[j]
    _orthonormal(start, trivial)
    return start


@compiled
def _irregular(number):
    """Return a value in [−½, ½) without any pattern, always the same for the same number.

    A regular sequence will not do: symmetric tables have axes to which it is orthogonal.
    """
    mixed = np.uint64(number + 1) * STRIDE
    mixed = (mixed ^ (mixed >> np.uint64(30))) * MIX
    mixed = (mixed ^ (mixed >> np.uint64(27))) * MIX_AGAIN
    mixed = mixed ^ (mixed >> np.uint64(31))
    return np.float64(mixed >> np.uint64(11)) / 2.0**53 - 0.5


@compiled
def _orthonormal(vector, trivial):
    """Make `vector` orthogonal to `trivial` and of length one; zero when it is parallel."""
    before = np.sqrt(_dot(vector, vector))
    for _ in range(2):
        _remove(vector, trivial)
    length = np.sqrt(_dot(vector, vector))
    scale = 1 / length if length > 1e-8 * before else 0.0
    for j in range(vector.size):
        vector[j] *= scale


@compiled
def _grow(pointers, indices, roots, trivial, start, most):
    """Return the leading eigenvalue of Z'Z deflated, its vector, an estimate of the second one, residual, steps.

    One run of Lanczos from `start`, of `most` steps at most. `roots` (p,): √c; `trivial`: of length one.
    """
    basis = np.empty((most + 2, roots.size))
    for j in range(roots.size):
        basis[0, j], basis[1, j] = trivial[j], start[j]
    diagonal, beside, part = np.zeros(most), np.zeros(most), np.zeros(most)
    scaled, vector = np.empty(roots.size), np.empty(roots.size)
    value, residual = 0.0, 0.0
    for k in range(1, most + 1):
        _step(pointers, indices, roots, basis, k, diagonal, beside, scaled, vector)
        value = _largest(diagonal, beside, k)
        _ritz(diagonal, beside, k, value, part)
        residual = beside[k - 1] * abs(part[k - 1])
        if residual <= PRECISION * value or beside[k - 1] <= EXHAUSTED:
            break
        for j in range(roots.size):
            basis[k + 1, j] = vector[j] / beside[k - 1]
    vector = _combined(basis, part, k)
    _ritz(diagonal, beside, k, _second(diagonal, beside, k, value), part)
    return value, vector, _combined(basis, part, k), residual, k


@compiled
def _step(pointers, indices, roots, basis, k, diagonal, beside, scaled, vector):
    """Do step k: write the new vector, not yet of length one, and the new entries of the tridiagonal."""
    for j in range(roots.size):
        scaled[j] = basis[k, j] / roots[j]
    product(pointers, indices, scaled, vector)
    for j in range(roots.size):
        vector[j] /= roots[j]
    diagonal[k - 1] = _remove(vector, basis[k])
    _remove(vector, basis[k - 1])
    before, length = np.inf, np.sqrt(_dot(vector, vector))
    while length < before / 2:
        for i in range(k, -1, -1):
            _remove(vector, basis[i])
        before, length = length, np.sqrt(_dot(vector, vector))
    beside[k - 1] = length


@compiled
def _dot(left, right):
    """Return the sum of products, in eight partial sums: quick, and in the same order everywhere."""
    a = b = c = d = e = f = g = h = 0.0
    whole = left.size - left.size % 8
    for i in range(0, whole, 8):
        a += left[i] * right[i]
        b += left[i + 1] * right[i + 1]
        c += left[i + 2] * right[i + 2]
        d += left[i + 3] * right[i + 3]
        e += left[i + 4] * right[i + 4]
        f += left[i + 5] * right[i + 5]
        g += left[i + 6] * right[i + 6]
        h += left[i + 7] * right[i + 7]
    for i in range(whole, left.size):
        a += left[i] * right[i]
    return ((a + b) + (c + d)) + ((e + f) + (g + h))


@compiled
def _remove(vector, direction):
    """Take from `vector` its part along `direction`, of length one; return the length of that part."""
    along = _dot(vector, direction)
    for j in range(vector.size):
        vector[j] -= along * direction[j]
    return along


@compiled
def _combined(basis, part, k):
    """Return the vector whose parts on basis 1…k are `part`."""
    vector = np.zeros(basis.shape[1])
    for i in range(k):
        for j in range(vector.size):
            vector[j] += part[i] * basis[i + 1, j]
    return vector


@compiled
def _largest(diagonal, beside, k):
    """Return the largest eigenvalue of the tridiagonal of order k, by Laguerre's method from above."""
    value = diagonal[0]
    for i in range(k):
        bound = diagonal[i] + (beside[i - 1] if i else 0.0) + (beside[i] if i < k - 1 else 0.0)
        value = max(value, bound)
    if k == 1:
        return value
    value = value * (1 + 1e-12) + TINY
    for _ in range(NEWTONS):
        pivot, first, second = value - diagonal[0], 1.0, 0.0
        slope, curve = 1.0 / pivot, 1.0 / (pivot * pivot)
        for i in range(1, k):
            ratio = beside[i - 1] / pivot
            square = ratio * ratio
            first, second = 1 + square * first, square * (second - 2 * first * first / pivot)
            pivot = value - diagonal[i] - beside[i - 1] * ratio
            if pivot <= 0:
                return value
            slope += first / pivot
            curve += (first / pivot) ** 2 - second / pivot
        move = k / (slope + np.sqrt(max((k - 1) * (k * curve - slope * slope), 0.0)))
        if value - move >= value * (1 - 2e-16):
            break
        value -= move
    return value


@compiled
def _second(diagonal, beside, k, largest):
    """Return the second eigenvalue of the tridiagonal of order k, to a few digits, by bisection."""
    low, high = -largest, largest
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        above, pivot = 0, 1.0
        for i in range(k):
            pivot = middle - diagonal[i] - (beside[i - 1] ** 2 / pivot if i else 0.0)
            above += pivot < 0
        if above >= 2:
            low = middle
        else:
            high = middle
    return low


@compiled
def _ritz(diagonal, beside, k, value, part):
    """Write into `part` the eigenvector of length one of `value`, by twisted factorisation (Dhillon 1997)."""
    down, up = np.empty(k), np.empty(k)
    down[0], up[k - 1] = value - diagonal[0], value - diagonal[k - 1]
    for i in range(1, k):
        down[i - 1] = down[i - 1] or TINY
        down[i] = value - diagonal[i] - beside[i - 1] ** 2 / down[i - 1]
    for i in range(k - 2, -1, -1):
        up[i + 1] = up[i + 1] or TINY
        up[i] = value - diagonal[i] - beside[i] ** 2 / up[i + 1]
    twist = 0
    for i in range(k):
        if abs(down[i] + up[i] - value + diagonal[i]) < abs(down[twist] + up[twist] - value + diagonal[twist]):
            twist = i
    part[twist], length = 1.0, 1.0
    for i in range(twist - 1, -1, -1):
        part[i] = beside[i] / down[i] * part[i + 1]
        length += part[i] ** 2
    for i in range(twist + 1, k):
        part[i] = beside[i - 1] / up[i] * part[i - 1]
        length += part[i] ** 2
    for i in range(k):
        part[i] /= np.sqrt(length)
