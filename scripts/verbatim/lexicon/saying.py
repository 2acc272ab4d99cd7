"""Who says which word: the words of an analysis by numbers, and by modality of a variable."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from verbatim.lexicon.selection import CLASS, described
from verbatim.numbering import distinct, summed


@dataclass(frozen=True)
class Said:
    """What the segments of an analysis say, by numbers: n rows of lexicon/segment_lemmas.

    `segment`, `word`, `count` (n,): row of `places`, row of `words`, occurrences. `places` has the columns of
    `described`, and class where classes were given (null: not classified); `words` lemma, pos and status.
    """

    segment: np.ndarray
    word: np.ndarray
    count: np.ndarray
    places: pl.DataFrame
    words: pl.DataFrame


@dataclass(frozen=True)
class Cells:
    """Which modality says which word: c cells with an occurrence, by modality then word.

    `modality`, `word`, `f`, `n_interviews` (c,): row of `modalities` (those in which a word is said, in
    alphabetical order), row of the words, occurrences and interviews that have them. `heard` (n_words,): interviews
    of any modality in which each word is said.
    """

    modalities: pl.Series
    modality: np.ndarray
    word: np.ndarray
    f: np.ndarray
    n_interviews: np.ndarray
    heard: np.ndarray


def said(
    segment_lemmas: pl.DataFrame,
    lemmas: pl.DataFrame,
    segments: pl.DataFrame,
    speakers: pl.DataFrame,
    classes: pl.DataFrame | None = None,
) -> Said:
    """Return lexicon/segment_lemmas by numbers; rows of segments that are not in `segments` are left out.

    `classes` is classes/segments. Raises ValueError for a word that is not in lexicon/lemmas.
    """
    places = described(segments, speakers)
    if classes is not None:
        own = classes.filter(pl.col(CLASS) > 0).select("interview", "segment", pl.col(CLASS).cast(pl.String))
        places = places.join(own, on=["interview", "segment"], how="left", maintain_order="left")
    changes = [pl.col(name).ne_missing(pl.col(name).shift()) for name in ("interview", "segment")]
    begins = segment_lemmas.select(pl.any_horizontal(changes)).to_series()
    held = segment_lemmas.select("interview", "segment").filter(begins)
    rows = places.select("interview", "segment").with_row_index("row")
    rows = held.join(rows, on=["interview", "segment"], how="left", maintain_order="left")["row"]
    segment = rows.cast(pl.Int64).fill_null(-1).to_numpy()[begins.cast(pl.Int64).cum_sum().to_numpy() - 1]
    words = lemmas.select("lemma", "pos", "status").sort("lemma", "pos")
    word = _rows_of(segment_lemmas, words)
    kept = segment >= 0
    found = (segment, word, segment_lemmas["count"].to_numpy())
    return Said(*(array if kept.all() else array[kept] for array in found), places, words)


def _rows_of(frame: pl.DataFrame, words: pl.DataFrame) -> np.ndarray:
    """Return the row of `words` (lemma, pos; sorted) of each lemma and part of speech of `frame`."""
    kinds = {name: words[name].unique().sort() for name in ("lemma", "pos")}

    def code(of: pl.DataFrame) -> np.ndarray:
        lemma, pos = (of[name].cast(pl.Enum(kinds[name]), strict=False).to_physical().cast(pl.Int64) for name in kinds)
        return (lemma * len(kinds["pos"]) + pos).fill_null(-1).to_numpy()

    known, asked = code(words), code(frame)
    found = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    if len(asked) and (not len(known) or (known[found] != asked).any()):
        raise ValueError("lexicon/segment_lemmas holds a word that lexicon/lemmas does not")
    return found


def by_modality(of: Said, variable: str) -> Cells:
    """Return which modality of `variable` says which word.

    Segments without value for it (nobody's, no question, not classified) are left out. The question of a segment is
    that of the turn in which it begins. Raises ValueError for `class` where no classes were given.
    """
    if variable not in of.places.columns:
        raise ValueError(f"segments bear no {variable}: classes need the classes of the segments")
    values = of.places[variable].cast(pl.String)
    spoken = np.zeros(of.places.height, dtype=bool)
    spoken[of.segment] = True
    modalities = values.filter(pl.Series(spoken)).drop_nulls().unique().sort()
    number = values.cast(pl.Enum(modalities), strict=False).to_physical().cast(pl.Int64).fill_null(-1).to_numpy()
    interview = of.places["interview"].rank("dense").cast(pl.Int64).to_numpy() - 1
    n_words, n_interviews = max(of.words.height, 1), int(interview.max(initial=0)) + 1
    here = number[of.segment] >= 0
    segment, word = of.segment[here], of.word[here]
    keys, f = summed((number[segment] * n_words + word) * n_interviews + interview[segment], of.count[here])
    at, who = keys // n_interviews, keys % n_interviews
    begins = np.flatnonzero(np.diff(at, prepend=-1))
    heard = np.bincount(distinct(at % n_words * n_interviews + who) // n_interviews, minlength=of.words.height)
    return Cells(
        modalities,
        *(at[begins] // n_words, at[begins] % n_words),
        *(np.add.reduceat(f, begins) if len(begins) else f, np.diff(begins, append=len(at))),
        heard,
    )
