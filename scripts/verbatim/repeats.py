"""Repeated segments of an analysis: sequences of words that come back (Salem 1987), and how bound their words are."""

from __future__ import annotations

import numpy as np
import polars as pl

from verbatim import tables
from verbatim.class_description.repeats import NOT_WORDS, STOPS, Sequences, sequences
from verbatim.numbering import distinct
from verbatim.positions import segment_of, turn_of

MOST = 5_000


def table(
    analysis: str, tokens: pl.DataFrame, turns: pl.DataFrame, segments: pl.DataFrame, minimum: int = 3, longest: int = 7
) -> pl.DataFrame:
    """Return lexicon/repeats: sequences of 2 to `longest` words said at least `minimum` times in `segments`.

    Words of participants are compared in lower case, with straight apostrophes; noise, commas and the like are passed
    over; no sequence crosses a full stop or its kin, nor a turn. A sequence that is part of a longer one said as often
    is left out. pmi: log2 of the sequence's share of the sequences of its length over the product of the shares of its
    words (Church and Hanks 1990, for more than two words). The 5,000 said most are kept.
    """
    words, runs, interviews, forms = _said(tokens, turns, segments)
    frequency = np.bincount(words, minlength=len(forms))
    levels = [_rows(level, words, interviews, frequency) for level in sequences(words, runs, longest, minimum)]
    found = pl.concat(levels) if levels else pl.DataFrame()
    if found.is_empty():
        return tables.empty("lexicon/repeats")
    # The first place of a sequence in the corpus settles equal counts, so that no text is made for what is dropped.
    kept = found.sort(["n_occurrences", "n_words", "first"], descending=[True, True, False]).head(MOST)
    texts = [_written(forms, words[first : first + n]) for first, n in kept[["first", "n_words"]].rows()]
    return kept.select(
        pl.lit(analysis).alias("analysis"),
        pl.Series("expression", texts, dtype=pl.String),
        *("n_words", "n_occurrences", "n_interviews", "pmi"),
    ).sort("expression")


def _said(tokens: pl.DataFrame, turns: pl.DataFrame, segments: pl.DataFrame) -> tuple:
    """Return, for each word, its form as a number, its stretch and its interview; then the forms."""
    turn, inside = turn_of(tokens, turns), segment_of(tokens, segments) >= 0
    inside &= (turns["role"] == "participant").to_numpy()[turn]
    kinds = tokens["form"].unique().sort()
    folded = kinds.str.to_lowercase().str.replace_all("’", "'")
    forms = folded.unique().sort()
    code = forms.search_sorted(folded).to_numpy()[tokens["form"].cast(pl.Enum(kinds)).to_physical().to_numpy()]
    stop = forms.str.contains(STOPS).to_numpy()[code] if len(forms) else np.zeros(0, dtype=bool)
    silent = (tokens["pos"].is_in(NOT_WORDS) | ((tokens["pos"] == "X") & (tokens["status"] == "ignored"))).to_numpy()
    change = stop | (np.diff(turn, prepend=-1) != 0)
    kept = inside & ~stop & ~silent
    interview = turns["interview"].rle_id().to_numpy()[turn]
    return code[kept].astype(np.int64), np.cumsum(change)[kept], interview[kept], forms.to_list()


def _written(forms: list[str], codes: np.ndarray) -> str:
    """Return words as one writes them: nothing after an elision, nothing before a hyphen."""
    return " ".join(forms[code] for code in codes).replace("' ", "'").replace(" -", "-")


def _rows(level: Sequences, words: np.ndarray, interviews: np.ndarray, frequency: np.ndarray) -> pl.DataFrame:
    """Return the sequences of one length that no longer one holds, `first` being a word with which each begins."""
    n, width = len(level.counts), int(interviews.max(initial=0)) + 1
    first = np.zeros(n, dtype=np.int64)
    first[level.ids[::-1]] = level.starts[::-1]
    borne = distinct(level.ids * width + interviews[level.starts])
    kept = np.flatnonzero(~level.redundant)
    shares = np.log2(frequency[words[first[kept][:, None] + np.arange(level.length)]] / len(words)).sum(axis=1)
    return pl.DataFrame(
        {
            "first": first[kept],
            "n_words": np.full(len(kept), level.length, dtype=np.int64),
            "n_occurrences": level.counts[kept].astype(np.int64),
            "n_interviews": np.bincount(borne // width, minlength=n)[kept].astype(np.int64),
            "pmi": np.log2(level.counts[kept] / max(len(level.possible), 1)) - shares,
        }
    )
