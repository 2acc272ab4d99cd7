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
