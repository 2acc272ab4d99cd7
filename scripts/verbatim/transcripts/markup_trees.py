"""Transcripts in XML: ELAN (.eaf), Transcriber (.trs) and TEI (`u`, `sp`), read without trusting them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from verbatim.problems import Problem, StudyError
from verbatim.transcripts import archives
from verbatim.transcripts.timed_speech import Entries, Utterance, lines

MEND = "exportez de nouveau le fichier depuis le logiciel de transcription"
# what a TEI text holds inside an utterance that nobody says
SILENT = {"pause", "incident", "vocal", "kinesic", "note", "desc", "shift", "fw", "del", "speaker", "stage", "figDesc"}
SPEECH = {"u", "sp"}


def read_elan(data: bytes, place: str) -> Entries:
    """Return the lines of an ELAN file: those of tiers that have no mother tier, each tier a speaker."""
    root = _root(data, place, "ANNOTATION_DOCUMENT")
    slots = {slot.get("TIME_SLOT_ID"): _seconds(slot.get("TIME_VALUE"), 0.001) for slot in root.iter("TIME_SLOT")}
    tiers = [tier for tier in root.iter("TIER") if next(tier.iter("ANNOTATION_VALUE"), None) is not None]
    own = [tier for tier in tiers if not tier.get("PARENT_REF")]
    found = [one for tier in own for one in _tier(tier, slots)]
    return lines(found, _length(data, root), _others([t.get("TIER_ID") for t in tiers if t.get("PARENT_REF")]))


def _tier(tier: etree._Element, slots: dict[str | None, float | None]) -> Iterator[Utterance]:
    speaker = (tier.get("PARTICIPANT") or "").strip() or tier.get("TIER_ID")
    for one in tier.iter("ALIGNABLE_ANNOTATION"):
        times = (slots.get(one.get(f"TIME_SLOT_REF{n}")) for n in (1, 2))
        yield Utterance(speaker, *times, "".join(one.itertext("ANNOTATION_VALUE")))


def read_transcriber(data: bytes, place: str) -> Entries:
    """Return the lines of a Transcriber file: a new one at each `Sync` and each `Who`."""
    root = _root(data, place, "Trans")
    names = {one.get("id"): (one.get("name") or "").strip() or one.get("id") for one in root.iter("Speaker")}
    found = [one for turn in root.iter("Turn") for one in _turn(turn, names)]
    named = any(one.speaker for one in found)
    found = [Utterance(one.speaker or (NOBODY if named else None), *_rest(one)) for one in found]
    return lines(found, _length(data, root))


NOBODY = "sans locuteur"


def _rest(one: Utterance) -> tuple[float | None, float | None, str]:
    return one.start_s, one.end_s, one.text


def _turn(turn: etree._Element, names: dict[str | None, str | None]) -> Iterator[Utterance]:
    who = [names.get(name, name) for name in (turn.get("speaker") or "").split()]
    end = _seconds(turn.get("endTime"))
    start, speaker = _seconds(turn.get("startTime")), who[0] if who else None
    yield Utterance(speaker, start, end, turn.text or "")
    for child in turn:
        if child.tag == "Sync":
            start = _seconds(child.get("time"))
        elif child.tag == "Who":
            number = child.get("nb") or ""
            speaker = who[int(number) - 1] if number.isdecimal() and 0 < int(number) <= len(who) else speaker
        yield Utterance(speaker, start, end, child.tail or "")


def read_tei(data: bytes, place: str) -> Entries:
    """Return the lines of a TEI text: every `u` and `sp` that is in no other; `who` is the speaker."""
    root = _root(data, place, "TEI", "teiCorpus", "TEI.2")
    times = {one.get(ID): _when(one) for one in _all(root, "when")}
    names = {one.get(ID): _name(one) for one in _all(root, "person")}
    speeches = [one for one in _all(root, *SPEECH) if not any(_local(a) in SPEECH for a in one.iterancestors())]
    if not speeches:
        expected = "des éléments u (énoncés) ou sp (répliques)"
        raise StudyError(Problem(place, "ce texte TEI ne contient aucune prise de parole", expected))
    found = [
        Utterance(_speaker(one, names), *(times.get((one.get(a) or "").lstrip("#")) for a in ("start", "end")), text)
        for one in speeches
        for text in ("".join(_spoken(one)),)
    ]
    return lines(found, _length(data, root))


ID = "{http://www.w3.org/XML/1998/namespace}id"


def _all(root: etree._Element, *names: str) -> Iterator[etree._Element]:
    return (one for one in root.iter() if isinstance(one.tag, str) and _local(one) in names)


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _speaker(speech: etree._Element, names: dict[str | None, str]) -> str | None:
    who = (speech.get("who") or "").split()
    if who:
        key = who[0].lstrip("#")
        return names.get(key) or key
    label = next((one for one in speech if isinstance(one.tag, str) and _local(one) == "speaker"), None)
    return " ".join("".join(label.itertext()).split()).rstrip(" :.") or None if label is not None else None


def _name(person: etree._Element) -> str:
    named = next(_all(person, "persName", "name"), None)
    return " ".join("".join(named.itertext()).split()) if named is not None else person.get(ID) or ""


def _spoken(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and _local(child) not in SILENT:
            yield from _spoken(child)
        yield (" " if isinstance(child.tag, str) and _local(child) in {"p", "l", "seg", "lb", "ab"} else "") + (
            child.tail or ""
        )


def _when(moment: etree._Element) -> float | None:
    absolute = moment.get("absolute") or ""
    clock = re.fullmatch(r"(\d+):(\d{2}):(\d{2}(?:\.\d+)?)", absolute)
    if clock:
        return int(clock[1]) * 3600 + int(clock[2]) * 60 + float(clock[3])
    scale = 0.001 if (moment.getparent().get("unit") or "s") == "ms" else 1.0
    return _seconds(moment.get("interval"), scale)


def _root(data: bytes, place: str, *names: str) -> etree._Element:
    """Return the root of an XML file named as one of `names`; raise StudyError for what may not be opened."""
    if len(data) > archives.MAX_XML:
        raise StudyError(Problem(place, "fichier XML démesuré", "une transcription", MEND))
    try:
        root = archives.parse(data)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise StudyError(Problem(place, f"XML illisible ({error})", "du XML bien formé", MEND)) from error
    kind = root.getroottree().docinfo.internalDTD
    if kind is not None and next(iter(kind.iterentities()), None) is not None:
        raise StudyError(Problem(place, "le fichier déclare des entités", "aucune entité", MEND))
    if _local(root) not in names:
        raise StudyError(Problem(place, f"la racine est <{_local(root)}>", " | ".join(f"<{n}>" for n in names), MEND))
    return root


def _length(data: bytes, root: etree._Element) -> int:
    return len(data.decode(root.getroottree().docinfo.encoding or "utf-8", errors="replace"))


def _seconds(text: str | None, scale: float = 1.0) -> float | None:
    return float(text) * scale if text and re.fullmatch(r"\s*\d{1,9}(?:\.\d+)?\s*", text) else None


def _others(names: list[str | None]) -> list[str]:
    shown = ", ".join(f"« {name} »" for name in names[:6])
    return [f"{len(names)} piste(s) d'annotation non lues : {shown}"] if names else []
