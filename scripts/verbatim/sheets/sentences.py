"""Sentences of a sheet: texts, counts that open their passages, and names that lead to another sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from verbatim.typography import integer, probability


@dataclass(frozen=True)
class Asked:
    """A text that opens passages; `query`: keys of the page's data attributes (t, i, m, h, s, c, o, w…) -> values."""

    text: str
    query: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Link:
    """A text that leads to the place `address` of the report."""

    text: str
    address: str


Piece = str | Asked | Link
Sentence = tuple[Piece, ...]


def plain(sentence: Sequence[Piece]) -> str:
    """Return a sentence as text."""
    return "".join(piece if isinstance(piece, str) else piece.text for piece in sentence)


def count(number: int, noun: str, many: str = "", **query: str) -> Asked:
    """Return « 3 passages » that opens them; in French, 0 and 1 are singular. Nothing opens where there is none."""
    text = f"{integer(number)}\u00a0{noun if number < 2 else many or noun + 's'}"
    return Asked(text, query if number else {})


def listed(pieces: Iterable[Sequence[Piece] | Piece], last: str = " et ") -> Sentence:
    """Return « a, b et c »."""
    parts = [(one,) if isinstance(one, str | Asked | Link) else tuple(one) for one in pieces]
    found: list[Piece] = []
    for i, part in enumerate(parts):
        found += [*([] if not i else [last if i == len(parts) - 1 else ", "]), *part]
    return tuple(found)


def equals(p: float) -> str:
    """Return « p = 0,034 » or « p < 0,001 »."""
    text = probability(p)
    return f"p {text}" if text.startswith("<") else f"p = {text}"


def spaced(text: str) -> str:
    """Return `text` with no-break spaces where French typography wants them."""
    return re.sub(r" (?=[:;?!»%])|(?<=«) ", "\u00a0", text)
