"""A grid (grid.yaml) made of the codes of another program's codebook."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import yaml

from verbatim.anchors import comparable
from verbatim.exchange.qda_project import Code
from verbatim.exchange.refi_qda.grid_codes import described
from verbatim.exchange.refi_qda.identifiers import guid
from verbatim.grid import Theme

HEAD = "# Grille tirée d'un livre de codes REFI-QDA : à relire, à compléter.\n"
IDENTIFIER = re.compile("[a-z][a-z0-9_]{1,47}", re.ASCII)
LONGEST = 48
KEPT = ("definition", "inclusion", "exclusion", "example")


def to_yaml(codes: Sequence[Code], known: Sequence[Theme] = ()) -> str:
    """Return the text of a grid with a theme for each code, nested as the codes are, in their order.

    A code that is one of the `known` themes (by guid, identifier or title) keeps its id; else its id is made of its
    name, and of its mother's too where two codes share a name.
    """
    ids = _ids(codes, known)
    nodes: dict[str, dict] = {}
    first: list[dict] = []
    for code in codes:
        parts = described(code.description)
        node = {"id": ids[code.guid], "title": code.name} | {name: parts[name] for name in KEPT if name in parts}
        nodes[code.guid] = node
        siblings = nodes[code.parent].setdefault("themes", []) if code.parent in nodes else first
        siblings.append(node)
    text = yaml.safe_dump({"themes": first}, allow_unicode=True, sort_keys=False, width=110)
    return HEAD + text


def _ids(codes: Sequence[Code], known: Sequence[Theme]) -> dict[str, str]:
    own = {guid("code", theme.id): theme.id for theme in known}
    titles = {comparable(theme.title)[0]: theme.id for theme in known}
    found: dict[str, str] = {}
    taken: set[str] = set()
    for code in codes:
        written = described(code.description).get("id", "")
        name = own.get(code.guid) or (written if IDENTIFIER.fullmatch(written) else "")
        name = name or titles.get(comparable(code.name)[0]) or slug(code.name)
        if name in taken:
            name = slug(" ".join(code.path[-2:]))
        base, n = name, 1
        while name in taken:
            n += 1
            name = f"{base[: LONGEST - 4]}_{n}"
        taken.add(name)
        found[code.guid] = name
    return found


def slug(name: str) -> str:
    """Return an identifier made of a name: letters without accents, figures and underscores, a letter first."""
    spread = name.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("Æ", "ae")
    plain = unicodedata.normalize("NFKD", spread).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    words = words if words[:1].isalpha() else f"code_{words}"
    return words[:LONGEST].strip("_") if len(words) > 1 else f"code_{words}"
