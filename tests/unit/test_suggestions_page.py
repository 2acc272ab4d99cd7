from dataclasses import replace

import polars as pl
import pytest

from report_study import PROGRAM, study
from verbatim import grid, tables
from verbatim.report import render, suggestions_page
from verbatim.report.located import Corpus
from verbatim.theme_suggestions.suggesting import suggest

TEMPLATES = PROGRAM / "workflow" / "report"
GRID = """
themes:
  - id: outils
    title: Les outils
    themes: [{id: connexion, title: Première connexion, cues: [caméra, micro, licorne]}]
  - {id: absent, title: Thème dont personne ne parle}
"""
NAMES = {
    **{"themes/suggestions": "suggestions", "themes/suggestion_quality": "quality"},
    **{"themes/suggestion_curve": "curve", "themes/cues": "cues"},
}


def material(codings=True):
    whole = study(codings=codings)
    declared = grid.read(GRID)
    read = {name: whole.table(f"corpus/{name}") for name in ("turns", "tokens")}
    made = suggest(read["turns"], read["tokens"], whole.table("themes/codings"), declared, [], 1)
    shelf = {(name, ""): tables.check(name, getattr(made, part)) for name, part in NAMES.items()}
    return replace(whole, shelf={**whole.shelf, **shelf}, themes=list(declared.themes)), made


def view():
    whole, made = material()
    return suggestions_page.view(Corpus(whole)), made


def test_what_is_shown_is_what_the_tables_hold():
    shown, made = view()
    (theme,) = shown["themes"]
    new = made.suggestions.filter(pl.col("state") == "new")
    assert new.height > 0
    assert (theme["id"], theme["n_new"], shown["n"]["new"]) == ("connexion", new.height, new.height)
    assert (theme["unheard"], shown["without"]) == (["licorne"], ["Thème dont personne ne parle"])
    assert shown["chosen"]["n_suggested"] == made.quality["n_suggested"].sum()
    quotes = {row["quote"]: row["cues"].split(" · ") for row in new.to_dicts()}
    for quote in theme["quotes"]:
        said = "".join(text for text, _ in quote["pieces"])
        assert [text for text, is_marked in quote["pieces"] if is_marked] == quotes[said]


def test_interviews_take_turns_and_those_that_nobody_coded_come_first():
    row = {"theme": "t", "by_pattern": False, "turn": 1, "start": 0}
    rows = [{**row, "interview": name, "n_cues": n} for name, n in (("A", 3), ("A", 2), ("B", 1), ("C", 1), ("C", 2))]
    found = suggestions_page.chosen(rows, ["A"], 4)
    assert [(one["interview"], one["n_cues"]) for one in found] == [("C", 2), ("B", 1), ("C", 1), ("A", 3)]


@pytest.mark.parametrize("codings", [True, False])
def test_the_page_tells_suggestions_apart_and_says_when_nothing_can_be_measured(codings):
    html = render.page(material(codings)[0], TEMPLATES)
    assert "Une suggestion n'est pas un codage" in html
    assert ("Ce que valent les indices" in html) == codings
    assert ("on ne peut pas dire ce que valent" in html) != codings


def test_nothing_is_said_of_suggestions_without_cues():
    html = render.page(study(), TEMPLATES)
    assert "Passages suggérés" not in html
    assert "Codages qui ont suivi la grille" not in html


def test_codings_that_followed_the_grid_and_those_to_deal_are_told():
    rows = {"coding": ["a", "b", "c"], "was": ["lien", "lien", "visio"], "theme": ["outils", "outils", "connexion"]}
    recodings = pl.DataFrame({**rows, "change": ["split", "split", "followed"], "decided": [False, False, True]})
    whole, _ = material()
    shelf = {**whole.shelf, ("themes/recodings", ""): tables.check("themes/recodings", recodings)}
    shown = suggestions_page.view(Corpus(replace(whole, shelf=shelf)))["recodings"]
    assert [(row["was"], row["title"], row["n"], row["decided"]) for row in shown] == [
        ("lien", "Les outils", 2, False),
        ("visio", "Première connexion", 1, True),
    ]
    assert "make accept WHAT=recodings" in render.page(replace(whole, shelf=shelf), TEMPLATES)
