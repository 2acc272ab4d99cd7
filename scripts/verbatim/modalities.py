"""Correspondence analysis of what modalities say: lemmas × modalities of an attribute."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import numpy as np
import polars as pl

from verbatim import correspondence, lexicon

log = logging.getLogger(__name__)

MOST_AXES = 6
# modalities or lemmas beyond which all axes are not worth their time
LARGE = 200


def place(analysis: str, said: lexicon.Said, variables: Sequence[str], minimum_frequency: int) -> pl.DataFrame:
    """Return lexicon/correspondence: lemmas × modalities of each variable with more than two.

    A lemma's active parts of speech are added up, its supplementary ones too; those said at least
    `minimum_frequency` times are rows, the supplementary ones placed on the axes without weighing on them. At most
    six axes; a variable with fewer has zeros on the missing ones (no inertia there). Raises ValueError when `class`
    is asked of segments without classes.
    """
    parts = [_points(said, name, minimum_frequency) for name in variables]
    text = dict.fromkeys(("variable", "kind", "term"), pl.String)
    points = pl.concat([pl.DataFrame(schema={**text, "mass": pl.Float64}), *parts], how="diagonal")
    families = [name for name in points.columns if name.startswith(("coordinate_", "inertia_"))]
    return points.with_columns(pl.lit(analysis).alias("analysis"), pl.col(families).fill_null(0.0))


def _points(said: lexicon.Said, variable: str, minimum_frequency: int) -> pl.DataFrame:
    """Return the points of one variable; no row and no column unless three modalities and two lemmas are left."""
    cells = lexicon.by_modality(said, variable)
    active, supplementary = (_counts(cells, said.words, status, minimum_frequency) for status in lexicon.COUNTED)
    modalities = active["modality"].unique().sort()
    terms, others = (counts["lemma"].unique().sort() for counts in (active, supplementary))
    if len(modalities) < 3 or len(terms) < 2:
        log.info(
            "%s : pas d'analyse factorielle (%d modalités, %d lemmes ; il en faut au moins 3 et 2)",
            *(variable, len(modalities), len(terms)),
        )
        return pl.DataFrame()
    found = _analysed(active, terms, supplementary, others, modalities)
    points = [
        ("active", terms, found.row_points()),
        ("supplementary", others, found.supplementary_points()),
        ("modality", cells.modalities.gather(modalities), found.column_points()),
    ]
    named = [pl.DataFrame({"variable": variable, "kind": kind, "term": names, **rest}) for kind, names, rest in points]
    return pl.concat(named, how="diagonal")


def _counts(cells: lexicon.Cells, words: pl.DataFrame, status: str, minimum_frequency: int) -> pl.DataFrame:
    """Return modality (its number), lemma and f of the lemmas of that status that are said often enough."""
    here = (words["status"] == status).to_numpy()[cells.word]
    lemmas = words["lemma"].gather(cells.word[here])
    said = pl.DataFrame({"modality": cells.modality[here], "lemma": lemmas, "f": cells.f[here]})
    counts = said.group_by("modality", "lemma").agg(pl.col("f").sum())
    return counts.filter(pl.col("f").sum().over("lemma") >= minimum_frequency)


def _analysed(
    active: pl.DataFrame, terms: pl.Series, supplementary: pl.DataFrame, others: pl.Series, modalities: pl.Series
) -> correspondence.Correspondence:
    """Return the axes of the active lemmas, all computed where there are few, the first ones alone where not.

    What supplementary lemmas count in modalities without any active lemma has no place among the columns.
    """
    rest = supplementary.filter(pl.col("modality").is_in(modalities.implode()))
    tables = [
        (c["f"].to_numpy(), names.search_sorted(c["lemma"]), modalities.search_sorted(c["modality"]), len(names))
        for c, names in ((active, terms), (rest, others))
    ]
    if min(len(terms), len(modalities)) <= LARGE:
        dense = [np.zeros((n, len(modalities))) for *_, n in tables]
        for (f, row, column, _), table in zip(tables, dense, strict=True):
            table[row, column] = f
        return correspondence.analyse(dense[0], MOST_AXES, dense[1])
    from scipy.sparse import csr_array

    from verbatim import sparse_correspondence

    sparse = [csr_array((f, (row, column)), shape=(n, len(modalities))) for f, row, column, n in tables]
    return sparse_correspondence.analyse(sparse[0], MOST_AXES, sparse[1])
