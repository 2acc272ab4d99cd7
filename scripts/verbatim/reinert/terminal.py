"""Which nodes of a descending classification are classes, and which segments stay unclassified."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from verbatim.reinert.descent import LOST, ROOT, Descent, descend

IRAMUTEQ_SPLITS = 9


@dataclass(frozen=True)
class Classes:
    """`labels` (n_segments,): 1…K, 0 = unclassified; `nodes`: node of class 1, 2, …; `minimum`: segments."""

    labels: np.ndarray
    nodes: tuple[int, ...]
    minimum: int
    descent: Descent

    def reasons(self, matrix: csr_array) -> np.ndarray:
        """Return why each segment is unclassified: no_active_form, row_lost, small_leaf; '' when it is."""
        why = np.where(self.descent.current() == LOST, "row_lost", "small_leaf")
        why = np.where(np.diff(matrix.indptr) == 0, "no_active_form", why)
        return np.where(self.labels > 0, "", why)


def smallest_class(n_segments: int) -> int:
    """Return the fewest segments of a class when the study sets none: five per cent, at least five."""
    return max(5, math.ceil(n_segments / 20))


def classify(matrix: csr_array, number: int, max_splits: int, minimum: int = 0) -> Classes:
    """Return `number` classes of at least `minimum` segments (0: `smallest_class`) of `matrix`, or fewer.

    Splitting goes on until `number` leaves have the minimum size, no leaf has twice that, or
    `max_splits` are made. When the number is not reached, the state kept is, of all those passed
    through, the one with most classes, then most classified segments, then fewest splits. Leaves of
    the minimum size are classes, numbered from left to right in the tree; smaller leaves are peeled
    off: their segments are in class 0.
    """
    return classify_each(matrix, [number], max_splits, minimum)[number]


def classify_each(matrix: csr_array, numbers: Sequence[int], max_splits: int, minimum: int = 0) -> dict[int, Classes]:
    """Return what `classify` returns for each of `numbers`, from one descent."""
    minimum = minimum or smallest_class(matrix.shape[0])
    sizes: list[list[int]] = []

    def stop(so_far: Descent) -> bool:
        sizes.append(list(so_far.leaf_sizes().values()))
        return enough(sizes[-1], max(numbers), minimum)

    descent = descend(matrix, max_splits, stop=stop)
    if len(sizes) <= len(descent.splits):
        sizes.append(list(descent.leaf_sizes().values()))
    found = {}
    for number in numbers:
        n_splits = next((k for k, leaves in enumerate(sizes) if enough(leaves, number, minimum)), len(descent.splits))
        found[number] = _classes(matrix, descent.first(n_splits), minimum)
    return found


def enough(sizes: list[int], number: int, minimum: int) -> bool:
    """Say whether splitting ends: `number` leaves have `minimum` rows, or none has twice that."""
    return sum(size >= minimum for size in sizes) >= number or max(sizes) < 2 * minimum


def _classes(matrix: csr_array, descent: Descent, minimum: int) -> Classes:
    descent = _best_state(descent, minimum)
    sizes = descent.leaf_sizes() if descent.splits else {ROOT: np.count_nonzero(np.diff(matrix.indptr))}
    nodes = tuple(leaf for leaf, size in sizes.items() if size >= minimum)
    return Classes(_labels(matrix, descent, nodes), nodes, minimum, descent)


def _best_state(descent: Descent, minimum: int) -> Descent:
    def worth(n_splits: int) -> tuple[int, int]:
        kept = [size for size in descent.first(n_splits).leaf_sizes().values() if size >= minimum]
        return len(kept), sum(kept)

    return descent.first(max(range(len(descent.splits) + 1), key=worth))


def classify_as_iramuteq(matrix: csr_array, minimum: int = 0, n_splits: int = IRAMUTEQ_SPLITS) -> Classes:
    """Return the classes that IRaMuTeQ keeps after `n_splits` (simple mode; `minimum` 0: n / (splits + 1)).

    Leaves of the minimum size are classes, by node number. The mother of a smaller leaf becomes one, after them,
    when it has the minimum size and nothing else below it is a class or waits for a decision; when
    something waits, she waits too; otherwise the leaf is unclassified. The root is never a class.
    """
    minimum = minimum or round(matrix.shape[0] / (n_splits + 1))
    descent = descend(matrix, n_splits)
    nodes = _terminal_nodes(descent, minimum)
    return Classes(_labels(matrix, descent, nodes), nodes, minimum, descent)


def _terminal_nodes(descent: Descent, minimum: int) -> tuple[int, ...]:
    sizes, mothers = descent.sizes(), descent.mothers()
    leaves = sorted(descent.leaves())
    terminal = [leaf for leaf in leaves if sizes[leaf] >= minimum and leaf != ROOT]
    waiting = deque(leaf for leaf in leaves if sizes[leaf] < minimum and leaf != ROOT)
    while waiting:
        mother = mothers[waiting.popleft()]
        if mother == ROOT or mother in terminal or sizes[mother] < minimum:
            continue
        below = _descendants(mothers, mother)
        if below & set(terminal):
            continue
        if not below & set(waiting):
            terminal.append(mother)
        elif mother not in waiting:
            waiting.append(mother)
    return tuple(terminal)


def _descendants(mothers: dict[int, int], ancestor: int) -> set[int]:
    found = {ancestor}
    for node in sorted(mothers):  # a daughter's number is above her mother's
        if mothers[node] in found:
            found.add(node)
    return found - {ancestor}


def _labels(matrix: csr_array, descent: Descent, nodes: tuple[int, ...]) -> np.ndarray:
    """Return the class of each row: rows that were ever in the class' node, and have a form."""
    labels = np.zeros(descent.n_segments, dtype=np.int64)
    for number, node in enumerate(nodes, start=1):
        inside = (descent.nodes == node).any(axis=1) if node != ROOT else np.diff(matrix.indptr) > 0
        labels[inside] = number
    return labels
