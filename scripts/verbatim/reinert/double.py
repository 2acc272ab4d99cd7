"""Double classification: two groupings of segments, two trees, and the classes on which they agree (Reinert 1990).

Short segments bear few forms. They are grouped, within their text, into units of two sizes; each set
of units is classified; pairs of nodes, one of each tree, that share more segments than chance are
candidate classes, and a segment that the two trees do not put in the same pair stays unclassified.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array

from verbatim.reinert.descent import ROOT, Descent, descend
from verbatim.reinert.profiles import signed_chi2
from verbatim.reinert.terminal import IRAMUTEQ_SPLITS, smallest_class

SIZES = (12, 14)
CHI2_5_PERCENT = 3.84
DECIMALS = 6


@dataclass(frozen=True)
class Crossing:
    """Pairs of nodes that attract each other: arrays (n_pairs,), by decreasing χ².

    first, second: nodes of either tree; size: segments in both; chi2: of the 2×2 table on segments.
    kin: for either tree, whether two nodes (by number) are the same or one is above the other.
    Equal χ² (to six decimals): most segments, then lowest first node, then lowest second node.
    """

    first: np.ndarray
    second: np.ndarray
    size: np.ndarray
    chi2: np.ndarray
    kin: tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class DoubleClasses:
    """`labels` (n_segments,): 1…K, 0 = unclassified; `pairs`: nodes of class 1, 2, …; `minimum`: segments.

    groups: for either size, the grouped segment (n_segments,) of each segment; descents: of these.
    """

    labels: np.ndarray
    pairs: tuple[tuple[int, int], ...]
    minimum: int
    groups: tuple[np.ndarray, np.ndarray]
    descents: tuple[Descent, Descent]
    crossing: Crossing


def group(n_forms: np.ndarray, texts: np.ndarray, size: int, *, iramuteq: bool = False) -> np.ndarray:
    """Return the number (n_segments,), from 0, of the grouped segment of each segment.

    `n_forms` (n_segments,): distinct active forms of each segment, in order; `texts` (n_segments,):
    its text. A group takes the next segment of its text while its sum of forms is at most `size`; the
    last group of a text may be shorter. `iramuteq`: that of the original, where the first segment of
    a group counts for nothing unless it also is the first of its text, so that groups are longer.
    """
    groups = np.zeros(len(n_forms), dtype=np.int64)
    counts, before = np.asarray(n_forms).tolist(), None
    number, reached = -1, 0
    for i, (count, text) in enumerate(zip(counts, np.asarray(texts).tolist(), strict=True)):
        if not i or text != before:
            number, reached = number + 1, count
        elif reached > size:
            number, reached = number + 1, 0 if iramuteq else count
        else:
            reached += count
        groups[i], before = number, text
    return groups


def merge(matrix: csr_array, groups: np.ndarray) -> csr_array:
    """Return which group bears which form: binary, (n_groups, n_forms), from the segments of `matrix`.

    `groups` (n_segments,) are numbers from 0, all of them used.
    """
    n = len(groups)
    member = coo_array((np.ones(n), (groups, np.arange(n))), shape=(int(groups.max(initial=-1)) + 1, n))
    merged = csr_array(member.tocsr() @ matrix)
    merged.eliminate_zeros()
    merged.data[:] = 1
    return merged


def cross(first: np.ndarray, second: np.ndarray, minimum: int) -> Crossing:
    """Return the pairs of nodes of at least `minimum` segments with a positive χ² over 3.84.

    `first` (n_segments, n_splits) and `second`: nodes of each segment after each split of either tree
    (0 = lost). The root is in no pair. χ²: node × node over all segments, without correction.
    """
    here, there = _members(first), _members(second)
    both = (here.T.tocsr() @ there).toarray().astype(np.int64)
    chi2 = signed_chi2(both, here.sum(axis=0), there.sum(axis=0), len(first))
    g, h = np.nonzero((both >= max(minimum, 1)) & (chi2 > CHI2_5_PERCENT))
    size, value = both[g, h], chi2[g, h]
    order = np.lexsort((h, g, -size, -np.round(value, DECIMALS)))
    return Crossing(g[order], h[order], size[order], value[order], (_kin(here), _kin(there)))


def _members(nodes: np.ndarray) -> csr_array:
    """Return which segment was ever in which node (columns: node numbers), the root left out."""
    rows, splits = np.nonzero(nodes > ROOT)
    shape = (len(nodes), int(nodes.max(initial=ROOT)) + 1)
    members = coo_array((np.ones(len(rows)), (rows, nodes[rows, splits])), shape=shape).tocsr()
    members.data[:] = 1
    return members


def _kin(members: csr_array) -> np.ndarray:
    """Return which nodes share a segment: in a tree, one is then above the other, or they are the same."""
    return (members.T.tocsr() @ members).toarray() > 0


def choose(crossing: Crossing, number: int = 0, *, iramuteq: bool = False) -> tuple[tuple[int, int], ...]:
    """Return the pairs that become classes, at most `number` of them (0: all that can be had).

    Pairs are visited in the order of `crossing`, the strongest first; one is taken when, in neither
    tree, its node is a chosen one, nor above, nor below one: no segment is in two classes.
    `iramuteq` visits them by decreasing node of the second tree, χ² parting equals only.

    Known limit: when both trees first cut off the same few outliers, the strongest pair is nearly all
    the rest, and it alone is chosen.
    """
    visits = np.arange(len(crossing.first))
    if iramuteq:
        visits = np.argsort(-crossing.second, kind="stable")
    chosen: list[tuple[int, int]] = []
    for g, h in zip(crossing.first[visits].tolist(), crossing.second[visits].tolist(), strict=True):
        if number and len(chosen) == number:
            break
        if not any(crossing.kin[0][g, x] or crossing.kin[1][h, y] for x, y in chosen):
            chosen.append((g, h))
    return tuple(chosen)


def label(first: np.ndarray, second: np.ndarray, pairs: tuple[tuple[int, int], ...]) -> np.ndarray:
    """Return the class (n_segments,) of each segment: k when it was in both nodes of pair k, else 0.

    `first` and `second` as for `cross`.
    """
    labels = np.zeros(len(first), dtype=np.int64)
    for number, (g, h) in enumerate(pairs, start=1):
        labels[(first == g).any(axis=1) & (second == h).any(axis=1)] = number
    return labels


def classify_double(
    matrix: csr_array,
    texts: np.ndarray,
    sizes: tuple[int, int] = SIZES,
    n_splits: int = IRAMUTEQ_SPLITS,
    minimum: int = 0,
    number: int = 0,
    *,
    iramuteq: bool = False,
) -> DoubleClasses:
    """Return the double classification of `matrix` (n_segments, n_forms), binary, segments in order.

    `texts` (n_segments,): text of each segment; `sizes`: of the groups of either tree, in active
    forms; `minimum` segments of a class (0: `smallest_class`; IRaMuTeQ: groups of the first size /
    (n_splits + 1)); `number`: most classes (0: no limit). `iramuteq`: the original's counter and
    order of choice. A segment goes where its groups go, were it without any active form.
    """
    n_forms = matrix.count_nonzero(axis=1)
    groups = tuple(group(n_forms, texts, size, iramuteq=iramuteq) for size in sizes)
    descents = tuple(descend(merge(matrix, numbers), n_splits) for numbers in groups)
    first, second = (descent.nodes[numbers] for descent, numbers in zip(descents, groups, strict=True))
    if not minimum:
        n_groups = descents[0].n_segments
        minimum = round(n_groups / (n_splits + 1)) if iramuteq else smallest_class(matrix.shape[0])
    crossing = cross(first, second, minimum)
    pairs = choose(crossing, number, iramuteq=iramuteq)
    return DoubleClasses(label(first, second, pairs), pairs, minimum, groups, descents, crossing)
