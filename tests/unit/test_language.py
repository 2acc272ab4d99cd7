"""Is it French: shares of known words by hand, and where languages fall on either side of the bound."""

import re
from collections import defaultdict

import polars as pl
import pytest

from places import SHARED
from verbatim import corpus, tables
from verbatim.language import LEAST_KNOWN, LEAST_WORDS, doubts, known_shares

FRENCH = {
    "jargon": """
Alors moi je suis product owner dans une start-up, on fait du daily meeting tous les matins, on a un backlog
sur Jira, on fait des sprints, des reviews, et le scrum master il check les tickets. Après on a switché en
full remote, donc c'était Slack, Zoom, Teams, et le feedback du manager passait par un one-to-one.""",
    "slang": """
Wesh frère, t'as vu, j'étais trop vénère, le daron il m'a capté direct, j'me suis fait tej du taf, chelou
quoi, j'ai plus de thunes, les keufs ils m'ont gazé, genre j'ai le seum de ouf.""",
}
FOREIGN = {
    "spoken English": """
Well, I started working there about five years ago, I guess, straight after college. Sometimes I would turn
off the camera and go for a walk. My boss didn't mind. What helped was the coach, she called me every week.""",
    "written English": """
The participants were asked to describe their experience of career guidance during the pandemic. Most of them
reported that remote appointments were convenient, yet less personal.""",
    "English full of French": """
The restaurant was in the centre, on the avenue, and my client, a consultant on the question of management,
had a long discussion on the impact of the situation on the service, the culture and the attention.""",
    "Spanish": """
Bueno, yo empecé a trabajar hace cinco años, justo después de la universidad. Mi madre siempre me decía que no
iba a quedarme en una oficina, y tenía razón. Al principio estaba sola con el ordenador.""",
    "Italian": """
Allora, ho cominciato a lavorare cinque anni fa, subito dopo l'università. Mia madre diceva sempre che non
sarei rimasta in un ufficio, e aveva ragione. All'inizio ero da sola con il computer e nessuno mi spiegava
niente.""",
    "German": """
Also, ich habe vor fünf Jahren dort angefangen, direkt nach der Universität. Meine Mutter hat immer gesagt,
dass ich nie in einem Büro bleiben würde, und sie hatte recht.""",
    "creole": """
Mwen koumansé travay la sa ni senk lanné, toutsuit apré lékol. Manman mwen té ka di mwen pé pa té ké rété an
biwo, é i té ni rézon.""",
    "half English": """
Alors moi j'ai commencé il y a cinq ans, juste après les études. Ma mère disait toujours que je ne resterais
jamais dans un bureau. Then the lockdown came and everything went online. We had meetings all day long, and I
felt really tired, because you never see people for real.""",
}


def words(text, interview="E"):
    forms = re.findall(r"\w+(?:-\w+)*['’]?|[^\w\s]", text)
    rows = [(interview, form, "NOUN" if form[0].isalpha() else "PUNCT") for form in forms]
    return pl.DataFrame(rows, schema=["interview", "form", "pos"], orient="row")


def share(text):
    return known_shares(words(text))["known_share"].item()


@pytest.mark.parametrize("name", FRENCH)
def test_french_with_its_jargon_is_french(name):
    assert share(FRENCH[name]) > LEAST_KNOWN + 0.05


@pytest.mark.parametrize("name", FOREIGN)
def test_another_language_is_not(name):
    assert share(FOREIGN[name]) < LEAST_KNOWN - 0.03


@pytest.mark.skipif(not (SHARED / "corpora").is_dir(), reason="the treebanks are not there")
def test_every_sample_of_the_treebanks_is_french():
    samples = defaultdict(list)
    for path in (SHARED / "corpora").glob("UD_French-*/*.conllu"):
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            name = re.search(r"# sent_id = (.*)", block)
            rows = [line.split("\t") for line in block.splitlines() if line[:1].isdigit()]
            sample = f"{path.parent.name} {re.sub(r'[_.-]?[0-9]+$', '', name[1])}" if name else ""
            samples[sample] += [(sample, row[1], row[3]) for row in rows if row[0].isdigit()]
    rows = [row for own in samples.values() if len(own) >= 20 for row in own]
    found = known_shares(pl.DataFrame(rows, schema=["interview", "form", "pos"], orient="row"))
    assert found.height > 50
    assert found["known_share"].min() > LEAST_KNOWN + 0.1


def test_what_counts_as_a_word():
    rows = [("Cœur", "NOUN"), ("l’", "DET"), ("PARCE QUE", "SCONJ"), ("zzyzx", "NOUN"), ("[rire]", "X"), ("12", "NUM")]
    rows += [(",", "PUNCT"), ("😀", "SYM"), ("3", "NOUN")]
    frame = pl.DataFrame(
        [("E", *row) for row in rows] + [("F", "[rire]", "X")], schema=["interview", "form", "pos"], orient="row"
    )
    assert known_shares(frame).rows() == [("E", 0.75)]


def described(rows):
    """Return corpus/interviews of one participant's turn for each (interview, forms), the interviewer's before."""
    turns, tokens = [], []
    for interview, forms in rows:
        for turn, (role, own) in enumerate((("interviewer", ["alors"]), ("participant", forms)), 1):
            turns.append((interview, turn, role, role, None, None, None, " ".join(own)))
            pos = ["NOUN" if form.isalpha() else "PUNCT" for form in own]
            places = [(interview, turn, k, k, k + 1) for k in range(1, len(own) + 1)]
            tokens += [(*place, form, form, p, "active") for place, form, p in zip(places, own, pos, strict=True)]
    people = [(interview, role, role, None) for interview, _ in rows for role in ("interviewer", "participant")]
    frames = zip(("turns", "tokens", "speakers"), (turns, tokens, people), strict=True)
    made = [pl.DataFrame(r, schema=tables.empty(f"corpus/{n}").schema, orient="row") for n, r in frames]
    return tables.check("corpus/interviews", corpus.describe_interviews(*made))


def test_the_words_of_participants_alone_are_judged_and_doubts_told():
    found = described([("E1", ["zut"] + ["blurp"] * 9), ("E2", ["maison"] * 10), ("E3", ["blurp"] * (LEAST_WORDS - 1))])
    assert found["known_share"].to_list() == [0.1, 1, 0]
    head, *lines = doubts(found)
    assert "pas du français ?" in head
    assert lines == ["E1 : 10% seulement de ses mots sont dans les dictionnaires français"]
    assert doubts(found.filter(pl.col("interview") == "E2")) == []


def test_an_interview_without_a_word_is_told():
    found = described([("E1", ["maison"]), ("E2", ["!"])])
    assert [line.split(" : ")[0] for line in corpus.silent(found)] == ["E2"]
