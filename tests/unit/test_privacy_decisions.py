"""Decisions: read with all their faults, proposed, moved, and applied to what stands again."""

import csv
import io

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from places import PROGRAM
from verbatim import tables
from verbatim.privacy import decisions, findings, review
from verbatim.privacy.decisions import Decision
from verbatim.privacy.names import NameFinder, Vocabulary
from verbatim.privacy.passages import Passages, digest, normal_text, normalise
from verbatim.problems import StudyError

TEMPLATE = PROGRAM / "workflow/report/revue.html.j2"
KEY = b"k" * 64
KNOWN = "rose est venue hier avec et chez la une"
VOCABULARY = Vocabulary({form: {"NOUN"} for form in KNOWN.split()})
HEAD = "digest,kind,decision,replacement,text,reason,date\n"


def turns_of(*texts):
    rows = [("E1", i, "P", "participant", None, None, None, text) for i, text in enumerate(texts, 1)]
    return pl.DataFrame(rows, schema=tables.empty("private/turns").schema, orient="row")


def found_in(turns, standing=(), words=()):
    found = findings.find(turns, tables.empty("private/annotation"), NameFinder(VOCABULARY), words)
    return tables.check("private/findings", findings.decide(turns, found, standing, KEY, VOCABULARY))


def digest_of(passage):
    return digest(KEY, passage)


@given(st.text("aÉ é’'ßİ \t\u00a0Ⅷ-_", max_size=12), st.text("bÔ '\n", max_size=6))
def test_the_normal_form_of_a_part_is_the_part_of_the_normal_form(before, after):
    whole, offsets = normal_text(before + after)
    assert len(whole) == len(offsets)
    assert offsets == sorted(offsets)
    assert normalise(before) == normalise(normalise(before))
    assert normalise(before + " " + after) == " ".join([normalise(before), normalise(after)]).strip()


def test_a_digest_knows_neither_case_nor_apostrophes_nor_spaces_but_its_key():
    assert digest(KEY, "L’Oréal  Paris") == digest(KEY, "l'oréal\u00a0paris")
    assert digest(KEY, "e\u0301") == digest(KEY, "É")
    assert digest(KEY, "Oréal") != digest(b"x" * 64, "Oréal")
    assert len(digest(KEY, "x")) == 24


def test_known_passages_are_found_as_whole_words_nested_ones_too():
    index = Passages(["Bastien", "bastien vauquelin", "+33 6"])
    text = "Bastien  Vauquelin, bastiens, bastien vauquelins, +33 6"
    assert [text[a:b] for a, b, _ in index.find(text)] == ["Bastien", "Bastien  Vauquelin", "bastien", "+33 6"]


def test_a_missing_or_short_key_says_how_to_make_one():
    for data in (None, b"", b"court\n"):
        with pytest.raises(StudyError, match=r"secrets\.token_hex"):
            decisions.read_key(data)
    assert decisions.read_key(b"\xef\xbb\xbf" + KEY + b"\n") == KEY


def test_every_fault_of_the_file_is_told_with_its_line():
    good, other = digest_of("Rose"), digest_of("Vitré")
    lines = [
        f"{good},person,garder,,Rose,,2022-06-30",
        f"{other},place,cacher,,,,",
        f"{other},lieu,mask,,,,",
        "xyz,place,mask,,,,",
        f"{other},place,masquer,,Vitré,,",
        f"{good},person,mask,,,,",
        f"{digest_of('a')},person,Remplacer,,,,",
        f"{digest_of('b')},person,accept,,Marie,,",
        f"{digest_of('c')},person,replace,Mme Vitré,,,",
    ]
    with pytest.raises(StudyError) as error:
        decisions.read((HEAD + "\n".join(lines)).encode(), "decisions.csv", KEY)
    told = sorted((int(p.place.rpartition(" ")[2]), p.what.partition(" «")[0]) for p in error.value.problems)
    assert [line for line, _ in told] == [3, 4, 5, 6, 7, 8, 9, 10]
    assert told[3][1] == "le texte en clair d'un passage masqué"
    assert told[4][1] == "cette empreinte est déjà à la ligne 2"
    assert told[7][1] == "le remplacement contient un passage masqué (ligne 6)"


def test_a_file_without_its_columns_or_not_in_utf8_is_told():
    with pytest.raises(StudyError, match="colonne"):
        decisions.read(b"digest,decision\n", "decisions.csv", KEY)
    with pytest.raises(StudyError, match="UTF-8"):
        decisions.read("digest,é".encode("cp1252"), "decisions.csv", KEY)


def test_french_words_semicolons_and_bom_are_read():
    text = "\ufeff" + HEAD.replace(",", ";") + f"{digest_of('Rose')};person;Garder;;Rose;prénom courant;2022-06-30\n"
    expected = Decision(digest_of("Rose"), "person", "accept", "", "Rose", "prénom courant", "2022-06-30")
    assert decisions.read(text.encode(), "decisions.csv", KEY) == [expected]
    assert decisions.read(decisions.to_csv([expected]).encode(), "decisions.csv", KEY) == [expected]


def test_default_masks_are_numbered_by_line_and_later_lines_change_none():
    first = [Decision("a", "person", "mask"), Decision("b", "place", "mask"), Decision("c", "person", "accept")]
    first += [Decision("d", "person", "mask", "[la cheffe]"), Decision("e", "person", "mask")]
    standing = decisions.substitutes(first)
    assert standing == {"a": "[personne 1]", "b": "[lieu 1]", "d": "[la cheffe]", "e": "[personne 2]"}
    later = decisions.substitutes([*first, Decision("f", "person", "mask"), Decision("g", "person", "replace", "Anne")])
    assert later == {**standing, "f": "[personne 3]", "g": "Anne"}


def test_joining_adds_new_decisions_at_the_end_and_changes_old_ones_in_place():
    standing = [Decision("a", "person", "mask", date="2022-01-01"), Decision("b", "place", "accept")]
    joined = decisions.join(standing, [Decision("c", "place", "mask"), Decision("a", "person", "accept")], "2022-06-30")
    assert [(d.digest, d.decision, d.date) for d in joined] == [
        ("a", "accept", "2022-06-30"),
        ("b", "accept", ""),
        ("c", "mask", "2022-06-30"),
    ]


def test_a_type_is_one_whatever_its_writing_and_of_the_weightiest_kind():
    found = found_in(turns_of("Madame Perrot est venue", "avec PERROT hier et Perrot"))
    assert found["kind"].to_list() == ["person"] * 3
    assert found["digest"].n_unique() == 1
    (one,) = findings.types(found, turns_of("Madame Perrot est venue", "avec PERROT hier et Perrot"), VOCABULARY)
    assert (one.text, one.n, one.suggestion) == ("Perrot", 3, "mask")


def test_words_of_the_study_are_found_in_any_case_and_only_the_longest_of_nested_passages():
    found = found_in(turns_of("chez la rose et chez Rose Vauquelin"), words=["rose"])
    assert found.select("text", "kind").rows() == [("rose", "word"), ("Rose Vauquelin", "capital")]


def test_what_was_masked_is_found_again_by_its_hash_without_any_clear_form():
    standing = [
        Decision(digest_of("Vauquelin"), "person", "mask"),
        Decision(digest_of("Rose"), "person", "replace", "Anne"),
    ]
    found = found_in(turns_of("hier vauquelin est venue", "une rose et ROSE"), standing)
    assert found.select("turn", "text", "decision", "replacement").rows() == [
        (1, "vauquelin", "mask", "[personne 1]"),
        (2, "ROSE", "replace", "Anne"),
    ]


def test_the_proposal_holds_what_is_undecided_and_comes_back_without_clear_text_of_what_is_masked():
    turns = turns_of("hier Vauquelin et Perrot", "Perrot est venue avec Ferrand, +33 6 12 34 56 78")
    found = found_in(turns, [Decision(digest_of("Ferrand"), "person", "accept")])
    text = review.proposal(findings.types(found, turns, VOCABULARY))
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert [(r["text"], r["n"]) for r in rows] == [("'+33 6 12 34 56 78", "1"), ("Perrot", "2"), ("Vauquelin", "1")]
    rows[0]["decision"], rows[1]["decision"] = "garder", "masquer"
    out = io.StringIO()
    writer = csv.DictWriter(out, decisions.PROPOSAL, delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    decided, n_left = decisions.read_decided(out.getvalue().encode(), "propositions.csv", KEY)
    assert n_left == 1
    assert [(d.decision, d.text) for d in decided] == [("accept", "+33 6 12 34 56 78"), ("mask", "")]


def test_a_spoilt_text_is_dropped_and_decisions_without_use_are_counted():
    text = HEAD + f"{digest_of('06')},phone,garder,,6,,\n"
    decided, _ = decisions.read_decided(text.encode(), "x.csv", KEY)
    assert decided[0].text == ""
    assert decisions.unused(decided, set()) == [1]
    assert decisions.unused(decided, {digest_of("06")}) == []


def test_a_long_interview_without_any_capital_is_refused():
    long = turns_of("une rose est venue hier " * 60)
    assert [p.place for p in findings.without_capitals(long)] == ["entretien E1"]
    assert findings.without_capitals(turns_of("une rose est venue hier " * 59 + "Rose est venue hier la")) == []
    assert findings.without_capitals(turns_of("une rose est venue")) == []


def test_the_page_escapes_what_was_said_and_fetches_nothing():
    template = TEMPLATE.read_text(encoding="utf-8")
    turns = turns_of("""avec <script>alert(1)</script> Vau"quelin&co et Vauquelin hier""")
    page = review.page(findings.types(found_in(turns), turns, VOCABULARY), template, "block", 9)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>Vau</mark>&#34;quelin" in page
    for sign in ("http://", "https://", "src=", "<link", "@import", "url("):
        assert sign not in page
    assert "make accept WHAT=privacy" in page


def test_the_page_says_when_nothing_is_left_to_decide():
    template = TEMPLATE.read_text(encoding="utf-8")
    turns = turns_of("avec Vauquelin hier")
    found = found_in(turns, [Decision(digest_of("Vauquelin"), "person", "mask")])
    types = findings.types(found, turns, VOCABULARY)
    for shown in (types, []):
        page = review.page(shown, template, "block", 3)
        assert "Plus rien à décider" in page
        assert "<article" not in page
        assert "<script" not in page
    assert "[personne 1]" in review.page(types, template, "block", 3)


def test_what_is_put_forward_is_to_mask_save_for_common_references():
    texts = ["madame Perrot, Rose, la SNPE et madame Rose"] * 3
    turns = turns_of(*texts).with_columns(interview=pl.Series(["E1", "E2", "E3"]))
    found = found_in(turns, words=["snpe"]).with_columns(kind=pl.col("kind").replace("word", "organisation"))
    forward = {one.text: one.suggestion for one in findings.types(found, turns, VOCABULARY)}
    assert forward == {"Perrot": "mask", "Rose": "accept", "SNPE": "accept"}
    forward = {one.text: one.suggestion for one in findings.types(found[:4], turns, VOCABULARY)}
    assert forward["Rose"] == "mask"
