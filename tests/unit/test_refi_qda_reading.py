"""Projects of other programs, with the differences that were seen between them (positions, marks, guids, archives)."""

import io
import re
import unicodedata
import zipfile

import pytest
from lxml import etree

import refi_study as made
from places import PROGRAM
from verbatim import anchoring, codings
from verbatim.codings import refi_qda
from verbatim.exchange import zip_files
from verbatim.exchange.refi_qda import read_codebook, read_project

PLACE = "resources/codings/lea/projet.qdpx"
WORDS = "je travaille à l'atelier & j'aime ça"
END = "l'atelier a fermé en décembre"


def read(data, coder="lea", study=None):
    return refi_qda.read(data, PLACE, coder, study or made.study_text())


def statuses(reading, study=None):
    study = study or made.study_text()
    return anchoring.anchor(reading.codings, study.documents, {}, None)


def spans(text, *quotes, count=len):
    """Where quotes stand in `text`, counted by `count` (of what comes before)."""
    return [(count(text[: text.index(q)]), count(text[: text.index(q) + len(q)])) for q in quotes]


def project(text, counted, words=("", ""), data=None, **about):
    inner = "".join(
        made.selection(*span, code, words=word)
        for span, code, word in zip(counted, ("plaisir", "fermeture"), words, strict=True)
    )
    return made.qdpx(made.qde(made.source(inner), **about), {"sources/a.txt": text.encode() if data is None else data})


def found(reading):
    assert not reading.problems, reading.problems
    return [(c.turn, c.quote, c.theme) for c in reading.codings]


EXPECTED = [(2, WORDS, "plaisir"), (4, END, "fermeture")]


def utf16(text):
    return len(text.encode("utf-16-le")) // 2


def windows(text):
    return len(text.replace("\n", "\r\n"))


@pytest.mark.parametrize("words", [("", ""), (WORDS, END)])
@pytest.mark.parametrize("marked", [False, True])
@pytest.mark.parametrize(
    ("ending", "count", "origin"),
    [
        ("\n", len, "Outil"),
        ("\r\n", len, "MAXQDA 2022"),
        ("\r\n", lambda text: len(text.replace("\r\n", "\n")), "ATLAS.ti 22 Windows"),
        ("\n", len, "ATLAS.ti 8 macOS"),
    ],
)
def test_positions_are_code_points_whatever_the_line_ends(ending, count, origin, marked, words):
    text = made.plain(ending=ending)
    data = b"\xef\xbb\xbf" * marked + text.encode()
    reading = read(project(text, spans(text, WORDS, END, count=count), words, data, origin=origin))
    assert found(reading) == EXPECTED
    assert [anchor.status for _, anchor in statuses(reading)] == ["intact", "intact"]


@pytest.mark.parametrize("count", [utf16, windows, lambda text: len(text) + 1], ids=["utf16", "windows", "mark"])
def test_other_ways_of_counting_are_found_out_by_the_words(count):
    text = made.plain()
    counted = spans(text, WORDS, END, count=count)
    reading = read(project(text, counted, (WORDS, END[:12] + "…"), b"\xef\xbb\xbf" + text.encode()))
    assert found(reading) == EXPECTED
    assert any("positions comptées autrement" in unread.what for unread in reading.unread)


@pytest.mark.parametrize("count", [utf16, windows], ids=["utf16", "windows"])
def test_other_ways_of_counting_are_found_out_by_where_words_begin(count):
    text = made.plain()
    quotes = ("je travaille", "dernier", "fermé en décembre", "on n'a rien dit", "même pas")
    inner = "".join(made.selection(*span) for span in spans(text, *quotes, count=count))
    reading = read(made.qdpx(made.qde(made.source(inner)), {"sources/a.txt": text.encode()}))
    assert [coding.quote for coding in reading.codings] == list(quotes)


def test_a_last_position_that_is_inside_is_found_out():
    text = made.plain()
    counted = [(start, end - 1) for start, end in spans(text, WORDS, END)]
    assert found(read(project(text, counted, (WORDS, END)))) == EXPECTED


def test_an_atlas_file_that_counts_line_ends_as_two_is_found_out_by_its_words():
    text = made.plain(ending="\r\n")
    assert found(read(project(text, spans(text, WORDS, END), (WORDS, END), origin="ATLAS.ti 9"))) == EXPECTED


@pytest.mark.parametrize("form", ["NFD", "NFC"])
def test_decomposed_letters_keep_their_positions(form):
    text = unicodedata.normalize(form, made.plain())
    quotes = [unicodedata.normalize(form, quote) for quote in (WORDS, END)]
    assert found(read(project(text, spans(text, *quotes), tuple(quotes)))) == EXPECTED


@pytest.mark.parametrize("name", ["project.qde", "Project.qde", "PROJECT.QDE", "Mon projet.qde", "dossier/project.qde"])
@pytest.mark.parametrize(
    ("folder", "path"),
    [
        ("sources", "internal://a.txt"),
        ("Sources", "internal://a.txt"),
        ("sources", "a.txt"),
        ("sources", "internal:///A.txt"),
    ],
)
def test_archives_are_read_whatever_the_case_of_names_and_the_form_of_paths(name, folder, path):
    text = made.plain()
    inner = made.selection(*spans(text, WORDS)[0])
    data = made.qdpx(made.qde(made.source(inner, path=path)), {f"{folder}/a.txt": text.encode()}, name)
    assert found(read(data)) == EXPECTED[:1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_texts_in_other_encodings_are_read(encoding):
    text = "".join(letter for letter in made.plain() if letter not in "😀𝄞")
    reading = read(project(text, spans(text, WORDS, END), data=text.encode(encoding)))
    assert [coding.quote for coding in reading.codings] == [WORDS, END]


def test_a_text_inside_the_project_and_a_bare_qde_are_read():
    text = made.plain()
    xml = made.qde(made.source(made.selection(*spans(text, WORDS)[0]), content=text))
    assert found(read(xml.encode())) == found(read(made.qdpx(xml))) == EXPECTED[:1]
    assert found(read(b"\xef\xbb\xbf" + xml.encode())) == EXPECTED[:1]


def test_several_users_keep_their_names_and_one_takes_the_folders():
    text = made.plain()
    (one, two) = spans(text, WORDS, END)
    inner = (
        made.selection(*one) + made.selection(*two, "fermeture", "Paul") + made.selection(*two, "plaisir", "Inconnu")
    )
    xml = made.qde(made.source(inner, content=text), users=("Marie", "Paul", "Jamais"))
    reading = read(xml.encode())
    assert [coding.coder for coding in reading.codings] == ["Marie", "Paul", "lea"]
    assert any(unread.what == "utilisateurs qui n'ont rien codé" for unread in reading.unread)
    alone = made.qde(made.source(made.selection(*one), content=text))
    assert [coding.coder for coding in read(alone.encode()).codings] == ["lea"]


def test_memos_come_from_descriptions_notes_and_links():
    text = made.plain()
    (one, two) = spans(text, WORDS, END)
    note = f'<Note guid="{made.new("n")}" name="Titre"><PlainTextContent>Une note</PlainTextContent></Note>'
    note += f'<Note guid="{made.new("l")}" plainTextPath="internal://l.txt"/><Note guid="{made.new("libre")}"/>'
    inside = f'<Description>Un mot</Description><!-- --><NoteRef targetGUID="{made.new("n")}"/>'
    linked = made.selection(*two, "fermeture", name="lié")
    guid = linked.split('guid="')[1].split('"')[0]
    link = f'<Links><Link guid="{made.new("k")}" originGUID="{made.new("l")}" targetGUID="{guid}"/></Links>'
    xml = made.qde(made.source(made.selection(*one, inside=inside) + linked), notes=f"<Notes>{note}</Notes>", more=link)
    reading = read(made.qdpx(xml, {"sources/a.txt": text.encode(), "sources/l.txt": "\ufeffLiée".encode()}))
    assert [coding.memo for coding in reading.codings] == ["Un mot\nUne note", "Liée"]
    assert [unread.n for unread in reading.unread if unread.what == "notes libres"] == [1]


def test_labels_of_speakers_are_no_words_of_the_coding():
    text = made.plain()
    start, end = text.index("en tout ?"), text.index(" dernier, je") + len(" dernier")
    xml = made.qde(made.source(made.selection(start, end), content=text))
    ((coding, anchor),) = statuses(read(xml.encode()))
    assert coding.quote == "en tout ? Depuis l'été 𝄞 dernier"
    assert anchor.status == "doubtful"
    assert {span.turn for span in anchor.spans} == {1, 2}


def test_the_same_word_twice_keeps_its_place():
    text = made.plain()
    last = text.index("Après, oui") + len("Après, ")
    xml = made.qde(made.source(made.selection(last, last + 3), content=text))
    ((coding, anchor),) = statuses(read(xml.encode()))
    assert (coding.turn, coding.start) == (2, made.TURNS["A01"][1][1].rindex("oui"))
    assert (anchor.status, anchor.span.start) == ("intact", coding.start)


def test_an_older_text_leaves_the_finding_to_the_anchoring():
    old = made.plain().replace(
        "Depuis l'été 𝄞 dernier, je travaille", "[00:03] Depuis lété 𝄞 dernier, heu, je travaille"
    )
    old = old.replace("ENQ", "Enquêtrice").replace("A01 :", "Léa :").replace("fermé", "fermmé")
    wrong = END.replace("fermé", "fermmé")
    reading = read(project(old, spans(old, WORDS, wrong)))
    (one, first), (two, second) = statuses(reading)
    assert (one.quote, one.turn, one.start, first.status, first.span.turn) == (WORDS, 2, None, "intact", 2)
    assert (two.quote, two.turn, second.status, second.span.turn) == (wrong, None, "doubtful", 4)
    assert one.before.startswith("combien d'années à l'usine, en tout ?") or "Léa" not in one.before


def test_sources_are_known_by_their_words_under_any_name():
    text = made.plain("B02")
    quote = "on recommence, c'est toute une vie"
    xml = made.qde(made.source(made.selection(*spans(text, quote)[0]), name="Nouveau document 3", content=text))
    assert [(c.interview, c.quote) for c in read(xml.encode()).codings] == [("B02", quote)]


def test_a_source_that_has_the_name_of_an_interview_and_the_words_of_another_is_refused():
    text = made.plain("B02")
    xml = made.qde(made.source(made.selection(0, 10), name="A01", content=text))
    assert "ce sont les mots de B02" in read(xml.encode()).problems[0].what


def test_a_source_of_no_interview_is_told_and_a_file_of_none_refused():
    text, strange = (
        made.plain(),
        "Un tout autre texte, dont personne n'a jamais parlé ici ni ailleurs que je sache.\n" * 3,
    )
    inner = made.source(made.selection(*spans(text, WORDS)[0]), content=text)
    other = made.source(made.selection(0, 13, name="o"), "Pilote", content=strange, guid="o")
    reading = read(made.qde(inner + other).encode())
    assert found(reading) == EXPECTED[:1]
    assert [u.n for u in reading.unread if "Pilote" in u.what] == [1]
    assert "aucune des sources codées" in read(made.qde(other).encode()).problems[0].what


def test_an_unknown_code_in_use_has_its_nearest_and_an_unused_one_is_told():
    text = made.plain()
    codes = (
        made.CODES.format(new_("plaisir"), new_("fermeture"))
        .replace("FERMETURE", "Fermetures")
        .replace("Plaisir d’être à l’oeuvre", "Le goût du geste")
    )
    (two,) = spans(text, END)
    inner = made.selection(*two, "fermeture") + made.selection(*two, "fermeture", "Paul")
    reading = read(made.qde(made.source(inner, content=text), codes).encode())
    (problem,) = reading.problems
    assert "« Fermetures », de 2 codages" in problem.what
    assert "« Fermeture »" in problem.mend
    assert any(u.what == "codes que rien n'emploie" and u.n == 1 for u in reading.unread)


def new_(name):
    return made.new(name)


def test_two_codes_that_would_be_one_theme_are_refused():
    text = made.plain()
    codes = (
        f'<Code guid="{new_("avant")}" name="Avant" isCodable="false"><Code guid="{new_("plaisir")}" name="Fermeture" '
        f'isCodable="true"/></Code><Code guid="{new_("fermeture")}" name="fermeture" isCodable="true"/>'
    )
    reading = read(project(text, spans(text, WORDS, END), codes=codes))
    assert "« Avant / Fermeture » et « fermeture » seraient le même thème" in reading.problems[0].what


def test_whole_sources_empty_passages_and_codes_of_cases_are_told():
    text = made.plain()
    whole = f'<Coding guid="{new_("w")}"><CodeRef targetGUID="{new_("plaisir")}"/></Coding>'
    inner = made.selection(5, 5) + made.selection(*spans(text, WORDS)[0], "cas") + made.selection(1, 3, "rien") + whole
    cases = f'<Cases><Case guid="{new_("cas")}" name="Anna"/></Cases>'
    xml = made.qde(made.source(inner, content=text)).replace("<Sources>", f"{cases}<Sources>")
    reading = read(xml.encode())
    told = {unread.what: unread.n for unread in reading.unread}
    assert not reading.codings and not reading.problems
    assert told["codages de tout l'entretien A01"] == told["passages vides"] == told["passages de cas (Case)"] == 1
    assert told["passages sans parole"] + told.get("codages dont le code n'est pas dans le fichier", 0) == 1


def test_a_passage_outside_the_text_is_a_fault_with_its_line():
    text = made.plain()
    reading = read(project(text, [spans(text, WORDS)[0], (4000, 4010)]))
    (problem,) = reading.problems
    assert "hors du texte" in problem.what and problem.place.endswith("project.qde, ligne 4")


@pytest.mark.parametrize(("kind", "told"), [("Code", "codes"), ("User", "utilisateurs"), ("TextSource", "sources")])
def test_two_elements_of_one_guid_are_refused_with_their_lines(kind, told):
    text = made.plain()
    inner = made.source(made.selection(*spans(text, WORDS)[0]), content=text)
    twins = {
        "Code": {"codes": made.CODES.format(new_("plaisir"), new_("plaisir"))},
        "User": {"users": ("Marie", "Paul")},
        "TextSource": {},
    }[kind]
    xml = made.qde(inner + (made.source("", "autre", content="x") if kind == "TextSource" else ""), **twins)
    xml = xml.replace(new_("Paul"), new_("Marie"))
    (problem,) = read(xml.encode()).problems
    assert f"deux {told} portent le même guid" in problem.what and "lignes" in problem.place


def test_a_code_and_a_case_may_share_a_guid_as_nvivo_writes_them():
    text = made.plain()
    cases = f'<Cases><Case guid="{new_("plaisir")}" name="P"/></Cases>'
    xml = made.qde(made.source(made.selection(*spans(text, WORDS)[0]), content=text)).replace(
        "<Sources>", f"{cases}<Sources>"
    )
    assert found(read(xml.encode())) == EXPECTED[:1]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "archive ab"),
        (b"PK\x03\x04 rien", "archive ab"),
        (b"<Project", "XML illisible"),
        (b"<?xml version='1.0'?><CodeBook/>", "<CodeBook>"),
        (b"<!DOCTYPE p [<!ENTITY a 'aaaa'>]><Project name='&a;'/>", "type de document"),
        (b"<!DOCTYPE Project SYSTEM 'http://x/y.dtd'><Project name='p'/>", "type de document"),
        (zip_files.pack({"sources/a.txt": b"x"}), "project.qde y manque"),
        (zip_files.pack({"a.qde": b"<Project/>", "b.qde": b"<Project/>"}), "2 fichiers .qde"),
    ],
)
def test_what_is_no_project_is_refused(data, told):
    assert told in read(data).problems[0].what


def laughs(n):
    entities = "".join(f'<!ENTITY e{k} "{f"&e{k - 1};" * 10}">' for k in range(1, n))
    return f'<?xml version="1.0"?><!DOCTYPE Project [<!ENTITY e0 "ha">{entities}]><Project name="&e{n - 1};"/>'.encode()


def test_fifty_megabytes_of_entities_are_refused():
    bulk = b"<?xml version='1.0'?><!DOCTYPE p [" + b"<!ENTITY a 'aaaaaaaaaa'>" * 2_200_000 + b"]><Project name='p'/>"
    assert len(bulk) > 50_000_000
    for data in (laughs(30), bulk, made.qdpx(laughs(30).decode())):
        assert "type de document" in read(data).problems[0].what


@pytest.mark.parametrize("name", ["../../evil.txt", "/etc/passwd", "C:\\evil.txt", "sources/../../x"])
def test_names_that_lead_out_of_the_archive_are_refused(name, tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("project.qde", made.qde(""))
        archive.writestr(name, "x")
    assert "hors de l'archive" in read(out.getvalue()).problems[0].what


def test_a_member_without_a_name_is_refused():
    out, info = io.BytesIO(), zipfile.ZipInfo("a")
    info.filename = ""
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("project.qde", made.qde(""))
        with archive.open(info, "w") as member:
            member.write(b"x")
    assert "hors de l'archive" in read(out.getvalue()).problems[0].what


def test_the_reference_project_of_the_standard_is_read():
    data = (PROGRAM / "tests/data/refi_qda/TestProject.qdpx").read_bytes()
    reference = read_project(data, "TestProject.qdpx")
    assert not reference.problems
    assert (len(reference.codes), len(reference.users)) == (14, 3)
    applied = [(p.guid, a.code) for s in reference.sources for p in s.passages for a in p.applications]
    assert sorted(applied) == sorted(_coded_by_hand(data))
    assert len(read_codebook(data, "x")) == 14
    reading = refi_qda.read(data, PLACE, "lea", made.study_text())
    assert "aucune des sources codées n'est un entretien" in reading.problems[0].what
    told = {unread.what: unread.n for unread in reading.unread}
    assert told["annotations sans code"] == 1
    assert told["ensembles (Set)"] == 16 and told["passages d'images (codés)"] == 1


def _coded_by_hand(data):
    """The (selection, code) of all texts and PDFs, those that a PDF and its text share once."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("Project.qde"))
    places = root.findall(".//{*}PlainTextSelection/{*}Coding/{*}CodeRef") + root.findall(
        ".//{*}PDFSelection/{*}Coding/{*}CodeRef"
    )
    return {(ref.getparent().getparent().get("guid").lower(), ref.get("targetGUID").lower()) for ref in places}


def test_ids_differ_and_stay():
    text = made.plain()
    place = text.index("Oui. Après, oui")
    inner = made.selection(place, place + 3) + made.selection(place + 12, place + 15)
    twice = inner + made.selection(place, place + 3, name="t")
    reading = read(made.qde(made.source(twice, content=text)).encode())
    assert len({coding.coding for coding in reading.codings}) == 2
    assert [u.n for u in reading.unread if u.what == "codages donnés deux fois"] == [1]
    assert not codings.check(reading.codings, {"interview": {"A01"}, "theme": {"plaisir"}, "hypothesis": set()})


@pytest.mark.parametrize(
    ("memo", "ours", "expected"),
    [
        ("il dit cela [sic]", False, ("il dit cela [sic]", None, None)),
        ("oui [declin : pour]", False, ("oui", "declin", "for")),
        ("oui [declin]", True, ("oui", "declin", None)),
        ("[note : suite]", False, ("[note : suite]", None, None)),
    ],
)
def test_brackets_of_other_programs_are_words(memo, ours, expected):
    text = made.plain()
    codes = made.CODES.format(new_("plaisir"), new_("fermeture"))
    if ours:
        codes = codes.replace(
            'isCodable="true"/>', 'isCodable="true"><Description>Identifiant : plaisir</Description></Code>', 1
        )
    inner = made.selection(*spans(text, WORDS)[0], inside=f"<Description>{memo}</Description>")
    (coding,) = read(made.qde(made.source(inner, content=text), codes).encode()).codings
    assert (coding.memo, coding.hypothesis, coding.stance) == expected


def test_a_title_that_two_themes_have_is_told():
    text = made.plain()
    study = made.study_text()
    twice = codings.StudyText({**study.titles, "autre": "Plaisir d'etre à l'œuvre"}, study.documents)
    inner = made.selection(*spans(text, WORDS)[0])
    (problem,) = read(made.qde(made.source(inner, content=text)).encode(), study=twice).problems
    assert "plusieurs thèmes portent ce titre (plaisir, autre)" in problem.what


def test_a_file_of_several_interviews_gives_each_passage_to_its_own():
    text = made.plain() + "\n" + made.plain("B02", "\r\n")
    quotes = (WORDS, END, "on recommence, c'est toute une vie")
    inner = "".join(made.selection(*span) for span in spans(text, *quotes))
    data = made.qdpx(made.qde(made.source(inner, "Tous.txt")), {"sources/a.txt": text.encode()})
    reading = read(data)
    assert [(c.interview, c.turn, c.quote) for c in reading.codings] == [
        *(("A01", 2, WORDS), ("A01", 4, END), ("B02", 2, quotes[2]))
    ]
    assert [anchor.status for _, anchor in statuses(reading)] == ["intact"] * 3


def test_each_thing_left_has_one_row():
    text = made.plain()
    inner = made.selection(14, 20, "rien") + made.selection(8, 12, "rien")
    reading = read(made.qde(made.source(inner, content=text)).encode())
    (row,) = [u for u in reading.unread if u.what.startswith("codages dont le code")]
    assert row.n == 2 and re.search("ligne [0-9]+", row.why)


def test_all_codings_of_a_file_are_accounted_for():
    text = made.plain()
    inner = "".join(made.selection(k, k + 9, name=str(k)) for k in range(0, len(text) - 9, 7))
    inner += made.selection(1, 3, "rien") + made.selection(8, 8)
    reading = read(made.qde(made.source(inner, content=text)).encode())
    n = inner.count("<Coding ")
    left = sum(u.n for u in reading.unread if u.what.startswith(("codages", "passages")))
    assert not reading.problems
    assert len(reading.codings) + left == n
