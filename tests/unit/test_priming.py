"""Words that the interviewer said first: naive recomputation."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from verbatim.priming import summary, trace


def corpus(said):
    """`said`: (interview, role, words) for each turn in order."""
    tokens, turns, numbers = [], [], {}
    for interview, role, words in said:
        turn = numbers[interview] = numbers.get(interview, 0) + 1
        turns.append((interview, turn, role))
        tokens += [(interview, turn, k, word, "NOUN", "active") for k, word in enumerate(words, 1)]
    schema = {"interview": pl.String, "turn": pl.Int64, "token": pl.Int64, "lemma": pl.String, "pos": pl.String}
    return (
        pl.DataFrame(tokens, schema=schema | {"status": pl.String}, orient="row"),
        pl.DataFrame(turns, schema={"interview": pl.String, "turn": pl.Int64, "role": pl.String}, orient="row"),
    )


def test_a_word_is_taken_up_only_after_the_interviewer_said_it():
    said = [
        ("E1", "interviewer", ["lien", "écran"]),
        ("E1", "participant", ["lien", "café", "lien"]),
        ("E1", "interviewer", ["café"]),
        ("E2", "participant", ["lien"]),
        ("E2", "interviewer", ["lien"]),
    ]
    found = {(row["interview"], row["lemma"]): row for row in trace(*corpus(said)).to_dicts()}
    assert {key: row["origin"] for key, row in found.items()} == {
        ("E1", "lien"): "taken_up",
        ("E1", "café"): "own",
        ("E2", "lien"): "own",
    }
    lien = summary(trace(*corpus(said))).row(0, named=True)
    assert (lien["lemma"], lien["n_interviews"], lien["n_taken_up"], lien["share_taken_up"]) == ("lien", 2, 1, 0.5)
    assert lien["share_after"] == 2 / 3


turn = st.tuples(
    st.sampled_from(["E1", "E2"]),
    st.sampled_from(["interviewer", "participant"]),
    st.lists(st.sampled_from("abcd"), max_size=4),
)


@given(st.lists(turn, max_size=12))
def test_origins_are_those_of_reading_in_order(said):
    first, spoken, origin = set(), set(), {}
    for interview, role, words in said:
        for word in words:
            key = interview, word
            if role == "interviewer":
                first.add(key)
            elif key not in origin:
                origin[key] = "taken_up" if key in first else "own"
            spoken.add((key, role))
    for key, told in origin.items():
        if told == "own" and (key, "interviewer") not in spoken:
            origin[key] = "own_only"
    found = {(row["interview"], row["lemma"]): row["origin"] for row in trace(*corpus(said)).to_dicts()}
    assert found == origin
