"""One resample: classified anew for every number of classes, and compared with the classes of the study."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array, csr_array

from verbatim.reinert.candidates import labels_by_number
from verbatim.reinert.profiles import signed_chi2

CHARACTERISTIC = 3.84
NONE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Found:
    """What a draw says of the classes 1…K of one number.

    crossing (K + 1, K + 1): distinct segments drawn that are in class i of the study and that the draw puts in what
    stands for class j; row 0: unclassified in the study; column 0: in nothing that stands for a class. present (s,):
    these segments; members (s,): the class of the study in which each of them was found again, or 0; characteristic:
    two arrays, forms and classes, of the pairs in which the form is characteristic of what stands for the class.
    """

    crossing: np.ndarray
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
    rows, texts: as `resampling` gives them. settings: the section `classes`. Characteristic forms are sought for the
    numbers of `detailed` only. A segment drawn several times is in the class of most of its copies (equals: the
    lowest number, unclassified first). A form is characteristic of a class when its signed χ² over the classified
    rows of the draw, copies counted, is over 3.84, the 5 % threshold.
    """
    drawn = counts[rows]
    forms = _forms(drawn, settings["minimum_frequency"], settings["max_forms"])
    table = csr_array(drawn[:, forms] > 0, dtype=float)
    found = labels_by_number(table, texts, list(references), settings, compatibility)
    present, copies = np.unique(rows, return_inverse=True)
    told = {}
    for number, labels in references.items():
        own = found[number].labels
        seen, n_found = _most(copies, own, len(present)), int(own.max(initial=0))
        k = int(labels.max(initial=0))
        standing = match(overlap(labels[present], seen, k, n_found))
        members = _stood_for(standing, n_found)[seen]
        crossing = np.bincount(labels[present] * (k + 1) + members, minlength=(k + 1) ** 2).reshape(k + 1, k + 1)
        form, marked = _characteristic(table, own, standing) if number in detailed else (NONE, NONE)
        told[number] = Found(crossing, present, members, (forms[form], marked))
    return told


def _forms(drawn: csr_array, minimum_frequency: int, max_forms: int) -> np.ndarray:
    sums = np.bincount(drawn.indices, drawn.data, minlength=drawn.shape[1])
    forms = np.flatnonzero(sums >= minimum_frequency)
    return np.sort(forms[np.argsort(-sums[forms], kind="stable")][:max_forms])


def _most(copies: np.ndarray, found: np.ndarray, n: int) -> np.ndarray:
    """Return (n,) the class of most copies of each segment; `copies` (m,): segment of each row of `found`."""
    width = int(found.max(initial=0)) + 1
    return np.bincount(copies * width + found, minlength=n * width).reshape(n, width).argmax(axis=1)


def _stood_for(standing: np.ndarray, n_found: int) -> np.ndarray:
    """Return (n_found + 1,) the class of the study for which each class of the draw stands; 0 for none."""
    known = np.flatnonzero(standing)
    own = np.zeros(n_found + 1, dtype=np.int64)
    own[standing[known]] = known + 1
    return own


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


def jaccard(crossings: np.ndarray, parts: Iterable[Sequence[int]]) -> np.ndarray:
    """Return the Jaccard index (R, M) of M classes in R draws: 0 where nothing stands for a class.

    crossings (R, K + 1, K + 1): those of `Found`; parts: the classes 1…K of which each class is made. A class that is
    made of several is compared with all that stands for them, so that segments may go from one to the other.
    """
    indices = []
    for own in parts:
        there = crossings[:, :, own].sum(axis=2)
        both = there[:, own].sum(axis=1)
        either = crossings[:, own].sum(axis=(1, 2)) + there.sum(axis=1) - both
        indices.append(both / np.maximum(either, 1))
    return np.stack(indices, axis=1) if indices else np.zeros((len(crossings), 0))


def _characteristic(table: csr_array, found: np.ndarray, standing: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs, columns of `table` and classes 1…K, that are characteristic in the draw."""
    known = np.flatnonzero(standing)
    form, at = np.nonzero(_chi2(table, found)[:, standing[known] - 1] > CHARACTERISTIC)
    return form, known[at] + 1


def _chi2(table: csr_array, found: np.ndarray) -> np.ndarray:
    """Return the signed χ² (p, L) of each form in each class over the classified rows of the draw."""
    kept = np.flatnonzero(found > 0)
    classes, n_classes = found[kept] - 1, int(found.max(initial=0))
    member = coo_array((np.ones(len(kept)), (np.arange(len(kept)), classes)), shape=(len(kept), n_classes))
    inside = (table[kept].T @ member.tocsr()).toarray()
    return signed_chi2(inside, inside.sum(axis=1), np.bincount(classes, minlength=n_classes), len(kept))
