"""Labbé's distance between what the modalities of a variable say."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import numpy as np
import polars as pl

from verbatim import lexicon
from verbatim.intertextual_distance import labbe
from verbatim.vocabulary.words import compared

log = logging.getLogger("verbatim")

MOST = 400
TEXTS = dict.fromkeys(("variable", "first", "second"), pl.String)


def measure(
    analysis: str,
    segment_lemmas: pl.DataFrame,
    segments: pl.DataFrame,
    speakers: pl.DataFrame,
    variables: Sequence[str] = ("interview",),
    minimum_frequency: int = 1,
) -> pl.DataFrame:
    """Return the table lexicon/distances for each of `variables` (`class` left out) with 2 to 400 modalities.

    Texts are the lemmas, with their part of speech, that participants of a modality say; those said fewer than
    `minimum_frequency` times by all of them do not count. Segments whose speaker has no value for a variable are left
    out of it. Errors: StudyError for an unknown variable.
    """
    variables = compared(variables)
    lexicon.check_variables(variables, segments, speakers)
    parts = [pl.DataFrame(schema=TEXTS | {"distance": pl.Float64})]
    for variable in variables:
        counts, modalities = _counts(segment_lemmas, segments, speakers, variable, minimum_frequency)
        if 2 <= len(modalities) <= MOST:
            parts.append(_pairs(variable, modalities, labbe(counts)))
        else:
            told = "%s : %d modalités dans « %s », pas de distances (il en faut de 2 à %d)"
            log.info(told, variable, len(modalities), analysis, MOST)
    return pl.concat(parts).with_columns(pl.lit(analysis).alias("analysis"))


def _counts(
    segment_lemmas: pl.DataFrame,
    segments: pl.DataFrame,
    speakers: pl.DataFrame,
    variable: str,
    minimum_frequency: int,
) -> tuple[np.ndarray, list[str]]:
    """Return occurrences of each lemma in each modality (n_lemmas, n_modalities), and the modalities in order."""
    word, place = ["lemma", "pos"], ["interview", "segment"]
    said = lexicon.described(segments, speakers).select(*place, modality=pl.col(variable).cast(pl.String))
    cells = (
        segment_lemmas.lazy()
        .join(said.lazy().drop_nulls("modality"), on=place)
        .group_by("modality", *word)
        .agg(f=pl.col("count").sum())
        .filter(pl.col("f").sum().over(word) >= minimum_frequency)
        .with_columns(row=pl.struct(word).rank("dense") - 1)
        .collect()
    )
    modalities = cells["modality"].unique().sort()
    if not 2 <= len(modalities) <= MOST:
        return np.zeros((0, 0)), modalities.to_list()
    counts = np.zeros((cells["row"].n_unique(), len(modalities)))
    counts[cells["row"], modalities.search_sorted(cells["modality"])] = cells["f"]
    return counts, modalities.to_list()


def _pairs(variable: str, modalities: list[str], distances: np.ndarray) -> pl.DataFrame:
    first, second = np.triu_indices(len(modalities), 1)
    names = pl.Series(modalities, dtype=pl.String)
    texts = {"variable": [variable] * len(first), "first": names.gather(first), "second": names.gather(second)}
    return pl.DataFrame(texts | {"distance": distances[first, second]})
