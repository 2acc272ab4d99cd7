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
        ("pos:nom .. pos:verbe", ["liens se suivent"]),
        ("l'écran", ["l’écran", "l'écran"]),
        ("statut:actif+lien", ["lien", "lien"]),
        ("form:lien lemma:,", ["lien,"]),
        (": lien", []),
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
            "speaker": ["ANA", "ANA"],
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


def test_what_the_interviewer_says_inside_a_segment_is_not_in_it():
    said = {("E1", 1, "ANA"): "Le lien", ("E1", 2, "ENQ"): "Le lien ?", ("E1", 3, "ANA"): "Le lien"}
    own = {"interview": "E1", "segment": 1, "speaker": "ANA", "first_turn": 1, "first_token": 1}
    segments = pl.DataFrame([{**own, "last_turn": 3, "last_token": 2}])
    found = concordance.placed(concordance.search(*corpus(said), "lien"), segments)
    assert found["segment"].to_list() == [1, None, 1]


EXPRESSIONS = (["Parce que", " ", "aujourd'hui", " ", "dit", "-il", " ", "peut-être", " ", "parce", " ", "que"],)


def expressions():
    """Tokens of which some hold a space, an apostrophe or a hyphen."""
    rows, text = [], ""
    for piece in EXPRESSIONS[0]:
        if piece.strip():
            word = ("E", 1, len(rows) + 1, len(text), len(text) + len(piece), piece, piece.lower(), "X", "active")
            rows.append(word)
        text += piece
    names = ("interview", "turn", "token", "start", "end", "form", "lemma", "pos", "status")
    turn = {"interview": "E", "turn": 1, "speaker": "A", "role": "participant", "question": None, "text": text}
    return pl.DataFrame(rows, schema=names, orient="row"), pl.DataFrame([turn])


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        ("parce que", ["Parce que", "parce que"]),
        ("parce qu*", ["Parce que", "parce que"]),
        ("lemme:parce que aujourd’hui", ["Parce que aujourd'hui"]),
        ("aujourd'hui", ["aujourd'hui"]),
        ("dit-il peut-être parce que", ["dit-il peut-être parce que"]),
        ("aujourd'*", ["aujourd'hui"]),
        ("parce", ["parce"]),
    ],
)
def test_one_token_is_found_as_it_is_typed(asked, keys):
    assert concordance.search(*expressions(), asked)["key"].to_list() == keys


def described_corpus():
    tokens, turns = corpus()
    speakers = pl.DataFrame(
        {
            "interview": ["E1", "E1", "E2"],
            "speaker": ["ENQ", "ANA", "BOB"],
            "role": ["interviewer", *["participant"] * 2],
        }
    ).with_columns(panel=pl.Series([None, "un", "deux"]))
    codings = pl.DataFrame(
        {
            "interview": ["E1", "E1", "E2"],
            "turn": [2, 2, 1],
            "start": [0, 3, None],
            "end": [12, 9, None],
            "theme": ["b", "a", "c"],
            "origin": "human",
        }
    ).with_columns(set_aside=pl.lit(None, pl.String))
    segments = pl.DataFrame(
        {
            "interview": ["E1"],
            "segment": [1],
            "speaker": ["ANA"],
            "first_turn": [2],
            "first_token": [1],
            "last_turn": [2],
            "last_token": [6],
        }
    )
    classes = pl.DataFrame({"interview": ["E1"], "segment": [1], "class": [3]})
    names = ("tokens", "turns", "speakers", "segments")
    read = {f"corpus/{name}": frame for name, frame in zip(names, (tokens, turns, speakers, segments), strict=True)}
    return (read | {"themes/codings": codings, "classes/segments": classes}).__getitem__


@pytest.mark.parametrize(
    ("where", "turns"),
    [
        ([], [("E1", 1), ("E1", 2)]),
        (["class=3"], [("E1", 2)]),
        (["theme=a"], [("E1", 2)]),
        (["theme=c"], []),
        (["panel=un", "role=participant"], [("E1", 2)]),
        (["role=interviewer", "role=participant"], [("E1", 1), ("E1", 2)]),
    ],
)
def test_places_are_kept_by_class_theme_and_attribute(where, turns):
    found = concordance.answer(described_corpus(), "lien", where)
    assert found.select("interview", "turn").rows() == turns


def test_places_know_their_themes_and_attributes():
    found = concordance.answer(described_corpus(), "lien", ["role=participant"], with_classes=True)
    assert found.select("panel", "themes", "class").rows() == [("un", "a, b", 3)]


def test_counts_are_a_plain_recount():
    read = described_corpus()
    table = concordance.answer(read, "le", by="role")
    tokens = read("corpus/tokens").join(read("corpus/turns"), on=["interview", "turn"])
    for role, n, words, rate in table.iter_rows():
        own = tokens.filter(pl.col("role") == role)
        assert n == own.filter(pl.col("form").str.to_lowercase() == "le").height
        assert words == own.height
        assert rate == pytest.approx(1000 * n / words)
    assert set(table["role"]) == {"interviewer", "participant"}
    by_theme = concordance.answer(read, "lien", by="theme")
    assert dict(by_theme.select("themes", "n").iter_rows()) == {"a": 1, "b": 1, "sans": 1}
    assert len(concordance.tell_counts(by_theme).splitlines()) == 4


@pytest.mark.parametrize(("where", "told"), [(["pannel=un"], "panel"), (["panel"], "nom=valeur")])
def test_a_condition_that_cannot_be_read_is_told(where, told):
    with pytest.raises(StudyError, match=told):
        concordance.answer(described_corpus(), "lien", where)


@pytest.mark.parametrize("asked", ["", "  ", "cas:lien", "lemme:", "un " * 60])
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
