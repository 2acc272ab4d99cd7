"""Selecting segments and counting their words, against plain loops."""

from collections import Counter

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatim import lexicon, segments, tables
from verbatim.modalities import place
from verbatim.problems import StudyError

STATUS = {"mot": "active", "Mot": "active", "du coup": "supplementary", "le": "supplementary", ".": "ignored"}
POS = {"mot": "NOUN", "Mot": "NOUN", "du coup": "ADV", "le": "DET", ".": "PUNCT"}
TURN = st.tuples(
    st.sampled_from(["E1", "E2"]), st.sampled_from(["ENQ", "P", "R"]), st.lists(st.sampled_from([*STATUS]), max_size=25)
)


def corpus(said):
    """Tables of turns, tokens, speakers and segments from (interview, speaker, words)."""
    turns, tokens, numbers = [], [], Counter()
    for interview, speaker, words in said:
        numbers[interview] += 1
        turn, at = numbers[interview], 0
        role = "interviewer" if speaker == "ENQ" else "participant"
        question = f"G{turn}" if turn < 3 else None
        turns.append((interview, turn, speaker, role, question, " ".join(words) or "-"))
        for number, word in enumerate(words, start=1):
            tokens.append((interview, turn, number, at, at + len(word), word, word.lower(), POS[word], STATUS[word]))
            at += len(word) + 1
    turn_types = dict.fromkeys(("interview", "turn", "speaker", "role", "question", "text"), pl.String)
    token_types = dict.fromkeys(("interview", "turn", "token", "start", "end", "form", "lemma", "pos"), pl.String)
    turns = pl.DataFrame(turns, turn_types | {"turn": pl.Int64}, orient="row")
    whole = dict.fromkeys(("turn", "token", "start", "end"), pl.Int64)
    tokens = pl.DataFrame(tokens, token_types | whole | {"status": pl.String}, orient="row")
    people = turns.select("interview", "speaker", "role").unique().sort("interview", "speaker")
    panel = pl.when(pl.col("role") == "interviewer").then(None).otherwise(pl.col("speaker").str.to_lowercase())
    return turns, tokens, people.with_columns(panel=panel), segments.cut_turns(turns, tokens, size=8)


@given(st.lists(TURN, max_size=12))
def test_counts_equal_plain_loops(said):
    turns, tokens, _, cut = corpus(said)
    forms, lemmas, in_segments = lexicon.count("tous", tokens, cut, turns)
    words = [(i, w) for i, s, said_words in said if s != "ENQ" for w in said_words if STATUS[w] != "ignored"]
    assert dict(lemmas.select("lemma", "n_occurrences").iter_rows()) == Counter(w.lower() for _, w in words)
    assert dict(forms.select("form", "n_occurrences").iter_rows()) == Counter(w.lower() for _, w in words)
    heard = {lemma: len({i for i, w in words if w.lower() == lemma}) for lemma in lemmas["lemma"]}
    assert dict(lemmas.select("lemma", "n_interviews").iter_rows()) == heard
    assert in_segments["count"].sum() == len(words)
    for name, frame in (("forms", forms), ("lemmas", lemmas), ("segment_lemmas", in_segments)):
        assert tables.check(f"lexicon/{name}", frame).equals(
            frame.select(tables.check(f"lexicon/{name}", frame).columns)
        )


SAID = [
    ("E1", "P", ["mot", "le"]),
    ("E1", "ENQ", ["mot", "mot"]),
    ("E1", "P", ["du coup", "mot", "."]),
    ("E1", "R", ["Mot"]),
    ("E2", "P", ["le", "mot"]),
]


def test_status_and_segments_of_a_word():
    turns, tokens, _, cut = corpus(SAID)
    _, lemmas, _ = lexicon.count("tous", tokens, cut, turns)
    assert lemmas.rows() == [
        ("du coup", "ADV", 1, 1, 1, "supplementary", "tous"),
        ("le", "DET", 2, 2, 2, "supplementary", "tous"),
        ("mot", "NOUN", 4, 3, 2, "active", "tous"),
    ]


def test_a_word_active_somewhere_is_active():
    turns, tokens, _, cut = corpus(SAID)
    sometimes = pl.when(pl.col("token") == 1).then(pl.lit("supplementary")).otherwise(pl.col("status"))
    _, lemmas, _ = lexicon.count("tous", tokens.with_columns(status=sometimes), cut, turns)
    assert lemmas.filter(pl.col("lemma") == "mot")["status"].item() == "active"


@pytest.mark.parametrize(
    ("selection", "kept"),
    [
        ({}, [("E1", 1), ("E1", 2), ("E2", 1)]),
        ({"panel": ["p"]}, [("E1", 1), ("E2", 1)]),
        ({"speaker": ["R"]}, [("E1", 2)]),
        ({"interview": ["E1"], "panel": ["p", "r"]}, [("E1", 1), ("E1", 2)]),
        ({"question": ["G1"]}, [("E1", 1), ("E2", 1)]),
    ],
)
def test_selection(selection, kept):
    turns, _, speakers, cut = corpus(SAID)
    found = lexicon.select(cut, turns, speakers, selection)
    assert found.columns == cut.columns
    assert found.select("interview", "segment").rows() == kept


def test_counts_are_those_of_the_selection_alone():
    turns, tokens, speakers, cut = corpus(SAID)
    _, lemmas, in_segments = lexicon.count("a", tokens, lexicon.select(cut, turns, speakers, {"panel": ["r"]}), turns)
    assert lemmas.select("lemma", "n_occurrences").rows() == [("mot", 1)]
    assert in_segments.select("interview", "segment", "count").rows() == [("E1", 2, 1)]


def faults(selection):
    turns, _, speakers, cut = corpus(SAID)
    with pytest.raises(StudyError) as told:
        lexicon.select(cut, turns, speakers, selection, "ensemble")
    return told.value.problems


def test_all_faults_of_a_selection_are_told():
    first, second, third = faults({"panell": ["p"], "interview": ["E3", "Z"]})
    assert "attribut inconnu « panell »" in first.what
    assert first.place == "config.yaml, analyses.ensemble.select"
    assert "« panel »" in first.mend
    assert "« E3 »" in second.what
    assert second.expected == "E1 | E2"
    assert second.place.endswith("select.interview")
    assert third.mend == ""


def test_the_interviewer_cannot_be_selected():
    assert "« ENQ »" in faults({"speaker": ["ENQ"]})[0].what
    assert "attribut inconnu" in faults({"role": ["participant"]})[0].what


def test_a_selection_in_which_nobody_speaks():
    assert "toutes ces conditions" in faults({"interview": ["E2"], "panel": ["r"]})[0].what


def lexical_study(lemmas=("aller", "voir", "dire"), interviews="ABCD"):
    rows = [
        (i, 1, lemma, pos, "active", 3 + (7 * a + 5 * b + a * b) % 11)
        for a, i in enumerate(interviews)
        for b, lemma in enumerate(lemmas)
        for pos in ("VERB", "NOUN")
    ]
    rows += [(i, 1, "le", "DET", "supplementary", 50) for i in interviews]
    said = pl.DataFrame(rows, ["interview", "segment", "lemma", "pos", "status", "count"], orient="row")
    places = said.select("interview", "segment", speaker="interview").unique().sort("interview")
    cut = places.with_columns(question=pl.lit(None, dtype=pl.String))
    speakers = places.select("interview", "speaker", role=pl.lit("participant"), panel=pl.lit("x"))
    return said.drop("status"), said.select("lemma", "pos", "status").unique(), cut, speakers


def test_correspondence_of_modalities():
    found = tables.check("lexicon/correspondence", place("tous", *lexical_study(), ["interview", "panel"], 1))
    assert found["variable"].unique().to_list() == ["interview"]
    assert found.filter(pl.col("kind") == "active")["term"].to_list() == ["aller", "dire", "voir"]
    assert found.filter(pl.col("kind") == "modality")["term"].to_list() == list("ABCD")
    mass = found.group_by("kind").agg(pl.col("mass").sum())["mass"].to_list()
    assert mass == pytest.approx([1, 1])
    assert {"coordinate_2", "inertia_2"} <= set(found.columns)
    assert "coordinate_3" not in found.columns


@pytest.mark.parametrize(("lemmas", "interviews"), [(("aller", "voir"), "AB"), (("aller",), "ABC"), ((), "ABC")])
def test_too_little_for_axes_gives_an_empty_table(lemmas, interviews, caplog):
    with caplog.at_level("INFO", logger="verbatim"):
        found = place("tous", *lexical_study(lemmas, interviews), ["interview"], 1)
    assert tables.check("lexicon/correspondence", found).is_empty()
    assert "pas d'analyse factorielle" in caplog.text
