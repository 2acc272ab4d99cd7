"""Doubtful lemmas: words that no dictionary has, or on which the sources do not agree."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import polars as pl

from verbatim import tables
from verbatim.audit.kinds import KIND, content_words
from verbatim.lemmas import CONTENT
from verbatim.wordlists import ANY, Lists, fold

# Another lemma of Lexique for the same form and part of speech counts from this share of the first one's frequency.
RIVAL = 0.05
# A form counted as several parts of speech is told when the lesser has this share of its occurrences.
SHARED = 0.15
# A reading is rare when Lexique has another of the form so many times more frequent.
RARER = 50.0
SHORTEST = 2
REASONS = ("corrected", "unknown", "disagree", "several_pos", "rare")


@dataclass(frozen=True)
class Sources:
    """What the dictionary says of the forms of a study.

    lemmas: (form, pos) -> its lemmas, the most frequent first, those of a share of `RIVAL` or more; frequency:
    (form, pos) -> occurrences per million words of film subtitles; known: forms with any reading; own: all (lemma, pos)
    of Lexique, whatever the form.
    """

    lemmas: dict[tuple[str, str], list[str]]
    frequency: dict[tuple[str, str], float]
    known: frozenset[str]
    own: frozenset[tuple[str, str]]


def doubtful(
    tokens: pl.DataFrame, annotation: pl.DataFrame, lists: Lists, corrections: dict[tuple[str, str], str] | None = None
) -> pl.DataFrame:
    """Return corpus/doubtful_lemmas, for the content words of everybody.

    `tokens` is corpus/tokens, `annotation` what the model says of the same words (private/annotation, masked turns in
    place of raw ones; its form, token and entity are not needed); `corrections`: (folded form, part of speech or ANY)
    -> why the study corrected it, in its words.
    A word has one reason, the first that holds: corrected by the study; unknown to Lexique, to the lists and to
    simplemma; another source gives a lemma that Lexique knows for such a word, or Lexique gives two; several parts of
    speech with different lemmas; a reading that is rare beside another of the same form. Only active words are doubtful
    for the last three.
    """
    kinds = content_words(tokens, annotation)
    if kinds.is_empty():
        return tables.empty("corpus/doubtful_lemmas")
    sources, joined = _sources(lists, kinds["key"]), {expression.words for expression in lists.expressions}
    several = _several(kinds)
    reasons = corrections or {}
    rows = [_judged(row, lists, reasons, sources, several, joined) for row in kinds.iter_rows(named=True)]
    schema = {
        **dict.fromkeys(("lexique_lemma", "simplemma_lemma", "reason", "correction", "correction_reason"), pl.String)
    }
    found = pl.concat([kinds, pl.DataFrame(rows, schema=schema, orient="row")], how="horizontal")
    found = found.filter(pl.col("reason").is_not_null())
    names = [c.name for c in tables.TABLES["corpus/doubtful_lemmas"].columns]
    return found.select(names).sort(KIND)


def _sources(lists: Lists, keys: pl.Series) -> Sources:
    lemmas: dict[tuple[str, str], list[str]] = {}
    frequency: dict[tuple[str, str], float] = defaultdict(float)
    first: dict[tuple[str, str], float] = {}
    rows = lists.lexique.join(keys.unique().to_frame("form"), on="form", how="semi")
    for form, pos, lemma, often in rows.iter_rows():
        at = form, pos
        frequency[at] += often
        first.setdefault(at, often)
        if at not in lemmas or (often >= RIVAL * first[at] and often > 0):
            lemmas.setdefault(at, []).append(lemma)
    own = frozenset(lists.lexique.select("lemma", "pos").unique().iter_rows())
    return Sources(lemmas, dict(frequency), frozenset(rows["form"]), own)


def _several(kinds: pl.DataFrame) -> set[tuple[str, str, str]]:
    """Return the kinds of a form that has several content readings with different lemmas, none of them negligible."""
    active = kinds.filter(pl.col("status") == "active")
    share = pl.col("n_occurrences") / pl.col("n_occurrences").sum().over("form")
    often = active.with_columns(share=share).filter((pl.col("share") >= SHARED) & (pl.col("n_occurrences") >= 2))
    lemmas, tags = pl.col("lemma").n_unique().over("form"), pl.col("pos").n_unique().over("form")
    return set(often.filter((lemmas > 1) & (tags > 1)).select(KIND).iter_rows())


def _judged(row: dict, lists: Lists, reasons: dict, sources: Sources, several: set, joined: set[str]) -> tuple:
    """Return lexique_lemma, simplemma_lemma, reason, correction and correction_reason of a word."""
    key, pos = row["key"], row["pos"]
    given = sources.lemmas.get((key, pos), [])
    lexique, simple = (given[0] if given else None), _simplemma(key)
    own = next((at for at in ((key, pos), (key, ANY)) if at in lists.own_lemmas), None)
    if own:
        return lexique, simple, "corrected", lists.own_lemmas[own][0], reasons.get(own)
    listed = any(at in lists.lemmas for at in ((key, row["model_pos"]), (key, pos), (key, ANY)))
    reason = (
        None
        if listed or " " in key or key in joined or len(key) < SHORTEST
        else _reason(row, given, simple, sources, several)
    )
    return lexique, simple, reason, None, None


def _reason(row: dict, given: list[str], simple: str | None, sources: Sources, several: set) -> str | None:
    key, pos = row["key"], row["pos"]
    if key not in sources.known and simple is None:
        return "unknown" if key[0].isalpha() else None
    if row["status"] != "active":
        return None
    # What cannot be the lemma of such a word is no objection: « demande » for a verb.
    said = {fold(row["model_lemma"]) if row["model_pos"] == pos else None, simple} - {None, fold(row["lemma"])}
    against = {other for other in said if (other, pos) in sources.own}
    if against or len(given) > 1 or (given and fold(given[0]) != fold(row["lemma"])):
        return "disagree"
    if (row["form"], pos, row["lemma"]) in several:
        return "several_pos"
    best = max((sources.frequency.get((key, other), 0.0) for other in CONTENT), default=0.0)
    own = sources.frequency.get((key, pos), 0.0)
    return "rare" if best >= 1 and own * RARER < best else None


def _simplemma(key: str) -> str | None:
    import simplemma

    return simplemma.lemmatize(key, lang="fr").lower() if simplemma.is_known(key, lang="fr") else None
