"""Reading a REFI-QDA project or codebook (.qdpx, .qde, .qdc), whichever program wrote it.

Elements are known by their names whatever the version of the standard; what nothing reads is counted and said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from verbatim.exchange.qda_project import Code, Project
from verbatim.exchange.refi_qda.container import Archive, child, children, local, opened, parse, text_of
from verbatim.exchange.refi_qda.identifiers import plain
from verbatim.exchange.refi_qda.remarks import Remarks
from verbatim.exchange.refi_qda.sources import read_sources
from verbatim.problems import Problem, StudyError

MEND = "refaites l'export REFI-QDA dans le logiciel d'origine"
SOURCES = ("TextSource", "PictureSource", "PDFSource", "AudioSource", "VideoSource")
SELECTIONS = ("PlainTextSelection", "PDFSelection", "PictureSelection", "AudioSelection", "VideoSelection")
# Elements to which others refer by guid, or whose guid is their identity: two of one kind cannot share it.
KINDS = {
    "User": "utilisateurs",
    "Code": "codes",
    "Coding": "codages",
    "Note": "notes",
    "Case": "cas",
    "Variable": "variables",
    **dict.fromkeys(SOURCES, "sources"),
    **dict.fromkeys((*SELECTIONS, "TranscriptSelection"), "sélections"),
}


def read_project(data: bytes, place: str) -> Project:
    """Return what a project file holds; `place` is its name, for messages.

    Raises StudyError when the file cannot be opened or trusted, or is no project. Faults of what it holds are in the
    `problems` of the result.
    """
    archive = opened(data, place)
    root = archive.root
    if local(root) != "Project":
        what = f"l'élément principal est <{local(root)}>"
        mend = "un fichier .qdc est un livre de codes : make codebook" if local(root) == "CodeBook" else MEND
        raise StudyError(Problem(archive.place, what, "<Project>, d'un projet REFI-QDA", mend))
    project = Project(origin=root.get("origin", ""))
    project.problems += _clashes(archive)
    project.users = {plain(u.get("guid")): u.get("name") or u.get("id") or "" for u in _all(root, "Users", "User")}
    project.codes = _codes(child(root, "CodeBook"), archive.place, project.problems)
    project.cases = {plain(c.get("guid")): c.get("name") or "" for c in _all(root, "Cases", "Case")}
    remarks = Remarks(archive)
    read_sources(archive, project, remarks)
    _leave_the_rest(root, project, remarks)
    return project


def read_codebook(data: bytes, place: str) -> list[Code]:
    """Return the codes of a codebook (.qdc), or of a project, mothers before daughters.

    Raises StudyError when the file cannot be read or two codes share a guid.
    """
    is_archive = data[:2] == b"PK"
    archive = opened(data, place) if is_archive else Archive(parse(data, place), place)
    root = archive.root
    book = root if local(root) == "CodeBook" else child(root, "CodeBook")
    if book is None:
        raise StudyError(Problem(place, f"l'élément principal est <{local(root)}>", "<CodeBook>", MEND))
    problems = [p for p in _clashes(archive) if "codes" in p.what]
    found = list(_codes(book, archive.place, problems).values())
    if problems:
        raise StudyError(problems)
    return found


def _all(root: etree._Element, group: str, name: str) -> list[etree._Element]:
    return children(child(root, group), name)


def _codes(book: etree._Element | None, place: str, problems: list[Problem]) -> dict[str, Code]:
    found: dict[str, Code] = {}
    for element, mother in _nested(child(book, "Codes"), ""):
        guid, where = plain(element.get("guid")), f"{place}, ligne {element.sourceline}"
        name = " ".join((element.get("name") or "").split())
        if not guid or not name:
            problems.append(Problem(where, "un code sans nom ou sans identifiant", "un nom et un guid", MEND))
            continue
        path = (*(found[mother].path if mother in found else ()), name)
        codable = (element.get("isCodable") or "true").strip().lower() not in ("false", "0")
        description = text_of(child(element, "Description")).strip()
        colour = (element.get("color") or "").strip()
        found.setdefault(guid, Code(guid, name, mother, path, codable, description, colour, where))
    return found


def _nested(element: etree._Element | None, mother: str) -> Iterator[tuple[etree._Element, str]]:
    """Yield every code with its mother's guid, in the order of the file; a pile, for codes nested without end."""
    pile = [(one, mother) for one in reversed(children(element, "Code"))]
    while pile:
        one, above = pile.pop()
        yield one, above
        pile += [(inner, plain(one.get("guid"))) for inner in reversed(children(one, "Code"))]


def _clashes(archive: Archive) -> list[Problem]:
    """Return a fault for each guid that two elements of a kind share.

    A passage of a PDF and the same one in its text rightly share theirs, and so do a case and the code of its passages.
    Elements that are repeated word for word do no harm.
    """
    first: dict[tuple[str, str], etree._Element] = {}
    problems = []
    for element in archive.root.iter(etree.Element):
        name, guid = local(element), plain(element.get("guid"))
        if not guid or name not in KINDS:
            continue
        seen = first.setdefault((KINDS[name], guid), element)
        twins = KINDS[name] == "sélections" and {name, local(seen)} == {"PDFSelection", "PlainTextSelection"}
        if seen is element or twins or _same(seen, element):
            continue
        where = f"{archive.place}, lignes {seen.sourceline} et {element.sourceline}"
        told = " et ".join(f"« {(e.get('name') or e.get('guid'))[:60]} »" for e in (seen, element))
        what = f"deux {KINDS[name]} portent le même guid ({element.get('guid')}) : {told}"
        problems.append(Problem(where, what, "un guid par élément", MEND))
    return problems


def _same(one: etree._Element, other: etree._Element) -> bool:
    return etree.tostring(one, method="c14n").strip() == etree.tostring(other, method="c14n").strip()


def _leave_the_rest(root: etree._Element, project: Project, remarks: Remarks) -> None:
    """Count what the project holds and no study keeps."""
    kept = "une étude n'a pas cela ; rien n'en est repris"
    counts = {
        "variables": len(_all(root, "Variables", "Variable")),
        "cas (Case)": len(project.cases),
        "ensembles (Set)": len(_all(root, "Sets", "Set")),
        "graphiques (Graph)": len(_all(root, "Graphs", "Graph")),
    }
    because = {"variables": "les attributs des participants viennent de resources/interviews.csv"}
    for what, n in counts.items():
        project.leave(what, because.get(what, kept), n)
    for what, n in Counter(remarks.unused()).items():
        project.leave(what, "ils ne tiennent à aucun codage" if what == "liens (Link)" else _OF_NOTES, n)
    project.leave("places dites douteuses à l'export", "elles sont désormais celles du projet", remarks.n_doubtful)
    if text_of(child(root, "Description")).strip():
        project.leave("description du projet", kept)
    used = {a.code for s in project.sources for p in s.passages for a in p.applications}
    lonely = [u for u in project.users if u not in project.coding_users]
    project.leave("utilisateurs qui n'ont rien codé", "il n'y a rien d'eux à reprendre", len(lonely))
    unused = [c for c in project.codes.values() if c.guid not in used and c.is_codable]
    project.leave("codes que rien n'emploie", "la grille de l'étude reste telle qu'elle est écrite", len(unused))
    groups = [c for c in project.codes.values() if not c.is_codable]
    project.leave("catégories de codes", "la grille de l'étude dit elle-même ses niveaux", len(groups))


_OF_NOTES = "une étude n'a de mémo que sur un codage"
