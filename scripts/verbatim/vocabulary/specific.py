"""Parts of speech and groups of words that a modality uses more, or less, than chance would have it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

import numpy as np
import polars as pl

from verbatim.false_discovery import adjust
from verbatim.reinert.groups import GroupWord, match_lemmas
from verbatim.specificities import score
from verbatim.vocabulary.words import Grouping, Words, compared, group

log = logging.getLogger("verbatim")

NUMBERS = {"f": pl.Int64, "F": pl.Int64, "t": pl.Int64, "T": pl.Int64, "per_thousand": pl.Float64}
NUMBERS |= {"score": pl.Float64, "p_adjusted": pl.Float64, "n_interviews": pl.Int64}


def parts_of_speech(analysis: str, words: Words, variables: Sequence[str]) -> pl.DataFrame:
    """Return the table lexicon/modality_pos: every part of speech in every modality of each of `variables`.

    Sizes count active and supplementary occurrences of those who have a value for the variable; a variable of a single
    modality gives no row, `class` neither.
    """
    kinds = pl.DataFrame({"code": range(len(words.parts_of_speech)), "pos": words.parts_of_speech})
    return _table(analysis, words, variables, words.pos, kinds)


def word_groups(analysis: str, words: Words, variables: Sequence[str], rows: Iterable[GroupWord] = ()) -> pl.DataFrame:
    """Return the table lexicon/word_groups: every group of groups.csv in every modality, as `parts_of_speech`.

    Lemmas that the analysis does not know are told in the log; a word may be in several groups.
    """
    members, remarks = match_lemmas(rows, words.lemmas)
    for remark in remarks:
        log.warning("%s", remark)
    codes = {lemma: code for code, lemma in enumerate(words.lemmas)}
    pairs = [(codes[lemma], name) for name, lemmas in sorted(members.items()) for lemma in lemmas]
    kinds = pl.DataFrame(pairs, schema={"code": pl.Int64, "group": pl.String}, orient="row")
    return _table(analysis, words, variables, words.lemma, kinds)


def _table(
    analysis: str, words: Words, variables: Sequence[str], codes: np.ndarray, kinds: pl.DataFrame
) -> pl.DataFrame:
    """Return the rows of all variables; `codes` (n,) of words, `kinds` what they are: code and a name."""
    kind = kinds.columns[-1]
    texts = dict.fromkeys(("variable", "modality", kind), pl.String)
    parts = [pl.DataFrame(schema=texts | NUMBERS)]
    for variable in compared(variables):
        grouping = group(words, variable)
        if len(grouping.modalities) < 2:
            log.info("%s : moins de deux modalités dans « %s », rien à comparer", variable, analysis)
        elif kinds.height:
            cells = _scored(_cells(words, grouping, codes, kinds))
            parts.append(cells.with_columns(pl.lit(variable).alias("variable")).select(*texts, *NUMBERS))
    return pl.concat(parts).select(pl.lit(analysis).alias("analysis"), *texts, *NUMBERS)


def _cells(words: Words, grouping: Grouping, codes: np.ndarray, kinds: pl.DataFrame) -> pl.DataFrame:
    """Return modality, kind, f, F, t, T and n_interviews of every modality and kind, also where f is 0."""
    kind = kinds.columns[-1]
    of_words = grouping.of_segments[words.segment]
    sizes = np.bincount(of_words[of_words >= 0], minlength=len(grouping.modalities))
    asked = np.zeros(int(codes.max(initial=0)) + 1, dtype=bool)
    asked[kinds["code"]] = True
    kept = asked[codes] & (of_words >= 0)
    said = pl.DataFrame({"at": of_words[kept], "interview": words.interview[kept], "code": codes[kept]})
    said = said.group_by("at", "interview", "code").agg(f=pl.len().cast(pl.Int64))
    found = (
        said.join(kinds.with_columns(pl.col("code").cast(pl.Int32)), on="code")
        .group_by("at", kind)
        .agg(pl.col("f").sum(), n_interviews=pl.col("interview").n_unique().cast(pl.Int64))
    )
    names = pl.Series("modality", grouping.modalities, dtype=pl.String).to_frame()
    modalities = names.with_columns(
        at=pl.int_range(pl.len(), dtype=pl.Int32), t=pl.Series(sizes), T=pl.lit(sizes.sum())
    )
    return (
        modalities.join(kinds.select(kind).unique(), how="cross")
        .join(found, on=["at", kind], how="left")
        .with_columns(pl.col("f", "n_interviews").fill_null(0))
        .with_columns(F=pl.col("f").sum().over(kind))
        .filter(pl.col("F") > 0)
        .sort("at", kind)
    )


def _scored(cells: pl.DataFrame) -> pl.DataFrame:
    scores = score(*(cells[name].to_numpy() for name in ("f", "F", "t", "T")))
    return cells.with_columns(
        per_thousand=1000 * pl.col("f") / pl.col("t"),
        score=pl.Series(scores, dtype=pl.Float64),
        p_adjusted=pl.Series(adjust(10.0 ** -np.abs(scores)), dtype=pl.Float64),
    )
