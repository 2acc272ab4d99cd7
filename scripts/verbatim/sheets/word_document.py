"""A Word document of sheets: headings, quotations, tables, figures, contents; the same bytes each time."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from verbatim.exchange import zip_files
from verbatim.sheets import word_styles
from verbatim.sheets.sentences import Piece, plain, spaced

FIRST = ("[Content_Types].xml", "_rels/.rels")
WIDTH = 16.2  # centimetres
# what XML cannot hold
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
Text = str | Sequence[Piece]


@dataclass(frozen=True)
class About:
    """What every sheet says of its study: `warnings` stand at the head of each page; `date` is YYYY-MM-DD."""

    study: str
    authors: tuple[str, ...]
    date: str
    warnings: tuple[str, ...] = ()


class WordDocument:
    """A document that is written from top to bottom."""

    def __init__(self, title: str, about: About, section_level: int = 2):
        self._document = docx.Document()
        word_styles.prepare(self._document)
        self._about = about
        self._section_level = section_level
        self._ids = {style.name: style.style_id for style in self._document.styles}
        self._entries: list[tuple[str, int, str]] = []
        self._contents = None
        self._properties(title)
        self._margins()

    def _properties(self, title: str) -> None:
        core = self._document.core_properties
        date = datetime.fromisoformat(self._about.date)
        core.title, core.author, core.language = _written(title), _written(", ".join(self._about.authors)), "fr-FR"
        core.created = core.modified = date
        core.comments, core.last_modified_by, core.subject, core.revision = "", "", _written(self._about.study), 1
        package = self._document.part.package
        for key, relation in list(package.rels.items()):
            if relation.reltype.endswith("/thumbnail"):
                del package.rels[key]

    def _margins(self) -> None:
        section = self._document.sections[0]
        section.header.paragraphs[0].add_run(_written(" ".join(self._about.warnings)))
        foot = section.footer.paragraphs[0]
        foot.add_run(_written(f"{self._about.study} · page "))
        _field(foot, "PAGE", "1")

    def title(self, text: str) -> None:
        """Write the title of the document."""
        self.text(text, "Title")

    def heading(self, text: str, level: int) -> None:
        """Write a heading; those of levels 1 and 2 may stand in the contents."""
        name = f"titre_{len(self._entries) + 1}"
        paragraph = self._paragraph(f"Heading {level}")
        begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark in (begin, end):
            mark.set(qn("w:id"), str(len(self._entries) + 1))
        begin.set(qn("w:name"), name)
        paragraph._p.append(begin)
        paragraph.add_run(_written(text))
        paragraph._p.append(end)
        self._entries.append((_written(text), level, name))

    def section(self, text: str) -> None:
        """Write the heading of a part of a sheet."""
        self.heading(text, self._section_level)

    def text(self, text: Text, style: str = "Normal"):
        """Write a paragraph; of a sentence, its words. Return it."""
        words = text if isinstance(text, str) else plain(text)
        paragraph = self._paragraph(style)
        if words:
            paragraph.add_run(_written(words))
        return paragraph

    def _paragraph(self, style: str = "Normal"):
        """Return a new paragraph; by name, the library would look all styles through each time."""
        paragraph = self._document.add_paragraph()
        if style != "Normal":
            paragraph._p.style = self._ids[style]
        return paragraph

    def labelled(self, label: str, text: Text) -> None:
        """Write a paragraph that begins with a bold label."""
        paragraph = self._paragraph()
        paragraph.add_run(_written(f"{label} : ")).bold = True
        paragraph.add_run(_written(text if isinstance(text, str) else plain(text)))

    def bullets(self, sentences: Iterable[Text]) -> None:
        """Write a list."""
        for sentence in sentences:
            self.text(sentence, "List Bullet")

    def quote(self, words: str, source: str) -> None:
        """Write a quotation and, under it, where it comes from."""
        self._paragraph("Quote").add_run(f"«\u00a0{FORBIDDEN.sub(chr(0xFFFD), words)}\u00a0»")
        self.text(source, "Caption")

    def caption(self, text: str) -> None:
        """Write a remark under a table or figure, or a rule."""
        self.text(text, "Caption").paragraph_format.left_indent = Cm(0)

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float]) -> None:
        """Write a table; its head is repeated on every page, no row is cut; `widths` in centimetres."""
        told = [head, *rows]
        table = self._document.add_table(rows=len(told), cols=len(head), style="Table Grid")
        _pale(table)
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        for n, (row, values) in enumerate(zip(table.rows, told, strict=True)):
            own = row._tr.get_or_add_trPr()
            own.append(OxmlElement("w:cantSplit"))
            if not n:
                own.append(OxmlElement("w:tblHeader"))
            for cell, value, width in zip(row.cells, values, widths, strict=True):
                cell.width = Cm(width)
                paragraph = cell.paragraphs[0]
                form = paragraph.paragraph_format
                form.space_before, form.space_after = Pt(1), Pt(2)
                run = paragraph.add_run(_written(value))
                run.font.size = Pt(9.5)
                run.bold = True if not n else None
        self._document.add_paragraph().paragraph_format.space_after = Pt(2)

    def picture(self, png: bytes, told: str) -> None:
        """Write a figure as wide as the page, and what it shows for who cannot see it."""
        paragraph = self._document.add_paragraph()
        shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Cm(WIDTH))
        shape._inline.docPr.set("descr", _written(told))
        shape._inline.docPr.set("name", "Figure")
        paragraph.paragraph_format.keep_with_next = True

    def space(self, told: str, lines: int = 6) -> None:
        """Write a framed place for the researcher's own words."""
        self.text(told, word_styles.SPACE)
        for _ in range(lines):
            self.text("", word_styles.SPACE)

    def page_break(self) -> None:
        """Begin a new page."""
        self._document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def contents(self) -> None:
        """Keep a place for the table of contents of what follows."""
        self._contents = self.text("", word_styles.CONTENTS[0])

    def data(self) -> bytes:
        """Return the document as the bytes of a .docx file."""
        if self._contents is not None:
            self._write_contents()
        out = io.BytesIO()
        self._document.save(out)
        return zip_files.repacked(out.getvalue(), FIRST)

    def _write_contents(self) -> None:
        """Write a field that Word can bring up to date, holding meanwhile the headings, each a link to its place."""
        entries = [entry for entry in self._entries if entry[1] <= len(word_styles.CONTENTS)]
        place = self._contents
        _mark(place, "begin")
        _instruction(place, 'TOC \\o "1-2" \\h \\z \\u')
        _mark(place, "separate")
        last = place
        for n, (text, level, name) in enumerate(entries):
            paragraph = self._after(last) if n else place
            paragraph._p.style = self._ids[word_styles.CONTENTS[level - 1]]
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), name)
            run = paragraph.add_run(text)
            paragraph._p.append(link)
            link.append(run._r)
            last = paragraph
        _mark(last, "end")

    def _after(self, paragraph):
        element = OxmlElement("w:p")
        paragraph._p.addnext(element)
        return type(paragraph)(element, paragraph._parent)


def _written(text: str) -> str:
    """Return `text` as a document holds it: no-break spaces, and nothing that XML forbids."""
    return spaced(FORBIDDEN.sub("\ufffd", text))


def _pale(table) -> None:
    """Draw grey lines between the rows of a table, and none between its columns."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "BFC5CA")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    for side in ("left", "right", "insideV"):
        line = OxmlElement(f"w:{side}")
        line.set(qn("w:val"), "nil")
        borders.append(line)
    order = {"top": 0, "left": 1, "bottom": 2, "right": 3, "insideH": 4, "insideV": 5}
    borders[:] = sorted(borders, key=lambda line: order[line.tag.partition("}")[2]])
    table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def _field(paragraph, instruction: str, shown: str) -> None:
    _mark(paragraph, "begin")
    _instruction(paragraph, instruction)
    _mark(paragraph, "separate")
    paragraph.add_run(shown)
    _mark(paragraph, "end")


def _mark(paragraph, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def _instruction(paragraph, text: str) -> None:
    element = OxmlElement("w:instrText")
    element.set(qn("xml:space"), "preserve")
    element.text = f" {text} "
    paragraph.add_run()._r.append(element)
