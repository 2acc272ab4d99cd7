"""What an analysis says, as the graphs count it: which words each segment, or turn, bears."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from verbatim import crossing, lexicon
from verbatim.counted_codings import COUNTED
from verbatim.similarity.cooccurrence import merge_rows, presence

PLACE = ["interview", "segment"]
TURN = 2**32


@dataclass(frozen=True)
class Spoken:
    """The words of the segments of an analysis.

    words (p,): lemmas in alphabetical order; active (p,): whether a lemma is active; an active lemma counts where it is
    active, another one everywhere. table (n, p), binary: the segments that bear each; segments: interview, segment,
    speaker, question and the attributes of the speaker of its n rows; classes (n,): their classes, 0 without.
    """

    words: list[str]
    active: np.ndarray
    table: csr_array
    segments: pl.DataFrame
    classes: np.ndarray

    @property
    def variables(self) -> list[str]:
        """Names of the attributes of the speakers, `interview` and `question`."""
        return [name for name in self.segments.columns if name not in ("segment", "speaker")]

    @property
    def numbers(self) -> list[int]:
        """Numbers of the classes that have a segment, sorted."""
        return [int(number) for number in np.unique(self.classes) if number > 0]

    def modalities(self, variable: str) -> list[str]:
        """Return the values of an attribute that somebody in the analysis has, sorted."""
        return self.segments[variable].drop_nulls().unique().sort().to_list()

    def having(self, variable: str, modality: str) -> np.ndarray:
        """Say for each segment (n,) whether its speaker has this value of an attribute."""
        return (self.segments[variable] == modality).fill_null(False).to_numpy()


@dataclass(frozen=True)
class Turns:
    """What turns bear: `table` (k, p) of their parts, each within one segment: `segment` and `turn` (k,)."""

    table: csr_array
    segment: np.ndarray
    turn: np.ndarray

    def within(self, segments: np.ndarray) -> csr_array:
        """Return which turns bear each word (turns, p), only what is said in the `segments` of a mask (n,)."""
        kept = segments[self.segment]
        _, turn = np.unique(self.turn[kept], return_inverse=True)
        return merge_rows(self.table[np.flatnonzero(kept)], turn, int(turn.max(initial=-1)) + 1)


def spoken(
    segment_lemmas: pl.DataFrame,
    lemmas: pl.DataFrame,
    segments: pl.DataFrame,
    speakers: pl.DataFrame,
    classes: pl.DataFrame | None = None,
) -> Spoken:
    """Return the words of an analysis, from its tables; without `classes`, of the segments that have a counted word."""
    if classes is None:
        places = segment_lemmas.lazy().select(PLACE).unique().sort(PLACE).with_columns(number=pl.lit(0)).collect()
    else:
        places = classes.select(*PLACE, number="class").sort(PLACE)
    rows = places.select(PLACE).join(lexicon.described(segments, speakers), on=PLACE, how="left", maintain_order="left")
    words, counted = _counted(lemmas)
    said = (
        segment_lemmas.lazy()
        .select(*PLACE, "lemma", "pos")
        .join(counted.lazy(), on=["lemma", "pos"])
        .join(places.lazy().select(PLACE).with_row_index("row"), on=PLACE)
        .select("row", "word")
        .collect()
    )
    table = presence(said["row"].to_numpy(), said["word"].to_numpy(), places.height, words.height)
    return Spoken(words["lemma"].to_list(), words["active"].to_numpy(), table, rows, places["number"].to_numpy())


def _counted(lemmas: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return lemma and active, once each and sorted, and the parts of speech (lemma, pos, word) that count."""
    known = lemmas.select("lemma", "pos", active=pl.col("status") == "active")
    words = known.group_by("lemma").agg(pl.col("active").any()).sort("lemma").with_row_index("word")
    counted = known.join(words, on="lemma", suffix="_word").filter(pl.col("active") == pl.col("active_word"))
    return words.select("lemma", "active"), counted.select("lemma", "pos", "word")


def turns_of(
    said: Spoken, lemmas: pl.DataFrame, tokens: pl.DataFrame, turns: pl.DataFrame, segments: pl.DataFrame
) -> Turns:
    """Return the words of the participants' turns, from the tables lexicon/lemmas and corpus/*."""
    rows = said.segments.select(PLACE).with_row_index("row")
    _, counted = _counted(lemmas)
    parts = (
        _tokens_of(segments.join(rows, on=PLACE), tokens, turns)
        .join(counted.lazy(), on=["lemma", "pos"], how="left")
        .sort("interview", "turn", "row")
        .with_columns(whole=pl.struct("interview", "turn").rle_id())
        .with_columns(part=pl.struct("whole", "row").rle_id())
        .collect()
    )
    first = parts.unique("part", keep="first", maintain_order=True)
    bearing = parts.drop_nulls("word")
    table = presence(bearing["part"].to_numpy(), bearing["word"].to_numpy(), first.height, len(said.words))
    return Turns(table, first["row"].to_numpy(), first["whole"].to_numpy())


def _tokens_of(segments: pl.DataFrame, tokens: pl.DataFrame, turns: pl.DataFrame) -> pl.LazyFrame:
    """Return interview, turn, row of the segment, lemma and pos of the participants' counted tokens."""
    ranges = segments.lazy().select(
        "interview",
        "row",
        first=pl.col("first_turn") * TURN + pl.col("first_token"),
        last=pl.col("last_turn") * TURN + pl.col("last_token"),
    )
    participants = turns.lazy().filter(pl.col("role") == "participant").select("interview", "turn")
    return (
        tokens.lazy()
        .filter(pl.col("status").is_in(lexicon.COUNTED))
        .join(participants, on=["interview", "turn"], how="semi")
        .with_columns(first=pl.col("turn") * TURN + pl.col("token"))
        .sort("first")
        .join_asof(ranges.sort("first"), on="first", by="interview", check_sortedness=False)
        .filter(pl.col("first") <= pl.col("last"))
        .select("interview", "turn", "row", "lemma", "pos")
    )


def touched(
    said: Spoken, theme: str, codings: pl.DataFrame, segments: pl.DataFrame, tokens: pl.DataFrame
) -> np.ndarray:
    """Say for each segment (n,) whether a coding of `theme` touches it."""
    found = crossing.touched(codings.filter(COUNTED & (pl.col("theme") == theme)), segments, tokens).select(PLACE)
    marked = said.segments.select(PLACE).join(
        found.with_columns(touched=True), on=PLACE, how="left", maintain_order="left"
    )
    return marked["touched"].fill_null(False).to_numpy()
