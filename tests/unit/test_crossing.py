from itertools import product

import numpy as np
import polars as pl
import pytest

from verbatim import crossing, tables


def test_a_coding_touches_the_segments_whose_words_it_covers():
    tokens = pl.DataFrame(
        [("A", t, k, 5 * k, 5 * k + 4) for t in (2, 4) for k in range(1, 7)],
        schema=["interview", "turn", "token", "start", "end"],
        orient="row",
    )
    segments = pl.DataFrame(
        [("A", 1, 2, 1, 2, 4), ("A", 2, 2, 5, 4, 2), ("A", 3, 4, 3, 4, 6)],
        schema=["interview", "segment", "first_turn", "first_token", "last_turn", "last_token"],
        orient="row",
    )
    codings = pl.DataFrame(
        [("x", "A", 2, 21, 26, "intact"), ("y", "A", 4, 5, 9, "moved"), ("z", "A", None, None, None, "lost")],
        schema=["theme", "interview", "turn", "start", "end", "anchor"],
        orient="row",
    )
    assert crossing.touched(codings, segments, tokens).rows() == [("x", "A", 1), ("x", "A", 2), ("y", "A", 2)]


def test_residuals_equal_those_of_each_two_by_two_table():
    rng = np.random.default_rng(3)
    classes = pl.DataFrame({"interview": ["A"] * 60, "segment": range(60), "class": rng.integers(0, 4, 60)})
    touching = pl.DataFrame(
        {"theme": ["t"] * 20, "interview": ["A"] * 20, "segment": rng.choice(60, 20, replace=False)}
    )
    crossed = tables.check("themes/theme_class", crossing.cross("a", touching, classes))
    kept = classes.filter(pl.col("class") > 0)
    inside = np.isin(kept["segment"], touching["segment"])
    for row in crossed.to_dicts():
        own = (kept["class"] == row["class"]).to_numpy()
        n, total, r, c = (inside & own).sum(), len(own), inside.sum(), own.sum()
        expected = r * c / total
        spread = np.sqrt(expected * (1 - r / total) * (1 - c / total))
        assert row["n"] == n
        assert row["residual"] == pytest.approx((n - expected) / spread)


def test_no_coding_or_no_class_gives_an_empty_table():
    nothing = pl.DataFrame(schema={"theme": pl.String, "interview": pl.String, "segment": pl.Int64})
    classes = pl.DataFrame({"interview": ["A"], "segment": [1], "class": [0]})
    assert crossing.cross("a", nothing, classes).is_empty()


def shifted(classes, places, shifts):
    """The classes of each interview, moved along it in a circle."""
    parts = [np.roll(classes[own], by) for own, by in zip(places, shifts, strict=True)]
    return np.concatenate(parts)


def test_the_law_of_the_shifts_is_that_of_all_shifts_drawn_by_hand():
    rng = np.random.default_rng(5)
    places = [slice(0, 4), slice(4, 9), slice(9, 12)]
    classes, marks = rng.integers(0, 3, 12), (rng.random((2, 12)) < 0.4).astype(float)
    member = np.eye(3)[classes]
    expected, p = crossing.shifted_p(marks, member, places)
    ways = product(range(4), range(5), range(3))
    counts = np.array([marks @ np.eye(3)[shifted(classes, places, by)] for by in ways])
    np.testing.assert_allclose(expected, counts.mean(axis=0))
    far = np.abs(counts - expected) >= np.abs(marks @ member - expected) - 1e-9
    np.testing.assert_allclose(p, far.mean(axis=0))


def runs(rng, m, stay):
    """Classes of an interview in runs, more of some than of others."""
    own = rng.dirichlet(np.full(4, 0.7))
    found = rng.choice(4, m, p=own)
    for i in range(1, m):
        found[i] = found[i - 1] if rng.random() < stay else found[i]
    return found


def made_up(rng, link):
    """Marks, classes and places of eight interviews; of the segments of class 0, `link` bear the theme besides."""
    marks, classes, places = [], [], []
    for _ in range(8):
        m = int(rng.integers(30, 60))
        own = runs(rng, m, 0.5)
        touched = np.zeros(m)
        for begin in np.flatnonzero(rng.random(m) < 0.06 * rng.gamma(1)):
            touched[begin : begin + 1 + rng.geometric(0.5)] = 1
        touched[(own == 0) & (rng.random(m) < link)] = 1
        places.append(slice(sum(map(len, classes)), sum(map(len, classes)) + m))
        marks.append(touched)
        classes.append(own)
    return np.concatenate(marks)[None, :], np.eye(4)[np.concatenate(classes)], places


def test_without_a_link_one_in_twenty_is_rejected_and_links_are_found():
    rng = np.random.default_rng(1)
    none = np.concatenate([crossing.shifted_p(*made_up(rng, 0.0))[1].ravel() for _ in range(150)])
    # four cells of a study depend on each other: at most as many as independent studies would give
    assert (none < 0.05).mean() <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 150)
    linked = [crossing.shifted_p(*made_up(rng, 0.4))[1][0, 0] for _ in range(30)]
    assert (np.array(linked) < 0.05).mean() > 0.8


def test_interviews_that_nobody_coded_are_left_out():
    rng = np.random.default_rng(3)
    classes = pl.DataFrame({"interview": ["A"] * 30 + ["B"] * 30, "segment": [*range(30)] * 2})
    classes = classes.with_columns(pl.Series("class", rng.integers(1, 3, 60)))
    touching = pl.DataFrame({"theme": ["t"] * 10, "interview": ["A"] * 10, "segment": range(10)})
    alone = classes.filter(pl.col("interview") == "A")
    assert crossing.cross("a", touching, classes).equals(crossing.cross("a", touching, alone))


def test_a_theme_counts_those_below_it_and_only_codings_that_count():
    columns = ("coding", "theme", "anchor", "origin", "set_aside")
    rows = [
        *(("1", "leaf", "intact", "human", None), ("2", "leaf", "lost", "human", None)),
        *(("3", "leaf", "moved", "suggested", None), ("4", "mother", "intact", "human", "doublon")),
    ]
    codings = pl.DataFrame(rows, schema=columns, orient="row")
    raised = crossing.with_mothers(codings, {"mother": ["mother", "leaf"], "leaf": ["leaf"]})
    assert sorted(raised.select("coding", "theme").rows()) == [("1", "leaf"), ("1", "mother")]


def test_both_blind_spots_are_told():
    names = [name for name in "ABC" for _ in range(60)]
    classes = pl.DataFrame(
        {"interview": names, "segment": [*range(60)] * 3, "class": ([1] * 20 + [2] * 20 + [3] * 20) * 3}
    )
    held = {"fit": range(20), "spread": range(0, 60, 4)}
    rows = [(theme, name, s) for theme, own in held.items() for name in "ABC" for s in own] + [("rare", "A", 3)]
    touching = pl.DataFrame(rows, schema=["theme", "interview", "segment"], orient="row")
    crossed = tables.check("themes/theme_class", crossing.cross("a", touching, classes))
    found = tables.check("themes/traces", crossing.traces("a", touching, classes, crossed))
    told = {(row["kind"], row["item"]): row["trace"] for row in found.iter_rows(named=True)}
    assert told["theme", "fit"] == told["class", "1"] == "linked"
    assert told["theme", "spread"] == told["class", "2"] == told["class", "3"] == "none"
    assert told["theme", "rare"] in ("few", "hint")
    met = {(row["kind"], row["item"]): row["n_met"] for row in found.iter_rows(named=True)}
    assert met["class", "2"] == len([s for s in range(20, 40) if s % 4 == 0]) * 3
