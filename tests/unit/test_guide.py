"""The interview guide: its faults told with their lines, its questions found in turns."""

from pathlib import Path

import polars as pl
import pytest
import yaml

from verbatim import guide
from verbatim.problems import StudyError

SCHEMA = yaml.safe_load((Path(__file__).parents[2] / "workflow/schemas/guide.schema.yaml").read_text(encoding="utf-8"))
TEXT = """
guides:
  - id: un
    title: Premier
    for: {panel: [a]}
    questions:
      - {id: GA1, text: "Comment avez-vous appris à vous servir des outils numériques ?"}
      - {id: GA2, text: "Qu'est-ce que ça change d'être à distance ?"}
  - id: deux
    for: {panel: [b]}
    questions:
      - {id: GB1, text: "Comment s'est passée la toute première connexion ?"}
"""
GUIDES = guide.read_guide(TEXT, SCHEMA)


def problems(text):
    with pytest.raises(StudyError) as told:
        guide.read_guide(text, SCHEMA)
    return [(problem.place, problem.what) for problem in told.value.problems]


def matched(*said, panel="a", guides=GUIDES):
    turns = pl.DataFrame(
        {
            "interview": ["E1"] * len(said),
            "turn": range(1, len(said) + 1),
            "role": ["participant" if text.startswith("-") else "interviewer" for text in said],
            "text": said,
            "question": pl.Series([None] * len(said), dtype=pl.String),
        }
    )
    speakers = pl.DataFrame(
        {
            "interview": ["E1", "E0", "E0"],
            "role": ["participant"] * 3,
            "panel": [panel, "a", "b"],
            "speaker": list("xyz"),
        }
    )
    return guide.match_questions(turns, guides, speakers)["question"].to_list()


def test_a_guide_is_read():
    assert [g.id for g in GUIDES] == ["un", "deux"]
    assert GUIDES[1].title == "deux"
    assert [q.id for q in GUIDES[0].questions] == ["GA1", "GA2"]


def test_faults_have_their_lines():
    bad = TEXT.replace("title: Premier", "titre: Premier").replace("id: GA2, ", "")
    assert sorted(place for place, _ in problems(bad)) == ["guide.yaml, ligne 4", "guide.yaml, ligne 8"]
    (place, what), *more = problems(TEXT.replace("GB1", "GA1"))
    assert (place, more) == ("guide.yaml, ligne 12", [])
    assert "ligne 7" in what
    assert guide.read_guide("guides: []", SCHEMA) == ()
    assert problems("")
    assert problems("- une liste")
    assert problems("guides: [")


def test_a_question_lasts_until_the_next():
    assert matched(
        "Bonjour.",
        "- Bonjour.",
        "Bon. COMMENT avez vous appris a vous servir des outils numeriques",
        "- Toute seule.",
        "Ah oui ?",
        "- Oui.",
        "Et qu’est-ce que ça change, d’être à distance ? Dites-moi.",
        "- Tout.",
    ) == [None, None, "GA1", "GA1", "GA1", "GA1", "GA2", "GA2"]


def test_only_the_interviewer_asks():
    assert matched("- Qu'est-ce que ça change d'être à distance ?") == [None]


def test_a_question_nearly_as_written_is_found():
    assert matched("Alors comment vous avez appris à vous servir des outils numériques ?") == ["GA1"]
    assert matched("Comment avez-vous choisi votre cabinet ?", "Oui ?", "à") == [None, None, None]


def test_the_last_question_of_a_turn_is_the_one_answered():
    both = "Comment avez-vous appris à vous servir des outils numériques ? Qu'est-ce que ça change d'être à distance ?"
    assert matched(both) == ["GA2"]


@pytest.mark.parametrize(
    "text", ["2. Et à distance ?", "2 - Alors ?", "Q2 : alors", "Question 2, allons-y", "D'accord. 2-Ok."]
)
def test_numbered_questions(text):
    assert matched(text) == ["GA2"]


@pytest.mark.parametrize("text", ["9. Autre chose ?", "Il y a 2 ans ?", "2 ans ?", "12:30, on arrête ?"])
def test_other_numbers_are_no_questions(text):
    assert matched(text) == [None]


def test_only_the_guide_of_the_panel_is_tried():
    text = "Comment s'est passée la toute première connexion ?"
    assert matched(text, panel="a") == [None]
    assert matched(text, panel="b") == ["GB1"]


def test_an_audience_that_nobody_is_in_is_told():
    wrong = guide.read_guide(TEXT.replace("[b]", "[z]").replace("panel: [a]", "panle: [a]"), SCHEMA)
    with pytest.raises(StudyError) as told:
        matched("Bonjour ?", guides=wrong)
    assert [problem.mend for problem in told.value.problems] == ["vouliez-vous « panel » ?", "corrigez la valeur"]
