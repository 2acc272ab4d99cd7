"""The plain text of an interview as a source of a project: a paragraph for each turn, after the speaker's label."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# Line ends and control characters inside a turn become blanks, one for one: a paragraph is a turn, positions stay.
BLANKS = dict.fromkeys((*range(32), *range(0x7F, 0xA0), 0x2028, 0x2029), " ")
ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Text:
    """`text`: UTF-8, line feeds only. `begins`: turn -> where its words begin (code points). `n_blanks`: characters
    that became blanks."""

    text: str
    begins: dict[int, int]
    n_blanks: int


def told(turns: Iterable[tuple[int, str | None, str]]) -> Text:
    """Return the text of (turn, label, words) in their order."""
    parts, begins, place, n_blanks = [], {}, 0, 0
    for turn, label, words in turns:
        blanked = words.translate(BLANKS)
        n_blanks += sum(a != b for a, b in zip(words, blanked, strict=True))
        head = f"{label.translate(BLANKS)} : " if label else ""
        begins[turn] = place + len(head)
        parts.append(f"{head}{blanked}\n")
        place += len(parts[-1])
    return Text("".join(parts), begins, n_blanks)


def legal(text: str) -> str:
    """Return `text` without the characters that XML cannot hold."""
    return ILLEGAL.sub("", text)
