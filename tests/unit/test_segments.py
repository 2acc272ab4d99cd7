"""Segments: IRaMuTeQ's own results, a naive recomputation, and no word lost or counted twice."""

import json
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatim import segments, tables

CASES = json.loads((Path(__file__).parents[1] / "data/lexicon/segmentation_cases.json").read_text(encoding="utf-8"))
WEIGHTS = {".": 6, "?": 6, "!": 6, "...": 6, "…": 6, ":": 5, ";": 4, ",": 1}


def naive_cut(tokens, size):
    """The rule as it is told: token by token, the whole window from its end."""
    left, lengths = list(tokens), []
    while len(left) > size + 15:
        best, at = -1.0, 0
        for i in range(size + 15, -1, -1):
            value = WEIGHTS.get(left[i], 0.01) / (abs(size - i) + 1)
            if value > best:
                best, at = value, i
        lengths.append(at + 1)
        left = left[at + 1 :]
    return lengths + ([len(left)] if left else [])


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(sum(case["segment_lengths_in_tokens"])))
def test_cut_as_iramuteq_does(case):
    assert segments.cut(case["tokens"].split()) == case["segment_lengths_in_tokens"]


@given(st.lists(st.sampled_from([*WEIGHTS, "mot", "mot", "mot", "mot", ""]), max_size=300), st.integers(1, 60))
def test_cut_follows_the_rule(tokens, size):
    assert segments.cut(tokens, size) == naive_cut(tokens, size)


@pytest.mark.parametrize("ellipsis", ["...", "…", "?!", ".."])
def test_an_ellipsis_ends_a_segment(ellipsis):
    tokens = ["mot"] * 35 + [ellipsis] + ["mot"] * 40
    assert segments.cut(tokens) == [36, 40]


def test_a_size_below_one_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        segments.cut(["mot"], 0)


def corpus(*said):
    """Tables of turns and tokens from (interview, speaker, question, words); ENQ asks, `_` marks noise."""
    turns, tokens, numbers = [], [], {}
    for interview, speaker, question, words in said:
        turn = numbers[interview] = numbers.get(interview, 0) + 1
        role = "interviewer" if speaker == "ENQ" else "participant"
        turns.append((interview, turn, speaker, role, question, None, None, " ".join(words) or "-"))
        at = 0
        for number, word in enumerate(words, start=1):
            pos, status = ("PUNCT", "ignored") if word in WEIGHTS else ("NOUN", "active")
            pos, status = ("X", "ignored") if word.startswith("_") else (pos, status)
            tokens.append((interview, turn, number, at, at + len(word), word, word, pos, status))
            at += len(word) + 1
    text, integer, number = pl.String, pl.Int64, pl.Float64
    turn_types = {"interview": text, "turn": integer, "speaker": text, "role": text, "question": text}
    turn_types |= {"start_s": number, "end_s": number, "text": text}
    token_types = {"interview": text, **dict.fromkeys(("turn", "token", "start", "end"), integer)}
    token_types |= dict.fromkeys(("form", "lemma", "pos", "status"), text)
    turns, tokens = pl.DataFrame(turns, turn_types, orient="row"), pl.DataFrame(tokens, token_types, orient="row")
    return turns.sort("interview", "turn"), tokens.sort("interview", "turn", "token")


def cut_turns(said, size=40, within="interview"):
    turns, tokens = corpus(*said)
    return tables.check("corpus/segments", segments.cut_turns(turns, tokens, size, within)), turns, tokens


WORDS = st.lists(st.sampled_from(["mot", "idée", "travail", ".", ",", "…", "_rire"]), max_size=40)
TURN = st.tuples(
    st.sampled_from(["E1", "E2"]), st.sampled_from(["ENQ", "P", "R"]), st.sampled_from(["Q1", "Q2", None]), WORDS
)


@given(st.lists(TURN, max_size=14), st.integers(5, 20), st.sampled_from(["interview", "question", "turn"]))
def test_every_word_stands_in_one_segment(said, size, within):
    found, turns, tokens = cut_turns(said, size, within)
    spoken = turns.filter(pl.col("role") == "participant")
    words = tokens.filter(pl.col("pos") != "X").join(spoken, on=["interview", "turn"]).rows(named=True)
    rows = found.rows(named=True)
    for word in words:
        here = (word["turn"], word["token"])
        holding = [
            row
            for row in rows
            if row["interview"] == word["interview"]
            and (row["first_turn"], row["first_token"]) <= here <= (row["last_turn"], row["last_token"])
        ]
        assert [row["speaker"] for row in holding] == [word["speaker"]]
        assert within == "interview" or holding[0]["question"] == word["question"]
        assert within != "turn" or holding[0]["first_turn"] == holding[0]["last_turn"]
    assert sum(row["n_tokens"] for row in rows) == len(words)
    assert all(row["n_tokens"] <= size + 16 for row in rows)


@given(st.lists(TURN, max_size=14), st.integers(5, 20))
def test_the_text_is_what_was_said(said, size):
    found, _, _ = cut_turns(said, size)
    for interview in found["interview"].unique():
        texts = " ".join(found.filter(pl.col("interview") == interview)["text"]).split()
        whole = [w for i, s, _, words in said if i == interview and s != "ENQ" for w in words]
        # noise that is all a text has makes no segment
        assert [w for w in texts if w != "_rire"] == [w for w in whole if w != "_rire"]


def test_an_interview_is_cut_as_one_text():
    said = [("E1", "P", "Q1", ["un"] * 20), ("E1", "ENQ", "Q2", ["et"] * 50), ("E1", "P", "Q2", ["deux"] * 10)]
    whole, _, _ = cut_turns(said)
    assert whole.select("first_turn", "last_turn", "n_tokens", "question").rows() == [(1, 3, 30, "Q1")]
    assert whole["text"].item() == " ".join(["un"] * 20 + ["deux"] * 10)
    by_question, _, _ = cut_turns(said, within="question")
    assert by_question.select("segment", "n_tokens", "question").rows() == [(1, 20, "Q1"), (2, 10, "Q2")]


def test_another_participant_begins_a_segment():
    found, _, _ = cut_turns([("E1", s, None, ["mot"] * 6) for s in ("P", "P", "R", "P")])
    assert found.select("segment", "speaker", "n_tokens").rows() == [(1, "P", 12), (2, "R", 6), (3, "P", 6)]


def test_noise_has_no_length_but_belongs_to_the_segment():
    words = ["_rire"] + ["mot"] * 40 + ["."] + ["_rire"] + ["mot"] * 20
    found, _, _ = cut_turns([("E1", "P", None, words), ("E2", "P", None, ["_rire"])])
    assert found["n_tokens"].to_list() == [41, 20]
    assert [text.count("_rire") for text in found["text"]] == [2, 0]
    assert found.select("first_token", "last_token").rows() == [(1, 43), (44, 63)]


def test_accents_do_not_shift_the_text():
    found, _, _ = cut_turns([("E1", "P", None, ["été", "😀", "naïf", "."])], size=5)
    assert found["text"].to_list() == ["été 😀 naïf ."]


def test_a_closing_quotation_mark_stays_with_what_it_closes():
    said = ["mot"] * 8 + [".", "»"] + ["mot"] * 40
    found, _, _ = cut_turns([("E1", "P", None, said)], size=8)
    assert found["text"].to_list()[0].endswith(". »")
    assert not any(text.startswith("»") for text in found["text"])
    assert found["n_tokens"].sum() == len(said) - 1
