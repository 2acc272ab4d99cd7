"""The texts of a project and the passages coded in them."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from verbatim.exchange.qda_project import Application, Passage, Project, Source
from verbatim.exchange.refi_qda import positions
from verbatim.exchange.refi_qda.container import Archive, child, children, local, text_of
from verbatim.exchange.refi_qda.decoding import decoded
from verbatim.exchange.refi_qda.identifiers import plain
from verbatim.exchange.refi_qda.remarks import Remarks
from verbatim.problems import Problem

MEDIA = {
    "PictureSelection": "passages d'images",
    "AudioSelection": "passages de sons",
    "VideoSelection": "passages de vidéos",
}
NO_WORDS = "ils ne tiennent à aucun mot de la transcription"
KINDS = {"PictureSource": "images", "PDFSource": "PDF", "AudioSource": "sons", "VideoSource": "vidéos"}


def read_sources(archive: Archive, project: Project, remarks: Remarks) -> None:
    """Add to `project` its texts, with the passages coded in them; positions become code points of those texts."""
    marked: set[str] = set()
    for element in child(archive.root, "Sources") if child(archive.root, "Sources") is not None else ():
        name = local(element)
        if name == "TextSource":
            project.sources.append(_text(element, archive, remarks, marked))
        elif name == "PDFSource":
            project.sources.append(_pdf(element, archive, remarks, marked))
        elif name in KINDS:
            _media(element, archive, project, remarks, marked)
    _settle(project, marked, archive.place)


def _media(element: etree._Element, archive: Archive, project: Project, remarks: Remarks, marked: set[str]) -> None:
    """Add the transcripts of a recording; count what is coded in the recording itself."""
    for transcript in children(element, "Transcript", "TextDescription"):
        project.sources.append(_text(transcript, archive, remarks, marked))
    for kind, told in MEDIA.items():
        coded = [s for s in children(element, kind) if children(s, "Coding")]
        project.leave(f"{told} (codés)", NO_WORDS, len(coded))
        project.leave(f"{told} (sans code)", NO_WORDS, len(children(element, kind)) - len(coded))
    project.leave(f"codages de {KINDS[local(element)]} entiers", NO_WORDS, len(children(element, "Coding")))


def _text(element: etree._Element, archive: Archive, remarks: Remarks, marked: set[str]) -> Source:
    where = f"{archive.place}, ligne {element.sourceline}"
    guid = plain(element.get("guid"))
    text, missing = None, ""
    content, path = child(element, "PlainTextContent"), element.get("plainTextPath")
    if content is not None and (text_of(content) or not path):
        text = text_of(content)
    elif path:
        data = archive.file(path)
        missing = "" if data is not None else f"le fichier {path} n'est pas dans l'archive"
        if data is not None:
            text, has_mark, _ = decoded(data)
            if has_mark:
                marked.add(guid)
    else:
        rich = element.get("richTextPath")
        missing = f"il n'a qu'un texte mis en forme ({rich})" if rich else "il n'a aucun texte"
    source = Source(guid, element.get("name") or "", text, missing=missing, place=where)
    points = {plain(p.get("guid")): p.get("position") for p in children(element, "SyncPoint")}
    for one in children(element, "PlainTextSelection", "TranscriptSelection"):
        ends = [one.get(name) for name in ("startPosition", "endPosition")]
        if local(one) == "TranscriptSelection":
            ends = [points.get(plain(one.get(name))) for name in ("fromSyncPoint", "toSyncPoint")]
        source.passages.append(_passage(one, ends, archive, remarks))
    source.whole = [_application(c, (), remarks) for c in children(element, "Coding")]
    return source


def _pdf(element: etree._Element, archive: Archive, remarks: Remarks, marked: set[str]) -> Source:
    """Return the text of a PDF: passages of the page are known by their words, unless the text holds them too."""
    inner = child(element, "Representation")
    text = inner if inner is not None else etree.Element("Representation", guid=element.get("guid", ""))
    source = _text(text, archive, remarks, marked)
    source.guid, source.name = plain(element.get("guid")), element.get("name") or source.name
    source.missing = source.missing and "le PDF n'est pas accompagné de son texte"
    source.place = f"{archive.place}, ligne {element.sourceline}"
    known = {passage.guid: passage for passage in source.passages}
    for one in children(element, "PDFSelection"):
        passage, twin = _passage(one, [None, None], archive, remarks), known.get(plain(one.get("guid")))
        if twin is not None:
            given = {(a.code, a.user) for a in twin.applications}
            twin.applications += [a for a in passage.applications if (a.code, a.user) not in given]
        else:
            said = text_of(child(child(one, "Representation"), "PlainTextContent")).strip()
            source.passages.append(replace(passage, words=said or passage.words, is_quoted=True))
    source.whole += [_application(c, (), remarks) for c in children(element, "Coding")]
    return source


def _passage(one: etree._Element, ends: list[str | None], archive: Archive, remarks: Remarks) -> Passage:
    start, end = (int(e) if e is not None and e.strip().lstrip("-").isdecimal() else None for e in ends)
    if start is None or end is None:
        start = end = None
    about = remarks.of(one)
    given = [_application(c, about, remarks) for c in children(one, "Coding")]
    where = f"{archive.place}, ligne {one.sourceline}"
    return Passage(plain(one.get("guid")), start, end, one.get("name") or "", given, about, where)


def _application(element: etree._Element, about: tuple[str, ...], remarks: Remarks) -> Application:
    code = child(element, "CodeRef")
    holder = element.getparent()
    user = element.get("creatingUser") or holder.get("creatingUser") or holder.get("modifyingUser")
    told = tuple(dict.fromkeys((*about, *remarks.of(element))))
    target = plain(code.get("targetGUID")) if code is not None else ""
    return Application(plain(element.get("guid")), target, plain(user), told)


def _settle(project: Project, marked: set[str], place: str) -> None:
    """Turn the positions of all passages into code points, having found out how the file counts them."""
    how = positions.found_out(project.sources, marked, project.origin)
    if how != positions.usual(project.origin):
        what = f"positions comptées autrement que la norme ({how.said()})"
        project.leave(what, "reconnu aux mots eux-mêmes : les passages sont ceux qui étaient choisis")
    for source in project.sources:
        if source.text is None:
            continue
        own = how if source.guid in marked else replace(how, mark=False)
        places = positions.counted(source.text, own)
        for passage in source.passages:
            if passage.start is not None:
                _place(passage, source, positions.located(passage, places, own), project)


def _place(passage: Passage, source: Source, span: tuple[int, int] | None, project: Project) -> None:
    words, is_cut = positions.said_words(passage.words)
    if span is None:
        if passage.applications and not (passage.words and not is_cut and words):
            what = f"passage hors du texte de « {source.name} » ({passage.start} à {passage.end})"
            n = f"de 0 à {len(source.text)} caractères"
            mend = "rouvrez la source dans le logiciel d'origine, vérifiez ce passage et refaites l'export"
            project.problems.append(Problem(passage.place, what, n, mend))
        passage.is_quoted, passage.start, passage.end = True, None, None
        return
    passage.start, passage.end = span
