"""Whose the codings of a file are: never two people under one name without a word.

The folder is the coder. In a file that one person annotated, whatever the name that the program gave them (often
« Utilisateur » or the owner of the computer), the codings are the folder's. In a file of several authors, the one who
is named as the folder is (« Claire Dupont » in the folder claire) is the folder's coder, and each of the others a coder
of their own, `<folder>_<author>`; where nobody, or more than one, is named so, each one is `<folder>_<author>`. When
files of one folder that one person each annotated do not bear the same name, the codings stay the folder's and
themes/unread says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from verbatim.codings.model import Reading, Unread

NAMELESS = "anonyme"


def folder_coder(file: str) -> str:
    """Return the coder whose folder a file (resources/codings/<coder>/…) is in, as cells that name them are read."""
    return unicodedata.normalize("NFC", " ".join(PurePath(file).parts[2].split()))


def coders_of(authors: Iterable[str], folder: str) -> dict[str, str]:
    """Return author -> coder of those who wrote in one file of the folder `folder`."""
    names = sorted(set(authors))
    if len({slug(name) for name in names}) < 2:
        return dict.fromkeys(names, folder)
    own = {slug(name) for name in names if _is_named(name, folder)}
    chosen = next(iter(own)) if len(own) == 1 else None
    return {name: folder if slug(name) == chosen else f"{folder}_{slug(name)}" for name in names}


def slug(name: str) -> str:
    """Return a name in lower case, without accents, its words joined by « _ »."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe"))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return "_".join(re.findall(r"\w+", letters.replace("_", " "))) or NAMELESS


def _is_named(name: str, folder: str) -> bool:
    wanted = set(slug(folder).split("_"))
    return wanted <= set(slug(name).split("_"))


def differing_authors(readings: Sequence[tuple[str, Reading]]) -> list[Unread]:
    """Return, of (file, reading), a line for each file whose one author has another name than in the first of a coder.

    The codings are the folder's all the same: one person has several names on several computers.
    """
    first: dict[str, tuple[str, str]] = {}
    told = []
    for file, reading in readings:
        alone = len(reading.authors) == 1
        for author, coder in reading.authors.items():
            known, where = first.setdefault(coder, (author, file))
            if alone and slug(known) != slug(author):
                why = f"codages comptés au nom de « {coder} », comme ceux de « {known} » dans {where}"
                n = len(reading.codings)
                told += [Unread(file, f"auteur des commentaires : {author or 'sans nom'}", n, why)] if n else []
    return told
