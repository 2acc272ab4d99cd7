"""Themes by modality against counting by hand."""

import polars as pl
import pytest

from verbatim import tables, theme_groups
from verbatim.group_contrasts import contrast

PANELS = {"A": "un", "B": "un", "C": "deux", "D": "deux", "E": None, "F": "deux"}


def interviews():
    rows = [(name, 4, 100 * (i + 1), 9, 0.9, panel) for i, (name, panel) in enumerate(PANELS.items())]
    columns = ("interview", "n_turns", "n_words", "n_words_interviewer", "known_share", "panel")
    return pl.DataFrame(rows, schema=columns, orient="row")


def grid(cells):
    """`cells`: theme, interview -> passages and words; the others hold none."""
    rows = [
        (theme, name, *cells.get((theme, name), (0, 0)), 0.0, 0) for theme in ("t", "u", "silent") for name in PANELS
    ]
    return pl.DataFrame(rows, schema=tables.empty("themes/grid").schema, orient="row")


CELLS = {("t", "A"): (2, 30), ("t", "C"): (1, 30), ("u", "B"): (1, 10), ("u", "D"): (3, 40), ("u", "E"): (1, 1)}


def test_coded_interviews_with_a_value_are_counted():
    groups, tests = theme_groups.compare(grid(CELLS), interviews(), ["panel"], 99)
    rows = {(row["theme"], row["modality"]): row for row in tables.check("themes/groups", groups).iter_rows(named=True)}
    # F, that nobody coded, and E, without a panel, are in no group
    assert {row["n_interviews"] for row in rows.values()} == {2}
    assert (rows["t", "un"]["n_codings"], rows["t", "un"]["n_holding"]) == (2, 1)
    assert rows["t", "un"]["share"] == pytest.approx(30 / 300)
    assert rows["u", "deux"]["share"] == pytest.approx(40 / 700)
    assert rows["silent", "un"]["n_holding"] == 0 and rows["silent", "un"]["high"] > 0.8
    own = {row["theme"]: row for row in tables.check("themes/contrasts", tests).iter_rows(named=True)}
    assert set(own) == {"t", "u"} and own["t"]["n_interviews"] == 4
    by_hand = contrast([30 / 100, 0, 30 / 300, 0], [0, 0, 1, 1])
    assert own["t"]["p_amount"] == pytest.approx(by_hand.p_amount)
    assert own["t"]["p_presence"] == pytest.approx(by_hand.p_presence)


def test_one_modality_is_told_and_not_tested():
    cells = {key: own for key, own in CELLS.items() if key[1] in "AB"}
    groups, tests = theme_groups.compare(grid(cells), interviews(), ["panel"], 99)
    assert groups["modality"].unique().to_list() == ["un"] and tests.is_empty()


def test_nothing_coded_gives_empty_tables():
    groups, tests = theme_groups.compare(grid({}), interviews(), ["panel"], 99)
    assert groups.is_empty() and tests.is_empty()
    assert tables.check("themes/groups", groups).columns == tables.empty("themes/groups").columns


def test_attributes_are_those_of_the_study():
    assert theme_groups.chosen([], interviews()) == (["panel"], [])
    assert theme_groups.chosen([], interviews().drop("panel")) == ([], [])
    known, faults = theme_groups.chosen(["panel", "panell", "n_words"], interviews())
    assert known == ["panel"] and len(faults) == 2
    assert "« panel »" in faults[0].mend and faults[0].place == "config.yaml"
