"""Which verbatims others may read, and how: whole, shortened, or not at all, and why not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from verbatim.lexique import Lexique
from verbatim.privacy.reidentification import CONTENT, RARE
from verbatim.public_report.signed_list import NEVER, SHORT, WHOLE, Signature, passage_id
from verbatim.wordlists import fold

CUT = " […]"
PAUSE = re.compile(r"[.;:!?…,»]\s")


@dataclass(frozen=True)
class Candidate:
    """Words that stand for a theme or a class: `spans` are (turn, start, end) in characters of the masked turns.

    `where`: what they stand for, in French; `n_people`: participants' interviews that hold it; `panel`: the panel of
    who says them, None where fewer people than the smallest group have it.
    """

    interview: str
    spans: tuple[tuple[int, int, int], ...]
    text: str
    where: str
    n_people: int
    panel: str | None

    @property
    def passage(self) -> str:
        """Identifier of the words."""
        return passage_id(self.interview, self.text)


@dataclass(frozen=True)
class Shown:
    """A candidate and what others read of it: `text`, None where it is kept back, for the reason `why`."""

    candidate: Candidate
    text: str | None
    why: str = ""


@dataclass(frozen=True)
class Rule:
    """The rule of a study: k people at least, so many words at most, and what was signed.

    `rare`: (lemma, part of speech) by which somebody might be known (see `rare_words`); `words`: (interview, turn)
    -> (start, end, lemma, pos, form) of its words.
    """

    smallest_group: int
    longest_verbatim: int
    signed: Mapping[str, Signature]
    rare: frozenset[tuple[str, str]] = frozenset()
    words: Mapping[tuple[str, int], list[tuple[int, int, str, str, str]]] = field(default_factory=dict)


def decide(candidate: Candidate, rule: Rule) -> Shown:
    """Return what may be read of a candidate: what people signed goes before what is computed."""
    signature = rule.signed.get(candidate.passage)
    if signature is not None:
        if signature.decision == NEVER:
            return Shown(candidate, None, f"retiré par {signature.signed}")
        if signature.decision == WHOLE:
            return Shown(candidate, candidate.text, f"entier, signé {signature.signed}")
        if signature.decision == SHORT:
            return Shown(candidate, shortened(candidate.text, rule.longest_verbatim), f"signé {signature.signed}")
    if candidate.n_people < rule.smallest_group:
        return Shown(candidate, None, f"moins de {rule.smallest_group} personnes : {candidate.where}")
    telling = _telling(candidate, rule)
    if telling:
        return Shown(candidate, None, f"mots que peu disent : {', '.join(telling)}")
    return Shown(candidate, shortened(candidate.text, rule.longest_verbatim))


def _telling(candidate: Candidate, rule: Rule) -> list[str]:
    """Return the words of a candidate by which its speaker might be known."""
    found: dict[str, None] = {}
    for turn, start, end in candidate.spans:
        for first, last, lemma, pos, form in rule.words.get((candidate.interview, turn), ()):
            if first < end and last > start and (lemma, pos) in rule.rare:
                found[form] = None
    return list(found)


def shortened(text: str, most: int) -> str:
    """Return `text` as it is, or its first words, `most` at the most, up to a pause where one is near the end."""
    text = " ".join(text.split())
    ends = [found.end() for found in re.finditer(r"\S+", text)]
    if len(ends) <= most:
        return text
    cut = text[: ends[most - 1]]
    pauses = [found.start() + 1 for found in PAUSE.finditer(cut + " ") if found.start() > len(cut) * 0.6]
    return (cut[: pauses[-1]] if pauses else cut).rstrip(" ,;:") + CUT


def rare_words(words: pl.DataFrame, lexique: pl.DataFrame, k: int) -> frozenset[tuple[str, str]]:
    """Return the (lemma, pos) that fewer than `k` interviews say: names, numbers, and words that French hardly knows.

    `words`: interview, lemma, pos of all that participants say; `lexique`: see `verbatim.lexique`; hardly known: less
    than RARE times in a million words of films, or not at all (`reidentification.telling_words` has the same rule).
    """
    known = set(Lexique.of(lexique.filter(pl.col("frequency") >= RARE)).readings)
    few = (
        words.filter(pl.col("pos").is_in([*CONTENT, "NUM"]))
        .group_by("lemma", "pos")
        .agg(n=pl.col("interview").n_unique())
        .filter(pl.col("n") < k)
    )
    return frozenset(
        (lemma, pos) for lemma, pos, _ in few.iter_rows() if pos in ("NUM", "PROPN") or fold(lemma) not in known
    )


def proposal(shown: Iterable[Shown], signed: Mapping[str, Signature]) -> list[dict[str, str]]:
    """Return the rows to sign: each passage once, with what is shown of it now, or why it is not."""
    found: dict[str, dict[str, str]] = {}
    for one in shown:
        own = one.candidate
        row = found.get(own.passage)
        if row is not None:
            row["where"] += f" · {own.where}"
        elif own.passage not in signed:
            found[own.passage] = {
                "passage": own.passage,
                "interview": own.interview,
                "turn": str(own.spans[0][0]),
                "quote": own.text,
                "where": own.where,
                "shown": one.text or "",
                "why": one.why,
            }
    return [found[name] for name in sorted(found, key=lambda name: (found[name]["where"], name))]
