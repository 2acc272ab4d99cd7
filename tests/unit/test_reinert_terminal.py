"""Which nodes become classes."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.io import mmread
from scipy.sparse import csr_array, hstack, vstack

from verbatim import reinert
from verbatim.reinert.descent import Descent, Split
from verbatim.reinert.terminal import _terminal_nodes

PLANTED = Path(__file__).parents[1] / "data" / "reinert" / "planted.mtx"


def planted():
    return csr_array(mmread(PLANTED))


def with_foreigners(n):
    """The planted matrix and `n` segments in words of their own."""
    table = planted()
    foreign = csr_array(np.ones((n, 30)))
    low = csr_array((n, table.shape[1]))
    right = csr_array((table.shape[0], 30))
    return csr_array(vstack([hstack([table, right]), hstack([low, foreign])]))


def test_splitting_goes_on_past_a_group_of_outliers():
    found = reinert.classify(with_foreigners(8), 5, 30)
    assert len(found.nodes) == 5
    assert (found.labels[-8:] == 0).all()
    assert set(found.reasons(with_foreigners(8))[-8:]) == {"small_leaf"}
    assert np.bincount(found.labels)[1:].min() >= found.minimum == 31


def test_no_more_splits_are_made_than_the_classes_need():
    found = reinert.classify(planted(), 3, 30)
    sizes = [sorted(found.descent.first(i).leaf_sizes().values()) for i in range(len(found.descent.splits) + 1)]
    assert [sum(size >= found.minimum for size in state) >= 3 for state in sizes] == [False] * (len(sizes) - 1) + [True]


def test_classes_are_numbered_from_left_to_right_in_the_tree():
    found = reinert.classify(planted(), 5, 30)
    assert list(found.nodes) == [leaf for leaf in found.descent.leaves() if leaf in found.nodes]
    for number, node in enumerate(found.nodes, start=1):
        assert ((found.labels == number) == (found.descent.current() == node)).all()


def test_when_more_splits_only_lose_segments_the_earlier_state_is_kept():
    minimum, descent = 130, reinert.descend(planted(), 3)
    sizes = [[size for size in descent.first(i).leaf_sizes().values() if size >= minimum] for i in range(4)]
    assert len(sizes[3]) == len(sizes[2]) and sum(sizes[3]) < sum(sizes[2])
    found = reinert.classify(planted(), 40, 30, minimum)
    assert (found.descent.nodes == descent.first(2).nodes).all()


@pytest.mark.parametrize(
    ("table", "number_of_classes"),
    [
        (np.ones((30, 4)), 1),
        (np.ones((4, 4)), 0),
        (np.zeros((30, 4)), 0),
        (np.zeros((30, 0)), 0),
        (np.vstack([np.ones((10, 3)), np.zeros((10, 3))]), 1),
    ],
)
def test_a_matrix_that_cannot_be_divided_is_one_class_or_none(table, number_of_classes):
    found = reinert.classify(csr_array(table), 5, 30)
    assert len(found.nodes) == number_of_classes
    assert set(found.labels) <= set(range(number_of_classes + 1))
    assert ((found.labels == 0) == (found.reasons(csr_array(table)) != "")).all()


@given(st.integers(0, 10_000), st.integers(0, 60), st.integers(0, 12), st.integers(0, 9), st.booleans())
@settings(max_examples=60, deadline=None)
def test_every_segment_has_a_class_of_the_minimum_size_or_a_reason(seed, n, p, minimum, as_iramuteq):
    table = csr_array((np.random.default_rng(seed).random((n, p)) < 0.3).astype(float))
    found = reinert.classify_as_iramuteq(table, minimum) if as_iramuteq else reinert.classify(table, 4, 9, minimum)
    assert ((found.labels == 0) == (found.reasons(table) != "")).all()
    sizes = np.bincount(found.labels, minlength=len(found.nodes) + 1)[1:]
    assert len(sizes) == len(found.nodes)
    if minimum:
        assert (sizes >= minimum).all()


def tree(*splits):
    """A descent that only has the splits (mother, rows left, rows right)."""
    none = np.zeros(0, dtype=int)
    made = [
        Split(number, mother, left + right, 1, none, 1, 0.5, 1.0, 1.0, (left, right), 1, (none, none))
        for number, (mother, left, right) in enumerate(splits, start=1)
    ]
    return Descent(np.zeros((100, len(made)), dtype=int), tuple(made))


def test_a_mother_takes_the_place_of_two_small_leaves():
    descent = tree((1, 60, 40), (2, 31, 29), (3, 5, 35), (4, 16, 15))
    assert _terminal_nodes(descent, 20) == (5, 7, 4)


def test_a_mother_with_a_class_below_her_is_none_and_the_small_leaf_is_abandoned():
    assert _terminal_nodes(tree((1, 60, 40), (2, 55, 5)), 20) == (3, 4)


def test_the_root_never_becomes_a_class():
    assert _terminal_nodes(tree((1, 10, 90)), 95) == ()


def original_s_terminal_nodes(leaves, mother, made, minimum):
    """METHODS b.4 word by word: `made` node -> size when it was created; leaves by increasing number."""
    kept = [leaf for leaf in leaves if made[leaf] >= minimum]
    pending, added = [leaf for leaf in leaves if made[leaf] < minimum], []

    def under(node):
        daughters = [child for child in mother if mother[child] == node]
        return daughters + [lower for child in daughters for lower in under(child)]

    while pending:
        v = pending.pop(0)
        if v in added:  # its other daughter made a class of it while it waited
            continue
        m = mother[v]
        others = [node for node in under(m) if node != v]
        a_terminal = any(node in kept + added for node in others)
        one_pending = any(node in pending for node in others)
        if m == 1 or made[m] < minimum or a_terminal:
            continue
        if one_pending:
            pending.append(m)
        else:
            added.append(m)
    return tuple(sorted(kept) + added)


@st.composite
def cut_trees(draw):
    """Splits (mother, left, right) of 100 rows: a leaf of two rows or more is cut, any of them; the last ones small."""
    sizes, splits = {1: 100}, []
    for number in range(1, draw(st.integers(2, 10))):
        large = sorted(node for node, size in sizes.items() if size > 1)
        node = draw(st.sampled_from(large))
        left = draw(st.integers(1, sizes[node] - 1))
        splits.append((node, left, sizes[node] - left))
        right = sizes.pop(node) - left
        sizes |= {2 * number: left, 2 * number + 1: right}
    return splits


@given(cut_trees(), st.integers(1, 60))
@settings(max_examples=300, deadline=None)
def test_mothers_become_classes_as_in_the_original(splits, minimum):
    mother, made = {}, {}
    for number, (node, left, right) in enumerate(splits, start=1):
        mother |= {2 * number: node, 2 * number + 1: node}
        made |= {2 * number: left, 2 * number + 1: right}
    leaves = sorted(node for node in mother if node not in mother.values())
    expected = original_s_terminal_nodes(leaves, {1: 0, **mother}, {1: 100, **made}, minimum)
    assert _terminal_nodes(tree(*splits), minimum) == expected
