"""Subtitles: WebVTT (.vtt) and SubRip (.srt), with voices (`<v Name>`) or labels (`Name: …`)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from verbatim.transcripts.accounts import Piece
from verbatim.transcripts.plain_text import lines
from verbatim.transcripts.speakers import Line, seconds

CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
TIMING = re.compile(rf"\s*(?P<start>{CLOCK})\s*-->\s*(?P<end>{CLOCK})(?:\s.*)?")
VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s([^<>]+)>")
MARKUP = re.compile(
    r"</?(?:v|c|b|i|u|s|font|ruby|rt|lang)(?:[.\s][^<>]*)?>|<\d[\d:.]*>|\{\\an?\d+\}|&(?:amp|lt|gt|nbsp|lrm|rlm|quot|#39);"
)
DIRECTIONS = {"&lrm;", "&rlm;"}
ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s.*)?")

Written = tuple[str, str]


def read(text: str) -> tuple[list[Line | Piece], list[str]]:
    """Return the lines of the cues, with voice and times, and the pieces between them; then notes."""
    entries: list[Line | Piece] = []
    unread = 0
    for i, group in enumerate(_groups(text)):
        timing = next((n for n, (line, _) in enumerate(group[:2]) if TIMING.fullmatch(line)), None)
        if timing is not None:
            entries += _cue(group, timing)
        elif (i == 0 and group[0][0].startswith("WEBVTT")) or ASIDE.fullmatch(group[0][0]):
            entries += _set_aside(group, "subtitle_header")
        elif any(line.strip() for line, _ in group):
            unread += 1
            for line, ending in group:
                entries += [Piece("unread", line), Piece("dropped", ending, "line_marks")]
        else:
            entries += _set_aside(group, "white_space")
    notes = [f"{unread} passage(s) sans minutage non lus"] if unread else []
    return entries, notes


def _groups(text: str) -> Iterator[list[Written]]:
    """Yield groups of lines; the blank lines after a group belong to it."""
    group: list[Written] = []
    blank = False
    for line, ending in lines(text):
        if line.strip() and blank:
            yield group
            group = []
        blank = not line.strip()
        group.append((line, ending))
    if group:
        yield group


def _set_aside(group: list[Written], rule: str) -> Iterator[Piece]:
    for line, ending in group:
        yield Piece("dropped", line, rule)
        yield Piece("dropped", ending, "line_marks")


def _cue(group: list[Written], timing: int) -> Iterator[Line | Piece]:
    found = TIMING.fullmatch(group[timing][0])
    span = seconds(found["start"]), seconds(found["end"])
    yield from _set_aside(group[:timing], "cue_numbers")
    yield from _set_aside(group[timing : timing + 1], "time_codes")
    voice: str | None = None
    for line, ending in group[timing + 1 :]:
        parts = VOICE.split(line)
        tags = [match[0] for match in VOICE.finditer(line)]
        for n, part in enumerate(parts[::2]):
            if n:
                yield Piece("dropped", tags[n - 1], "labels")
                voice = " ".join(html.unescape(parts[2 * n - 1]).split()) or None
            if part or not n:
                last = n == len(tags)
                yield from _spoken(part, ending if last else "", voice, span)
            elif n == len(tags):
                yield Piece("dropped", ending, "line_marks")


def _spoken(
    part: str, ending: str, voice: str | None, span: tuple[float | None, float | None]
) -> Iterator[Line | Piece]:
    """Yield a line of what is said, inner markup set aside beforehand."""
    said = MARKUP.sub(lambda found: _character(found[0]), part)
    taken = len(part) - len(said)
    if taken:
        yield Piece("dropped", part[:taken], "markup")
    if said.strip():
        yield Line(said, ending, voice=voice, start_s=span[0], end_s=span[1])
    else:
        yield Piece("dropped", said, "white_space")
        yield Piece("dropped", ending, "line_marks")


def _character(markup: str) -> str:
    return html.unescape(markup) if markup[0] == "&" and markup not in DIRECTIONS else ""
