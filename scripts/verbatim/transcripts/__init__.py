"""Transcripts: every format behind one function, and an account of every character."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection

from verbatim.problems import Problem, StudyError, nearest
from verbatim.transcripts.accounts import RULES, Assembly, Piece, Source, Turn
from verbatim.transcripts.formats import READERS

__all__ = ["ENDINGS", "RULES", "Piece", "Source", "Turn", "ending_of", "read_source"]

ENDINGS = tuple(READERS)
MAX_BYTES = 100_000_000


def ending_of(form: str | None) -> str | None:
    """Return the ending that names a format (`trs` or `.trs`: `.trs`); raise StudyError for one that is not known."""
    if form is None:
        return None
    ending = "." + form.casefold().lstrip(".")
    if ending not in READERS:
        near = nearest(ending, READERS)
        mend = f"vouliez-vous « {near[1:]} » ?" if near else ""
        known = " | ".join(one[1:] for one in ENDINGS)
        raise StudyError(Problem("--format", f"format inconnu « {form} »", known, mend))
    return ending


def read_source(name: str, data: bytes, interviewer_labels: Collection[str] = (), ending: str | None = None) -> Source:
    """Return the turns of one transcript and the account of its characters.

    `name` is the file's name, whose ending tells the format (one of ENDINGS), unless `ending` does;
    `interviewer_labels` are labels that mean the interviewer (they count as labels even when they occur once). Raises
    StudyError when the file cannot be read or holds no words.
    """
    place = unicodedata.normalize("NFC", name)
    ending = ending or next((e for e in ENDINGS if place.casefold().endswith(e)), None)
    if ending is None:
        mend = "enregistrez la transcription dans l'un de ces formats, ou ôtez-la de resources/transcripts/"
        raise StudyError(Problem(place, "format inconnu", " ".join(ENDINGS), mend))
    if len(data) > MAX_BYTES:
        raise StudyError(Problem(place, "fichier de plus de 100 Mo", "une transcription", "découpez le fichier"))
    parts = READERS[ending](data, place, interviewer_labels)
    source = Assembly(parts.pieces, parts.lost).source(place, parts.form, hashlib.sha256(data).hexdigest(), parts.notes)
    if not any(c.isalpha() for turn in source.turns for c in turn.text):
        mend = "vérifiez que le fichier est le bon, et qu'il n'est ni vide ni une image"
        raise StudyError(Problem(place, "aucune parole", "au moins un tour de parole", mend))
    return source
