"""CHAT (.cha), the format of CHILDES and TalkBank: `*ABC:` lines are said, the others are about them."""

from __future__ import annotations

import re

from verbatim.problems import Problem, StudyError
from verbatim.transcripts.timed_speech import Entries, Utterance, lines

LINE = re.compile(r"\*(?P<who>[^\s:]{1,12}):\s?(?P<text>.*)", re.DOTALL)
BULLET = re.compile("\x15\\d+_\\d+\x15")
# milliseconds; longer numbers are no times
TIMES = re.compile("\x15(\\d{1,12})_(\\d{1,12})\x15")
# what is written around the words: codes in brackets, events, pauses, marks of retracing and of linking
CODES = re.compile(r"\[[^\[\]]*\]|&[=*{}][^\s]*|\(\.{1,3}\)|\+(?:[<^,+]|\.{3}|/{1,2}[.?]?|!\?|\"[./]?)|[‹›⌈⌉⌊⌋↑↓‡„]")
FILLERS = re.compile(r"&[-~+]?(?=\w)")
OMITTED = re.compile(r"(?<!\S)0\w+")
SHORTENED = re.compile(r"\((\w+)\)")
FORMS = re.compile(r"(?<=\w)@\w+(?::\w+)?")


def read(text: str, place: str) -> Entries:
    """Return the lines of a CHAT file; dependent tiers (%) and headers (@) are not said."""
    if not re.match(r"\ufeff?(?:@\w[^\n]*\n)*@Begin", text):
        raise StudyError(Problem(place, "la ligne @Begin manque en tête", "un fichier CHAT (CLAN)"))
    unfolded = re.sub(r"\r?\n[ \t]+", " ", text)
    found = []
    for line in unfolded.splitlines():
        match = LINE.fullmatch(line)
        if match:
            times = TIMES.findall(match["text"])
            start, end = (int(times[0][0]) / 1000, int(times[-1][1]) / 1000) if times else (None, None)
            found.append(Utterance(match["who"], start, end, _words(match["text"])))
    return lines(found, len(text))


def _words(text: str) -> str:
    """Return the words of an utterance without the codes of CHAT; what was shortened is written whole."""
    plain = CODES.sub(" ", OMITTED.sub(" ", BULLET.sub(" ", text)))
    plain = FORMS.sub("", SHORTENED.sub(r"\1", FILLERS.sub("", plain)))
    return " ".join(re.sub(r"[<>]", " ", plain).split())
