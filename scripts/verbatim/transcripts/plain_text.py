"""Plain text (.txt): one turn or one paragraph a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from verbatim.transcripts.accounts import Piece
from verbatim.transcripts.speakers import Line

LINES = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")


def lines(text: str) -> Iterator[tuple[str, str]]:
    """Yield each line of `text` and the characters that end it (none after the last)."""
    for found in LINES.finditer(text):
        if found[0]:
            yield found[1], found[2]


def read(text: str) -> list[Line | Piece]:
    """Return the lines of a plain text."""
    return [Line(words, ending) for words, ending in lines(text)]
