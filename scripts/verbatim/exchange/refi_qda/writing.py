"""Writing the study as a REFI-QDA project: coders, grid, interviews, codings, hypotheses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl
from lxml import etree

from verbatim.codings.project_remarks import remark_text
from verbatim.exchange import zip_files
from verbatim.exchange.refi_qda import texts, variables
from verbatim.exchange.refi_qda.grid_codes import codes, written
from verbatim.exchange.refi_qda.identifiers import guid
from verbatim.exchange.refi_qda.texts import legal
from verbatim.grid import Theme

NAMESPACE = "urn:QDA-XML:project:1.0"
ORIGIN = "Verbatim"
STANCES = {"for": "pour", "against": "contre", "nuance": "nuance"}
# What leaves with the project: what a person coded and did not set aside.
KEPT = (pl.col("origin") == "human") & pl.col("set_aside").is_null()


@dataclass(frozen=True)
class Study:
    """What a project is made of: the tables of these names, themes, declared hypotheses, title, date, palette."""

    turns: pl.DataFrame
    interviews: pl.DataFrame
    codings: pl.DataFrame
    themes: Sequence[Theme]
    hypotheses: Sequence[Mapping]
    title: str
    date: str = ""
    palette: Sequence[str] = ()

    @cached_property
    def texts(self) -> dict[str, texts.Text]:
        """Return interview -> its plain text."""
        said = self.turns.sort("interview", "turn").select("interview", "turn", "speaker", "text")
        parts = said.partition_by("interview", maintain_order=True)
        return {part["interview"][0]: texts.told(part.select("turn", "speaker", "text").iter_rows()) for part in parts}

    @cached_property
    def placed(self) -> pl.DataFrame:
        """Return the codings that stand in the text, in its order."""
        kept = self.codings.filter(KEPT & (pl.col("anchor") != "lost"))
        return kept.sort("interview", "turn", "start", "end", "coding")

    @cached_property
    def lost(self) -> pl.DataFrame:
        """Return the codings of which the words are found no more."""
        return self.codings.filter(KEPT & (pl.col("anchor") == "lost")).sort("coding")


def project(study: Study) -> bytes:
    """Return the project (.qdpx): project.qde, and a plain text for each interview in sources/.

    Positions are Unicode code points of those texts, the end excluded; every guid comes from what it stands for alone.
    """
    members = {f"sources/{guid('source', name)}.txt": own.text.encode() for name, own in study.texts.items()}
    return zip_files.pack({"project.qde": written(_root(study)), **members}, first=("project.qde",))


def _make(parent: etree._Element, tag: str, text: str | None = None, /, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    for key, value in attributes.items():
        if value:
            element.set(key, legal(value))
    if text is not None:
        element.text = legal(text)
    return element


def _root(study: Study) -> etree._Element:
    root = etree.Element(f"{{{NAMESPACE}}}Project", nsmap={None: NAMESPACE})
    when = f"{study.date}T00:00:00Z" if study.date else ""
    for key, value in {"name": study.title or "Étude", "origin": ORIGIN, "creationDateTime": when}.items():
        if value:
            root.set(key, legal(value))
    coders = study.codings.filter(KEPT)["coder"].unique().sort().to_list()
    if coders:
        users = _make(root, "Users")
        for coder in coders:
            _make(users, "User", guid=guid("user", coder), name=coder)
    if study.themes:
        _make(root, "CodeBook").append(codes(study.themes, NAMESPACE, study.palette))
    if study.texts:
        variables.add(root, study.interviews.filter(pl.col("interview").is_in(list(study.texts))), _make)
        _sources(root, study, when)
    _notes(root, study, when)
    _sets(root, study)
    return root


def _sources(root: etree._Element, study: Study, when: str) -> None:
    sources = _make(root, "Sources")
    of = {key[0]: part for key, part in study.placed.partition_by("interview", as_dict=True).items()}
    for interview, own in study.texts.items():
        name = guid("source", interview)
        path = f"internal://{name}.txt"
        element = _make(sources, "TextSource", guid=name, name=interview, plainTextPath=path, creationDateTime=when)
        for row in of[interview].iter_rows(named=True) if interview in of else ():
            _selection(element, row, own.begins[row["turn"]], when)


def _selection(source: etree._Element, row: dict, begin: int, when: str) -> None:
    own, user = guid("selection", row["coding"]), guid("user", row["coder"])
    about = {"name": " ".join(row["quote"].split()), "creatingUser": user, "creationDateTime": when}
    start, end = str(begin + row["start"]), str(begin + row["end"])
    element = _make(source, "PlainTextSelection", guid=own, startPosition=start, endPosition=end, **about)
    told = remark_text(row["memo"], row["hypothesis"], row["stance"])
    if told:
        _make(element, "Description", told)
    coding = _make(element, "Coding", guid=guid("coding", row["coding"]), creatingUser=user, creationDateTime=when)
    _make(coding, "CodeRef", targetGUID=guid("code", row["theme"]))
    for kind in _note_kinds(row):
        _make(element, "NoteRef", targetGUID=guid(kind, own))


def _note_kinds(row: dict) -> list[str]:
    """Return the notes that a placed coding has: of its hypothesis, and of its doubtful place."""
    return [k for k, has in (("remark", row["hypothesis"]), ("doubtful", row["anchor"] == "doubtful")) if has]


def _notes(root: etree._Element, study: Study, when: str) -> None:
    """Add a note for each coding of a hypothesis, for each doubtful place, and for each coding that has none left."""
    notes = etree.Element(f"{{{NAMESPACE}}}Notes")
    for row in study.placed.iter_rows(named=True):
        for kind in _note_kinds(row):
            doubt = f"À vérifier : place douteuse. « {row['quote']} »"
            text = remark_text(row["memo"], row["hypothesis"], row["stance"]) if kind == "remark" else doubt
            name = _stance_name(row) if kind == "remark" else "Place douteuse"
            _note(notes, guid(kind, guid("selection", row["coding"])), name, text, row["coder"], when)
    for row in study.lost.iter_rows(named=True):
        told = remark_text(row["memo"], row["hypothesis"], row["stance"])
        where = f"{row['interview']}, thème {row['theme']}, par {row['coder']}"
        text = "\n".join(filter(None, (f"« {row['quote']} »", where, told)))
        _note(notes, guid("lost", row["coding"]), f"Codage perdu, {row['interview']}", text, row["coder"], when)
    if len(notes):
        root.append(notes)


def _stance_name(row: dict) -> str:
    stance = STANCES.get(row["stance"] or "", "")
    return f"Hypothèse {row['hypothesis']}" + (f" : {stance}" if stance else "")


def _note(notes: etree._Element, own: str, name: str, text: str, coder: str, when: str) -> None:
    about = {"name": name, "creatingUser": guid("user", coder), "creationDateTime": when}
    note = _make(notes, "Note", guid=own, **about)
    _make(note, "PlainTextContent", text)


def _sets(root: etree._Element, study: Study) -> None:
    """Add a set for each hypothesis (its themes, notes of its codings), and those of doubtful and lost places."""
    sets = etree.Element(f"{{{NAMESPACE}}}Sets")
    themes = {theme.id: theme for theme in study.themes}
    placed, selection = study.placed, lambda coding: guid("selection", coding)
    for one in study.hypotheses:
        element = _make(sets, "Set", guid=guid("set", one["id"]), name=f"Hypothèse : {one['title']}")
        parts = [one.get("statement", ""), *(f"{k} : {one[v]}" for k, v in _SIDES if one.get(v))]
        _make(element, "Description", "\n".join(filter(None, [*parts, f"Identifiant : {one['id']}"])))
        linked = {*one.get("themes", ()), *(t.id for t in study.themes if one["id"] in t.hypotheses)}
        for theme in sorted(linked & themes.keys()):
            _make(element, "MemberCode", targetGUID=guid("code", theme))
        for coding in placed.filter(pl.col("hypothesis") == one["id"])["coding"]:
            _make(element, "MemberNote", targetGUID=guid("remark", selection(coding)))
    doubtful = placed.filter(pl.col("anchor") == "doubtful")["coding"].to_list()
    gone = study.lost["coding"].to_list()
    groups = (
        ("doubtful", "Codages douteux, à vérifier", [guid("doubtful", selection(c)) for c in doubtful]),
        ("lost", "Codages perdus", [guid("lost", c) for c in gone]),
    )
    for kind, name, notes in groups:
        if notes:
            element = _make(sets, "Set", guid=guid("set", f"\x1f{kind}"), name=name)
            for note in notes:
                _make(element, "MemberNote", targetGUID=note)
    if len(sets):
        root.append(sets)


_SIDES = (("Pour", "for"), ("Contre", "against"))
