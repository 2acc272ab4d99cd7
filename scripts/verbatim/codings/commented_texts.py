"""Codings written as comments in a transcript (Word, LibreOffice): one comment, one or several themes on its words.

The transcripts that the study gives out (results/exports/coding) number their turns, `[12] B : …`, and mark each by a
bookmark: the turn is read from the bookmark, else from the number. Other transcripts are laid on the interview's text.

What becomes of what a person may do besides:
- tracked changes: the text is read as it was before them (a coding does not correct a transcript), and they are told;
- an answer to a comment that names a theme is a coding of its author on the same words; any other joins the memo of
  the comment that it answers, after its author's name;
- a comment marked as resolved counts as any other;
- `note : …` is no coding, and is told; so is a comment without words chosen that names no theme.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import PurePath

from verbatim.anchors import Document, Span, comparable, document
from verbatim.anchors.finding import CONTEXT
from verbatim.codings.coders import coders_of
from verbatim.codings.model import COLUMNS, Coding, Reading, StudyText, Unread, own_id, row_digest
from verbatim.codings.remarks import FRENCH, Remark, parse, theme_of
from verbatim.codings.source_alignment import Held, Laid
from verbatim.codings.source_matching import Interviews
from verbatim.exchange.qda_project import Source
from verbatim.problems import Problem, nearest

LABEL = re.compile(
    r"(?m)^[ \t\ufeff]*\[[ \t\xa0]*(\d{1,6})[ \t\xa0]*\][ \t\xa0]*[^:\n]{0,80}?[ \t\xa0\u202f]*:[ \t\xa0]?"
)
NOTE = re.compile(r"\s*notes?\s*:", re.IGNORECASE)
NO_CODING = "s'il n'est pas un codage, faites-le commencer par « note : »"
SHOWN = 40
# Numbers of turns are the study's when so many of them stand before the study's own words.
OURS = 0.5


@dataclass(frozen=True)
class Comment:
    """A comment: its words are the characters start…end of the text, half-open; None when it has no words.

    `answers`: the number of the comment that it answers.
    """

    number: int
    author: str
    text: str
    start: int | None
    end: int | None
    answers: int | None = None


@dataclass
class CommentedText:
    """A transcript with its comments; paragraphs end with a line feed.

    `marks`: (character, turn) of the bookmarks that tell where turns begin. `interview`: what the file says of itself.
    `unread`: what (French) -> how many, of what it holds besides.
    """

    text: str
    comments: list[Comment]
    marks: list[tuple[int, int]] = field(default_factory=list)
    interview: str = ""
    unread: Counter[tuple[str, str]] = field(default_factory=Counter)


@dataclass(frozen=True)
class _Turn:
    number: int
    start: int
    end: int


class _Numbered:
    """A text whose turns are numbered."""

    def __init__(self, text: str, turns: list[_Turn]):
        self.turns = turns
        self.own = document({place: text[turn.start : turn.end] for place, turn in enumerate(turns)})

    def held(self, start: int, end: int) -> Held | None:
        """Return what holds the characters start…end; None when no turn has words there."""
        spans = []
        for place, turn in enumerate(self.turns):
            low, high = max(start, turn.start), min(end, turn.end)
            if low < high and (span := self._bare(Span(place, low - turn.start, high - turn.start))):
                spans.append(span)
        if not spans:
            return None
        quote = " ".join(self.own.words(span) for span in spans)
        before, after = self.own.around(spans[0], CONTEXT)[0], self.own.around(spans[-1], CONTEXT)[1]
        return Held(quote, before, after, self.turns[spans[0].turn].number, spans[0].start)

    def is_of(self, whole: Document) -> bool:
        """Say whether the numbers are those of `whole`, by the words that follow them."""
        same = sum(
            comparable(self.own.written[place])[0] == comparable(whole.written.get(turn.number, ""))[0]
            for place, turn in enumerate(self.turns)
        )
        return same >= OURS * len(self.turns)

    def _bare(self, span: Span) -> Span | None:
        words = self.own.words(span)
        start = span.start + len(words) - len(words.lstrip())
        bare = words.strip()
        return Span(span.turn, start, start + len(bare)) if bare else None


def to_reading(told: CommentedText, place: str, folder: str, study: StudyText) -> Reading:
    """Return the codings that the comments of a file at `place`, in the folder of the coder `folder`, make."""
    reading = Reading(unread=[Unread(place, what, n, why) for (what, why), n in sorted(told.unread.items())])
    if not told.comments:
        why = "aucun commentaire n'y est écrit"
        reading.unread.append(Unread(place, "transcription sans codage", 1, why))
        return reading
    interview, problem = _interview(told, place, study)
    if problem:
        reading.problems.append(problem)
        return reading
    text = _laid(told, study.documents[interview])
    _Comments(told, text, interview, place, reading, study).read(folder)
    return reading


def turns_of(text: str, marks: list[tuple[int, int]]) -> list[_Turn]:
    """Return the numbered turns of a text: where their words begin, after the label, and end.

    At a label with a bookmark the bookmark's number is believed, as nobody can mistype it. A bookmark without label
    begins a turn, unless its number stands at a label elsewhere; one in the middle of a paragraph parts joined turns.
    """
    labels = {m.start(): (m.end(), int(m[1])) for m in LABEL.finditer(text)}
    for place, _ in marks:
        inner = LABEL.match(text[place : place + 200])
        if inner and not any(start <= place < end for start, (end, _) in labels.items()):
            labels[place] = (place + inner.end(), int(inner[1]))
    marked = {start: n for start, (end, _) in labels.items() for place, n in marks if start <= place < end}
    begins = {start: (end, marked.get(start, n)) for start, (end, n) in labels.items()}
    known = {n for _, n in begins.values()}
    begins |= {place: (place, n) for place, n in marks if n not in known and place not in begins}
    edges = [*sorted(begins), len(text)]
    return [_Turn(begins[start][1], begins[start][0], end) for start, end in pairwise(edges)]


def _laid(told: CommentedText, whole: Document) -> _Numbered | Laid:
    turns = turns_of(told.text, told.marks)
    numbered = _Numbered(told.text, turns) if turns else None
    if numbered and (told.marks or numbered.is_of(whole)):
        return numbered
    return Laid(told.text, whole)


def _interview(told: CommentedText, place: str, study: StudyText) -> tuple[str, Problem | None]:
    """Return the interview that a file is of: by its name, what it says of itself, or its words; else the fault.

    A name that the words contradict is a fault: nothing is coded in the wrong interview.
    """
    name = PurePath(place).stem
    interviews = Interviews(study.documents)
    source = Source(name, name, "\n".join(told.text[turn.start : turn.end] for turn in turns_of(told.text, told.marks)))
    source.text = source.text or told.text
    named, _ = interviews.named(source)
    claimed = named or (told.interview if told.interview in study.documents else None)
    # Of a study of many interviews, all are only looked through when the one that is told has not these words.
    if claimed and Interviews({claimed: study.documents[claimed]}).spoken(source):
        return claimed, None
    spoken = interviews.spoken(source)
    expected = " | ".join(sorted(study.documents)[:8])
    if claimed and spoken and claimed not in spoken:
        what = f"ce fichier se dit de l'entretien {claimed}, mais ce sont les mots de {', '.join(spoken)}"
        return "", Problem(place, what, "un nom et un texte du même entretien", "renommez le fichier")
    if claimed:
        return claimed, None
    if len(spoken) == 1:
        return spoken[0], None
    near = nearest(name, study.documents)
    mend = f"nommez-le comme son entretien ({near}.docx ?)" if near else "nommez-le comme son entretien"
    what = "aucun entretien de l'étude n'a ce nom, et ses mots ne disent pas lequel c'est"
    return "", Problem(place, what, expected, mend)


@dataclass
class _Found:
    """A comment read: its words, and what it says of them."""

    comment: Comment
    held: Held
    place: str
    remarks: list[Remark]


class _Comments:
    """The comments of a file becoming codings; answers come after what they answer."""

    def __init__(self, told: CommentedText, text: _Numbered | Laid, interview: str, place: str, reading, study):
        self.told, self.text, self.interview, self.place = told, text, interview, place
        self.reading: Reading = reading
        self.study: StudyText = study
        self.found: dict[int, _Found] = {}
        self.left: Counter[tuple[str, str]] = Counter()

    def read(self, folder: str) -> None:
        """Fill the reading with codings, problems and what is left; `folder` is that of the coder."""
        numbers = {comment.number for comment in self.told.comments}
        for comment in self.told.comments:
            if comment.answers in numbers:
                self._answer(comment)
            else:
                self._own(comment)
        self.reading.authors = coders_of((found.comment.author for found in self.found.values()), folder)
        self._write()
        self.reading.unread += [Unread(self.place, what, n, why) for (what, why), n in sorted(self.left.items())]

    def _own(self, comment: Comment) -> None:
        if NOTE.match(comment.text) and theme_of("note", self.study) is None:
            self.left["notes libres (« note : … »)", "ce ne sont pas des codages"] += 1
            return
        where = f"{self.place}, commentaire {comment.number}"
        held = None if comment.start is None else self.text.held(comment.start, comment.end)
        if held is None:
            self._wordless(comment, where)
            return
        shown = " ".join(held.quote.split())
        cut = shown if len(shown) <= SHOWN else f"{shown[:SHOWN].rsplit(' ', 1)[0]}…"
        where = f"{where} (tour {held.turn}, « {cut} »)" if held.turn else f"{where} (« {cut} »)"
        remarks, problems = parse(comment.text, self.study, where)
        self.reading.problems += [
            replace(one, mend=" ; ".join(filter(None, (one.mend, NO_CODING)))) for one in problems
        ]
        if not problems:
            self.found[comment.number] = _Found(comment, held, where, remarks)

    def _wordless(self, comment: Comment, where: str) -> None:
        remarks, _ = parse(comment.text, self.study, where)
        if remarks or (comment.start is not None and comment.end > comment.start):
            text = " ".join(comment.text.split())
            what = f"ce commentaire (« {text[:SHOWN]} ») n'est posé sur aucun mot d'un tour"
            mend = "choisissez les mots dans le texte d'un tour, puis commentez-les ; ou ôtez-le"
            self.reading.problems.append(Problem(where, what, "des mots d'un tour", mend))
        else:
            self.left["commentaires sans mots choisis", "ils ne nomment pas de thème : ce ne sont pas des codages"] += 1

    def _answer(self, comment: Comment) -> None:
        first = self._root(comment)
        asked = self.found.get(first)
        where = f"{self.place}, commentaire {comment.number} (réponse)"
        remarks, problems = parse(comment.text, self.study, where)
        if asked and remarks and not problems:
            self.found[comment.number] = _Found(comment, asked.held, where, remarks)
            return
        text = " ".join(comment.text.split())
        if asked and text:
            who = f"{comment.author} : " if comment.author != asked.comment.author and comment.author else ""
            asked.remarks = [
                replace(one, memo=" — ".join(filter(None, (one.memo, f"{who}{text}")))) for one in asked.remarks
            ]
            self.left["réponses à un commentaire", "jointes au mémo du codage"] += 1
        else:
            self.left["réponses sans codage", "le commentaire auquel elles répondent n'en est pas un"] += 1

    def _root(self, comment: Comment) -> int:
        """Return the number of the first comment of a thread."""
        above = {one.number: one.answers for one in self.told.comments}
        seen = {comment.number}
        number = comment.answers
        while above.get(number) is not None and above[number] in above and number not in seen:
            seen.add(number)
            number = above[number]
        return number

    def _write(self) -> None:
        """Make the codings; the same one twice is kept once, and later ones of one identifier get a number in it."""
        seen: dict[str, list[tuple]] = {}
        for found in self.found.values():
            for remark in found.remarks:
                coding = self._coding(found, remark)
                passage = (found.held.turn, found.held.start, found.held.before, found.held.after)
                same = seen.setdefault(coding.coding, [])
                if passage in same:
                    why = "le même passage, le même thème, le même mémo, la même personne : gardé une fois"
                    self.left["codages donnés deux fois", why] += 1
                    continue
                same.append(passage)
                name = coding.coding if len(same) == 1 else f"{coding.coding}-{len(same)}"
                self.reading.codings.append(replace(coding, coding=name))

    def _coding(self, found: _Found, remark: Remark) -> Coding:
        held, coder = found.held, self.reading.authors[found.comment.author]
        # The id is that of the same row in a table in French.
        said = (remark.memo or "", remark.hypothesis or "", FRENCH.get(remark.stance or "", ""))
        turn = "" if held.turn is None else str(held.turn)
        cells = dict(zip(COLUMNS, ("", self.interview, turn, held.quote, remark.theme, *said), strict=True))
        holding = {"before": held.before, "after": held.after, "start": "" if held.start is None else str(held.start)}
        return Coding(
            *(found.place, coder, own_id(cells, coder), self.interview, held.turn, held.quote, remark.theme),
            *(remark.memo, remark.hypothesis, remark.stance, held.before, held.after, held.start),
            *(self.place, found.comment.number, row_digest({**cells, **holding})),
        )
