"""Repeated segments: sequences of words said several times, and the classes that say them (Salem 1987)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.special import chdtrc

from verbatim import tables
from verbatim.false_discovery import adjust
from verbatim.numbering import distinct
from verbatim.reinert.profiles import signed_chi2

SHORTEST, LONGEST, FEWEST = 2, 6, 4
THRESHOLD = 3.84
MOST = 300
STOPS = r"^[.?!…:;]+$"
NOT_WORDS = ["PUNCT", "SYM", "SPACE"]


@dataclass(frozen=True)
class Sequences:
    """The repeated sequences of one length: their occurrences (m,), of which `ids` tells which sequence.

    `starts` (m,): word with which each occurrence begins; `counts` (S,) occurrences of each sequence;
    `redundant` (S,): it is part of a longer one said as often; `possible`: words (n,) that begin a
    sequence of this length, repeated or not.
    """

    length: int
    starts: np.ndarray
    ids: np.ndarray
    counts: np.ndarray
    redundant: np.ndarray
    possible: np.ndarray


def sequences(words: np.ndarray, runs: np.ndarray, longest: int = LONGEST, fewest: int = FEWEST) -> list[Sequences]:
    """Return the sequences of 2 to `longest` words that occur at least `fewest` times, by length.

    `words` (n,): each word as a code; `runs` (n,): number of the stretch in which it stands, which no
    sequence leaves. Occurrences may overlap. A sequence is built on the two of one word less that it
    begins and ends with, so that each length is one sort of what the length before has left.
    """
    n = len(words)
    ids, n_ids = np.unique(words, return_inverse=True)[1].astype(np.int64), n
    alive = np.ones(n, dtype=bool)
    found: list[Sequences] = []
    for length in range(SHORTEST, longest + 1):
        reach = max(n - length + 1, 0)
        possible = np.flatnonzero(runs[:reach] == runs[length - 1 : length - 1 + reach])
        starts = possible[alive[possible] & alive[possible + 1]]
        keys, inverse, counts = np.unique(
            ids[starts] * n_ids + ids[starts + 1], return_inverse=True, return_counts=True
        )
        kept = counts >= fewest
        rank = np.cumsum(kept) - 1
        chosen = kept[inverse]
        starts, own, counts, keys = starts[chosen], rank[inverse[chosen]], counts[kept], keys[kept]
        if found:
            _mark_redundant(found[-1], keys // n_ids, keys % n_ids, counts)
        found.append(Sequences(length, starts, own, counts, np.zeros(len(counts), dtype=bool), possible))
        alive, ids, n_ids = np.zeros(n, dtype=bool), np.zeros(n, dtype=np.int64), max(len(counts), 1)
        alive[starts], ids[starts] = True, own
    return found


def _mark_redundant(shorter: Sequences, first: np.ndarray, last: np.ndarray, counts: np.ndarray) -> None:
    for part in (first, last):
        shorter.redundant[part[shorter.counts[part] == counts]] = True


def repeats(analysis: str, words: pl.DataFrame, most: int = MOST) -> pl.DataFrame:
    """Return the table classes/repeats; `words` are placed (`words.placed`).

    Words are compared in lower case and with straight apostrophes, as they are said; noise is passed over, as
    are commas, quotation marks and the like, where transcribers differ; no sequence crosses a full stop
    or its kin (. ? ! … : ;), a turn or a segment. At least four occurrences in the classified segments;
    a sequence that is part of a longer one said as often is dropped. χ² of the 2×2 table: occurrences of the
    sequence and of the other sequences of its length, in the class and outside. Each class keeps its
    `most` strongest of χ² over 3.84; adjusted probabilities are over all sequences tested.
    """
    said = _stretches(words)
    numbers = said["class"].unique().sort()
    labels = numbers.search_sorted(said["class"]).to_numpy().astype(np.int64)
    forms = said["form"].rank("dense").to_numpy() if said.height else np.zeros(0, dtype=np.int64)
    interviews = said["interview"].rank("dense").to_numpy().astype(np.int64) if said.height else labels
    found = sequences(forms, said["run"].to_numpy())
    rows = [_rows(level, labels, interviews, len(numbers)) for level in found]
    tested = pl.concat(rows) if rows else pl.DataFrame()
    if tested.is_empty():
        return tables.empty("classes/repeats")
    k = len(numbers)
    p = tested["p"].to_numpy().reshape(-1, k)
    tested = tested.with_columns(pl.Series("p_adjusted", adjust(p).ravel())).filter(pl.col("chi2") > THRESHOLD)
    tested = tested.with_columns(sequence=_texts(said["form"], tested), **{"class": numbers.gather(tested["column"])})
    order = ["class", "chi2", "n_total", "sequence"]
    kept = tested.sort(order, descending=[False, True, True, False]).group_by("class", maintain_order=True).head(most)
    return kept.select(
        pl.lit(analysis).alias("analysis"),
        *("class", "sequence", "length", "n_in_class", "n_total", "chi2", "p", "p_adjusted", "n_interviews"),
    )


def _stretches(words: pl.DataFrame) -> pl.DataFrame:
    """Return interview, class, form and run of the words of classified segments, stops and noise taken out."""
    stop = pl.col("form").str.contains(STOPS)
    noise = (pl.col("pos") == "X") & (pl.col("status") == "ignored")
    place = ["interview", "segment", "turn"]
    return (
        words.lazy()
        .filter(pl.col("class") > 0)
        .with_columns(change=stop | pl.any_horizontal(pl.col(c).ne_missing(pl.col(c).shift()) for c in place))
        .with_columns(run=pl.col("change").cum_sum().cast(pl.Int64))
        .filter(~stop & ~noise & ~pl.col("pos").is_in(NOT_WORDS))
        .select("interview", "class", "run", form=pl.col("form").str.to_lowercase().str.replace_all("’", "'"))
        .collect()
    )


def _rows(level: Sequences, labels: np.ndarray, interviews: np.ndarray, k: int) -> pl.DataFrame:
    """Return sequence × class of one length, `first` being a word with which the sequence begins."""
    kept = np.flatnonzero(~level.redundant)
    n = len(level.counts)
    cells = level.ids * k + labels[level.starts]
    counts = np.bincount(cells, minlength=n * k).reshape(n, k)
    borne = distinct(cells * (interviews.max(initial=0) + 1) + interviews[level.starts])
    spread = np.bincount(borne // (interviews.max(initial=0) + 1), minlength=n * k).reshape(n, k)
    first = np.zeros(n, dtype=np.int64)
    first[level.ids[::-1]] = level.starts[::-1]
    sizes = np.bincount(labels[level.possible], minlength=k)
    chi2 = signed_chi2(counts, level.counts, sizes, len(level.possible))[kept]
    return pl.DataFrame(
        {
            "first": np.repeat(first[kept], k),
            "length": np.full(len(kept) * k, level.length, dtype=np.int64),
            "column": np.tile(np.arange(k), len(kept)),
            "n_in_class": counts[kept].ravel(),
            "n_total": np.repeat(level.counts[kept], k),
            "chi2": chi2.ravel(),
            "p": chdtrc(1, np.abs(chi2)).ravel(),
            "n_interviews": spread[kept].ravel(),
        }
    )


def _texts(forms: pl.Series, rows: pl.DataFrame) -> pl.Series:
    texts = [" ".join(forms[first : first + length]) for first, length in rows.select("first", "length").iter_rows()]
    return pl.Series("sequence", texts, dtype=pl.String)
