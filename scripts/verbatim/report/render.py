"""The report as one HTML page: views, templates, style, scripts, figures and data, nothing outside."""

from __future__ import annotations

import re
from pathlib import Path

import jinja2
from markupsafe import Markup

from verbatim import typography
from verbatim.report import (
    agreement_page,
    audit_page,
    classes_page,
    concordance_page,
    corpus_page,
    findings_page,
    graph_page,
    hypotheses_page,
    method_page,
    overview,
    packing,
    passages,
    pictures,
    sheets_page,
    solidity_page,
    suggestions_page,
    syntheses_page,
    themes_page,
    words_page,
)
from verbatim.report.located import Corpus
from verbatim.report.material import Material
from verbatim.report.wording import variable

PAGES = (
    ("bref", "En bref"),
    ("entretiens", "Entretiens"),
    ("mots", "Mots"),
    ("concordance", "Concordancier"),
    ("classes", "Classes"),
    ("similitudes", "Similitudes"),
    ("themes", "Thèmes"),
    ("hypotheses", "Hypothèses"),
    ("solidite", "Solidité"),
    ("corrections", "Corrections"),
    ("methode", "Méthode"),
)
SCRIPTS = (
    # unpacks the texts; the others wait for it
    "unpack.js",
    *("report.js", "pictures.js", "passages.js", "reader.js", "tables.js"),
    *("words.js", "associations.js", "concordance.js", "word_tree.js"),
    *("graph_reading.js", "graph_drawing.js", "graph_view.js", "graph.js"),
    "hypotheses.js",
    "syntheses.js",
    *("sheets.js", "interview_sheet.js"),
)
STYLES = ("report.css", "words.css", "graph.css", "themes.css")


def page(material: Material, templates: Path) -> str:
    """Return the report as HTML; `templates` is the folder of templates, style and scripts."""
    own = environment(templates)
    corpus = Corpus(material)
    views = _views(corpus)
    graphs = {name: view["data"] for name, view in views["graphs"].items()}
    texts = {**passages.data(corpus), "graphs": graphs, "sheets": views["sheets"]["interviews"]}
    return own.get_template("rapport.html.j2").render(
        material=material,
        study=material.settings["study"],
        pages=PAGES,
        views=views,
        style=Markup("\n".join((templates / name).read_text(encoding="utf-8") for name in STYLES)),
        scripts=[Markup((templates / name).read_text(encoding="utf-8")) for name in SCRIPTS],
        figures=Markup(pictures.packed(material.figures)),
        data=Markup(packing.packed(texts)),
    )


def _views(corpus: Corpus) -> dict:
    material, names = corpus.material, corpus.material.analyses
    classes = {name: classes_page.view(corpus, name) for name in names}
    hypotheses = hypotheses_page.view(corpus)
    return {
        "overview": overview.view(corpus, classes, hypotheses),
        "corpus": corpus_page.view(corpus),
        "words": {name: words_page.view(corpus, name) for name in names},
        "concordance": concordance_page.view(corpus),
        "corrections": audit_page.view(corpus),
        "classes": classes,
        "solidity": {name: solidity_page.view(corpus, name) for name in names},
        "graphs": {name: graph_page.view(material, name) for name in names},
        "themes": themes_page.view(corpus),
        "suggestions": suggestions_page.view(corpus),
        "agreement": agreement_page.view(corpus),
        "crossing": {name: syntheses_page.crossing(material, name) for name in names},
        "syntheses": syntheses_page.view(material),
        "sheets": sheets_page.view(corpus),
        "hypotheses": hypotheses,
        "findings": findings_page.view(corpus),
        "method": method_page.view(corpus),
        "steps": {name: method_page.steps(corpus, name) for name in names},
    }


def environment(templates: Path) -> jinja2.Environment:
    """Return what renders the templates of the folder: typography of French, numbers, dates."""
    made = jinja2.Environment(
        loader=FrenchSpaces(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        nb=french_spaces,
        n=typography.integer,
        dec=typography.decimal,
        pct=typography.percent,
        p=typography.probability,
        signed=signed,
        plural=plural,
        date=french_date,
        variable=variable,
        sides=pictures.size,
    )
    return made


class FrenchSpaces(jinja2.FileSystemLoader):
    """Templates whose text gets its no-break spaces; code between braces is left alone."""

    def get_source(self, environment, template):
        """Return the source of `template` as the base class does, its text amended."""
        source, *rest = super().get_source(environment, template)
        parts = re.split(r"({[{%#].*?[}%#]})", source, flags=re.DOTALL)
        return "".join(part if i % 2 else french_spaces(part) for i, part in enumerate(parts)), *rest


def french_spaces(text: str) -> str:
    """Return `text` with no-break spaces where French typography wants them."""
    return re.sub(r" (?=[:;?!»%])|(?<=«) ", "\u00a0", text)


def signed(value: float, digits: int = 1) -> str:
    """Return a number with its sign, « +4,5 » or « −4,5 »."""
    text = typography.decimal(abs(value), digits)
    return f"{'+' if value > 0 else '−'}{text}" if text.strip("0,") else text


def plural(count: int, singular: str, many: str = "") -> str:
    """Return « 1 passage », « 12 passages »: in French, 0 and 1 are singular."""
    noun = singular if count < 2 else many or f"{singular}s"
    return f"{typography.integer(count)}\u00a0{noun}"


MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


def french_date(text: str) -> str:
    """Return 2022-06-30 as « 30 juin 2022 »."""
    year, month, day = (int(part) for part in text.split("-"))
    if not 1 <= month <= 12:
        return text
    return f"{'1er' if day == 1 else day} {MONTHS[month - 1]} {year}"
