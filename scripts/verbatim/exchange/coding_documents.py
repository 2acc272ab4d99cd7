"""Transcripts given out to be coded in Word or LibreOffice, one .docx an interview.

Turns are numbered, `[12] B : …`, and marked by a bookmark `tour_12`, from which a coding's turn is read back; a hidden
property of the document names the interview. What to do, the themes and the hypotheses come first.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

import docx
import polars as pl
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from verbatim.codings.word_comments import MARK, PROPERTY
from verbatim.exchange import zip_files
from verbatim.grid import Theme
from verbatim.typography import integer

# What every zip written here is dated; a document tells no time.
DATE = datetime.datetime(1980, 1, 1)
FONT, GREY = "Calibri", RGBColor(0x45, 0x4D, 0x55)
# What XML cannot hold.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
NB, THIN = "\u00a0", "\u202f"
CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
FIRST = ("[Content_Types].xml", "_rels/.rels")


@dataclass(frozen=True)
class Coded:
    """What people code with: title of the study, themes, (id, title) of hypotheses, and what they must be warned of.

    `n_undecided`: passages that may identify somebody and on which nobody decided.
    """

    study: str
    themes: Sequence[Theme] = ()
    hypotheses: Sequence[tuple[str, str]] = ()
    is_invented: bool = False
    n_undecided: int = 0


def document(turns: pl.DataFrame, coded: Coded) -> bytes:
    """Return one interview (its rows of corpus/turns) as a .docx, the same bytes each time."""
    interview = turns["interview"][0]
    made = docx.Document()
    _set_page(made)
    _add_styles(made)
    _head(made, interview, coded)
    _explain(made, interview, coded)
    made.add_heading(f"Entretien {interview}", 1).paragraph_format.page_break_before = True
    for row in turns.sort("turn").select("turn", "speaker", "role", "text").iter_rows(named=True):
        _turn(made, row)
    _describe(made, interview, coded)
    out = io.BytesIO()
    made.save(out)
    return zip_files.repacked(out.getvalue(), FIRST)


def _set_page(made: Document) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = Cm(2.2)
    # Comments stand in the right margin on the screen, notes by hand on paper.
    section.right_margin, section.top_margin, section.bottom_margin = Cm(4), Cm(2.2), Cm(2)


def _add_styles(made: Document) -> None:
    styles = made.styles
    normal = styles["Normal"]
    _set_font(normal, 11)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(6), 1.2
    normal.element.get_or_add_rPr().append(_element("w:lang", val="fr-FR", eastAsia="fr-FR"))
    for name, size in (("Title", 20), ("Heading 1", 15), ("Heading 2", 12)):
        _set_font(styles[name], size)
        styles[name].font.color.rgb, styles[name].font.bold = RGBColor(0x1B, 0x21, 0x27), True
        styles[name].paragraph_format.space_after = Pt(6)
        # The template's own theme fonts would win over the name.
        fonts = styles[name].element.rPr.rFonts
        for key in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[key]
    said = styles.add_style("Participant", WD_STYLE_TYPE.PARAGRAPH)
    said.base_style, said.paragraph_format.space_after = normal, Pt(8)
    asked = styles.add_style("Interviewer", WD_STYLE_TYPE.PARAGRAPH)
    asked.base_style, asked.font.italic, asked.font.color.rgb = said, True, GREY
    asked.paragraph_format.left_indent, asked.paragraph_format.keep_with_next = Cm(1), True
    number = styles.add_style("Turn number", WD_STYLE_TYPE.CHARACTER)
    number.font.size, number.font.color.rgb = Pt(9), GREY
    number.font.italic = False
    speaker = styles.add_style("Speaker", WD_STYLE_TYPE.CHARACTER)
    speaker.font.bold = True
    listed = styles.add_style("Grid", WD_STYLE_TYPE.PARAGRAPH)
    listed.base_style, listed.font.size = normal, Pt(9.5)
    listed.paragraph_format.space_after, listed.paragraph_format.line_spacing = Pt(3), 1.05
    listed.paragraph_format.keep_together, listed.paragraph_format.first_line_indent = True, Cm(-0.5)
    styles.add_style("Identifier", WD_STYLE_TYPE.CHARACTER).font.name = "Courier New"
    warning = styles.add_style("Warning", WD_STYLE_TYPE.PARAGRAPH)
    warning.base_style, warning.font.bold = normal, True
    _frame(warning)


def _set_font(style, size: float) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)


def _frame(style) -> None:
    """Put a bar before the paragraphs of a style."""
    borders = OxmlElement("w:pBdr")
    borders.append(_element("w:left", val="single", sz="24", space="6", color="C77700"))
    style.element.get_or_add_pPr().append(borders)


def _head(made: Document, interview: str, coded: Coded) -> None:
    """Write the title, the head and foot of every page and the warnings."""
    made.add_paragraph(f"Entretien {interview}", "Title")
    made.add_paragraph(_plain(coded.study))
    warnings = []
    if coded.is_invented:
        warnings.append("Étude inventée. Les personnes et les lieux sont imaginaires.")
    if coded.n_undecided:
        many = "s" if coded.n_undecided > 1 else ""
        told = f"{integer(coded.n_undecided)} passage{many} à décider dans l'étude"
        warnings.append(f"Non vérifié{NB}: {told}{NB}; ne diffusez pas ce document.")
    for text in warnings:
        made.add_paragraph(text, "Warning")
    section = made.sections[0]
    above = [f"Entretien {interview}", _plain(coded.study), *(["non vérifié"] if coded.n_undecided else [])]
    head = section.header.paragraphs[0]
    head.text = f"{THIN}· ".join(above)
    foot = section.footer.paragraphs[0]
    foot.text = "Page "
    _add_field(foot, "PAGE")
    for paragraph in (head, foot):
        for run in paragraph.runs:
            run.font.size, run.font.color.rgb = Pt(9), GREY


def _explain(made: Document, interview: str, coded: Coded) -> None:
    made.add_heading("Comment coder", 1)
    example = coded.themes[-1] if coded.themes else None
    name = example.id if example else "theme"
    _steps(
        made,
        [
            "Sélectionnez les mots à coder, dans le texte d'un tour (plusieurs tours si le passage continue).",
            f"Ajoutez un commentaire{NB}: Révision, Nouveau commentaire (Word)"
            f"{NB}; Insertion, Commentaire (LibreOffice)"
            f"{NB}; Ctrl+Alt+M ou Ctrl+Alt+C.",
            f"Écrivez-y le thème, puis, si vous voulez, deux points et un mémo. Exemple{NB}:",
        ],
    )
    _examples(made, name, coded)
    _steps(
        made,
        [
            f"Enregistrez en gardant le format .docx et le nom de l'entretien ({interview}.docx ou "
            f"{interview}_relu.docx), et déposez le fichier dans resources/codings/votre_nom/{NB}: le dossier dit qui "
            "a codé.",
        ],
        first=4,
    )
    made.add_paragraph(
        f"Ne corrigez pas le texte et gardez les numéros entre crochets{NB}: une faute de transcription se corrige "
        f"dans resources/transcripts/. Un commentaire qui commence par «{NB}note{NB}:{NB}» n'est pas un codage."
    )
    _list_themes(made, coded.themes)
    if coded.hypotheses:
        made.add_heading("Hypothèses", 2)
        for name, title in coded.hypotheses:
            _item(made, name, title, 0)


def _examples(made: Document, name: str, coded: Coded) -> None:
    other = coded.themes[-2].id if len(coded.themes) > 1 else None
    lines = [f"{name}", f"{name} : ce que j'en pense"]
    lines += [f"{name}, {other} : deux thèmes, un mémo"] if other else []
    lines += [f"{name} : un mémo [{coded.hypotheses[0][0]} : pour]"] if coded.hypotheses else []
    for line in lines:
        paragraph = made.add_paragraph(style="Normal")
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.space_after = Cm(1.4), Pt(2)
        paragraph.add_run(line, "Identifier")
    if coded.hypotheses:
        told = made.add_paragraph(f"La position envers une hypothèse est pour, contre ou nuance.{NB}")
        told.paragraph_format.left_indent = Cm(0.7)


def _steps(made: Document, texts: Sequence[str], first: int = 1) -> None:
    for number, text in enumerate(texts, first):
        paragraph = made.add_paragraph(f"{number}.\t{text}")
        paragraph.paragraph_format.left_indent = Cm(0.7)
        paragraph.paragraph_format.first_line_indent = Cm(-0.7)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(0.7))
        paragraph.paragraph_format.space_after = Pt(3)


def _list_themes(made: Document, themes: Sequence[Theme]) -> None:
    made.add_heading("Thèmes", 2)
    if not themes:
        made.add_paragraph("La grille de l'étude (resources/grid.yaml) n'a pas encore de thème.")
        return
    made.add_paragraph("Un thème s'écrit par son identifiant ou par son titre, sans souci de majuscules ni d'accents.")
    for theme in themes:
        paragraph = _item(made, theme.id, theme.title, theme.level)
        for label, text in (
            ("", theme.definition),
            (f"Inclut{NB}: ", theme.inclusion),
            (f"Exclut{NB}: ", theme.exclusion),
        ):
            if text:
                paragraph.add_run(" — " if not label else " ")
                paragraph.add_run(label).italic = True
                paragraph.add_run(_plain(" ".join(text.split())))


def _item(made: Document, name: str, title: str, level: int) -> Paragraph:
    paragraph = made.add_paragraph(style="Grid")
    paragraph.paragraph_format.left_indent = Cm(0.5 + 0.7 * level)
    paragraph.add_run(name, "Identifier")
    paragraph.add_run("  ")
    paragraph.add_run(_plain(title)).bold = True
    return paragraph


def _turn(made: Document, row: dict) -> None:
    style = "Interviewer" if row["role"] == "interviewer" else "Participant"
    paragraph = made.add_paragraph(style=style)
    number = str(row["turn"])
    start = _element("w:bookmarkStart", id=number, name=f"{MARK}{number}")
    paragraph._p.append(start)
    paragraph.add_run(f"[{number}] ", "Turn number")
    # The label ends at its first colon.
    speaker = _plain(row["speaker"] or "–").replace(":", "∶").replace("\n", " ")
    paragraph.add_run(f"{speaker}{NB}:", "Speaker")
    paragraph.add_run(f" {_plain(row['text'])}")
    paragraph._p.append(_element("w:bookmarkEnd", id=number))


def _describe(made: Document, interview: str, coded: Coded) -> None:
    about = made.core_properties
    about.title, about.subject = f"Entretien {interview}", _plain(coded.study)
    about.author = about.last_modified_by = "Verbatim"
    about.created = about.modified = DATE
    about.revision, about.language, about.comments, about.keywords = 1, "fr-FR", "", ""
    value = interview.replace("&", "&amp;").replace("<", "&lt;")
    text = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{PROPERTY}">'
        f"<vt:lpwstr>{value}</vt:lpwstr></property></Properties>"
    )
    package = made.part.package
    part = Part(PackURI("/docProps/custom.xml"), CUSTOM, text.encode(), package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def _add_field(paragraph: Paragraph, instruction: str) -> None:
    text = OxmlElement("w:instrText")
    text.text = instruction
    for part in (_element("w:fldChar", fldCharType="begin"), text, _element("w:fldChar", fldCharType="separate")):
        paragraph.add_run()._r.append(part)
    paragraph.add_run("1")
    paragraph.add_run()._r.append(_element("w:fldChar", fldCharType="end"))


def _element(kind: str, **attributes: str):
    element = OxmlElement(kind)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _plain(text: str) -> str:
    return UNWRITABLE.sub(" ", text)
