"""The classifications of one table for several numbers of classes, from one descent."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from verbatim.reinert.double import DoubleClasses, classify_double, classify_double_as_iramuteq, merge
from verbatim.reinert.terminal import IRAMUTEQ_SPLITS, Classes, classify_as_iramuteq, classify_each

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
    each row, as numbers from 0; `settings`: the section `classes`. Mode `segments`: `terminal.classify`; `texts`: the
    same of whole interviews, a segment being in the class of its interview (a class has `fewest_texts` interviews);
    `double`: see `double`. With `compatibility` `iramuteq` the original makes its own number of classes.
    """
    if settings["mode"] == "double":
        return _double(matrix, texts, numbers, settings, compatibility)
    whole = settings["mode"] == "texts"
    table = merge(matrix, texts) if whole else matrix
    minimum = settings["minimum_size"] or (fewest_texts(table.shape[0]) if whole else 0)
    if compatibility == "iramuteq":
        n_splits = min(IRAMUTEQ_SPLITS, settings["max_splits"])
        each = dict.fromkeys(numbers, classify_as_iramuteq(table, settings["minimum_size"], n_splits))
    else:
        each = classify_each(table, numbers, settings["max_splits"], minimum)
    return {
        number: Candidate(own.labels[texts] if whole else own.labels, len(own.descent.splits), own)
        for number, own in each.items()
    }


def _double(
    matrix: csr_array, texts: np.ndarray, numbers: Sequence[int], settings: dict, compatibility: str
) -> dict[int, Candidate]:
    sizes, minimum = tuple(settings["group_sizes"]), settings["minimum_size"]
    if compatibility == "iramuteq":
        n_splits = min(IRAMUTEQ_SPLITS, settings["max_splits"])
        each = dict.fromkeys(numbers, classify_double_as_iramuteq(matrix, texts, sizes, n_splits, minimum))
    else:
        each = classify_double(matrix, texts, numbers, sizes, settings["max_splits"], minimum)
    return {number: Candidate(own.labels, own.n_splits, own) for number, own in each.items()}


def fewest_texts(n_texts: int) -> int:
    """Return the fewest texts of a class when the study sets none: five per cent, at least two."""
    return max(2, math.ceil(n_texts / 20))
