"""Rich text (.rtf): its words, line by line; bold and italics are not kept."""

from __future__ import annotations

import re
from collections import Counter

from striprtf.striprtf import rtf_to_text

from verbatim.problems import Problem, StudyError
from verbatim.transcripts.accounts import normalise
from verbatim.transcripts.plain_text import lines
from verbatim.transcripts.speakers import Line

CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")


def read(data: bytes, place: str) -> tuple[list[Line], Counter[str], list[str]]:
    """Return the lines of an .rtf, what was set aside by rule, and notes."""
    if not data.lstrip().startswith(b"{\\rtf"):
        raise StudyError(
            Problem(place, "ce n'est pas du RTF", "un .rtf", "enregistrez le document en .rtf ou en .docx")
        )
    page = CODE_PAGE.search(data[:4000])
    codec = f"cp{page[1].decode()}" if page else "cp1252"
    written = data.decode("latin-1")
    try:
        plain = rtf_to_text(written, encoding=codec, errors="replace")
    except Exception as error:  # whatever stops the library on a damaged file is the file's fault
        raise StudyError(Problem(place, "document RTF abîmé", "un .rtf")) from error
    text, lost = normalise(plain)
    lost["markup"] += max(0, len(written) - len(text) - sum(lost.values()))
    return [Line(words, ending) for words, ending in lines(text)], +lost, []
