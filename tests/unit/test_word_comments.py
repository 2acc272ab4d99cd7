"""Comments of Word and LibreOffice read as codings: what people and programs do to such files."""

import io
import shutil
import subprocess
import zipfile

import docx
import pytest
from lxml import etree

from coded_study import SAID, STUDY, TURNS, WORD, read
from commented_documents import Document, w
from verbatim import codings
from verbatim.codings import coders, commented_texts
from verbatim.codings.word_comments import commented_text
from verbatim.exchange import zip_files
from verbatim.exchange.coding_documents import Coded, document

PLACE = "resources/codings/claire/E01.docx"
PERDUE = "j'étais perdue"


def reading(data, name="E01.docx", coder="claire", study=STUDY):
    return codings.read(data, f"resources/codings/{coder}/{name}", coder, study)


def told(found):
    return [(one.turn, one.quote, one.theme, one.memo) for one in found.codings]


def one(text, **options):
    return reading(Document(WORD["E01"]).mark(1, 2, PERDUE, text=text, **options).save())


def test_every_number_of_turn_is_read_back():
    for name, own in SAID.items():
        text = commented_text(WORD[name], name)
        found = commented_texts.turns_of(text.text, text.marks)
        assert [turn.number for turn in found] == list(range(1, len(own) + 1))
        assert [text.text[t.start : t.end].strip("\n") for t in found] == [said for _, _, said in own]
        bare = commented_texts.turns_of(text.text, [])
        assert [(turn.number, turn.start) for turn in bare] == [(turn.number, turn.start) for turn in found]


def test_words_over_turns_run_on_from_the_first():
    data = Document(WORD["E01"]).mark(1, 4, ("c'est froid", "j'étais avec"), last_turn=5, text="isolement").save()
    (coding,) = reading(data).codings
    assert (coding.turn, coding.quote) == (4, "c'est froid » : voilà. Moi j'étais avec")
    assert coding.after == "d'autres ; on s'aidait 👍 entre nous." and coding.before.endswith("l’écran… «")


def test_several_themes_and_lines_give_a_coding_each():
    found = one("Isolement, RITUELS : ensemble\ngain d'efficacité\nsuite du mémo [alliance : contre]")
    assert [(c.theme, c.memo, c.stance) for c in found.codings] == [
        ("isolement", "ensemble", None),
        ("rituels", "ensemble", None),
        ("gain_efficacite", "suite du mémo", "against"),
    ]
    assert len({c.coding for c in found.codings}) == 3


def test_answers_join_the_memo_or_code_when_they_name_a_theme():
    document = Document(WORD["E01"]).mark(1, 2, PERDUE, text="isolement : seule")
    document.comment(2, "Paul", "pas si sûr", answers=1)
    found = reading(document.save())
    assert told(found) == [(2, PERDUE, "isolement", "seule — Paul : pas si sûr")]
    assert found.codings[0].coder == "claire"
    assert [(u.what, u.n) for u in found.unread] == [("réponses à un commentaire", 1)]
    document.comment(3, "Paul", "rituels : plutôt", answers=2)
    both = reading(document.save())
    assert [(c.coder, c.theme, c.quote) for c in both.codings] == [
        ("claire", "isolement", PERDUE),
        ("claire_paul", "rituels", PERDUE),
    ]


def test_a_resolved_comment_counts():
    document = Document(WORD["E01"]).mark(1, 2, PERDUE, text="isolement")
    document.extended[0].set(document.extended[0].keys()[1], "1")
    assert told(reading(document.save())) == [(2, PERDUE, "isolement", None)]


@pytest.mark.parametrize(
    ("text", "options", "what"),
    [
        ("isolment : x", {}, "thème inconnu « isolment »"),
        ("", {}, "commentaire vide"),
        ("isolement [alliance : peut]", {}, "position inconnue"),
        ("isolement", {"has_range": False}, "n'est posé sur aucun mot"),
    ],
)
def test_faults_say_which_comment(text, options, what):
    found = one(text, **options)
    (problem,) = found.problems
    assert what in problem.what and problem.place.startswith(f"{PLACE}, commentaire 1") and problem.mend
    assert not found.codings
    assert "tour 2" in problem.place or options


def test_words_outside_the_turns_are_a_fault():
    document = Document(WORD["E01"])
    document.turn = lambda number: next(
        p for p in document.root.iter(w("p")) if "Comment coder" in "".join(p.itertext())
    )
    (problem,) = reading(document.mark(1, 1, "Comment", text="isolement").save()).problems
    assert "n'est posé sur aucun mot d'un tour" in problem.what


@pytest.mark.parametrize(("text", "options"), [("note : à revoir", {}), ("à revoir", {"has_range": False})])
def test_what_is_no_coding_is_told(text, options):
    found = one(text, **options)
    assert not found.codings and not found.problems and [u.n for u in found.unread] == [1]


def test_the_same_comment_twice_is_kept_once_and_the_same_words_elsewhere_twice():
    document = Document(WORD["E01"])
    document.mark(1, 2, PERDUE, text="isolement").mark(2, 2, PERDUE, text="isolement")
    found = reading(document.save())
    assert len(found.codings) == 1 and [u.what for u in found.unread] == ["codages donnés deux fois"]
    places = Document(WORD["E01"])
    places.mark(1, 2, ("gagné du temps. Oui", "gagné du temps"), text="rituels")
    second = places.said(places.turn(2)).rindex("gagné du temps")
    places.said = lambda p: "\0" * second + "gagné du temps, voilà." if p is places.turn(2) else ""
    places.mark(2, 2, "gagné du temps", text="rituels")
    found = reading(places.save())
    first, other = sorted(found.codings, key=lambda c: c.start)
    assert first.quote == other.quote and other.coding == f"{first.coding}-2" and first.start < other.start


def test_tracked_changes_are_read_as_before_them():
    document = Document(WORD["E01"]).mark(1, 2, "j'étais perdue, mais", text="isolement")
    run = document.at(document.turn(2), document.said(document.turn(2)).index("perdue"))
    document.at(document.turn(2), document.said(document.turn(2)).index(", mais"))
    deleted, inserted = etree.Element(w("del")), etree.Element(w("ins"))
    run.addprevious(deleted)
    deleted.append(run)
    run.find(w("t")).tag = w("delText")
    deleted.addnext(inserted)
    etree.SubElement(etree.SubElement(inserted, w("r")), w("t")).text = "contente"
    found = reading(document.save())
    assert told(found) == [(2, "j'étais perdue, mais", "isolement", None)]
    assert {u.what: u.n for u in found.unread} == {"insertions suivies": 1, "suppressions suivies": 1}


def test_turns_keep_their_numbers_when_the_text_is_edited():
    document = Document(WORD["E01"]).mark(1, 4, "à la maison".capitalize().replace("A", "À"), text="isolement")
    document.mark(2, 5, "avec d'autres", text="rituels").mark(3, 2, "perdue", text="isolement")
    fourth, fifth, second = (document.turn(n) for n in (4, 5, 2))
    # the number mistyped, a label deleted, and two turns joined in one paragraph
    next(fourth.iter(w("t"))).text = "[44] "
    for run in [*fifth.iter(w("r"))][:2]:
        fifth.remove(run)
    first = document.turn(1)
    for child in [*second][1:]:
        first.append(child)
    second.getparent().remove(second)
    assert sorted((c.turn, c.quote) for c in reading(document.save()).codings) == [
        (2, "perdue"),
        (4, "À la maison"),
        (5, "avec d'autres"),
    ]


def test_a_turn_cut_in_two_paragraphs_is_still_one():
    document = Document(WORD["E01"]).mark(1, 2, "perdue, mais j'ai", text="isolement")
    second = document.turn(2)
    tail = etree.Element(w("p"))
    run = document.at(second, document.said(second).index(" mais"))
    for child in [run, *run.itersiblings()]:
        tail.append(child)
    second.addnext(tail)
    ((turn, quote, *_),) = told(reading(document.save()))
    assert turn == 2 and quote.split() == ["perdue,", "mais", "j'ai"]


def test_a_transcript_of_ones_own_is_laid_on_the_interview():
    made = docx.Document()
    for _, who, text in SAID["E01"]:
        made.add_paragraph(f"{who} : {text}")
    out = io.BytesIO()
    made.save(out)
    document = Document(out.getvalue())
    document.turn = lambda number: next(
        p for p in document.root.iter(w("p")) if "perdue" in "".join(p.itertext(w("t")))
    )
    found = reading(document.mark(1, 2, PERDUE, text="isolement").save(), "sans_nom.docx")
    ((turn, quote, *_),) = told(found)
    assert (turn, quote) == (2, PERDUE)


@pytest.mark.parametrize(
    ("name", "kept", "interview"),
    [
        ("E01_relu par Paul.docx", False, "E01"),
        ("e01 (2).docx", False, "E01"),
        ("sans nom.docx", True, "E01"),
        ("sans nom.docx", False, "E01"),
    ],
)
def test_the_interview_is_that_of_the_name_or_the_property_or_the_words(name, kept, interview):
    document = Document(WORD["E01"]).mark(1, 2, PERDUE, text="isolement")
    if not kept:
        document.members["docProps/custom.xml"] = document.members["docProps/custom.xml"].replace(b"E01", b"?")
    (coding,) = reading(document.save(), name).codings
    assert coding.interview == interview


def test_a_name_that_the_words_contradict_is_a_fault():
    found = reading(Document(WORD["E01"]).mark(1, 2, PERDUE, text="isolement").save(), "E02.docx")
    assert not found.codings and "ce sont les mots de E01" in found.problems[0].what


def test_several_authors_are_never_one_coder():
    assert coders.coders_of(["Utilisateur"], "claire") == {"Utilisateur": "claire"}
    assert coders.coders_of(["Claire Dupont", "Paul É."], "claire") == {
        "Claire Dupont": "claire",
        "Paul É.": "claire_paul_e",
    }
    assert coders.coders_of(["A", "B"], "claire") == {"A": "claire_a", "B": "claire_b"}
    assert coders.coders_of(["Claire D", "Claire M"], "claire") == {
        "Claire D": "claire_claire_d",
        "Claire M": "claire_claire_m",
    }
    document = Document(WORD["E01"]).mark(1, 2, PERDUE, text="isolement", author="Claire")
    found = reading(document.mark(2, 2, PERDUE, text="isolement", author="Paul").save())
    assert {c.coder for c in found.codings} == {"claire", "claire_paul"} and len(found.codings) == 2


def test_another_author_in_another_file_of_the_folder_is_told():
    first = reading(Document(WORD["E01"]).mark(1, 2, PERDUE, text="isolement", author="Claire").save())
    other = reading(Document(WORD["E02"]).mark(1, 2, "le dossier", text="isolement", author="Paul").save(), "E02.docx")
    (said,) = coders.differing_authors([("a/E01.docx", first), ("a/E02.docx", other)])
    assert said.file == "a/E02.docx" and "Paul" in said.what and "Claire" in said.why
    assert not coders.differing_authors([("a", first), ("b", first)])


def bad_files():
    members = zip_files.unpack(WORD["E01"], "x", "y")
    entities = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        f'<!ENTITY e{n} "{"&a;" * 20}">'.encode() for n in range(2000)
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        archive.writestr("../../evil.xml", "<a/>")
    bomb = members | {"word/document.xml": b"<a>" + b"&amp;" * 11_000_000 + b"</a>"}
    return {
        "zip slip": (out.getvalue(), "hors de l'archive"),
        "entities": (zip_files.pack(members | {"word/document.xml": entities + b"]><d>&e1;</d>"}), "type de document"),
        "50 MB": (zip_files.pack(bomb), "démesurée"),
        "old .doc": (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "ancien format .doc"),
        "no zip": (b"PK\x03\x04 nothing", "archive abîmée"),
        "cut": (WORD["E01"][:9000], "archive abîmée"),
        "a workbook": (zip_files.pack({"[Content_Types].xml": b"<Types/>"}), "pas un document Word"),
        "empty": (b"", "archive abîmée"),
    }


@pytest.mark.parametrize("kind", sorted(bad_files()))
def test_bad_files_have_one_message_each(kind):
    data, what = bad_files()[kind]
    found = reading(data)
    assert not found.codings and [what in problem.what for problem in found.problems] == [True], found.problems


def test_a_transcript_without_comments_is_told():
    found = reading(WORD["E01"])
    assert not found.codings and not found.problems and [u.what for u in found.unread] == ["transcription sans codage"]


def test_the_same_bytes_each_time_and_nothing_of_the_clock():
    assert document(TURNS.filter(interview="E01"), Coded("Étude")) == WORD["E01"]
    assert b"1980-01-01T00:00:00Z" in zip_files.unpack(WORD["E01"], "x", "y")["docProps/core.xml"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_what_libreoffice_saves_gives_the_same_codings(ending, tmp_path):
    document = Document(WORD["E01"]).mark(1, 2, PERDUE, text="isolement : mémo [alliance : pour]")
    document.mark(2, 4, ("la maison", "j'étais avec"), last_turn=5, text="Rituels", author="Paul")
    data = document.save()
    (tmp_path / "in").mkdir()
    (tmp_path / "in/E01.docx").write_bytes(data)
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = ["soffice", home, "--headless", "--convert-to", ending, "--outdir", tmp_path, tmp_path / "in/E01.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    saved = read({f"E01.{ending}": (tmp_path / f"E01.{ending}").read_bytes()})
    sent = read({"E01.docx": data})
    assert not saved[1] and not sent[1] and len(sent[0]) == 2
    assert [(c.coding, c.coder, c.start, c.row) for c in saved[0]] == [
        (c.coding, c.coder, c.start, c.row) for c in sent[0]
    ]
