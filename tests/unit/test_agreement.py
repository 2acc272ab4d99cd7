"""Coefficients of agreement against published values, naive recomputation, and what they must hold."""

from itertools import combinations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from places import SHARED
from verbatim.agreement import brennan_prediger, cohen_kappa, fleiss_kappa, gwet_ac1, krippendorff_alpha

FOLDER = SHARED / "corpora/agreement"
ALL = (fleiss_kappa, gwet_ac1, brennan_prediger, krippendorff_alpha)
# Krippendorff's own example: four observers, twelve units, gaps ("Computing Krippendorff's Alpha-Reliability").
OBSERVERS = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""


def four_observers():
    rows = [[-1 if x == "." else int(x) for x in line.split()] for line in OBSERVERS.strip().splitlines()]
    return np.array(rows).T


def test_krippendorff_s_own_example_has_his_value():
    assert krippendorff_alpha(four_observers()).value == pytest.approx(0.743, abs=5e-4)


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the reference data are not there")
@pytest.mark.parametrize(
    ("coefficient", "published"),
    [(krippendorff_alpha, 0.74342), (fleiss_kappa, 0.76117), (gwet_ac1, 0.77544), (brennan_prediger, 0.77273)],
)
def test_four_raters_with_gaps_have_the_values_of_irrcac(coefficient, published):
    rows = pl.read_csv(FOLDER / "cac.raw4raters.csv", infer_schema_length=0).rows()
    codes = np.array([[int(x) if x and x.strip() != "NA" else -1 for x in row[1:]] for row in rows])
    assert coefficient(codes).value == pytest.approx(published, abs=5e-6)


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the reference data are not there")
def test_six_raters_of_diagnoses_have_the_published_kappa():
    rows = pl.read_csv(FOLDER / "distrib.6raters.csv").rows()
    codes = np.array([[k for k, count in enumerate(row[1:]) for _ in range(count)] for row in rows])
    assert fleiss_kappa(codes).value == pytest.approx(0.4139265, abs=5e-7)


def naive_alpha(codes):
    units = [[c for c in unit if c >= 0] for unit in codes.tolist()]
    units = [unit for unit in units if len(unit) > 1]
    values = [c for unit in units for c in unit]
    observed = sum(2 * sum(a != b for a, b in combinations(unit, 2)) / (len(unit) - 1) for unit in units) / len(values)
    pairs = [a != b for a, b in combinations(values, 2)]
    return 1 - observed / (sum(pairs) / len(pairs))


codes_of = hnp.arrays(np.int64, st.tuples(st.integers(1, 12), st.integers(2, 4)), elements=st.integers(-1, 3))


@given(codes_of)
def test_alpha_is_that_of_all_pairs(codes):
    found = krippendorff_alpha(codes, resamples=0)
    values = [c for unit in codes.tolist() if sum(c >= 0 for c in unit) > 1 for c in unit if c >= 0]
    if len(set(values)) < 2:
        assert np.isnan(found.value)
    else:
        assert found.value == pytest.approx(naive_alpha(codes))


@given(codes_of, st.permutations(range(4)))
def test_names_of_categories_and_order_of_units_do_not_matter(codes, names):
    renamed = np.where(codes >= 0, np.array(names)[codes], -1)[::-1]
    for coefficient in ALL:
        one, other = coefficient(codes, resamples=0), coefficient(renamed, resamples=0)
        assert one.value == pytest.approx(other.value, nan_ok=True)
        assert not one.value > 1 + 1e-9


@given(hnp.arrays(np.int64, st.tuples(st.integers(2, 30), st.just(2)), elements=st.integers(0, 3)))
def test_cohen_is_its_formula(codes):
    found = cohen_kappa(codes, resamples=0)
    observed = np.mean(codes[:, 0] == codes[:, 1])
    expected = sum(np.mean(codes[:, 0] == k) * np.mean(codes[:, 1] == k) for k in range(4))
    if expected == 1:
        assert np.isnan(found.value)
    else:
        assert found.value == pytest.approx((observed - expected) / (1 - expected))


def test_perfect_agreement_is_one_and_a_single_category_is_undefined():
    codes = np.repeat(np.arange(4)[:, None], 3, axis=1)
    assert [coefficient(codes).value for coefficient in ALL] == pytest.approx([1, 1, 1, 1])
    same = np.zeros((6, 2), dtype=int)
    for coefficient in (cohen_kappa, fleiss_kappa, krippendorff_alpha):
        found = coefficient(same)
        assert np.isnan([found.value, found.low, found.high]).all() and found.n_undefined > 0


def test_the_interval_holds_the_value_narrows_with_units_and_is_the_same_each_time():
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 3, 400)
    codes = np.stack([np.where(rng.random(400) < 0.8, truth, rng.integers(0, 3, 400)) for _ in range(2)], axis=1)
    few, many = cohen_kappa(codes[:40]), cohen_kappa(codes)
    assert many.low < many.value < many.high
    assert many.high - many.low < few.high - few.low
    assert cohen_kappa(codes) == many


@pytest.mark.parametrize("coefficient", ALL)
def test_no_unit_coded_twice_is_undefined(coefficient):
    assert np.isnan(coefficient(np.array([[0, -1], [-1, 1]])).value)
    assert coefficient(np.array([[0, -1], [-1, 1]])).n_units == 0


@pytest.mark.parametrize("wrong", [np.zeros(3, int), np.zeros((3, 1), int), np.zeros((3, 2)), np.full((3, 2), -2)])
def test_a_table_that_is_none_is_refused(wrong):
    for coefficient in ALL:
        with pytest.raises(ValueError, match="codes must be"):
            coefficient(wrong)
    with pytest.raises(ValueError, match="two raters"):
        cohen_kappa(np.zeros((3, 3), int))
    with pytest.raises(ValueError, match="were used"):
        gwet_ac1(np.array([[0, 1], [2, 2]]), n_categories=2)
