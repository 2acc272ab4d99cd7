"""Coefficients of agreement against published values, naive recomputation, and what they must hold."""

from functools import partial
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


# Fleiss (1971), table 1: 30 patients, 6 psychiatrists; how many chose each of five diagnoses.
DIAGNOSES = """
00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031
00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006
"""
# Two coders of 100 pregnancies and of 223 patients, as tables (Gwet 2014).
ABSTRACTORS = ((13, 0, 0), (0, 20, 7), (0, 4, 56))
PATIENTS = ((40, 6, 4, 15), (4, 25, 1, 5), (4, 2, 21, 9), (17, 13, 12, 45))
# What irrCAC gives for its example data (Gwet 2019): Fleiss, AC1, Brennan and Prediger, Krippendorff.
IRRCAC = {
    ("cac.raw4raters", "Rater"): (0.761, 0.775, 0.773, 0.743),
    ("cac.raw5obser", "Observer"): (0.458, 0.497, 0.487, 0.481),
    ("cac.raw.g1g2", "Rater"): (0.657, 0.685, 0.679, 0.632),
    ("cac.raw.gender", "Rater"): (0.129, 0.208, 0.183, 0.143),
    ("cac.ben.gerry", ("Ben", "Gerry")): (0.649, 0.661, 0.659, 0.665),
}


def counted(rows):
    """Codes (n_units, n_raters) from how many raters chose each category; the fewer, the more gaps."""
    most = max(map(sum, rows))
    return np.array(
        [[k for k, count in enumerate(row) for _ in range(count)] + [-1] * (most - sum(row)) for row in rows]
    )


def crossed(table):
    return np.array([[i, j] for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)])


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the reference data are not there")
@pytest.mark.parametrize(("file", "columns"), IRRCAC)
def test_raters_with_gaps_have_the_values_of_irrcac(file, columns):
    frame = pl.read_csv(FOLDER / f"{file}.csv", infer_schema_length=0)
    wanted = [name for name in frame.columns if name.startswith(columns)]
    cells = [[(cell or "").strip() for cell in row] for row in frame.select(wanted).rows()]
    known = sorted({cell for row in cells for cell in row if cell})
    codes = np.array([[known.index(cell) if cell else -1 for cell in row] for row in cells])
    assert [coefficient(codes).value for coefficient in ALL] == pytest.approx(IRRCAC[file, columns], abs=5e-4)


def test_the_psychiatrists_have_the_kappa_that_fleiss_published():
    codes = counted([[int(digit) for digit in row] for row in DIAGNOSES.split()])
    found = fleiss_kappa(codes)
    assert (found.value, found.observed, found.expected) == pytest.approx((0.430, 0.5556, 0.2201), abs=5e-4)
    assert fleiss_kappa(codes[:15]).value == pytest.approx(0.41393, abs=5e-6)


@pytest.mark.parametrize(
    ("table", "cohen", "fleiss", "gwet"), [(ABSTRACTORS, 0.7964, 0.7962, 0.8493), (PATIENTS, 0.4315, 0.4303, 0.4562)]
)
def test_two_coders_have_the_published_values_and_about_the_published_interval(table, cohen, fleiss, gwet):
    codes = crossed(table)
    found = [coefficient(codes).value for coefficient in (cohen_kappa, fleiss_kappa, gwet_ac1)]
    assert found == pytest.approx((cohen, fleiss, gwet), abs=5e-5)
    low, high = {ABSTRACTORS: (0.680, 0.913), PATIENTS: (0.341, 0.522)}[table]
    assert cohen_kappa(codes)[1:3] == pytest.approx((low, high), abs=0.025)


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
    for coefficient in (cohen_kappa, *ALL):
        found = coefficient(same)
        assert np.isnan([found.value, found.low, found.high]).all() and found.n_undefined > 0
    # that there was another category to choose is known of a yes or no
    assert gwet_ac1(same, n_categories=2).value == brennan_prediger(same, n_categories=2).value == 1


@pytest.mark.parametrize("coefficient", [cohen_kappa, *ALL])
@pytest.mark.parametrize("codes", [np.full((5, 2), -1), np.zeros((0, 2), int), np.array([[0, -1], [1, -1], [0, -1]])])
def test_who_codes_nothing_agrees_with_nobody(coefficient, codes):
    found = coefficient(codes, groups=np.zeros(len(codes)))
    assert np.isnan(found.value) and np.isnan(found.low) and found.n_units == 0


def test_a_third_rater_who_codes_nothing_changes_nothing_and_one_unit_has_no_interval():
    codes = crossed(ABSTRACTORS)
    third = np.column_stack([codes, np.full(len(codes), -1)])
    for coefficient in ALL:
        assert coefficient(third) == coefficient(codes)
        one = coefficient(np.array([[0, 1]]))
        assert np.isfinite(one.value) and np.isnan(one.low) and one.n_units == 1


def test_categories_that_only_one_rater_uses_count():
    codes = np.array([[0, 2], [0, 2], [1, 1], [1, 0]])
    shares = {0: (1 / 2, 1 / 4), 1: (1 / 2, 1 / 4), 2: (0, 1 / 2)}
    expected = sum(one * other for one, other in shares.values())
    assert cohen_kappa(codes).value == pytest.approx((1 / 4 - expected) / (1 - expected))


def drawn_slowly(coefficient, codes, groups, seed):
    """The interval of whole groups, by putting their rows one below the other."""
    names = np.unique(groups)
    times = np.random.default_rng(seed).multinomial(len(names), np.full(len(names), 1 / len(names)), size=200)
    rows = [np.concatenate([codes[groups == n] for n, k in zip(names, draw, strict=True) for _ in range(k)])
            for draw in times]  # fmt: skip
    values = np.array([coefficient(row, resamples=0).value for row in rows])
    return np.quantile(values[~np.isnan(values)], (0.025, 0.975))


BY_NUMBER = [partial(one, n_categories=3) for one in (gwet_ac1, brennan_prediger)]


@pytest.mark.parametrize("coefficient", [cohen_kappa, fleiss_kappa, krippendorff_alpha, *BY_NUMBER])
def test_groups_are_drawn_whole(coefficient):
    rng = np.random.default_rng(3)
    groups = rng.permutation(np.repeat(np.arange(6), 20))
    codes = np.where(rng.random((120, 1)) < 0.15 * groups[:, None], rng.integers(0, 3, (120, 1)), 0)
    codes = np.concatenate([codes, np.where(rng.random((120, 1)) < 0.8, codes, 1)], axis=1)
    found = coefficient(codes, groups=groups, resamples=200, seed=5)
    assert (found.low, found.high) == pytest.approx(drawn_slowly(coefficient, codes, groups, 5))
    assert found.value == coefficient(codes).value
    with pytest.raises(ValueError, match="groups"):
        coefficient(codes, groups=groups[:5])


def test_units_that_are_alike_in_a_group_widen_the_interval():
    groups = np.repeat(np.arange(10), 30)
    agree = np.arange(10)[groups] % 2
    codes = np.stack([np.arange(300) % 2, np.where(agree, np.arange(300) % 2, np.arange(300) // 2 % 2)], axis=1)
    alone, whole = cohen_kappa(codes), cohen_kappa(codes, groups=groups)
    assert whole.high - whole.low > 2 * (alone.high - alone.low)


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
