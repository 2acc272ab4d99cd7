"""The words that an analysis counts, as columns of numbers: ten million of them take some hundred megabytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from verbatim import lexicon
from verbatim.positions import segment_of, turn_of


@dataclass(frozen=True)
class Words:
    """Words of participants in the segments of an analysis, in the order of the corpus: n words.

    `interview`, `turn`, `segment` (n,): row of `interviews`, `turns` and `segments`; `form`, `lemma`, `pos` (n,): row
    of `forms`, `lemmas`, `parts_of_speech`; `active` (n,). `segments` has the columns of lexicon.described and
    n_tokens; `seconds` (n_turns,): how long a word of the turn lasts on average, NaN where transcripts do not tell.
    Forms are in lower case.
    """

    interview: np.ndarray
    turn: np.ndarray
    segment: np.ndarray
    form: np.ndarray
    lemma: np.ndarray
    pos: np.ndarray
    active: np.ndarray
    interviews: list[str]
    forms: list[str]
    lemmas: list[str]
    parts_of_speech: list[str]
    segments: pl.DataFrame
    seconds: np.ndarray

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self.form)


@dataclass(frozen=True)
class Grouping:
    """The modalities of a variable: `modalities`, and the row of its own for each segment (n_segments,), −1: none."""

    variable: str
    modalities: list[str]
    of_segments: np.ndarray


def collect(tokens: pl.DataFrame, turns: pl.DataFrame, segments: pl.DataFrame, speakers: pl.DataFrame) -> Words:
    """Return the active and supplementary words of participants in `segments`, the rows that an analysis takes.

    The tables are corpus/tokens, corpus/turns, corpus/segments and corpus/speakers, sorted by their keys.
    """
    turn = turn_of(tokens, turns)
    segment = segment_of(tokens, segments)
    speaks = (turns["role"] == "participant").to_numpy()
    said = tokens["status"].is_in(lexicon.COUNTED).to_numpy() & speaks[turn]
    per_turn = np.bincount(turn[said], minlength=turns.height)
    counted = said & (segment >= 0)
    kept = tokens.select("interview", "form", "lemma", "pos", "status").filter(pl.Series(counted))
    interview, interviews = _numbered(kept["interview"])
    form, forms = _numbered(kept["form"].str.to_lowercase())
    lemma, lemmas = _numbered(kept["lemma"])
    pos, parts = _numbered(kept["pos"])
    return Words(
        *(interview, turn[counted], segment[counted], form, lemma, pos, (kept["status"] == "active").to_numpy()),
        *(interviews, forms, lemmas, parts),
        lexicon.described(segments, speakers).with_columns(segments["n_tokens"]),
        (turns["end_s"] - turns["start_s"]).cast(pl.Float64).fill_null(np.nan).to_numpy() / np.maximum(per_turn, 1),
    )


def _numbered(column: pl.Series) -> tuple[np.ndarray, list[str]]:
    """Return the row of each value in the sorted distinct values, and these."""
    kinds = column.unique().sort()
    return column.cast(pl.Enum(kinds)).to_physical().cast(pl.Int32).to_numpy(), kinds.to_list()


def group(words: Words, variable: str) -> Grouping:
    """Return the modalities of `variable`: `all` (one modality), or a column of `words.segments`.

    Segments whose speaker has no value for it belong to no modality.
    """
    if variable == "all":
        return Grouping("all", ["all"], np.zeros(words.segments.height, dtype=np.int32))
    values = words.segments[variable].cast(pl.String)
    kinds = values.drop_nulls().unique().sort()
    numbers = values.cast(pl.Enum(kinds)).to_physical().cast(pl.Int32).fill_null(-1)
    return Grouping(variable, kinds.to_list(), numbers.to_numpy())


def check_variables(variables: Sequence[str], segments: pl.DataFrame, speakers: pl.DataFrame) -> None:
    """Raise StudyError when one of `variables`, `class` apart, is no attribute that segments bear."""
    lexicon.check_variables(compared(variables), segments, speakers)


def compared(variables: Sequence[str]) -> list[str]:
    """Return the variables of the settings that segments bear: all but `class`, which is not of the vocabulary."""
    return [name for name in variables if name != "class"]
