"""Labbé's distance against the original's values and its properties; the tree of the texts."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from places import SHARED
from verbatim.intertextual_distance import labbe, tree

REFERENCE = SHARED / "reference"
tables_of = hnp.arrays(np.int64, st.tuples(st.integers(1, 12), st.integers(2, 5)), elements=st.integers(0, 20))


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference results are not there")
@pytest.mark.parametrize("name", ["period", "robespierre"])
def test_distances_are_those_of_the_original(name):
    counts = pl.read_csv(REFERENCE / f"spec_{name}_table.csv")
    expected = pl.read_csv(REFERENCE / f"labbe_{name}.csv", null_values="NA")
    expected = expected.drop(expected.columns[0]).cast(pl.Float64).to_numpy()
    found = labbe(counts.drop(counts.columns[0]).to_numpy())
    below = np.tril_indices(len(found), -1)
    assert found[below] == pytest.approx(expected[below], abs=1e-12)


def apart(one, other):
    """Labbé's distance of two texts, word by word, as the docstring states it."""
    small, large = (one, other) if sum(one) <= sum(other) else (other, one)
    if not sum(small):
        return np.nan
    scale = sum(small) / sum(large)
    sums = [0.0, float(sum(small))]
    for s, t in zip(small, large, strict=True):
        scaled = t * scale
        sums[0] += abs(s - scaled) if s and t else s if s else scaled if scaled >= 1 else 0
        sums[1] += scaled if scaled >= 1 else 0
    return sums[0] / sums[1]


@given(tables_of)
def test_a_distance_is_that_of_its_formula_word_by_word(counts):
    found = labbe(counts)
    for j in range(counts.shape[1]):
        expected = [apart(counts[:, i].tolist(), counts[:, j].tolist()) for i in range(j)]
        assert found[:j, j] == pytest.approx(expected, nan_ok=True)


@given(tables_of)
def test_a_distance_is_symmetric_between_0_and_1_and_undefined_for_an_empty_text(counts):
    found = labbe(counts)
    empty = counts.sum(axis=0) == 0
    off = ~np.eye(len(found), dtype=bool)
    assert (np.isnan(found) == ((empty[:, None] | empty[None, :]) & off)).all()
    known = found[~np.isnan(found)]
    assert ((known >= 0) & (known <= 1 + 1e-12)).all() and (np.diag(found) == 0).all()
    assert np.array_equal(found, found.T, equal_nan=True)


def test_twins_are_at_0_strangers_at_1_and_the_tree_joins_the_nearest_first():
    counts = np.array([[5, 5, 0, 1], [3, 3, 0, 0], [0, 0, 7, 6], [0, 0, 4, 4]])
    found = labbe(counts)
    assert found[0, 1] == 0 and found[0, 2] == 1
    joined = {frozenset(row[:2].astype(int)) for row in tree(found)[:2]}
    assert joined == {frozenset({0, 1}), frozenset({2, 3})}


def test_a_tree_of_one_text_or_of_an_empty_one_is_refused():
    with pytest.raises(ValueError, match="two texts"):
        tree(np.zeros((1, 1)))
    with pytest.raises(ValueError, match="empty"):
        tree(labbe(np.array([[1, 0], [2, 0]])))
