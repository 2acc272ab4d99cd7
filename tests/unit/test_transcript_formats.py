"""Formats of transcription programs: the same turns come back from each, whatever is damaged is read or refused."""

import json

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

import transcript_writers as writers
from places import SHARED
from told_transcripts import LABELS, TURNS, account_adds_up
from transcript_writers import PROGRAMS
from verbatim.exchange import texts
from verbatim.problems import StudyError
from verbatim.transcripts import ENDINGS, read_source

FORMATS = SHARED / "corpora/transcripts_formats"


@settings(max_examples=40, deadline=None)
@given(TURNS)
def test_turns_come_back_from_every_program(turns):
    for write in PROGRAMS:
        source = read_source(*write(turns), LABELS)
        assert [(turn.speaker, turn.text) for turn in source.turns] == turns, write.__name__
        account_adds_up(source)
        assert source.n_unread == 0


@pytest.mark.parametrize(
    "write", [writers.as_elan, writers.as_transcriber, writers.as_grid, writers.as_tei, writers.as_recognised]
)
def test_times_come_back(write):
    turns = [("ENQ", "bonjour"), ("A01", "bonjour à vous"), ("ENQ", "alors ?")]
    source = read_source(*write(turns))
    assert [turn.start_s for turn in source.turns] == [0.0, 2.0, 4.0]


@settings(max_examples=80, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(TURNS, st.data())
def test_a_damaged_file_is_read_or_refused(turns, data):
    for write in PROGRAMS:
        name, written = write(turns)
        at = data.draw(st.integers(0, len(written) - 1))
        cut = data.draw(st.integers(0, 3))
        damaged = written[:at] + data.draw(st.binary(max_size=3)) + written[at + cut :]
        try:
            account_adds_up(read_source(name, damaged, LABELS))
        except StudyError as told:
            assert told.problems


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(ENDINGS))
def test_any_bytes_are_read_or_refused_by_every_reader(data, ending):
    try:
        account_adds_up(read_source(f"e{ending}", data))
    except StudyError as told:
        assert told.problems


BOMB = '<!DOCTYPE Trans [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("name", "head", "body"),
    [
        ("e.trs", BOMB, "<Trans><Turn>&b;</Turn></Trans>"),
        ("e.eaf", BOMB, "<ANNOTATION_DOCUMENT>&b;</ANNOTATION_DOCUMENT>"),
        ("e.xml", BOMB, "<TEI>&b;</TEI>"),
        ("e.xml", "", "<html/>"),
        ("e.xml", "", "<TEI><text/></TEI>"),
        ("e.eaf", "", "<Trans/>"),
        ("e.json", "", '{"segments": "non"}'),
        ("e.json", "", "[" * 100_000),
        ("e.TextGrid", "", 'File type = "ooTextFile"\nObject class = "TextGrid"\n0\n1\n<exists>\n9\n'),
        ("e.cha", "", "*A:\tbonjour"),
        ("e.csv", "", "a,b\n1,2\n"),
        ("e.rtf", "", "bonjour"),
    ],
)
def test_what_is_hostile_or_something_else_is_refused_with_its_name(name, head, body):
    with pytest.raises(StudyError) as told:
        read_source(name, (head + body).encode())
    assert name in str(told.value)


def test_chat_codes_are_no_words():
    text = (
        "@UTF8\n@Begin\n@Participants:\tINV Investigator, MAR Informant\n"
        "*INV:\tcomment (vou)s faites ? \x15100_900\x15\n"
        "*MAR:\tben &-euh je [/] je <sais pas> [//] &=rire on (..) on\n\ttéléphone +...\n%com:\tgeste\n@End\n"
    )
    turns = read_source("e.cha", text.encode()).turns
    assert [(turn.speaker, turn.text) for turn in turns] == [
        ("INV", "comment vous faites ?"),
        ("MAR", "ben euh je je sais pas on on téléphone"),
    ]
    assert (turns[0].start_s, turns[0].end_s) == (0.1, 0.9)


def test_a_number_too_long_for_a_time_is_none():
    nines = "9" * 400
    turn = read_source("e.cha", f"@UTF8\n@Begin\n*INV:\toui \x15{nines}_{nines}\x15\n@End\n".encode()).turns[0]
    assert (turn.text, turn.start_s, turn.end_s) == ("oui", None, None)


def test_a_tier_of_speakers_cuts_the_tier_of_words_and_analyses_are_not_read():
    rows = [("phones", ["a"]), ("ortho", ["bonjour", "oui oui"]), ("spk", ["L1", "L2"])]
    text = 'File type = "ooTextFile"\nObject class = "TextGrid"\n0\n2\n<exists>\n3\n'
    for name, own in rows:
        text += f'"IntervalTier"\n"{name}"\n0\n2\n{len(own)}\n'
        text += "".join(f'{i}\n{i + 1}\n"{words}"\n' for i, words in enumerate(own))
    source = read_source("e.TextGrid", text.encode())
    assert [(turn.speaker, turn.text) for turn in source.turns] == [("L1", "bonjour"), ("L2", "oui oui")]
    assert any("phones" in note for note in source.notes)


def test_words_of_low_confidence_are_told_by_their_time_and_not_by_their_letters():
    words = [{"word": "sécurité", "start": 61.0, "probability": 0.2}, {"word": "oui", "start": 62, "probability": 0.9}]
    data = json.dumps({"segments": [{"start": 61, "text": "sécurité oui", "words": words}]}).encode()
    (note,) = [note for note in read_source("e.json", data).notes if "confiance" in note]
    assert note.startswith("1 mot") and "1:01" in note and "sécurité" not in note


def test_answers_are_turns_after_their_questions_and_short_cells_are_variables():
    rows = "1;f;Je la vis plutôt bien au fond\n2;h;\n3;h;C'est difficile pour moi\n"
    table = "id;sexe;Comment vivez-vous la distance ?\n" + rows
    source = read_source("e.csv", table.encode("cp1252"))
    assert source.variables[1] == {"id": "1", "sexe": "f"}
    said = [(turn.block, turn.speaker, turn.text) for turn in source.turns]
    question = "Comment vivez-vous la distance ?"
    assert said == [
        *((1, "ENQ", question), (1, None, "Je la vis plutôt bien au fond")),
        *((3, "ENQ", question), (3, None, "C'est difficile pour moi")),
    ]
    account_adds_up(source)


def test_tei_holds_people_roles_and_attributes():
    _, data = writers.as_tei([("ENQ", "alors ?"), ("A01", "oui & non")])
    root = etree.fromstring(data)
    roles = [person.get("role") for person in root.iter(f"{{{texts.TEI}}}person")]
    assert sorted(roles) == ["interviewer", "participant"]
    assert [u.text for u in root.iter(f"{{{texts.TEI}}}u")] == ["alors ?", "oui & non"]


@pytest.mark.skipif(not FORMATS.is_dir(), reason="../shared/corpora/transcripts_formats absent")
def test_one_recording_saved_by_two_programs_has_the_same_words():
    said = [
        sorted(" ".join(turn.text for turn in read_source(file.name, file.read_bytes()).turns).split())
        for file in sorted(FORMATS.glob("DOC_FR_2020_CHOIX_5.*"))
    ]
    assert len(said) == 2 and said[0] == said[1]
