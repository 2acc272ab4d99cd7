"""Codings in the comments of a LibreOffice text (.odt), into which LibreOffice turns a .docx when asked.

OASIS OpenDocument 1.3 part 3, 14.1 (annotations: the range runs to the annotation-end of the same name), 5.5 (tracked
changes), 6.2.1 (bookmarks); LibreOffice's loext:parent-name tells what an answer answers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from verbatim.codings.commented_texts import Comment, CommentedText, to_reading
from verbatim.codings.model import Reading, StudyText
from verbatim.codings.word_comments import MARK, PROPERTY, UNCHANGED
from verbatim.codings.xml_names import name_of, value_of
from verbatim.exchange import zip_files
from verbatim.problems import StudyError
from verbatim.transcripts import archives

EXPECTED = "un .odt avec ses commentaires"
ASIDE = ("note", "tracked-changes", "ruby-text", "sequence-decls", "frame", "custom-shape", "table-of-content")


def read(data: bytes, place: str, coder: str, study: StudyText) -> Reading:
    """Return the codings of the comments of an .odt, and the faults of the file."""
    try:
        told = commented_text(data, place)
    except StudyError as error:
        return Reading(problems=list(error.problems))
    return to_reading(told, place, coder, study)


def commented_text(data: bytes, place: str) -> CommentedText:
    """Return the text of an .odt before tracked changes, with its comments; raise StudyError for no sound .odt."""
    archives.check(data, place, "content.xml")
    members = zip_files.unpack(data, place, EXPECTED)
    root = archives.parse(members["content.xml"])
    body = _Body(root)
    for text in (one for one in root.iter(etree.Element) if name_of(one) == "text"):
        body.walk(text)
    told = CommentedText("".join(body.letters), body.comments(), body.marks, _interview(members))
    for what, n in (("insertions suivies", body.n_inserted), ("suppressions suivies", body.n_deleted)):
        if n:
            told.unread[what, UNCHANGED] = n
    return told


@dataclass
class _Note:
    author: str
    text: str
    start: int
    parent: str
    end: int | None = None


class _Body:
    """The letters of a text, and where annotations and bookmarks begin and end in them."""

    def __init__(self, root: etree._Element):
        regions = (one for one in root.iter(etree.Element) if name_of(one) == "changed-region")
        self.changes = {value_of(one, "id"): next(iter(one), None) for one in regions}
        self.letters: list[str] = []
        self.place = 0
        self.notes: dict[str, _Note] = {}
        self.marks: list[tuple[int, int]] = []
        self.inserting: set[str] = set()
        self.n_inserted = self.n_deleted = 0

    def walk(self, element: etree._Element) -> None:
        """Read what an element holds, in order."""
        self._write(element.text)
        for child in element:
            self._enter(child)
            self._write(child.tail)

    def _enter(self, child: etree._Element) -> None:
        name = name_of(child)
        if name == "annotation":
            self._note(child)
        elif name == "annotation-end":
            note = self.notes.get(value_of(child, "name"))
            if note:
                note.end = self.place
        elif name in ("bookmark", "bookmark-start"):
            found = re.fullmatch(rf"{MARK}(\d{{1,6}})", value_of(child, "name"))
            self.marks += [(self.place, int(found[1]))] if found else []
        elif name.startswith("change"):
            self._change(name, value_of(child, "change-id"))
        elif name == "s":
            self._write(" " * int(value_of(child, "c") or 1))
        elif name in ("tab", "line-break"):
            self._write("\t" if name == "tab" else "\n")
        elif name and name not in ASIDE:
            self.walk(child)
            if name in ("p", "h"):
                self._write("\n")

    def _note(self, element: etree._Element) -> None:
        parts = {name_of(part): "".join(part.itertext()) for part in element}
        lines = ["".join(one.itertext()) for one in element.iter(etree.Element) if name_of(one) == "p"]
        author = " ".join(parts.get("creator", "").split())
        name = value_of(element, "name") or f"{len(self.notes)} "
        self.notes[name] = _Note(author, "\n".join(lines).strip(), self.place, value_of(element, "parent-name"))

    def _change(self, name: str, own: str) -> None:
        change = self.changes.get(own)
        kind = name_of(change)
        if kind == "insertion" and name == "change-start":
            self.inserting.add(own)
            self.n_inserted += 1
        elif name == "change-end":
            self.inserting.discard(own)
        elif kind == "deletion" and name == "change":
            self.n_deleted += 1
            paragraphs = [one for one in change if name_of(one) in ("p", "h")]
            # What was deleted within a paragraph is kept in one of its own.
            for number, paragraph in enumerate(paragraphs):
                self.walk(paragraph)
                self._write("\n" if number < len(paragraphs) - 1 else "")

    def _write(self, text: str | None) -> None:
        if text and not self.inserting:
            self.letters.append(text)
            self.place += len(text)

    def comments(self) -> list[Comment]:
        """Return the comments in the order of their words, numbered from 1."""
        order = sorted(self.notes, key=lambda name: (self.notes[name].start, bool(self.notes[name].parent)))
        numbers = {name: number for number, name in enumerate(order, 1)}
        found = []
        for name in order:
            note = self.notes[name]
            place = (None, None) if note.end is None else (note.start, note.end)
            found.append(Comment(numbers[name], note.author, note.text, *place, numbers.get(note.parent)))
        return found


def _interview(members: dict[str, bytes]) -> str:
    root = archives.parse(members["meta.xml"]) if members.get("meta.xml") else ()
    told = (one for one in root.iter(etree.Element)) if len(root) else ()
    return next(("".join(one.itertext()).strip() for one in told if value_of(one, "name") == PROPERTY), "")
