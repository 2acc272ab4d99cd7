"""Findings: their form, the words they cite, and what is said when these stand no more."""

import unicodedata

import polars as pl
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from verbatim import findings, findings_check, findings_draft, tables
from verbatim.anchoring import CODINGS
from verbatim.anchors import document
from verbatim.problems import StudyError

TEXT = "J’ai vu trois fois son « curseur », là, posé au bout… et j’ai coupé la caméra."
TURNS = {1: "Et alors ?", 2: TEXT, 3: "On m’a coupé la parole, et puis voilà."}
DOCUMENTS = {"A": document(TURNS)}


def codings(**more):
    start, end = TEXT.index("son"), TEXT.index(" et j’ai")
    row = {"coding": "c1", "interview": "A", "turn": 2, "start": start, "end": end, "quote": TEXT[start:end]}
    row |= {"theme": "lien", "coder": "ana", "origin": "human", "anchor": "intact", **more}
    return pl.DataFrame([row], schema=CODINGS)


def finding(quote, coding="c1", **more):
    cited = {"coding": coding, "quote": quote, **more}
    value = {"id": "f1", "sentence": "Le curseur pèse.", "date": "2022-06-30", "rests_on": [cited]}
    return yaml.safe_dump({"findings": [value]}, allow_unicode=True)


def passages(quote, table=None, mask=str, current=None, **more):
    found = findings.read(finding(quote, **more), [])
    frame = findings.passages(found, codings() if table is None else table, DOCUMENTS, mask, current)
    return tables.check("themes/finding_passages", frame)


def told(frame, table=None):
    found = findings.table(findings.read(finding("x"), []), str)
    problems = findings_check.problems(found, frame, codings() if table is None else table)
    return "\n".join(line for problem in problems for line in problem.lines())


@pytest.mark.parametrize(
    "quote",
    [
        "son « curseur », là, posé au bout…",
        "Son «\u202fcurseur\u00a0»,  là,\nposé au bout...",
        unicodedata.normalize("NFD", "là, posé"),
        "j'ai coupé la caméra",
        "vu trois fois […] posé au bout",
        "trois fois (...) coupé [...] caméra",
    ],
)
def test_typography_and_words_left_out_are_no_change(quote):
    row = passages(quote).to_dicts()[0]
    assert row["status"] == "stands" and row["turn"] == 2
    assert told(passages(quote)) == ""


@pytest.mark.parametrize("quote", ["son curseurs", "bout […] son", "a vu trois", "trois fois […] la parole", "coup"])
def test_other_words_another_order_another_turn_and_parts_of_words_do_not_stand(quote):
    assert passages(quote)["status"].to_list() == ["changed"]


def test_of_several_places_the_one_in_the_coding_is_taken():
    whole = {"A": document({1: "oui oui", 2: "oui et non et oui"})}
    table = codings(start=14, end=17, quote="oui")
    row = findings.passages(findings.read(finding("oui"), []), table, whole, str).to_dicts()[0]
    assert (row["turn"], row["start"], row["warning"]) == (2, 14, None)


def test_words_that_changed_are_told_with_the_sentence_the_old_and_the_new():
    frame = passages("J'ai vu deux fois son curseur, posé au bout")
    shown = told(frame)
    assert "resources/findings.yaml, ligne" in shown and "constat « f1 »" in shown
    assert "la phrase : « Le curseur pèse. »" in shown
    assert "cité      : « J'ai vu deux fois son curseur, posé au bout »" in shown
    assert "à présent : … Et alors ? « J’ai vu trois fois son « curseur », là, posé au bout" in shown
    assert "« deux » → « trois »" in shown and "remède" in shown
    assert all(line.startswith(("•", "    ")) for line in shown.splitlines())


def test_a_lost_coding_and_one_that_is_not_there_are_told():
    lost = codings(anchor="lost", start=None, end=None, quote="des mots de jadis")
    shown = told(passages("des mots de jadis", lost), lost)
    assert "le codage « c1 » est perdu (A)" in shown and "« des mots de jadis »" in shown
    shown = told(passages("là, posé au bout", coding="c2"))
    assert "aucun codage « c2 »" in shown and "codage « c1 »" in shown
    assert "vouliez-vous « c1 »" in told(passages("tout autre chose", coding="c11"))


@pytest.mark.parametrize(
    "more, cited, expected",
    [
        ({"anchor": "doubtful"}, {}, "ancrage douteux"),
        ({"set_aside": "doublon"}, {}, "codage écarté (doublon)"),
        ({"origin": "suggested"}, {}, "suggestion"),
        ({"theme": "neuf"}, {"theme": "lien"}, "thème changé : lien → neuf"),
        ({"start": 60, "end": 65}, {}, "hors du passage codé"),
        ({}, {"theme": "lien"}, None),
        ({}, {"theme": "vieux"}, None),
    ],
)
def test_what_is_to_be_looked_at_again_is_a_warning_and_no_fault(more, cited, expected):
    frame = passages("son « curseur »", codings(**more), current={"vieux": "lien", "lien": "lien"}, **cited)
    row = frame.to_dicts()[0]
    assert row["status"] == "stands"
    assert row["warning"] is None if expected is None else expected in row["warning"]
    assert (expected or "1 citation") in findings_check.told(frame)


def test_names_are_masked_in_what_is_published_but_where_the_text_holds_the_words():
    hide = lambda text: text.replace("curseur", "[objet]")  # noqa: E731
    assert passages("son « curseur »", mask=hide)["cited"].to_list() == ["son « curseur »"]
    assert passages("un curseur", mask=hide)["cited"].to_list() == ["un [objet]"]
    about = "id: f1, title: Le curseur, sentence: curseur, date: 2022-06-30, author: curseur"
    text = f"findings: [{{{about}, rests_on: [{{coding: c, quote: q}}]}}]"
    row = tables.check("themes/findings", findings.table(findings.read(text, []), hide)).to_dicts()[0]
    assert (row["title"], row["sentence"], row["author"]) == ("Le [objet]", "[objet]", "[objet]")


def test_all_faults_of_the_file_are_told_with_their_line():
    text = """findings:
  - id: f1
    sentence: s
    date: "2022-02-30"
    hypotheses: [h11]
    rests_on: [{coding: c, quote: "[…]"}]
  - id: f1
    sentence: s
    date: "2022-02-28"
    rests_on: [{coding: c, quote: q}]
"""
    with pytest.raises(StudyError) as raised:
        findings.read(text, ["h1"])
    shown = str(raised.value)
    assert "4 problèmes" in shown
    assert "ligne 4 : « 2022-02-30 » n'est pas une date" in shown
    assert "ligne 5 : hypothèse inconnue « h11 »" in shown and "vouliez-vous « h1 »" in shown
    assert "ligne 6 : une citation sans mots" in shown
    assert "ligne 7 : le constat « f1 » est déjà à la ligne 2" in shown


@pytest.mark.parametrize(
    "text, expected",
    [
        ("findings: [{id: f1, sentence: s, date: 2022-06-30, rests_on: []}]", "non vide"),
        ("findings: [{id: f1, sentence: s, date: 2022-06-30}]", "il manque la clé « findings.0.rests_on »"),
        ("findings: [{id: f1, sentence: s, date: hier, rests_on: [{coding: c, quote: q}]}]", "comme 2022-06-30"),
        ("findings: [{id: f1, phrase: s, date: 2022-06-30, rests_on: [{coding: c, quote: q}]}]", "clé inconnue"),
        ("findings: [\n", "YAML"),
        ("findings: &a [*a]", "lui-même"),
    ],
)
def test_a_file_of_another_form_is_refused(text, expected):
    with pytest.raises(StudyError, match=expected):
        findings.read(text, [])


@given(st.text(max_size=40))
def test_any_quote_is_found_told_or_refused(quote):
    try:
        frame = passages(quote)
    except StudyError:
        return
    assert frame["status"][0] in {"stands", "changed"}
    assert bool(told(frame)) == (frame["status"][0] == "changed")


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 40))
def test_words_cut_from_the_turn_at_word_boundaries_stand(start, length):
    words = TEXT.split(" ")
    piece = " ".join(words[start % len(words) :][: 1 + length % len(words)])
    row = passages(piece).to_dicts()[0]
    assert row["status"] == "stands" and row["quote"].strip() in TEXT


def test_the_draft_is_read_back_once_sentence_and_date_are_written():
    declared = [{"id": "h1", "title": "Un: titre"}, {"id": "h2", "title": "Sans passage"}]
    table = codings(quote='des « mots »: "cités" \\ \n{ainsi}')
    weighed = pl.DataFrame([("h1", "for", "c1", 1)], schema=["hypothesis", "stance", "coding", "passage"], orient="row")
    draft = findings_draft.to_yaml(declared, weighed, table)
    text = (
        draft.replace('title: ""', "title: T")
        .replace('sentence: ""', "sentence: S")
        .replace('date: ""', "date: 2022-06-30")
    )
    (one,) = findings.read(text, ["h1"])
    assert one.hypotheses == ("h1",) and one.citations[0].theme == "lien"
    assert one.citations[0].quote == 'des « mots »: "cités" \\ {ainsi}'
    assert findings.read(findings_draft.to_yaml([], weighed, table), []) == []
