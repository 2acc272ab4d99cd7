"""Who speaks: labels of speakers recognised at the beginning of lines, and lines made into pieces."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from verbatim.transcripts.accounts import Piece, normalise


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\S+", text))


TIME = r"\d{1,2}\s?:\s?\d{2,3}(?:\s?:\s?\d{2})?(?:[.,]\d{1,3})?"
SPAN = rf"{TIME}(?:\s{{0,3}}(?:-->|->|[-–—à/])\s{{0,3}}{TIME})?"
SHUT = rf"[(\[<]\s?{SPAN}\s?[)\]>]"
NAME = r"(?P<name>[^\W\d_][\w .’'°&/-]{0,39}?)"
GAP = r"\s{0,5}"
FORMS = (
    ("bracket", rf"[\[{{]\s?{NAME}\s?[\]}}]{GAP}(?P<sign>:(?!//))?{GAP}(?P<time>{SHUT}|{SPAN})?{GAP}(?P<sign2>:)?"),
    ("colon", rf"(?:(?P<time>{SHUT}|{SPAN}){GAP}[-–]?\s)?{GAP}{NAME}{GAP}(?P<time2>{SHUT})?{GAP}(?::(?!//|\d\d\b)|\t)"),
    ("timed", rf"{NAME}{GAP}(?P<time>{SHUT})"),
    ("timed", rf"{NAME}\s{GAP}(?P<time>{SPAN})$"),
    ("time first", rf"(?P<time>{SHUT}|{SPAN}){GAP}\s{NAME}$"),
)
PATTERNS = tuple((form, re.compile(pattern)) for form, pattern in FORMS)
STRONG = {"colon", "timed", "cell"}
WINDOW = 160
TIME_ONLY = re.compile(rf"\s*(?:{SHUT}|{SPAN})\s*")
INNER_TIME = re.compile(r"\[\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?\]|#\d{1,2}:\d{2}:\d{2}(?:[.,-]\d{1,3})?#")
ORNAMENT = re.compile(r"\s*[-_=*~#•]{3,}[-_=*~#•\s]*")
ELIDED = re.compile(r"\b(?:[cdjmnst]|qu)['’]", re.IGNORECASE)
CODE = re.compile(r"[a-z]{1,12} ?\d{1,4}")
PREAMBLE_WORDS = 60

PARTICIPANT = _words(
    """
    interviewe interviewee enquete enquetee participant participante repondant repondante locuteur locutrice
    temoin sujet beneficiaire r
    """
)
NOT_NAMES = _words(
    """
    je tu il elle on nous vous ils elles me te se ce ca cela ceci que qu qui quoi dont ou et mais donc or ni car
    alors puis ensuite enfin bref bon ben bah oui non ouais ok voila par pour avec sans dans sur sous en ai as est
    suis sont etait avait dit dire fait pas plus tres comme si quand parce aussi exemple etc merci attention hein
    euh hum mhm accord tout premierement deuxiemement http https ftp mailto www nb ps date lieu duree heure age
    sexe objet titre fichier transcription consigne resume rire rires sourire sourires silence silences soupir
    soupirs pause toux inaudible incomprehensible bruit bruits musique bip hesitation pleurs chevauchement
    sonnerie applaudissements coupure interruption prenom nom ville
    """
)
NOT_CODES = _words(
    """
    question etape chapitre partie theme seance point annexe covid tableau figure page phase axe
    """
)


@dataclass(frozen=True)
class Line:
    """A line or paragraph with the characters that end it.

    `bold` counts the bold characters with which it begins; `heading` when its style is a heading's;
    `cell` when it stands in a cell of a table with another cell to its right; `voice` is the speaker
    when the format names him; times are those of its cue.
    """

    text: str
    ending: str
    bold: int = 0
    heading: bool = False
    cell: bool = False
    voice: str | None = None
    start_s: float | None = None
    end_s: float | None = None


def lines_of_runs(runs: Iterable[tuple[str, bool]], heading: bool, cell: bool) -> tuple[list[Line], Counter[str]]:
    """Return the lines of a paragraph given run by run (text, bold), and the characters set aside by rule.

    A run that is only a line end breaks the line; every line ends with one character.
    """
    lines: list[Line] = []
    set_aside: Counter[str] = Counter()
    written = bold = ""
    all_bold = True
    for text, is_bold in [*runs, ("\n", False)]:
        if text != "\n":
            all_bold = all_bold and (is_bold or not text.strip())
            written, bold = written + text, bold + text if all_bold else bold
            continue
        words, lost = normalise(written)
        set_aside += lost
        lines.append(Line(words, "\n", bold=len(normalise(bold)[0]), heading=heading, cell=cell))
        written = bold = ""
        all_bold = True
    return lines, set_aside


@dataclass(frozen=True)
class Label:
    """A label that a line may begin with: `end` is where words begin, `time` the span of its time."""

    name: str
    form: str
    end: int
    time: tuple[int, int] | None = None

    @property
    def is_strong(self) -> bool:
        """Say whether its form alone tells a label (colon, time, cell of a table)."""
        return self.form in STRONG


def key(label: str) -> str:
    """Return `label` without case, accents, brackets and punctuation: what two labels are compared by."""
    plain = unicodedata.normalize("NFKD", label.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", plain))


def seconds(time: str) -> float | None:
    """Return `[h:]mm:ss[.mmm]` in seconds, or None when it is no time of day or of a recording."""
    found = re.fullmatch(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,](\d{1,3}))?", re.sub(r"\s", "", time))
    if not found or int(found[3]) > 59 or (found[1] and int(found[2]) > 59):
        return None
    return int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3]) + float(f"0.{found[4] or 0}")


def times(span: str) -> tuple[float | None, float | None, int]:
    """Return start and end written in `span`, in seconds, and how many of its times are unusable."""
    written = [match[0] for match in re.finditer(TIME, span)]
    start = seconds(written[0]) if written else None
    end = seconds(written[1]) if len(written) > 1 else None
    unusable = (start is None) + (len(written) > 1 and end is None)
    if start is not None and end is not None and end < start:
        return start, None, unusable + 1
    return start, end, unusable


def candidate(line: Line) -> Label | None:
    """Return the label that `line` seems to begin with, or None."""
    text = line.text.lstrip()
    indent = len(line.text) - len(text)
    window = text.rstrip() if len(text.rstrip()) <= WINDOW else text[:WINDOW] + "\N{HORIZONTAL ELLIPSIS}."
    for form, pattern in PATTERNS:
        found = pattern.match(window)
        if found and _may_name(found["name"]):
            return _label(found, form, indent)
    bare = window.strip(" :\t")
    if line.cell and len(window) <= 40 and _may_name(bare) and bare[-1] not in ".?!…,;":
        return Label(bare, "cell", len(line.text))
    return _bold_label(line)


def _label(found: re.Match[str], form: str, indent: int) -> Label:
    groups = found.groupdict()
    group = next((name for name in ("time", "time2") if groups.get(name)), None)
    span = found.span(group) if group else None
    if form == "bracket" and (group or groups["sign"] or groups["sign2"]):
        form = "colon"
    time = (span[0] + indent, span[1] + indent) if span else None
    return Label(" ".join(found["name"].split()), form, found.end() + indent, time)


def _bold_label(line: Line) -> Label | None:
    bold = line.text[: line.bold]
    name = bold.strip(" :\t-–—")
    if bold.strip() and _may_name(name) and name[-1] not in ".?!…,;":
        return Label(name, "bold", line.bold)
    return None


def _may_name(name: str) -> bool:
    words = key(name).split()
    spoken = name.split()
    if not words or len(spoken) > 4 or len(name) > 40 or not any(c.isalpha() for c in name):
        return False
    return not NOT_NAMES.intersection(words) and not ELIDED.search(name)


def accept(labels: Sequence[Label], interviewer: Collection[str]) -> frozenset[str]:
    """Return the keys of the labels that name speakers.

    A label counts when it recurs, or is one of `interviewer` (keys) or of the usual words for a
    participant; next to such a label, codes (`A01`, `SPEAKER_00`, `MD`) count even once. Weak forms
    (bold, brackets alone) count only where no strong form does, or repeat its names.
    """
    n = Counter(key(label.name) for label in labels)
    strong = {key(label.name) for label in labels if label.is_strong}
    codes = {key(label.name) for label in labels if label.is_strong and _is_code(label.name)}
    sure = {k for k in n if n[k] >= 2 or k in interviewer or k in PARTICIPANT}
    kept = strong & sure
    if kept or len(codes) >= 2:
        kept |= codes
    return frozenset(kept | {k for k in sure - strong if not kept or k in interviewer})


def _is_code(name: str) -> bool:
    plain = key(name)
    if CODE.fullmatch(plain):
        return not NOT_CODES.intersection(re.findall("[a-z]+", plain))
    return name.isalpha() and name.isupper() and len(name) <= 5


class Partition:
    """The lines of a file cut into pieces, speaker by speaker."""

    def __init__(self, entries: Sequence[Line | Piece], interviewer_labels: Collection[str] = (), cues: bool = False):
        """Cut `entries` (lines, and pieces already cut); with `cues`, cues of one speaker make one turn."""
        self.entries = entries
        self.cues = cues
        labels = [candidate(e) if isinstance(e, Line) and not e.voice else None for e in entries]
        interviewer = {key(label) for label in interviewer_labels}
        self.accepted = accept([label for label in labels if label], interviewer)
        self.labels = [label if label and key(label.name) in self.accepted else None for label in labels]
        self.rejected = [i for i, label in enumerate(labels) if label and label.is_strong and not self.labels[i]]
        self.unusable_times = 0
        self.n_repeated_headings = 0
        self._start: float | None = None
        self.first = next((i for i in range(len(entries)) if self._names(i)), 0)
        self.preamble = [e for e in entries[: self.first] if isinstance(e, Line)]

    @property
    def begins_labelled(self) -> bool:
        """Say whether the first line with text has the label of a speaker."""
        return next((self._names(i) for i in range(len(self.entries)) if self._has_text(i)), False)

    def _names(self, i: int) -> bool:
        entry = self.entries[i]
        return isinstance(entry, Line) and bool(entry.voice or self.labels[i])

    def pieces(self) -> Iterator[Piece]:
        """Yield the pieces in the order of the text."""
        short = sum(len(line.text.split()) for line in self.preamble) <= PREAMBLE_WORDS
        for i, entry in enumerate(self.entries):
            if isinstance(entry, Piece):
                yield entry
            elif i < self.first:
                yield Piece(
                    "dropped" if short else "unread", entry.text, "preamble" if entry.text.strip() else "white_space"
                )
                yield Piece("dropped", entry.ending, "line_marks")
            else:
                yield from self._line(i, entry)
                yield Piece("dropped", entry.ending, "line_marks")

    def _line(self, i: int, line: Line) -> Iterator[Piece]:
        label = self.labels[i]
        if line.voice:
            yield Piece("speaker", speaker=line.voice, start_s=line.start_s, end_s=line.end_s, merges=self.cues)
        elif label:
            yield from self._labelled(line, label)
        elif self.cues and line.start_s is not None and not self.first and not self._names(0):
            yield Piece("speaker", start_s=line.start_s, end_s=line.end_s, merges=True)
        rest = line.text[label.end :] if label else line.text
        rule = None if label or line.voice else self._rule(i, line)
        if rule:
            yield Piece("dropped", rest, rule)
        else:
            said = INNER_TIME.sub("", rest)
            yield Piece("words", rest, "time_codes", said, end_s=line.end_s)

    def _labelled(self, line: Line, label: Label) -> Iterator[Piece]:
        start, end = line.start_s, line.end_s
        if label.time:
            start, end, unusable = times(line.text[slice(*label.time)])
            self.unusable_times += unusable
            yield Piece("dropped", line.text[: label.time[0]], "labels")
            yield Piece("dropped", line.text[slice(*label.time)], "time_codes")
            yield Piece("dropped", line.text[label.time[1] : label.end], "labels")
        else:
            yield Piece("dropped", line.text[: label.end], "labels")
        start = self._start if start is None else start
        self._start = None
        yield Piece("speaker", speaker=label.name, start_s=start, end_s=end, merges=self.cues)

    def _rule(self, i: int, line: Line) -> str | None:
        """Return the rule by which a line without label holds no words, or None."""
        if line.cell and line.text.strip().isdigit():
            return "line_numbers"
        if TIME_ONLY.fullmatch(line.text):
            self._start = times(line.text)[0]
            return "time_codes"
        if ORNAMENT.fullmatch(line.text):
            return "ornaments"
        if line.heading and line.text.strip() and len(line.text.split()) <= 20:
            return "headings"
        if self.preamble and self._repeats_preamble(i, line):
            self.n_repeated_headings += 1
            return "headings"
        return None

    def _repeats_preamble(self, i: int, line: Line) -> bool:
        """Say whether the line is a title of the top come back (« Entretien 3b ») before a new label."""
        after = next((j for j in range(i + 1, len(self.entries)) if self._has_text(j)), None)
        if after is None or not self._names(after) or not line.text.strip():
            return False
        return any(fuzz.ratio(line.text.strip(), top.text.strip()) >= 90 for top in self.preamble)

    def _has_text(self, i: int) -> bool:
        entry = self.entries[i]
        return isinstance(entry, Line) and bool(entry.text.strip())

    def notes(self) -> list[str]:
        """Return what was guessed or could not be kept, without a word of the text: call it after `pieces`."""
        told = []
        words = sum(len(line.text.split()) for line in self.preamble)
        if words:
            fate = "mis de côté" if words <= PREAMBLE_WORDS else "non lu, car trop long pour un titre"
            told.append(f"texte avant la première étiquette de locuteur : {words} mot(s), {fate}")
        if self.n_repeated_headings:
            told.append(f"{self.n_repeated_headings} titre(s) revenus en cours d'entretien mis de côté")
        if self.unusable_times:
            told.append(
                f"{self.unusable_times} minutage(s) inutilisables ignorés (secondes au-delà de 59, fin avant début)"
            )
        if self.rejected and (self.accepted or self.first):
            lines = ", ".join(str(i + 1) for i in self.rejected[:10])
            what = "un début de ligne qui ne revient pas n'a pas été pris pour une étiquette de locuteur"
            told.append(f"{what} (ligne(s) {lines}{'…' if len(self.rejected) > 10 else ''})")
        if not any(self._names(i) for i in range(len(self.entries))):
            told.append("aucune étiquette de locuteur : tout le texte est attribué à un seul participant")
            told += self._bold_note()
        return told

    def _bold_note(self) -> list[str]:
        lines = [e for e in self.entries if isinstance(e, Line) and e.text.strip() and not e.heading]
        bold = [line for line in lines if line.bold >= len(line.text.rstrip())]
        if 2 <= len(bold) < len(lines):
            return [f"{len(bold)} paragraphes en gras sur {len(lines)} : si ce sont des questions, étiquetez-les"]
        return []
