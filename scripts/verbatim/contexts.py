"""Words whose part of speech in speech depends on their neighbours, and which the model gets wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from verbatim.lexique import Lexique

NOMINAL = ["DET", "NOUN", "PROPN", "NUM", "ADJ"]
TONIC = ["ça", "cela", "moi", "toi", "lui", "eux", "quoi", "que", "qu'", "avoir", "être", "s'être", "m'être"]
# Determiners that are never pronouns (`le`, `la`, `les`, `leur`, `l'` may be).
DETERMINERS = [
    *("un", "une", "mon", "ma", "mes", "ton", "ta", "tes", "son", "sa", "ses"),
    *("cet", "cette", "ces", "au", "aux", "du"),
]
IN_ANT = re.compile(r"ant(?:e?s?)$")
# Words whose part of speech is settled here whatever it is.
SETTLED = ["bon", "après", "quand", "peu", "plein", "ensemble", "personne"]


@dataclass(frozen=True)
class _Words:
    """Words (n,) as rows of `names`; one more, after the last of them, stands for the edge of a turn."""

    codes: np.ndarray
    names: pl.Series

    def among(self, words: Iterable[str]) -> np.ndarray:
        """Say of each whether it is one of `words`; an edge is none."""
        known = self.names.is_in(pl.Series(sorted(words), dtype=pl.String).implode()).to_numpy()
        return np.append(known, False)[self.codes]

    def at(self, rows: np.ndarray) -> _Words:
        """Return the words of `rows`."""
        return _Words(self.codes[rows], self.names)

    def beside(self, rows: np.ndarray, step: int, edges: np.ndarray) -> _Words:
        """Return the words `step` rows from `rows`, which are edges where `edges` say so."""
        places = np.clip(rows + step, 0, len(self.codes) - 1)
        return _Words(np.where(edges, len(self.names), self.codes[places]), self.names)


def settle(
    key: np.ndarray, pos: np.ndarray, begins: np.ndarray, keys: pl.Series, tags: Sequence[str], lexique: Lexique
) -> np.ndarray:
    """Return pos (n,) set right where neighbours decide.

    `key` and `pos` (n,) are rows of `keys`, the folded forms, and of `tags`, which hold all parts of speech;
    `begins` (n,): the words with which a turn begins. A list always wins over its neighbours, save for the words
    treated here.
    """
    tags = pl.Series(tags, dtype=pl.String)
    words, parts = _Words(key, keys), _Words(pos, tags)
    forms = _Forms.of(lexique)
    rows = np.flatnonzero(
        words.among(SETTLED)
        | (parts.among(["VERB"]) & words.among([*forms.nouns, *forms.adjectives]))
        | (parts.among(["NOUN"]) & words.among(forms.participles))
    )
    settled = pos.copy()
    # the first rule that holds decides
    for holds, value in reversed(_rules(_Places.of(words, parts, rows, begins), forms)):
        settled[rows[holds]] = tags.index_of(value)
    return settled


@dataclass(frozen=True)
class _Places:
    """Words (k,) with those beside them; `opens`, `closes`: they are the first or the last of their turn."""

    key: _Words
    before: _Words
    after: _Words
    pos: _Words
    pos_before: _Words
    pos_after: _Words
    opens: np.ndarray
    closes: np.ndarray

    @classmethod
    def of(cls, words: _Words, parts: _Words, rows: np.ndarray, begins: np.ndarray) -> _Places:
        """Return the places `rows` (k,) of `words` and `parts`; `begins` (n,): a turn begins there."""
        opens, closes = begins[rows], np.append(begins[1:], True)[rows]
        sides = [(of.at(rows), of.beside(rows, -1, opens), of.beside(rows, 1, closes)) for of in (words, parts)]
        return cls(*sides[0], *sides[1], opens, closes)


@dataclass(frozen=True)
class _Forms:
    """Forms that Lexique has as nouns, as adjectives in -ant, and as what can be a past participle."""

    nouns: list[str]
    adjectives: list[str]
    participles: list[str]

    @classmethod
    def of(cls, lexique: Lexique) -> _Forms:
        """Return those of `lexique`."""
        nouns = [form for form, tags in lexique.readings.items() if "NOUN" in tags]
        adjectives = [form for form, tags in lexique.readings.items() if "ADJ" in tags and IN_ANT.search(form)]
        return cls(nouns, adjectives, list(_participles(lexique)))


def _rules(at: _Places, forms: _Forms) -> list[tuple[np.ndarray, str]]:
    """Return where each rule holds (k,) and the part of speech that it gives."""
    is_word = {word: at.key.among([word]) for word in SETTLED}
    verb, noun = at.pos.among(["VERB"]), at.pos.among(["NOUN"])
    full = at.after.among(["de", "d'"]) & ~at.opens & ~at.pos_before.among(["DET"])
    return [
        (is_word["bon"] & _is_filler(at), "INTJ"),
        (is_word["après"] & (at.pos_after.among(NOMINAL) | at.after.among(TONIC)), "ADP"),
        (is_word["après"], "ADV"),
        (is_word["quand"], "SCONJ"),
        (is_word["peu"] & at.before.among(["un"]), "NOUN"),
        (is_word["plein"] & full, "ADV"),
        (is_word["ensemble"] & ~at.pos_before.among(["DET", "ADJ"]), "ADV"),
        (is_word["personne"] & ~at.pos_before.among(["DET", "ADJ", "NUM", "ADP"]), "PRON"),
        (verb & at.before.among(DETERMINERS) & at.key.among(forms.nouns), "NOUN"),
        (noun & at.pos_before.among(["AUX"]) & at.key.among(forms.participles), "VERB"),
        (verb & at.pos_before.among(["AUX", "ADV"]) & at.key.among(forms.adjectives), "ADJ"),
    ]


def _participles(lexique: Lexique) -> Iterator[str]:
    """Yield the forms that can be a past participle; Lexique's own mark for it is not in the table."""
    for (form, pos), lemma in lexique.lemmas.items():
        endings = r"ée?s?" if lemma.endswith("er") else r"(?:i|is|it|u|û|ert|int|ait)e?s?"
        if pos == "VERB" and re.search(rf"{endings}$", form):
            yield form


def _is_filler(at: _Places) -> np.ndarray:
    opened = at.opens | at.pos_before.among(["PUNCT", "INTJ", "CCONJ", "SCONJ"])
    closed = at.closes | at.pos_after.among(["PUNCT", "INTJ", "CCONJ", "PRON"])
    return (opened & ~at.pos_after.among(["NOUN", "ADJ", "PROPN"])) | (
        closed & ~at.pos_before.among(["DET", "AUX", "VERB", "ADV", "NOUN", "ADJ"])
    )
