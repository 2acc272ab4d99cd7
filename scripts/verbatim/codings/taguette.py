"""Codings made in Taguette: its projects (.sqlite3) and its tables of highlights (.csv, .xlsx).

Taguette 1.4 (remram44/taguette: database/models.py, extract.py, export.py): the text of a document is HTML, positions
are UTF-8 bytes of its text without tags, the end excluded; a highlight keeps its own words (snippet, HTML), and not who
made it.
"""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

import numpy as np

from verbatim.codings.model import Reading, StudyText
from verbatim.codings.projects import to_reading
from verbatim.exchange.databases import Database, opened
from verbatim.exchange.qda_project import Application, Code, Passage, Project, Source
from verbatim.problems import Problem, StudyError
from verbatim.transcripts import workbooks

Reader = Callable[[bytes, str, str, StudyText], Reading]
NAMES = ("documents", "highlights", "highlight_tags", "tags")
BLOCKS = ("p", "div", "br", "li", "ul", "ol", "tr", "table", "blockquote", "pre", "section", "article", "hr")
HIGHLIGHTS = ("id", "document", "tag", "content")
HEADINGS = tuple(f"h{level}" for level in range(1, 7))


def read(data: bytes, place: str, coder: str, study: StudyText) -> Reading:
    """Return the codings of a Taguette project; they are the folder's coder's, as Taguette keeps no names."""
    try:
        with opened(data, place, "un projet Taguette (.sqlite3)") as base:
            project = _project(base, place)
    except StudyError as error:
        return Reading(problems=list(error.problems))
    return to_reading(project, place, coder, study)


def is_taguette(base: Database) -> bool:
    """Say whether a database has Taguette's tables."""
    return all(base.has(name) for name in NAMES)


def _project(base: Database, place: str) -> Project:
    if not is_taguette(base):
        missing = ", ".join(name for name in NAMES if not base.has(name))
        raise StudyError(Problem(place, f"il y manque des tables ({missing})", "un projet Taguette (.sqlite3)"))
    project = Project(origin="Taguette")
    projects = base.rows("projects", "id", "name") if base.has("projects") else []
    if len(projects) > 1:
        project.leave("projets réunis dans le fichier", "lus ensemble", len(projects))
    for tag, path, description in base.rows("tags", "id", "path", "description"):
        name = str(path)
        project.codes[f"tag-{tag}"] = Code(
            f"tag-{tag}", name, "", (name,), description=description or "", place=f"{place}, tag « {name} »"
        )
    tags: dict[int, list[int]] = {}
    pairs = base.rows("highlight_tags", "highlight_id", "tag_id")
    for highlight, tag in sorted(pair for pair in pairs if None not in pair):
        tags.setdefault(highlight, []).append(tag)
    passages: dict[int, list[Passage]] = {}
    for one, document, start, end, snippet in base.rows(
        "highlights", "id", "document_id", "start_offset", "end_offset", "snippet"
    ):
        given = [Application(f"highlight-{one}-{tag}", f"tag-{tag}", "") for tag in tags.get(one, [])]
        words = plain(snippet or "")[0]
        where = f"{place}, surlignage {one}"
        passages.setdefault(document, []).append(
            Passage(f"highlight-{one}", start, end, words, given, (), where, is_quoted=True)
        )
    for document, name, contents in base.rows("documents", "id", "name", "contents"):
        project.sources.append(_source(document, name, contents or "", passages.get(document, []), place))
    used = {a.code for source in project.sources for p in source.passages for a in p.applications}
    unused = len(project.codes.keys() - used)
    project.leave("codes que rien n'emploie", "la grille de l'étude reste telle qu'elle est écrite", unused)
    return project


def _source(document: int, name: str, contents: str, passages: list[Passage], place: str) -> Source:
    text, counted = plain(contents)
    for passage in passages:
        has_place = passage.start is not None and passage.end is not None
        if has_place and 0 <= passage.start <= passage.end <= counted[-1]:
            passage.start, passage.end = (int(one) for one in np.searchsorted(counted, [passage.start, passage.end]))
        else:
            passage.start = passage.end = None
    return Source(f"document-{document}", name, text, passages, place=f"{place}, document « {name} »")


class _Text(HTMLParser):
    """The text of an HTML page: a line end at each block, which no position counts."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.widths: list[np.ndarray] = []

    def handle_data(self, data: str) -> None:
        codes = np.frombuffer(data.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        self.parts.append(data)
        self.widths.append(1 + (codes > 0x7F) + (codes > 0x7FF) + (codes > 0xFFFF).astype(np.int64))

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag in BLOCKS or tag in HEADINGS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS or tag in HEADINGS:
            self._break()

    def _break(self) -> None:
        if self.parts and not self.parts[-1].endswith("\n"):
            self.parts.append("\n")
            self.widths.append(np.zeros(1, dtype=np.int64))


def plain(html: str) -> tuple[str, np.ndarray]:
    """Return the text of `html`, and the position in bytes of each of its characters and of its end (length + 1,)."""
    reader = _Text()
    # What an HTML page begins with in blanks is no part of its text (HTML 5, « before head »).
    reader.feed(html.replace("\r\n", "\n").replace("\r", "\n").lstrip(" \t\n\f"))
    reader.close()
    widths = np.concatenate([*reader.widths, np.zeros(0, dtype=np.int64)])
    return "".join(reader.parts), np.concatenate([[0], np.cumsum(widths)]).astype(np.int64)


def codebook(data: bytes, place: str) -> list[Code]:
    """Return the codes of Taguette's codebook.csv (tag, parent, description), mothers before daughters.

    Raises StudyError when it is no such table.
    """
    rows = _rows(data, place, ("tag", "description"))
    by_name = {row["tag"]: row for row in rows}
    found: dict[str, Code] = {}

    def add(name: str, above: tuple[str, ...]) -> None:
        row = by_name[name]
        mother = row.get("parent", "")
        if mother in by_name and mother not in found and mother not in above:
            add(mother, (*above, name))
        path = (*(found[mother].path if mother in found else ()), name)
        parent = mother if mother in found else ""
        found.setdefault(name, Code(name, name, parent, path, True, row["description"], place=place))

    for name in by_name:
        add(name, ())
    return list(found.values())


def highlights(data: bytes, place: str, coder: str, study: StudyText) -> Reading:
    """Return the codings of Taguette's table of highlights (id, document, tag, content), as CSV or Excel."""
    try:
        rows = _rows(data, place, HIGHLIGHTS)
    except StudyError as error:
        return Reading(problems=list(error.problems))
    project = Project(origin="Taguette")
    sources: dict[str, Source] = {}
    passages: dict[tuple[str, str], Passage] = {}
    for line, row in enumerate(rows, 2):
        name, tag, where = row["document"], row["tag"], f"{place}, ligne {line}"
        source = sources.setdefault(name, Source(f"document-{name}", name, None, missing="la table n'a pas le texte"))
        key = (name, row["id"])
        if key not in passages:
            passages[key] = Passage(f"highlight-{row['id']}", None, None, row["content"], place=where, is_quoted=True)
            source.passages.append(passages[key])
        if tag:
            project.codes.setdefault(tag, Code(tag, tag, "", (tag,), place=where))
            passages[key].applications.append(Application(f"highlight-{row['id']}-{tag}", tag, ""))
    project.sources = list(sources.values())
    return to_reading(project, place, coder, study)


def before(other: Reader) -> Reader:
    """Return a reader of tables that reads Taguette's highlights, and any other table as `other` does."""

    def read_table(data: bytes, place: str, coder: str, study: StudyText) -> Reading:
        reader = highlights if is_highlights(data) else other
        return reader(data, place, coder, study)

    return read_table


def is_highlights(data: bytes) -> bool:
    """Say whether a file is Taguette's table of highlights."""
    try:
        _rows(data, "", HIGHLIGHTS)
    except StudyError:
        return False
    return True


def _rows(data: bytes, place: str, needed: tuple[str, ...]) -> list[dict[str, str]]:
    if data.startswith(b"PK"):
        cells = workbooks.rows_of_workbook(data, place)
    else:
        try:
            cells = workbooks.rows_of_csv(data.decode("utf-8-sig"), place)
        except UnicodeDecodeError as error:
            raise StudyError(Problem(place, "ce n'est pas de l'UTF-8", "un CSV de Taguette")) from error
    names = [name.strip().lower() for name in cells[0]] if cells else []
    missing = [name for name in needed if name not in names]
    if missing:
        what = f"il y manque les colonnes {', '.join(missing)}"
        raise StudyError(Problem(place, what, ", ".join(needed), "refaites l'export dans Taguette"))
    return [dict(zip(names, row, strict=False)) for row in cells[1:] if any(row)]
