"""The classification as a whole against the results of the original programs."""

import os
import subprocess
import sys
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


def planted_classes(seed, n, p, classes=4):
    random = np.random.default_rng(seed)
    chance = np.where(np.arange(p) % classes == random.integers(0, classes, n)[:, None], 0.25, 0.06)
    return (random.random((n, p)) < chance).astype(float)


def naive_chi2(dense, first):
    two = np.array([dense[first].sum(axis=0), dense[~first].sum(axis=0)])
    expected = np.outer(two.sum(axis=1), two.sum(axis=0)) / two.sum()
    return ((two - expected) ** 2 / expected).sum()


def naive_cut(dense):
    """Dense decomposition, χ² of every cut from scratch, rows moved one at a time: METHODS' steps to the letter."""
    r, c, total = dense.sum(axis=1), dense.sum(axis=0), dense.sum()
    expected = np.sqrt(np.outer(r, c))
    scores = np.linalg.svd(dense / expected - expected / total)[0][:, 0] / np.sqrt(r)
    scores *= np.sign(scores[np.abs(scores).argmax()])
    cuts = [scores <= limit + 1e-10 for limit in np.sort(scores)[:-1]]
    first = max(cuts, key=lambda cut: naive_chi2(dense, cut))
    passes, moved = 0, True
    while moved and min(first.sum(), (~first).sum()) >= 5:
        moved = 0
        passes += 1
        for row in range(len(first)):
            now = naive_chi2(dense, first)
            first[row] = not first[row]
            if naive_chi2(dense, first) > now * (1 + 1e-12):
                moved += 1
            else:
                first[row] = not first[row]
    return first, passes


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


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_our_chi2_is_at_least_the_real_one_of_rainette(name):
    """At the first split, the only one where both cut the same table; its partition is judged by its groups."""
    groups = SOURCES[name][0] / f"{name}_rainette_groups.csv"
    if not groups.is_file():
        pytest.skip(f"{name}: the reference results lie in ../shared/reference, which is absent")
    table = matrix(name)
    level = pl.read_csv(groups, null_values="NA")["k2"].fill_null(0).to_numpy()
    classified = level > 0
    assert (classified == (table.sum(axis=1) > 0)).all()
    real = naive_chi2(table.toarray()[classified], level[classified] == 1)
    assert reinert.descend(table, 1).splits[0].chi2 >= real * (1 - 1e-9)


def test_our_chi2_is_that_of_rainette_once_its_switch_is_mended():
    facts = pl.read_csv(DATA / "rainette_switch_bug.csv").filter(pl.col("matrix") == "planted.mtx").row(0, named=True)
    groups = pl.read_csv(DATA / "planted_rainette_groups.csv")["k2"].to_numpy()
    table = matrix("planted")
    split = reinert.descend(table, 1).splits[0]
    assert naive_chi2(table.toarray(), groups == 1) == pytest.approx(facts["rainette_actual"], rel=1e-9)
    assert split.chi2_cut == pytest.approx(facts["cut_chi2"], rel=1e-9)
    assert split.chi2 == pytest.approx(facts["fixed_chi2"], rel=1e-9)
    assert split.chi2 > facts["rainette_claimed"] > facts["rainette_actual"]


@pytest.mark.parametrize("seed", range(6))
def test_each_split_is_that_of_a_dense_decomposition_and_of_visits_one_by_one(seed):
    dense = planted_classes(seed, 150, 60)
    descent = reinert.descend(csr_array(dense), 6)
    before, dropped = np.ones(150, dtype=int), {1: np.zeros(60, dtype=bool)}
    for split, nodes in zip(descent.splits, descent.nodes.T, strict=True):
        rows = np.flatnonzero(before == split.mother)
        part = dense[rows][:, ~dropped[split.mother]]
        part = part[:, part.sum(axis=0) >= (4 if split.number > 1 else 1)]
        full = part.any(axis=1)
        assert rows[~full].tolist() == split.lost.tolist()
        first, passes = naive_cut(part[full])
        assert (nodes[rows[full]] % 2 == 0).tolist() == first.tolist()
        assert passes == split.passes
        assert split.chi2 == pytest.approx(naive_chi2(part[full], first), rel=1e-10)
        before = nodes
        for side in (0, 1):
            gone = dropped[split.mother].copy()
            gone[split.dropped[side]] = True
            dropped[2 * split.number + side] = gone


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


@pytest.mark.parametrize(
    ("dense", "n_splits"),
    [
        (np.zeros((0, 5)), 0),
        (np.zeros((5, 0)), 0),
        (np.zeros((5, 5)), 0),
        (np.ones((1, 5)), 0),
        (np.ones((9, 5)), 0),
        (np.eye(9)[[1]], 0),
        (np.eye(2), 1),
        (np.kron(np.eye(3), np.ones((4, 4))), 2),
        (np.vstack([np.zeros((3, 8)), np.kron(np.eye(2), np.ones((4, 4)))]), 1),
    ],
)
def test_what_cannot_be_split_further_is_left(dense, n_splits):
    descent = reinert.descend(csr_array(dense), 50)
    assert len(descent.splits) == n_splits
    assert descent.nodes.shape == (len(dense), n_splits)
    assert len(descent.leaves()) == n_splits + 1
    assert (descent.current()[~dense.any(axis=1)] == (0 if n_splits else 1)).all()


def test_every_type_of_matrix_gives_the_same():
    table = matrix("planted")
    expected = reinert.descend(table, 4).nodes
    for other in (table.astype(bool), table.astype(np.int8), table.tocsc(), table.tocoo()):
        assert (reinert.descend(other, 4).nodes == expected).all()


def test_most_products_are_saved_by_the_axis_that_the_mother_expects():
    """The bench says how many; here: each split says its own, and the later ones need no more than a cold start."""
    products = [split.products for split in reinert.descend(matrix("planted"), 4).splits]
    assert min(products) >= 1 and max(products[1:]) <= products[0]


def test_the_compiler_is_loaded_when_it_is_needed_only():
    code = "import sys; from verbatim import reinert; sys.exit('numba' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(Path(reinert.__file__).parents[2])}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0


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
