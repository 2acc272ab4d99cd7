"""What the page of the themes says of groups, pairs, classes and saturation, against the tables."""

import re

import polars as pl
import pytest

from report_study import PROGRAM, study, without_classes
from verbatim.report import render, syntheses_page

TEMPLATES = PROGRAM / "workflow/report"


@pytest.fixture(scope="module")
def material():
    return study(panels=("un", "deux"), interviews=("E01", "E02", "E03", "E04", "E05", "E06", "E07"))


@pytest.fixture(scope="module")
def themes_page(material):
    return _page(material)


def _page(material):
    whole = render.page(material, TEMPLATES)
    return whole[whole.index('id="page-themes"') : whole.index('id="page-hypotheses"')]


def test_the_answer_comes_first_then_every_part(themes_page):
    places = [themes_page.index(f'data-ancre="themes/_{part}"')
              for part in ("grille", "groupes", "paires", "classes", "saturation", "fiches")]  # fmt: skip
    assert places == sorted(places) and themes_page.index("codages de") < places[0]
    links = re.findall(r'href="#themes/(_\w+)"', themes_page)
    assert {f'data-ancre="themes/{link}"' in themes_page for link in links} == {True}


def test_groups_show_the_tables(material):
    groups = syntheses_page.view(material)["groups"]
    table = material.table("themes/groups")
    assert [group["variable"] for group in groups] == table["variable"].unique().sort().to_list()
    shown = {(row["theme"].id, cell["modality"]): cell for row in groups[0]["rows"] for cell in row["cells"]}
    held = table.filter(pl.col("n_codings") > 0)["theme"].unique().to_list()
    wanted = {(r["theme"], r["modality"]): r for r in table.iter_rows(named=True) if r["theme"] in held}
    assert shown == wanted


@pytest.mark.parametrize(
    ("share", "position", "alone", "rate", "word"),
    [(None, None, 3, 1.0, "pas encore"), (0.2, None, 0, 0.0, "Oui"), (1.0, 4, 6, 0.6, "Oui"),
     (1.0, 4, 0, 0.0, "Sans doute pas"), (0.6, 4, 0, 0.0, "incertain"), (1.0, 4, 1, 0.1, "incertain")],
)  # fmt: skip
def test_were_other_interviews_needed(share, position, alone, rate, word):
    first = {"share_of_orders": share, "position": position}
    assert word in syntheses_page._answer(first, alone, rate)


def test_the_reasons_count_what_the_tables_hold(material):
    found = syntheses_page.view(material)["saturation"]
    curve = material.table("themes/saturation").filter(pl.col("kind") == "theme")
    assert found["n"] == curve.height == 7
    assert f"7 entretiens codés ont fait rencontrer {curve['cumulative'].max()} thèmes" in found["reasons"][0]


def test_both_blind_spots_are_named(material, themes_page):
    blind = syntheses_page.crossing(material, "ensemble")["blind"]
    traces = material.table("themes/traces", "ensemble")
    for kind, side in (("theme", "themes"), ("class", "classes")):
        told = {row["item"]: trace for trace, rows in blind[side].items() for row in rows}
        assert told == dict(traces.filter(pl.col("kind") == kind).select("item", "trace").iter_rows())
    assert "Thèmes sans trace lexicale" in themes_page and "Classes sans thème" in themes_page


@pytest.mark.parametrize("other", [
    study(codings=False), study(themes=False), study(interviews=("E01",), panels=("un",)), study(panels=None),
    without_classes(study()),
], ids=["no codings", "no grid", "one interview", "no panel", "no classes"])  # fmt: skip
def test_days_that_are_not_good_give_sentences(other):
    shown = _page(other)
    assert "None" not in shown and "nan" not in re.sub(r"<[^>]+>", "", shown).lower().split()
