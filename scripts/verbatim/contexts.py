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
    nouns = [form for form, found in lexique.readings.items() if "NOUN" in found]
    adjectives = [form for form, found in lexique.readings.items() if "ADJ" in found and IN_ANT.search(form)]
    participles = list(_participles(lexique))
    verb, noun = parts.among(["VERB"]), parts.among(["NOUN"])
    rows = np.flatnonzero(
        words.among(SETTLED) | (verb & words.among([*nouns, *adjectives])) | (noun & words.among(participles))
    )
    ends = np.append(begins[1:], True)
    around = [(rows, -1, begins[rows]), (rows, 1, ends[rows])]
    key_here, (before, after) = words.at(rows), (words.beside(*side) for side in around)
    pos_here, (pos_before, pos_after) = parts.at(rows), (parts.beside(*side) for side in around)
    edge_before, edge_after = (
        edges | side.among(["PUNCT"]) for edges, side in ((begins[rows], pos_before), (ends[rows], pos_after))
    )
    is_filler = _is_filler(edge_before, edge_after, pos_before, pos_after)
    is_verb, is_noun = pos_here.among(["VERB"]), pos_here.among(["NOUN"])
    rules = [
        (key_here.among(["bon"]) & is_filler, "INTJ"),
        (key_here.among(["après"]) & (pos_after.among(NOMINAL) | after.among(TONIC)), "ADP"),
        (key_here.among(["après"]), "ADV"),
        (key_here.among(["quand"]), "SCONJ"),
        (key_here.among(["peu"]) & before.among(["un"]), "NOUN"),
        (
            key_here.among(["plein"]) & after.among(["de", "d'"]) & ~begins[rows] & ~pos_before.among(["DET"]),
            "ADV",
        ),
        (key_here.among(["ensemble"]) & ~pos_before.among(["DET", "ADJ"]), "ADV"),
        (key_here.among(["personne"]) & ~pos_before.among(["DET", "ADJ", "NUM", "ADP"]), "PRON"),
        (is_verb & before.among(DETERMINERS) & key_here.among(nouns), "NOUN"),
        (is_noun & pos_before.among(["AUX"]) & key_here.among(participles), "VERB"),
        (is_verb & pos_before.among(["AUX", "ADV"]) & key_here.among(adjectives), "ADJ"),
    ]
    settled = pos.copy()
    # the first rule that holds decides
    for holds, value in reversed(rules):
        settled[rows[holds]] = tags.index_of(value)
    return settled


def _participles(lexique: Lexique) -> Iterator[str]:
    """Yield the forms that can be a past participle; Lexique's own mark for it is not in the table."""
    for (form, pos), lemma in lexique.lemmas.items():
        endings = r"ée?s?" if lemma.endswith("er") else r"(?:i|is|it|u|û|ert|int|ait)e?s?"
        if pos == "VERB" and re.search(rf"{endings}$", form):
            yield form


def _is_filler(edge_before: np.ndarray, edge_after: np.ndarray, pos_before: _Words, pos_after: _Words) -> np.ndarray:
    opened = edge_before | pos_before.among(["INTJ", "CCONJ", "SCONJ"])
    closed = edge_after | pos_after.among(["INTJ", "CCONJ", "PRON"])
    return (opened & ~pos_after.among(["NOUN", "ADJ", "PROPN"])) | (
        closed & ~pos_before.among(["DET", "AUX", "VERB", "ADV", "NOUN", "ADJ"])
    )
