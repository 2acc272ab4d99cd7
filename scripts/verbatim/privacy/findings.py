"""Findings: the passages of the turns that may identify somebody, and what was decided for each.

Passages of the same normal form are one *type*, decided once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from verbatim.privacy import identifiers
from verbatim.privacy.decisions import Decision, substitutes, unused
from verbatim.privacy.identifiers import KINDS, PRIORITY
from verbatim.privacy.names import Annotated, NameFinder, Vocabulary
from verbatim.privacy.passages import WORD, Passages, digest, digest_normal, word_sequences
from verbatim.problems import Problem

SCHEMA = {
    **{
        "interview": pl.String,
        "turn": pl.Int64,
        "start": pl.Int64,
        "end": pl.Int64,
        "text": pl.String,
        "kind": pl.String,
    },
    **{"digest": pl.String, "decision": pl.String, "replacement": pl.String},
}
# Words of the longest passage that is found again by its hash alone.
LONGEST = 4
CONTEXT = 60
SHOWN = 4
# From how many interviews on a name is rather a common reference than an identity.
COMMON = 3
NAMELESS = 300
BY_DEFAULT = {"public": "accept"}

Found = tuple[int, int, str]


def find(
    turns: pl.DataFrame, annotation: pl.DataFrame, finder: NameFinder, words: Iterable[str] = ()
) -> list[tuple[str, int, int, int, str, str]]:
    """Return (interview, turn, start, end, text, kind) of everything found, in order of place.

    `turns`: private/turns; `annotation`: private/annotation; `words`: words of the study, found
    whatever their case.
    """
    own_words = Passages(words)
    annotations = annotation.partition_by("interview", as_dict=True)
    rows = []
    # one interview at a time: the words of a large study do not fit in memory as Python objects
    for (interview,), own in turns.sort("interview", "turn").group_by("interview", maintain_order=True):
        annotated = _by_turn(annotations.get((interview,)))
        for turn, text in own.select("turn", "text").iter_rows():
            for start, end, kind in in_text(text, annotated.get(turn, ()), finder, own_words):
                rows.append((interview, turn, start, end, text[start:end], kind))
    return rows


def in_text(text: str, annotated: Sequence[Annotated], finder: NameFinder, words: Passages) -> list[Found]:
    """Return (start, end, kind) of everything found in one text: of nested passages, only the longest."""
    public = finder.public(text)
    found = [(start, end, "word") for start, end, _ in words.find(text)]
    for start, end, kind in identifiers.find(text):
        if kind != "url" or not any(a <= start and end <= b for a, b in public):
            found.append((start, end, kind))
    return outermost([*found, *finder.find(text, annotated), *((*span, "public") for span in finder.known(text))])


def outermost(found: Iterable[Found]) -> list[Found]:
    """Return `found` without what lies inside a longer one; of equal spans, the kind of most weight."""
    kept: list[Found] = []
    for start, end, kind in sorted(set(found), key=lambda f: (f[0], -f[1], PRIORITY[f[2]])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end, kind))
    return kept


def _by_turn(annotation: pl.DataFrame | None) -> dict[int, list[Annotated]]:
    words: dict[int, list[Annotated]] = {}
    if annotation is not None:
        for turn, *word in annotation.sort("turn", "start").select("turn", "start", "end", "pos", "entity").iter_rows():
            words.setdefault(turn, []).append(tuple(word))
    return words


def decide(
    turns: pl.DataFrame, found: Sequence[tuple], decisions: Sequence[Decision], key: bytes, vocabulary: Vocabulary
) -> pl.DataFrame:
    """Return the table private/findings: what was found, with the decisions taken.

    A type is of one kind: that of its decision, else the weightiest of its occurrences. What the shipped list knows
    as public is kept unless somebody decided otherwise. What was masked is found again by its hash wherever it stands
    in `turns` as whole words, save a word of the `vocabulary` in lower case.
    """
    decided = {decision.digest: decision for decision in decisions}
    standing = substitutes(decisions)
    digests = {text: digest(key, text) for *_, text, _ in found}
    kinds: dict[str, str] = {}
    for *_, text, kind in found:
        one = digests[text]
        kinds[one] = min(kinds.get(one, kind), kind, key=PRIORITY.__getitem__)
    kinds |= {decision.digest: decision.kind for decision in decisions}
    rows = []
    for interview, turn, start, end, text, _ in [*found, *_again(turns, found, digests, decided, key, vocabulary)]:
        one = digests.get(text) or digest(key, text)
        choice = decided[one].decision if one in decided else BY_DEFAULT.get(kinds[one])
        rows.append((interview, turn, start, end, text, kinds[one], one, choice, standing.get(one)))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row").sort("interview", "turn", "start", "end")


def _again(
    turns: pl.DataFrame,
    found: Sequence[tuple],
    digests: Mapping[str, str],
    decided: Mapping[str, Decision],
    key: bytes,
    vocabulary: Vocabulary,
) -> Iterator[tuple]:
    """Yield what was masked and stands elsewhere than where it was found, by its hash."""
    hidden = {one for one, decision in decided.items() if decision.decision != "accept"}
    if not hidden:
        return
    covered: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for interview, turn, start, end, text, _ in found:
        if digests[text] in hidden:
            covered.setdefault((interview, turn), []).append((start, end))
    known: dict[str, str] = {}
    for interview, turn, text in turns.sort("interview", "turn").select("interview", "turn", "text").iter_rows():
        spans = covered.get((interview, turn), [])
        for start, end, normal in word_sequences(text, LONGEST):
            if normal not in known:
                known[normal] = digest_normal(key, normal)
            if known[normal] not in hidden or _covers(spans, start, end):
                continue
            said = text[start:end]
            if not (said == said.lower() and WORD.fullmatch(normal) and vocabulary.knows(said)):
                yield interview, turn, start, end, said, ""


def _covers(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Say whether one of `spans` (in order, none inside another) holds start…end."""
    before = bisect_right(spans, start, key=lambda span: span[0])
    return before > 0 and spans[before - 1][1] >= end


def without_capitals(turns: pl.DataFrame) -> list[Problem]:
    """Return a problem for each interview of some length that has no capital at all.

    There no name can be told from a common word (names found by a model in lower case: about half).
    """
    problems = []
    for (interview,), own in turns.sort("interview", "turn").group_by("interview", maintain_order=True):
        text = " ".join(own["text"])
        if len(text.split()) >= NAMELESS and text == text.lower():
            what = "aucune majuscule : les noms de personnes et de lieux n'y sont pas repérables"
            mend = "rétablissez les majuscules des noms, ou listez tous les noms dans privacy.words de config.yaml"
            problems.append(Problem(f"entretien {interview}", what, "une transcription avec majuscules", mend))
    return problems


@dataclass(frozen=True)
class Context:
    """An occurrence of a type with some words around it."""

    interview: str
    turn: int
    speaker: str
    before: str
    passage: str
    after: str


@dataclass(frozen=True)
class Type:
    """Passages of one normal form: `text` is its most frequent writing, `n` the occurrences."""

    digest: str
    kind: str
    text: str
    n: int
    interviews: tuple[str, ...]
    contexts: tuple[Context, ...]
    suggestion: str
    decision: str | None
    replacement: str | None


def types(findings: pl.DataFrame, turns: pl.DataFrame, vocabulary: Vocabulary) -> list[Type]:
    """Return the types of the table private/findings, by kind, the most frequent first."""
    places = {(i, t): (s, text) for i, t, s, text in turns.select("interview", "turn", "speaker", "text").iter_rows()}
    own: dict[str, list[dict]] = {}
    for row in findings.sort("interview", "turn", "start", "end").iter_rows(named=True):
        own.setdefault(row["digest"], []).append(row)
    found = [_type(rows, places, vocabulary) for rows in own.values()]
    return sorted(found, key=lambda t: (list(KINDS).index(t.kind), -t.n, t.text, t.digest))


def _type(rows: Sequence[dict], places: Mapping[tuple[str, int], tuple[str, str]], vocabulary: Vocabulary) -> Type:
    first = rows[0]
    writings = Counter(row["text"] for row in rows)
    text = min(writings, key=lambda writing: (-writings[writing], writing))
    interviews = tuple(sorted({row["interview"] for row in rows}))
    suggestion = _suggest(first["kind"], text, len(interviews) >= COMMON, vocabulary)
    contexts = tuple(_context(row, *places[row["interview"], row["turn"]]) for row in rows[:SHOWN])
    shown = (len(rows), interviews, contexts, suggestion, first["decision"], first["replacement"])
    return Type(first["digest"], first["kind"], text, *shown)


def _suggest(kind: str, text: str, often: bool, vocabulary: Vocabulary) -> str:
    """Return the decision put forward: keep what looks like a common reference, mask the rest."""
    if kind in ("entity", "capital", "organisation"):
        return "accept" if text.isupper() or often else "mask"
    return "accept" if kind in ("person", "place") and often and vocabulary.knows(text) else "mask"


def _context(row: Mapping, speaker: str, text: str) -> Context:
    start, end = row["start"], row["end"]
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    before = "…" + before.partition(" ")[2] if start > CONTEXT else before
    after = after.rpartition(" ")[0] + "…" if end + CONTEXT < len(text) else after
    return Context(row["interview"], row["turn"], speaker, before, text[start:end], after)


def tell(types: Sequence[Type], decisions: Sequence[Decision], n_words: int) -> str:
    """Return in French how much was found and decided, without a word of what was found."""
    n, n_waiting = sum(one.n for one in types), sum(one.decision is None for one in types)
    said = f"{n} passages repérés dans {n_words} mots, de {len(types)} types, dont {n_waiting} à décider"
    ranks = unused(decisions, {one.digest for one in types})
    lines = ", ".join(str(rank) for rank in ranks)
    return said + (f" ; décisions qui ne répondent plus à rien (rang dans decisions.csv) : {lines}" if ranks else "")
