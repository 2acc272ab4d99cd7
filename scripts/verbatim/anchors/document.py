"""The turns of an interview as one comparable text, of which every character knows its place as written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

import numpy as np

ALIKE = str.maketrans("’‘ʼ“”‐‑–—", "'''\"\"----", "\u00ad\u200b\ufeff")


@dataclass(frozen=True)
class Span:
    """A passage of a turn as written: characters from 0, half-open."""

    turn: int
    start: int
    end: int


@dataclass(frozen=True)
class Document:
    """The turns of an interview as one comparable text, a space between them.

    `turn`, `start` and `end` (length of `text`,): the turn of each character (-1 between turns) and where what it
    stands for begins and ends in the turn. `written`: number -> turn as written.
    """

    text: str
    turn: np.ndarray
    start: np.ndarray
    end: np.ndarray
    written: Mapping[int, str]

    def spans(self, start: int, end: int) -> list[Span]:
        """Return the passages of turns that the characters start…end stand for, in order."""
        found = []
        for turn, group in groupby(range(start, end), key=lambda place: int(self.turn[place])):
            places = list(group)
            if turn >= 0:
                found.append(Span(turn, int(self.start[places[0]]), int(self.end[places[-1]])))
        return found

    def places(self, span: Span) -> tuple[int, int]:
        """Return begin and end, in the comparable text, of what stands for `span`; (0, 0) when nothing does."""
        inside = np.flatnonzero((self.turn == span.turn) & (self.start < span.end) & (self.end > span.start))
        return (int(inside[0]), int(inside[-1]) + 1) if len(inside) else (0, 0)

    def words(self, span: Span) -> str:
        """Return a passage as written."""
        return self.written[span.turn][span.start : span.end]

    def around(self, span: Span, size: int) -> tuple[str, str]:
        """Return the words before and after `span` as written, whole ones within about `size` characters."""
        start, end = self.places(span)
        low, high = max(0, start - size), min(len(self.text), end + size)
        # A word that the window cuts is left out, unless it is all that the window holds.
        if low and self.text[low - 1] != " ":
            cut = self.text.find(" ", low, start)
            low = cut + 1 if 0 <= cut < start - 1 else low
        if high < len(self.text) and self.text[high] != " ":
            cut = self.text.rfind(" ", end, high)
            high = cut if cut > end else high
        return self._written(low, start), self._written(end, high)

    def _written(self, start: int, end: int) -> str:
        return " ".join(" ".join(self.words(span) for span in self.spans(start, end)).split())


def document(turns: Mapping[int, str]) -> Document:
    """Return the comparable text of `turns` (number -> words as written), in their order."""
    letters: list[str] = []
    places: list[tuple[int, int, int]] = []
    for turn, written in turns.items():
        text, own = comparable(written)
        if text and letters:
            letters.append(" ")
            places.append((-1, 0, 0))
        letters.append(text)
        places += [(turn, start, end) for start, end in own]
    flat = np.array(places, dtype=np.int64).reshape(-1, 3)
    return Document("".join(letters), flat[:, 0], flat[:, 1], flat[:, 2], turns)


def comparable(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return `text` in lower case, composed, single-spaced, with one kind of apostrophe, quotation mark and dash.

    With it, for each of its characters, where what it stands for begins and ends in `text`.
    """
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    for start, end in _clusters(text):
        composed = unicodedata.normalize("NFC", text[start:end]).translate(ALIKE)
        for letter in composed.replace("…", "...").lower():
            if letter.isspace() and (not letters or letters[-1] == " "):
                continue
            letters.append(" " if letter.isspace() else letter)
            places.append((start, end))
    if letters and letters[-1] == " ":
        del letters[-1], places[-1]
    return "".join(letters), places


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield begin and end of each character with the combining marks that follow it."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not unicodedata.combining(text[place]):
            yield start, place
            start = place
