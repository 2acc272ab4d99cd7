"""Praat's TextGrid, in its long and short forms."""

from __future__ import annotations

import re
from dataclasses import dataclass

from verbatim.problems import Problem, StudyError
from verbatim.transcripts.timed_speech import Entries, Utterance, lines

# Praat itself reads only these: numbers and flags that stand alone, and texts between quotes.
PART = re.compile(r'"((?:[^"]|"")*)"|(?<![^\s=])(<exists>|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)(?=\s|$)')
SPEAKERS = {"spk", "speaker", "speakers", "locuteur", "locuteurs", "loc"}
WORDS = {"ortho", "orthographe", "orthographic", "transcription", "trans", "text", "texte", "utterance", "utterances"}
ANALYSES = re.compile(
    r"phon\w*|syll\w*|words?|mots?|tokens?|pos|lemm\w*|pitch|tones?|gloss\w*|commentaires?|comments?|notes?",
    re.IGNORECASE,
)
SILENCES = {"_", "#", "sil", "sp", "<p:>", "*", "-", "pause"}


@dataclass(frozen=True)
class Tier:
    """A tier: its name and its intervals (start, end, text) in seconds; a point has its time twice."""

    name: str
    intervals: tuple[tuple[float, float, str], ...]


def read(text: str, place: str) -> Entries:
    """Return the lines of a TextGrid: a speaker for each tier, or one tier of words cut by a tier of speakers."""
    tiers = _tiers(text, place)
    who = next((tier for tier in tiers if tier.name.casefold() in SPEAKERS), None)
    words = [tier for tier in tiers if tier.name.casefold() in WORDS]
    others = [tier for tier in tiers if tier is not who and tier not in words]
    if not words or (who is None and not all(ANALYSES.fullmatch(tier.name) for tier in others)):
        words += [tier for tier in others if not ANALYSES.fullmatch(tier.name)] or (others if not words else [])
    unread = [tier.name for tier in tiers if tier is not who and tier not in words]
    notes = [f"{len(unread)} piste(s) d'annotation non lues : {', '.join(f'« {n} »' for n in unread[:6])}"]
    found = [
        Utterance(_speaker(who, start, end) if who else (tier.name or None), start, end, said)
        for tier in words
        for start, end, said in tier.intervals
        if said.strip() and said.strip().casefold() not in SILENCES
    ]
    return lines(found, len(text), notes if unread else [])


def _speaker(who: Tier, start: float, end: float) -> str | None:
    shared = [(min(end, e) - max(start, s), name) for s, e, name in who.intervals if name.strip() not in SILENCES]
    most, name = max(shared, key=lambda one: one[0], default=(0.0, ""))
    return name.strip() or None if most > 0 else None


def _tiers(text: str, place: str) -> list[Tier]:
    parts = [found[1].replace('""', '"') if found[1] is not None else found[2] for found in PART.finditer(text)]
    is_text = [found[1] is not None for found in PART.finditer(text)]
    reader = _Reader(parts, is_text, place)
    if reader.text() != "ooTextFile" or reader.text() != "TextGrid":
        reader.fail()
    reader.number(), reader.number()
    if reader.flag() != "<exists>":
        return []
    return [reader.tier() for _ in range(reader.count())]


class _Reader:
    """The texts, numbers and flags of a TextGrid one after another."""

    def __init__(self, parts: list[str], is_text: list[bool], place: str):
        self._parts, self._is_text, self._place, self._at = parts, is_text, place, 0

    def fail(self) -> None:
        mend = "dans Praat : Save as text file…"
        raise StudyError(Problem(self._place, "ce n'est pas un TextGrid entier", "un TextGrid en texte", mend))

    def _next(self, is_text: bool) -> str:
        if self._at >= len(self._parts) or self._is_text[self._at] != is_text:
            self.fail()
        self._at += 1
        return self._parts[self._at - 1]

    def text(self) -> str:
        return self._next(True)

    def flag(self) -> str:
        return self._next(False)

    def number(self) -> float:
        part = self._next(False)
        if part == "<exists>":
            self.fail()
        return float(part)

    def count(self) -> int:
        number = self.number()
        if not 0 <= number <= len(self._parts):
            self.fail()
        return int(number)

    def tier(self) -> Tier:
        kind, name = self.text(), self.text()
        self.number(), self.number()
        if kind == "IntervalTier":
            rows = [(self.number(), self.number(), self.text()) for _ in range(self.count())]
        else:
            rows = [(time, time, self.text()) for _ in range(self.count()) for time in (self.number(),)]
        return Tier(name, tuple(rows))
