"""The course of an interview: where each class and each theme stands in it, from its first word to its last."""

from __future__ import annotations

from dataclasses import dataclass

from verbatim.sheets.coded_study import CodedStudy
from verbatim.sheets.passages import Passage

Span = tuple[int, int]


@dataclass(frozen=True)
class Lane:
    """A class (its `number`) or a theme (`number` 0): the characters of the interview where it stands."""

    label: str
    number: int
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class TimeLine:
    """`length`: characters of the interview; `turns`: where each turn begins; lanes of classes, then of themes."""

    length: int
    turns: tuple[int, ...]
    lanes: tuple[Lane, ...]


def time_line(study: CodedStudy, interview: str, analysis: str | None) -> TimeLine:
    """Return the time line of an interview with the classes of `analysis` (None: themes alone)."""
    starts, at = [], 0
    for turn in study.corpus.turns[interview]:
        starts.append(at)
        at += len(turn["text"]) + 1
    lanes = [*(_classes(study, interview, analysis, starts) if analysis else []), *_themes(study, interview, starts)]
    return TimeLine(max(at, 1), tuple(starts), tuple(lanes))


def _classes(study: CodedStudy, interview: str, analysis: str, starts: list[int]) -> list[Lane]:
    spans: dict[int, list[Span]] = {}
    table = study.classes(analysis).get(interview, [])
    for segment, number in table:
        if number > 0:
            place = study.corpus.segments[interview, segment]
            begin = starts[place.first_turn - 1] + place.start
            spans.setdefault(number, []).append((begin, starts[place.last_turn - 1] + place.end))
    return [
        Lane(study.material.class_label(analysis, number), number, tuple(sorted(spans[number])))
        for number in sorted(spans)
    ]


def _themes(study: CodedStudy, interview: str, starts: list[int]) -> list[Lane]:
    mothers = {theme.parent for theme in study.themes}
    found = []
    for theme in study.themes:
        own = study.own_passages(theme.id) if theme.id in mothers else study.passages[theme.id]
        spans = [_span(passage, starts) for passage in own if passage.interview == interview]
        if spans:
            found.append(Lane(theme.title, 0, tuple(spans)))
    return found


def _span(passage: Passage, starts: list[int]) -> Span:
    begin = starts[passage.turn - 1]
    return begin + passage.start, begin + passage.end
