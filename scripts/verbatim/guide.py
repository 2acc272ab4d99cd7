"""The interview guide: its questions, and which turns answer them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import polars as pl
from rapidfuzz import fuzz

from verbatim import settings
from verbatim.problems import Problem, nearest, raise_all

SCORE = 90
SHORTEST = 12
NUMBER = re.compile(
    r"(?:^|(?<=[.?!…]\s))\s*(?:q(?:uestion)?\s?(\d{1,2})\b|(\d{1,2})\s?[-–—.):](?=\s*\D))", re.IGNORECASE
)


@dataclass(frozen=True)
class Question:
    """A question of a guide, as the interviewer is meant to ask it."""

    id: str
    text: str


@dataclass(frozen=True)
class Guide:
    """A guide: its questions in order; `audience` says attribute -> values of those it is for (empty: all)."""

    id: str
    title: str
    questions: tuple[Question, ...]
    audience: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def is_for(self, attributes: dict[str, str | None]) -> bool:
        """Say whether a participant with `attributes` was asked the questions of this guide."""
        return all(attributes.get(name) in values for name, values in self.audience.items())

    def numbered(self, number: int) -> Question | None:
        """Return the question whose identifier ends in `number`, else the one at that place (from 1)."""
        for question in self.questions:
            digits = re.search(r"\d+$", question.id)
            if digits and int(digits[0]) == number:
                return question
        if any(re.search(r"\d+$", question.id) for question in self.questions):
            return None
        return self.questions[number - 1] if 1 <= number <= len(self.questions) else None


def read_guide(text: str | bytes, schema: dict, place: str = "guide.yaml") -> tuple[Guide, ...]:
    """Return the guides written in the YAML `text`.

    `schema` is workflow/schemas/guide.schema.yaml, read. Raises StudyError with every fault and its
    line: YAML, schema, identifiers used twice.
    """
    values = settings.load(text, schema, place)
    _, lines, problems = settings.parse(text, place)
    seen: dict[str, int] = {}
    for i, guide in enumerate(values["guides"]):
        places = [(guide["id"], ("guides", i, "id"))]
        places += [(q["id"], ("guides", i, "questions", j, "id")) for j, q in enumerate(guide["questions"])]
        for name, path in places:
            if name in seen:
                what = f"l'identifiant « {name} » sert déjà ligne {seen[name]}"
                problems.append(
                    Problem(f"{place}, ligne {lines[path]}", what, "un identifiant par question", "changez-le")
                )
            seen.setdefault(name, lines[path])
    raise_all(problems)
    return tuple(_guide(guide) for guide in values["guides"])


def _guide(written: dict) -> Guide:
    questions = tuple(Question(q["id"], " ".join(q["text"].split())) for q in written["questions"])
    audience = {name: tuple(values) for name, values in sorted(written.get("for", {}).items())}
    return Guide(written["id"], written.get("title", written["id"]), questions, audience)


def match_questions(turns: pl.DataFrame, guides: Sequence[Guide], speakers: pl.DataFrame) -> pl.DataFrame:
    """Return `turns` with the question that each asks or answers.

    `turns` and `speakers` are the tables private/turns and private/speakers. A turn of the
    interviewer that contains a question (case, accents, punctuation and apostrophes apart: all of it,
    or a partial ratio of at least 90, or its number first, as in `Q1` or `1.`) opens that question,
    which lasts until the next one; before the first, null. Only guides meant for a participant of the
    interview are tried. Raises StudyError when a guide names an attribute that nobody has.
    """
    raise_all(list(_unknown_audiences(guides, speakers)))
    applicable = _applicable(guides, speakers)
    questions: list[str | None] = []
    interview, current = None, None
    ordered = turns.sort("interview", "turn")
    for name, role, text in ordered.select("interview", "role", "text").iter_rows():
        if name != interview:
            interview, current = name, None
        if role == "interviewer":
            current = asked(text, applicable.get(name, ())) or current
        questions.append(current)
    return ordered.with_columns(pl.Series("question", questions, dtype=pl.String))


def _unknown_audiences(guides: Sequence[Guide], speakers: pl.DataFrame) -> Iterable[Problem]:
    known = [name for name in speakers.columns if name not in {"interview", "role"}]
    for guide in guides:
        for name, values in guide.audience.items():
            where = f"guide.yaml, guide {guide.id}, for"
            if name not in known:
                near = nearest(name, known)
                mend = f"vouliez-vous « {near} » ?" if near else "ajoutez la colonne à interviews.csv"
                yield Problem(where, f"aucun participant n'a l'attribut « {name} »", " | ".join(known), mend)
                continue
            has = sorted(set(speakers[name].drop_nulls()))
            for value in (v for v in values if v not in has):
                near = nearest(value, has)
                mend = f"vouliez-vous « {near} » ?" if near else "corrigez la valeur"
                yield Problem(where, f"personne n'a {name} = « {value} »", " | ".join(has[:20]), mend)


def _applicable(guides: Sequence[Guide], speakers: pl.DataFrame) -> dict[str, list[Guide]]:
    applicable: dict[str, list[Guide]] = {}
    for person in speakers.filter(pl.col("role") == "participant").iter_rows(named=True):
        mine = applicable.setdefault(person["interview"], [])
        mine += [guide for guide in guides if guide.is_for(person) and guide not in mine]
    return applicable


def asked(text: str, guides: Sequence[Guide]) -> str | None:
    """Return the identifier of the question of `guides` that `text` asks (the last, if several), or None."""
    turn = plain(text)
    best: tuple[float, int, str] | None = None
    for guide in guides:
        for question in guide.questions:
            score, end = _presence(plain(question.text), turn)
            if score >= SCORE and (best is None or (score, end) > best[:2]):
                best = (score, end, question.id)
    return best[2] if best else _asked_by_number(text, guides)


def _presence(question: str, turn: str) -> tuple[float, int]:
    """Return how well `question` is found in `turn` (0-100) and where it ends there."""
    at = f" {turn} ".rfind(f" {question} ")
    if question and at >= 0:
        return 100.0, at + len(question)
    # A turn much shorter than the question would match any part of it ("oui").
    if len(question) < SHORTEST or len(turn) < 0.8 * len(question):
        return 0.0, 0
    found = fuzz.partial_ratio_alignment(question, turn, score_cutoff=SCORE)
    return (found.score, found.dest_end) if found else (0.0, 0)


def _asked_by_number(text: str, guides: Sequence[Guide]) -> str | None:
    for found in reversed(list(NUMBER.finditer(text))):
        for guide in guides:
            question = guide.numbered(int(found[1] or found[2]))
            if question:
                return question.id
    return None


def plain(text: str) -> str:
    """Return `text` in lower case without accents, its words separated by one space, without punctuation."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    return " ".join(re.findall(r"[^\W_]+", "".join(c for c in letters if not unicodedata.combining(c))))
