"""Nothing lost: the account adds up to the file, and turns survive every format."""

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import transcript_writers as writers
from told_transcripts import LABELS, TURNS, account_adds_up
from transcript_writers import DOCUMENTS
from verbatim.problems import StudyError
from verbatim.transcripts import read_source

MARKS = ["ENQ : ", "A01: ", "[Chercheur] (0:01 - 0:11)", "Marie 00:12", "\n", "\r\n", "\n\n", "**** *a_b\n", "-*t\n"]
MARKS += [
    "0001 *x_y\n",
    "WEBVTT\n",
    "00:01.000 --> 00:02.000\n",
    "<v A>",
    "</v>",
    "&amp;",
    "[rire]",
    "e\u0301",
    "\u200b",
]
MARKS += [" ", "-----"]
fragments = st.lists(st.one_of(st.sampled_from(MARKS), st.text(max_size=12)), max_size=30).map("".join)


@settings(max_examples=300, deadline=None)
@given(fragments, st.sampled_from(["e.txt", "e.vtt", "e.srt"]))
def test_the_account_of_any_text_is_the_length_of_the_text(text, name):
    data = text.encode("utf-8", "replace")
    try:
        source = read_source(name, data, LABELS)
    except StudyError:
        return
    account_adds_up(source)
    decoded = data.decode()
    # A few characters have a longer canonical form, and bytes that look like UTF-16 are read as such.
    if not any("UTF-16" in note for note in source.notes):
        assert source.n_characters >= len(decoded)
        if decoded.isascii():
            assert source.n_characters == len(decoded)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["e.txt", "e.docx", "e.odt", "e.vtt"]))
def test_any_bytes_are_read_or_refused(data, name):
    try:
        source = read_source(name, data)
    except StudyError as told:
        assert told.problems
    else:
        account_adds_up(source)


@settings(max_examples=40, deadline=None)
@given(TURNS)
def test_turns_come_back_from_every_format(turns):
    for write in DOCUMENTS:
        source = read_source(*write(turns), LABELS)
        assert [(turn.speaker, turn.text) for turn in source.turns] == turns, write.__name__
        account_adds_up(source)
        assert source.n_unread == 0


@settings(max_examples=60, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(TURNS, st.data())
def test_a_damaged_document_is_read_or_refused(turns, data):
    for write in (writers.as_word, writers.as_open_document):
        name, written = write(turns)
        at = data.draw(st.integers(0, len(written) - 1))
        damaged = written[:at] + bytes([data.draw(st.integers(0, 255))]) + written[at + 1 :]
        try:
            account_adds_up(read_source(name, damaged, LABELS))
        except StudyError as told:
            assert told.problems
