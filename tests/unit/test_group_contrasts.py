"""Contrasts of groups of interviews against dealing them by hand."""

from itertools import permutations, product
from math import comb, prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from verbatim import group_contrasts
from verbatim.group_contrasts import contrast, contrasts, freeman_halton, interval

AMOUNT = np.array([5, 0, 3, 8, 0, 0, 1])
GROUP = np.array([0, 0, 0, 0, 1, 1, 1])


def between(amount, group):
    means = [amount[group == g].mean() for g in np.unique(group)]
    sizes = [np.sum(group == g) for g in np.unique(group)]
    return sum(n * (m - amount.mean()) ** 2 for n, m in zip(sizes, means, strict=True))


def test_counts_shares_and_means():
    found = contrast(AMOUNT, GROUP)
    assert found.n_holding.tolist() == [3, 1] and found.n_interviews.tolist() == [4, 3]
    assert found.share.tolist() == [0.75, 1 / 3] and found.mean.tolist() == [4.0, 1 / 3]


def test_fisher_s_exact_test_by_hand():
    # Margins 4 and 3, 4 holding: probabilities of 1…4 in the first group are 4, 18, 12 and 1 of 35.
    assert contrast(AMOUNT, GROUP).p_presence == pytest.approx((4 + 12 + 1) / 35)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=3, max_size=6), st.data())
def test_the_exact_p_is_that_of_all_permutations(amounts, data):
    amount = np.array(amounts, dtype=float)
    cut = data.draw(st.integers(1, len(amounts) - 1))
    group = np.repeat([0, 1], [cut, len(amounts) - cut])
    observed = between(amount, group)
    far = [between(amount[list(order)], group) >= observed - 1e-9 for order in permutations(range(len(amounts)))]
    found = contrast(amount, group)
    assert found.exact_amount and found.p_amount == pytest.approx(np.mean(far))


THREE = np.array([9, 8, 9, 0, 1, 0, 0, 1, 0.0]), np.repeat([0, 1, 2], 3)


def test_the_deals_of_three_groups_are_all_counted():
    amount, group = THREE
    deals = {tuple(group[list(order)]) for order in permutations(range(9))}
    observed = between(amount, group)
    found = contrast(amount, group)
    assert found.exact_amount and len(deals) == 1680
    assert found.p_amount == pytest.approx(np.mean([between(amount, np.array(d)) >= observed - 1e-9 for d in deals]))


def test_too_many_deals_are_drawn_and_repeat(monkeypatch):
    monkeypatch.setattr(group_contrasts, "MOST_DEALS", 10)
    exact = 0.0357
    found, again = contrast(*THREE), contrast(*THREE)
    assert not found.exact_amount and found.p_amount == again.p_amount
    assert abs(found.p_amount - exact) < 4 * np.sqrt(exact * (1 - exact) / 9_999)


def test_several_themes_are_those_of_each_alone():
    amounts = np.random.default_rng(2).random((3, 12)) * (np.arange(12) % 3 > 0)
    group = np.repeat([0, 1, 2], 4)
    for one, amount in zip(contrasts(amounts, group, 99), amounts, strict=True):
        alone = contrast(amount, group, 99)
        assert (one.p_presence, one.p_amount) == pytest.approx((alone.p_presence, alone.p_amount))


def naive_freeman_halton(holding, sizes):
    def weight(counts):
        return prod(comb(n, k) for n, k in zip(sizes, counts, strict=True))

    ways = [c for c in product(*(range(n + 1) for n in sizes)) if sum(c) == sum(holding)]
    return sum(weight(c) for c in ways if weight(c) <= weight(holding)) / sum(map(weight, ways))


@given(st.lists(st.integers(1, 5), min_size=2, max_size=4), st.data())
def test_freeman_and_halton_s_test_is_the_sum_over_all_tables(sizes, data):
    holding = [data.draw(st.integers(0, n)) for n in sizes]
    p, exact = freeman_halton(np.array(holding), np.array(sizes))
    assert exact and p == pytest.approx(naive_freeman_halton(holding, sizes))


def test_too_many_tables_are_drawn(monkeypatch):
    sizes, holding = np.array([6, 7, 8]), np.array([1, 5, 2])
    p, _ = freeman_halton(holding, sizes)
    monkeypatch.setattr(group_contrasts, "MOST_TABLES", 1)
    drawn, exact = freeman_halton(holding, sizes)
    assert not exact and abs(drawn - p) < 4 * np.sqrt(p * (1 - p) / 9_999)


def test_one_group_has_nothing_to_compare():
    found = contrast(np.array([1.0, 0.0]), np.array([0, 0]))
    assert found.p_presence == found.p_amount == 1.0


@given(st.integers(1, 40), st.data())
def test_clopper_and_pearson_s_interval_has_its_tails(n, data):
    k = data.draw(st.integers(0, n))
    low, high = interval(np.array([k]), np.array([n]))
    assert (low[0] == 0) if k == 0 else binom.sf(k - 1, n, low[0]) == pytest.approx(0.025)
    assert (high[0] == 1) if k == n else binom.cdf(k, n, high[0]) == pytest.approx(0.025)
