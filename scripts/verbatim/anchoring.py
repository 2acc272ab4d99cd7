"""Codings found again in the masked text, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import polars as pl

from verbatim.anchors import STATUSES, Anchor, Document, Selector, Span, comparable, document, find
from verbatim.anchors.finding import CONTEXT
from verbatim.codings import Coding

SURE = ("intact", "moved")
FRENCH = {"intact": "intact", "moved": "déplacé", "doubtful": "douteux", "lost": "perdu"}
NOWHERE = document({})
CODINGS = {
    **dict.fromkeys(("coding", "interview"), pl.String),
    **dict.fromkeys(("turn", "start", "end"), pl.Int64),
    **dict.fromkeys(
        ("quote", "theme", "coder", "origin", "anchor", "memo", "hypothesis", "stance", "set_aside"), pl.String
    ),
}
ANCHORING = {
    **dict.fromkeys(("coding", "status", "interview"), pl.String),
    **dict.fromkeys(("turn_coded", "turn_found", "n_turns"), pl.Int64),
    **dict.fromkeys(("before_coded", "quote_coded", "after_coded"), pl.String),
    **dict.fromkeys(("before_found", "quote_found", "after_found"), pl.String),
    "likeness": pl.Float64,
}
Found = list[tuple[Coding, Anchor]]


def documents(turns: pl.DataFrame) -> dict[str, Document]:
    """Return the text of each interview of corpus/turns or private/turns, ready to be searched."""
    texts: dict[str, dict[int, str]] = {}
    for interview, turn, text in turns.sort("interview", "turn").select("interview", "turn", "text").iter_rows():
        texts.setdefault(interview, {})[turn] = text
    return {interview: document(own) for interview, own in texts.items()}


def selector(coding: Coding) -> Selector:
    """Return what holds a coding."""
    return Selector(coding.quote, coding.before, coding.after, coding.turn, coding.start)


def anchor(
    codings: Iterable[Coding],
    masked: Mapping[str, Document],
    raw: Mapping[str, Document],
    to_masked: Callable[[str, int, int, int], tuple[int, int]],
) -> Found:
    """Return each coding with where it stands in the `masked` text.

    A quote of which the masked text is not sure is looked for in the `raw` text, and its place brought over by
    `to_masked(interview, turn, start, end)`: when the raw text is sure, or more like the quote.
    """
    found = []
    for coding in codings:
        held, interview = selector(coding), coding.interview
        here = find(held, masked.get(interview, NOWHERE))
        if here.status not in SURE:
            there = find(held, raw.get(interview, NOWHERE))
            if there.status in SURE or there.likeness > here.likeness:
                spans = (Span(s.turn, *to_masked(interview, s.turn, s.start, s.end)) for s in there.spans)
                here = Anchor(there.status, tuple(spans), there.likeness)
        found.append((coding, here))
    return found


def codings_table(found: Found, masked: Mapping[str, Document], mask: Callable[[str], str]) -> pl.DataFrame:
    """Return the table themes/codings; `mask` hides names in memos, and in the words of a lost coding."""
    rows = []
    for coding, anchor in found:
        span = anchor.span
        place = (span.turn, span.start, span.end) if span else (coding.turn, None, None)
        whole = masked.get(coding.interview, NOWHERE)
        quote = whole.words(span) if span else shown(coding.quote, whole, mask)
        about = (
            coding.theme,
            coding.coder,
            coding.origin,
            anchor.status,
            mask(coding.memo) if coding.memo else None,
            coding.hypothesis,
            coding.stance,
            None,
        )
        rows.append((coding.coding, coding.interview, *place, quote, *about))
    return pl.DataFrame(rows, schema=CODINGS, orient="row")


def anchoring_table(found: Found, masked: Mapping[str, Document], mask: Callable[[str], str]) -> pl.DataFrame:
    """Return the table themes/anchoring; `mask` hides names in coders' words that the masked text does not hold."""
    rows = []
    for coding, anchor in found:
        whole = masked.get(coding.interview, NOWHERE)
        span, nearest = anchor.span, next(iter(anchor.spans), None)
        around = whole.around(nearest, CONTEXT) if nearest else (None, None)
        now = around[0], whole.words(span) if span else None, around[1]
        coded = (shown(text, whole, mask) or None for text in (coding.before, coding.quote, coding.after))
        turns = coding.turn, span.turn if span else None, len(anchor.spans) if span else 0
        rows.append((coding.coding, anchor.status, coding.interview, *turns, *coded, *now, anchor.likeness))
    return pl.DataFrame(rows, schema=ANCHORING, orient="row")


def shown(text: str, whole: Document, mask: Callable[[str], str]) -> str:
    """Return a coder's words as they may be published: as they are where the masked text holds them."""
    return text if comparable(text)[0] in whole.text else mask(text)


def counts(found: Found) -> str:
    """Return in French how many codings have each status."""
    statuses = [anchor.status for _, anchor in found]
    return ", ".join(f"{FRENCH[status]} {statuses.count(status)}" for status in STATUSES)
