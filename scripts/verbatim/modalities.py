"""Correspondence analysis of what modalities say: lemmas × modalities of an attribute."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import numpy as np
import polars as pl

from verbatim import correspondence, lexicon

log = logging.getLogger(__name__)

MOST_AXES = 6


def place(
    analysis: str,
    segment_lemmas: pl.DataFrame,
    lemmas: pl.DataFrame,
    segments: pl.DataFrame,
    speakers: pl.DataFrame,
    variables: Sequence[str],
    minimum_frequency: int,
) -> pl.DataFrame:
    """Return lexicon/correspondence: active lemmas × modalities of each variable with more than two.

    A lemma's active parts of speech are added up; those that reach `minimum_frequency` occurrences
    are rows. At most six axes; a variable with fewer has zeros on the missing ones (no inertia there).
    """
    lexicon.check_variables(variables, segments, speakers)
    active = lemmas.filter(pl.col("status") == "active").select("lemma", "pos")
    kept = segment_lemmas.join(active, on=["lemma", "pos"], how="semi", maintain_order="left")
    parts = [
        _points(lexicon.by_modality(kept, segments, speakers, name), name, minimum_frequency) for name in variables
    ]
    text = dict.fromkeys(("variable", "kind", "term"), pl.String)
    points = pl.concat([pl.DataFrame(schema={**text, "mass": pl.Float64}), *parts], how="diagonal")
    families = [name for name in points.columns if name.startswith(("coordinate_", "inertia_"))]
    return points.with_columns(pl.lit(analysis).alias("analysis"), pl.col(families).fill_null(0.0))


def _points(said: pl.DataFrame, variable: str, minimum_frequency: int) -> pl.DataFrame:
    """Return the points of one variable; no row and no column unless three modalities and two lemmas are left."""
    cells = said.group_by("lemma", "modality").agg(pl.col("f").sum())
    cells = cells.filter(pl.col("f").sum().over("lemma") >= minimum_frequency)
    terms, modalities = cells["lemma"].unique().sort(), cells["modality"].unique().sort()
    if len(modalities) < 3 or len(terms) < 2:
        log.info(
            "%s : pas d'analyse factorielle (%d modalités, %d lemmes ; il en faut au moins 3 et 2)",
            *(variable, len(modalities), len(terms)),
        )
        return pl.DataFrame()
    table = np.zeros((len(terms), len(modalities)))
    table[terms.search_sorted(cells["lemma"]), modalities.search_sorted(cells["modality"])] = cells["f"]
    found = correspondence.analyse(table, n_axes=MOST_AXES)
    named = [
        pl.DataFrame({"variable": variable, "kind": kind, "term": names, **points})
        for kind, names, points in (
            ("active", terms, found.row_points()),
            ("modality", modalities, found.column_points()),
        )
    ]
    return pl.concat(named)
