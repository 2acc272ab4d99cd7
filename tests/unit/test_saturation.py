"""Saturation against counting by hand and over all orders."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from verbatim import saturation

PRESENCE = np.array([[1, 0, 1, 0], [0, 1, 1, 0], [0, 0, 0, 1], [0, 0, 0, 0]], dtype=bool)


def cumulative(presence):
    return np.array([presence[:, : k + 1].any(axis=1).sum() for k in range(presence.shape[1])])


def test_new_and_cumulative_items_in_the_given_order():
    found = saturation.curve(PRESENCE, saturation.orders(PRESENCE, 10))
    assert found.new.tolist() == [1, 1, 0, 1]
    assert found.cumulative.tolist() == [1, 2, 2, 3]


@given(arrays(bool, array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=5)))
def test_the_mean_is_that_of_all_orders(presence):
    orders = [cumulative(presence[:, list(order)]) for order in permutations(range(presence.shape[1]))]
    found = saturation.curve(presence, saturation.orders(presence, 2))
    np.testing.assert_allclose(found.mean, np.mean(orders, axis=0), atol=1e-9)


@given(arrays(bool, array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=5)), st.integers(0, 9))
def test_drawn_orders_are_orders_of_the_interviews(presence, seed):
    known = {tuple(cumulative(presence[:, list(order)])) for order in permutations(range(presence.shape[1]))}
    assert {tuple(order.cumsum()) for order in saturation.orders(presence, 20, seed)} <= known


def test_the_band_holds_the_orders_and_the_same_seed_gives_the_same():
    presence = np.random.default_rng(3).random((40, 12)) < 0.2
    found, again = (saturation.curve(presence, saturation.orders(presence, 400)) for _ in range(2))
    assert (found.low == again.low).all() and (found.high == again.high).all()
    assert (found.low <= found.mean + 1e-9).all() and (found.mean <= found.high + 1e-9).all()
    assert found.low[-1] == found.high[-1] == presence.any(axis=1).sum()


def test_no_item_at_all():
    nothing = np.zeros((0, 3), dtype=bool)
    found = saturation.curve(nothing, saturation.orders(nothing, 5))
    assert found.cumulative.tolist() == found.mean.tolist() == found.high.tolist() == [0, 0, 0]


def test_the_rule_of_guest_namey_and_chen():
    # Base of four interviews: 20 items. Runs of two: 3/20, 1/20 (after interview 5), 0/20.
    new = np.array([9, 6, 3, 2, 2, 1, 0, 0, 0])
    found = saturation.stop(new, base=4, run=2, threshold=0.05)
    assert found.base_items == 20
    assert found.shares.tolist() == [0.15, 0.05, 0.0, 0.0]
    assert found.position == 5
    assert saturation.stop(new, 4, 2, 0.0).position == 6
    assert saturation.stop(new[:6], 4, 2, 0.05).position is None
    assert saturation.stop(new[:4], 4, 2).shares.size == 0


def test_a_base_that_holds_nothing_never_saturates():
    found = saturation.stop(np.array([0, 0, 3, 0, 0]), base=2, run=2, threshold=0.05)
    assert found.position is None and np.isnan(found.shares).all()


@pytest.mark.parametrize("bad", [{"base": 0}, {"run": 0}, {"threshold": 1.5}])
def test_settings_out_of_range(bad):
    with pytest.raises(ValueError, match="base and run"):
        saturation.stop(np.ones(5), **bad)


@given(st.integers(0, 50))
def test_orders_that_saturate(seed):
    always, never = (saturation.orders(held, 5, seed) for held in (np.ones((4, 8), dtype=bool), np.eye(8, dtype=bool)))
    assert (saturation.reached_by(always, 2, 2, 0.0) == 2).all()
    assert np.isnan(saturation.reached_by(never, 2, 2, 0.05)).all()
    assert np.isnan(saturation.reached_by(always, 7, 2, 0.0)).all()


@given(arrays(bool, (6, 7)), st.integers(1, 4), st.integers(1, 3), st.sampled_from([0, 0.05, 0.5]))
def test_each_order_stops_where_the_rule_says(presence, base, run, threshold):
    drawn = saturation.orders(presence, 8)
    for new, found in zip(drawn, saturation.reached_by(drawn, base, run, threshold), strict=True):
        place = saturation.stop(new, base, run, threshold).position
        assert np.isnan(found) if place is None else found == place
