"""What two coders do not agree on, and what people decide between them."""

from itertools import combinations

import polars as pl
import pytest
from hypothesis import given, settings

from agreement_study import (
    CODINGS,
    THREE,
    TWO,
    coding,
    found_in,
    frame,
    laid,
)
from verbatim import tables
from verbatim.coder_agreement import decisions
from verbatim.codings import folder_coder


def pairs(table):
    return sorted(table.select("kind", "coding", "other_coding", "coder", "other_coder").rows(), key=str)


def test_what_two_coders_do_not_agree_on_is_of_three_kinds():
    rows = [
        coding("same-a", "ana", "E01", 2, "Je rentre tard le soir."),
        coding("same-b", "bob", "E01", 2, "Je rentre tard le soir"),
        coding("theme-a", "ana", "E01", 2, "Je mange seule devant", "repas"),
        coding("theme-b", "bob", "E01", 2, "mange seule devant un écran", "soir"),
        coding("bounds-a", "ana", "E01", 4, "Le matin je cours toujours. On ferme la porte", "bruit"),
        coding("bounds-b", "bob", "E01", 4, "la porte sans bruit", "bruit"),
        coding("missed-a", "ana", "E02", 2, "Le bureau", "bruit"),
        coding("missed-b", "bob", "E02", 2, "Je relis", "bruit"),
    ]
    table = found_in(rows)
    assert pairs(table) == [
        ("bounds", "bounds-a", "bounds-b", "ana", "bob"),
        ("missed", "missed-a", None, "ana", "bob"),
        ("missed", "missed-b", None, "bob", "ana"),
        ("theme", "theme-a", "theme-b", "ana", "bob"),
    ]
    overlap = dict(table.select("coding", "overlap").rows())
    # words: 9 of the one and 4 of the other, 2 in both; 4 and 5, 3 in both; no word of the other
    assert overlap == pytest.approx({"bounds-a": 2 / 11, "theme-a": 3 / 6, "missed-a": 0, "missed-b": 0})
    assert dict(table.select("coding", "turn").rows())["bounds-a"] == 4


def test_half_of_the_words_in_either_is_agreement_and_less_is_other_bounds():
    four, seven = (coding("a", "ana", "E01", 2, w) for w in ("Je rentre tard le", "Je rentre tard le soir. Je mange"))
    two, three = (coding("b", "bob", "E01", 2, words) for words in ("Je rentre", "Je rentre tard"))
    assert found_in([four, two]).is_empty()
    found = found_in([seven, three])
    assert pairs(found) == [("bounds", "a", "b", "ana", "bob")]
    assert found["overlap"].to_list() == pytest.approx([3 / 7])


def test_another_theme_needs_half_of_the_shorter():
    long = coding("a", "ana", "E01", 2, "Je rentre tard le soir. Je mange", "soir")
    inside = coding("b", "bob", "E01", 2, "le soir", "repas")
    beside = coding("b", "bob", "E01", 2, "mange seule devant", "repas")
    assert [row[0] for row in pairs(found_in([long, inside]))] == ["theme"]
    assert [row[0] for row in pairs(found_in([long, beside]))] == ["missed", "missed"]


def test_of_several_passages_of_other_themes_the_likest_is_set_beside_and_the_others_are_missed():
    rows = [
        coding("a", "ana", "E01", 2, "Je mange seule devant un écran."),
        coding("b-one", "bob", "E01", 2, "Je mange", "repas"),
        coding("b-two", "bob", "E01", 2, "seule devant un écran", "bruit"),
    ]
    assert pairs(found_in(rows)) == [
        ("missed", "b-one", None, "bob", "ana"),
        ("theme", "a", "b-two", "ana", "bob"),
    ]


def test_a_passage_inside_one_that_is_agreed_on_is_no_discordance():
    rows = [
        coding("a", "ana", "E01", 2, "Je mange seule devant un écran."),
        coding("b", "bob", "E01", 2, "Je mange seule devant un écran"),
        coding("b2", "bob", "E01", 2, "seule"),
    ]
    assert found_in(rows).is_empty()


def test_three_coders_are_compared_two_by_two_where_both_read():
    table = found_in(THREE)
    assert {frozenset(row[3:]) for row in pairs(table)} == {
        frozenset(both) for both in combinations(("ana", "bob", "carl"), 2)
    }
    missed = table.filter(kind="missed", coding="a4")
    assert missed["other_coder"].to_list() == ["bob"]
    assert "d1" not in table["coding"].to_list()
    assert len(set(table["discordance"])) == table.height


def test_a_decision_is_found_again_by_what_it_is_about():
    first = found_in(TWO)
    name = first.filter(kind="missed")["discordance"][0]
    second = found_in(TWO, {name: "second", "d-0000000000": "first"})
    assert second.drop("resolution").equals(first.drop("resolution"))
    assert second.filter(pl.col("resolution").is_not_null()).select("discordance", "resolution").rows() == [
        (name, "second")
    ]


@settings(max_examples=50)
@given(CODINGS)
def test_discordances_are_of_codings_that_exist_and_differ_and_no_coding_is_lost(drawn):
    rows = {row["coding"]: row for row in laid(drawn)}
    table = found_in(rows.values())
    coders = sorted({row["coder"] for row in rows.values()})
    for row in table.iter_rows(named=True):
        one, other = rows[row["coding"]], rows.get(row["other_coding"])
        assert one["coder"] == row["coder"] != row["other_coder"]
        assert row["other_coding"] is None or other["coder"] == row["other_coder"]
        if other:
            assert (one["theme"] == other["theme"]) == (row["kind"] == "bounds")
            assert one["theme"] != other["theme"] or (one["start"], one["end"]) != (other["start"], other["end"])
            assert one["start"] < other["end"] and other["start"] < one["end"]
    for who, other in [*combinations(coders, 2), *combinations(coders[::-1], 2)]:
        asked = table.filter(pl.col("coder").is_in([who, other]) & pl.col("other_coder").is_in([who, other]))
        listed = {*asked["coding"], *asked["other_coding"]}
        for name, row in rows.items():
            others = [r for r in rows.values() if r["coder"] == other and r["theme"] == row["theme"]]
            agreed = any(r["start"] < row["end"] and row["start"] < r["end"] for r in others)
            # a passage of somebody that meets none of the other of its theme is told
            assert row["coder"] != who or name in listed or agreed


HEAD = "interview;coding;other_coding;other_coder;theme;quote;decision;reason"


def read(*lines, head=HEAD):
    return decisions.read(("\ufeff" + "\n".join([head, *lines]) + "\n").encode())


def faults(*lines, head=HEAD):
    return [(one.place.rpartition("ligne ")[2], one.what) for one in read(*lines, head=head)[1]]


def test_decisions_are_read_in_the_words_of_whoever_decides():
    found, problems = read(
        'E01;a1;b1;bob;soir;"mes mots ; « à moi »";Premier;"il dit ""soir"""',
        "E01;a2;;bob;soir;;2;",
        "E01;a3;b3;bob;;;les  deux;",
        "E01;a4;b4;;;;AUCUN;",
        "E01;a5;;bob;soir;;1;",
    )
    assert problems == []
    assert [one.decision for one in found] == ["premier", "second", "les deux", "aucun", "premier"]
    assert (found[0].quote, found[0].reason) == ("mes mots ; « à moi »", 'il dit "soir"')
    assert [one.against for one in found] == [("b1",), ("a2",), (), ("a4", "b4"), ()]


def test_both_of_a_passage_that_one_coded_is_refused():
    assert faults("E01;a1;;bob;soir;;les deux;") == [("2", "« les deux », mais un seul a codé ce passage")]
    assert faults("E01;a1;;bob;soir;;aucun;") == []


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("E01;a1;b1;bob;;;peut-être;", "« decision » vaut « peut-être »"),
        ("E01;a1;b1;bob;;;;", "la case « decision » est vide"),
        ("E01;;b1;bob;;;premier;", "la case « coding » est vide"),
        ("E01;a1;;;;;premier;", "ni autre codage ni autre codeur"),
    ],
)
def test_a_faulty_line_is_told_with_its_place(line, what):
    assert ("3", what) in faults("E01;z1;z2;bob;;;premier;", line)


def test_what_two_lines_contradict_is_refused():
    assert faults("E01;a1;b1;bob;;;premier;", "E01;a1;b1;bob;;;second;") == [
        ("3", f"cette discordance est déjà décidée ({decisions.PLACE}, ligne 2)")
    ]
    # b1 is set aside against a1 and kept against c1
    assert faults("E01;a1;b1;bob;;;premier;", "E01;b1;c1;carl;;;premier;") == [
        ("3", f"cette ligne garde le codage « b1 », que {decisions.PLACE}, ligne 2 met de côté")
    ]
    assert faults("E01;a1;b1;bob;;;les deux;", "E01;b1;;carl;;;second;") == [
        ("3", f"cette ligne met de côté le codage « b1 », que {decisions.PLACE}, ligne 2 garde")
    ]
    alike = "E01;a1;b1;bob;;;premier;", "E01;c1;b1;bob;;;premier;", "E01;a1;;carl;;;premier;"
    assert faults(*alike) == []
    assert faults(*alike, "E01;b1;;carl;;;premier;") == [
        ("5", f"cette ligne garde le codage « b1 », que {decisions.PLACE}, ligne 2 met de côté")
    ]


def test_only_what_was_decided_against_is_set_aside_and_what_is_already_stays():
    codings = frame(*TWO[:-1], TWO[-1] | {"set_aside": "déjà"})
    found, _ = read(
        "E01;a1;b1;bob;;;premier;plus juste",
        "E01;a2;;bob;;;second;",
        "E01;a3;b3;bob;;;les deux;",
        "E02;a4;b4;bob;;;aucun;ni l'un ni l'autre",
        "E01;absent;b2;bob;;;premier;",
        "E01;parti;;bob;;;second;",
    )
    after = decisions.set_aside(codings, found)
    assert after.drop("set_aside").equals(codings.drop("set_aside"))
    assert {name: why for name, why in after.select("coding", "set_aside").iter_rows() if why} == {
        "b1": "plus juste",
        "a2": "désaccord tranché : second",
        "a4": "ni l'un ni l'autre",
        "b4": "déjà",
        "b2": "désaccord tranché : premier",
    }
    assert decisions.set_aside(codings, []).equals(codings)
    assert decisions.set_aside(codings.clear(), found).is_empty()


def test_decisions_about_codings_that_are_no_more_are_gone():
    found, _ = read(
        "E01;a1;b1;bob;soir;mots;premier;juste",
        "E01;parti;b2;bob;;;second;",
        "E01;parti;aussi;bob;;;second;",
        "E01;a2;;bob;;;aucun;",
    )
    table = tables.check("themes/resolutions", decisions.resolutions(found, frame(*TWO)))
    rows = {row["coding"] + str(row["other_coding"]): row for row in table.iter_rows(named=True)}
    assert [(key, row["decision"], row["state"], row["missing"]) for key, row in sorted(rows.items())] == [
        ("a1b1", "first", "applied", None),
        ("a2None", "neither", "applied", None),
        ("partiaussi", "second", "gone", "parti · aussi"),
        ("partib2", "second", "gone", "parti"),
    ]
    assert (rows["a1b1"]["theme"], rows["a1b1"]["quote"], rows["a1b1"]["reason"]) == ("soir", "mots", "juste")
    assert decisions.resolutions([], frame()).is_empty()


def test_a_decision_bears_the_name_of_the_discordance_that_it_is_about():
    for row in found_in(THREE).iter_rows(named=True):
        line = ";".join(["E01", row["coding"], row["other_coding"] or "", row["other_coder"], "", "", "premier", ""])
        ((decided,), problems) = read(line)
        assert problems == [] and decided.discordance == row["discordance"]


def test_a_coder_is_named_after_the_folder_as_a_cell_that_names_it_is_read():
    # macOS writes « é » in names of folders as two characters
    for folder in ("zoé", "zoe\u0301", "zoe\u0301 b", "zoé  b "):
        coder = folder_coder(f"resources/codings/{folder}/c.csv")
        rows = [coding("a", "ana", "E01", 2, "Je rentre"), coding("z", coder, "E01", 4, "On ferme")]
        (name,) = found_in(rows).filter(coding="a")["discordance"]
        ((decided,), problems) = read(f"E01;a;;{coder};;;premier;")
        assert problems == [] and decided.discordance == name
