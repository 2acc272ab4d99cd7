import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from verbatim.theme_suggestions import sentences

WORDS = st.sampled_from(["je", "Bon", "et", "mais", "table", "oui", "Elle", "parce que", "[rire]"])
SIGNS = st.sampled_from([".", ",", "?", "…", "!", "»", "«"])
TOKENS = st.lists(st.one_of(WORDS, WORDS, WORDS, SIGNS), max_size=300)


def pos(forms):
    return ["PUNCT" if not f[0].isalpha() and f[0] != "[" else "X" if f[0] == "[" else "NOUN" for f in forms]


def cut(forms):
    return sentences.cut_turn(forms, [form.lower() for form in forms], pos(forms))


def texts(text):
    forms = text.split()
    return [" ".join(forms[a : b + 1]) for a, b in cut(forms)]


@given(TOKENS)
def test_every_word_is_in_one_sentence_that_is_neither_too_long_nor_too_short(forms):
    pieces = cut(forms)
    words = [one not in ("PUNCT", "X") for one in pos(forms)]
    if not any(words):
        assert pieces == []
        return
    assert [i for a, b in pieces for i in range(a, b + 1)] == list(range(len(forms)))
    sizes = [sum(words[a : b + 1]) for a, b in pieces]
    assert max(sizes) <= sentences.MOST
    assert len(sizes) == 1 or min(sizes) >= sentences.FEWEST


def test_a_full_stop_ends_and_other_marks_only_before_a_capital():
    assert texts("il dit quoi ? non rien de plus … Elle répond oui oui oui . et puis elle rit encore .") == [
        "il dit quoi ? non rien de plus …",
        "Elle répond oui oui oui .",
        "et puis elle rit encore .",
    ]
    assert texts("Il a dit « Ah oui ! » Et moi je pars .") == ["Il a dit « Ah oui ! »", "Et moi je pars ."]


def test_short_pieces_join_the_next_and_the_last_the_one_before():
    assert texts("Non . Jamais . Elle est partie hier . Voilà .") == ["Non . Jamais . Elle est partie hier . Voilà ."]


def test_a_long_run_is_cut_at_the_pause_nearest_its_middle_then_before_a_link_then_in_the_middle():
    run = ["mot"] * 60
    assert [b - a + 1 for a, b in cut(run)] == [30, 30]
    linked = [*["mot"] * 25, "mais", *["mot"] * 34]
    assert cut(linked) == [(0, 24), (25, 59)]
    paused = [*["mot"] * 22, ",", *["mot"] * 3, "mais", *["mot"] * 34]
    assert cut(paused) == [(0, 22), (23, 60)]


def test_only_participants_are_cut_and_places_are_those_of_the_turn():
    turns = pl.DataFrame({"interview": ["A", "A"], "turn": [1, 2], "role": ["interviewer", "participant"]})
    rows = [
        ("A", 1, 0, 4, "Quoi", "quoi", "PRON"),
        ("A", 2, 0, 3, "Ben", "ben", "INTJ"),
        ("A", 2, 4, 7, "oui", "oui", "ADV"),
    ]
    tokens = pl.DataFrame(rows, schema=["interview", "turn", "start", "end", "form", "lemma", "pos"], orient="row")
    assert sentences.cut(turns, tokens).rows() == [("A", 2, 1, 1, 2, 0, 7, 2)]
