"""How often each form and each lemma occurs in the segments of an analysis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from verbatim.numbering import distinct, numbered, renumbered
from verbatim.positions import segment_of, turn_of

COUNTED = ["active", "supplementary"]


def count(
    analysis: str, tokens: pl.DataFrame, segments: pl.DataFrame, turns: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Return the tables lexicon/forms, lexicon/lemmas and lexicon/segment_lemmas of `segments`.

    The tables given are sorted by their keys, and so are those returned. Counted: active and supplementary tokens of
    the participants' turns. A word that is active in one place and supplementary in another is active. Forms are put
    in lower case.
    """
    row = segment_of(tokens, segments)
    counted = tokens["status"].is_in(COUNTED).to_numpy() & (row >= 0)
    counted &= (turns["role"] == "participant").to_numpy()[turn_of(tokens, turns)]
    row = row[counted].astype(np.int64)
    interview = segments["interview"].rle_id().to_numpy()
    active = (tokens["status"] == "active").to_numpy()[counted]
    (tags, parts), (codes, lemma), (form, kinds) = (numbered(tokens[name]) for name in ("pos", "lemma", "form"))
    pos = tags[counted], parts
    lemmas = _Counts.of("lemma", (codes[counted], lemma), pos, row)
    forms = _Counts.of("form", renumbered(form[counted], kinds.str.to_lowercase()), pos, row)
    named = pl.lit(analysis).alias("analysis")
    by_segment = segments.select("interview", "segment")[lemmas.row].with_columns(
        lemmas.kinds[lemmas.kind], count=pl.Series(lemmas.n, dtype=pl.Int64)
    )
    return (
        forms.totals(interview, active).with_columns(named),
        lemmas.totals(interview, active).with_columns(named),
        by_segment.with_columns(named),
    )


@dataclass(frozen=True)
class _Counts:
    """How often each of `kinds` (a word and its part of speech, sorted) occurs in each segment.

    `row`, `kind`, `n` (c,): segment, row of `kinds`, occurrences, by segment then kind. `of_words` (n_words,):
    the kind of each word.
    """

    kinds: pl.DataFrame
    row: np.ndarray
    kind: np.ndarray
    n: np.ndarray
    of_words: np.ndarray

    @classmethod
    def of(cls, name: str, word: tuple[np.ndarray, pl.Series], pos: tuple[np.ndarray, pl.Series], row: np.ndarray):
        """Count words that stand in segments `row` (n_words,).

        `word` and `pos`: the row of each word, and of its part of speech, in sorted names, of which some may be unused.
        """
        (words, said), (tags, parts) = word, pos
        pairs = words.astype(np.int64) * len(parts) + tags
        present = np.flatnonzero(np.bincount(pairs, minlength=len(said) * len(parts)))
        ranks = np.zeros(len(said) * len(parts), dtype=np.int64)
        ranks[present] = np.arange(len(present))
        kinds = pl.DataFrame({name: said[present // max(len(parts), 1)], "pos": parts[present % max(len(parts), 1)]})
        of_words = ranks[pairs]
        keys, n = _counted(row * len(present) + of_words)
        return cls(kinds, keys // max(len(present), 1), keys % max(len(present), 1), n, of_words)

    def totals(self, interview: np.ndarray, active: np.ndarray) -> pl.DataFrame:
        """Return the kinds with their counts and status; `interview` (n_segments,), `active` (n_words,)."""
        size = self.kinds.height
        heard = distinct(interview[self.row].astype(np.int64) * size + self.kind)
        counts = {
            "n_occurrences": np.bincount(self.of_words, minlength=size),
            "n_segments": np.bincount(self.kind, minlength=size),
            "n_interviews": np.bincount(heard % max(size, 1), minlength=size),
        }
        is_active = pl.Series(np.bincount(self.of_words[active], minlength=size) > 0, dtype=pl.Boolean)
        status = pl.when(is_active).then(pl.lit("active")).otherwise(pl.lit("supplementary"))
        return self.kinds.with_columns(
            **{name: pl.Series(n, dtype=pl.Int64) for name, n in counts.items()}, status=status
        )


def _counted(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the distinct values of `keys` (n,), sorted, and how often each stands."""
    keys = np.sort(keys)
    begins = np.flatnonzero(np.diff(keys, prepend=-1))
    return keys[begins], np.diff(begins, append=len(keys))
