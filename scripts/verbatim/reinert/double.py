"""Double classification: two groupings of segments, two trees, and the classes on which they agree (Reinert 1990).

Short segments bear few forms. They are grouped, within their text, into units of two sizes; each set
of units is classified; pairs of nodes, one of each tree, that share more segments than chance are
candidate classes, and a segment that the two trees do not put in the same pair stays unclassified.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array

from verbatim.reinert.descent import LOST, ROOT, Descent, descend
from verbatim.reinert.pairing import best_pairs
from verbatim.reinert.profiles import signed_chi2
from verbatim.reinert.terminal import IRAMUTEQ_SPLITS, enough, smallest_class

SIZES = (12, 14)
FEWEST_LEAVES = 10
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

    groups: for either size, the grouped segment (n_segments,) of each segment; descents: of these;
    `n_splits`: of both.
    """

    labels: np.ndarray
    pairs: tuple[tuple[int, int], ...]
    minimum: int
    groups: tuple[np.ndarray, np.ndarray]
    descents: tuple[Descent, Descent]
    crossing: Crossing

    @property
    def n_splits(self) -> int:
        """Return the splits of both trees."""
        return sum(len(descent.splits) for descent in self.descents)

    def nodes(self, side: int) -> np.ndarray:
        """Return the nodes (n_segments, n_splits) of each segment after each split of tree 0 or 1."""
        return self.descents[side].nodes[self.groups[side]]

    def current(self, side: int) -> np.ndarray:
        """Return the last node (n_segments,) of each segment in tree 0 or 1; 0 = lost."""
        return self.descents[side].current()[self.groups[side]]

    def reasons(self, matrix: csr_array) -> np.ndarray:
        """Return why each segment is unclassified, '' when it is.

        no_active_form; row_lost, in either tree; trees_disagree when one tree puts it in a node of a chosen pair and
        the other does not put it in the other node of that pair; small_leaf when neither does.
        """
        inside = [np.isin(self.nodes(side), [pair[side] for pair in self.pairs]).any(axis=1) for side in (0, 1)]
        why = np.where(inside[0] | inside[1], "trees_disagree", "small_leaf")
        why = np.where((self.current(0) == LOST) | (self.current(1) == LOST), "row_lost", why)
        why = np.where(np.diff(matrix.indptr) == 0, "no_active_form", why)
        return np.where(self.labels > 0, "", why)


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


def choose_as_iramuteq(crossing: Crossing) -> tuple[tuple[int, int], ...]:
    """Return the pairs that IRaMuTeQ makes classes of.

    Visited by decreasing node of the second tree, χ² parting equals only; one is taken when, in neither
    tree, its node is a chosen one, nor above, nor below one.
    """
    visits = np.argsort(-crossing.second, kind="stable")
    chosen: list[tuple[int, int]] = []
    for g, h in zip(crossing.first[visits].tolist(), crossing.second[visits].tolist(), strict=True):
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


def classify_double_as_iramuteq(
    matrix: csr_array,
    texts: np.ndarray,
    sizes: tuple[int, int] = SIZES,
    n_splits: int = IRAMUTEQ_SPLITS,
    minimum: int = 0,
) -> DoubleClasses:
    """Return the double classification that IRaMuTeQ makes of `matrix` (n_segments, n_forms), binary, in order.

    `texts` (n_segments,): text of each segment; `sizes`: of the groups of either tree, in active forms; `minimum`
    segments of a class (0: groups of the first size / (n_splits + 1)). Its counter of forms, its order of choice; a
    segment goes where its groups go, were it without any active form.
    """
    n_forms = matrix.count_nonzero(axis=1)
    groups = tuple(group(n_forms, texts, size, iramuteq=True) for size in sizes)
    descents = tuple(descend(merge(matrix, numbers), n_splits) for numbers in groups)
    first, second = (descent.nodes[numbers] for descent, numbers in zip(descents, groups, strict=True))
    minimum = minimum or round(descents[0].n_segments / (n_splits + 1))
    crossing = cross(first, second, minimum)
    pairs = choose_as_iramuteq(crossing)
    return DoubleClasses(label(first, second, pairs), pairs, minimum, groups, descents, crossing)


def classify_double(
    matrix: csr_array,
    texts: np.ndarray,
    numbers: Sequence[int],
    sizes: tuple[int, int] = SIZES,
    max_splits: int = 30,
    minimum: int = 0,
) -> dict[int, DoubleClasses]:
    """Return, for each of `numbers`, the double classification of `matrix` (n_segments, n_forms), binary, in order.

    `texts`, `sizes`: see `classify_double_as_iramuteq`; `minimum` segments of a class (0: `smallest_class`). Either
    tree is split until the largest number of leaves (ten at least) have that size, none has twice it, or `max_splits`
    are made. The classes are the pairs of `best_pairs`; when that many cannot be had, as many as can. They are
    numbered from left to right in the first tree, then in the second. A segment without active form is in no class.
    """
    minimum = minimum or smallest_class(matrix.shape[0])
    n_forms = matrix.count_nonzero(axis=1)
    groups = tuple(group(n_forms, texts, size) for size in sizes)
    wanted = max(*numbers, FEWEST_LEAVES)
    descents = tuple(_descent(merge(matrix, own), wanted, max_splits, minimum, len(texts)) for own in groups)
    first, second = (descent.nodes[own] for descent, own in zip(descents, groups, strict=True))
    crossing = cross(first, second, minimum)
    best = best_pairs(crossing.first, crossing.second, crossing.chi2, crossing.kin, numbers)
    found = {}
    for number, chosen in best.items():
        places = [(int(crossing.first[i]), int(crossing.second[i])) for i in chosen]
        pairs = tuple(sorted(places, key=lambda pair: tuple(_place(d, n) for d, n in zip(descents, pair, strict=True))))
        labels = np.where(n_forms > 0, label(first, second, pairs), 0)
        found[number] = DoubleClasses(labels, pairs, minimum, groups, descents, crossing)
    return found


def _descent(table: csr_array, wanted: int, max_splits: int, minimum: int, n_segments: int) -> Descent:
    """Return the descent of groups; `minimum` segments are about so many groups."""
    fewest = max(1, round(minimum * table.shape[0] / max(n_segments, 1)))
    return descend(table, max_splits, stop=lambda so_far: enough(list(so_far.leaf_sizes().values()), wanted, fewest))


def _place(descent: Descent, node: int) -> int:
    """Return which leaf from the left is the first below `node`."""
    mothers = descent.mothers()
    for place, leaf in enumerate(descent.leaves()):
        above = leaf
        while above > node:
            above = mothers[above]
        if above == node:
            return place
    return len(mothers)
