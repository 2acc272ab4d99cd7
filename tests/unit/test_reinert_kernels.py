"""The kernels of the classification against naive recomputations."""

import numba
import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_array, csc_array, csr_array
from scipy.stats import chi2_contingency

from verbatim.reinert.axis import first_axis, product
from verbatim.reinert.binary_table import BinaryTable
from verbatim.reinert.bipartition import best_cut, chi2, dropped_columns, group_sums, reallocate
from verbatim.reinert.compiled import compiled


def random_table(seed, n, p, density=0.15):
    random = np.random.default_rng(seed)
    lean = random.random((n, 1)) < 0.5
    dense = random.random((n, p)) < np.where(lean == (np.arange(p) % 2 == 0), 2 * density, density / 2)
    dense = dense[:, dense.any(axis=0)]
    return dense[dense.any(axis=1)].astype(float)


def table_of(dense):
    return BinaryTable.of(csr_array(dense))


def dense_of(table):
    return csr_array(
        (np.ones(table.total), table.indices.astype(int), table.pointers), shape=(table.n_rows, table.n_columns)
    ).toarray()


def naive_chi2(dense, first):
    two = np.array([dense[first].sum(axis=0), dense[~first].sum(axis=0)])
    if not two.sum(axis=1).all():
        return -1.0
    return chi2_contingency(two, correction=False).statistic


def residuals(dense):
    r, c, total = dense.sum(axis=1), dense.sum(axis=0), dense.sum()
    return dense / np.sqrt(np.outer(r, c)) - np.sqrt(np.outer(r, c)) / total


def naive_axis(dense):
    left, values, _ = np.linalg.svd(residuals(dense), full_matrices=False)
    return left[:, 0] * values[0] * np.sqrt(dense.sum()) / np.sqrt(dense.sum(axis=1)), values[0]


def naive_reallocation(dense, first):
    """One row at a time, χ² from scratch."""
    first, passes, previous = first.copy(), 0, None
    sizes = first.sum(), (~first).sum()
    while min(sizes) >= 5:
        sizes = first.sum(), (~first).sum()
        moved, chi2 = [], naive_chi2(dense, first)
        for row in range(len(first)):
            first[row] = not first[row]
            tried = naive_chi2(dense, first)
            if tried > chi2 * (1 + 1e-12):
                chi2 = tried
                moved.append(row)
            else:
                first[row] = not first[row]
        passes += 1
        if not moved or moved == previous:
            break
        previous = moved
    return first, passes


def naive_drops(dense, first):
    """IRaMuTeQ's rule, a form at a time."""
    n1, n2 = first.sum(), (~first).sum()
    threshold = round(1.9 * max(n1, n2) / min(n1, n2) + 1.9, 6)
    out = ([], [])
    for form in range(dense.shape[1]):
        one = np.array([dense[first, form].sum(), dense[~first, form].sum()])
        zero = np.array([n1, n2]) - one
        if one.min() == 0 and zero.min() != 0:
            out[int(one.argmin())].append(form)
            continue
        if zero.min() == 0 and one.min() != 0:
            continue
        table = np.array([one, zero])
        expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
        yates = 0.5 if (table < 10).any() else 0.0
        if ((np.abs(table - expected) - yates) ** 2 / expected).sum() > threshold:
            out[0 if one[0] < expected[0, 0] else 1].append(form)
    return out


def nearly_equal_axes(repeats):
    """Three like blocks tied by one form, and one cell more: the more repeats, the nearer the two first axes."""
    block = np.tile(random_table(11, 12, 8, 0.5), (repeats, 1))
    dense = np.hstack([np.kron(np.eye(3), block), np.ones((3 * len(block), 1))])
    dense[0, -2] = 1
    return dense


@given(st.integers(0, 10_000), st.integers(1, 40), st.integers(1, 25), st.integers(1, 5))
@settings(max_examples=60, deadline=None)
def test_a_part_is_what_slicing_gives(seed, n, p, fewest):
    random = np.random.default_rng(seed)
    dense = (random.random((n, p)) < 0.2).astype(float)
    rows, allowed = np.flatnonzero(random.random(n) < 0.7), random.random(p) < 0.8
    part, kept, columns = table_of(dense).part(rows, allowed, fewest)
    expected_columns = np.flatnonzero(allowed & (dense[rows].sum(axis=0) >= fewest))
    expected = dense[rows][:, expected_columns]
    assert columns.tolist() == expected_columns.tolist()
    assert kept.tolist() == expected.any(axis=1).tolist()
    assert (dense_of(part) == expected[expected.any(axis=1)]).all()
    assert part.column_sums.tolist() == expected.sum(axis=0).tolist()


@pytest.mark.parametrize("kind", [bool, np.int8, np.int64, np.float32, float])
def test_a_table_holds_what_the_matrix_holds_whatever_its_type(kind):
    dense = random_table(4, 30, 20)
    matrix = csr_array(dense.astype(kind))
    for other in (matrix, csc_array(matrix), coo_array(matrix)):
        assert (dense_of(BinaryTable.of(other)) == dense).all()
    long = csr_array((matrix.data, matrix.indices.astype(np.int64), matrix.indptr.astype(np.int64)), matrix.shape)
    assert (dense_of(BinaryTable.of(long)) == dense).all()


def test_a_table_is_put_in_order_and_loses_explicit_zeros():
    matrix = csr_array((np.array([1.0, 1, 0, 1, 0.5, 0.5]), np.array([2, 0, 1, 1, 2, 2]), np.array([0, 3, 3, 6])))
    table = BinaryTable.of(matrix)
    assert dense_of(table).tolist() == [[1, 0, 1], [0, 0, 0], [0, 1, 1]]
    assert table.indices.tolist() == [0, 2, 1, 2]
    assert matrix.indices.tolist() == [2, 0, 1, 1, 2, 2]


@pytest.mark.parametrize("indices", [[0, 0], [0, -1], [0, 7]])
def test_two_ones_in_a_cell_and_cells_outside_are_refused(indices):
    matrix = csr_array(np.eye(2))
    matrix.indices, matrix.indptr = np.array(indices, dtype=np.int32), np.array([0, 2, 2])
    with pytest.raises(ValueError, match="the matrix must"):
        BinaryTable.of(matrix)


def test_a_matrix_that_cannot_be_written_is_read():
    matrix = csr_array(random_table(4, 30, 20))
    for array in (matrix.data, matrix.indices, matrix.indptr):
        array.flags.writeable = False
    assert (dense_of(BinaryTable.of(matrix)) == matrix.toarray()).all()


@given(st.integers(0, 10_000), st.integers(2, 40), st.integers(2, 25))
@settings(max_examples=40, deadline=None)
def test_a_product_is_that_of_scipy(seed, n, p):
    dense = random_table(seed, n, p)
    assume(dense.size)
    table, vector = table_of(dense), np.random.default_rng(seed).random(dense.shape[1])
    found = np.full(len(vector), np.nan)
    product(table.pointers, table.indices, vector, found)
    matrix = csr_array(dense)
    assert found == pytest.approx(matrix.T @ ((matrix @ vector) / dense.sum(axis=1)), rel=1e-12)


@pytest.mark.parametrize(("n", "p"), [(30, 12), (90, 150), (150, 90), (300, 80), (30, 400)])
@pytest.mark.parametrize("longest", [300, 9])
def test_the_axis_is_that_of_a_dense_decomposition(n, p, longest):
    dense = random_table(1, n, p)
    axis = first_axis(table_of(dense), longest=longest)
    expected, expected_value = naive_axis(dense)
    assert axis.singular_value == pytest.approx(expected_value, rel=1e-12)
    assert np.abs(axis.scores - expected * np.sign(axis.scores @ expected)).max() < 1e-9 * np.abs(expected).max()
    assert axis.scores[np.abs(axis.scores).argmax()] > 0


@given(st.integers(0, 10_000), st.integers(2, 40), st.integers(2, 25))
@example(seed=27, n=2, p=15)
@example(seed=26, n=3, p=15)
@settings(max_examples=60, deadline=None)
def test_any_axis_is_a_singular_vector_of_the_largest_singular_value(seed, n, p):
    dense = random_table(seed, n, p)
    assume(dense.size)
    axis = first_axis(table_of(dense))
    _, value = naive_axis(dense)
    if axis is None:
        assert value < 1e-5
        return
    r, c = dense.sum(axis=1), dense.sum(axis=0)
    back = dense @ ((dense.T @ axis.scores) / c) / r
    assert axis.singular_value == pytest.approx(value, rel=1e-10)
    assert back == pytest.approx(value**2 * axis.scores, abs=1e-11 * np.abs(axis.scores).max())
    assert np.sum(r * axis.scores**2) == pytest.approx(value**2 * r.sum(), rel=1e-9)


@pytest.mark.parametrize("repeats", [1, 10, 100])
def test_of_nearly_equal_axes_the_first_is_taken(repeats):
    dense = nearly_equal_axes(repeats)
    first, second = np.linalg.svd(residuals(dense), compute_uv=False)[:2] ** 2
    assert first - second < 0.03 / repeats
    expected, _ = naive_axis(dense)
    table, axis = table_of(dense), first_axis(table_of(dense))
    expected *= np.sign(axis.scores @ expected)
    assert np.abs(axis.scores - expected).max() < 1e-12 / (first - second)
    assert (best_cut(table, axis.scores) == best_cut(table, np.round(expected, 8))).all()


@given(st.integers(0, 10_000), st.floats(0.9, 1.1))
@settings(max_examples=30, deadline=None)
def test_two_planted_axes_as_near_as_can_be_give_the_cut_of_a_dense_decomposition(seed, closeness):
    random = np.random.default_rng(seed)
    here, there = random.random(120) < 0.5, random.random(120) < 0.5
    chance = np.full((120, 40), 0.12)
    chance[np.ix_(here, np.arange(10))] += 0.25
    chance[np.ix_(there, np.arange(10, 20))] += 0.25 * closeness
    dense = (random.random(chance.shape) < chance).astype(float)
    dense = dense[dense.any(axis=1)][:, dense.any(axis=0)]
    expected, _ = naive_axis(dense)
    table, axis = table_of(dense), first_axis(table_of(dense))
    expected *= np.sign(axis.scores @ expected)
    assert np.abs(axis.scores - expected).max() < 1e-8
    assert (best_cut(table, axis.scores) == best_cut(table, np.round(expected, 9))).all()


@given(st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_where_the_search_starts_changes_the_number_of_products_only(seed):
    dense = random_table(seed, 150, 60)
    table = table_of(dense)
    cold = first_axis(table)
    second = first_axis(table, cold.following)
    other = first_axis(table, np.random.default_rng(seed).random(table.n_columns))
    for axis in (second, other, first_axis(table, np.zeros(table.n_columns)), first_axis(table, cold.following * 1e-9)):
        assert np.abs(axis.scores - cold.scores).max() < 1e-9


def test_a_start_on_another_axis_still_finds_the_first():
    dense = np.kron(np.eye(3), np.ones((6, 4)))
    dense[:6, 4] = dense[6:7, 0] = dense[12, 0] = 1
    _, values, right = np.linalg.svd(residuals(dense))
    table, cold = table_of(dense), first_axis(table_of(dense))
    for exact in right[1:3]:
        axis = first_axis(table, exact / np.sqrt(dense.sum(axis=0)))
        assert axis.singular_value == pytest.approx(values[0], rel=1e-12)
        assert np.abs(axis.scores - cold.scores).max() < 1e-9


def test_rows_of_equal_content_have_equal_scores():
    dense = np.repeat(random_table(2, 80, 90), 3, axis=0)
    scores = first_axis(table_of(dense)).scores
    assert (scores.reshape(-1, 3) == scores[::3, None]).all()


def test_rows_alike_but_for_a_form_of_their_own_are_not_parted():
    """Their scores are equal, up to rounding, which orders them in one way or another."""
    dense = random_table(2, 30, 20)
    twins = np.repeat(dense, 3, axis=0)
    own = np.zeros((len(twins), 3))
    own[np.arange(len(twins)), np.arange(len(twins)) % 3] = np.repeat(np.arange(len(dense)) == 5, 3)
    table = table_of(np.hstack([twins, own]))
    for sign in (1, -1):
        scores = first_axis(table).scores
        scores[15:18] += sign * np.array([1e-15, 0, -1e-15])
        first = best_cut(table, scores)
        assert first[15:18].all() or not first[15:18].any()


@pytest.mark.parametrize("shape", [(1, 5), (7, 1), (9, 4), (150, 120)])
def test_rows_that_are_all_the_same_have_no_axis(shape):
    assert first_axis(table_of(np.ones(shape))) is None


@pytest.mark.parametrize("blocks", [2, 3, 40])
def test_blocks_without_a_common_form_have_an_axis_that_parts_none_of_them(blocks):
    dense = np.kron(np.eye(blocks), np.ones((6, 4)))
    axis = first_axis(table_of(dense))
    assert axis.singular_value == pytest.approx(1)
    inside = best_cut(table_of(dense), axis.scores).reshape(blocks, 6)
    assert (inside.all(axis=1) | ~inside.any(axis=1)).all()


def test_rows_of_equal_profile_are_cut_where_their_scores_say():
    """Every cut has a χ² of zero, up to rounding: the first is as good as another."""
    table = table_of(np.ones((7, 3)))
    first = best_cut(table, np.array([3.0, 1, 2, 2, 1, 3, 4]))
    assert first.any() and not first.all()
    assert chi2(table, first) == pytest.approx(0, abs=1e-12)


@given(st.integers(0, 10_000), st.integers(2, 40), st.integers(2, 25))
@settings(max_examples=60, deadline=None)
def test_the_cut_is_the_best_of_all_cuts_of_the_axis(seed, n, p):
    dense = random_table(seed, n, p)
    assume(len(dense) > 1)
    scores = np.random.default_rng(seed).integers(0, 8, len(dense)).astype(float)
    cuts = [scores <= value for value in np.unique(scores)[:-1]]
    table = table_of(dense)
    found = best_cut(table, scores)
    if not cuts:
        assert found is None
        return
    values = [naive_chi2(dense, cut) for cut in cuts]
    assert chi2(table, found) == pytest.approx(max(values), rel=1e-9, abs=1e-9)
    assert chi2(table, found) == pytest.approx(naive_chi2(dense, found), rel=1e-9, abs=1e-9)


@given(st.integers(0, 10_000), st.integers(2, 60), st.integers(2, 25))
@settings(max_examples=40, deadline=None)
def test_reallocation_moves_what_visiting_rows_one_by_one_moves(seed, n, p):
    dense = random_table(seed, n, p)
    assume(len(dense) > 1)
    first = np.random.default_rng(seed + 1).random(len(dense)) < 0.4
    found = first.copy()
    passes, sums = reallocate(table_of(dense), found)
    expected, expected_passes = naive_reallocation(dense, first)
    assert passes == expected_passes
    assert (found == expected).all()
    assert (sums == dense[found].sum(axis=0)).all()


def test_groups_under_five_rows_are_left_as_the_cut_made_them():
    dense = random_table(5, 40, 20)
    first = np.arange(len(dense)) < 4
    found = first.copy()
    assert reallocate(table_of(dense), found)[0] == 0
    assert (found == first).all()


@given(st.integers(0, 10_000), st.sampled_from([8, 40, 200]), st.floats(0.05, 0.9))
@settings(max_examples=60, deadline=None)
def test_forms_are_dropped_where_the_rule_says(seed, n, density):
    dense = random_table(seed, n, 20, density / 2)
    assume(len(dense) > 1)
    first = dense[:, 0] > 0
    first[:2] = [True, False]
    table = table_of(dense)
    sums = group_sums(table.pointers, table.indices, first, table.n_columns)
    found = dropped_columns(table, first, sums)
    assert [list(side) for side in found] == list(naive_drops(dense, first))


def test_a_kernel_runs_where_nothing_can_be_kept_on_disk(monkeypatch):
    njit = numba.njit

    def nowhere(cache=False, **options):
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return njit(**options)

    monkeypatch.setattr(numba, "njit", nowhere)
    assert compiled(lambda x: 1 / x)(0.0) == np.inf
