"""How much is said, and how rich the vocabulary is: of an analysis, of its interviews and modalities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from verbatim import richness
from verbatim.vocabulary.words import Grouping, Words, compared, group


def measure(
    analysis: str, words: Words, variables: Sequence[str] = ("interview",), window: int = richness.WINDOW
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the tables lexicon/statistics and lexicon/growth.

    Rows of `all`, of `interview` and of each of `variables` (columns of the segments; `class` left out). Windows and
    factors of the measures of richness never go from one interview to another: where a modality has several, MATTR is
    the mean over all their windows, MTLD the words of all over the factors of all. What is said by somebody without
    value for a variable is in no row of it.
    """
    statistics, curves = [], []
    own = _Richness.of(_Ordered(words, group(words, "interview")), window)
    for variable in dict.fromkeys(["all", "interview", *compared(variables)]):
        part = _Ordered(words, group(words, variable))
        curve = richness.growth(richness.previous(part.form, part.group), part.group, part.n_groups)
        rich = own.taken(part.text_interview) if part.whole_interviews else _Richness.of(part, window)
        counts = _counts(part) | _measures(part, rich, window, curve)
        named = {"variable": variable, "modality": part.names}
        statistics.append(pl.DataFrame(named | counts))
        if variable in ("all", "interview"):
            curves.append(_curve(variable, part.names, curve))
    told = pl.lit(analysis).alias("analysis")
    numbers = pl.concat(statistics).with_columns(told, pl.col(pl.Float64).fill_nan(None))
    return numbers, pl.concat(curves).with_columns(told)


class _Ordered:
    """The words of a grouping, modality after modality, in each in the order of the corpus.

    `group`, `interview`, `turn`, `form`, `lemma`, `active` (n,); `text` (n,): what one modality says in one interview.
    """

    def __init__(self, words: Words, grouping: Grouping):
        self.words, self.names, self.n_groups = words, grouping.modalities, len(grouping.modalities)
        self.of_segments = grouping.of_segments
        of_words = grouping.of_segments[words.segment]
        rows = slice(None) if _grows(of_words) else np.argsort(of_words, kind="stable")[np.sum(of_words < 0) :]
        self.group = of_words[rows].astype(np.int64)
        self.interview, self.turn, self.form = (a[rows] for a in (words.interview, words.turn, words.form))
        self.lemma = words.lemma[rows].astype(np.int64) * len(words.parts_of_speech) + words.pos[rows]
        self.active = words.active[rows]
        pairs = self.group * len(words.interviews) + self.interview
        changes = np.diff(pairs, prepend=-1) != 0
        self.text = np.cumsum(changes) - 1
        self.text_group, self.text_interview = self.group[changes], self.interview[changes]

    @property
    def whole_interviews(self) -> bool:
        """Say whether each interview is, with all its words, in one modality."""
        return len(self.form) == len(self.words) and len(np.unique(self.text_interview)) == len(self.text_interview)

    def distinct(self, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the modality of each distinct pair (modality, value), and how many words have that pair."""
        width = int(values.max(initial=0)) + 1
        found = pl.DataFrame({"pair": self.group * width + values}).group_by("pair").len()
        return found["pair"].to_numpy() // width, found["len"].to_numpy().astype(np.int64)

    def total(self, of: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
        """Return how many of `of` (modality of each) there are, or the sum of their weights (n_groups,)."""
        return np.bincount(of, weights=weights, minlength=self.n_groups)


def _grows(numbers: np.ndarray) -> bool:
    return not len(numbers) or (numbers[0] >= 0 and bool((np.diff(numbers) >= 0).all()))


@dataclass(frozen=True)
class _Richness:
    """What the measures of richness add up, for each text (n_texts,): windows, their distinct words, factors, words."""

    kinds: np.ndarray
    windows: np.ndarray
    ways: np.ndarray

    @classmethod
    def of(cls, part: _Ordered, window: int) -> _Richness:
        n_texts = len(part.text_group)
        before = richness.previous(part.form, part.text)
        kinds, windows = richness.moving_windows(before, part.text, n_texts, window)
        return cls(kinds, windows, richness.factors(before, part.text, n_texts))

    def taken(self, texts: np.ndarray) -> _Richness:
        return _Richness(self.kinds[texts], self.windows[texts], self.ways[texts])


def _counts(part: _Ordered) -> dict[str, np.ndarray]:
    n, n_turns = part.total(part.group), part.total(part.distinct(part.turn)[0])
    placed = part.of_segments >= 0
    n_segments = part.total(part.of_segments[placed])
    tokens = part.total(part.of_segments[placed], part.words.segments["n_tokens"].to_numpy()[placed])
    seconds = part.words.seconds
    spoken = _sum_of_known(seconds[part.turn], part.group, part.n_groups)
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            "n_interviews": part.total(part.text_group),
            "n_turns": n_turns,
            "n_segments": n_segments,
            "n_occurrences": n,
            "n_active": part.total(part.group[part.active]),
            "n_lemmas": part.total(part.distinct(part.lemma)[0]),
            "share": n / len(part.words),
            "seconds": spoken,
            "time_share": spoken / _whole_time(part.words),
            "turn_length": n / n_turns,
            "segment_length": tokens / n_segments,
        }


def _whole_time(words: Words) -> float:
    """Return the seconds of all words; NaN unless transcripts time each interview: shares of a part would mislead."""
    own = _sum_of_known(words.seconds[words.turn], words.interview, len(words.interviews))
    return float(own.sum())


def _sum_of_known(values: np.ndarray, groups: np.ndarray, n_groups: int) -> np.ndarray:
    """Return the sum of the values that are no NaN, group by group (n_groups,); NaN where all are."""
    known = ~np.isnan(values)
    total = np.bincount(groups[known], weights=values[known], minlength=n_groups)
    return np.where(np.bincount(groups[known], minlength=n_groups) > 0, total, np.nan)


def _measures(
    part: _Ordered, rich: _Richness, window: int, curve: tuple[np.ndarray, np.ndarray, np.ndarray]
) -> dict[str, np.ndarray]:
    of, frequencies = part.distinct(part.form)
    n, n_forms = part.total(part.group), part.total(of)
    kinds, windows = (part.total(part.text_group, of_texts) for of_texts in (rich.kinds, rich.windows))
    ways = np.column_stack([part.total(part.text_group, way) for way in rich.ways.T])
    zipf = richness.zipf(frequencies, of, part.n_groups)
    which, lengths, met = curve
    heaps = richness.heaps(lengths, met, which, part.n_groups)
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            "n_forms": n_forms,
            "n_hapax": part.total(of[frequencies == 1]),
            "ttr": n_forms / n,
            "mattr": kinds / windows / window,
            "mtld": richness.diversity(n, ways),
            "yule_k": richness.yule_k(n, part.total(of, frequencies.astype(float) ** 2)),
            "herdan_c": richness.herdan_c(n, n_forms),
            "zipf_slope": zipf.slope,
            "zipf_r2": zipf.r2,
            "heaps_beta": heaps.slope,
            "heaps_r2": heaps.r2,
        }


def _curve(variable: str, names: list[str], curve: tuple[np.ndarray, np.ndarray, np.ndarray]) -> pl.DataFrame:
    which, lengths, met = curve
    modality = pl.Series(names, dtype=pl.String).gather(which)
    return pl.DataFrame({"variable": variable, "modality": modality, "n_occurrences": lengths, "n_forms": met})


def segment_lengths(analysis: str, words: Words) -> pl.DataFrame:
    """Return the table lexicon/segment_lengths."""
    lengths = words.segments.group_by(length="n_tokens").agg(n_segments=pl.len())
    return lengths.with_columns(pl.lit(analysis).alias("analysis"))
