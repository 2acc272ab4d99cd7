"""Expressions are sequences of tokens, the longest first, never substrings."""

import dataclasses
import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatim import expressions, wordlists
from verbatim.wordlists import Expression

WORD = re.compile(r"\w+['’]|-ce|[\w-]+?(?=-ce\b)|[\w-]+|\S")


@pytest.fixture(scope="session")
def lists():
    return wordlists.load()


def tokenised(text, lemmas=(), pos=(), turn=1):
    """Return tokens of a text cut at elisions, with lemmas and parts of speech where they are given."""
    rows = [
        ("E01", turn, number, found.start(), found.end(), found[0], dict(lemmas).get(found[0], found[0].lower()))
        for number, found in enumerate(WORD.finditer(text), 1)
    ]
    frame = pl.DataFrame(rows, schema=["interview", "turn", "token", "start", "end", "form", "lemma"], orient="row")
    return frame.with_columns(pos=pl.col("form").replace_strict(dict(pos), default="X", return_dtype=pl.String))


def joined(lists, *texts, **given_words):
    frame = pl.concat([tokenised(text, turn=number, **given_words) for number, text in enumerate(texts, 1)])
    turns = pl.DataFrame({"interview": "E01", "turn": range(1, len(texts) + 1), "text": texts})
    return expressions.join(frame, turns, lists)


def forms(lists, *texts, **given_words):
    return joined(lists, *texts, **given_words)["form"].to_list()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("oui parce qu'il dort", ["oui", "parce qu'", "il", "dort"]),
        ("Parce  que non", ["Parce  que", "non"]),
        ("c’est tout à fait d’accord", ["c’", "est", "tout à fait", "d’accord"]),
        ("du coup on part", ["du coup", "on", "part"]),
        ("parle du coup de fil", ["parle", "du", "coup de fil"]),
        ("en fait elle en fait trop", ["en fait", "elle", "en", "fait", "trop"]),
        ("surtout à faiture", ["surtout", "à", "faiture"]),
        ("est-ce que ça va", ["est-ce que", "ça", "va"]),
    ],
)
def test_sequences_of_tokens(lists, text, expected):
    assert forms(lists, text) == expected


def test_a_joined_token_is_the_text_it_spans(lists):
    text = "bon, parce  que du coup"
    table = joined(lists, text)
    assert [text[start:end] for start, end in table.select("start", "end").iter_rows()] == table["form"].to_list()
    assert table["token"].to_list() == [1, 2, 3, 4]
    row = table.row(by_predicate=pl.col("form") == "parce  que", named=True)
    assert (row["lemma"], row["pos"], row["listed_status"]) == ("parce que", "SCONJ", "")
    assert table.row(by_predicate=pl.col("form") == "du coup", named=True)["listed_status"] == "supplementary"


def test_never_across_turns(lists):
    assert forms(lists, "alors du", "coup dur") == ["alors", "du", "coup", "dur"]


def test_an_expression_that_inflects_is_found_by_its_lemmas(lists):
    words = {"lemmas": {"mis": "mettre", "mise": "mise", "bilans": "bilan", "compétences": "compétence"}.items()}
    table = joined(lists, "on a mis en place des bilans de compétences", **words)
    assert table["lemma"].to_list() == ["on", "a", "mettre en place", "des", "bilan de compétences"]
    assert joined(lists, "la mise en place", **words)["lemma"].to_list() == ["la", "mise en place"]
    # As a participle the same form is the verb's.
    verb = {"lemmas": {"mise": "mettre"}.items()}
    assert joined(lists, "elle fut mise en place", **verb)["lemma"].to_list()[-1] == "mettre en place"


def test_other_expressions_are_found_as_written(lists):
    sure = {"lemmas": {"sûre": "sûr"}.items()}
    assert forms(lists, "elle est bien sûre d'elle", **sure) == ["elle", "est", "bien", "sûre", "d'", "elle"]


def test_a_study_adds_and_undoes(tmp_path):
    own = tmp_path / "expressions.csv"
    own.write_text(
        "expression,lemma,pos,status,reason\n"
        "point écoute,point écoute,NOUN,,lieu d'accueil\n"
        "du coup,du coup,ADV,off,on l'étudie\n",
        encoding="utf-8",
    )
    lists = wordlists.load(expressions=own)
    assert forms(lists, "du coup le Point écoute ferme") == ["du", "coup", "le", "Point écoute", "ferme"]


@given(st.lists(st.sampled_from("abcd"), max_size=30))
def test_longest_first_as_by_hand(words):
    known = [("a", "b", "c"), ("b", "c"), ("c", "d"), ("a", "b"), ("d",)]
    lists = dataclasses.replace(
        wordlists.load(), expressions=tuple(Expression(" ".join(items), "+".join(items), "ADV") for items in known)
    )
    text = " ".join(words)
    found = joined(lists, text)["lemma"].to_list() if words else []
    taken = [""] * len(words)
    for size in (3, 2, 1):
        for i in range(len(words) - size + 1):
            if tuple(words[i : i + size]) in known and not any(taken[i : i + size]):
                taken[i : i + size] = ["+".join(words[i : i + size])] + ["-"] * (size - 1)
    assert found == [lemma or word for lemma, word in zip(taken, words, strict=True) if lemma != "-"]
