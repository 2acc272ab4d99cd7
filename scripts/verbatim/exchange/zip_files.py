"""Zip files (.docx, .xlsx, .qdpx): written with the same bytes each time, opened without trusting them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath

from verbatim.problems import Problem, StudyError

DATE = (1980, 1, 1, 0, 0, 0)
MAX_MEMBERS, MAX_BYTES, MAX_RATIO = 20_000, 500_000_000, 300
SMALL = 1_000_000


def pack(members: Mapping[str, bytes], first: tuple[str, ...] = ()) -> bytes:
    """Return a zip of `members`, sorted by name after those named `first`, dated 1980 and without rights."""
    out = io.BytesIO()
    names = [*(name for name in first if name in members), *sorted(set(members) - set(first))]
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            info = zipfile.ZipInfo(name, DATE)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            archive.writestr(info, members[name], compresslevel=9)
    return out.getvalue()


def unpack(data: bytes, place: str, expected: str) -> dict[str, bytes]:
    """Return the files of a zip by name; raise StudyError for one that may not be opened.

    Refused: what is no zip, encrypted or damaged members, a name given twice (letters' case aside) or that leads out
    of the archive, more than MAX_MEMBERS members or MAX_BYTES bytes, a member beyond 1 MB that grows more than
    MAX_RATIO times. `place` is the file's name and `expected` (French) what it should be, for messages.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [member for member in archive.infolist() if not member.filename.endswith("/")]
            _check(members, place, expected)
            return {member.filename: archive.read(member) for member in members}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise StudyError(Problem(place, "archive abîmée ou qui n'en est pas une", expected)) from error


def repacked(data: bytes, first: tuple[str, ...] = ()) -> bytes:
    """Return a zip made by a library as `pack` would have made it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return pack({name: archive.read(name) for name in archive.namelist()}, first)


def _check(members: list[zipfile.ZipInfo], place: str, expected: str) -> None:
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_BYTES:
        raise StudyError(Problem(place, "archive démesurée une fois ouverte", expected))
    seen: set[str] = set()
    for member in members:
        name, where = member.filename, f"{place}, {member.filename[:80]}"
        if _leads_out(name):
            mend = "ne vous fiez pas à ce fichier : refaites l'export dans le logiciel d'origine"
            raise StudyError(Problem(where, "ce nom conduit hors de l'archive", expected, mend))
        if name.casefold() in seen:
            raise StudyError(Problem(where, "deux fichiers de l'archive portent ce nom", "un seul"))
        seen.add(name.casefold())
        if member.flag_bits & 1:
            raise StudyError(Problem(where, "archive chiffrée", expected, "ôtez le mot de passe"))
        if member.file_size > SMALL and member.file_size > MAX_RATIO * max(1, member.compress_size):
            raise StudyError(Problem(where, "fichier démesuré une fois ouvert", expected))


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return not name or path.is_absolute() or ".." in path.parts or ":" in name or "\0" in name
