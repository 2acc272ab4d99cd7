"""One resample: classified anew for every number of classes, and compared with the classes of the study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array, csr_array

from verbatim.reinert.candidates import labels_by_number
from verbatim.reinert.profiles import signed_chi2

CHARACTERISTIC = 3.84


@dataclass(frozen=True)
class Found:
    """What a draw says of the classes 1…K of one number.

    jaccard (K,): index of each with what stands for it, 0 where nothing does; standing (K,): the class of the draw
    that stands for it, or 0; present (s,): distinct segments drawn; members (s,): the class of the study in which
    each of them was found again, or 0; characteristic: (form, class) pairs, in two arrays, for which the form is
    characteristic of what stands for the class.
    """

    jaccard: np.ndarray
    standing: np.ndarray
    present: np.ndarray
    members: np.ndarray
    characteristic: tuple[np.ndarray, np.ndarray]


def draw(
    counts: csr_array,
    references: Mapping[int, np.ndarray],
    rows: np.ndarray,
    texts: np.ndarray,
    settings: dict,
    compatibility: str,
    detailed: Sequence[int] = (),
) -> dict[int, Found]:
    """Return, for each number of `references`, what the classification of `rows` says of its classes.

    counts (n_segments, n_forms): occurrences of every active form; one is used when it occurs at least
    `minimum_frequency` times in the draw. references: number -> labels (n_segments,), 1…K, 0 = unclassified.
    rows, texts: as `resampling` gives them. settings: the section `classes`. Members and characteristic forms are
    sought for the numbers of `detailed` only. A segment drawn several times is in the class of most of its copies
    (equals: the lowest number, unclassified first). A form is characteristic of a class when its signed χ² over the
    classified rows of the draw, copies counted, is over 3.84, the 5 % threshold.
    """
    drawn = counts[rows]
    forms = _forms(drawn, settings["minimum_frequency"], settings["max_forms"])
    table = csr_array(drawn[:, forms] > 0, dtype=float)
    found = labels_by_number(table, texts, list(references), settings, compatibility)
    return {
        number: _compare(labels, rows, found[number].labels, (table, forms) if number in detailed else None)
        for number, labels in references.items()
    }


def _forms(drawn: csr_array, minimum_frequency: int, max_forms: int) -> np.ndarray:
    sums = np.bincount(drawn.indices, drawn.data, minlength=drawn.shape[1])
    forms = np.flatnonzero(sums >= minimum_frequency)
    return np.sort(forms[np.argsort(-sums[forms], kind="stable")][:max_forms])


def _compare(labels: np.ndarray, rows: np.ndarray, found: np.ndarray, table: tuple | None) -> Found:
    k, n_found = int(labels.max(initial=0)), int(found.max(initial=0))
    present, classes = _distinct(rows, found)
    overlaps = overlap(labels[present], classes, k, n_found)
    standing = match(overlaps)
    known = np.flatnonzero(standing)
    jaccard = np.zeros(k)
    jaccard[known] = overlaps[known, standing[known] - 1]
    members, characteristic = np.zeros(0, dtype=np.int64), (np.zeros(0, dtype=np.int64),) * 2
    if table is not None:
        own = np.zeros(n_found + 1, dtype=np.int64)
        own[standing[known]] = known + 1
        members = own[classes]
        chi2 = _chi2(table[0], found)[:, standing[known] - 1]
        form, at = np.nonzero(chi2 > CHARACTERISTIC)
        characteristic = table[1][form], known[at] + 1
    return Found(jaccard, standing, present, members, characteristic)


def _distinct(rows: np.ndarray, found: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the distinct segments of `rows`, and the class in which most copies of each were found."""
    present, owners = np.unique(rows, return_inverse=True)
    width = int(found.max(initial=0)) + 1
    copies = np.bincount(owners * width + found, minlength=len(present) * width).reshape(len(present), width)
    return present, copies.argmax(axis=1)


def overlap(labels: np.ndarray, found: np.ndarray, k: int, n_found: int) -> np.ndarray:
    """Return the Jaccard index (k, n_found) of classes 1…k of `labels` with those of `found`, both (n,), 0 = in none.

    Two empty classes have index 0.
    """
    width = n_found + 1
    both = np.bincount(labels * width + found, minlength=(k + 1) * width).reshape(k + 1, width)
    either = both.sum(axis=1)[1:, None] + both.sum(axis=0)[None, 1:] - both[1:, 1:]
    return both[1:, 1:] / np.maximum(either, 1)


def match(overlaps: np.ndarray) -> np.ndarray:
    """Return, for each row of `overlaps` (K, L), the column 1…L that stands for it, or 0.

    One to one, with the largest sum (Kuhn 1955); an overlap of 0 is no match.
    """
    standing = np.zeros(len(overlaps), dtype=np.int64)
    ours, theirs = linear_sum_assignment(overlaps, maximize=True)
    standing[ours] = np.where(overlaps[ours, theirs] > 0, theirs + 1, 0)
    return standing


def _chi2(table: csr_array, found: np.ndarray) -> np.ndarray:
    """Return the signed χ² (p, L) of each form in each class over the classified rows of the draw."""
    kept = np.flatnonzero(found > 0)
    classes, n_classes = found[kept] - 1, int(found.max(initial=0))
    member = coo_array((np.ones(len(kept)), (np.arange(len(kept)), classes)), shape=(len(kept), n_classes))
    inside = (table[kept].T @ member.tocsr()).toarray()
    return signed_chi2(inside, inside.sum(axis=1), np.bincount(classes, minlength=n_classes), len(kept))
