"""The classification as a whole against the results of the original programs."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.io import mmread
from scipy.sparse import csr_array

from verbatim import reinert

DATA = Path(__file__).parents[1] / "data" / "reinert"
SHARED = Path(__file__).parents[3] / "shared" / "reference"
SOURCES = {"planted": (DATA, "planted_ira_svdR"), "theses_fr": (SHARED, "theses_fr_ira_irlbaexact")}


def matrix(name):
    return csr_array(mmread(SOURCES[name][0] / f"{name}.mtx"))


def reference(name, kind):
    folder, prefix = SOURCES[name]
    return pl.read_csv(folder / f"{prefix}_{kind}.csv")


@pytest.fixture(scope="module", params=sorted(SOURCES))
def original(request):
    folder, prefix = SOURCES[request.param]
    if not (folder / f"{prefix}_n1.csv").is_file():
        pytest.skip(f"{request.param}: the reference results lie in ../shared/reference, which is absent")
    return request.param, reinert.descend(matrix(request.param), 9)


def same_partition(left, right):
    pairs = np.unique(np.stack([left, right], axis=1), axis=0)
    return len(pairs) == len(np.unique(left)) == len(np.unique(right))


def test_partitions_are_those_of_the_original_at_every_level(original):
    name, descent = original
    nodes = reference(name, "n1").drop("row").to_numpy()
    assert descent.nodes.shape == nodes.shape
    assert [same_partition(descent.nodes[:, i], nodes[:, i]) for i in range(9)] == [True] * 9


def test_each_split_has_the_figures_of_the_original(original):
    name, descent = original
    splits = reference(name, "splits")
    assert [s.chi2_cut for s in descent.splits] == pytest.approx(splits["chi2_cut"].to_list(), rel=1e-9)
    assert [s.chi2 for s in descent.splits] == pytest.approx(splits["chi2_final"].to_list(), rel=1e-9)
    assert [s.singular_value for s in descent.splits] == pytest.approx(splits["sv1"].to_list(), rel=1e-9)
    for ours, theirs in (("passes", "passes"), ("n_rows", "nrow"), ("n_columns", "ncol"), ("total", "TT")):
        assert [getattr(s, ours) for s in descent.splits] == splits[theirs].to_list()


def test_terminal_classes_are_those_of_the_original(original):
    name, descent = original
    expected = reference(name, "classes")["classe"].to_numpy()
    found = reinert.classify_as_iramuteq(matrix(name))
    assert found.minimum == round(descent.n_segments / 10)
    assert same_partition(found.labels, expected)
    assert ((found.labels == 0) == (expected == 0)).all()


def test_profiles_are_those_of_the_original(original):
    name, _ = original
    expected = reference(name, "profiles")
    labels = reference(name, "classes")["classe"].to_numpy()
    found = reinert.profile(matrix(name), labels, np.zeros(len(labels), dtype=int))
    forms = expected["form"].to_numpy()
    assert set(np.flatnonzero(found.n_total >= 3)) == set(forms)
    assert (found.n_in_class[forms] == expected.select("^n_classe.*$").to_numpy()).all()
    assert np.abs(found.chi2[forms] - expected.select("^chi2_classe.*$").to_numpy()).max() <= 0.000_501


def test_our_chi2_is_at_least_the_real_one_of_rainette():
    first = reinert.descend(matrix("planted"), 1).splits[0]
    rainette_claimed, rainette_real = 2078.91538157388, 2064.48149000473
    assert first.chi2 > rainette_claimed > rainette_real


def test_nodes_agree_with_the_splits_that_made_them():
    table = matrix("planted")
    descent = reinert.descend(table, 9)
    for column, split in zip(descent.nodes.T, descent.splits, strict=True):
        sides = [column == 2 * split.number, column == 2 * split.number + 1]
        assert tuple(side.sum() for side in sides) == split.sizes
    assert sorted(descent.leaves()) == sorted(np.unique(descent.current()))
    assert list(descent.mothers().values())[1::2] == [split.mother for split in descent.splits]


def test_the_order_of_forms_changes_no_partition_and_no_number():
    table = matrix("planted")
    order = np.random.default_rng(3).permutation(table.shape[1])
    assert (reinert.descend(table, 9).nodes == reinert.descend(table[:, order], 9).nodes).all()


def test_the_caller_can_stop_it():
    table = matrix("planted")
    stopped = reinert.descend(table, 9, stop=lambda so_far: len(so_far.splits) == 4)
    assert (stopped.nodes == reinert.descend(table, 4).nodes).all()
    assert (stopped.nodes == reinert.descend(table, 9).first(4).nodes).all()


def test_the_matrix_is_left_as_it_was():
    table = matrix("planted").astype(np.int8)
    before = table.copy()
    reinert.descend(table, 3)
    assert (table != before).nnz == 0 and table.dtype == np.int8


@pytest.mark.parametrize("wrong", [np.ones((4, 4)), csr_array(np.full((4, 4), 2.0))])
def test_a_matrix_that_is_not_sparse_and_binary_is_refused(wrong):
    with pytest.raises(ValueError, match="the matrix must"):
        reinert.descend(wrong, 2)


@given(st.integers(0, 10_000), st.integers(0, 40), st.integers(0, 12), st.floats(0, 1))
@settings(max_examples=80, deadline=None)
def test_any_matrix_gives_a_hierarchy(seed, n, p, density):
    table = csr_array((np.random.default_rng(seed).random((n, p)) < density).astype(float))
    descent = reinert.descend(table, 6)
    state = np.ones(n, dtype=int)
    for column, split in zip(descent.nodes.T, descent.splits, strict=True):
        changed = column != state
        assert (state[changed] == split.mother).all()
        assert set(column[changed]) <= {0, 2 * split.number, 2 * split.number + 1}
        assert (column[split.lost] == 0).all() and min(split.sizes) >= 1
        assert split.chi2 >= split.chi2_cut * (1 - 1e-9)
        state = column
