"""The public version: what it keeps back, what was signed, and no words of an interview where there should be none."""

import re
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_sheets import SHAPES, study

import report_study
from places import PROGRAM
from verbatim.problems import StudyError
from verbatim.public_report import page, signed_list, word_runs
from verbatim.public_report.signed_list import Signature, passage_id
from verbatim.public_report.study import PublicStudy
from verbatim.public_report.verbatims import CUT, Candidate, Rule, decide, proposal, rare_words, shortened
from verbatim.public_report.view import HELD, View
from verbatim.sheets.coded_study import CodedStudy

TEMPLATES = PROGRAM / "workflow" / "report"
WORDS = {
    ("A01", 2): [(0, 3, "le", "DET", "Les"), (4, 12, "étendoir", "NOUN", "étendoir"), (13, 18, "deux", "NUM", "deux")]
}
CANDIDATE = Candidate("A01", ((2, 0, 18),), "Les étendoir deux", "thème « Maison »", 3, "accompagné")


def rule(signed=(), rare=(), k=3, most=25, words=WORDS):
    return Rule(k, most, {one.passage: one for one in signed}, frozenset(rare), words)


def view(k=1, most=25, signed=(), **options):
    public = PublicStudy(study(**options), k)
    return View(public, rule(signed, k=k, most=most, words=public.words))


def made(own):
    settings = {"title": "Étude", "authors": [], "date": "2022-06-30", "invented": True}
    return page.html(own, settings, {one["id"]: "<svg/>" for one in own.analyses}, TEMPLATES)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("k", [1, 3, 50])
def test_a_page_is_made_of_any_study_and_holds_only_what_is_shown(shape, k):
    own = view(k, **SHAPES[shape])
    blocks = word_runs.blocks(made(own))
    shown = [one.text for one in own.all_shown if one.text]
    assert not [b for b in blocks if word_runs.leaked(b, own.study.said, word_runs.runs(shown))]
    text = " ".join(blocks)
    for code in own.material.table("corpus/interviews")["interview"]:
        assert not re.search(rf"\b{code}\b", text)
    assert (k == 50) <= (not shown)
    assert "None" not in text and "nan" not in text.split()


def test_verbatims_stand_on_the_page_with_their_panel_and_never_their_interview():
    own = view(1)
    text = " ".join(" ".join(word_runs.blocks(made(own))).split())
    shown = [one for one in own.all_shown if one.text]
    assert shown
    first = own.themes[0]["verbatims"][0]
    assert " ".join(first["text"].split()) in text and first["panel"] in text


def test_a_modality_of_few_people_is_not_named():
    material = report_study.study()
    speakers = material.table("corpus/speakers")
    one = pl.when(pl.col("interview") == "E01").then(pl.lit("baleinier")).otherwise(pl.lit("autre"))
    shelf = {**material.shelf, ("corpus/speakers", ""): speakers.with_columns(panel=one)}
    found = PublicStudy(CodedStudy(study().corpus.__class__(replace(material, shelf=shelf))), 2)
    assert "baleinier" not in found.groups["panel"] and "autre" in found.groups["panel"]
    assert found.panel("E01", found.material.participants.filter(interview="E01")["speaker"][0]) is None


def test_what_is_undecided_stops_the_public_version():
    own = view(1)
    gate = own.material.table("corpus/gate").clear()
    columns = {name: [0] if kind.is_integer() else ["x"] for name, kind in gate.schema.items()}
    undecided = pl.DataFrame({**columns, "n_undecided": [2]}, schema=gate.schema)
    object.__setattr__(own.material, "shelf", {**own.material.shelf, ("corpus/gate", ""): undecided})
    own.material.__dict__.pop("n_undecided", None)
    text = made(own)
    assert "Rien n'est publié" in text and "blockquote>" not in text


def test_what_people_wrote_is_held_when_it_cites_an_interview():
    own = view(50)
    turns = own.material.table("corpus/turns").filter(pl.col("role") == "participant")["text"]
    said = max(turns, key=len).split()
    assert len(said) >= 9
    assert own._safe("Elle dit : " + " ".join(said[:9]).upper()) == HELD
    assert own._safe("Elle dit : " + " ".join(said[:5])) != HELD
    assert own.n_held_texts == 1


def test_a_code_of_an_interview_in_a_title_stops_the_page():
    own = view(1)
    own.themes[0]["title"] = "Ce que dit E01"
    with pytest.raises(StudyError, match="« E01 »"):
        made(own)


def test_a_run_that_slips_in_stops_the_page():
    own = view(50)
    turns = own.material.table("corpus/turns").filter(pl.col("role") == "participant")["text"]
    own.themes[0]["title"] = max(turns, key=len)
    with pytest.raises(StudyError, match="des mots d'un entretien y resteraient"):
        made(own)


@pytest.mark.parametrize(
    ("change", "asked", "text", "why"),
    [
        ({}, {}, "Les étendoir deux", ""),
        ({"n_people": 2}, {}, None, "moins de 3 personnes : thème « Maison »"),
        ({}, {"rare": [("étendoir", "NOUN")]}, None, "mots que peu disent : étendoir"),
        ({}, {"rare": [("deux", "ADJ")]}, "Les étendoir deux", ""),
        ({"spans": ((2, 0, 3),)}, {"rare": [("étendoir", "NOUN")]}, "Les étendoir deux", ""),
        ({}, {"most": 2}, "Les étendoir" + CUT, ""),
    ],
)
def test_the_rule(change, asked, text, why):
    shown = decide(replace(CANDIDATE, **change), rule(**asked))
    assert (shown.text, shown.why) == (text, why)


@pytest.mark.parametrize(
    ("decision", "text"), [("entier", "Les étendoir deux"), ("raccourci", "Les étendoir" + CUT), ("jamais", None)]
)
def test_what_is_signed_goes_before_the_rule(decision, text):
    signature = Signature("x", CANDIDATE.passage, decision, "MD")
    few = replace(CANDIDATE, n_people=1)
    shown = decide(few, rule([signature], [("étendoir", "NOUN")], most=2))
    assert shown.text == text and "MD" in shown.why
    other = decide(replace(few, text="D'autres mots"), rule([signature]))
    assert other.text is None


@given(st.text("ab ,.;\n«»", max_size=200), st.integers(1, 12))
def test_what_is_shortened_begins_the_text_and_is_short(text, most):
    found = shortened(text, most)
    kept = found.removesuffix(CUT)
    assert " ".join(text.split()).startswith(kept) and len(kept.split()) <= most
    assert found.endswith(CUT) == (len(text.split()) > most)


@given(
    st.lists(st.sampled_from(["un", "deux", "trois", "l'été", "c’est", "où", "rien"]), min_size=1, max_size=30),
    st.data(),
)
def test_any_run_of_seven_words_is_found_whatever_its_case_and_signs(said, data):
    runs = word_runs.runs([" ".join(said)])
    own = word_runs.words(" ".join(said))
    start = data.draw(st.integers(0, max(0, len(own) - 1)))
    size = data.draw(st.integers(0, len(own) - start))
    sign = data.draw(st.sampled_from([" ", ", ", " — ", "\n"]))
    text = "zut " + sign.join(own[start : start + size]).upper() + " zut"
    found = word_runs.leaked(text, runs, set())
    assert bool(found) == (size >= word_runs.RUN)
    assert not word_runs.leaked(text, runs, runs)


def test_rare_words_are_names_numbers_and_words_nobody_knows():
    lexique = pl.DataFrame(
        {"form": ["maison"], "pos": ["NOUN"], "lemma": ["maison"], "frequency": [500.0]},
    )
    rows = [("E1", "maison", "NOUN"), ("E1", "étal", "NOUN"), ("E2", "étal", "NOUN"), ("E1", "trente", "NUM")]
    rows += [("E1", "Lyon", "PROPN"), ("E1", "Zoom", "PROPN"), ("E2", "Zoom", "PROPN"), ("E1", "blanc", "DET")]
    words = pl.DataFrame(rows, schema=["interview", "lemma", "pos"], orient="row")
    assert rare_words(words, lexique, 2) == {("trente", "NUM"), ("Lyon", "PROPN")}
    assert ("étal", "NOUN") in rare_words(words, lexique, 3) and ("maison", "NOUN") not in rare_words(words, lexique, 3)


def test_the_proposal_has_each_passage_once_and_comes_back_signed():
    again = replace(CANDIDATE, where="Ensemble, Classe 1")
    rows = proposal([decide(CANDIDATE, rule()), decide(again, rule())], {})
    assert [row["where"] for row in rows] == ["thème « Maison » · Ensemble, Classe 1"]
    text = signed_list.to_csv([{**rows[0], "decision": "Entier", "signed": "MD"}])
    (found,), problems = signed_list.read(text.encode())
    assert not problems and (found.passage, found.decision) == (CANDIDATE.passage, "entier")
    assert proposal([decide(CANDIDATE, rule([found]))], {found.passage: found}) == []


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("v-1;oui;MD", "« decision » vaut « oui »"),
        ("v-1;entier;", "personne n'a signé"),
        (";entier;MD", "« passage » est vide"),
        ("v-0;entier;MD", "déjà signé"),
    ],
)
def test_faults_of_the_signed_list_have_their_line(line, what):
    _, problems = signed_list.read(f"passage;decision;signed\nv-0;jamais;MD\n{line}\n".encode(), "p.csv")
    assert [("ligne 3" in one.place, what in one.what) for one in problems] == [(True, True)]


def test_other_words_are_another_passage_and_spaces_are_none():
    assert passage_id("A01", "dit  cela\n") == passage_id("A01", "dit cela") != passage_id("A01", "dit ceci")
    assert passage_id("A02", "dit cela") != passage_id("A01", "dit cela")
