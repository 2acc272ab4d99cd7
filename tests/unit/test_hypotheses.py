"""Hypotheses: declared, weighed, counted; where coders contradict one another and what nobody placed."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatim import grid, hypotheses, hypothesis_counts, tables
from verbatim.anchoring import CODINGS
from verbatim.problems import StudyError

TURNS = pl.DataFrame(
    [("A", 1, "A"), ("A", 2, "ENQ"), ("B", 1, "B"), ("C", 1, "C")],
    schema=["interview", "turn", "speaker"],
    orient="row",
)
SPEAKERS = pl.DataFrame(
    [
        *[("A", "A", "participant", "un", "jeune"), ("A", "ENQ", "interviewer", None, None)],
        *[("B", "B", "participant", "deux", None), ("C", "C", "participant", "deux", "jeune")],
    ],
    schema=["interview", "speaker", "role", "panel", "age"],
    orient="row",
)


def codings(*rows):
    """Return themes/codings of rows (interview, turn, start, end, hypothesis, stance and, by name, other cells)."""
    own = {"quote": "mots", "theme": "lien", "coder": "ana", "origin": "human", "anchor": "intact"}
    names = ("interview", "turn", "start", "end", "hypothesis", "stance")
    made = []
    for number, row in enumerate(rows):
        more = row[-1] if isinstance(row[-1], dict) else {}
        made.append({"coding": f"c{number:03}", **own, **dict(zip(names, row, strict=False)), **more})
    return pl.DataFrame(made, schema=CODINGS)


def test_what_is_declared_is_completed():
    text = """hypotheses:
  - {id: h1, title: H, indicators: [{name: mots, stance: contre, words: [lien]}]}
  - {id: h2, title: I}
"""
    one, other = hypotheses.declared(text)
    assert one["indicators"] == [{"name": "mots", "stance": "against", "words": ["lien"]}]
    assert other["themes"] == other["indicators"] == []


def test_all_faults_of_a_declaration_are_told_with_their_line():
    text = """hypotheses:
  - id: h1
    title: H
    themes: [lein, lien]
    indicators:
      - {name: mots, stance: pour, words: [a]}
      - {name: mots, stance: contre, words: [b]}
  - id: h1
    title: I
"""
    with pytest.raises(StudyError) as raised:
        hypotheses.declared(text, themes=["lien", "absence"])
    told = str(raised.value)
    assert "3 problèmes" in told
    assert "ligne 4 : thème inconnu « lein »" in told and "vouliez-vous « lien »" in told
    assert "ligne 7 : deux indicateurs « mots »" in told
    assert "ligne 8 : l'hypothèse « h1 » est déjà à la ligne 2" in told


@pytest.mark.parametrize(
    "text, expected",
    [
        ("hypotheses: [{id: h1, title: H, indicateurs: []}]", "indicators"),
        ("hypotheses: [{id: h1, title: H, indicators: [{name: a, stance: oui, words: [a]}]}]", "pour"),
        ("hypotheses: [{id: h1, title: H, indicators: [{name: a, stance: pour, words: []}]}]", "non vide"),
        ("hypotheses: &a [*a]", "lui-même"),
    ],
)
def test_a_declaration_of_another_form_is_refused(text, expected):
    with pytest.raises(StudyError, match=expected):
        hypotheses.declared(text)


def test_what_does_not_count_is_not_weighed():
    table = codings(
        ("A", 1, 0, 5, "h", "for"),
        ("A", 1, 10, 15, "h", "for", {"origin": "suggested"}),
        ("A", 1, 20, 25, "h", "for", {"set_aside": "doublon"}),
        ("A", 1, None, None, "h", "for", {"anchor": "lost"}),
        ("A", 1, 30, 35, "h", None),
        ("A", 1, 40, 45, "autre", "for"),
        ("A", 1, 50, 55, "h", "nuance", {"anchor": "doubtful"}),
    )
    assert hypotheses.weigh(table, ["h"])["coding"].sort().to_list() == ["c000", "c006"]


SPANS = st.tuples(
    *(st.sampled_from("ABC"), st.just(1), st.integers(0, 30), st.integers(1, 12)),
    *(st.sampled_from(["h", "i", None]), st.sampled_from(["for", "against", "nuance", None])),
)


@given(st.lists(SPANS, max_size=25))
def test_passages_and_counts_are_those_of_a_naive_count(rows):
    table = codings(*((i, t, s, s + n, h, stance) for i, t, s, n, h, stance in rows))
    weighed = tables.check("themes/hypotheses", hypotheses.weigh(table, ["h", "i"]))
    counts = hypothesis_counts.count(weighed, table, TURNS, SPEAKERS, ["h", "i"], ["panel", "age"])
    counts = tables.check("themes/hypothesis_counts", counts)
    own = {"all": dict.fromkeys("ABC", "all"), "interview": {i: i for i in "ABC"}}
    own |= {"panel": {"A": "un", "B": "deux", "C": "deux"}, "age": {"A": "jeune", "C": "jeune"}}
    coded = {row[0] for row in rows}
    for row in counts.iter_rows(named=True):
        members = {i for i, modality in own[row["variable"]].items() if modality == row["modality"]}
        covered = {
            (i, place)
            for i, _, start, n, h, stance in rows
            if i in members and h == row["hypothesis"] and stance == row["stance"]
            for place in range(2 * start, 2 * (start + n) - 1)
        }
        passages = {(i, place) for i, place in covered if (i, place - 1) not in covered}
        assert row["n_codings"] == len(passages)
        assert row["n_interviews"] == len({i for i, _ in covered})
        assert row["n_coded"] == len(coded & members)


def test_a_passage_of_the_interviewer_is_nobodys_but_counts_for_all():
    table = codings(("A", 2, 0, 5, "h", "for"))
    counts = hypothesis_counts.count(hypotheses.weigh(table, ["h"]), table, TURNS, SPEAKERS, ["h"], ["panel"])
    found = {(v, m): n for v, m, n in counts.filter(stance="for").select("variable", "modality", "n_codings").rows()}
    assert found["all", "all"] == found["interview", "A"] == 1 and found["panel", "un"] == 0


def test_an_attribute_that_nobody_has_is_a_fault():
    assert hypothesis_counts.variables(["age", "panel", "interview"], SPEAKERS) == ["panel", "age"]
    with pytest.raises(StudyError, match="vouliez-vous « age »"):
        hypothesis_counts.variables(["agee"], SPEAKERS)


def test_codings_for_and_against_that_share_words_contradict_one_another():
    table = codings(
        ("A", 1, 0, 10, "h", "for"),
        ("A", 1, 9, 20, "h", "against", {"coder": "bob"}),
        ("A", 1, 20, 30, "h", "for"),
        ("A", 1, 0, 10, "h", "nuance"),
        ("B", 1, 0, 10, "h", "against"),
    )
    found = hypothesis_counts.contradictions(hypotheses.weigh(table, ["h"]), table)
    assert tables.check("themes/contradictions", found).rows() == [("h", "c000", "c001", "A")]


def test_what_nobody_placed_is_listed_once_per_hypothesis():
    table = codings(
        ("A", 1, 0, 10, "h", "for"),
        ("A", 1, 5, 20, None, None, {"coder": "bob"}),
        ("A", 1, 30, 40, None, None),
        ("B", 1, 0, 10, "h", None, {"theme": "ailleurs"}),
        ("C", 1, 0, 10, None, None, {"theme": "ailleurs"}),
        ("C", 1, 20, 30, None, None, {"set_aside": "doublon"}),
    )
    weighed = hypotheses.weigh(table, ["h", "i"])
    found = tables.check("themes/unplaced", hypothesis_counts.unplaced(weighed, table, {"h": {"lien"}, "i": set()}))
    assert found.rows() == [("h", "c002", "lien"), ("h", "c003", "ailleurs")]


def test_themes_are_linked_from_both_files_with_those_below_and_those_that_took_their_place():
    themes = grid.read(
        """themes:
  - {id: t1, title: A, hypotheses: [h], themes: [{id: t2, title: B, was: [vieux]}]}
  - {id: t3, title: C, themes: [{id: t4, title: D}, {id: t5, title: E}]}
split: [{theme: gros, into: [t4, t5]}]
"""
    )
    declared = [{"id": "h", "themes": []}, {"id": "i", "themes": ["vieux", "gros"]}, {"id": "j", "themes": []}]
    links = hypothesis_counts.links(declared, themes)
    assert links == {"h": {"t1", "t2"}, "i": {"t2", "t4", "t5"}, "j": set()}


def test_a_study_without_hypotheses_has_empty_tables():
    table = codings(("A", 1, 0, 10, None, None))
    weighed = hypotheses.weigh(table, [])
    assert tables.check("themes/hypotheses", weighed).is_empty()
    counts = hypothesis_counts.count(weighed, table, TURNS, SPEAKERS, [], ["panel"])
    assert tables.check("themes/hypothesis_counts", counts).is_empty()
    assert tables.check("themes/contradictions", hypothesis_counts.contradictions(weighed, table)).is_empty()
    assert tables.check("themes/unplaced", hypothesis_counts.unplaced(weighed, table, {})).is_empty()
