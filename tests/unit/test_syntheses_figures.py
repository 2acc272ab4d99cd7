"""The figures of the syntheses say what the tables hold, whole, and stand on a page."""

import polars as pl
import pytest
from matplotlib import pyplot as plt
from matplotlib.text import Text

from report_study import study
from verbatim import tables
from verbatim.figures import saturation, theme_class, theme_groups, theme_names, theme_pairs
from verbatim.grid import Theme

PALETTE = ["#0072B2", "#E69F00", "#009E73"]
LONG = (
    "Une manière de dire que l'on ne sait pas très bien où l'on va ni avec qui, et de le dire deux fois plutôt qu'une"
)
A4 = 11.7


@pytest.fixture(autouse=True)
def close():
    yield
    plt.close("all")


def texts(figure):
    return [one.get_text() for one in figure.findobj(Text) if one.get_text()]


def many(n=25, modalities=("un", "deux"), title="Thème {}"):
    themes = [Theme(f"t{k:02d}", title.format(k), "" if k % 5 == 0 else f"t{k - k % 5:02d}", int(k % 5 > 0))
              for k in range(n)]  # fmt: skip
    rows = [
        {"theme": t.id, "variable": "panel", "modality": m, "n_codings": 3, "n_words": 30, "share": 0.03,
         "n_holding": 2, "n_interviews": 6, "low": 0.04, "high": 0.78}
        for t in themes for m in modalities
    ]  # fmt: skip
    return themes, pl.DataFrame(rows)


def contrasts(themes, p):
    fill = dict.fromkeys(("p_presence", "p_amount", "p_amount_adjusted"), 1.0)
    rows = [{"theme": t.id, "variable": "panel", "p_presence_adjusted": p, **fill} for t in themes]
    return pl.DataFrame(rows)


def test_a_star_marks_the_themes_that_differ_and_only_them():
    themes, groups = many()
    figure = theme_groups.draw(groups, contrasts(themes, 0.5), themes, PALETTE)
    assert theme_groups.STAR not in texts(figure) and figure.get_size_inches()[1] < A4
    assert {f"Thème {k}" for k in range(25)} <= set(texts(figure))
    figure = theme_groups.draw(groups, contrasts(themes, 0.01), themes, PALETTE)
    assert texts(figure).count(theme_groups.STAR) == 25


def test_no_name_is_cut():
    themes, groups = many(3, title=LONG + " {}")
    figure = theme_groups.draw(groups, contrasts(themes, 1.0), themes, PALETTE)
    shown = [text.replace("\n", " ") for text in texts(figure)]
    for theme in themes:
        assert theme.title in shown


def test_themes_without_a_grid_are_shown_after_it():
    grid = [Theme("b", "B", "", 0), Theme("a", "A", "", 0)]
    assert [theme.id for theme in theme_names.shown(grid, ["z", "a", "y"])] == ["a", "y", "z"]


def pairs(n):
    names = [f"t{k:02d}" for k in range(n)]
    rows = [
        {"theme": a, "other": b, "n_overlaps": 0, "n_turns": 41, "n_interviews": 5, "jaccard": 0.1,
         "expected_turns": 7.0, "p_turns": 0.01, "p_turns_adjusted": 0.2, "n_first": 9, "n_second": 3, "p_order": 0.1,
         "p_order_adjusted": 0.4}
        for i, a in enumerate(names) for b in names[i + 1 :]
    ]  # fmt: skip
    return pl.DataFrame(rows)


@pytest.mark.parametrize("n", [2, 25])
def test_each_pair_has_its_count_and_its_order(n):
    themes, _ = many(n)
    figure = theme_pairs.draw(pairs(n), themes)
    assert texts(figure).count("41") == texts(figure).count("9:3") == n * (n - 1) // 2
    assert max(figure.get_size_inches()) < A4


def test_saturation_tells_the_rule_or_why_there_is_none():
    made = study(interviews=("E01", "E02", "E03"))
    curves, stops = made.table("themes/saturation"), made.table("themes/saturation_stops")
    assert any("règle sans objet" in text for text in texts(saturation.draw(curves, stops, {"ensemble": "Ensemble"})))
    made = study(interviews=tuple(f"E{k}" for k in range(8)))
    curves, stops = made.table("themes/saturation"), made.table("themes/saturation_stops")
    first = saturation.rule(stops.filter(pl.col("kind") == "theme"))
    shown = texts(saturation.draw(curves, stops, {"ensemble": "Ensemble"}))
    assert any(f"arrêt après l'entretien n° {first['position']} " in text for text in shown)


def test_classes_and_themes_are_crossed_with_their_traces():
    made = study()
    crossed, traces = made.table("themes/theme_class", "ensemble"), made.table("themes/traces", "ensemble")
    shown = texts(theme_class.draw(crossed, traces, made.themes, PALETTE, {1: "Les écrans"}))
    assert "Les écrans" in shown
    n_told = sum(text in theme_class.TRACES.values() for text in shown)
    assert n_told == traces.filter(pl.col("kind") == "theme").height


def test_empty_tables_give_a_sentence():
    def empty(name):
        return tables.empty(f"themes/{name}")

    for figure in (
        theme_groups.draw(empty("groups"), empty("contrasts"), [], PALETTE),
        theme_pairs.draw(empty("pairs"), []),
        saturation.draw(empty("saturation"), empty("saturation_stops"), {"a": "A"}),
        theme_class.draw(empty("theme_class"), empty("traces"), [], PALETTE),
    ):
        assert len(texts(figure)) == 1 and "ucun" in texts(figure)[0]
