"""Opening .docx and .odt files without trusting them: archives of XML within stated limits."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from verbatim.problems import Problem, StudyError

MAX_MEMBERS = 5000
MAX_BYTES = 200_000_000
MAX_XML = 60_000_000
MAX_RATIO = 300
XML = (".xml", ".rels")
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
MEND = "rouvrez le fichier dans votre traitement de texte et enregistrez-le sous un nouveau nom"


def check(data: bytes, place: str, main: str) -> None:
    """Raise StudyError unless `data` is a sound archive that holds the member `main` (a document).

    Refused: what is no zip, encrypted members, more than MAX_MEMBERS members or MAX_BYTES bytes once
    open, XML beyond MAX_XML bytes, a member beyond 1 MB that grows more than MAX_RATIO times, XML with
    a document type (and so with entities), XML that cannot be read. `place` is the file's name for messages.
    """
    if data.startswith(OLE):
        what = "protégé par un mot de passe, ou ancien format .doc"
        mend = "ôtez le mot de passe et enregistrez-le en .docx ou .odt"
        raise StudyError(Problem(place, what, "un .docx ou un .odt ouvert", mend))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_members(archive, place, main)
            damaged = archive.testzip()
        if damaged:
            raise zipfile.BadZipFile(damaged)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise StudyError(
            Problem(place, "archive abîmée ou qui n'en est pas une", "un .docx ou un .odt", MEND)
        ) from error


def _check_members(archive: zipfile.ZipFile, place: str, main: str) -> None:
    members = archive.infolist()
    size = sum(member.file_size for member in members)
    swollen = any(m.file_size > 1_000_000 and m.file_size > MAX_RATIO * max(1, m.compress_size) for m in members)
    swollen = swollen or any(m.file_size > MAX_XML for m in members if m.filename.endswith(XML))
    if len(members) > MAX_MEMBERS or size > MAX_BYTES or swollen:
        raise StudyError(Problem(place, "archive démesurée une fois ouverte", "une transcription", MEND))
    if any(member.flag_bits & 1 for member in members):
        raise StudyError(Problem(place, "archive chiffrée", "un document sans mot de passe", "ôtez le mot de passe"))
    names = {member.filename for member in members}
    if main not in names:
        raise StudyError(Problem(place, f"{main} y manque : ce n'est pas un document", "un .docx ou un .odt", MEND))
    for member in members:
        # LibreOffice leaves some members of its own empty.
        if member.filename.endswith(XML) and (member.file_size or member.filename == main):
            _check_xml(archive.read(member), place, member.filename)


def _check_xml(data: bytes, place: str, member: str) -> None:
    try:
        tree = parse(data).getroottree()
    except etree.XMLSyntaxError as error:
        raise StudyError(Problem(place, f"{member} est illisible ({error.msg})", "du XML bien formé", MEND)) from error
    if tree.docinfo.doctype or tree.docinfo.internalDTD is not None:
        raise StudyError(Problem(place, f"{member} déclare un type de document", "aucune entité", MEND))
    if member == "META-INF/manifest.xml" and b"encryption-data" in data:
        raise StudyError(Problem(place, "document chiffré", "un document sans mot de passe", "ôtez le mot de passe"))


def parse(data: bytes) -> etree._Element:
    """Return the root of an XML text; entities stay unresolved, nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)
