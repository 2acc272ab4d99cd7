"""Web pages (.html), as Sonal and others save transcripts: one line for each block of the page."""

from __future__ import annotations

from collections import Counter

from lxml import etree, html

from verbatim.problems import Problem, StudyError
from verbatim.transcripts.accounts import normalise
from verbatim.transcripts.speakers import Line

BLOCKS = {
    "p",
    "div",
    "li",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "dd",
    "dt",
    "section",
    "article",
    "br",
}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "title"}
UNSEEN = {"script", "style", "head", "template", "noscript"}


def read(text: str, place: str) -> tuple[list[Line], Counter[str], list[str]]:
    """Return the lines of a page, what was set aside by rule, and notes."""
    try:
        root = html.document_fromstring(text, parser=html.HTMLParser(no_network=True, huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise StudyError(Problem(place, "page illisible", "une page HTML")) from error
    found: list[Line] = []
    written: list[str] = []
    lost: Counter[str] = Counter()

    def close(heading: bool) -> None:
        plain, aside = normalise("".join(written).replace("\n", " "))
        lost.update(aside)
        if plain.strip():
            found.append(Line(plain, "\n", heading=heading))
        written.clear()

    for event, element in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(element.tag, str):
            if event == "end":
                written.append(element.tail or "")
            continue
        silent = element.tag in UNSEEN or any(parent.tag in UNSEEN for parent in element.iterancestors())
        if event == "start":
            if element.tag in BLOCKS:
                close(False)
            written.append("" if silent else element.text or "")
        else:
            if element.tag in BLOCKS:
                close(element.tag in HEADINGS)
            written.append("" if silent and element.tag not in UNSEEN else element.tail or "")
    close(False)
    known = sum(len(line.text) + 1 for line in found) + sum(lost.values())
    lost["markup"] += max(0, len(text) - known)
    return found, +lost, []
