"""Selecting segments and counting their words, against plain loops."""

from collections import Counter, defaultdict

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatim import lexicon, modalities, segments, tables
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
    # As tables are: sorted by their keys.
    turns = pl.DataFrame(turns, turn_types | {"turn": pl.Int64}, orient="row").sort("interview", "turn")
    whole = dict.fromkeys(("turn", "token", "start", "end"), pl.Int64)
    tokens = pl.DataFrame(tokens, token_types | whole | {"status": pl.String}, orient="row")
    tokens = tokens.sort("interview", "turn", "token")
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
    """A lexicon by numbers: each lemma as a verb and as a noun, and an article, in interviews of one segment."""
    rows = [
        (i, 1, lemma, pos, "active", 3 + (7 * a + 5 * b + a * b) % 11)
        for a, i in enumerate(interviews)
        for b, lemma in enumerate(lemmas)
        for pos in ("VERB", "NOUN")
    ]
    rows += [(i, 1, "le", "DET", "supplementary", 50 + 3 * a) for a, i in enumerate(interviews)]
    said = pl.DataFrame(rows, ["interview", "segment", "lemma", "pos", "status", "count"], orient="row")
    places = said.select("interview", "segment", speaker="interview").unique().sort("interview")
    cut = places.with_columns(question=pl.lit(None, dtype=pl.String))
    speakers = places.select("interview", "speaker", role=pl.lit("participant"), panel=pl.lit("x"))
    return said.drop("status"), said.select("lemma", "pos", "status").unique(), cut, speakers


def placed(study, variables, classes=None):
    found = place("tous", lexicon.said(*study, classes), variables, 1)
    return tables.check("lexicon/correspondence", found)


def test_correspondence_of_modalities():
    found = placed(lexical_study(), ["interview", "panel"])
    assert found["variable"].unique().to_list() == ["interview"]
    assert found.filter(pl.col("kind") == "active")["term"].to_list() == ["aller", "dire", "voir"]
    assert found.filter(pl.col("kind") == "modality")["term"].to_list() == list("ABCD")
    assert found.filter(pl.col("kind") == "supplementary").select("term", "mass").rows() == [("le", 0.0)]
    mass = dict(found.group_by("kind").agg(pl.col("mass").sum()).iter_rows())
    assert mass == pytest.approx({"active": 1, "modality": 1, "supplementary": 0})
    assert {"coordinate_2", "inertia_2"} <= set(found.columns)
    assert "coordinate_3" not in found.columns


@pytest.mark.parametrize(("lemmas", "interviews"), [(("aller", "voir"), "AB"), (("aller",), "ABC"), ((), "ABC")])
def test_too_little_for_axes_gives_an_empty_table(lemmas, interviews, caplog):
    with caplog.at_level("INFO", logger="verbatim"):
        found = placed(lexical_study(lemmas, interviews), ["interview"])
    assert found.is_empty()
    assert "pas d'analyse factorielle" in caplog.text


def test_supplementary_lemmas_do_not_move_the_axes():
    counts, lemmas, cut, speakers = lexical_study()
    whole = placed((counts, lemmas, cut, speakers), ["interview"])
    active = lemmas.filter(pl.col("status") == "active")
    alone = placed((counts.join(active, on=["lemma", "pos"], how="semi"), active, cut, speakers), ["interview"])
    assert whole.filter(pl.col("kind") != "supplementary").equals(alone)


def test_large_tables_have_the_same_first_axes(monkeypatch):
    study = lexical_study(tuple(f"mot{number}" for number in range(30)), "ABCDEFGHIJ")
    whole = placed(study, ["interview"])
    monkeypatch.setattr(modalities, "LARGE", 5)
    large = placed(study, ["interview"])
    assert large.select("kind", "term").equals(whole.select("kind", "term"))
    numbers = pl.selectors.float() - pl.selectors.starts_with("contribution")
    np.testing.assert_allclose(large.select(numbers).to_numpy(), whole.select(numbers).to_numpy(), atol=1e-10)
    contributions = [frame.select(pl.selectors.starts_with("contribution")).fill_null(-1) for frame in (large, whole)]
    np.testing.assert_allclose(*(frame.to_numpy() for frame in contributions), atol=1e-10)


def test_classes_are_modalities_and_unclassified_segments_are_left_out():
    study = lexical_study(interviews="ABCDE")
    classes = study[2].select("interview", "segment").with_columns(pl.Series("class", [1, 2, 3, 3, 0]))
    found = placed(study, ["class"], classes)
    assert found.filter(pl.col("kind") == "modality")["term"].to_list() == ["1", "2", "3"]
    cells = lexicon.by_modality(lexicon.said(*study, classes), "class")
    assert cells.f.sum() == study[0].filter(pl.col("interview") != "E")["count"].sum()
    with pytest.raises(ValueError, match="bear no class"):
        placed(study, ["class"])


def test_a_word_without_a_lemma_is_refused():
    counts, lemmas, cut, speakers = lexical_study()
    with pytest.raises(ValueError, match="lexicon/lemmas"):
        lexicon.said(counts, lemmas.filter(pl.col("lemma") != "dire"), cut, speakers)


SEGMENT = st.tuples(
    st.sampled_from("AB"),
    st.sampled_from("PR"),
    st.sampled_from(["Q1", "Q2", None]),
    st.dictionaries(st.sampled_from([("mot", "NOUN"), ("mot", "VERB"), ("le", "DET")]), st.integers(1, 5), min_size=1),
)


@given(st.lists(SEGMENT, max_size=8), st.sampled_from(["interview", "question", "panel"]))
def test_cells_equal_plain_loops(said, variable):
    rows = [(i, number, *word, n) for number, (i, _, _, words) in enumerate(said) for word, n in words.items()]
    schema = {"interview": pl.String, "segment": pl.Int64, "lemma": pl.String, "pos": pl.String, "count": pl.Int64}
    counts = pl.DataFrame(rows, schema, orient="row").sort("interview", "segment", "lemma", "pos")
    lemmas = counts.select("lemma", "pos", status=pl.lit("active")).unique()
    places = dict.fromkeys(("interview", "speaker", "question"), pl.String)
    cut = pl.DataFrame([s[:3] for s in said], places, orient="row").with_row_index("segment")
    cut = cut.with_columns(pl.col("segment").cast(pl.Int64)).sort("interview", "segment")
    people = pl.DataFrame([(i, p, "un" if i == "A" else None) for i in "AB" for p in "PR"], orient="row")
    people = people.rename(dict(zip(people.columns, ("interview", "speaker", "panel"), strict=True)))
    study = lexicon.said(counts, lemmas, cut, people.with_columns(role=pl.lit("participant")))
    cells = lexicon.by_modality(study, variable)
    value = {"interview": lambda s: s[0], "question": lambda s: s[2], "panel": lambda s: "un" if s[0] == "A" else None}
    f, heard = Counter(), defaultdict(set)
    for segment in said:
        modality = value[variable](segment)
        for word, n in segment[3].items() if modality else ():
            f[modality, word] += n
            heard[modality, word].add(segment[0])
    names, words = cells.modalities.to_list(), study.words.select("lemma", "pos").rows()
    keys = [(names[m], words[w]) for m, w in zip(cells.modality, cells.word, strict=True)]
    assert keys == sorted(keys)
    assert dict(zip(keys, cells.f.tolist(), strict=True)) == f
    assert dict(zip(keys, cells.n_interviews.tolist(), strict=True)) == {key: len(who) for key, who in heard.items()}
    anywhere = [len(set().union(*(who for (_, w), who in heard.items() if w == word))) for word in words]
    assert cells.heard.tolist() == anywhere
