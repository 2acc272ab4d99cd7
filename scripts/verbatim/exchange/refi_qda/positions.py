"""How a program counted the positions of its passages, found out from the words themselves.

The standard counts Unicode code points, the end excluded. Programs also count a line end of Windows as two characters
or as one whatever the file holds, UTF-16 units, the byte order mark, or the last character in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from verbatim.anchors import comparable
from verbatim.exchange.qda_project import Passage, Source

# Enough passages to tell one way of counting from another; and the longest words compared.
SAMPLE, LONGEST = 200, 200
TRUNCATED = ("…", "...", "[…]", "(…)")
SHORTEST = 4
# Without words to check, another way of counting is believed when the passages that it puts elsewhere (LEAST or more)
# begin and end with words far more often there (share of their ends).
FAR_BETTER, LEAST = 0.4, 3


@dataclass(frozen=True)
class Counting:
    """`newline`: a line end counts as the file holds it ("stored"), "one" or "two"; `unit`: "points" or "utf16";
    `mark`: the byte order mark counts; `closed`: the last position is that of the last character."""

    newline: str = "stored"
    unit: str = "points"
    mark: bool = False
    closed: bool = False

    def said(self) -> str:
        """Return in French how this differs from the standard."""
        parts = (
            {"one": "fins de ligne comptées pour un caractère", "two": "fins de ligne comptées pour deux"}.get(
                self.newline
            ),
            "unités UTF-16" if self.unit == "utf16" else None,
            "marque d'ordre comptée" if self.mark else None,
            "dernière position comprise" if self.closed else None,
        )
        return ", ".join(filter(None, parts))


def usual(origin: str) -> Counting:
    """Return how the program that wrote a file counts when nothing else is known."""
    return Counting("one") if "atlas" in origin.casefold() else Counting()


def counted(text: str, how: Counting) -> np.ndarray:
    """Return the position, counted so, of each character of `text` and of its end (length + 1,)."""
    width = np.ones(len(text), dtype=np.int64)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    if how.unit == "utf16":
        width[codes > 0xFFFF] = 2
    feed, back = codes == 10, codes == 13
    paired = np.zeros(len(text), dtype=bool)
    paired[:-1] = back[:-1] & feed[1:]
    if how.newline == "one":
        width[paired] = 0
    elif how.newline == "two":
        alone = feed.copy()
        alone[1:] &= ~paired[:-1]
        width[alone] = 2
    return np.concatenate([[0], np.cumsum(width)]) + how.mark


def located(passage: Passage, places: np.ndarray, how: Counting) -> tuple[int, int] | None:
    """Return where a passage begins and ends in the text (code points, half-open); None when outside of it."""
    start, end = passage.start, passage.end + how.closed
    if not places[0] <= start <= end <= places[-1]:
        return None
    return int(np.searchsorted(places, start)), int(np.searchsorted(places, end))


def found_out(sources: Sequence[Source], marked: set[str], origin: str) -> Counting:
    """Return how positions were counted: the way in which most passages hold the words that the file says they do.

    `marked`: guids of the sources whose file began with a byte order mark. Where words tell nothing, the `usual` way,
    unless it leads out of the text or, of the passages that another way puts elsewhere, far fewer begin and end where
    words do.
    """
    sample = _sample(sources)
    prior, *others = _ways(sources, marked, usual(origin))
    own = _spans(sample, prior)
    held = _holding(sample, own)
    if held == len(sample):
        return prior
    best, rank = prior, (held, -own.count(None), 0.0)
    for way in others:
        spans = _spans(sample, way)
        gain, n = _gain(sample, own, spans)
        tried = (_holding(sample, spans), -spans.count(None), gain if n >= LEAST and gain >= FAR_BETTER else 0.0)
        if tried > rank:
            best, rank = way, tried
    return best


def _ways(sources: Sequence[Source], marked: set[str], prior: Counting):
    texts = [source.text for source in sources if source.text]
    newlines = ["stored", "one", "two"] if any("\n" in text for text in texts) else ["stored"]
    newlines.sort(key=lambda newline: newline != prior.newline)
    units = ["points", "utf16"] if any(max(text) > "\uffff" for text in texts) else ["points"]
    marks = [False, True] if marked else [False]
    yield prior
    for closed, mark, unit, newline in product((False, True), marks, units, newlines):
        way = Counting(newline, unit, mark, closed)
        if way != prior:
            yield way


def _sample(sources: Sequence[Source]) -> list[tuple[str, Passage, str, bool]]:
    """Return (text, passage, comparable words said, whether they were cut short), spread over all passages."""
    found = [(s.text, p) for s in sources if s.text for p in s.passages if p.start is not None and p.end is not None]
    step = max(1, len(found) // SAMPLE)
    sample = []
    for text, passage in found[::step]:
        words, is_cut = said_words(passage.words)
        sample.append((text, passage, words, is_cut))
    return sample


def said_words(words: str) -> tuple[str, bool]:
    """Return the words that a passage's name says, comparable, and whether the name was cut short."""
    stripped = words.strip()
    ending = next((e for e in TRUNCATED if stripped.endswith(e)), "")
    return comparable(stripped.removesuffix(ending)[:LONGEST])[0], bool(ending) or len(stripped) > LONGEST


def agrees(words: str, is_cut: bool, text: str, start: int, end: int) -> bool:
    """Say whether the passage start…end of `text` holds the words said."""
    own = comparable(text[start : min(end, start + 2 * LONGEST)])[0]
    return own.startswith(words) if is_cut else own == words


def _spans(sample: list, how: Counting) -> list[tuple[int, int] | None]:
    """Return where each passage is in its text, counted so."""
    places: dict[int, np.ndarray] = {}
    for text, *_ in sample:
        if id(text) not in places:
            places[id(text)] = counted(text, how)
    return [located(passage, places[id(text)], how) for text, passage, *_ in sample]


def _holding(sample: list, spans: list) -> int:
    """Return how many passages hold the words that the file says they do."""
    return sum(
        span is not None and len(words) >= SHORTEST and agrees(words, is_cut, text, *span)
        for (text, _, words, is_cut), span in zip(sample, spans, strict=True)
    )


def _gain(sample: list, own: list, other: list) -> tuple[float, int]:
    """Return, over the passages that two ways put in different places, how many more ends are at words' edges in the
    second (a share), and how many such passages there are."""
    moved = [
        (text, a, b)
        for (text, *_), a, b in zip(sample, own, other, strict=True)
        if a is not None and b not in (a, None)
    ]
    gained = (_edges(text, *b) - _edges(text, *a) for text, a, b in moved)
    return sum(gained) / max(1, len(moved)), len(moved)


def _edges(text: str, start: int, end: int) -> float:
    return (_is_edge(text, start, True) + _is_edge(text, end, False)) / 2


def _is_edge(text: str, place: int, opens: bool) -> bool:
    """Say whether a word begins (ends) at `place`, and not in the middle of one, nor at a blank."""
    inside = text[place - 1 : place].isalnum() and text[place : place + 1].isalnum()
    next_to = text[place : place + 1] if opens else text[max(0, place - 1) : place]
    return not inside and not next_to.isspace() and bool(next_to)
