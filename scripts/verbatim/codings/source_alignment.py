"""A text of another program laid on the turns of an interview: labels left out, words found again one by one."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import Indel

from verbatim.anchors import Document, comparable, document
from verbatim.anchors.finding import CONTEXT

# A label before what a speaker says: « Enquêtrice : », « [12] B04 : », « 00:12:04 Paul : ».
LABEL = re.compile(r"(?m)^[ \t]*([^\n\r]{1,60}?[ \t\xa0\u202f]*:)(?=[\s\xa0]|$)[ \t\xa0\u202f]*")
LABEL_WORDS = 6
# Texts of more words than this, one times the other, are not laid on each other: it would take memory without end.
LARGEST = 2_000_000_000
WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Held:
    """A passage as the anchoring wants it: words, words around, turn and first character where they are sure."""

    quote: str
    before: str
    after: str
    turn: int | None
    start: int | None


class Laid:
    """`text` (code points) laid on `whole`, the interview's own text."""

    def __init__(self, text: str, whole: Document):
        self.whole = whole
        self.own, self.begins, self.ends = _without(text, _labels(text, whole))
        self.to_whole = _mapped(self.own.text, whole.text)
        strange = self._strange(text)
        if strange:
            self.own, self.begins, self.ends = _without(text, [*_labels(text, whole), *strange])
            self.to_whole = _mapped(self.own.text, whole.text)

    def held(self, start: int, end: int) -> Held | None:
        """Return what holds the characters start…end of the text; None when nothing of them was said."""
        low, high = self._range(start, end)
        if low >= high:
            return None
        spans = self.own.spans(low, high)
        before, after = self.own.around(spans[0], CONTEXT)[0], self.own.around(spans[-1], CONTEXT)[1]
        quote = " ".join(self.own.words(span) for span in spans)
        place = self._same(low, high)
        if place is None:
            return Held(quote, before, after, None, None)
        found = self.whole.spans(*place)
        is_sure = self._same(max(0, low - CONTEXT), min(len(self.own.text), high + CONTEXT)) is not None
        quote = " ".join(self.whole.words(span) for span in found)
        return Held(quote, before, after, found[0].turn, found[0].start if is_sure else None)

    def share(self, start: int, end: int) -> float:
        """Return the share of the characters start…end of the text that the interview has too."""
        low, high = self._range(start, end)
        inside = self.to_whole[low:high]
        letters = max(1, sum(letter != " " for letter in self.own.text[low:high]))
        return float((inside >= 0).sum()) / letters

    def said(self, words: str, near: int | None) -> Held | None:
        """Return what holds `words` where the text has them, the nearest to the character `near`; None when nowhere."""
        wanted, text = comparable(words)[0], self.own.text
        places = [m.start() for m in re.finditer(re.escape(wanted), text)] if wanted else []
        if not places or (near is None and len(places) > 1):
            return None
        place = min(places, key=lambda p: abs(int(self.begins[p]) - (near or 0)))
        return self.held(int(self.begins[place]), int(self.ends[place + len(wanted) - 1]))

    def _range(self, start: int, end: int) -> tuple[int, int]:
        """Return the comparable characters that stand for start…end, without blanks at its ends."""
        low = int(np.searchsorted(self.ends, start, side="right"))
        return self._bare(low, int(np.searchsorted(self.begins, end, side="left")))

    def _bare(self, low: int, high: int) -> tuple[int, int]:
        text = self.own.text
        while low < high and text[low] == " ":
            low += 1
        while low < high and text[high - 1] == " ":
            high -= 1
        return low, high

    def _same(self, low: int, high: int) -> tuple[int, int] | None:
        """Return where the interview has the very same characters, in a row; None when it has not."""
        low, high = self._bare(low, high)
        inside = self.to_whole[low:high]
        known = inside[inside >= 0]
        if not len(known):
            return None
        first, last = int(known[0]), int(known[-1]) + 1
        same = self.own.text[low:high].strip() == self.whole.text[first:last].strip()
        return (first, last) if same and inside[0] >= 0 and inside[-1] >= 0 else None

    def _strange(self, text: str) -> list[tuple[int, int]]:
        """Return the few words at the beginning of a line that the interview has not, where a turn begins after them.

        Such are labels without a colon, times, numbers of turns.
        """
        found = []
        words = [(m.start(), m.end()) for m in WORD.finditer(self.own.text)]
        is_known = [self.to_whole[low] >= 0 for low, _ in words]
        k = 0
        while k < len(words):
            stop = k
            while stop < len(words) and not is_known[stop]:
                stop += 1
            if k < stop < len(words) and stop - k <= LABEL_WORDS:
                begin, end = int(self.begins[words[k][0]]), int(self.ends[words[stop - 1][1] - 1])
                opens = not text[:begin].strip(" \t\ufeff") or text[:begin].rstrip(" \t")[-1:] in "\r\n"
                if opens and self._opens_turn(int(self.to_whole[words[stop][0]])):
                    found.append((begin, end))
            k = max(stop, k + 1)
        return found

    def _opens_turn(self, place: int) -> bool:
        return place == 0 or int(self.whole.turn[place - 1]) == -1


def _labels(text: str, whole: Document) -> list[tuple[int, int]]:
    """Return where labels stand: beginnings of lines up to a colon, said more than once, with which no turn begins."""
    found = [(m.start(1), m.end(), comparable(m[1])[0]) for m in LABEL.finditer(text)]
    counts = Counter(re.sub(r"[\d:.,#\[\]()-]+", "", label).strip() for *_, label in found)
    openings = {comparable(own[: 2 * 60])[0] for own in whole.written.values()}
    labels: list[tuple[int, int]] = []
    is_said: dict[str, bool] = {}
    for start, end, label in found:
        bare = re.sub(r"[\d:.,#\[\]()-]+", "", label).strip()
        if len(label.split()) > LABEL_WORDS or counts[bare] < 2:
            continue
        if label not in is_said:
            is_said[label] = any(opening.startswith(label) for opening in openings)
        if not is_said[label]:
            labels.append((start, end))
    return labels


def _without(text: str, left_out: list[tuple[int, int]]) -> tuple[Document, np.ndarray, np.ndarray]:
    """Return the comparable text of the stretches between those left out, and where its characters are in `text`."""
    stretches, place = {}, 0
    for start, end in [*sorted(left_out), (len(text), len(text))]:
        if start > place:
            stretches[place + 1] = text[place:start]
        place = max(place, end)
    own = document(stretches)
    base = np.where(own.turn >= 0, own.turn - 1, 0)
    begins, ends = own.start + base, own.end + base
    between = np.flatnonzero(own.turn < 0)
    begins[between] = ends[between] = ends[between - 1] if len(between) else 0
    return own, begins, ends


def _mapped(text: str, other: str) -> np.ndarray:
    """Return, for each character of `text`, its place in `other` (-1: none), words compared with words in order."""
    words, others = ([(m.start(), m.end()) for m in WORD.finditer(one)] for one in (text, other))
    found = np.full(len(text), -1, dtype=np.int64)
    if len(words) * len(others) > LARGEST:
        return found
    edits = Indel.opcodes([text[a:b] for a, b in words], [other[a:b] for a, b in others])
    for edit in edits:
        if edit.tag != "equal":
            continue
        for k in range(edit.src_end - edit.src_start):
            (low, high), (place, _) = words[edit.src_start + k], others[edit.dest_start + k]
            found[low:high] = np.arange(place, place + high - low)
    return found
