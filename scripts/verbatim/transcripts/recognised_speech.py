"""What speech recognition writes: the JSON of Whisper and of WhisperX (with speakers)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from verbatim.problems import Problem, StudyError
from verbatim.transcripts.timed_speech import Entries, Utterance, lines

UNSURE = 0.5
SHOWN = 10
EXPECTED = "le JSON de Whisper ou de WhisperX : un objet dont « segments » est une liste"


def read(text: str, place: str) -> Entries:
    """Return the lines of a JSON of segments; the times of words of low confidence are told."""
    try:
        value = json.loads(text.lstrip("\ufeff"))
    except (json.JSONDecodeError, RecursionError) as error:
        raise StudyError(Problem(place, f"JSON illisible ({error})", EXPECTED)) from error
    segments = value.get("segments") if isinstance(value, dict) else None
    if not isinstance(segments, list) or not all(isinstance(one, dict) for one in segments):
        raise StudyError(Problem(place, "ce JSON ne vient pas d'une reconnaissance de la parole", EXPECTED))
    found = [one for segment in segments for one in _utterances(segment)]
    return lines(found, len(text), _unsure(segments))


def _utterances(segment: dict) -> Iterator[Utterance]:
    whole = segment.get("speaker")
    words = [word for word in segment.get("words") or [] if isinstance(word, dict)]
    speakers = [_text(word.get("speaker")) or _text(whole) for word in words]
    if len(set(speakers)) < 2:
        speaker = _text(whole) or next(iter(speakers), None)
        yield Utterance(speaker, _number(segment.get("start")), _number(segment.get("end")), _said(segment.get("text")))
        return
    for speaker, own in groupby(zip(speakers, words, strict=True), key=lambda one: one[0]):
        said = [word for _, word in own]
        starts = [time for time in (_number(word.get("start")) for word in said) if time is not None]
        ends = [time for time in (_number(word.get("end")) for word in said) if time is not None]
        text = " ".join(_said(word.get("word")).strip() for word in said)
        yield Utterance(speaker, min(starts, default=_number(segment.get("start"))), max(ends, default=None), text)


def _unsure(segments: list[dict]) -> list[str]:
    words = [word for one in segments for word in one.get("words") or [] if isinstance(word, dict)]
    doubtful = [word for word in words if (_number(word.get("probability", word.get("score"))) or 1.0) < UNSURE]
    if not doubtful:
        return []
    times = [_number(word.get("start")) for word in doubtful]
    shown = ", ".join(f"{int(t // 60)}:{int(t % 60):02d}" for t in times[:SHOWN] if t is not None)
    more = "…" if len(times) > SHOWN else ""
    return [f"{len(doubtful)} mot(s) de faible confiance (moins de {UNSURE:.0%}), à réécouter : {shown}{more}"]


def _said(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _number(value: Any) -> float | None:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if is_number and 0 <= value < 1e7 else None
