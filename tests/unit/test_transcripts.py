"""Reading transcripts: formats, labels of speakers, encodings, what is refused."""

import io
import zipfile
from pathlib import Path

import docx
import odfdo
import pytest

from verbatim.exchange import zip_files
from verbatim.problems import StudyError
from verbatim.transcripts import RULES, read_source
from verbatim.transcripts.speakers import key, seconds, times

LABELS = ["ENQ", "CHERCHEUR"]
ARTISANS = Path(__file__).parents[3] / "shared/corpora/artisans"
CORPORA = ARTISANS.parent


def turns(name, text, labels=LABELS):
    data = text if isinstance(text, bytes) else text.encode()
    return [(turn.speaker, turn.text) for turn in read_source(name, data, labels).turns]


def word_document(*paragraphs):
    """Return the bytes of a .docx; a paragraph is a text, or runs (text, bold)."""
    document = docx.Document()
    for paragraph in paragraphs:
        runs = [(paragraph, False)] if isinstance(paragraph, str) else paragraph
        written = document.add_paragraph()
        for text, bold in runs:
            written.add_run(text).bold = bold or None
    return saved(document)


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "ENQ : Bonjour ?\nA01 : Oui, ça va.\n",
        "ENQ: Bonjour ?\r\nA01: Oui, ça va.",
        "enq : Bonjour ?\n\nA01:\n\nOui, ça va.",
        "[Chercheur] Bonjour ?\n[Interviewé] Oui, ça va.",
        "[Chercheur] 00:01:02\nBonjour ?\n[Interviewé] (1:03 - 1:04)\nOui,\n\nça va.",
        "[Chercheur]\nBonjour ?\n[Interviewé]\nOui, ça va.",
        "ENQ (00:12)\nBonjour ?\nA01 (00:14)\nOui, ça va.",
        "ENQ 00:12\nBonjour ?\nA01 00:14\nOui, ça va.",
        "[00:12] ENQ : Bonjour ?\n[00:14] A01 : Oui, ça va.",
        "ENQ\tBonjour ?\nA01\tOui, ça va.",
        "Titre de l'entretien\n\nENQ : Bonjour ?\nA01 : Oui, ça va.",
    ],
)
def test_a_label_begins_a_turn_and_its_lines_make_one(text):
    found = turns("e.txt", text)
    assert [words for _, words in found] == ["Bonjour ?", "Oui, ça va."]
    assert key(found[0][0]) in {"enq", "chercheur"}
    assert key(found[1][0]) in {"a01", "interviewe"}


@pytest.mark.parametrize(
    "line",
    [
        "http://exemple.org et la suite",
        "Je me disais : on verra bien",
        "Par exemple : la visio",
        "Le rendez-vous du lundi matin au cabinet : tout un rituel",
        "- Oui, répond-elle",
        "— Non",
        "[rire] Et puis voilà",
        "12:30 on mangeait",
        "4 : on en était là",
    ],
)
def test_an_ordinary_line_is_no_label_even_when_it_comes_back(line):
    text = f"ENQ : Et alors ?\nA01 : Voilà.\n{line}\n{line}\nENQ : Bien.\n"
    assert turns("e.txt", text) == [("ENQ", "Et alors ?"), ("A01", f"Voilà. {line} {line}"), ("ENQ", "Bien.")]


def test_a_name_that_comes_once_is_no_label_and_this_is_noted():
    source = read_source("e.txt", b"ENQ : Et alors ?\nMarie : oui.\nENQ : Bien.\n", LABELS)
    assert [turn.text for turn in source.turns] == ["Et alors ? Marie : oui.", "Bien."]
    assert any("ligne(s) 2" in note for note in source.notes)


def test_text_stays_as_written_but_for_white_space_and_accents():
    source = read_source("e.txt", "A01 : L’e\u0301te\u0301\u00a0\t[rire]  (..) l'hiver\u200b …\nA01 : oui\n".encode())
    assert source.turns[0].text == "L’été [rire] (..) l'hiver …"
    assert source.dropped["accents"] == 2
    assert source.dropped["invisible"] == 1


def test_times_of_labels():
    text = "[Chercheur] (0:01 - 0:11)\nA ?\n[Interviewe] (20:58 – 21\u00a0:12)\nB.\n[Interviewe] (22:175 - 22:17)\nC.\n"
    source = read_source("e.txt", text.encode(), LABELS)
    assert [(turn.start_s, turn.end_s) for turn in source.turns] == [(1, 11), (1258, 1272), (None, 1337)]
    assert any("minutage" in note for note in source.notes)


def test_seconds_and_spans():
    assert seconds("1:02:03,5") == 3723.5
    assert seconds("0:61") is None
    assert times("0:10 - 0:05") == (10, None, 1)


def test_a_line_with_only_a_time_dates_the_next_turn():
    source = read_source("e.txt", b"00:00:05\nENQ : Alors ?\n00:01:07\nA01 : Oui.\n", LABELS)
    assert source.turns[1].start_s == 67
    assert [turn.text for turn in source.turns] == ["Alors ?", "Oui."]


def test_without_labels_all_is_one_turn_of_nobody_named():
    source = read_source("e.txt", "Une page.\n\nUne autre : voilà.\n".encode())
    assert [(turn.speaker, turn.text) for turn in source.turns] == [(None, "Une page. Une autre : voilà.")]
    assert any("aucune étiquette" in note for note in source.notes)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
def test_encodings(codec):
    text = "ENQ : Ça s'est passé où, l'été dernier ?\nA01 : À l'hôtel, j'étais très gênée, voilà l'idée.\n" * 3
    source = read_source("e.txt", text.encode(codec), LABELS)
    assert source.turns[1].text == "À l'hôtel, j'étais très gênée, voilà l'idée."
    assert source.n_characters == len(text) + (codec in {"utf-8-sig", "utf-16"})
    guessed = codec in {"utf-16-le", "utf-16-be", "cp1252", "mac_roman"}
    assert any("encodage deviné" in note for note in source.notes) == guessed


def test_voices_of_subtitles_make_turns():
    text = (
        "WEBVTT\n\nNOTE fait à la main\n\n1\n00:00:01.000 --> 00:00:02.500 align:left\n<v ENQ>"
        "Tom &amp; <i>Léa</i> ?</v>\n\n"
        "00:03.000 --> 00:04.000\n<v A01>Oui,\n\n3\n00:05.000 --> 00:06.000\n<v A01>voilà.\n"
    )
    source = read_source("e.vtt", text.encode())
    assert [(t.speaker, t.start_s, t.end_s, t.text) for t in source.turns] == [
        ("ENQ", 1.0, 2.5, "Tom & Léa ?"),
        ("A01", 3.0, 6.0, "Oui, voilà."),
    ]
    assert source.n_characters == len(text)


def test_labels_of_subtitles_make_turns():
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nENQ: Alors ?\n\n2\n00:00:02,000 --> 00:00:03,000\nA01: Je crois\n\n"
        "3\n00:00:03,000 --> 00:00:04,000\nque oui.\n\n4\n00:00:05,000 --> 00:00:07,000\nA01: Voilà.\n"
    )
    source = read_source("e.srt", text.encode(), LABELS)
    assert [(t.speaker, t.start_s, t.end_s, t.text) for t in source.turns] == [
        ("ENQ", 1.0, 2.0, "Alors ?"),
        ("A01", 2.0, 7.0, "Je crois que oui. Voilà."),
    ]


def test_starred_lines_begin_interviews():
    text = (
        "**** *ind_01 *sexe_f *seule\nPremier texte.\n-*travail\nSuite.\n\n"
        "**** *ind_02 *lieu_a_b\nENQ : Et ?\nA2 : Bien.\n"
    )
    source = read_source("c.txt", text.encode(), LABELS)
    assert source.format == "iramuteq"
    assert source.variables == {1: {"ind": "01", "sexe": "f", "seule": "oui"}, 2: {"ind": "02", "lieu": "a_b"}}
    assert [(t.block, t.position, t.speaker, t.text) for t in source.turns] == [
        (1, 1, None, "Premier texte."),
        (1, 2, None, "Suite."),
        (2, 1, "ENQ", "Et ?"),
        (2, 2, "A2", "Bien."),
    ]


def test_every_starred_line_that_cannot_be_read_is_told():
    with pytest.raises(StudyError) as told:
        read_source("c.txt", b"**** *sexe_f age_3\nOui.\n**** sexe_h\nNon.\n")
    assert [problem.place for problem in told.value.problems] == ["c.txt, ligne 1", "c.txt, ligne 3"]


def test_alceste_headers():
    source = read_source("c.txt", b"0001 *reg_idf\r\nUn texte.\r\n0002 *reg_na\r\nUn autre.\r\n")
    assert source.format == "alceste"
    assert [source.variables[turn.block] for turn in source.turns] == [{"reg": "idf"}, {"reg": "na"}]


def test_word_labels_in_bold():
    data = word_document(
        [("Marie", True), (" Bonjour", False)], [("Paul", True), (" Oui", False)], [("Marie", True)], "Bien"
    )
    data2 = word_document([("Marie ", True), ("Bonjour", False)], [("Paul ", True), ("Oui", False)])
    assert turns("e.docx", data, ["Marie", "Paul"]) == [("Marie", "Bonjour"), ("Paul", "Oui"), ("Marie", "Bien")]
    assert turns("e.docx", data2) == [(None, "Marie Bonjour Paul Oui")]


def test_word_table_of_speakers():
    document = docx.Document()
    table = document.add_table(rows=0, cols=3)
    rows = [("ENQ", "Et alors ?"), ("Léa", "Oui."), ("ENQ", "Bien."), ("Léa", "Oui")]
    for row in [("N°", "Qui", "Parole"), *((str(n), *row) for n, row in enumerate(rows, 1))]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    assert turns("e.docx", saved(document)) == rows


def test_word_comments_and_deletions_are_set_aside_and_insertions_kept():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Projet"
    paragraph = document.add_paragraph("ENQ : Et alors ?")
    document.add_comment(paragraph.runs, "à revoir")
    paragraph = document.add_paragraph("A01 : Oui ")
    for tag, inner, text in (("ins", "t", "vraiment"), ("del", "delText", "non")):
        change = docx.oxml.parse_xml(
            f'<w:{tag} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:id="9" w:author="x">'
            f"<w:r><w:{inner}>{text}</w:{inner}></w:r></w:{tag}>"
        )
        paragraph._p.append(change)
    source = read_source("e.docx", saved(document), LABELS)
    assert [turn.text for turn in source.turns] == ["Et alors ?", "Oui vraiment"]
    counts = {rule: source.dropped[rule] for rule in ("comments", "deleted_text", "page_headers")}
    assert counts == {
        "comments": len("à revoir") + 1,
        "deleted_text": len("non") + 1,
        "page_headers": len("Projet") + 1,
    }


def test_open_document_paragraphs_and_headings():
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Header(1, "Entretien"))
    for text in ("ENQ : Et   alors ?", "A01 : Oui\n", "Suite."):
        document.body.append(odfdo.Paragraph(text))
    source = read_source("e.odt", saved(document), LABELS)
    assert [(t.speaker, t.text) for t in source.turns] == [("ENQ", "Et alors ?"), ("A01", "Oui Suite.")]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("e.pdf", b"%PDF"),
        ("e.txt", b""),
        ("e.txt", b"\n  \n"),
        ("e.txt", b"12 34\n"),
        ("e.txt", bytes(range(32)) * 30),
        ("e.txt", b"\xff\xfeA"),
        ("e.docx", b"PK\x03\x04 broken"),
        ("e.docx", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 100),
        ("e.odt", word_document("ENQ : oui")),
        ("e.docx", word_document("ENQ :")),
    ],
)
def test_what_cannot_be_read_is_said_with_its_file(name, data):
    with pytest.raises(StudyError) as told:
        read_source(name, data, LABELS)
    assert all(problem.place.startswith(name) and problem.what and problem.mend for problem in told.value.problems)


def test_a_name_space_that_nobody_knows_is_a_damaged_document():
    document = odfdo.Document("text")
    document.body.append(odfdo.Paragraph("A01 : oui"))
    members = zip_files.unpack(saved(document), "e.odt", "")
    known = b"urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    members["content.xml"] = members["content.xml"].replace(known, b"urn:text")
    with pytest.raises(StudyError, match="abîmé"):
        read_source("e.odt", zip_files.pack(members, ("mimetype",)), LABELS)


@pytest.mark.parametrize("attack", ["entity", "bomb", "truncated"])
def test_hostile_archives_are_refused(attack):
    data = word_document("ENQ : oui")
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "word/document.xml" and attack == "entity":
                content = content.replace(
                    b"<w:document", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document', 1
                )
            new.writestr(member.filename, content)
        if attack == "bomb":
            new.writestr("word/more.xml", b" " * 30_000_000)
    hostile = stream.getvalue()[: len(data) // 2 if attack == "truncated" else None]
    with pytest.raises(StudyError):
        read_source("e.docx", hostile)


def test_every_rule_has_a_french_name():
    source = read_source("e.txt", "\ufeffT\n00:01\nENQ : a  b [00:01:02]\n-----\nA1 : c\n".encode(), LABELS)
    assert set(source.dropped) <= set(RULES)
    assert source.dropped["ornaments"] == 5


@pytest.mark.skipif(not ARTISANS.is_dir(), reason="../shared/corpora/artisans absent")
def test_real_interviews_all_import_with_both_roles():
    files = sorted(ARTISANS.glob("*.docx"))
    assert len(files) == 18
    for path in files:
        source = read_source(path.name, path.read_bytes(), LABELS)
        written = [p.text for p in docx.Document(str(path)).paragraphs]
        n_labels = sum(text.lstrip().startswith("[") for text in written)
        assert {turn.speaker for turn in source.turns} == {"Chercheur", "Interviewe"}
        assert len(source.turns) == n_labels
        assert source.n_characters == sum(len(text) + 1 for text in written)
        assert source.n_unread == 0


@pytest.mark.skipif(not CORPORA.is_dir(), reason="../shared/corpora absent")
@pytest.mark.parametrize(
    ("path", "form", "n_texts", "codec"),
    [
        ("grand_debat/corpus_complet.txt", "iramuteq", 693, "utf-8"),
        ("rtemis/Corpus_final.txt", "alceste", 96, "cp1252"),
        ("manifeste/manifeste_pc.txt", "iramuteq", 4, "utf-8"),
    ],
)
def test_real_corpora(path, form, n_texts, codec):
    data = (CORPORA / path).read_bytes()
    source = read_source(Path(path).name, data, LABELS)
    assert (source.format, len(source.variables)) == (form, n_texts)
    assert source.n_characters == len(data.decode(codec))
    assert {turn.speaker for turn in source.turns} == {None}
