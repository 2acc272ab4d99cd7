"""What coders are compared on: the interviews that two or more coded, their units, and who sees which theme where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from verbatim.agreement import NOT_CODED
from verbatim.corpus import SILENT_POS
from verbatim.positions import segment_of
from verbatim.theme_suggestions import sentences

# What coders did, whatever a person decided on it since: a passage set aside was coded all the same.
MADE = (pl.col("anchor") != "lost") & (pl.col("origin") == "human")
PLACE = 2**32


def made(codings: pl.DataFrame) -> pl.DataFrame:
    """Return the codings that people made and that stand somewhere, also those that a person set aside since."""
    return codings.filter(MADE)


def readers(codings: pl.DataFrame) -> dict[str, list[str]]:
    """Return interview -> its coders: those who coded something in it.

    Who read an interview and found nothing to code there leaves no trace, and cannot be told from who did not read it.
    """
    pairs = made(codings).select("interview", "coder").unique().sort("interview", "coder")
    found: dict[str, list[str]] = {}
    for interview, coder in pairs.iter_rows():
        found.setdefault(interview, []).append(coder)
    return found


@dataclass(frozen=True)
class Compared:
    """The participants' words of the interviews that two coders or more coded, in the order of speech.

    words: interview, turn, start, end, unit (from 0, growing; −1: none).
    `read` (n_interviews, n_coders): who coded which interview.
    """

    interviews: Sequence[str]
    coders: Sequence[str]
    read: np.ndarray
    words: pl.DataFrame
    n_units: int

    @cached_property
    def unit(self) -> np.ndarray:
        """Unit of each word."""
        return self.words["unit"].to_numpy()

    @cached_property
    def interview_of_unit(self) -> np.ndarray:
        """Interview (a number) of each unit."""
        found = np.zeros(self.n_units, dtype=np.int64)
        known = self.unit >= 0
        found[self.unit[known]] = self.interview_of_word[known]
        return found

    @cached_property
    def interview_of_word(self) -> np.ndarray:
        """Interview (a number) of each word."""
        runs = self.words["interview"].rle().struct.unnest()
        numbers = {name: i for i, name in enumerate(self.interviews)}
        return np.repeat(np.array([numbers[name] for name in runs["value"]], dtype=np.int64), runs["len"].to_numpy())

    @cached_property
    def _turns(self) -> tuple[dict[tuple[str, int], int], np.ndarray, np.ndarray]:
        """Turn -> its number; where each word begins and ends, in numbers that grow along the interviews."""
        runs = self.words.select(pl.struct("interview", "turn").rle_id().alias("turn"), "start", "end")
        number = runs["turn"].to_numpy().astype(np.int64)
        names = self.words.select("interview", "turn").unique(maintain_order=True).rows()
        starts, ends = (number * PLACE + runs[name].to_numpy() for name in ("start", "end"))
        return {name: i for i, name in enumerate(names)}, starts, ends

    def turn_of_word(self) -> np.ndarray:
        """Return the number of the turn of each word, from 0."""
        return self._turns[1] // PLACE

    def spans(self, codings: pl.DataFrame) -> np.ndarray:
        """Return first word and last (excluded) of each coding (n, 2); equal where it holds no participant's word."""
        numbers, starts, ends = self._turns
        rows = codings.select("interview", "turn", "start", "end").rows()
        turn = np.array([numbers.get((interview, turn), -1) for interview, turn, *_ in rows], dtype=np.int64)
        begin, end = (np.array([row[i] for row in rows], dtype=np.int64) for i in (2, 3))
        first = np.searchsorted(ends, turn * PLACE + begin, side="right")
        last = np.searchsorted(starts, turn * PLACE + end, side="left")
        return np.stack([first, np.maximum(first, np.where(turn < 0, first, last))], axis=1)


def compare(
    codings: pl.DataFrame, turns: pl.DataFrame, tokens: pl.DataFrame, segments: pl.DataFrame, unit: str
) -> Compared:
    """Return the interviews that two coders or more coded, cut into units.

    `unit`: segment (as corpus/segments cuts them, the same for all analyses), sentence (as suggestions cut them: see
    theme_suggestions.sentences) or turn. All are the participants' only; a coding outside their words meets none.
    """
    by_interview = {name: own for name, own in readers(codings).items() if len(own) >= 2}
    interviews = sorted(by_interview)
    coders = sorted({coder for own in by_interview.values() for coder in own})
    read = np.array([[coder in by_interview[name] for coder in coders] for name in interviews], dtype=bool)
    own = pl.col("interview").is_in(interviews)
    turns, tokens, segments = (frame.filter(own) for frame in (turns, tokens, segments))
    spoken = turns.filter(pl.col("role") == "participant").select("interview", "turn", spoken=pl.lit(True))
    words = (
        tokens.with_columns(unit=pl.Series(_units(unit, turns, tokens, segments), dtype=pl.Int64))
        .join(spoken, on=["interview", "turn"], how="left", maintain_order="left")
        .filter(pl.col("spoken") & ~pl.col("pos").is_in(SILENT_POS))
        .select("interview", "turn", "start", "end", "unit")
    )
    known = words.filter(pl.col("unit") >= 0)["unit"].unique().sort()
    # a unit without a word (laughter only) is none
    found = words["unit"].to_numpy()
    words = words.with_columns(unit=pl.Series(np.where(found < 0, -1, np.searchsorted(known.to_numpy(), found))))
    return Compared(interviews, coders, read.reshape(len(interviews), len(coders)), words, len(known))


def _units(unit: str, turns: pl.DataFrame, tokens: pl.DataFrame, segments: pl.DataFrame) -> np.ndarray:
    """Return the number of the unit of each token, growing along the interviews; −1: none."""
    if tokens.is_empty():
        return np.zeros(0, dtype=np.int64)
    if unit == "segment":
        return segment_of(tokens, segments).astype(np.int64)
    if unit == "turn":
        return tokens.select(pl.struct("interview", "turn").rle_id()).to_series().to_numpy().astype(np.int64)
    found = np.full(tokens.height, -1, dtype=np.int64)
    for row, (first, last) in enumerate(sentences.cut(turns, tokens).select("first", "last").iter_rows()):
        found[first : last + 1] = row
    return found


def marks(
    compared: Compared, codings: pl.DataFrame, below: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, np.ndarray]]:
    """Return theme -> coder -> the words (first, last excluded; disjoint, in order) that this coder marks with it.

    `below`: theme -> its own id and those of the themes below it, whose passages count as its own. Passages of a
    coder that overlap are one. Only codings of interviews compared, with a participant's word in them.
    """
    own = made(codings).filter(pl.col("interview").is_in(list(compared.interviews)))
    spans = compared.spans(own)
    by_theme: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for (theme, coder), (first, last) in zip(own.select("theme", "coder").iter_rows(), spans.tolist(), strict=True):
        if last > first:
            by_theme.setdefault(theme, {}).setdefault(coder, []).append((first, last))
    found = {}
    for theme, ids in below.items():
        gathered: dict[str, list[tuple[int, int]]] = {}
        for one in ids:
            for coder, places in by_theme.get(one, {}).items():
                gathered.setdefault(coder, []).extend(places)
        found[theme] = {coder: _union(places) for coder, places in sorted(gathered.items())}
    return found


def _union(places: list[tuple[int, int]]) -> np.ndarray:
    found: list[list[int]] = []
    for first, last in sorted(places):
        if found and first < found[-1][1]:
            found[-1][1] = max(found[-1][1], last)
        else:
            found.append([first, last])
    return np.array(found, dtype=np.int64)


def marked_words(compared: Compared, marked: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return which words (n_words, n_coders) each coder marks."""
    found = np.zeros((len(compared.unit), len(compared.coders)), dtype=bool)
    for column, coder in enumerate(compared.coders):
        if coder in marked:
            change = np.zeros(len(found) + 1, dtype=np.int64)
            np.add.at(change, marked[coder][:, 0], 1)
            np.add.at(change, marked[coder][:, 1], -1)
            found[:, column] = np.cumsum(change[:-1]) > 0
    return found


def codes(compared: Compared, words: np.ndarray) -> np.ndarray:
    """Return who sees a theme in which unit (n_units, n_coders): 1, 0, or −1 where the coder did not code it.

    `words` is what `marked_words` gives: a coder sees the theme in a unit when one of its words is marked.
    """
    found = np.where(compared.read[compared.interview_of_unit], 0, NOT_CODED)
    for column in range(words.shape[1]):
        seen = compared.unit[words[:, column]]
        found[seen[seen >= 0], column] = 1
    return found
