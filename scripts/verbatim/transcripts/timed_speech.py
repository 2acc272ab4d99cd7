"""Speech that a format gives speaker by speaker, with its times: from utterances to the lines of a transcript."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from verbatim.transcripts.accounts import normalise
from verbatim.transcripts.speakers import Line

NUMBER = re.compile(r"[\s\d.,:]+")
MEASURE = re.compile(r"\s*\d+[.,]\d{2,3}\s*")
OVERLAP = re.compile(r"[<>]+")
Entries = tuple[list[Line], Counter[str], list[str]]


@dataclass(frozen=True)
class Utterance:
    """What one speaker says without a break; times in seconds, None where the format gives none."""

    speaker: str | None
    start_s: float | None
    end_s: float | None
    text: str


def lines(utterances: Iterable[Utterance], n_characters: int, notes: Sequence[str] = ()) -> Entries:
    """Return the lines of a transcript in the order of time, what was set aside by rule, and notes.

    `n_characters`: those of the whole file; all that no utterance holds is markup. Utterances without a time keep
    their place after the one before. Marks of overlap (`<`, `>`) are taken out; what is only a number of
    seconds (`0.643`), and all of a speaker who says nothing but numbers, measures pauses.
    """
    said = [one for one in _in_time(list(utterances)) if one.text.strip()]
    spoken = {one.speaker for one in said if not NUMBER.fullmatch(one.text)}
    entries: list[Line] = []
    lost: Counter[str] = Counter()
    n_measures = 0
    for one in said:
        if spoken and (one.speaker not in spoken or MEASURE.fullmatch(one.text)):
            lost["other_tiers"] += len(one.text)
            n_measures += 1
            continue
        text, set_aside = normalise(one.text)
        plain = OVERLAP.sub("", text)
        lost += set_aside + Counter({"overlaps": len(text) - len(plain)})
        start, end = (None if time is None else round(time, 3) for time in (one.start_s, one.end_s))
        entries.append(Line(plain, "\n", voice=one.speaker, start_s=start, end_s=end))
    known = sum(len(line.text) + 1 for line in entries) + sum(lost.values())
    lost["markup"] += max(0, n_characters - known)
    return entries, +lost, [*notes, *_told(entries, n_measures, lost["overlaps"])]


def _in_time(utterances: list[Utterance]) -> list[Utterance]:
    keys, last = [], float("-inf")
    for one in utterances:
        last = one.start_s if one.start_s is not None else last
        keys.append(last)
    return [utterances[i] for i in sorted(range(len(utterances)), key=lambda i: keys[i])]


def _told(entries: Sequence[Line], n_measures: int, n_marks: int) -> list[str]:
    told = []
    if n_measures:
        told.append(f"{n_measures} mesure(s) de pause mises de côté")
    if n_marks:
        told.append("marques de chevauchement (< >) ôtées")
    overlapping = sum(_overlap(*pair) for pair in pairwise(entries))
    if overlapping:
        told.append(f"{overlapping} prise(s) de parole en chevauchement : gardées l'une après l'autre")
    return told


def _overlap(before: Line, after: Line) -> bool:
    if before.voice == after.voice or before.end_s is None or after.start_s is None:
        return False
    return after.start_s < before.end_s - 0.05
