"""Groups of segments that a classification set aside: what they share, and which words mark them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from verbatim.reinert.descent import LOST, Descent
from verbatim.reinert.profiles import signed_chi2

MOST_WORDS, MOST_COMPARED = 8, 60
ALONE, MOSTLY, ALIKE, RARE = 0.8, 0.5, 0.5, 4


@dataclass(frozen=True)
class Group:
    """Segments `rows` (m,) that end in `node`, which split `split` made, and are in no class.

    Node 0: those that lost all their forms on the way, at split `split` the first of them.

    kind: `other_language` when at least half of what they say is in forms of which they hold four fifths;
    `same_words` when two of them share half of their forms on average (Jaccard index); `one_interview` when all are
    of one; `rare_words` when half of their forms are in four segments at most; else `few`; the first that holds.
    words: forms (columns) that mark them most, by χ² against all other segments; example: the segment that holds
    most of these, the first of equals.
    """

    node: int
    split: int
    rows: np.ndarray
    kind: str
    words: np.ndarray
    example: int


def peel(
    matrix: csr_array,
    interviews: np.ndarray,
    descent: Descent,
    current: np.ndarray,
    lost_at: Sequence[int | None],
    classes: tuple[int, ...],
) -> list[Group]:
    """Return the groups of a tree that end outside its class nodes, by node.

    `matrix` (n_segments, n_forms), binary; `interviews` (n_segments,), names or numbers; `current` (n_segments,): leaf
    of each segment in the tree `descent`, 0 = lost; `lost_at` (n_segments,): at which split; `classes`: the nodes that
    are classes.
    """
    mothers = descent.mothers()
    totals = np.bincount(matrix.indices, minlength=matrix.shape[1])
    found = []
    for leaf in sorted(descent.leaves()):
        above = leaf
        while above and above not in classes:
            above = mothers[above]
        rows = np.flatnonzero(current == leaf)
        if not above and len(rows) and descent.splits:
            found.append(_group(matrix, interviews, totals, (leaf, leaf // 2), rows))
    lost = np.flatnonzero((current == LOST) & (np.diff(matrix.indptr) > 0))
    if len(lost):
        first = min(lost_at[row] for row in lost.tolist())
        found.insert(0, _group(matrix, interviews, totals, (LOST, first), lost))
    return found


def _group(
    matrix: csr_array, interviews: np.ndarray, totals: np.ndarray, made: tuple[int, int], rows: np.ndarray
) -> Group:
    own = matrix[rows]
    inside = np.bincount(own.indices, minlength=matrix.shape[1])
    n = matrix.shape[0]
    chi2 = signed_chi2(inside[:, None], totals, np.array([len(rows)]), n)[:, 0]
    best = np.argsort(-chi2, kind="stable")[:MOST_WORDS]
    words = best[chi2[best] > 0]
    held = np.isin(own.indices, words)
    holding = np.bincount(np.repeat(np.arange(len(rows)), np.diff(own.indptr))[held], minlength=len(rows))
    kind = _kind(own, inside, totals, interviews[rows])
    return Group(*made, rows, kind, words, int(rows[holding.argmax()]))


def _kind(own: csr_array, inside: np.ndarray, totals: np.ndarray, interviews: np.ndarray) -> str:
    said = np.flatnonzero(inside)
    if not len(said):
        return "few"
    alone = said[inside[said] >= ALONE * totals[said]]
    if len(interviews) > 1 and inside[alone].sum() >= MOSTLY * inside.sum():
        return "other_language"
    if len(interviews) > 1 and _likeness(own[:MOST_COMPARED]) >= ALIKE:
        return "same_words"
    if len(interviews) > 1 and len(np.unique(interviews)) == 1:
        return "one_interview"
    return "rare_words" if np.median(totals[said]) <= RARE else "few"


def _likeness(own: csr_array) -> float:
    """Return the mean Jaccard index of the forms of two segments."""
    both = (own @ own.T).toarray()
    sizes = np.diff(own.indptr)
    either = sizes[:, None] + sizes[None, :] - both
    pairs = np.triu_indices(len(sizes), 1)
    return float((both[pairs] / np.maximum(either[pairs], 1)).mean())
