"""Word documents (.docx): paragraphs, tables, labels in bold, insertions of tracked changes."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import docx
from docx.oxml.ns import qn
from lxml import etree

from verbatim.problems import Problem, StudyError
from verbatim.transcripts import archives
from verbatim.transcripts.accounts import Piece, told_apart
from verbatim.transcripts.speakers import Line, lines_of_runs

BREAKS = {qn("w:br"), qn("w:cr")}
INNER = {
    qn(f"w:{name}")
    for name in ("ins", "moveTo", "sdtContent", "sdt", "smartTag", "customXml", "hyperlink", "fldSimple")
}
DELETED = {qn("w:del"), qn("w:moveFrom")}
PARTS = {
    "comments": "comments",
    "footnotes": "notes",
    "endnotes": "notes",
    "header": "page_headers",
    "footer": "page_headers",
}
OFF = {"0", "false", "off", "none"}


@dataclass
class _Reading:
    headings: frozenset[str]
    bold_styles: frozenset[str]
    set_aside: Counter[str] = field(default_factory=Counter)
    apart: list[Piece] = field(default_factory=list)


def read(data: bytes, place: str) -> tuple[list[Line | Piece], Counter[str], list[str]]:
    """Return the lines of a .docx, the characters set aside beforehand by rule, and notes.

    Every paragraph ends with one character. Comments, notes, page headers, text boxes and deleted
    text are set aside. Raises StudyError when the file is no sound .docx.
    """
    archives.check(data, place, "word/document.xml")
    try:
        document = docx.Document(io.BytesIO(data))
        parts = [(part.partname.filename, part.blob) for part in document.part.package.iter_parts()]
        body, reading = document.element.body, _Reading(*_styles(document))
    except Exception as error:  # whatever stops the library on a damaged file is the file's fault
        raise StudyError(Problem(place, "document Word abîmé", "un .docx", archives.MEND)) from error
    entries: list[Line | Piece] = list(_lines(body, reading))
    for name, blob in sorted(parts):
        rule = PARTS.get(re.sub(r"\d*\.xml$", "", name))
        if rule:
            _set_aside(archives.parse(blob), rule, reading)
    entries += reading.apart
    return entries, reading.set_aside, told_apart(reading.apart)


def _styles(document: docx.document.Document) -> tuple[frozenset[str], frozenset[str]]:
    headings, bold = set(), set()
    for style in document.styles.element.iter(qn("w:style")):
        name = style.find(qn("w:name"))
        label = (name.get(qn("w:val")) if name is not None else "").casefold()
        if label.startswith(("heading", "titre", "title", "subtitle")):
            headings.add(style.get(qn("w:styleId")))
        if _is_bold(style.find(qn("w:rPr"))):
            bold.add(style.get(qn("w:styleId")))
    return frozenset(headings), frozenset(bold)


def _is_bold(properties: etree._Element | None) -> bool:
    mark = properties.find(qn("w:b")) if properties is not None else None
    return mark is not None and mark.get(qn("w:val"), "1") not in OFF


def _lines(parent: etree._Element, reading: _Reading, cell: bool = False) -> Iterator[Line]:
    for child in parent:
        if child.tag == qn("w:p"):
            yield from _paragraph(child, reading, cell)
        elif child.tag == qn("w:tbl"):
            for row in child.iter(qn("w:tr")):
                if next(row.iterancestors(qn("w:tbl"))) is child:
                    yield from _row(row, reading)
        elif child.tag in INNER:
            yield from _lines(child, reading, cell)
        elif child.tag in DELETED:
            _set_aside(child, "deleted_text", reading)


def _row(row: etree._Element, reading: _Reading) -> Iterator[Line]:
    cells = [tc for tc in row.iter(qn("w:tc")) if next(tc.iterancestors(qn("w:tr"))) is row]
    for i, tc in enumerate(cells):
        written = sum(bool("".join(p.itertext(qn("w:t"))).strip()) for p in tc.iter(qn("w:p")))
        yield from _lines(tc, reading, cell=i < len(cells) - 1 and written == 1)


def _paragraph(p: etree._Element, reading: _Reading, cell: bool) -> Iterator[Line]:
    style = p.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    style_id = style.get(qn("w:val")) if style is not None else None
    runs = list(_runs(p, reading, style_id in reading.bold_styles))
    lines, lost = lines_of_runs(runs, style_id in reading.headings, cell)
    reading.set_aside += lost
    yield from lines


def _runs(parent: etree._Element, reading: _Reading, bold: bool) -> Iterator[tuple[str, bool]]:
    for child in parent:
        if child.tag == qn("w:r"):
            yield from _run(child, reading, bold)
        elif child.tag in INNER:
            yield from _runs(child, reading, bold)
        elif child.tag in DELETED:
            _set_aside(child, "deleted_text", reading)


def _run(run: etree._Element, reading: _Reading, bold: bool) -> Iterator[tuple[str, bool]]:
    properties = run.find(qn("w:rPr"))
    style = properties.find(qn("w:rStyle")) if properties is not None else None
    mark = properties.find(qn("w:b")) if properties is not None else None
    strong = bold or (style is not None and style.get(qn("w:val")) in reading.bold_styles)
    strong = _is_bold(properties) if mark is not None else strong
    for child in run:
        if child.tag == qn("w:t"):
            yield (child.text or "").replace("\n", " "), strong
        elif child.tag == qn("w:tab"):
            yield "\t", strong
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-", strong
        elif child.tag in BREAKS:
            yield "\n", strong
        else:
            for box in child.iter(qn("w:txbxContent")):
                if not any(etree.QName(a).localname == "Fallback" for a in box.iterancestors()):
                    _set_aside(box, "text_boxes", reading)


def _set_aside(parent: etree._Element, rule: str, reading: _Reading) -> None:
    """Set aside the text below `parent`, one character for the end of each paragraph that has any."""
    paragraphs = list(parent.iter(qn("w:p"))) or [parent]
    for p in paragraphs:
        text = "".join(t.text or "" for t in p.iter(qn("w:t"), qn("w:delText")))
        if text:
            reading.apart.append(Piece("dropped", text + "\n", rule))
