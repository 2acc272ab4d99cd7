"""The public version as one page without scripts, checked once more before it is given."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup

from verbatim.problems import Problem, StudyError
from verbatim.public_report import word_runs
from verbatim.public_report.view import View
from verbatim.report import render

STYLES = ("report.css", "public.css")
# A code of one or two signs, or a number, stands in any text.
TELLING_CODE = re.compile(r"(?=.*\D).{3,}")


def html(view: View, study: Mapping, figures: Mapping[str, str], templates: Path) -> str:
    """Return the page; `study`: the section of the settings; `figures`: analysis -> SVG.

    Raises StudyError where words of an interview, or its code, stand on the page that should not.
    """
    environment = render.environment(templates)
    page = environment.get_template("public.html.j2").render(
        view=view,
        study=study,
        counts=view.counts(),
        figures={name: base64.b64encode(svg.encode()).decode() for name, svg in figures.items()},
        style=Markup("\n".join((templates / name).read_text(encoding="utf-8") for name in STYLES)),
    )
    _check(page, view, study)
    return page


def _check(page: str, view: View, study: Mapping) -> None:
    texts = word_runs.blocks(page)
    mend = "signalez-le : rien n'est publié tant que la page n'est pas sûre"
    problems = [
        Problem("rapport public", f"des mots d'un entretien y resteraient : « {run} »", "aucun", mend)
        for text in texts
        for run in word_runs.leaked(text, view.study.said, view.allowed)
    ]
    codes = [code for code in view.material.table("corpus/interviews")["interview"] if TELLING_CODE.fullmatch(code)]
    for code in codes:
        if re.search(rf"(?<!\w){re.escape(code)}(?!\w)", "\n".join(texts)) and code not in study["title"]:
            mend_code = "ôtez ce code des textes que vous avez écrits (grille, hypothèses, constats, verdicts)"
            problems.append(
                Problem("rapport public", f"le code d'entretien « {code} » y resterait", "aucun", mend_code)
            )
    if problems:
        raise StudyError(problems)
