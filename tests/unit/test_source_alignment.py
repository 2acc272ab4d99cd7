"""Texts of other programs laid on the turns of an interview."""

import random

import pytest

from verbatim.anchors import comparable, document
from verbatim.codings.source_alignment import Laid
from verbatim.codings.source_matching import Interviews
from verbatim.exchange.qda_project import Source

TURNS = {
    1: "Alors, comment ça s'est passé ce jour-là ?",
    2: "Voilà : on est arrivés tôt, oui. On a vu le chef, oui. Et puis on est repartis chez nous.",
    3: "Oui.",
    4: "Et le lendemain, on est arrivés tôt encore, mais le chef n'était plus là du tout.",
}
WHOLE = document(TURNS)


def said(label, ending="\n"):
    return "".join(label(turn) + text + ending for turn, text in TURNS.items())


LABELS = {
    "colon": lambda turn: "ENQ : " if turn % 2 else "Mme B. : ",
    "tight": lambda turn: "Q: " if turn % 2 else "R: ",
    "number": lambda turn: f"[{turn}] Claire : ",
    "time": lambda turn: f"00:0{turn}:12 Paul : ",
    "line": lambda turn: "Intervieweur\n" if turn % 2 else "Madame B\n",
    "none": lambda turn: "",
}


@pytest.mark.parametrize("label", LABELS.values(), ids=LABELS)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\n\n"])
def test_every_word_of_a_turn_is_found_at_its_place(label, ending):
    text = said(label, ending)
    laid = Laid(text, WHOLE)
    place = 0
    for turn, words in TURNS.items():
        begin = text.index(words, place)
        place = begin
        for word in (w for w in words.split() if comparable(w)[0]):
            place = text.index(word, place)
            held = laid.held(place, place + len(word))
            assert (held.turn, held.start, held.quote) == (turn, place - begin, word)
            place += len(word)


def test_a_label_alone_is_nothing_said():
    text = said(LABELS["colon"])
    assert Laid(text, WHOLE).held(0, 5) is None


def test_a_word_that_opens_a_turn_before_a_colon_is_no_label():
    text = said(LABELS["none"]).replace("Et le lendemain", "Voilà : et le lendemain")
    held = Laid(text, WHOLE).held(text.index("Voilà"), text.index("Voilà") + 5)
    assert (held.turn, held.start) == (2, 0)


def test_a_place_is_told_only_where_all_around_is_the_same():
    text = said(LABELS["colon"]).replace("repartis chez nous", "repartis ailleurs")
    laid = Laid(text, WHOLE)
    near, far = text.index("On a vu le chef"), text.index("n'était plus")
    assert laid.held(near, near + 15).start is None
    assert laid.held(far, far + 12).start == TURNS[4].index("n'était plus")


def test_words_are_looked_for_nearest_to_their_place():
    text = said(LABELS["colon"])
    laid = Laid(text, WHOLE)
    last = text.rindex("on est arrivés tôt")
    assert laid.said("on est arrivés tôt", last + 3).turn == 4
    assert laid.said("on est arrivés tôt", None) is None
    assert laid.said("plus là du tout", None).turn == 4


def test_any_stretch_of_any_text_is_read():
    chance = random.Random(3)
    letters = "ab :\n\r\t’é😀\u0301[]0"
    for _ in range(300):
        text = "".join(chance.choices(letters, k=chance.randrange(1, 60)))
        whole = document({1: "".join(chance.choices(letters, k=20)), 2: "ab ba"})
        laid = Laid(text, whole)
        start = chance.randrange(len(text))
        held = laid.held(start, chance.randrange(start, len(text) + 1))
        assert held is None or comparable(held.quote)[0]


def test_a_short_text_proves_nothing_and_names_hold_ids():
    known = Interviews({"A1": WHOLE, "A12": document({1: "autre chose que cela, et rien de plus à en dire"})})
    assert known.spoken(Source("s", "x", "Oui.")) == []
    assert known.spoken(Source("s", "x", said(LABELS["colon"]))) == ["A1"]
    assert known.named(Source("s", "a12.docx", None)) == ("A12", True)
    assert known.named(Source("s", "Entretien A1, suite", None)) == ("A1", False)
    assert known.named(Source("s", "A1 et A12", None)) == (None, False)
