"""Codings made in QualCoder: the database data.qda of a project folder.

QualCoder 3 (ccbogel/QualCoder, database versions 1 to 17): tables source (fulltext), code_name, code_cat and code_text
(pos0, pos1, seltext, owner, memo). Positions are those of an editor that counts UTF-16 units, or code points: the words
kept with each coding (seltext) tell.
"""

from __future__ import annotations

from verbatim.codings.model import Reading, StudyText
from verbatim.codings.projects import to_reading
from verbatim.exchange.databases import Database, opened
from verbatim.exchange.qda_project import Application, Code, Passage, Project, Source
from verbatim.exchange.refi_qda import positions
from verbatim.problems import Problem, StudyError

EXPECTED = "une base QualCoder (le fichier data.qda d'un projet)"
NAMES = ("source", "code_name", "code_text")
NO_WORDS = "ils ne tiennent à aucun mot de la transcription"
LEFT = {
    "code_image": ("passages d'images (codés)", NO_WORDS),
    "code_av": ("passages de sons et de vidéos (codés)", NO_WORDS),
    "annotation": ("annotations sans code", "rien ne dit quel thème leur donner"),
    "cases": ("cas (Case)", "une étude n'a pas cela ; rien n'en est repris"),
    "journal": ("journaux", "une étude n'a de mémo que sur un codage"),
    "attribute_type": ("variables", "les attributs des participants viennent de resources/interviews.csv"),
}


def read(data: bytes, place: str, coder: str, study: StudyText) -> Reading:
    """Return the codings of a QualCoder project, its faults, and what it holds that is not kept.

    The coder is the folder's name when one person coded, else the name of each owner.
    """
    try:
        with opened(data, place, EXPECTED) as base:
            project = _project(base, place)
    except StudyError as error:
        return Reading(problems=list(error.problems))
    return to_reading(project, place, coder, study)


def is_qualcoder(base: Database) -> bool:
    """Say whether a database has QualCoder's tables."""
    return all(base.has(name) for name in NAMES)


def _project(base: Database, place: str) -> Project:
    if not is_qualcoder(base):
        missing = ", ".join(name for name in NAMES if not base.has(name))
        raise StudyError(Problem(place, f"il y manque des tables ({missing})", EXPECTED))
    project = Project(origin="QualCoder")
    project.codes = _codes(base, place)
    passages: dict[int, list[Passage]] = {}
    columns = ("cid", "fid", "seltext", "pos0", "pos1", "owner", "memo")
    for n, (code, source, words, start, end, owner, memo) in enumerate(base.rows("code_text", *columns), 1):
        project.users.setdefault(owner or "", owner or "")
        remarks = (memo.strip(),) if memo and memo.strip() else ()
        given = [Application(f"code_text-{n}", f"code-{code}", owner or "", remarks)]
        where = f"{place}, codage {n}"
        passage = Passage(f"code_text-{n}", start, end, words or "", given, remarks, where, is_quoted=True)
        passages.setdefault(source, []).append(passage)
    for one, name, text in base.rows("source", "id", "name", "fulltext"):
        own = passages.pop(one, [])
        missing = "" if text else "il n'a pas de texte"
        project.sources.append(
            Source(f"source-{one}", name or "", text, own, missing=missing, place=f"{place}, source « {name} »")
        )
    lost = sum(len(own) for own in passages.values())
    project.leave("codages d'une source absente de la base", "ni leur nom ni leur texte n'y est", lost)
    _settle(project)
    for table, (what, why) in LEFT.items():
        project.leave(what, why, len(base.rows(table, "rowid")))
    used = {a.code for source in project.sources for p in source.passages for a in p.applications}
    unused = len(project.codes.keys() - used)
    project.leave("codes que rien n'emploie", "la grille de l'étude reste telle qu'elle est écrite", unused)
    groups = len(base.rows("code_cat", "catid"))
    project.leave("catégories de codes", "la grille de l'étude dit elle-même ses niveaux", groups)
    return project


def _codes(base: Database, place: str) -> dict[str, Code]:
    """Return the codes with the names of the categories above each; a category that holds itself ends its line."""
    mothers = {f"cat-{c}": (name, f"cat-{up}") for c, name, up in base.rows("code_cat", "catid", "name", "supercatid")}
    rows = base.rows("code_name", "cid", "name", "memo", "catid", "supercid", "color")
    for one, name, _, category, above, _ in rows:
        mothers[f"code-{one}"] = (name, f"code-{above}" if above is not None else f"cat-{category}")
    codes = {}
    for one, name, memo, _, _, colour in rows:
        own, path, seen = f"code-{one}", [], set()
        key = own
        while key in mothers and key not in seen:
            seen.add(key)
            path.insert(0, mothers[key][0] or "")
            key = mothers[key][1]
        mother = mothers[own][1] if mothers[own][1] in mothers else ""
        where = f"{place}, code « {name} »"
        codes[own] = Code(own, name or "", mother, tuple(path), True, memo or "", colour or "", where)
    return codes


def _settle(project: Project) -> None:
    """Turn the positions of all passages into code points, having found out how they were counted."""
    known = [source for source in project.sources if source.text]
    how = positions.found_out(known, set(), project.origin)
    for source in project.sources:
        places = positions.counted(source.text, how) if source.text else None
        for passage in source.passages:
            has_place = places is not None and passage.start is not None and passage.end is not None
            span = positions.located(passage, places, how) if has_place else None
            passage.start, passage.end = span if span else (None, None)
