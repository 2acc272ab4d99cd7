"""Associated words: which words come with a word more often than chance would have it."""

from __future__ import annotations

import numpy as np
import polars as pl

from verbatim import tables
from verbatim.similarity.association import log10_probability
from verbatim.similarity.cooccurrence import Cooccurrences, count, presence

LEAST = 3


def table(analysis: str, segment_lemmas: pl.DataFrame, lemmas: pl.DataFrame, most: int = 20) -> pl.DataFrame:
    """Return lexicon/associations: for each active lemma of three segments or more, the `most` that it attracts most.

    Two lemmas are associated where they meet in more segments than chance would have it; they are ranked by the χ² of
    the 2×2 table, without correction, then by name. `segment_lemmas` and `lemmas` are the tables of one analysis; the
    segments counted are those that hold a word.
    """
    words, pairs = _pairs(segment_lemmas, lemmas)
    if not len(pairs.source):
        return tables.empty("lexicon/associations")
    a, (first, second), n = pairs.together.astype(float), pairs.margins.astype(float), pairs.n
    excess = a * n - first * second
    drawn = np.flatnonzero(excess > 0)
    a, first, second, excess = a[drawn], first[drawn], second[drawn], excess[drawn]
    room = first * (n - first) * second * (n - second)
    chi2 = np.divide(n * excess**2, room, out=np.zeros(len(room)), where=room > 0)
    one, other = np.tile(pairs.source[drawn], 2), np.tile(pairs.target[drawn], 2)
    one[len(drawn) :], other[len(drawn) :] = pairs.target[drawn], pairs.source[drawn]
    ranks, kept = _ranked(one, other, np.tile(chi2, 2), most)
    one, other, at = one[kept], other[kept], kept % len(drawn)
    frequency = pairs.frequency.astype(np.int64)
    margins = np.stack([frequency[one], frequency[other]])
    return pl.DataFrame(
        {
            "analysis": pl.repeat(analysis, len(kept), eager=True),
            "lemma": words.gather(one),
            "other": words.gather(other),
            "n_segments": margins[0],
            "n_other": margins[1],
            "together": a[at].astype(np.int64),
            "chi2": chi2[at],
            "log10_p": log10_probability(a[at], margins, n),
            "place": ranks.astype(np.int64),
        }
    )


def _pairs(segment_lemmas: pl.DataFrame, lemmas: pl.DataFrame) -> tuple[pl.Series, Cooccurrences]:
    """Return the active lemmas of enough segments, in alphabetical order, and how they meet."""
    active = lemmas.lazy().filter(pl.col("status") == "active").select("lemma", "pos")
    places = segment_lemmas.select(row=pl.struct("interview", "segment").rle_id())["row"]
    said = (
        segment_lemmas.lazy()
        .select("lemma", "pos", row=places)
        .join(active, on=["lemma", "pos"], how="semi")
        .select("row", "lemma")
        .unique()
        .collect()
    )
    often = said.group_by("lemma").len().filter(pl.col("len") >= LEAST)
    words = often["lemma"].sort()
    said = said.join(often, on="lemma", how="semi")
    columns = said["lemma"].cast(pl.Enum(words)).to_physical().to_numpy()
    n = int(places.max() or 0) + 1 if len(places) else 0
    return words, count(presence(said["row"].to_numpy(), columns, n, len(words)))


def _ranked(one: np.ndarray, other: np.ndarray, chi2: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the rank, from 1, and the place of the pairs kept: the `most` of largest χ² of each `one`."""
    order = np.lexsort((other, -chi2, one))
    begins = np.searchsorted(one[order], one[order])
    ranks = np.arange(len(order)) - begins + 1
    return ranks[ranks <= most], order[ranks <= most]
