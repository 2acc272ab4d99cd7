"""Key words in context: what is found, where it stands, in which order."""

import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatim import concordance
from verbatim.problems import StudyError

SAID = {
    ("E1", 1, "ENQ"): "Et le lien ?",
    ("E1", 2, "ANA"): "Le lien, je le suis. Les liens se suivent, l’écran aussi.",
    ("E2", 1, "BOB"): "Je suis là, à l'écran.",
}
LEMMAS = {
    "suis": ("suivre", "VERB"),
    "suivent": ("suivre", "VERB"),
    "liens": ("lien", "NOUN"),
    "lien": ("lien", "NOUN"),
}


def corpus(said=SAID):
    tokens, turns = [], []
    for (interview, turn, speaker), text in said.items():
        turns.append((interview, turn, speaker, "interviewer" if speaker == "ENQ" else "participant", "Q1", text))
        for number, found in enumerate(re.finditer(r"\w+[’']?|[^\w\s]", text), 1):
            lemma, pos = LEMMAS.get(found[0].lower(), (found[0].lower(), "X"))
            tokens.append((interview, turn, number, found.start(), found.end(), found[0], lemma, pos, "active"))
    columns = ("interview", "turn", "token", "start", "end", "form", "lemma", "pos", "status")
    names = ("interview", "turn", "speaker", "role", "question", "text")
    return pl.DataFrame(tokens, schema=columns, orient="row"), pl.DataFrame(turns, schema=names, orient="row")


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        ("lien", ["lien", "lien"]),
        ("LIEN*", ["lien", "lien", "liens"]),
        ("lemme:lien", ["lien", "lien", "liens"]),
        ("lemme:suivre+pos:verb", ["suis", "suivent", "suis"]),
        ("le lien", ["le lien", "Le lien"]),
        ("l' écran", ["l’écran", "l'écran"]),
        ("pos:NOUN .. pos:VERB", ["liens se suivent"]),
        ("introuvable", []),
    ],
)
def test_what_is_asked_is_found(asked, keys):
    assert concordance.search(*corpus(), asked)["key"].to_list() == keys


def test_a_sequence_stays_within_a_turn():
    assert concordance.search(*corpus(), "? le").height == 0


def test_the_context_is_that_of_the_turn_cut_between_words():
    found = concordance.search(*corpus(), "suivent", width=12).to_dicts()[0]
    assert (found["left"], found["right"]) == ("… liens se", ", l’écran …")
    assert (found["speaker"], found["role"], found["first_token"]) == ("ANA", "participant", 11)


def test_left_order_reads_backwards_and_right_order_ignores_case_and_accents():
    said = {
        ("E", k, "A"): text for k, text in enumerate(["Zut un mot Été", "un grand mot ete b", "Ah le mot ESSAI"], 1)
    }
    found = concordance.search(*corpus(said), "mot")
    assert concordance.sort(found, "gauche")["turn"].to_list() == [2, 3, 1]
    assert concordance.sort(found, "droite")["turn"].to_list() == [3, 1, 2]
    with pytest.raises(StudyError, match="gauche"):
        concordance.sort(found, "milieu")


def test_places_have_their_segment_and_class():
    segments = pl.DataFrame(
        {
            "interview": ["E1", "E1"],
            "segment": [1, 2],
            "first_turn": [2, 2],
            "first_token": [1, 8],
            "last_turn": [2, 2],
            "last_token": [7, 12],
        }
    )
    classes = pl.DataFrame({"interview": ["E1", "E1"], "segment": [1, 2], "class": [3, 0]})
    found = concordance.placed(concordance.search(*corpus(), "lemme:lien"), segments, classes)
    assert found.select("segment", "class").rows() == [(None, None), (1, 3), (2, 0)]
    assert concordance.placed(concordance.search(*corpus(), "aussi"), segments)["segment"].to_list() == [None]


@pytest.mark.parametrize("asked", ["", "  ", "cas:lien", "lemme:"])
def test_a_question_that_cannot_be_read_is_told(asked):
    with pytest.raises(StudyError, match="recherche"):
        concordance.search(*corpus(), asked)


@given(st.text(alphabet="ab.*+:'()[]\\?", max_size=8))
def test_no_question_breaks_the_search(asked):
    try:
        found = concordance.search(*corpus(), asked)
    except StudyError:
        return
    assert found.columns[0] == "interview"


def test_lines_put_the_key_words_under_one_another():
    said = {("E", k, "A"): text for k, text in enumerate(["Le mot", "Encore un grand mot ici"], 1)}
    lines = concordance.tell(concordance.search(*corpus(said), "mot")).splitlines()
    assert len({line.index("mot") for line in lines}) == 1 and len(lines) == 2
