"""Where two coders of an interview do not agree: passages that one missed, coded otherwise, or bounded otherwise."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import polars as pl

from verbatim import tables
from verbatim.coder_agreement.units import Compared, made

# Two passages of one theme agree when they share this part of the words in either; passages of two themes are held to
# be about the same words when they share this part of the shorter.
SAME = 0.5
RESOLUTIONS = ("first", "second", "both", "neither")


class Passage(NamedTuple):
    """A coding as it is compared: its first word of the study and its last (excluded)."""

    coding: str
    theme: str
    first: int
    last: int
    turn: int


def find(compared: Compared, codings: pl.DataFrame, decided: Mapping[str, str] | None = None) -> pl.DataFrame:
    """Return the table themes/discordances; `decided`: discordance -> resolution.

    For each two coders of an interview: passages of one theme that share half of the words in either agree, or less:
    other bounds; what is left of one coder and of the other, under two themes, that share half of the shorter: another
    theme; what is left then was missed by the other. Codings outside the participants' words are not compared.
    """
    own = made(codings).filter(pl.col("interview").is_in(list(compared.interviews)))
    spans = compared.spans(own).tolist()
    passages: dict[tuple[str, str], list[Passage]] = {}
    columns = own.select("interview", "coder", "coding", "theme", "turn").iter_rows()
    for (interview, coder, coding, theme, turn), (first, last) in zip(columns, spans, strict=True):
        if last > first:
            passages.setdefault((interview, coder), []).append(Passage(coding, theme, first, last, turn))
    rows = []
    for interview, read in zip(compared.interviews, compared.read, strict=True):
        for one, other in combinations([coder for coder, did in zip(compared.coders, read, strict=True) if did], 2):
            sides = sorted(passages.get((interview, one), ())), sorted(passages.get((interview, other), ()))
            rows += [_row(interview, (one, other), *found, decided or {}) for found in between(*sides)]
    return pl.DataFrame(rows, schema=dict(tables.empty("themes/discordances").schema), orient="row")


def between(
    ones: Sequence[Passage], others: Sequence[Passage]
) -> Iterator[tuple[str, Passage | None, Passage | None, float]]:
    """Yield (kind, passage of the one, passage of the other, overlap) of what two coders do not agree on."""
    meeting = [(a, b, *_shared(a, b)) for a, b in _meeting(ones, others)]
    settled = {c.coding for a, b, of_either, _ in meeting if a.theme == b.theme and of_either >= SAME for c in (a, b)}
    apart = [
        (a, b, of_either)
        for a, b, of_either, _ in meeting
        if a.theme == b.theme and a.coding not in settled and b.coding not in settled
    ]
    yield from (("bounds", *found) for found in apart)
    # a passage inside one of its theme that agrees with another is agreed on too
    settled |= {c.coding for a, b, *_ in meeting if a.theme == b.theme for c in (a, b)}
    for a, b, of_either, of_shorter in sorted(meeting, key=lambda m: (-m[2], m[0], m[1])):
        if of_shorter >= SAME and a.coding not in settled and b.coding not in settled:
            settled |= {a.coding, b.coding}
            yield "theme", a, b, of_either
    yield from (("missed", a, None, 0.0) for a in ones if a.coding not in settled)
    yield from (("missed", None, b, 0.0) for b in others if b.coding not in settled)


def _meeting(ones: Sequence[Passage], others: Sequence[Passage]) -> Iterator[tuple[Passage, Passage]]:
    """Yield the pairs that share a word, in the order of their words."""
    ordered = sorted(others, key=lambda b: (b.first, b.last))
    longest = max((b.last - b.first for b in ordered), default=0)
    begin = 0
    for a in sorted(ones, key=lambda a: (a.first, a.last)):
        while begin < len(ordered) and ordered[begin].first + longest <= a.first:
            begin += 1
        for b in ordered[begin:]:
            if b.first >= a.last:
                break
            if b.last > a.first:
                yield a, b


def _shared(a: Passage, b: Passage) -> tuple[float, float]:
    """Return the words in both over those in either, and over those of the shorter."""
    both = min(a.last, b.last) - max(a.first, b.first)
    sizes = a.last - a.first, b.last - b.first
    return both / (sum(sizes) - both), both / min(sizes)


def _row(
    interview: str,
    coders: tuple[str, str],
    kind: str,
    one: Passage | None,
    other: Passage | None,
    overlap: float,
    decided: Mapping[str, str],
) -> tuple:
    first, second = (one, other) if one else (other, None)
    who = coders if one else coders[::-1]
    name = discordance(first.coding, second.coding if second else None, who[1])
    about = kind, interview, first.turn, who[0], first.coding, who[1], second.coding if second else None
    return (name, *about, overlap, decided.get(name))


def discordance(coding: str, other_coding: str | None, other_coder: str) -> str:
    """Return the identifier of a discordance: that of two codings, or of one that another coder did not make."""
    words = (coding, other_coding) if other_coding else (coding, "", other_coder)
    return f"d-{hashlib.sha256(chr(31).join(words).encode()).hexdigest()[:10]}"
