"""Measuring annotation on texts annotated by hand (CoNLL-U), as the spoken word is counted.

A token counts as right only when it is active in both annotations with the same lemma: that is what
lexical tables and classes rest on. Intervals: bootstrap over recordings (Efron 1979), percentiles.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from verbatim import annotation, lemmas
from verbatim.wordlists import Lists, fold

if TYPE_CHECKING:
    from spacy.language import Language

ACTIVE = frozenset({"NOUN", "VERB", "ADJ", "ADV"})
AUXILIARIES = frozenset({"être", "avoir"})
CHUNK = 40
DRAWS = 2000
COLUMNS = {
    "interview": pl.String,
    "turn": pl.Int64,
    "token": pl.Int64,
    "form": pl.String,
    "lemma": pl.String,
    "pos": pl.String,
}


@dataclass(frozen=True)
class Word:
    """One surface token annotated by hand."""

    form: str
    lemma: str
    pos: str
    space: bool


@dataclass(frozen=True)
class Unit:
    """What is annotated as one text: an utterance, or several joined; `recording` is where it is from."""

    recording: str
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """Return the text as a transcriber would have written it."""
        return "".join(word.form + (" " if word.space else "") for word in self.words).strip()


def read(text: str) -> list[Unit]:
    """Return the sentences of a CoNLL-U text, in order.

    Contractions (`du`) stay one word, an ADP; empty nodes are left out. The recording is the sentence's
    identifier without its number.
    """
    sentences: list[Unit] = []
    recording, words, inside = "", [], 0
    for line in [*text.splitlines(), ""]:
        if line.startswith("# sent_id"):
            recording = re.sub(r"[-_]+\d+(bis)?$", "", line.split("=", 1)[1].strip())
        elif not line.strip():
            if words:
                sentences.append(Unit(recording, tuple(words)))
            words, inside = [], 0
        elif not line.startswith("#"):
            fields = line.split("\t")
            if "-" in fields[0]:
                inside = int(fields[0].split("-")[1])
                words.append(Word(fields[1], fields[1].lower(), "ADP", "SpaceAfter=No" not in fields[9]))
            elif fields[0].isdigit() and int(fields[0]) > inside:
                words.append(Word(fields[1], fields[2], fields[3], "SpaceAfter=No" not in fields[9]))
    return sentences


def without_punctuation(sentences: Iterable[Unit]) -> list[Unit]:
    """Return `sentences` of each recording without punctuation, joined into units of 40 words or more."""
    units: list[Unit] = []
    for sentence in sentences:
        words = tuple(_spaced(sentence.words))
        last = units[-1] if units else None
        if last and last.recording == sentence.recording and len(last.words) < CHUNK:
            units[-1] = Unit(last.recording, last.words + words)
        elif words:
            units.append(Unit(sentence.recording, words))
    return units


def _spaced(words: Sequence[Word]) -> Iterator[Word]:
    for i, word in enumerate(words):
        if word.pos != "PUNCT":
            cut = i + 1 == len(words) or words[i + 1].pos == "PUNCT"
            yield Word(word.form, word.lemma, word.pos, word.space or cut)


def annotate_words(nlp: Language, units: Sequence[Unit]) -> pl.DataFrame:
    """Return the model's annotation of the words of `units` as cut by hand (private/annotation's columns)."""
    from spacy.tokens import Doc

    docs, places = [], []
    for unit in units:
        forms = [word.form.translate(annotation.TYPOGRAPHY) for word in unit.words]
        kept = [i for i, form in enumerate(forms) if not annotation.NOISE.fullmatch(form)]
        places.append(kept)
        docs.append(Doc(nlp.vocab, [forms[i] for i in kept], [unit.words[i].space for i in kept]))
    rows = []
    for number, (unit, kept, doc) in enumerate(zip(units, places, nlp.pipe(docs, batch_size=64), strict=True), 1):
        seen = {i: (word.lemma_, word.pos_) for i, word in zip(kept, doc, strict=True)}
        for i, word in enumerate(unit.words):
            lemma, pos = seen.get(i, (word.form.lower(), "X"))
            rows.append((unit.recording, number, i + 1, word.form, lemma, pos))
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def annotate_text(nlp: Language, units: Sequence[Unit]) -> pl.DataFrame:
    """Return the model's annotation of the raw text of `units`, cut by our own tokeniser."""
    rows = []
    texts = [unit.text for unit in units]
    for number, (unit, text, tokens) in enumerate(zip(units, texts, annotation.annotate(nlp, texts), strict=True), 1):
        for i, (start, end, lemma, pos, _) in enumerate(tokens, 1):
            rows.append((unit.recording, number, i, text[start:end], lemma, pos))
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def truth(units: Sequence[Unit]) -> pl.DataFrame:
    """Return the annotation by hand of `units` in the same columns; `parce` is a conjunction."""
    rows = [
        (unit.recording, number, i, word.form, word.lemma, "SCONJ" if fold(word.form) == "parce" else word.pos)
        for number, unit in enumerate(units, 1)
        for i, word in enumerate(unit.words, 1)
    ]
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


@dataclass(frozen=True)
class Measure:
    """A percentage with its 95 % interval over recordings."""

    name: str
    value: float
    low: float
    high: float

    def __str__(self) -> str:
        """Return the measure as it is printed."""
        return f"{self.name} {self.value:.1f} [{self.low:.1f}-{self.high:.1f}]"


def compare_words(true: pl.DataFrame, found: pl.DataFrame) -> list[Measure]:
    """Compare two annotations of the same words (same rows): active lemmas, POS, lemmas of content words.

    Words that the hand marked X are left out of all, punctuation of all.
    """
    counts: dict[str, np.ndarray] = {}
    columns = (true["interview"], true["lemma"], true["pos"], found["lemma"], found["pos"])
    for recording, lemma, pos, found_lemma, found_pos in zip(*columns, strict=True):
        if pos in {"X", "PUNCT"}:
            continue
        same = fold(lemma) == fold(found_lemma)
        active, found_active = _is_active(lemma, pos), _is_active(found_lemma, found_pos)
        row = (active and found_active and same, active, found_active, pos == found_pos, True, same and pos in ACTIVE)
        counts[recording] = counts.get(recording, np.zeros(7)) + np.array([*row, pos in ACTIVE], dtype=float)
    return [
        _measure("F1 des lemmes actifs", counts, lambda c: 2 * c[..., 0] / (c[..., 1] + c[..., 2])),
        _measure("catégorie", counts, lambda c: c[..., 3] / c[..., 4]),
        _measure("lemme des mots pleins", counts, lambda c: c[..., 5] / c[..., 6]),
    ]


def compare_texts(true: pl.DataFrame, found: pl.DataFrame) -> list[Measure]:
    """Compare the bags of active lemmas of the same units, however cut into words."""
    bags = [_bags(frame) for frame in (true, found)]
    counts: dict[str, np.ndarray] = {}
    for place in sorted({*bags[0], *bags[1]}):
        hand, own = (bag.get(place, Counter()) for bag in bags)
        row = np.array([(hand & own).total(), hand.total(), own.total()], dtype=float)
        counts[place[0]] = counts.get(place[0], np.zeros(3)) + row
    return [_measure("F1 des lemmes actifs", counts, lambda c: 2 * c[..., 0] / (c[..., 1] + c[..., 2]))]


def _is_active(lemma: str, pos: str) -> bool:
    return pos in ACTIVE and lemma.lower() not in AUXILIARIES


def _bags(frame: pl.DataFrame) -> dict[tuple[str, int], Counter[str]]:
    bags: dict[tuple[str, int], Counter[str]] = {}
    for recording, unit, lemma, pos in frame.select("interview", "turn", "lemma", "pos").iter_rows():
        if _is_active(lemma, pos):
            bags.setdefault((recording, unit), Counter())[fold(lemma)] += 1
    return bags


def _measure(name: str, counts: dict[str, np.ndarray], ratio: Callable[[np.ndarray], np.ndarray]) -> Measure:
    rows = np.array([counts[recording] for recording in sorted(counts)])
    draws = np.random.default_rng(1).integers(0, len(rows), (DRAWS, len(rows)))
    with np.errstate(invalid="ignore"):
        spread = ratio(rows[draws].sum(axis=1))
    low, high = np.nanpercentile(spread, [2.5, 97.5])
    return Measure(name, *(100 * float(value) for value in (ratio(rows.sum(axis=0)), low, high)))


def report(nlp: Language, sentences: Sequence[Unit], lists: Lists) -> Iterator[str]:
    """Yield the lines that tell how the model alone and the whole recipe do on `sentences`."""
    for name, units in (("avec ponctuation", sentences), ("sans ponctuation", without_punctuation(sentences))):
        true = truth(units).sort("interview", "turn", "token")
        words = annotate_words(nlp, units).sort("interview", "turn", "token")
        texts = annotate_text(nlp, units)
        yield f"{name}, {len({unit.recording for unit in units})} enregistrements"
        yield f"  mots donnés, modèle seul    : {_line(compare_words(true, words))}"
        yield f"  mots donnés, recette        : {_line(compare_words(true, lemmas.settle(words, lists)))}"
        yield f"  texte brut, modèle seul     : {_line(compare_texts(true, texts))}"
        yield f"  texte brut, recette         : {_line(compare_texts(true, lemmas.settle(texts, lists)))}"


def _line(measures: Iterable[Measure]) -> str:
    return " ; ".join(map(str, measures))
