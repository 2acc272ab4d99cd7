import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatim.anchors import Selector, Span, comparable, document, find, holding, standing

TEXTS = {
    1: "ENQ, comment ça va ?",
    2: "Ben, c'était… comment dire, c'était pas simple, hein. Pas simple du tout.",
    5: "On a fait le bilan au téléphone : elle marchait, moi aussi.",
}
WHOLE = document(TEXTS)
SAID = "alors moi je travaille au bureau avec une collègue et le matin on prend un café près de la fenêtre d'où"
WORDS = SAID.split()


def look(quote, turn=None, before="", after="", start=None, whole=WHOLE):
    return find(Selector(quote, before, after, turn, start), whole)


@pytest.mark.parametrize(
    ("quote", "turn", "status", "words"),
    [
        ("elle marchait, moi aussi", 5, "intact", "elle marchait, moi aussi"),
        ("elle marchait, moi aussi", None, "intact", "elle marchait, moi aussi"),
        ("fait le bilan au téléphone : elle marchait, moi aussi", 2, "moved", None),
        ("C’ÉTAIT...  comment dire", 2, "intact", "c'était… comment dire"),
        (unicodedata.normalize("NFD", "c'était…\r\ncomment dire"), 2, "intact", "c'était… comment dire"),
        ("pas simple", 2, "doubtful", "pas simple"),
        ("elle marchais, et moi aussi", 5, "doubtful", "elle marchait, moi aussi"),
        ("nous n'avons jamais parlé de cela", 5, "lost", None),
        ("", 5, "lost", None),
    ],
)
def test_a_quote_without_words_around_is_found_with_its_status(quote, turn, status, words):
    anchor = look(quote, turn)
    assert anchor.status == status
    if words:
        assert WHOLE.words(anchor.span) == words
    if status == "lost":
        assert anchor.span is None


def test_words_around_tell_equal_quotes_apart():
    anchor = look("pas simple", 2, "comment dire, c'était", ", hein.")
    assert anchor.status == "intact"
    assert anchor.span.start == TEXTS[2].index("pas simple")
    assert look("pas simple", 2, "hein.", "du tout.").span.start == TEXTS[2].rindex("as simple") - 1


def test_a_quote_whose_passage_was_corrected_is_not_taken_for_its_twin():
    before = document({1: "J'ai une journée de retard, et puis voilà. Une journée de plus."})
    held = holding(before, Span(1, 5, 19))
    now = document({1: "J'ai une jurnée de retard, et puis voilà. Une journée de plus."})
    assert held.quote == "une journée de"
    assert find(held, now).status == "doubtful"
    assert find(Selector(held.quote, turn=1), now).status == "doubtful"


def test_a_passage_corrected_beside_its_twin_is_not_taken_for_it_whatever_stands_around():
    said = (
        "il faut limiter les effectifs des classes à vingt élèves, et limiter les effectifs des classes à trente élèves"
    )
    start = said.rindex("des classes")
    held = holding(document({1: said}), Span(1, start, start + 11))
    now = document({1: said[:start] + "dez clases" + said[start + 11 :]})
    assert find(held, now).status == "doubtful"


def test_a_word_without_words_around_is_left_to_a_person():
    assert look("ça va", 1).status == "doubtful"
    assert look("ça va", 1, "ENQ, comment", "?").status == "intact"


def test_words_put_into_a_quote_do_not_push_its_ends_out():
    whole = document({1: "Le matin on prend un café, assis, près de la fenêtre du fond, et voilà."})
    assert whole.words(look("on prend un café près de la fenêtre", 1, whole=whole).span).startswith("on prend")
    assert whole.words(look("on prend un café près de la fenêtre", 1, whole=whole).span).endswith("fenêtre")


def test_a_quote_that_a_new_turn_cuts_is_doubtful_with_both_parts():
    whole = document({1: "Bonjour.", 2: "On a fait le bilan au", 3: "téléphone : elle marchait."})
    anchor = look("fait le bilan au téléphone", 2, whole=whole)
    assert anchor.status == "doubtful"
    assert [whole.words(span) for span in anchor.spans] == ["fait le bilan au", "téléphone"]


def test_the_same_words_in_the_same_words_are_told_apart_by_their_place_alone():
    whole = document({1: "oui oui voilà c'est tout oui oui " * 8})
    again = whole.written[1].index("voilà", 120)
    held = holding(whole, Span(1, again, again + 5))
    assert find(held, whole).status == "intact"
    assert find(held, whole).span.start == again
    assert find(Selector(held.quote, held.before, held.after, 1), whole).status == "doubtful"


def test_a_place_decided_by_a_person_must_hold_the_words():
    assert standing("PAS SIMPLE", 2, 60, WHOLE) == Span(2, 54, 64)
    assert standing("pas simple", 2, 0, WHOLE).start == TEXTS[2].index("pas simple")
    assert standing("pas simple", 5, 0, WHOLE) is None
    assert standing("", 5, 0, WHOLE) is None


@given(st.text(max_size=80) | st.text(alphabet="Éée\u0301ç ’«…\u00a0\r\nœI", max_size=40))
def test_comparable_characters_keep_their_place(text):
    letters, places = comparable(text)
    assert len(letters) == len(places)
    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in places)


@given(st.text(alphabet="Éeàçôü’… œIN", max_size=40))
def test_decomposed_accents_change_nothing(text):
    assert comparable(unicodedata.normalize("NFD", text))[0] == comparable(text)[0]


@given(st.text(alphabet="abc d'’…é\u0301", min_size=3, max_size=60), st.data())
def test_a_passage_of_an_unchanged_text_is_never_lost_and_never_wrong(text, data):
    whole = document({1: text})
    if whole.text:
        first = data.draw(st.integers(0, len(whole.text) - 1))
        last = data.draw(st.integers(first, len(whole.text) - 1))
        start, end = int(whole.start[first]), int(whole.end[last])
        selectors = (holding(whole, Span(1, start, end)), Selector(text[start:end], turn=1))
        for anchor in (find(held, whole) for held in selectors if comparable(held.quote)[0]):
            assert anchor.status != "lost"
            if anchor.status in ("intact", "moved"):
                low, high = whole.places(anchor.span)
                assert comparable(text[start:end])[0] in whole.text[low:high]


@st.composite
def corrected(draw):
    """Give turns, a passage of them, the turns once edited, and the letters of the passage that are left, by turn."""
    rng = random.Random(draw(st.integers(0, 10**9)))
    turns = {n: " ".join(rng.choices(WORDS, k=rng.randint(8, 40))) for n in range(1, 6)}
    turn = rng.randint(1, 5)
    words = turns[turn].split()
    size = rng.randint(1, len(words))
    first = rng.randint(0, len(words) - size)
    start = len(" ".join(words[:first])) + (first > 0)
    span = Span(turn, start, start + len(" ".join(words[first : first + size])))
    lines = [_typed(n, text, rng) for n, text in turns.items()]
    if rng.random() < 0.5:
        cut = rng.randrange(4)
        lines[cut : cut + 2] = [[*lines[cut], (" ", None), *lines[cut + 1]]]
    if rng.random() < 0.5:
        cut = rng.randrange(len(lines))
        half = len(lines[cut]) // 2
        lines[cut : cut + 1] = [lines[cut][:half], lines[cut][half:]]
    return turns, span, dict(enumerate(lines, 1))


def _typed(turn, text, rng):
    line = []
    for place, letter in enumerate(text):
        kind = rng.random()
        if kind < 0.015:
            continue
        line.append((rng.choice("abcdeé ") if kind < 0.03 else letter, (turn, place)))
        if kind > 0.985:
            line.append((rng.choice("abcdeé "), None))
    return line


@settings(max_examples=150, deadline=None)
@given(corrected())
def test_what_is_called_intact_or_moved_is_the_passage_that_was_coded(case):
    turns, span, lines = case
    held = holding(document(turns), span)
    now = document({turn: "".join(letter for letter, _ in line) for turn, line in lines.items()})
    for selector in (held, Selector(held.quote, turn=held.turn)):
        anchor = find(selector, now)
        if anchor.status in ("intact", "moved"):
            origins = [origin for _, origin in lines[anchor.span.turn][anchor.span.start : anchor.span.end]]
            inside = [o for o in origins if o and o[0] == span.turn and span.start <= o[1] < span.end]
            assert len(inside) >= 0.8 * max(len(origins), span.end - span.start)
