"""Contrasts of groups of interviews against dealing them by hand."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from verbatim.group_contrasts import contrast, interval

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
    assert found.exact and found.p_amount == pytest.approx(np.mean(far))


def test_three_groups_are_drawn_and_repeat():
    amount, group = np.array([9, 8, 9, 0, 1, 0, 0, 1, 0.0]), np.repeat([0, 1, 2], 3)
    found, again = contrast(amount, group), contrast(amount, group)
    assert not found.exact and found.p_amount == again.p_amount
    # 60 of the 1,680 ways to deal put 9, 8 and 9 together, and lie as far: p = 0.036.
    assert 0.02 < found.p_amount < 0.06


def test_one_group_has_nothing_to_compare():
    found = contrast(np.array([1.0, 0.0]), np.array([0, 0]))
    assert found.p_presence == found.p_amount == 1.0


@given(st.integers(1, 40), st.data())
def test_clopper_and_pearson_s_interval_has_its_tails(n, data):
    k = data.draw(st.integers(0, n))
    low, high = interval(np.array([k]), np.array([n]))
    assert (low[0] == 0) if k == 0 else binom.sf(k - 1, n, low[0]) == pytest.approx(0.025)
    assert (high[0] == 1) if k == n else binom.cdf(k, n, high[0]) == pytest.approx(0.025)
