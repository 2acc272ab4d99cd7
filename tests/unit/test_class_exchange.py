"""The corpus by class as text and as a coloured page: nothing lost, read back by the readers of transcripts."""

import re
from html import unescape
from html.parser import HTMLParser

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatim.exchange.class_corpus import by_class, safe_names, starred_corpus
from verbatim.exchange.coloured_corpus import Heading, coloured_corpus
from verbatim.exchange.coloured_style import tint
from verbatim.transcripts import read_source

SPEAKERS = pl.DataFrame(
    {
        "interview": ["A_1", "A_1", "B"],
        "speaker": ["Léa", "ENQ", "B"],
        "role": ["participant", "interviewer", "participant"],
        "panel": ["accompagnée", None, "accompagnée"],
        "type_contrat": ["CDI / temps plein", None, " "],
    }
)


def segments_of(texts, speakers="LLB", numbers=(1, 1, 0)):
    """Segments and classes: interview A_1 of Léa, then interview B."""
    rows = [("A_1", "Léa") if who == "L" else ("B", "B") for who in speakers]
    frame = pl.DataFrame(rows, schema=["interview", "speaker"], orient="row").with_columns(
        pl.Series("text", texts), pl.Series("class", numbers, dtype=pl.Int64), first_turn=pl.lit(2)
    )
    frame = frame.with_columns(segment=pl.int_range(1, pl.len() + 1).over("interview"))
    return frame.drop("class"), frame.select("interview", "segment", "class")


def read_back(text):
    source = read_source("corpus.txt", text.encode())
    return [
        (source.variables[turn.block], turn.text) for turn in sorted(source.turns, key=lambda t: (t.block, t.position))
    ]


def test_a_text_for_each_run_of_one_class_with_attributes():
    text = starred_corpus(*segments_of(["un deux", "trois", "quatre"]), SPEAKERS)
    assert text == (
        "**** *entretien_A_1 *classe_1 *panel_accompagnée *type-contrat_CDI-temps-plein\nun deux\ntrois\n\n"
        "**** *entretien_B *classe_0 *panel_accompagnée\nquatre\n"
    )
    assert read_back(text)[0] == (
        {"entretien": "A_1", "classe": "1", "panel": "accompagnée", "type-contrat": "CDI-temps-plein"},
        "un deux trois",
    )


def test_segments_that_do_not_follow_one_another_are_two_texts():
    segments, classes = segments_of(["un", "deux", "trois"], "LLL", (1, 1, 1))
    assert starred_corpus(segments, classes.filter(pl.col("segment") != 2), SPEAKERS).count("****") == 2


TRAPS = [
    "Moi : je dis. Moi : encore.",
    "[Acme] paie, [Acme] part",
    "**** *pas_une_étoile",
    "-*thème",
    "- *puce",
    "00:12 Paul : oui",
    "***** *****",
    "{Nantes} : un\nport",
    "INT\tbonjour",
    "0001 *femme",
]


@pytest.mark.parametrize("trap", TRAPS)
def test_words_that_look_like_marks_stay_words(trap):
    text = starred_corpus(*segments_of([trap, trap, "Ville : " + trap]), SPEAKERS)
    told = [re.sub(r"\s", "", said) for _, said in read_back(text)]
    assert told == [re.sub(r"\s", "", said) for said in (trap + trap, "Ville : " + trap)]


@given(st.lists(st.text("aé :*-[]0\n\u00a0'.", min_size=1, max_size=25), min_size=3, max_size=3))
def test_nothing_is_lost_on_the_way(texts):
    texts = [f"{text}x" for text in texts]
    told = [re.sub(r"\s", "", said) for _, said in read_back(starred_corpus(*segments_of(texts), SPEAKERS))]
    assert told == [re.sub(r"\s", "", said) for said in ("".join(texts[:2]), texts[2])]


@given(st.lists(st.text("aB_ -é*1", max_size=6), unique=True, max_size=8))
def test_safe_names_are_safe_and_all_different(names):
    found = safe_names(names)
    assert list(found) == names and len(set(found.values())) == len(names)
    assert all(re.fullmatch(r"[^\s*_]+", safe) for safe in found.values())


def test_each_class_has_its_text():
    files = by_class(*segments_of(["un\ndeux", "trois", "quatre"], numbers=(2, 0, 3)))
    assert files == {
        "classe_2.txt": "[A_1, Léa, tour 2] un deux\n",
        "classe_3.txt": "[B, tour 2] quatre\n",
    }


class Page(HTMLParser):
    """What a reader sees: paragraphs of the corpus as (classes of style, margin, text), and tags left open."""

    def __init__(self, text):
        super().__init__()
        self.open, self.paragraphs, self.titles, self.links = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.links += [value for name, value in attrs if name in ("src", "href") and not value.startswith("#")]
        if tag not in ("meta",):
            self.open.append(tag)
        if tag == "p" and "main" in self.open:
            self.paragraphs.append([dict(attrs).get("class", ""), "", ""])

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "p" in self.open and "main" in self.open:
            self.paragraphs[-1][1 if self.open[-1] == "b" else 2] += data
        if self.open and self.open[-1] == "h3":
            self.titles.append(data)


def study():
    """One interview: a question, an answer of two segments, an aside that goes on, an answer left out."""
    said = [(1, "Q", "interviewer", "Alors ?"), (2, "P", "participant", "a b. c <d> & e")]
    said += [(3, "Q", "interviewer", "Ah."), (4, "P", "participant", "f g"), (5, "Q", "interviewer", "Et ça ?")]
    said += [(6, "P", "participant", "h")]
    turns = pl.DataFrame(said, schema=["turn", "speaker", "role", "text"], orient="row")
    turns = turns.with_columns(interview=pl.lit("E1"))
    tokens = [
        ("E1", turn, number, found.start(), found.end(), found[0], found[0], "NOUN", "active")
        for turn, _, _, text in said
        for number, found in enumerate(re.finditer(r"<d>|\w+|[^\w\s]", text), start=1)
    ]
    names = ["interview", "turn", "token", "start", "end", "form", "lemma", "pos", "status"]
    segments = pl.DataFrame(
        {
            "interview": ["E1"] * 3,
            "segment": [1, 2, 3],
            "speaker": ["P"] * 3,
            "first_turn": [2, 2, 6],
            "first_token": [1, 4, 1],
            "last_turn": [2, 4, 6],
            "last_token": [3, 2, 1],
            "text": ["a b.", "c <d> & e f g", "h"],
        }
    )
    classes = pl.DataFrame({"interview": ["E1"] * 2, "segment": [1, 2], "class": [0, 9]})
    typical = pl.DataFrame({"interview": ["E1"], "segment": [2], "rank": [3]})
    return pl.DataFrame(tokens, schema=names, orient="row"), turns, segments, classes, typical


def test_the_page_shows_the_analysis_in_order_with_the_class_in_the_margin():
    heading = Heading("L'étude <1>", "tous", ["#000000", "#ff0000"], {9: "Le lien & le lieu"}, True, 2)
    text = coloured_corpus(*study(), heading)
    page = Page(text)
    assert page.open == [] and page.links == []
    assert page.titles == ["Q, tour 1", "P, tour 2", "Q, tour 3", "P, tour 4"]
    assert page.paragraphs == [
        ["q", "", "Alors ?"],
        ["c c0", "–", "a b."],
        ["c c9", "9", "◆3 c <d> & e"],
        ["q", "", "Ah."],
        ["c c9", "9", "f g"],
    ]
    plain = unescape(re.sub(r"<[^>]*>", "", text))
    for told in (
        "L'étude <1>",
        "Classe 9 · Le lien & le lieu (1 segment",
        "Non vérifié",
        "2 passages",
        "Étude inventée",
    ):
        assert told in plain
    assert f"background: {tint('#000000')}; border-color: #000000" in text


def test_no_warning_without_need():
    text = coloured_corpus(*study(), Heading("L'étude", "tous", ["#000000"]))
    assert "Non vérifié" not in text and "inventée" not in text


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * value for w, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@given(st.integers(0, 0xFFFFFF))
def test_text_is_readable_on_any_tint(number):
    background, ink = luminance(tint(f"#{number:06x}")), luminance("#1b2127")
    assert (background + 0.05) / (ink + 0.05) >= 7


def test_themes_are_variables_of_the_segments_that_they_touch():
    segments, classes = segments_of(["un deux", "trois", "quatre"])
    rows = [("gain_temps", "A_1", 2), ("alliance", "A_1", 2), ("alliance", "A_1", 1)]
    touched = pl.DataFrame(rows, schema=["theme", "interview", "segment"], orient="row")
    heads = [line for line in starred_corpus(segments, classes, SPEAKERS, touched).splitlines() if "****" in line]
    borne = [sorted(star for star in line.split() if star.startswith("*theme")) for line in heads]
    assert borne[:3] == [["*theme-alliance_oui"], ["*theme-alliance_oui", "*theme-gain-temps_oui"], []]
