"""Transcripts for other programs: plain text and TEI, one file an interview."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from lxml import etree

TEI = "http://www.tei-c.org/ns/1.0"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
ROLES = {"interviewer": "interviewer", "participant": "participant"}


def plain(turns: pl.DataFrame) -> str:
    """Return the turns of one interview (corpus/turns) as text, `speaker : words`, an empty line between turns."""
    rows = turns.sort("turn").select("speaker", "text").iter_rows()
    return "\n\n".join(f"{speaker} : {text}" for speaker, text in rows) + "\n"


def tei(turns: pl.DataFrame, speakers: pl.DataFrame, study: str) -> bytes:
    """Return one interview as a TEI text (P5): people with role and attributes, times, one `u` a turn.

    `turns` and `speakers` are the rows of corpus/turns and corpus/speakers of that interview; `study` is the title of
    the study. Attributes become notes of the person, whose type is the attribute's name.
    """
    interview = turns["interview"][0]
    root = etree.Element(f"{{{TEI}}}TEI", nsmap={None: TEI}, attrib={LANGUAGE: "fr"})
    header = _add(root, "teiHeader")
    description = _add(header, "fileDesc")
    _add(_add(description, "titleStmt"), "title", f"{study}, entretien {interview}")
    _add(_add(description, "publicationStmt"), "p", "Transcription masquée, exportée de l'étude.")
    _add(_add(description, "sourceDesc"), "p", "Entretien oral transcrit.")
    people = _add(_add(_add(header, "profileDesc"), "particDesc"), "listPerson")
    names = _people(people, turns, speakers)
    body = _add(_add(root, "text"), "body")
    times = sorted({time for name in ("start_s", "end_s") for time in turns[name].drop_nulls()})
    if times:
        line = _add(body, "timeline", unit="s", origin="#T0")
        _add(line, "when", {XML_ID: "T0"}, absolute="00:00:00")
        for number, time in enumerate(times, 1):
            _add(line, "when", {XML_ID: f"T{number}"}, interval=f"{time:.3f}", since="#T0")
    moments = {time: f"#T{number}" for number, time in enumerate(times, 1)}
    for row in turns.sort("turn").iter_rows(named=True):
        places = {a: moments[row[f"{a}_s"]] for a in ("start", "end") if row[f"{a}_s"] is not None}
        _add(body, "u", {XML_ID: f"u{row['turn']}"}, row["text"], who=f"#{names[row['speaker']]}", **places)
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _people(people: etree._Element, turns: pl.DataFrame, speakers: pl.DataFrame) -> dict[str | None, str]:
    names: dict[str | None, str] = {}
    about = {row["speaker"]: row for row in speakers.iter_rows(named=True)}
    for number, speaker in enumerate(turns["speaker"].unique().sort().to_list(), 1):
        row = about.get(speaker, {"role": None})
        names[speaker] = f"p{number}"
        person = _add(people, "person", {XML_ID: names[speaker]}, role=row["role"] or "participant")
        _add(person, "persName", speaker or "sans locuteur")
        for name, value in row.items():
            if name not in ("interview", "speaker", "role") and value is not None:
                _add(person, "note", str(value), type=name)
    return names


def _add(parent: etree._Element, name: str, *given: Sequence[str] | dict, **attributes: str) -> etree._Element:
    """Return a new child of `parent`; of `given`, a mapping is attributes, a text its words."""
    element = etree.SubElement(parent, f"{{{TEI}}}{name}", attrib=attributes)
    for one in given:
        if isinstance(one, dict):
            for key, value in one.items():
                element.set(key, value)
        else:
            element.text = one
    return element
