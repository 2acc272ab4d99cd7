"""Findings: what the researcher asserts, the passages that it rests on, and whether their words still stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from verbatim.anchors import Document, Selector, Span, comparable, document, find
from verbatim.grid import schema
from verbatim.problems import Problem, nearest, raise_all
from verbatim.settings import load, parse
from verbatim.verdicts import iso_date

PLACE = "resources/findings.yaml"
SIDES = ("rests_on", "against")
LEFT_OUT = re.compile(r"\s*[\[(]\s*(?:…|\.\.\.)\s*[\])]\s*")
CUT = " […] "
# letters shown on either side of words that do not stand
AROUND = 40
FINDINGS = {
    "finding": pl.String,
    "position": pl.Int64,
    **dict.fromkeys(("title", "sentence", "date", "author", "hypotheses"), pl.String),
    "line": pl.Int64,
}
PASSAGES = {
    "finding": pl.String,
    "citation": pl.Int64,
    **dict.fromkeys(("side", "coding", "cited", "status", "interview"), pl.String),
    **dict.fromkeys(("turn", "start", "end"), pl.Int64),
    **dict.fromkeys(("quote", "before", "after", "coder", "theme", "theme_cited", "warning"), pl.String),
    "line": pl.Int64,
}
Mask = Callable[[str], str]


@dataclass(frozen=True)
class Citation:
    """A passage that a finding cites; `theme` is the one that its coding had then, where the file says so."""

    side: str
    coding: str
    quote: str
    theme: str | None
    line: int


@dataclass(frozen=True)
class Finding:
    """An entry of findings.yaml."""

    id: str
    title: str | None
    sentence: str
    date: str
    author: str | None
    hypotheses: tuple[str, ...]
    citations: tuple[Citation, ...]
    line: int


def read(text: str, hypotheses: Collection[str], place: str = PLACE) -> list[Finding]:
    """Return the findings of a YAML text, in its order.

    Raises StudyError for all faults of the form, dates that are none, identifiers given twice, unknown hypotheses.
    """
    values = load(text, schema("findings"), place)["findings"]
    lines = parse(text, place)[1]
    raise_all(list(_faults(values, lines, hypotheses, place)))
    return [_finding(one, n, lines) for n, one in enumerate(values)]


def _faults(values: list[dict], lines: Mapping, hypotheses: Collection[str], place: str) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for n, one in enumerate(values):
        at = ("findings", n)
        line = lines[(*at, "id")]
        if line != first.setdefault(one["id"], line):
            what = f"le constat « {one['id']} » est déjà à la ligne {first[one['id']]}"
            yield Problem(f"{place}, ligne {line}", what, "un identifiant par constat", "renommez-en un")
        if iso_date(one["date"]) is None:
            where = f"{place}, ligne {lines[(*at, 'date')]}"
            yield Problem(where, f"« {one['date']} » n'est pas une date", "un jour, comme 2022-06-30")
        for k, hypothesis in enumerate(one.get("hypotheses", [])):
            if hypothesis not in hypotheses:
                near = nearest(hypothesis, hypotheses)
                mend = f"vouliez-vous « {near} » ?" if near else ""
                where = f"{place}, ligne {lines[(*at, 'hypotheses', k)]}"
                expected = " | ".join(sorted(hypotheses)[:8])
                yield Problem(where, f"hypothèse inconnue « {hypothesis} »", expected, mend)
        for side in SIDES:
            for k, cited in enumerate(one.get(side, [])):
                if not any(comparable(piece)[0] for piece in LEFT_OUT.split(cited["quote"])):
                    where = f"{place}, ligne {lines[(*at, side, k, 'quote')]}"
                    yield Problem(where, "une citation sans mots", "des mots du passage codé")


def _finding(one: dict, n: int, lines: Mapping) -> Finding:
    cited = tuple(
        Citation(side, c["coding"], c["quote"], c.get("theme"), lines["findings", n, side, k, "quote"])
        for side in SIDES
        for k, c in enumerate(one.get(side, []))
    )
    texts = (one.get("title"), one["sentence"], one["date"], one.get("author"))
    return Finding(one["id"], *texts, tuple(one.get("hypotheses", [])), cited, lines["findings", n, "id"])


def table(found: Sequence[Finding], mask: Mask) -> pl.DataFrame:
    """Return the table themes/findings; `mask` hides names."""
    rows = [
        (
            *(one.id, n, mask(one.title) if one.title else None, mask(one.sentence), one.date),
            *(mask(one.author) if one.author else None, " ".join(one.hypotheses) or None, one.line),
        )
        for n, one in enumerate(found, 1)
    ]
    return pl.DataFrame(rows, schema=FINDINGS, orient="row")


def interviews(found: Sequence[Finding], codings: pl.DataFrame) -> list[str]:
    """Return the interviews of the codings cited."""
    cited = {citation.coding for one in found for citation in one.citations}
    return codings.filter(pl.col("coding").is_in(sorted(cited)))["interview"].unique().sort().to_list()


def passages(
    found: Sequence[Finding],
    codings: pl.DataFrame,
    documents: Mapping[str, Document],
    mask: Mask,
    current: Mapping[str, str] | None = None,
) -> pl.DataFrame:
    """Return the table themes/finding_passages.

    `codings` is themes/codings, `documents` the masked text of each interview, `current` what older themes are called
    now. Words stand when they are in the
    interview letter for letter, case, kinds of apostrophes, of dashes and of spaces, and Unicode forms apart, the words
    left out ([…]) between them.
    """
    known = {row["coding"]: row for row in codings.iter_rows(named=True)}
    rows = [
        (one.id, n, *_cited(cited, known.get(cited.coding), documents, mask, current or {}), cited.line)
        for one in found
        for n, cited in enumerate(one.citations, 1)
    ]
    return pl.DataFrame(rows, schema=PASSAGES, orient="row")


def _cited(
    cited: Citation, coding: dict | None, documents: Mapping[str, Document], mask: Mask, current: Mapping[str, str]
) -> tuple:
    quote = " ".join(cited.quote.split())
    hidden = mask(quote)
    if coding is None:
        return (cited.side, cited.coding, hidden, "absent", *[None] * 9, cited.theme, None)
    whole = documents.get(coding["interview"]) or document({})
    spans = _standing(quote, coding, whole)
    if not spans:
        quote, spans = hidden, _standing(hidden, coding, whole)
    about = (cited.side, cited.coding, quote)
    is_lost = coding["anchor"] == "lost"
    status = "lost" if is_lost else "stands" if spans else "changed"
    now = spans or _likest(quote, coding, whole)
    place = (now[0].turn, now[0].start, now[-1].end) if spans else (now[0].turn if now else None, None, None)
    words = CUT.join(whole.words(span) for span in now) or None
    around = (None, None)
    if now and not spans:
        around = whole.around(now[0], AROUND)[0], whole.around(now[-1], AROUND)[1]
    told = " ; ".join(_warnings(cited, coding, spans, current)) or None
    found = (status, coding["interview"], *place, words, *around, coding["coder"], coding["theme"])
    return (*about, *found, cited.theme, told)


def _warnings(cited: Citation, coding: dict, spans: list[Span], current: Mapping[str, str]) -> Iterator[str]:
    if coding["anchor"] == "doubtful":
        yield "ancrage douteux : le passage codé n'a pas été retrouvé sûrement"
    if coding["set_aside"] is not None:
        yield f"codage écarté ({coding['set_aside']})"
    if coding["origin"] != "human":
        yield "suggestion, que personne n'a codée"
    if cited.theme and current.get(cited.theme, cited.theme) != coding["theme"]:
        yield f"thème changé : {cited.theme} → {coding['theme']}"
    if spans and coding["start"] is not None:
        inside = [s.turn == coding["turn"] and s.start < coding["end"] and s.end > coding["start"] for s in spans]
        if not any(inside):
            yield "ces mots sont hors du passage codé"


def _standing(quote: str, coding: dict, whole: Document) -> list[Span]:
    """Return where the pieces of `quote` stand one after the other in a turn, nearest to the coding; [] if nowhere."""
    pieces = [text for piece in LEFT_OUT.split(quote) if (text := comparable(piece)[0])]
    turn, start = coding["turn"] or 0, coding["start"] or 0
    found = []
    for place in _places(pieces[0], whole.text):
        spans, end = [], place
        for piece in pieces:
            here = next((p for p in _places(piece, whole.text, end)), -1)
            own = whole.spans(here, here + len(piece)) if here >= 0 else []
            if len(own) != 1 or (spans and own[0].turn != spans[0].turn):
                break
            spans += own
            end = here + len(piece)
        if len(spans) == len(pieces):
            found.append(spans)
    return min(found, key=lambda s: (abs(s[0].turn - turn), abs(s[0].start - start)), default=[])


def _places(words: str, text: str, place: int = 0) -> Iterator[int]:
    """Yield where `words` stand in `text` from `place` on, as whole words."""
    while (place := text.find(words, place)) >= 0:
        end = place + len(words)
        cuts = ((place, place - 1), (end, end - 1))
        if not any(0 < a < len(text) and text[a].isalnum() and text[b].isalnum() for a, b in cuts):
            yield place
        place += 1


def _likest(quote: str, coding: dict, whole: Document) -> list[Span]:
    """Return the passages likest to the pieces of a quote that stands no more, in its coding's turn or else nearby.

    What is nowhere is left out; when all is, the passage coded.
    """
    turn, start, end = coding["turn"], coding["start"], coding["end"]
    own = document({turn: whole.written[turn]}) if turn in whole.written else document({})
    found = []
    for piece in LEFT_OUT.split(quote):
        spans = (find(Selector(piece, turn=turn, start=start), text).span for text in (own, whole))
        found += [span for span in spans if span is not None][:1]
    return found or ([] if start is None else [Span(turn, start, end)])
