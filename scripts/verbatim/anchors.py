"""Anchoring: finding a coded quote again in a transcript that may have changed.

A coding is held by its words, not by a position (W3C TextQuoteSelector). It is looked for exactly,
white space, apostrophes and quotation marks aside; then by fuzzy alignment, whose find is never more
than doubtful.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

SAME = {ord("’"): "'", ord("ʼ"): "'", ord("“"): '"', ord("”"): '"', ord("\u00a0"): " ", ord("\u202f"): " "}
FUZZY_SCORE = 80.0
FUZZY_LENGTH = 12


@dataclass(frozen=True)
class Anchor:
    """Where a quote stands: `status` is intact, moved, doubtful or lost; offsets are half-open."""

    status: str
    turn: int | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Normal:
    """A text made comparable: `offsets[i]` is the place in the original of its character i."""

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original offsets of the characters start…end (half-open, not empty)."""
        return self.offsets[start], self.offsets[end - 1] + 1


def normalise(text: str) -> Normal:
    """Return `text` with one kind of apostrophe and quotation mark, lower case, single spaces."""
    letters: list[str] = []
    offsets: list[int] = []
    for place, letter in enumerate(text.translate(SAME)):
        for part in "..." if letter == "…" else letter.lower()[:1] or letter:
            if part.isspace():
                if not letters or letters[-1] == " ":
                    continue
                part = " "
            letters.append(part)
            offsets.append(place)
    if letters and letters[-1] == " ":
        letters.pop()
        offsets.pop()
    return Normal("".join(letters), tuple(offsets))


def find(quote: str, turns: Mapping[int, Normal], turn: int | None = None) -> Anchor:
    """Return where `quote` stands among `turns` (number -> text of one interview, in order).

    `turn` is where it stood when it was coded, if known. Exactly there: intact. Exactly once, but
    elsewhere: moved. Several equal passages, or only a similar one: doubtful. Else lost.
    """
    wanted = normalise(unicodedata.normalize("NFC", quote)).text
    if not wanted:
        return Anchor("lost")
    exact = [(number, start) for number, text in turns.items() for start in _all(wanted, text.text)]
    here = [found for found in exact if found[0] == turn]
    if here or exact:
        number, start = (here or exact)[0]
        status = "doubtful" if len(here or exact) > 1 else "intact" if here or turn is None else "moved"
        return Anchor(status, number, *turns[number].span(start, start + len(wanted)))
    return _similar(wanted, turns)


def _all(wanted: str, text: str) -> list[int]:
    found, start = [], text.find(wanted)
    while start >= 0:
        found.append(start)
        start = text.find(wanted, start + 1)
    return found


def _similar(wanted: str, turns: Mapping[int, Normal]) -> Anchor:
    """Return the best fuzzy alignment of at least FUZZY_SCORE as doubtful, or lost."""
    if len(wanted) < FUZZY_LENGTH:
        return Anchor("lost")
    best, score = Anchor("lost"), FUZZY_SCORE
    for number, text in turns.items():
        if len(text.text) < len(wanted) / 2:
            continue
        found = fuzz.partial_ratio_alignment(wanted, text.text, score_cutoff=score)
        if (found and found.score > score) or (found and best.status == "lost"):
            start, end = found.dest_start, found.dest_end
            if end > start:
                best, score = Anchor("doubtful", number, *text.span(start, end)), found.score
    return best
