"""Transcripts: every format behind one function, and an account of every character."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence

from verbatim.problems import Problem, StudyError
from verbatim.transcripts import decoding, open_documents, plain_text, starred_text, subtitles, word_documents
from verbatim.transcripts.accounts import RULES, Assembly, Piece, Source, Turn, normalise
from verbatim.transcripts.speakers import Line, Partition

__all__ = ["ENDINGS", "RULES", "Piece", "Source", "Turn", "read_source"]

ENDINGS = (".docx", ".odt", ".txt", ".vtt", ".srt")
MAX_BYTES = 100_000_000


def read_source(name: str, data: bytes, interviewer_labels: Collection[str] = ()) -> Source:
    """Return the turns of one transcript and the account of its characters.

    `name` is the file's name, whose ending tells the format; `interviewer_labels` are labels that
    mean the interviewer (they count as labels even when they occur once). Raises StudyError when the
    file cannot be read or holds no words.
    """
    place = unicodedata.normalize("NFC", name)
    ending = next((e for e in ENDINGS if place.casefold().endswith(e)), None)
    if ending is None:
        mend = "enregistrez la transcription dans l'un de ces formats, ou ôtez-la de resources/transcripts/"
        raise StudyError(Problem(place, "format inconnu", " ".join(ENDINGS), mend))
    if len(data) > MAX_BYTES:
        raise StudyError(Problem(place, "fichier de plus de 100 Mo", "une transcription", "découpez le fichier"))
    if ending in {".docx", ".odt"}:
        reader = word_documents if ending == ".docx" else open_documents
        entries, lost, notes = reader.read(data, place)
        form, pieces, more = ending[1:], *_cut(entries, interviewer_labels)
    else:
        form, pieces, lost, notes, more = _text(data, place, ending, interviewer_labels)
    source = Assembly(pieces, lost).source(place, form, hashlib.sha256(data).hexdigest(), [*notes, *more])
    if not any(c.isalpha() for turn in source.turns for c in turn.text):
        mend = "vérifiez que le fichier est le bon, et qu'il n'est ni vide ni une image"
        raise StudyError(Problem(place, "aucune parole", "au moins un tour de parole", mend))
    return source


def _text(
    data: bytes, place: str, ending: str, interviewer_labels: Collection[str]
) -> tuple[str, list[Piece], Counter[str], list[str], list[str]]:
    raw, notes = decoding.decode(data, place)
    mark = raw.startswith("\ufeff")
    text, lost = normalise(raw[mark:])
    lost += Counter({"byte_order_mark": int(mark)})
    starred = starred_text.kind(text) if ending == ".txt" else None
    if starred:
        return starred, *_then(lost, notes, starred_text.read(text, starred, place, interviewer_labels))
    if ending == ".txt":
        return "txt", *_then(lost, notes, _cut(plain_text.read(text), interviewer_labels))
    entries, told = subtitles.read(text)
    return ending[1:], *_then(lost, [*notes, *told], _cut(entries, interviewer_labels, cues=True))


def _then(
    lost: Counter[str], notes: list[str], cut: tuple[list[Piece], list[str]]
) -> tuple[list[Piece], Counter[str], list[str], list[str]]:
    return cut[0], lost, notes, cut[1]


def _cut(
    entries: Sequence[Line | Piece], interviewer_labels: Collection[str], cues: bool = False
) -> tuple[list[Piece], list[str]]:
    partition = Partition(entries, interviewer_labels, cues)
    return list(partition.pieces()), partition.notes()
