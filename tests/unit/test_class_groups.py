"""Groups of words of the researcher: what is read, what is told."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatim.problems import StudyError
from verbatim.reinert.groups import GroupWord, fold, match_lemmas, read_groups
from verbatim.reinert.incidence import group_matrix

WORDS = (GroupWord("travail", "métier", 2), GroupWord("travail", "prise de tête", 3), GroupWord("corps", "main", 5))


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_any_spreadsheet_writes_a_list_that_is_read(separator, mark, end):
    lines = ["group,lemma", "travail,métier", "travail, prise  de tête ", ",", "corps,main", ""]
    assert read_groups(mark + end.join(lines).replace(",", separator).encode()) == WORDS


def test_columns_stand_in_any_order():
    assert read_groups(b"Lemma,Group\nmain,corps\n") == (GroupWord("corps", "main", 2),)


def test_every_fault_is_told_with_its_line():
    data = "group,lemma\n,main\ncorps,\ncorps,main\ncorps,Main\ncorps,œil,\ncorps,bras\n"
    with pytest.raises(StudyError) as raised:
        read_groups(data.encode(), "groups.csv")
    told = [(problem.place, problem.what) for problem in raised.value.problems]
    assert told == [
        ("groups.csv, ligne 2", "la colonne « group » est vide"),
        ("groups.csv, ligne 3", "la colonne « lemma » est vide"),
        ("groups.csv, ligne 5", "« Main » est déjà à la ligne 4 pour le groupe « corps »"),
        ("groups.csv, ligne 6", "3 cellules au lieu de 2"),
    ]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "il manque la colonne « group »"),
        (b"groupe,lemma\na,b\n", "colonne inconnue « groupe »"),
        (b"group,lemma,lemma\na,b,c\n", "il y a deux fois la colonne « lemma »"),
        ("group,lemma\na,é\n".encode("cp1252"), "le fichier n'est pas en UTF-8"),
    ],
)
def test_a_header_that_is_not_the_right_one_is_told(data, what):
    with pytest.raises(StudyError) as raised:
        read_groups(data)
    assert what in [problem.what for problem in raised.value.problems]


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_whatever_the_file_holds_it_is_read_or_told(data):
    try:
        assert all(word.group and word.lemma for word in read_groups(b"group,lemma\n" + data))
    except StudyError as error:
        assert error.problems


def test_lemmas_are_found_whatever_their_typography_and_unknown_ones_told():
    words = [
        GroupWord("corps", "OEIL", 2),
        GroupWord("Corps", "aujourd’hui", 3),
        GroupWord("corps", "mains", 4),
        GroupWord("vide", "qqqq", 5),
    ]
    members, remarks = match_lemmas(words, ["œil", "main", "aujourd'hui"])
    assert members == {"corps": ["aujourd'hui", "œil"]}
    assert remarks == [
        "groups.csv, ligne 4 : aucun lemme « mains » dans l'analyse ; le plus proche : « main »",
        "groups.csv, ligne 5 : aucun lemme « qqqq » dans l'analyse",
        "groups.csv : le groupe « vide » n'a aucun lemme de l'analyse",
    ]
    assert fold("L’Œil  rond") == fold("l'oeil rond")


def test_a_segment_bears_a_group_once_whatever_it_says_of_it():
    rows = pl.DataFrame({"interview": ["A", "A", "B"], "segment": [1, 2, 1]})
    said = [("A", 1, "main", "NOUN"), ("A", 1, "main", "VERB"), ("A", 1, "bras", "NOUN"), ("B", 1, "loi", "NOUN")]
    segment_lemmas = pl.DataFrame(said, schema=["interview", "segment", "lemma", "pos"], orient="row")
    matrix, names = group_matrix(rows, segment_lemmas, {"droit": ["loi"], "corps": ["bras", "main"]})
    assert names == ["corps", "droit"]
    assert np.array_equal(matrix.toarray(), [[1, 0], [0, 0], [0, 1]])
