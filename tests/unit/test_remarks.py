"""One text for themes, memo, hypothesis and stance: written and read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatim.codings import StudyText
from verbatim.codings.remarks import FRENCH, Remark, bears_on, parse, theme_of, write

STUDY = StudyText(
    {"gain_efficacite": "Gain d'efficacité", "isolement": "Isolement", "rituels": "Rituels, proximité"}, {}
)
MEMOS = st.one_of(st.none(), st.from_regex(r"[a-zé][a-zé «»',:.()]{0,30}[a-zé.]", fullmatch=True))


@given(st.sampled_from([*STUDY.titles]), MEMOS, st.sampled_from([None, "alliance"]), st.sampled_from([None, *FRENCH]))
def test_what_is_written_is_read_back(theme, memo, hypothesis, stance):
    stance = stance if hypothesis else None
    memo = " ".join(memo.split()) if memo else None
    expected = Remark(theme, memo, hypothesis, stance)
    assert parse(write(theme, memo, hypothesis, stance), STUDY, "x") == ([expected], [])
    assert bears_on(write(None, memo, hypothesis, stance), "x") == (memo, hypothesis, stance, [])


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("Gain d’efficacité", ["gain_efficacite"]),
        ("GAIN D'EFFICACITE : oui", ["gain_efficacite"]),
        ("isolement, gain efficacité : les deux", ["isolement", "gain_efficacite"]),
        ("isolement : un\ngain_efficacite : deux", ["isolement", "gain_efficacite"]),
        ("isolement [alliance : contre]", ["isolement"]),
    ],
)
def test_themes_by_identifier_or_title(text, themes):
    remarks, problems = parse(text, STUDY, "x")
    assert [remark.theme for remark in remarks] == themes and not problems


def test_a_line_without_theme_goes_on_with_the_memo():
    (remark,), problems = parse("isolement : seul\nà la maison [alliance : contre]", STUDY, "x")
    assert remark == Remark("isolement", "seul à la maison", "alliance", "against") and not problems


@pytest.mark.parametrize(
    ("text", "told"),
    [("isolment : x", "isolement"), ("", "commentaire vide"), ("isolement [alliance : peut]", "position inconnue")],
)
def test_faults_are_told_with_the_nearest(text, told):
    remarks, (problem,) = parse(text, STUDY, "E01.docx, commentaire 3")
    assert told in str(problem) and "commentaire 3" in str(problem)
    assert not remarks or remarks[0].hypothesis is None


def test_a_title_is_no_identifier_of_another_theme():
    study = StudyText({"a": "B", "b": "A"}, {})
    assert theme_of("b", study) == "b" and theme_of("A", study) == "a" and theme_of("c", study) is None
