"""Word trees: their counts are those of a naive reading of the sentences."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatim import word_tree

contexts = st.lists(st.lists(st.sampled_from("abc"), max_size=6).map(tuple), max_size=40)


def paths(branches, before=()):
    """(words since the root, count) of every branch."""
    for branch in branches:
        own = before + branch.words
        yield own, branch.count
        yield from paths(branch.branches, own)


@settings(max_examples=200)
@given(contexts, st.integers(1, 12))
def test_counts_are_those_of_the_contexts_that_begin_so(rows, most):
    branches = word_tree.prune(rows, most)
    for words, count in paths(branches):
        assert count == sum(row[: len(words)] == words for row in rows)
    assert sum(branch.leaves for branch in branches) <= most


@settings(max_examples=100)
@given(contexts)
def test_with_room_enough_nothing_said_twice_is_lost_and_nothing_said_once_is_shown(rows):
    branches = word_tree.prune(rows, 10_000)
    expected = {row[:n] for row in rows for n in range(1, len(row) + 1)}
    times = {path: sum(row[: len(path)] == path for row in rows) for path in expected}
    least = 2 if any(n >= 2 for n in times.values()) else 1
    # a chain of words said equally often is one branch: all its beginnings are in it
    shown = {words[:n] for words, _ in paths(branches) for n in range(1, len(words) + 1)}
    assert shown == {path for path, n in times.items() if n >= least}


@given(contexts, st.integers(1, 8))
def test_sisters_come_by_decreasing_counts_and_never_begin_alike(rows, most):
    def check(branches):
        assert [branch.count for branch in branches] == sorted((b.count for b in branches), reverse=True)
        assert len({branch.words[0] for branch in branches}) == len(branches)
        for branch in branches:
            assert sum(own.count for own in branch.branches) <= branch.count
            check(branch.branches)

    check(word_tree.prune(rows, most))


TURNS = pl.DataFrame({"interview": ["E"] * 3, "turn": [1, 2, 3], "role": ["interviewer", "participant", "participant"]})
SEGMENTS = pl.DataFrame(
    {"interview": ["E"], "first_turn": [2], "first_token": [1], "last_turn": [3], "last_token": [3]}
)


def tokens(*said):
    """corpus/tokens of turns given as words; « . » ends sentences, « , » does not, « [rire] » is noise."""
    marks = {".": "PUNCT", ",": "PUNCT", "[rire]": "X"}
    rows = [
        ("E", turn, i, form, form.lower(), marks.get(form, "NOUN"), "ignored" if form in (*marks, "euh") else "active")
        for turn, text in enumerate(said, start=1)
        for i, form in enumerate(text.split(), start=1)
    ]
    return pl.DataFrame(rows, schema=["interview", "turn", "token", "form", "lemma", "pos", "status"], orient="row")


def test_sentences_are_what_participants_say_between_ends_of_sentences_and_turns():
    own = tokens("Vous ici", "Je , euh parle . On [rire] parle", "Oui j’ parle trop")
    found = word_tree.sentences(own, TURNS, SEGMENTS).group_by("sentence", maintain_order=True).agg("form")
    # the last word stands outside of the segments
    assert found["form"].to_list() == [["je", "parle"], ["on"], ["parle"], ["oui", "j'", "parle"]]


def test_a_tree_has_both_sides_and_its_forms():
    own = tokens("x", "on en Parle bien . on en parle bien", "Parle peu là")
    tree = word_tree.grow(word_tree.sentences(own, TURNS, SEGMENTS), "parle", 5)
    assert (tree.count, tree.forms) == (3, (("parle", 3),))
    assert tree.before == (word_tree.Branch(("en", "on"), 2),)
    assert tree.after == (word_tree.Branch(("bien",), 2),)


def test_a_word_never_said_has_an_empty_tree():
    tree = word_tree.grow(word_tree.sentences(tokens("x", "a b", "c"), TURNS, SEGMENTS), "absent", 5)
    assert tree == word_tree.Tree("absent", 0, (), (), ())
