"""OpenDocument texts (.odt): paragraphs, tables, labels in bold."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import odfdo

from verbatim.problems import Problem, StudyError
from verbatim.transcripts import archives
from verbatim.transcripts.accounts import Piece, told_apart
from verbatim.transcripts.speakers import Line, lines_of_runs

APART = {
    "office:annotation": "comments",
    "text:note": "notes",
    "text:tracked-changes": "deleted_text",
    "draw:text-box": "text_boxes",
}
SKIPPED = {
    "office:forms",
    "text:sequence-decls",
    "text:variable-decls",
    "text:user-field-decls",
    "office:annotation-end",
}
MAX_SPACES = 1000


@dataclass
class _Reading:
    bold: frozenset[str]
    set_aside: Counter[str] = field(default_factory=Counter)
    apart: list[Piece] = field(default_factory=list)


def read(data: bytes, place: str) -> tuple[list[Line | Piece], Counter[str], list[str]]:
    """Return the lines of an .odt, the characters set aside beforehand by rule, and notes.

    Every paragraph ends with one character. Comments, notes, page headers, text boxes and deleted
    text are set aside. Raises StudyError when the file is no sound .odt.
    """
    archives.check(data, place, "content.xml")
    try:
        return _read(odfdo.Document(io.BytesIO(data)), place)
    except StudyError:
        raise
    except Exception as error:  # whatever stops the library on a damaged file, names it does not know too
        raise StudyError(Problem(place, "document OpenDocument abîmé", "un .odt", archives.MEND)) from error


def _read(document: odfdo.Document, place: str) -> tuple[list[Line | Piece], Counter[str], list[str]]:
    body, reading = document.body, _Reading(_bold_styles(document))
    headers = document.get_part("styles.xml").get_elements("//office:master-styles//text:p")
    if body.tag != "office:text":
        raise StudyError(Problem(place, "ce n'est pas un texte (tableur ou diaporama ?)", "un .odt", archives.MEND))
    entries: list[Line | Piece] = list(_lines(body, reading))
    for paragraph in headers:
        _set_aside_text("".join(text for text, _ in _runs(paragraph, reading, False)), "page_headers", reading)
    return [*entries, *reading.apart], reading.set_aside, told_apart(reading.apart)


def _bold_styles(document: odfdo.Document) -> frozenset[str]:
    bold = set()
    for part in ("content.xml", "styles.xml"):
        for style in document.get_part(part).get_elements("//style:style"):
            properties = style.get_element("style:text-properties")
            if properties is not None and properties.get_attribute("fo:font-weight") in {"bold", "700", "800", "900"}:
                bold.add(style.get_attribute("style:name"))
    return frozenset(bold)


def _lines(parent: odfdo.Element, reading: _Reading, cell: bool = False) -> Iterator[Line]:
    for child in parent.children:
        if child.tag in {"text:p", "text:h"}:
            yield from _paragraph(child, reading, cell)
        elif child.tag in APART:
            _set_aside(child, APART[child.tag], reading)
        elif child.tag == "table:table-row":
            cells = [c for c in child.children if c.tag in {"table:table-cell", "table:covered-table-cell"}]
            for i, inner in enumerate(cells):
                one = sum(bool(p.inner_text.strip()) for p in inner.children if p.tag == "text:p") == 1
                yield from _lines(inner, reading, cell=i < len(cells) - 1 and one)
        elif child.tag not in SKIPPED:
            yield from _lines(child, reading, cell)


def _paragraph(paragraph: odfdo.Element, reading: _Reading, cell: bool) -> Iterator[Line]:
    runs = list(_runs(paragraph, reading, paragraph.get_attribute("text:style-name") in reading.bold))
    lines, lost = lines_of_runs(runs, paragraph.tag == "text:h", cell)
    reading.set_aside += lost
    yield from lines


def _runs(parent: odfdo.Element, reading: _Reading, bold: bool) -> Iterator[tuple[str, bool]]:
    """Yield the text of a paragraph run by run; a line break is a run of its own."""
    if parent.text:
        yield _one_line(parent.text), bold
    for child in parent.children:
        if child.tag in APART:
            _set_aside(child, APART[child.tag], reading)
        elif child.tag == "text:s":
            count = child.get_attribute("text:c")
            yield " " * (min(int(count), MAX_SPACES) if str(count or "").isdigit() else 1), bold
        elif child.tag == "text:tab":
            yield "\t", bold
        elif child.tag == "text:line-break":
            yield "\n", bold
        else:
            yield from _runs(child, reading, bold or child.get_attribute("text:style-name") in reading.bold)
        if child.tail:
            yield _one_line(child.tail), bold


def _one_line(text: str) -> str:
    """Return `text` with the line ends of its XML as spaces, which is what they mean there."""
    return text.replace("\r", " ").replace("\n", " ")


def _set_aside(element: odfdo.Element, rule: str, reading: _Reading) -> None:
    for paragraph in element.get_elements("descendant::text:p | descendant::text:h"):
        _set_aside_text(paragraph.inner_text, rule, reading)


def _set_aside_text(text: str, rule: str, reading: _Reading) -> None:
    if text.strip():
        reading.apart.append(Piece("dropped", text + "\n", rule))
