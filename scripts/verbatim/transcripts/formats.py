"""Which reader takes which file: from bytes to the pieces of a transcript."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from verbatim.transcripts import (
    answer_tables,
    chat,
    decoding,
    markup_trees,
    open_documents,
    plain_text,
    recognised_speech,
    rich_text,
    starred_text,
    subtitles,
    text_grids,
    web_pages,
    word_documents,
    workbooks,
)
from verbatim.transcripts.accounts import Piece, normalise
from verbatim.transcripts.speakers import Line, Partition

Entries = tuple[Sequence[Line | Piece], Counter[str], list[str]]


@dataclass
class Parts:
    """What a reader gives: the format, pieces in order, characters set aside before (by rule), and notes."""

    form: str
    pieces: list[Piece]
    lost: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


Reader = Callable[[bytes, str, Collection[str]], Parts]


def _of_bytes(form: str, read: Callable[[bytes, str], Entries], cues: bool = False) -> Reader:
    """Return the reader of a format whose lines are read from bytes; with `cues`, speakers come with each line."""

    def reader(data: bytes, place: str, labels: Collection[str]) -> Parts:
        entries, lost, notes = read(data, place)
        return _cut(form, entries, labels, cues, lost, notes)

    return reader


def _of_text(form: str, read: Callable[[str, str], Entries], cues: bool = False) -> Reader:
    def reader(data: bytes, place: str, labels: Collection[str]) -> Parts:
        raw, notes = decoding.decode(data, place)
        mark = raw.startswith("\ufeff")
        entries, lost, told = read(raw[mark:], place)
        return _cut(form, entries, labels, cues, lost + Counter({"byte_order_mark": int(mark)}), [*notes, *told])

    return reader


def _cut(
    form: str,
    entries: Sequence[Line | Piece],
    labels: Collection[str],
    cues: bool,
    lost: Counter[str],
    notes: list[str],
) -> Parts:
    partition = Partition(entries, labels, cues)
    return Parts(form, list(partition.pieces()), lost, [*notes, *partition.notes()])


def _plain(data: bytes, place: str, labels: Collection[str]) -> Parts:
    text, lost, notes = _normal_text(data, place)
    starred = starred_text.kind(text)
    if starred:
        pieces, told = starred_text.read(text, starred, place, labels)
        return Parts(starred, pieces, lost, [*notes, *told])
    return _cut("txt", plain_text.read(text), labels, False, lost, notes)


def _subtitles(form: str) -> Reader:
    def reader(data: bytes, place: str, labels: Collection[str]) -> Parts:
        text, lost, notes = _normal_text(data, place)
        entries, told = subtitles.read(text)
        return _cut(form, entries, labels, True, lost, [*notes, *told])

    return reader


def _normal_text(data: bytes, place: str) -> tuple[str, Counter[str], list[str]]:
    raw, notes = decoding.decode(data, place)
    mark = raw.startswith("\ufeff")
    text, lost = normalise(raw[mark:])
    return text, lost + Counter({"byte_order_mark": int(mark)}), notes


def _answers(form: str, rows: Callable[[bytes, str], list[list[str]]]) -> Reader:
    def reader(data: bytes, place: str, _: Collection[str]) -> Parts:
        return Parts(form, *answer_tables.read(rows(data, place), place))

    return reader


def _csv_rows(data: bytes, place: str) -> list[list[str]]:
    return workbooks.rows_of_csv(decoding.decode(data, place)[0].lstrip("\ufeff"), place)


READERS: dict[str, Reader] = {
    ".docx": _of_bytes("docx", word_documents.read),
    ".odt": _of_bytes("odt", open_documents.read),
    ".rtf": _of_bytes("rtf", rich_text.read),
    ".txt": _plain,
    ".html": _of_text("html", web_pages.read),
    ".htm": _of_text("html", web_pages.read),
    ".vtt": _subtitles("vtt"),
    ".srt": _subtitles("srt"),
    ".json": _of_text("whisper", recognised_speech.read, cues=True),
    ".eaf": _of_bytes("elan", markup_trees.read_elan, cues=True),
    ".trs": _of_bytes("transcriber", markup_trees.read_transcriber, cues=True),
    ".textgrid": _of_text("textgrid", text_grids.read, cues=True),
    ".cha": _of_text("chat", chat.read, cues=True),
    ".xml": _of_bytes("tei", markup_trees.read_tei, cues=True),
    ".csv": _answers("csv", _csv_rows),
    ".xlsx": _answers("xlsx", workbooks.rows_of_workbook),
    ".ods": _answers("ods", workbooks.rows_of_open_sheet),
}
