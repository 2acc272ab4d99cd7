"""The styles of a sheet in Word: those that Word itself knows (Titre 1, Citation, Légende…), set for French."""

from __future__ import annotations

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

TEXT, QUOTED = "Calibri", "Cambria"
INK, ACCENT, FAINT = RGBColor(0x1B, 0x21, 0x27), RGBColor(0x1F, 0x4E, 0x79), RGBColor(0x54, 0x5D, 0x66)
CONTENTS = "toc 1", "toc 2"
SPACE = "Votre synthèse"


def prepare(document) -> None:
    """Set page, language and styles of a new document of python-docx."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.4)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)
    styles = document.styles
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "fr-FR")
        language.set(qn("w:eastAsia"), "fr-FR")
    _set(styles["Normal"], TEXT, 10.5, INK, after=5, line=1.12)
    _set(styles["Title"], TEXT, 22, ACCENT, bold=True, after=6)
    for level, size in ((1, 18), (2, 13), (3, 11)):
        _set(styles[f"Heading {level}"], TEXT, size, ACCENT, bold=True, before=16 - 3 * level, after=4)
        styles[f"Heading {level}"].paragraph_format.keep_with_next = True
    _set(styles["Quote"], QUOTED, 10.5, INK, before=4, after=0)
    styles["Quote"].font.italic = False
    styles["Quote"].paragraph_format.left_indent = Cm(0.6)
    styles["Quote"].paragraph_format.keep_with_next = True
    _border(styles["Quote"], "left", "8A949D", 12)
    _set(styles["Caption"], TEXT, 9, FAINT, bold=False, after=7)
    styles["Caption"].paragraph_format.left_indent = Cm(0.6)
    _set(styles["List Bullet"], TEXT, 10.5, INK, after=3)
    for style in (styles["Header"], styles["Footer"]):
        _set(style, TEXT, 8.5, FAINT, after=0)
    for n, name in enumerate(CONTENTS):
        _set(_new(styles, name), TEXT, 10.5, INK, after=2)
        styles[name].paragraph_format.left_indent = Cm(0.6 * n)
    space = _new(styles, SPACE)
    _set(space, TEXT, 10.5, FAINT, before=4, after=4)
    for side in ("top", "bottom", "left", "right"):
        _border(space, side, "1F4E79", 6)


def _new(styles, name: str):
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name in CONTENTS)
    style.base_style = styles["Normal"]
    return style


def _set(style, font: str, size: float, colour, *, bold=None, before=0.0, after=0.0, line=None) -> None:
    style.font.name, style.font.size, style.font.color.rgb = font, Pt(size), colour
    if bold is not None:
        style.font.bold = bold
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), font)
    form = style.paragraph_format
    form.space_before, form.space_after, form.alignment = Pt(before), Pt(after), WD_ALIGN_PARAGRAPH.LEFT
    if line:
        form.line_spacing = line
    for old in style.element.pPr.findall(qn("w:pBdr")):
        style.element.pPr.remove(old)


def _border(style, side: str, colour: str, eighths: int) -> None:
    """Draw a line beside the paragraphs of a style; `eighths` of a point wide."""
    properties = style.element.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(
            borders, *("w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr")
        )
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "6"), ("color", colour)):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
