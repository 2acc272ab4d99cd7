"""Codings in the comments of a Word document (.docx), whoever wrote it: Word, LibreOffice, Google Docs.

ECMA-376 part 1, 17.13.4 (comments, their ranges), 17.13.5 (tracked changes), 17.13.6 (bookmarks); [MS-DOCX] 2.5.4
(commentsExtended: answers). Names are compared without their namespace: strict documents have another.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from verbatim.codings.commented_texts import Comment, CommentedText, to_reading
from verbatim.codings.model import Reading, StudyText
from verbatim.codings.xml_names import name_of, value_of
from verbatim.exchange import zip_files
from verbatim.problems import Problem, StudyError
from verbatim.transcripts import archives

EXPECTED = "un .docx avec ses commentaires"
MARK, PROPERTY = "tour_", "verbatim_interview"
UNCHANGED = "la transcription ne change pas par un codage : corrigez-la dans resources/transcripts/"
INSERTED, DELETED = ("ins", "moveTo"), ("del", "moveFrom")
LETTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Their text is no part of what is said.
ASIDE = (
    *("pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr", "AlternateContent", "drawing", "pict", "object", "instrText"),
    *("txbxContent", "footnoteReference", "endnoteReference", "delInstrText", "ruby"),
)


def read(data: bytes, place: str, coder: str, study: StudyText) -> Reading:
    """Return the codings of the comments of a .docx, and the faults of the file."""
    try:
        told = commented_text(data, place)
    except StudyError as error:
        return Reading(problems=list(error.problems))
    return to_reading(told, place, coder, study)


def commented_text(data: bytes, place: str) -> CommentedText:
    """Return the text of a .docx before tracked changes, with its comments; raise StudyError for no sound .docx."""
    archives.check(data, place, "[Content_Types].xml")
    members = zip_files.unpack(data, place, EXPECTED)
    main = next(_related(members, "", "/officeDocument"), "")
    root = _part(members, main)
    if root is None or name_of(root) != "document":
        what, mend = "ce n'est pas un document Word", "enregistrez-le en .docx dans votre traitement de texte"
        raise StudyError(Problem(place, what, EXPECTED, mend))
    body = _Body()
    for child in root:
        body.walk(child)
    comments = next((_part(members, name) for name in _related(members, main, "/comments")), None)
    answers = next((_part(members, name) for name in _related(members, main, "/commentsExtended")), None)
    told = CommentedText("".join(body.letters), body.comments(comments, answers), body.marks, _interview(members))
    for what, n in (("insertions suivies", body.n_inserted), ("suppressions suivies", body.n_deleted)):
        if n:
            told.unread[what, UNCHANGED] = n
    return told


class _Body:
    """The letters of a document, and where comments and bookmarks begin and end in them."""

    def __init__(self):
        self.letters: list[str] = []
        self.place = 0
        self.begun: dict[str, int] = {}
        self.ended: dict[str, int] = {}
        self.anchored: dict[str, int] = {}
        self.marks: list[tuple[int, int]] = []
        self.n_inserted = self.n_deleted = 0

    def walk(self, element: etree._Element) -> None:
        """Read an element and what it holds, in order."""
        name = name_of(element)
        if name in ASIDE:
            return
        if name in INSERTED:
            self.n_inserted += 1
            self._places_within(element)
            return
        self.n_deleted += name in DELETED
        if name in ("t", "delText"):
            self._write(element.text or "")
        elif name in LETTERS and name_of(element.getparent()) == "r":
            self._write(LETTERS[name])
        elif name == "sym":
            self._write("\ufffd")
        else:
            self._place(name, element)
            for child in element:
                self.walk(child)
            if name == "p" and not _is_inserted(element):
                self._write("\n")

    def _write(self, text: str) -> None:
        self.letters.append(text)
        self.place += len(text)

    def _place(self, name: str, element: etree._Element) -> None:
        own = value_of(element, "id")
        if name == "commentRangeStart":
            self.begun.setdefault(own, self.place)
        elif name == "commentRangeEnd":
            self.ended[own] = self.place
        elif name == "commentReference":
            self.anchored.setdefault(own, self.place)
        elif name == "bookmarkStart":
            found = re.fullmatch(rf"{MARK}(\d{{1,6}})", value_of(element, "name"))
            self.marks += [(self.place, int(found[1]))] if found else []

    def _places_within(self, element: etree._Element) -> None:
        for inner in element.iter(etree.Element):
            self._place(name_of(inner), inner)

    def comments(self, root: etree._Element | None, extended: etree._Element | None) -> list[Comment]:
        """Return the comments in the order of their words, numbered from 1."""
        told = {value_of(one, "id"): one for one in root if name_of(one) == "comment"} if root is not None else {}
        paragraphs = {key: own for own, one in told.items() for key in _paragraph_keys(one)}
        above: dict[str, str] = {}
        for one in extended if extended is not None else ():
            child = paragraphs.get(value_of(one, "paraId"))
            parent = paragraphs.get(value_of(one, "paraIdParent"))
            if child is not None and parent is not None:
                above[child] = parent
        far = self.place + 1
        order = sorted(told, key=lambda own: (self.begun.get(own, self.anchored.get(own, far)), own in above))
        numbers = {own: number for number, own in enumerate(order, 1)}
        return [
            Comment(
                numbers[own],
                " ".join(value_of(told[own], "author").split()),
                _said(told[own]),
                *self._range(own),
                numbers.get(above.get(own, "")),
            )
            for own in order
        ]

    def _range(self, own: str) -> tuple[int | None, int | None]:
        start = self.begun.get(own)
        return (None, None) if start is None else (start, self.ended.get(own, start))


def _said(comment: etree._Element) -> str:
    """Return the text of a comment, a line a paragraph."""
    lines = []
    for paragraph in (one for one in comment.iter(etree.Element) if name_of(one) == "p"):
        parts = [_letters(one) for one in paragraph.iter(etree.Element)]
        lines.append("".join(parts))
    return "\n".join(lines).strip()


def _letters(element: etree._Element) -> str:
    name = name_of(element)
    if name == "t":
        return element.text or ""
    return LETTERS.get(name, "") if name_of(element.getparent()) == "r" else ""


def _paragraph_keys(comment: etree._Element) -> list[str]:
    return [key for one in comment.iter(etree.Element) if name_of(one) == "p" and (key := value_of(one, "paraId"))]


def _is_inserted(paragraph: etree._Element) -> bool:
    """Say whether a tracked change put in the end of this paragraph: before it, the next one went on here."""
    marks = [
        child for part in paragraph if name_of(part) == "pPr" for own in part if name_of(own) == "rPr" for child in own
    ]
    return any(name_of(mark) in INSERTED for mark in marks)


def _related(members: dict[str, bytes], part: str, kind: str) -> Iterator[str]:
    """Yield the names of the parts of one kind that a part is related to ("": the archive's own)."""
    folder, name = posixpath.split(part)
    root = _part(members, posixpath.join(folder, "_rels", f"{name}.rels"))
    for one in root if root is not None else ():
        if value_of(one, "Type").endswith(kind) and value_of(one, "TargetMode") != "External":
            target = value_of(one, "Target")
            yield target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _part(members: dict[str, bytes], name: str) -> etree._Element | None:
    return archives.parse(members[name]) if members.get(name) else None


def _interview(members: dict[str, bytes]) -> str:
    """Return what the hidden property that the study's export writes says."""
    for name in _related(members, "", "/custom-properties"):
        root = _part(members, name)
        for one in root if root is not None else ():
            if value_of(one, "name") == PROPERTY:
                return "".join(one.itertext()).strip()
    return ""
