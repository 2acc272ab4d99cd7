"""The themes that the codes of another program stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from verbatim.codings.model import StudyText
from verbatim.codings.remarks import theme_of
from verbatim.exchange.qda_project import Code, Project
from verbatim.exchange.refi_qda.identifiers import guid
from verbatim.problems import Problem, nearest

IDENTIFIER = re.compile(r"(?m)^Identifiant : ([a-z][a-z0-9_]{1,47})[ \t]*$")
SEPARATORS = re.compile(r"\s*(?:::|/|\\|>|\.)\s*")


def themes_of(project: Project, used: Mapping[str, int], study: StudyText) -> dict[str, str]:
    """Return guid of code -> theme, for the codes `used` (guid -> how many times).

    A code is a theme by our guid, else by its name: id or title of a theme. One that is none, and two codes of
    different guids that would be one theme, are put among the problems of `project`.
    """
    found: dict[str, str] = {}
    holders: dict[str, Code] = {}
    for code_guid, n in used.items():
        code = project.codes.get(code_guid)
        if code is None:
            continue
        theme = _ours(code, study) or _named(code, study)
        if theme is None:
            project.problems.append(_unknown(code, n, study))
        elif isinstance(theme, Problem):
            project.problems.append(theme)
        elif theme in holders:
            project.problems.append(_twice(holders[theme], code, theme))
        else:
            holders[theme] = code
            found[code_guid] = theme
    return found


def _ours(code: Code, study: StudyText) -> str | None:
    """Return the theme of a code that we wrote: by its guid or, in a program that gave it another, by our description.

    Its guid tells an older theme too, which is no title of the grid any more.
    """
    written = IDENTIFIER.search(code.description)
    likely = [written[1]] if written else []
    found = next((theme for theme in [*likely, *study.titles] if guid("code", theme) == code.guid), None)
    return found or next((theme for theme in likely if theme in study.titles), None)


def is_ours(project: Project, study: StudyText) -> bool:
    """Say whether a project has codes that we wrote, whichever program wrote it last."""
    return any(_ours(code, study) for code in project.codes.values())


def _named(code: Code, study: StudyText) -> str | Problem | None:
    """Return the theme that the whole name of a code tells, or its last part (« Relation::Confiance »).

    A fault where two themes have that title.
    """
    names = [name for name in (code.name, SEPARATORS.split(code.name)[-1]) if re.search(r"\w", name)]
    theme = next((theme for name in names if (theme := theme_of(name, study))), None)
    if theme is None or any(name in study.titles for name in names):
        return theme
    same = [other for other, title in study.titles.items() if theme_of(title, study) == theme]
    if len(same) == 1:
        return theme
    what = f"code « {' / '.join(code.path)} » : plusieurs thèmes portent ce titre ({', '.join(same)})"
    return Problem(code.place, what, "un titre par thème", f"donnez au code l'identifiant du thème, « {same[0]} »")


def _unknown(code: Code, n: int, study: StudyText) -> Problem:
    told = " / ".join(code.path)
    what = f"code « {told} », de {n} codage{'s' if n > 1 else ''} : la grille n'a pas ce thème"
    titles = {title: theme for theme, title in study.titles.items()}
    near = nearest(code.name, [*titles, *study.titles])
    new = "ajoutez-le à resources/grid.yaml (make codebook FILE=… en propose un), ou renommez le code comme son thème"
    mend = f"vouliez-vous « {near} » ? sinon {new}" if near else new
    return Problem(code.place, what, " | ".join(sorted(study.titles)[:8]), mend)


def _twice(one: Code, other: Code, theme: str) -> Problem:
    what = f"les codes « {' / '.join(one.path)} » et « {' / '.join(other.path)} » seraient le même thème ({theme})"
    mend = "renommez l'un des deux, ou fusionnez-les dans le logiciel d'origine"
    return Problem(other.place, what, "un code par thème", mend)
