"""The groups that a classification sets aside, and what they are said to share."""

import numpy as np
import pytest
from scipy.io import mmread
from scipy.sparse import csr_array
from scipy.stats import chi2_contingency

from places import PROGRAM
from verbatim import reinert
from verbatim.reinert.peeled import MOST_WORDS, peel

PLANTED = PROGRAM / "tests" / "data" / "reinert" / "planted.mtx"
OWN = 40


def with_group(own, usual=0):
    """The planted matrix, then rows `own` (m, 40) in words of their own and `usual` of the planted words each."""
    table = mmread(PLANTED).toarray()
    rng = np.random.default_rng(3)
    said = np.zeros((len(own), table.shape[1]))
    for row in said:
        row[rng.choice(table.shape[1], usual, replace=False)] = 1
    return np.vstack([np.hstack([table, np.zeros((len(table), OWN))]), np.hstack([said, own])])


def peeled(dense, number=5):
    table = csr_array(dense)
    found = reinert.classify(table, number, 30)
    names = np.arange(len(dense)) // 20
    lost_at = np.zeros(len(dense), dtype=int)
    for split in found.descent.splits:
        lost_at[split.lost] = split.number
    lost = [at or None for at in lost_at.tolist()]
    return found, peel(table, names, found.descent, found.descent.current(), lost, found.nodes)


def foreign(n=8, words=10):
    rng = np.random.default_rng(5)
    own = np.zeros((n, OWN))
    for row in own:
        row[rng.choice(OWN, words, replace=False)] = 1
    return own


def test_every_segment_that_has_forms_and_no_class_is_in_one_group():
    dense = with_group(foreign())
    dense[3] = 0
    found, groups = peeled(dense)
    rows = sorted(row for group in groups for row in group.rows.tolist())
    assert rows == np.flatnonzero((found.labels == 0) & dense.any(axis=1)).tolist()
    assert [group.node for group in groups] == sorted(group.node for group in groups)


def test_a_group_tells_the_split_that_made_it_and_the_words_that_mark_it():
    dense = with_group(foreign())
    found, groups = peeled(dense)
    (group,) = [group for group in groups if group.rows.tolist() == list(range(600, 608))]
    split = found.descent.splits[group.split - 1]
    assert group.node in (2 * split.number, 2 * split.number + 1)
    inside = np.arange(len(dense)) >= 600
    chi2 = []
    for bears in dense.T > 0:
        cells = [[(inside & bears).sum(), (inside & ~bears).sum()], [(~inside & bears).sum(), (~inside & ~bears).sum()]]
        more = cells[0][0] * len(dense) > inside.sum() * bears.sum()
        chi2.append(chi2_contingency(cells, correction=False)[0] if more else 0)
    best = np.sort(chi2)[::-1][:MOST_WORDS]
    assert np.array(chi2)[group.words] == pytest.approx(best)
    held = dense[group.rows][:, group.words].sum(axis=1)
    assert group.example == group.rows[held.argmax()]


def test_segments_that_lost_their_forms_are_one_group_at_the_first_split_that_lost_one():
    dense = (np.random.default_rng(2).random((300, 200)) < 0.015).astype(float)
    found, groups = peeled(dense)
    at = {row: split.number for split in found.descent.splits for row in split.lost.tolist() if dense[row].any()}
    assert len(set(at.values())) > 1
    (group,) = [group for group in groups if group.node == 0]
    assert sorted(at) == group.rows.tolist() and group.split == min(at.values())


@pytest.mark.parametrize(
    ("own", "usual", "names", "kind"),
    [
        (foreign(), 0, np.arange(8), "other_language"),
        (foreign(), 3, np.zeros(8), "other_language"),
        (np.ones((8, 1)) * (np.arange(OWN) < 3), 2, np.arange(8), "other_language"),
        (None, 0, np.arange(8), "same_words"),
        (None, 6, np.zeros(8), "one_interview"),
        (None, 6, np.arange(8), "few"),
        (foreign(1, 3), 2, np.zeros(1), "rare_words"),
    ],
)
def test_what_a_group_shares(own, usual, names, kind):
    """`own` None: the planted words only; no other `usual`: the same ten in every segment."""
    size = len(names)
    dense = with_group(np.zeros((size, OWN)) if own is None else own, usual)
    if own is None and not usual:
        dense[600:, :10] = 1
    interviews = np.concatenate([np.arange(600) // 20 + 100, names])
    descent = reinert.descend(csr_array(dense), 1)
    left = np.where(np.arange(len(dense)) < 600, 2, 3)
    (group,) = peel(csr_array(dense), interviews, descent, left, [None] * len(dense), (2,))
    assert (group.node, group.split, len(group.rows)) == (3, 1, size)
    assert group.kind == kind


def test_without_split_nothing_was_set_aside():
    table = csr_array(np.ones((30, 4)))
    descent = reinert.descend(table, 3)
    assert peel(table, np.arange(30), descent, descent.current(), [None] * 30, ()) == []
