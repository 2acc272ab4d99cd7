"""The classifications of one table for several numbers of classes, from one descent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from verbatim.reinert.double import DoubleClasses
from verbatim.reinert.terminal import Classes, classify_as_iramuteq, classify_each

OWN_NUMBER = 0


@dataclass(frozen=True)
class Candidate:
    """`labels` (n_segments,): 1…K, 0 = unclassified; `n_splits` it took; `classes`: the classification itself."""

    labels: np.ndarray
    n_splits: int
    classes: Classes | DoubleClasses


def numbers_tried(settings: dict, compatibility: str) -> list[int]:
    """Return the numbers of classes to try: 2…max(largest_number, number); [0] with IRaMuTeQ's own number."""
    if compatibility == "iramuteq":
        return [OWN_NUMBER]
    number = settings["number"] if settings["number"] != "auto" else 2
    return list(range(2, max(settings["largest_number"], number) + 1))


def labels_by_number(
    matrix: csr_array, texts: np.ndarray, numbers: Sequence[int], settings: dict, compatibility: str
) -> dict[int, Candidate]:
    """Return number -> Candidate for each of `numbers`.

    `matrix` (n_segments, n_forms), binary, rows in order (interview, segment); `texts` (n_segments,): interview of
    each row; `settings`: the section `classes`.
    """
    if compatibility == "iramuteq":
        classes = classify_as_iramuteq(matrix, settings["minimum_size"])
        return {number: Candidate(classes.labels, len(classes.descent.splits), classes) for number in numbers}
    each = classify_each(matrix, numbers, settings["max_splits"], settings["minimum_size"])
    return {number: Candidate(own.labels, len(own.descent.splits), own) for number, own in each.items()}
