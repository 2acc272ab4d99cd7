"""What a participant says, cut into sentences, also where a transcript has hardly any punctuation.

The one rule, in this order. (1) A sentence ends after a full stop, and after « ? », « ! » or « … » when no
lower-case letter follows (in speech these often stand in the middle). (2) A piece of fewer than 4 words is joined to
the next of its turn, the last of a turn to the one before. (3) A piece of more than 40 words is cut in two as near to
its middle as a comma, a colon or a noted pause allows, 5 words from its ends at least; failing that, before a word that
links (« et », « mais », « parce que »…); failing that, in the middle; and so on until none has more than 40 words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import polars as pl

from verbatim.corpus import SILENT_POS

FEWEST, MOST, EDGE = 4, 40, 5
ENDS = re.compile(r"[.?!…]+")
CLOSING, OPENING = set("»”\")]’'"), set('«“"([—–-')
BREAKS = {",", ";", ":", "…", "...", "—", "–"}
LINKS = {
    *("et", "mais", "ou", "donc", "alors", "puis", "ensuite", "parce que", "puisque", "du coup", "après", "enfin"),
    *("bon", "ben", "voilà", "quand", "même si", "alors que", "comme"),
}
Piece = tuple[int, int]


def cut(turns: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    """Return the sentences of the participants' turns.

    Columns: interview, turn, sentence (from 1 in its turn), first and last (rows of `tokens`, sorted by its key, both
    included), start and end (characters of the turn, half-open), n_words.
    """
    asked = turns.filter(pl.col("role") == "participant").select("interview", "turn", said=pl.lit(True))
    rows = tokens.with_row_index("row").join(asked, on=["interview", "turn"], how="semi", maintain_order="left")
    found = []
    for (interview, turn), own in rows.group_by("interview", "turn", maintain_order=True):
        row, start, end = (own[name].to_list() for name in ("row", "start", "end"))
        pos = own["pos"].to_list()
        pieces = cut_turn(own["form"].to_list(), own["lemma"].to_list(), pos)
        for number, (first, last) in enumerate(pieces, 1):
            n_words = sum(one not in SILENT_POS for one in pos[first : last + 1])
            found.append((interview, turn, number, row[first], row[last], start[first], end[last], n_words))
    names = ("turn", "sentence", "first", "last", "start", "end", "n_words")
    return pl.DataFrame(found, schema={"interview": pl.String, **dict.fromkeys(names, pl.Int64)}, orient="row")


def cut_turn(forms: Sequence[str], lemmas: Sequence[str], pos: Sequence[str]) -> list[Piece]:
    """Return first and last token (from 0, both included) of the sentences of a turn; none without a word."""
    words = [one not in SILENT_POS for one in pos]
    pieces = _joined(list(_ended(forms)), words)
    return [part for piece in pieces for part in _shortened(piece, forms, lemmas, pos, words)]


def _ended(forms: Sequence[str]) -> Iterator[Piece]:
    first = place = 0
    while place < len(forms):
        last = place
        if ENDS.fullmatch(forms[place]):
            while last + 1 < len(forms) and (ENDS.fullmatch(forms[last + 1]) or forms[last + 1] in CLOSING):
                last += 1
            if forms[place] == "." or not _goes_on(forms, last + 1):
                yield first, last
                first = last + 1
        place = last + 1
    if first < len(forms):
        yield first, len(forms) - 1


def _goes_on(forms: Sequence[str], place: int) -> bool:
    following = next((form for form in forms[place:] if form not in OPENING), "")
    return following[:1].islower()


def _joined(pieces: list[Piece], words: Sequence[bool]) -> list[Piece]:
    found: list[Piece] = []
    begun = None
    for first, last in pieces:
        begun = first if begun is None else begun
        if sum(words[begun : last + 1]) >= FEWEST:
            found.append((begun, last))
            begun = None
    if begun is not None and found:
        found[-1] = (found[-1][0], pieces[-1][1])
    elif begun is not None and any(words):
        found.append((begun, pieces[-1][1]))
    return found


def _shortened(
    piece: Piece, forms: Sequence[str], lemmas: Sequence[str], pos: Sequence[str], words: Sequence[bool]
) -> Iterator[Piece]:
    first, last = piece
    # how many words stand before each token of the piece
    before = [0]
    for place in range(first, last + 1):
        before.append(before[-1] + words[place])
    total = before[-1]
    if total <= MOST:
        yield piece
        return
    inside = [p for p in range(first + 1, last + 1) if EDGE <= before[p - first] <= total - EDGE]
    pauses = [p for p in inside if forms[p - 1] in BREAKS or pos[p - 1] == "X"]
    links = [p for p in inside if lemmas[p] in LINKS]
    at = min(pauses or links or inside, key=lambda p: (abs(2 * before[p - first] - total), p))
    yield from _shortened((first, at - 1), forms, lemmas, pos, words)
    yield from _shortened((at, last), forms, lemmas, pos, words)
