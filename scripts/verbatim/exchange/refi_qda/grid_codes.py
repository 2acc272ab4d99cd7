"""The grid as the codes of a REFI-QDA codebook, and back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from verbatim.exchange.refi_qda.identifiers import guid
from verbatim.exchange.refi_qda.texts import legal
from verbatim.grid import Theme

CODEBOOK = "urn:QDA-XML:codebook:1.0"
PARTS = (("Inclure", "inclusion"), ("Exclure", "exclusion"), ("Exemple", "example"), ("Identifiant", "id"))
LABELLED = re.compile(rf"^({'|'.join(label for label, _ in PARTS)}) ?: ?", re.IGNORECASE)


def codes(themes: Sequence[Theme], namespace: str, palette: Sequence[str]) -> etree._Element:
    """Return <Codes>: every theme in its mother, all codable, the colour of their first level's theme."""
    root = etree.Element(f"{{{namespace}}}Codes")
    made: dict[str, etree._Element] = {}
    colours: dict[str, str] = {}
    n_first = 0
    for theme in themes:
        if not theme.parent:
            colours[theme.id] = palette[n_first % len(palette)] if palette else ""
            n_first += 1
        colour = colours.setdefault(theme.id, colours.get(theme.parent, ""))
        mother = made[theme.parent] if theme.parent else root
        element = etree.SubElement(mother, f"{{{namespace}}}Code")
        element.set("guid", guid("code", theme.id))
        element.set("name", legal(theme.title))
        element.set("isCodable", "true")
        if colour:
            element.set("color", colour)
        etree.SubElement(element, f"{{{namespace}}}Description").text = legal(description(theme))
        made[theme.id] = element
    return root


def description(theme: Theme) -> str:
    """Return what a code says of its theme: definition, inclusion, exclusion, example and identifier, a line each."""
    own = [" ".join(theme.definition.split())] if theme.definition else []
    told = [(label, " ".join(getattr(theme, name).split())) for label, name in PARTS]
    return "\n".join([*own, *(f"{label} : {text}" for label, text in told if text)])


def described(text: str) -> dict[str, str]:
    """Return the parts of a code's description: those under our labels, the rest as the definition."""
    names = {label.casefold(): name for label, name in PARTS}
    found: dict[str, list[str]] = {}
    current = "definition"
    for line in text.splitlines():
        label = LABELLED.match(line.strip())
        if label:
            current = names[label[1].casefold()]
        found.setdefault(current, []).append(line.strip()[label.end() :] if label else line.strip())
    parts = {name: " ".join(" ".join(lines).split()) for name, lines in found.items()}
    return {name: text for name, text in parts.items() if text}


def codebook(themes: Sequence[Theme], palette: Sequence[str], origin: str) -> bytes:
    """Return the grid as a codebook (.qdc); without any theme, one that holds no code."""
    root = etree.Element(f"{{{CODEBOOK}}}CodeBook", nsmap={None: CODEBOOK}, origin=origin)
    root.append(codes(themes, CODEBOOK, palette))
    return written(root)


def written(root: etree._Element) -> bytes:
    """Return an XML document: UTF-8, line feeds, two blanks a level."""
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"
