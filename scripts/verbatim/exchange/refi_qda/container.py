"""The archive of a project (.qdpx) and the XML inside, opened without trusting them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from lxml import etree

from verbatim.exchange import zip_files
from verbatim.problems import Problem, StudyError

EXPECTED = "un projet REFI-QDA (.qdpx)"
MEND = "refaites l'export REFI-QDA dans le logiciel d'origine"
MAX_XML = 100_000_000
URL = re.compile(r"^(internal|relative|absolute|file)?:/{1,3}", re.IGNORECASE)
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass
class Archive:
    """The XML of a project, where it was (for messages), and the files beside it by name."""

    root: etree._Element
    place: str
    members: dict[str, bytes] = field(default_factory=dict)

    def file(self, path: str) -> bytes | None:
        """Return the file that a `path` of the project names (internal://…, or only a name), letters' case aside."""
        name = URL.sub("", path.replace("\\", "/")).lstrip("/").casefold()
        own = {key.casefold(): key for key in self.members}
        base = PurePosixPath(name).name
        folders = [key for key in own if PurePosixPath(key).name == base and "sources" in PurePosixPath(key).parts]
        for key in (f"sources/{name}", name, *folders, base):
            if key in own:
                return self.members[own[key]]
        return None


def opened(data: bytes, place: str) -> Archive:
    """Return what a .qdpx holds, or a bare .qde; raise StudyError when it cannot be opened or trusted."""
    if data.lstrip(b" \t\r\n").startswith((b"<", *MARKS)):
        return Archive(parse(data, place), place)
    members = zip_files.unpack(data, place, EXPECTED)
    members = {name: own for name, own in members.items() if not name.startswith("__MACOSX/")}
    found = sorted((n.count("/"), n) for n in members if n.lower().endswith(".qde"))
    named = [n for _, n in found if PurePosixPath(n).name.lower() == "project.qde"]
    shallow = [n for depth, n in found if depth == found[0][0]]
    if len(named or shallow) != 1:
        what = "project.qde y manque" if not found else f"{len(found)} fichiers .qde, aucun nommé project.qde"
        raise StudyError(Problem(place, what, EXPECTED, MEND))
    name = (named or shallow)[0]
    return Archive(parse(members[name], f"{place}, {name}"), f"{place}, {name}", members)


def parse(data: bytes, place: str) -> etree._Element:
    """Return the root of an XML text; raise StudyError for what is ill-formed, too long or declares a type.

    A document type could define entities that grow without end, or fetch files: none is needed here.
    """
    if len(data) > MAX_XML:
        raise StudyError(Problem(place, "fichier XML démesuré", f"moins de {MAX_XML // 1_000_000} Mo", MEND))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data.lstrip(b" \t\r\n"), parser)
    except etree.XMLSyntaxError as error:
        where = f"{place}, ligne {error.lineno}" if error.lineno else place
        if _declares_type(data):
            raise StudyError(_typed(place)) from error
        raise StudyError(Problem(where, f"XML illisible ({error.msg})", "du XML bien formé", MEND)) from error
    info = root.getroottree().docinfo
    if info.doctype or info.internalDTD is not None:
        raise StudyError(_typed(place))
    return root


def _declares_type(data: bytes) -> bool:
    return b"<!DOCTYPE" in data[:10_000].replace(b"\0", b"")


def _typed(place: str) -> Problem:
    mend = f"ne vous fiez pas à ce fichier : {MEND}"
    return Problem(place, "le XML déclare un type de document (et peut-être des entités)", "aucun", mend)


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace: versions of the standard differ by it only."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def children(element: etree._Element | None, *names: str) -> list[etree._Element]:
    """Return the children of these names, in order."""
    return [child for child in element if local(child) in names] if element is not None else []


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """Return the first child of this name."""
    return next(iter(children(element, name)), None)


def text_of(element: etree._Element | None) -> str:
    """Return all the text of an element."""
    return "".join(element.itertext()) if element is not None else ""
