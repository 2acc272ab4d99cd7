"""The kernels of the classification against naive recomputations."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.stats import chi2_contingency

from verbatim.reinert.axis import first_axis
from verbatim.reinert.bipartition import Bipartition, best_cut, dropped_columns, reallocate


def random_table(seed, n, p, density=0.15):
    random = np.random.default_rng(seed)
    lean = random.random((n, 1)) < 0.5
    dense = random.random((n, p)) < np.where(lean == (np.arange(p) % 2 == 0), 2 * density, density / 2)
    dense = dense[:, dense.any(axis=0)]
    return dense[dense.any(axis=1)].astype(float)


def naive_chi2(dense, first):
    two = np.array([dense[first].sum(axis=0), dense[~first].sum(axis=0)])
    if not two.sum(axis=1).all():
        return -1.0
    return chi2_contingency(two, correction=False).statistic


def naive_axis(dense):
    r, c, total = dense.sum(axis=1), dense.sum(axis=0), dense.sum()
    residuals = (dense / total - np.outer(r, c) / total**2) / np.sqrt(np.outer(r, c) / total**2)
    left, values, _ = np.linalg.svd(residuals, full_matrices=False)
    return left[:, 0] * values[0] * np.sqrt(total) / np.sqrt(r), values[0]


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


@pytest.mark.parametrize(("n", "p"), [(30, 12), (90, 150), (150, 90), (300, 80)])
def test_the_axis_is_that_of_a_dense_decomposition(n, p):
    dense = random_table(1, n, p)
    scores, value = first_axis(csr_array(dense))
    expected, expected_value = naive_axis(dense)
    assert value == pytest.approx(expected_value, rel=1e-12)
    assert np.abs(scores - expected * np.sign(scores @ expected)).max() < 1e-9 * np.abs(expected).max()
    assert scores[np.abs(scores).argmax()] > 0


def test_rows_of_equal_content_have_equal_scores():
    dense = np.repeat(random_table(2, 80, 90), 3, axis=0)
    scores, _ = first_axis(csr_array(dense))
    assert (scores.reshape(-1, 3) == scores[::3, None]).all()


@pytest.mark.parametrize("shape", [(1, 5), (7, 1), (9, 4), (150, 120)])
def test_rows_that_are_all_the_same_have_no_axis(shape):
    assert first_axis(csr_array(np.ones(shape))) is None


@pytest.mark.parametrize("blocks", [2, 3, 40])
def test_blocks_without_a_common_form_have_an_axis_that_parts_none_of_them(blocks):
    dense = np.kron(np.eye(blocks), np.ones((6, 4)))
    scores, value = first_axis(csr_array(dense))
    assert value == pytest.approx(1)
    parts = best_cut(csr_array(dense), scores)
    inside = parts.first.reshape(blocks, 6)
    assert (inside.all(axis=1) | ~inside.any(axis=1)).all()


@given(st.integers(0, 10_000), st.integers(2, 40), st.integers(2, 25))
@settings(max_examples=60, deadline=None)
def test_the_cut_is_the_best_of_all_cuts_of_the_axis(seed, n, p):
    dense = random_table(seed, n, p)
    assume(len(dense) > 1)
    scores = np.random.default_rng(seed).integers(0, 8, len(dense)).astype(float)
    cuts = [scores <= value for value in np.unique(scores)[:-1]]
    found = best_cut(csr_array(dense), scores)
    if not cuts:
        assert found is None
        return
    values = [naive_chi2(dense, cut) for cut in cuts]
    assert found.chi2() == pytest.approx(max(values), rel=1e-9, abs=1e-9)
    assert found.chi2() == pytest.approx(naive_chi2(dense, found.first), rel=1e-9, abs=1e-9)


@given(st.integers(0, 10_000), st.integers(2, 60), st.integers(2, 25))
@settings(max_examples=40, deadline=None)
def test_reallocation_moves_what_visiting_rows_one_by_one_moves(seed, n, p):
    dense = random_table(seed, n, p)
    assume(len(dense) > 1)
    first = np.random.default_rng(seed + 1).random(len(dense)) < 0.4
    parts = Bipartition(csr_array(dense), first.copy())
    passes = reallocate(parts)
    expected, expected_passes = naive_reallocation(dense, first)
    assert passes == expected_passes
    assert (parts.first == expected).all()


def test_groups_under_five_rows_are_left_as_the_cut_made_them():
    dense = random_table(5, 40, 20)
    first = np.arange(len(dense)) < 4
    parts = Bipartition(csr_array(dense), first.copy())
    assert reallocate(parts) == 0
    assert (parts.first == first).all()


@given(st.integers(0, 10_000), st.sampled_from([8, 40, 200]), st.floats(0.05, 0.9))
@settings(max_examples=60, deadline=None)
def test_forms_are_dropped_where_the_rule_says(seed, n, density):
    dense = random_table(seed, n, 20, density / 2)
    assume(len(dense) > 1)
    first = dense[:, 0] > 0
    first[:2] = [True, False]
    found = dropped_columns(Bipartition(csr_array(dense), first))
    assert [list(side) for side in found] == list(naive_drops(dense, first))
