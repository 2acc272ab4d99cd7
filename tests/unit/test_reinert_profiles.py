"""Profiles and typical segments against naive recomputations."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.stats import chi2_contingency, false_discovery_control

from verbatim import reinert
from verbatim.false_discovery import adjust_holm
from verbatim.reinert.nearest import nearest


def example(seed, n=60, p=9, k=3, interviews=4):
    random = np.random.default_rng(seed)
    presence = (random.random((n, p)) < random.random(p)).astype(float)
    return presence, random.integers(0, k + 1, n), random.integers(0, interviews, n)


@given(st.integers(0, 10_000), st.integers(1, 80), st.integers(1, 12), st.integers(1, 5))
@settings(max_examples=50, deadline=None)
def test_counts_chi2_and_interviews_are_those_counted_one_by_one(seed, n, p, k):
    presence, labels, interviews = example(seed, n, p, k)
    found = reinert.profile(csr_array(presence), labels, interviews)
    kept = labels > 0
    for form in range(p):
        for number in range(1, int(labels.max()) + 1):
            inside, bears = labels == number, presence[:, form] > 0
            a, borne, size, total = (inside & bears).sum(), (kept & bears).sum(), inside.sum(), kept.sum()
            at = form, number - 1
            assert (found.n_in_class[at], found.n_total[form]) == (a, borne)
            assert found.n_interviews[at] == len(set(interviews[inside & bears]))
            table = np.array([[a, borne - a], [size - a, total - size - borne + a]])
            if (table.sum(axis=0) == 0).any() or (table.sum(axis=1) == 0).any():
                assert (found.chi2[at], found.p[at]) == (0, 1)
                continue
            expected = chi2_contingency(table, correction=False)
            assert abs(found.chi2[at]) == pytest.approx(expected.statistic, abs=1e-9)
            assert found.p[at] == pytest.approx(expected.pvalue)
            assert found.effect[at] == pytest.approx(np.corrcoef(inside[kept], bears[kept])[0, 1], abs=1e-7)
            assert found.percent[at] == pytest.approx(100 * a / borne)


def test_a_form_that_is_rarer_than_expected_has_a_negative_chi2():
    presence = csr_array([[1.0], [1], [1], [0], [0], [0]])
    found = reinert.profile(presence, np.array([1, 1, 1, 2, 2, 2]), np.zeros(6, dtype=int))
    assert found.chi2.tolist() == [[6, -6]]


def test_probabilities_are_adjusted_within_each_class():
    presence, labels, interviews = example(4, 200, 30)
    found = reinert.profile(csr_array(presence), labels, interviews)
    assert found.p_adjusted == pytest.approx(false_discovery_control(found.p, axis=0, method="bh"))
    assert found.p_holm == pytest.approx(np.stack([holm(column) for column in found.p.T], axis=1))


def holm(p):
    """The largest of (number of p at least as large, itself counted) · p over all p up to this one."""
    steps = [(value, len(p) - rank) for rank, value in enumerate(sorted(p))]
    return [min(1, max(value * left for value, left in steps[: np.searchsorted(sorted(p), own) + 1])) for own in p]


def test_probabilities_after_holm_are_those_of_a_worked_example():
    assert adjust_holm(np.array([0.03, 0.01, 0.04, 0.005])) == pytest.approx([0.06, 0.03, 0.06, 0.02])
    assert adjust_holm(np.zeros((0, 3))).shape == (0, 3)
    assert adjust_holm(np.array([0.9, 0.8])).tolist() == [1, 1]


def test_no_class_gives_an_empty_profile():
    presence, labels, interviews = example(5)
    assert reinert.profile(csr_array(presence), 0 * labels, interviews).chi2.shape == (9, 0)


def test_typical_segments_gather_the_forms_of_the_class():
    presence = csr_array([[1.0, 1, 0, 0], [1, 0, 1, 0], [1, 1, 0, 0], [0, 0, 1, 1], [1, 1, 0, 1], [0, 0, 0, 1]])
    labels = np.array([1, 1, 2, 1, 1, 1])
    chi2 = np.array([5.0004, 3.0, 2.0, -7.0])
    found = reinert.typical(presence, labels, 1, chi2, 2)
    assert found.segments.tolist() == [0, 4]
    assert (found.absolute.tolist(), found.relative.tolist()) == ([8.0, 8.0], [4.0, 4.0])
    assert [forms.tolist() for forms in found.marked] == [[0, 1], [0, 1]]
    more = reinert.typical(presence, labels, 1, chi2, 50)
    assert more.segments.tolist() == [0, 4, 1]


def test_typical_segments_of_equal_sums_are_ordered_by_mean_then_by_place():
    presence = csr_array([[1.0, 1, 0], [0, 0, 1], [1, 1, 0], [0, 0, 1]])
    found = reinert.typical(presence, np.ones(4, dtype=int), 1, np.array([3.0, 3.0, 6.0]), 9)
    assert found.segments.tolist() == [1, 3, 0, 2]
    assert found.relative.tolist() == [6, 6, 3, 3]


@given(st.integers(0, 10_000), st.integers(1, 40), st.integers(1, 8), st.integers(1, 4))
@settings(max_examples=40, deadline=None)
def test_the_nearest_class_is_that_of_the_largest_mean_chi2(seed, n, p, k):
    presence, labels, _ = example(seed, n, p, k)
    chi2 = np.random.default_rng(seed).normal(0, 9, (p, k)).round(3)
    found = nearest(csr_array(presence), labels, chi2)
    told = dict(zip(found.rows.tolist(), zip(found.column, found.score, found.margin, strict=True), strict=True))
    assert set(told) == {row for row in range(n) if labels[row] == 0 and presence[row].any()}
    for row, (column, score, margin) in told.items():
        largest = chi2.max(axis=0)
        forms = chi2[presence[row] > 0]
        scores = [forms[:, i].mean() / largest[i] if largest[i] > 0 else 0.0 for i in range(k)]
        assert score == pytest.approx(max(scores), abs=1e-9)
        assert scores[column] == pytest.approx(max(scores), abs=1e-9)
        assert margin == pytest.approx(score - sorted(scores)[-2] if k > 1 else score, abs=1e-9)


def test_classes_equally_near_give_the_lower_number():
    found = nearest(csr_array([[1.0, 1.0]]), np.array([0]), np.array([[2.0, 5.0, 1.0], [-1.0, -2.5, 2.0]]))
    assert (found.column.tolist(), found.margin.tolist()) == ([2], [0.5])
    found = nearest(csr_array([[1.0, 0.0]]), np.array([0]), np.array([[2.0, 5.0, 1.0], [-1.0, -2.5, 2.0]]))
    assert (found.column.tolist(), found.margin.tolist()) == ([0], [0.0])
