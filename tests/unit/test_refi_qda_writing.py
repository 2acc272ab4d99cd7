"""The study as a REFI-QDA project: valid, read back by us and by another library, the same whatever else it holds."""

import io
import re
import unicodedata
import zipfile
from itertools import takewhile
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import refi_study as made
from places import PROGRAM
from verbatim import anchoring
from verbatim.anchors import document
from verbatim.codings import StudyText, refi_qda
from verbatim.exchange.refi_qda import guid, read_codebook
from verbatim.exchange.refi_qda.grid_codes import codebook, described, description
from verbatim.exchange.refi_qda.grid_file import slug, to_yaml
from verbatim.exchange.refi_qda.losses import losses
from verbatim.exchange.refi_qda.variables import kind
from verbatim.exchange.refi_qda.writing import project
from verbatim.grid import Theme, themes

Q = "{urn:QDA-XML:project:1.0}"
PLACE = "resources/codings/x/study.qdpx"
KEPT = ["coder", "interview", "turn", "start", "end", "quote", "theme", "memo", "hypothesis", "stance"]


def opened(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return etree.fromstring(members["project.qde"]), members


def schema():
    return etree.XMLSchema(etree.parse(str(PROGRAM / "tests/data/refi_qda/REFI-QDA-Project.xsd")))


def back(data, study=None, documents=None):
    text = study or made.study_text()
    reading = refi_qda.read(data, PLACE, "x", text)
    assert not reading.problems, reading.problems
    documents = documents or text.documents
    found = anchoring.anchor(reading.codings, documents, {}, None)
    return anchoring.codings_table(found, documents, str), reading


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"codings": made.codings().clear()},
        {"themes": [], "codings": made.codings().clear(), "hypotheses": []},
        {"turns": made.turns().clear(), "interviews": made.interviews().clear(), "codings": made.codings().clear()},
        {"interviews": made.interviews().select("interview"), "date": "", "palette": [], "title": ""},
    ],
)
def test_what_is_written_is_valid(other):
    root, members = opened(project(made.study(**other)))
    checked = schema()
    assert checked.validate(root), checked.error_log
    assert next(iter(members)) == "project.qde"
    assert all(name.startswith("sources/") and b"\r" not in text for name, text in members.items() if "/" in name)


def test_positions_are_code_points_of_the_text_half_open():
    root, members = opened(project(made.study()))
    seen = []
    for source in root.iter(f"{Q}TextSource"):
        text = members["sources/" + source.get("plainTextPath").removeprefix("internal://")].decode()
        for one in source.iter(f"{Q}PlainTextSelection"):
            seen.append(text[int(one.get("startPosition")) : int(one.get("endPosition"))])
            assert seen[-1] == one.get("name")
    assert sorted(seen) == sorted(made.codings().filter(pl.col("anchor") != "lost")["quote"])


def test_what_is_written_is_read_back_the_same():
    new, reading = back(project(made.study()))
    old = made.codings().filter(pl.col("anchor") != "lost")
    assert new.select(KEPT).sort(KEPT).equals(old.select(KEPT).sort(KEPT))
    assert set(new["anchor"]) == {"intact"}
    assert [u.n for u in reading.unread if u.what == "places dites douteuses à l'export"] == [1]


def test_another_library_reads_the_same(tmp_path):
    refi = pytest.importorskip("pyrefiqda")
    (tmp_path / "s.qdpx").write_bytes(project(made.study()))
    other = refi.RefiProject.load(str(tmp_path / "s.qdpx"), str(tmp_path / "out"))
    names = {code.guid: code.name for first in other.code_book.codes.code for code in (first, *first.code)}
    assert names == {guid("code", theme.id): theme.title for theme in made.THEMES}
    users = {user.guid: user.name for user in other.users.user}
    assert set(users.values()) == {"marie", "paul"}
    told = []
    for source in other.sources.text_source:
        path = refi.RefiProject.resolve_source_path(source.plain_text_path, tmp_path / "out")
        text = path.read_text(encoding="utf-8")
        for one in source.plain_text_selection:
            (coding,) = one.coding
            words = text[one.start_position : one.end_position]
            told.append((source.name, words, names[coding.code_ref.target_guid], users[coding.creating_user]))
    titles = {theme.id: theme.title for theme in made.THEMES}
    rows = made.codings().filter(pl.col("anchor") != "lost").select("interview", "quote", "theme", "coder").rows()
    assert sorted(told) == sorted((i, q, titles[t], c) for i, q, t, c in rows)


def test_guids_and_bytes_stay_when_another_interview_comes():
    whole = made.study()
    part = made.study(
        turns=made.turns().filter(pl.col("interview") == "A01"),
        interviews=made.interviews().filter(pl.col("interview") == "A01"),
        codings=made.codings().filter(pl.col("interview") == "A01"),
    )
    (one, members), (two, others) = opened(project(part)), opened(project(whole))
    assert {e.get("guid") for e in one.iter()} <= {e.get("guid") for e in two.iter()}
    assert members.items() - {("project.qde", members["project.qde"])} <= others.items()
    shuffled = made.study(turns=made.turns().reverse(), codings=made.codings().reverse())
    assert project(shuffled) == project(whole)


def test_suggested_and_set_aside_codings_stay_in_the_study():
    rows = made.codings().with_columns(
        origin=pl.when(pl.col("coding") == "c1").then(pl.lit("suggested")).otherwise("origin"),
        set_aside=pl.when(pl.col("coding") == "c4").then(pl.lit("doublon")).otherwise("set_aside"),
    )
    study = made.study(codings=rows)
    root, _ = opened(project(study))
    assert len(list(root.iter(f"{Q}Coding"))) == 3
    told = dict(losses(study).select("quoi", "nombre").rows())
    assert told["codages suggérés (acceptés ou non)"] == told["codages écartés par une personne"] == 1
    assert told["codages perdus"] == told["codages douteux"] == 1


def test_lost_codings_and_hypotheses_are_notes_in_sets():
    root, _ = opened(project(made.study()))
    notes = {note.get("guid"): note.findtext(f"{Q}PlainTextContent") for note in root.iter(f"{Q}Note")}
    sets = {
        one.get("name"): [notes[m.get("targetGUID")] for m in one.iter(f"{Q}MemberNote")]
        for one in root.iter(f"{Q}Set")
    }
    assert "plus personne ne le dit" in sets["Codages perdus"][0] and "Perdu ?" in sets["Codages perdus"][0]
    assert len(sets["Hypothèse : Déclin"]) == 2
    assert len(sets["Codages douteux, à vérifier"]) == 1


def test_attributes_are_typed_variables_of_cases():
    root, _ = opened(project(made.study()))
    types = {v.get("name"): v.get("typeOfVariable") for v in root.iter(f"{Q}Variable")}
    assert types == {"panel": "Text", "age": "Integer", "taille": "Float", "code": "Text", "jour": "Date"}
    first = next(root.iter(f"{Q}Case"))
    assert {v[1].tag.removeprefix(Q): v[1].text for v in first.iter(f"{Q}VariableValue")} == {
        **{"TextValue": "x", "IntegerValue": "34", "FloatValue": "1.5", "DateValue": "2021-03-04"}
    }
    assert kind([]) == "Text" and kind(["007"]) == "Text"


def test_characters_that_xml_cannot_hold_are_left_out_and_positions_stay():
    said = made.turns().with_columns(text=pl.col("text").str.replace("Et puis rien", "Et\x0b\r\npuis\x01 rien"))
    rows = made.codings().filter(pl.col("turn") == 4).with_columns(pl.col("start", "end") + 3)
    memos = rows.with_columns(memo=pl.lit("a\x02b\ufffec"))
    study = made.study(turns=said, codings=memos)
    root, members = opened(project(study))
    assert schema().validate(root)
    text = members[f"sources/{guid('source', 'A01')}.txt"].decode()
    assert text.count("\n") == 4
    assert "l'atelier a fermé en décembre" in {
        text[int(s.get("startPosition")) : int(s.get("endPosition"))] for s in root.iter(f"{Q}PlainTextSelection")
    }
    assert (
        dict(losses(study).select("quoi", "nombre").rows())["fins de ligne et caractères de contrôle dans un tour"] == 4
    )


LETTERS = [*"aeio nrst.,?'", "é", "œ", "e\u0301", "😀", "𝄞", "👩\u200d👧", "\u00a0", "–", "…", "ß"]


def hard_text(random):
    """A turn of 95,000 code points, then some of any letters, and passages that begin and end with a letter."""
    long = " ".join(f"{k}{random.choice(['é', '😀', '𝄞', 'œ', ''])}" for k in range(17_000))
    short = ("".join(random.choices(LETTERS, k=random.randrange(3, 60))) for _ in range(5))
    texts = {1: long, **dict(enumerate((f"début {text} fin {k}" for k, text in enumerate(short)), 2))}
    rows = []
    for turn, text in texts.items():
        edges = [k for k, letter in enumerate(text) if letter.isalnum()]
        start, last = sorted(random.sample(edges[-60:], 2))
        end = last + 1 + sum(1 for _ in takewhile(unicodedata.combining, text[last + 1 :]))
        rows.append((f"c{turn}", "A", turn, start, end, text[start:end]))
    return texts, rows


@settings(max_examples=8)
@given(st.integers(0, 10**9))
def test_after_a_hundred_thousand_code_points_with_emoji_codings_are_where_they_were(seed):
    texts, rows = hard_text(Random(seed))
    assert len(texts[1]) > 90_000
    columns = ("coding", "interview", "turn", "start", "end", "quote")
    about = {"theme": "metier", "coder": "marie", "origin": "human", "anchor": "intact"}
    about |= dict.fromkeys(("memo", "hypothesis", "stance", "set_aside"))
    table = pl.DataFrame(rows, schema=columns, orient="row").with_columns(
        **{name: pl.lit(value, pl.String) for name, value in about.items()}
    )
    said = pl.DataFrame({"interview": "A", "turn": list(texts), "speaker": "A", "text": list(texts.values())})
    data = project(made.study(turns=said, interviews=pl.DataFrame({"interview": ["A"]}), codings=table))
    root, members = opened(data)
    source = members[f"sources/{guid('source', 'A')}.txt"].decode()
    got = [source[int(s.get("startPosition")) : int(s.get("endPosition"))] for s in root.iter(f"{Q}PlainTextSelection")]
    assert got == [quote for *_, quote in rows]
    new, _ = back(data, StudyText({"metier": "Le métier"}, {"A": document(texts)}))
    assert new.select("turn", "start", "end", "quote").sort("turn").rows() == [row[2:] for row in rows]


def test_the_grid_comes_back_from_its_codebook():
    data = codebook(made.THEMES, ["#0072B2"], "Verbatim")
    codes = read_codebook(data, "grid.qdc")
    found = themes(to_yaml(codes))
    kept = [(t.id, t.title, t.parent, t.definition, t.inclusion, t.exclusion, t.example) for t in made.THEMES]
    assert [(t.id, t.title, t.parent, t.definition, t.inclusion, t.exclusion, t.example) for t in found] == kept
    assert codes[1].colour == codes[0].colour == "#0072B2"
    assert described(description(made.THEMES[0]))["exclusion"] == "Horaires."


def test_another_library_reads_the_codebook(tmp_path):
    refi = pytest.importorskip("pyrefiqda")
    (tmp_path / "g.qdc").write_bytes(codebook(made.THEMES, [], "Verbatim"))
    book = refi.RefiCodebook.load(str(tmp_path / "g.qdc"))
    assert [code.name for first in book.codes.code for code in (first, *first.code)] == [t.title for t in made.THEMES]


def test_a_foreign_codebook_becomes_a_grid_whose_ids_are_unique():
    xml = (
        '<?xml version="1.0"?><CodeBook xmlns="urn:QDA-XML:codebook:0.4"><Codes>'
        '<Code guid="{A1}" name="Œuvre &amp; goût" isCodable="false"><Code guid="{A2}" name="Autre" isCodable="true"/>'
        '</Code><Code guid="{A3}" name="Autre" isCodable="true"><Description>Dit : ceci.\nInclure : cela.</Description>'
        '</Code><Code guid="{A4}" name="9 lignes" isCodable="true"/><Code guid="{A5}" name="日本" isCodable="true"/>'
        "</Codes></CodeBook>"
    )
    found = themes(to_yaml(read_codebook(xml.encode(), "x.qdc"), [Theme("neuf", "9 Lignes", "", 0)]))
    assert [t.id for t in found] == ["oeuvre_gout", "autre", "autre_2", "neuf", "code"]
    assert (found[2].definition, found[2].inclusion) == ("Dit : ceci.", "cela.")


@given(st.text(max_size=80))
def test_an_identifier_is_made_of_any_name(name):
    assert re.fullmatch("[a-z][a-z0-9_]{1,47}", slug(name), re.ASCII)
