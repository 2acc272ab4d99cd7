"""Themes that meet and their order, against counting by hand; the law of the shifts against all of them."""

from itertools import product

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from verbatim import tables, theme_pairs
from verbatim.theme_pairs import Interview, meetings

BELOW = {"mother": ["mother", "a"], "a": ["a"], "b": ["b"]}
ORDER = ["mother", "a", "b"]


def turns(interviews="XY", n=4, length=100):
    rows = [
        (name, t, "s", "participant" if t % 2 == 0 else "interviewer", None, None, None, "m" * length)
        for name in interviews
        for t in range(1, 2 * n + 1)
    ]
    return pl.DataFrame(rows, schema=tables.empty("corpus/turns").schema, orient="row")


def codings(*rows):
    """Rows are theme, interview, turn, start, end."""
    full = [
        (f"c{i}", interview, turn, start, end, "x", theme, "k", "human", "intact", None, None, None, None)
        for i, (theme, interview, turn, start, end) in enumerate(rows)
    ]
    return pl.DataFrame(full, schema=tables.empty("themes/codings").schema, orient="row")


def test_turns_overlaps_and_order_are_counted():
    coded = codings(
        ("a", "X", 2, 0, 40), ("b", "X", 2, 30, 60), ("a", "X", 4, 0, 10), ("b", "X", 6, 0, 10),
        ("b", "Y", 2, 0, 10), ("a", "Y", 2, 50, 60), ("a", "Y", 2, 55, 70), ("a", "Y", 1, 0, 9),
    )  # fmt: skip
    found = tables.check("themes/pairs", theme_pairs.pair(ORDER, BELOW, coded, turns()))
    rows = {(row["theme"], row["other"]): row for row in found.iter_rows(named=True)}
    # a mother and what is below her are no pair; what the interviewer says is not counted
    assert set(rows) == {("mother", "b"), ("a", "b")}
    own = rows["a", "b"]
    assert (own["n_overlaps"], own["n_turns"], own["n_interviews"]) == (1, 2, 2)
    assert own["jaccard"] == pytest.approx(2 / 4)
    assert (own["n_first"], own["n_second"]) == (1, 1)
    assert rows["mother", "b"]["n_turns"] == own["n_turns"]


def test_nothing_to_pair_gives_the_empty_table():
    alone = codings(("a", "X", 2, 0, 40))
    assert tables.check("themes/pairs", theme_pairs.pair(ORDER, BELOW, alone, turns())).is_empty()
    nothing = tables.empty("themes/codings")
    assert theme_pairs.pair([], {}, nothing, turns()).is_empty()


def held(ends, places, by=0.0):
    return {int(np.searchsorted(ends, (x + by) % ends[-1], side="right")) for x in places}


def test_the_law_is_that_of_all_shifts_by_hand(monkeypatch):
    monkeypatch.setattr(theme_pairs, "SHIFTS", 6)
    interviews = [
        Interview(np.array([50, 60, 200]), {0: np.array([10.0, 55.0]), 1: np.array([12.0, 120.0])}),
        Interview(np.array([30, 90]), {0: np.array([5.0]), 1: np.array([7.0, 8.0])}),
        Interview(np.array([30, 90]), {0: np.array([5.0])}),
    ]
    counts = []
    for one in interviews[:2]:
        steps = np.arange(6) * one.ends[-1] / 6
        sides = [(0, 1), (1, 0)]
        counts.append([len(held(one.ends, one.places[i]) & held(one.ends, one.places[j], s))
                       for i, j in sides for s in steps])  # fmt: skip
    sums = np.array([a + b for a, b in product(*counts)])
    observed = sum(len(held(one.ends, one.places[0]) & held(one.ends, one.places[1])) for one in interviews[:2])
    n_turns, n_either, expected, p = meetings(interviews, [(0, 1)])[0, 1]
    assert n_turns == observed and n_either == 3 + 1 + 1
    assert expected == pytest.approx(sums.mean()) and p == pytest.approx((sums >= observed).mean())


def scattered(rng, link):
    """Twelve interviews of turns of very unlike lengths, passages in runs; `link`: share of the one with the other."""
    found = []
    for _ in range(12):
        ends = np.cumsum(np.ceil(rng.lognormal(5, 1, 25)))
        places = {}
        for theme in (0, 1):
            begins = rng.random(rng.poisson(4 * rng.gamma(1))) * ends[-1]
            runs = [b + np.cumsum(rng.exponential(60, rng.geometric(0.5))) for b in begins]
            places[theme] = np.concatenate(runs or [np.empty(0)]) % ends[-1]
        near = [x for x in places[0] if rng.random() < link]
        places[1] = np.concatenate([places[1], near])
        found.append(Interview(ends, {theme: own for theme, own in places.items() if len(own)}))
    return found


def test_without_a_link_one_in_twenty_is_rejected_and_links_are_found():
    rng = np.random.default_rng(4)
    none = np.array([meetings(scattered(rng, 0.0), [(0, 1)])[0, 1][3] for _ in range(200)])
    assert (none <= 0.05).mean() <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 200)
    linked = np.array([meetings(scattered(rng, 0.4), [(0, 1)])[0, 1][3] for _ in range(30)])
    assert (linked <= 0.05).mean() > 0.8


@given(st.integers(0, 30), st.integers(0, 30))
def test_the_sign_test(first, second):
    wanted = binomtest(first, first + second).pvalue if first + second else 1.0
    assert theme_pairs.order_p(first, second) == pytest.approx(min(1.0, wanted))
