import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatim.anchors import Anchor, find, normalise

TEXTS = {
    1: "ENQ, comment ça va ?",
    2: "Ben, c'était… comment dire, c'était pas simple, hein. Pas simple du tout.",
    5: "On a fait le bilan au téléphone : elle marchait, moi aussi.",
}
TURNS = {number: normalise(text) for number, text in TEXTS.items()}


def read(anchor):
    return TEXTS[anchor.turn][anchor.start : anchor.end]


@pytest.mark.parametrize(
    ("quote", "turn", "status", "words"),
    [
        ("elle marchait, moi aussi", 5, "intact", "elle marchait, moi aussi"),
        ("elle marchait, moi aussi", None, "intact", "elle marchait, moi aussi"),
        ("elle marchait, moi aussi", 2, "moved", "elle marchait, moi aussi"),
        ("C’ÉTAIT...  comment dire", 2, "intact", "c'était… comment dire"),
        ("pas simple", 2, "doubtful", "pas simple"),
        ("elle marchais, et moi aussi", 5, "doubtful", None),
        ("nous n'avons jamais parlé de cela", 5, "lost", None),
        ("", 5, "lost", None),
    ],
)
def test_a_quote_is_found_again_with_its_status(quote, turn, status, words):
    anchor = find(quote, TURNS, turn)
    assert anchor.status == status
    if words:
        assert read(anchor) == words
    if status == "doubtful" and not words:
        assert "marchait" in read(anchor)


@given(st.text(min_size=1, max_size=80), st.data())
def test_normalised_characters_keep_their_place(text, data):
    normal = normalise(text)
    assert len(normal.text) == len(normal.offsets)
    assert list(normal.offsets) == sorted(normal.offsets)
    if normal.text:
        i = data.draw(st.integers(0, len(normal.text) - 1))
        start, end = normal.span(i, i + 1)
        assert normalise(text[start:end] or " ").text in (normal.text[i], "", "...")


@given(st.text(alphabet="abc d'’…é", min_size=3, max_size=60), st.data())
def test_a_passage_of_a_turn_is_never_lost(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    anchor = find(quote, {1: normalise(text)}, 1)
    if normalise(quote).text:
        assert anchor != Anchor("lost")
        found = normalise(text[anchor.start : anchor.end]).text
        assert normalise(quote).text in found or found in normalise(quote).text
