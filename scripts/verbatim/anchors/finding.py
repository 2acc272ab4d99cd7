"""Where the words of a coding stand now, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from verbatim.anchors.document import Document, Span, comparable

STATUSES = ("intact", "moved", "doubtful", "lost")
CONTEXT = 48
# Words around a quote are the same when this share of their letters is, both sides together.
SUPPORTED = 0.6
# How much better than the second best place the best must be.
CLEAR = 0.15
# A quote of so many words without words around it is its own proof, where it stands once.
LONG = 8
# Fewer words than this are said everywhere: the nearest letters must be the same too.
FEW = 5
NEAR = 12
# A passage this like a quote that has no words around it may be the one that was coded (percent, InDel); of few
# letters, one correction changes a greater share.
RIVAL, RIVAL_OF_FEW, FEW_LETTERS = 75, 60, 12
# Of a quote of which less is left than this share of its letters, nothing is left.
SURVIVING = 0.5
# How much more like quote and words around a changed place must be than any other (percent, InDel).
AHEAD = 10
# How far the ends of a passage without words around may be put right at a time: so many beginnings and ends of words.
EDGES = 6
# Shorter quotes without words around them are like anything.
FUZZY_LENGTH = 8


@dataclass(frozen=True)
class Selector:
    """What holds a coding: its words, those before and after where known, its turn and first character where known."""

    quote: str
    before: str = ""
    after: str = ""
    turn: int | None = None
    start: int | None = None


@dataclass(frozen=True)
class Anchor:
    """Where a quote stands now.

    `status`: one of STATUSES. `spans`: the passage, or its parts, the longest first, where turns now cut it; of a lost
    quote the passage least unlike it, if any. `likeness`: the share of letters that are the same (Levenshtein), 0 to 1.
    """

    status: str
    spans: tuple[Span, ...] = ()
    likeness: float = 0.0

    @property
    def span(self) -> Span | None:
        """Return the passage, or the longest of its parts; None for a lost quote."""
        return None if self.status == "lost" else self.spans[0]


@dataclass(frozen=True)
class _Wanted:
    """A selector made comparable."""

    quote: str
    before: str
    after: str

    @property
    def is_alone(self) -> bool:
        return not self.before and not self.after

    @property
    def n_words(self) -> int:
        return len(self.quote.split())


def holding(whole: Document, span: Span) -> Selector:
    """Return what holds the words of `span`, as they stand now in `whole`."""
    return Selector(whole.words(span), *whole.around(span, CONTEXT), span.turn, span.start)


def find(held: Selector, whole: Document) -> Anchor:
    """Return where the words that `held` holds stand in `whole` now.

    Exactly there, in a place that nothing rivals: intact in the same turn, or when no turn is given; moved in another.
    Several places that equally may be meant, other words around, a quote that a new turn cuts, or words only similar:
    doubtful, with the best place. Less than half of the letters left anywhere: lost.
    """
    wanted = _Wanted(*(comparable(text)[0] for text in (held.quote, held.before, held.after)))
    if not wanted.quote or not whole.text:
        return Anchor("lost")
    places = _exact(wanted.quote, whole.text)
    if not places:
        return _similar(wanted, whole)
    sure, place = _best(places, wanted, held, whole)
    spans = _longest_first(whole.spans(place, place + len(wanted.quote)))
    if not sure or len(spans) > 1:
        return Anchor("doubtful", spans, 1.0)
    return Anchor("intact" if held.turn in (None, spans[0].turn) else "moved", spans, 1.0)


def standing(quote: str, turn: int, start: int, whole: Document) -> Span | None:
    """Return where exactly `quote` stands in a turn of `whole`, the place nearest to `start`; None when nowhere."""
    wanted = comparable(quote)[0]
    places = _exact(wanted, whole.text) if wanted else []
    found = [spans[0] for p in places if len(spans := whole.spans(p, p + len(wanted))) == 1 and spans[0].turn == turn]
    return min(found, key=lambda span: abs(span.start - start), default=None)


def _longest_first(spans: list[Span]) -> tuple[Span, ...]:
    return tuple(sorted(spans, key=lambda span: span.start - span.end))


def _exact(quote: str, text: str) -> list[int]:
    """Return where `quote` stands in `text`: as whole words, or else inside words (« on » is in « onze »)."""
    places, place = [], text.find(quote)
    while place >= 0:
        places.append(place)
        place = text.find(quote, place + 1)
    whole = [p for p in places if not _inside_word(p, text) and not _inside_word(p + len(quote), text)]
    return whole or places


def _inside_word(place: int, text: str) -> bool:
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()


def _best(places: list[int], wanted: _Wanted, held: Selector, whole: Document) -> tuple[bool, int]:
    """Return whether the best of the exact places can be nothing else, and that place."""
    if wanted.is_alone:
        same = [place for place in places if whole.turn[place] == held.turn]
        likely = bool(same) or held.turn is None or wanted.n_words >= LONG
        likely = likely and len(wanted.quote) >= FUZZY_LENGTH and len(places) == 1
        sure = likely and _unrivalled(places[0], wanted.quote, whole.text)
        return sure, _nearest(same or places, held, whole)
    support = {place: _support(place, place + len(wanted.quote), wanted, whole.text) for place in places}
    ranked = sorted(places, key=lambda place: (-support[place], place))
    place, rival = ranked[0], support[ranked[1]] if len(ranked) > 1 else 0.0
    if rival == 1.0:
        # The same words twice in the same words: only the place tells them apart.
        same = [p for p in places if support[p] == 1.0]
        held_there = [p for p in same if (whole.turn[p], whole.start[p]) == (held.turn, held.start)]
        return bool(held_there), _nearest(held_there or same, held, whole)
    few = wanted.n_words < FEW
    sure = support[place] >= SUPPORTED and support[place] - rival >= CLEAR * (1 + few)
    sure = sure and (not few or _close(place, place + len(wanted.quote), wanted, whole.text))
    return sure and (support[place] == 1.0 or _ahead(place, wanted, whole.text)), place


def _unrivalled(place: int, quote: str, text: str) -> bool:
    """Say whether nothing else in `text` is like the quote at `place`: a coded passage since corrected would be."""
    like = RIVAL_OF_FEW if len(quote) < FEW_LETTERS else RIVAL
    others = text[:place], text[place + len(quote) :]
    return not any(len(o) >= len(quote) and fuzz.partial_ratio(quote, o, score_cutoff=like) for o in others)


def _ahead(place: int, wanted: _Wanted, text: str) -> bool:
    """Say whether nothing else in `text`, the words around counted, is nearly as like as what stands at `place`."""
    needle = " ".join(filter(None, (wanted.before, wanted.quote, wanted.after)))
    end = place + len(wanted.quote)
    own = fuzz.ratio(needle, text[max(0, place - len(wanted.before) - 1) : end + len(wanted.after) + 1])
    others = [other for other in (text[:place], text[end:]) if len(other) >= len(needle)]
    return not any(fuzz.partial_ratio(needle, other, score_cutoff=max(1.0, own - AHEAD)) for other in others)


def _nearest(places: list[int], held: Selector, whole: Document) -> int:
    """Return the place nearest to the one held: in turns, then in characters."""
    turn, start = held.turn or 0, held.start or 0
    return min(places, key=lambda p: (abs(int(whole.turn[p]) - turn), abs(int(whole.start[p]) - start), p))


def _sides(start: int, end: int, wanted: _Wanted, text: str, size: int) -> list[tuple[str, str]]:
    """Return (held, now) of at most `size` letters before and after start…end, the spaces next to it aside."""
    before, after = wanted.before[-size:], wanted.after[:size]
    left, right = text[max(0, start - size - 1) : start].rstrip(), text[end : end + size + 1].lstrip()
    return [(before, left[max(0, len(left) - len(before)) :]), (after, right[: len(after)])]


def _support(start: int, end: int, wanted: _Wanted, text: str) -> float:
    """Return the share of the letters around that are the same, each side by its length."""
    if wanted.is_alone:
        return 0.0
    sides = _sides(start, end, wanted, text, max(len(wanted.before), len(wanted.after)))
    same = sum(Levenshtein.normalized_similarity(held, now) * len(held) for held, now in sides)
    return same / (len(wanted.before) + len(wanted.after))


def _close(start: int, end: int, wanted: _Wanted, text: str) -> bool:
    """Say whether the nearest letters are the same on both sides: what a quote of few words needs besides."""
    sides = _sides(start, end, wanted, text, NEAR)
    return all(not held or Levenshtein.normalized_similarity(held, now) >= SUPPORTED + CLEAR for held, now in sides)


def _similar(wanted: _Wanted, whole: Document) -> Anchor:
    """Return the passage most like the words, those around them counted: doubtful, or lost when too little is left."""
    ranges = [_laid(wanted.quote, "", "", whole.text)] if len(wanted.quote) >= FUZZY_LENGTH else []
    if not wanted.is_alone:
        ranges.append(_laid(wanted.quote, wanted.before, wanted.after, whole.text))
    ranked = []
    for start, end in filter(None, ranges):
        likeness = Levenshtein.normalized_similarity(wanted.quote, whole.text[start:end])
        support = _support(start, end, wanted, whole.text)
        ranked.append((likeness >= SURVIVING, likeness + support, -start, likeness, end))
    if not ranked:
        return Anchor("lost")
    survives, _, start, likeness, end = max(ranked)
    return Anchor("doubtful" if survives else "lost", _longest_first(whole.spans(-start, end)), likeness)


def _laid(quote: str, before: str, after: str, text: str) -> tuple[int, int] | None:
    """Return the passage that `quote` becomes when it, with the words around, is laid on its likest stretch of `text`.

    None where nothing of it is left.
    """
    before, after = before and f"{before} ", after and f" {after}"
    needle = before + quote + after
    found = fuzz.partial_ratio_alignment(needle, text) if len(text) > len(needle) else None
    low, high = (found.dest_start, found.dest_end) if found else (0, len(text))
    around = CONTEXT if before or after else 0
    low, high = max(0, low - around), min(len(text), high + around)
    edits = Levenshtein.opcodes(needle, text[low:high])
    start = low + _carried(edits, len(before), False)
    end = low + _carried(edits, len(before) + len(quote), True)
    # Words around hold the ends where they are.
    if start < end and not around:
        start, end = _settled(quote, start, end, text)
    blank = len(text[start:end]) - len(text[start:end].lstrip())
    start, end = start + blank, start + len(text[start:end].rstrip())
    return (start, end) if start < end else None


def _settled(quote: str, start: int, end: int, text: str) -> tuple[int, int]:
    """Return the passage start…end with its ends moved by words for as long as it becomes more like `quote`.

    The stretch that it was found in is as long as the words wanted: words put in push its ends out.
    """
    best = Levenshtein.normalized_similarity(quote, text[start:end])
    while True:
        tried = [(a, end) for a in _edges(text, start)] + [(start, b) for b in _edges(text, end)]
        score, a, b = max((Levenshtein.normalized_similarity(quote, text[a:b]), a, b) for a, b in tried if a < b)
        if score <= best:
            return start, end
        best, start, end = score, a, b


def _edges(text: str, place: int) -> list[int]:
    """Return `place` and the EDGES places on either side of it where a word begins or ends, or the text does."""
    found = [place]
    for step in (-1, 1):
        edge = place
        for _ in range(EDGES):
            edge += step
            while 0 < edge < len(text) and text[edge - 1].isalnum() == text[edge].isalnum():
                edge += step
            found.append(min(max(edge, 0), len(text)))
    return found


def _carried(edits: Levenshtein.Opcodes, place: int, closing: bool) -> int:
    """Return where the boundary `place` of the first text falls in the second."""
    for edit in edits:
        inside = edit.src_start < place <= edit.src_end if closing else edit.src_start <= place < edit.src_end
        if inside:
            return edit.dest_start + min(place - edit.src_start, edit.dest_end - edit.dest_start)
    return edits[-1].dest_end if closing and edits else 0
