"""Masking: nothing masked is left, nothing else changes, and the map is right."""

import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatim import tables
from verbatim.privacy import elision, map_span, masking, span_mapper
from verbatim.problems import StudyError

WORDS = [
    "Bastien",
    "bastien",
    "BASTIEN",
    "Rose",
    "rose",
    "Élodie",
    "d'Élodie",
    "l’Oréal",
    "Jean-Pierre",
    "de",
    "que",
    "la",
    "sur",
]
TURN = st.lists(st.sampled_from([*WORDS, "Vauquelin", "06 12"]), min_size=1, max_size=9).flatmap(
    lambda words: st.lists(
        st.sampled_from([" ", "  ", ", ", ". ", "\u00a0"]), min_size=len(words), max_size=len(words)
    ).map(lambda gaps: "".join(word + gap for word, gap in zip(words, gaps, strict=True)).rstrip())
)
SUBSTITUTES = ["[personne 1]", "[lieu 2]", "Zoé", "Anne", "Hugo", "Yves"]


@st.composite
def studies(draw):
    """Turns, and findings on whole words of them with a decision for each normal form."""
    texts = draw(st.lists(TURN, min_size=1, max_size=3))
    turns = pl.DataFrame(
        [("E1", i, "P", "participant", None, None, None, text) for i, text in enumerate(texts, 1)],
        schema=tables.empty("private/turns").schema,
        orient="row",
    )
    rows, decided = {}, {}
    for turn, text in enumerate(texts, 1):
        words = [word.span() for word in re.finditer(r"[^\W_]+", text)]
        for _ in range(draw(st.integers(0, 3))):
            first = draw(st.integers(0, len(words) - 1))
            last = draw(st.integers(first, min(first + 2, len(words) - 1)))
            start, end = words[first][0], words[last][1]
            said = text[start:end]
            same = " ".join(said.replace("’", "'").lower().split())
            if same not in decided:
                decided[same] = (
                    draw(st.sampled_from(["accept", "mask", "replace"])),
                    draw(st.sampled_from(SUBSTITUTES)),
                )
            decision, replacement = decided[same]
            shown = None if decision == "accept" else replacement
            rows[turn, start, end] = ("E1", turn, start, end, said, "person", same, decision, shown)
    findings = pl.DataFrame(list(rows.values()), schema=tables.empty("private/findings").schema, orient="row")
    return turns, findings


def split(text, spans):
    """Return what stands outside of `spans`."""
    done, parts = 0, []
    for start, end in spans:
        parts.append(text[done:start])
        done = end
    return [*parts, text[done:]]


@given(studies())
def test_no_masked_passage_is_left_as_whole_words_and_nothing_else_changes(study):
    turns, findings = study
    masked, offsets, _ = masking.mask_turns(turns, findings)
    hidden = set(findings.filter(pl.col("decision") != "accept")["text"])
    for turn, raw, text in zip(turns["turn"], turns["text"], masked["text"], strict=True):
        own = offsets.filter(pl.col("turn") == turn)
        kept = split(text, own.select("start", "end").rows())
        assert kept == split(raw, own.select("raw_start", "raw_end").rows())
        for passage in hidden:
            for part in kept:
                assert not re.search(rf"(?<![^\W_]){re.escape(passage)}(?![^\W_])", part)
        for _, _, start, end in own.select("raw_start", "raw_end", "start", "end").rows():
            substitute = text[start:end]
            assert any(substitute.endswith(s) for s in SUBSTITUTES)
    tables.check("private/offsets", offsets)


@given(studies(), st.data())
def test_the_map_brings_spans_over_and_those_that_cut_a_mask_grow_to_its_whole(study, data):
    turns, findings = study
    masked, offsets, _ = masking.mask_turns(turns, findings)
    to_masked = span_mapper(offsets)
    for turn, raw, text in zip(turns["turn"], turns["text"], masked["text"], strict=True):
        own = [row[2:] for row in offsets.filter(pl.col("turn") == turn).rows()]
        start = data.draw(st.integers(0, len(raw)))
        end = data.draw(st.integers(start, len(raw)))
        first, last = to_masked("E1", turn, start, end)
        touched = [row for row in own if row[0] < end and start < row[1]]
        # recomputed letter by letter: where each raw letter outside of masks stands in the masked turn
        outside = [i for i in range(len(raw)) if not any(a <= i < b for a, b, _, _ in own)]
        inside = {i for _, _, a, b in own for i in range(a, b)}
        places = dict(zip(outside, [i for i in range(len(text)) if i not in inside], strict=True))
        expected = {places[i] for i in range(start, end) if i in places}
        expected |= {i for _, _, a, b in touched for i in range(a, b)}
        assert set(range(first, last)) == expected
        assert map_span([], start, end) == (start, end)


@given(studies())
def test_the_gate_counts_every_passage_once(study):
    turns, findings = study
    _, offsets, gate = masking.mask_turns(turns, findings)
    assert gate["n_masked"].sum() + gate["n_replaced"].sum() == offsets.height
    assert gate["n_accepted"].sum() == findings.filter(pl.col("decision") == "accept").height
    tables.check("corpus/gate", gate)


def study_of(*texts, **choices):
    """One interview, each passage of `choices` (its substitute) found where it stands first."""
    turns = pl.DataFrame(
        [("E1", i, "P", "participant", None, None, None, text) for i, text in enumerate(texts, 1)],
        schema=tables.empty("private/turns").schema,
        orient="row",
    )
    rows = []
    for said, replacement in choices.items():
        passage = said.replace("_", " ")
        turn = next(i for i, text in enumerate(texts, 1) if passage in text)
        start = texts[turn - 1].index(passage)
        decision = None if replacement is None else "mask" if replacement.startswith("[") else "replace"
        rows.append(("E1", turn, start, start + len(passage), passage, "person", passage, decision, replacement))
    return turns, pl.DataFrame(rows, schema=tables.empty("private/findings").schema, orient="row")


@pytest.mark.parametrize(
    ("raw", "passage", "replacement", "masked"),
    [
        ("le fils d'Élodie", "Élodie", "Claire", "le fils de Claire"),
        ("le fils d’Élodie", "Élodie", "Anne", "le fils d’Anne"),
        ("le fils d'Élodie", "Élodie", "[personne 1]", "le fils d'[personne 1]"),
        ("le fils de Bastien", "Bastien", "Anne", "le fils d'Anne"),
        ("parce que Bastien", "Bastien", "Yvonne", "parce qu'Yvonne"),
        ("que Bastien", "Bastien", "Yann", "que Yann"),
        ("parce qu'Élodie", "Élodie", "Claire", "parce que Claire"),
        ("D'Élodie", "Élodie", "Claire", "De Claire"),
        ("d'Élodie", "Élodie", "Hélène", "d'Hélène"),
        ("la Bretagne", "Bretagne", "Alsace", "l'Alsace"),
        ("dis-le Bastien", "Bastien", "Anne", "dis-le Anne"),
        ("l'Alsace", "Alsace", "Bretagne", "l'Bretagne"),
    ],
)
def test_elision_follows_the_pseudonym(raw, passage, replacement, masked):
    turns, findings = study_of(raw, **{passage: replacement})
    assert masking.mask_turns(turns, findings)[0]["text"].to_list() == [masked]


def test_an_article_whose_gender_is_unknown_is_said():
    assert elision.adapt("l'Alsace", 2, 0, "Bretagne") is None


def test_what_was_masked_once_is_masked_everywhere_but_a_common_noun_in_lower_case():
    turns, findings = study_of("hier Rose", "ROSE, et une rose, ou Rosette, Rose-Marie", Rose="[personne 1]")
    assert masking.mask_turns(turns, findings)[0]["text"].to_list() == [
        "hier [personne 1]",
        "[personne 1], et une rose, ou Rosette, [personne 1]-Marie",
    ]


def test_passages_that_overlap_become_the_longest():
    choices = {"Bastien_Vauquelin": "[personne 1]", "Bastien": "[personne 2]", "Vauquelin_Perrot": "[personne 3]"}
    turns, findings = study_of("Bastien Vauquelin Perrot, Bastien", **choices)
    masked, offsets, _ = masking.mask_turns(turns, findings)
    assert masked["text"].to_list() == ["[personne 1], [personne 2]"]
    assert offsets.select("raw_start", "raw_end").rows() == [(0, 24), (26, 33)]


def test_undecided_passages_stop_the_gate_unless_it_only_warns():
    turns, findings = study_of("Bastien vient, puis Élodie", Bastien=None, Élodie="[personne 1]")
    with pytest.raises(StudyError, match=r"1 passage attend une décision \(1 type à examiner\)") as error:
        masking.check_decided(findings, "block", "results/private/revue.html")
    assert "results/private/revue.html" in str(error.value)
    assert "make accept WHAT=privacy" in str(error.value)
    assert "Bastien" not in str(error.value)
    masking.check_decided(findings, "warn", "revue.html")
    masked, _, gate = masking.mask_turns(turns, findings)
    assert masked["text"].to_list() == ["Bastien vient, puis [personne 1]"]
    assert gate.rows() == [("person", 0, 1, 0, 1)]


def test_names_of_files_attributes_and_notes_are_masked_whatever_their_case_and_separators():
    _, findings = study_of("Jean-Marc Le Goff, à Vitré", **{"Jean-Marc_Le_Goff": "[personne 1]", "Vitré": "[lieu 1]"})
    names = masking.Names(findings)
    assert names.mask("entretien_jean_marc-le-goff_VITRÉ.docx") == "entretien_[personne 1]_[lieu 1].docx"
    assert names.mask("vitréen") == "vitréen"
    assert names.mask(None) is None
    assert names.mask_json('["dit « Vitré »", {"Vitré": 2}]') == '["dit « [lieu 1] »", {"[lieu 1]": 2}]'
    assert names.mask_json('{"b": 1,  "a": "\\u00e9"}') == '{"b": 1,  "a": "\\u00e9"}'


def test_labels_that_become_one_and_identifiers_that_hold_a_name_are_faults():
    _, findings = study_of("Vitré et Rennes", Vitré="[lieu 1]", Rennes="[lieu 1]")
    turns = study_of("oui")[0].with_columns(interview=pl.lit("Vitré"))
    speakers = pl.DataFrame(
        [("Vitré", "Vitré", "participant", "p"), ("Vitré", "Rennes", "participant", "p")],
        schema=tables.empty("private/speakers").schema,
        orient="row",
    )
    with pytest.raises(StudyError) as error:
        masking.mask_names(masking.Names(findings), turns, speakers)
    assert len(error.value.problems) == 2
