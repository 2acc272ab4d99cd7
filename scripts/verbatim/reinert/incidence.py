"""From tables to sparse binary matrices: segments × forms, segments × attributes."""

from __future__ import annotations

import numpy as np
import polars as pl
from scipy.sparse import coo_array, csr_array

SEGMENT = ["interview", "segment"]
WORD = ["lemma", "pos"]
NOT_ATTRIBUTES = ("interview", "speaker", "role")


def active_forms(lemmas: pl.DataFrame, minimum_frequency: int, max_forms: int) -> list[str]:
    """Return the lemmas that enter the classification, sorted.

    Active rows of `lemmas` (lexicon/lemmas) are added up over parts of speech; those of at least
    `minimum_frequency` occurrences stay, the `max_forms` most frequent of them (equals: by name).
    """
    sums = lemmas.filter(pl.col("status") == "active").group_by("lemma").agg(pl.col("n_occurrences").sum())
    kept = sums.filter(pl.col("n_occurrences") >= minimum_frequency)
    kept = kept.sort("n_occurrences", "lemma", descending=[True, False]).head(max_forms)
    return sorted(kept["lemma"].to_list())


def supplementary_forms(lemmas: pl.DataFrame) -> list[str]:
    """Return the supplementary lemmas of `lemmas` (lexicon/lemmas), sorted."""
    return sorted(lemmas.filter(pl.col("status") == "supplementary")["lemma"].unique().to_list())


def form_matrix(
    rows: pl.DataFrame, segment_lemmas: pl.DataFrame, lemmas: pl.DataFrame, status: str, forms: list[str]
) -> csr_array:
    """Return which of `rows` (interview, segment) bears which of `forms` as a word of this `status`.

    Binary, (number of rows, number of forms); parts of speech of one lemma are merged.
    """
    words = lemmas.filter(pl.col("status") == status).select(WORD)
    pairs = segment_lemmas.select(*SEGMENT, *WORD).join(words, on=WORD, how="semi")
    pairs = pairs.select(*SEGMENT, term="lemma")
    return _matrix(rows, pairs, forms)


def count_matrix(
    rows: pl.DataFrame, segment_lemmas: pl.DataFrame, lemmas: pl.DataFrame, status: str, forms: list[str]
) -> csr_array:
    """Return how often each of `rows` (interview, segment) bears each of `forms` as a word of this `status`.

    (number of rows, number of forms); parts of speech of one lemma are added up.
    """
    words = lemmas.filter(pl.col("status") == status).select(WORD)
    said = segment_lemmas.join(words, on=WORD, how="semi").select(*SEGMENT, "count", term="lemma")
    numbered = rows.select(SEGMENT).with_row_index("row")
    columns = pl.DataFrame({"term": forms}, schema={"term": pl.String}).with_row_index("column")
    cells = said.join(numbered, on=SEGMENT).join(columns, on="term")
    cells = cells.group_by("row", "column").agg(pl.col("count").sum()).sort("row", "column")
    where = (cells["row"].to_numpy().astype(np.int32), cells["column"].to_numpy().astype(np.int32))
    return coo_array((cells["count"].to_numpy().astype(float), where), shape=(rows.height, len(forms))).tocsr()


def group_matrix(
    rows: pl.DataFrame, segment_lemmas: pl.DataFrame, members: dict[str, list[str]]
) -> tuple[csr_array, list[str]]:
    """Return which of `rows` bears a lemma of which group, and the groups, sorted.

    `members` are the lemmas of each group; a lemma counts whatever its status and part of speech.
    """
    pairs = [(lemma, group) for group, lemmas in members.items() for lemma in lemmas]
    listed = pl.DataFrame(pairs, schema={"lemma": pl.String, "term": pl.String}, orient="row")
    groups = sorted(members)
    return _matrix(rows, segment_lemmas.join(listed, on="lemma").select(*SEGMENT, "term"), groups), groups


def attribute_matrix(rows: pl.DataFrame, segments: pl.DataFrame, speakers: pl.DataFrame) -> tuple[csr_array, list[str]]:
    """Return which of `rows` bears which attribute=modality, and these, sorted; `interview=…` among them."""
    pairs = modalities(rows, segments, speakers).select(
        *SEGMENT, term=pl.col("variable") + pl.lit("=") + pl.col("modality")
    )
    terms = sorted(pairs["term"].unique().to_list())
    return _matrix(rows, pairs, terms), terms


def modalities(rows: pl.DataFrame, segments: pl.DataFrame, speakers: pl.DataFrame) -> pl.DataFrame:
    """Return interview, segment, speaker, variable and modality: the attributes of the segments in `rows`.

    They are those of the segment's speaker (corpus/speakers), save the role, and the interview; an
    empty cell is no modality.
    """
    names = [name for name in speakers.columns if name not in NOT_ATTRIBUTES]
    borne = rows.select(SEGMENT).join(segments.select(*SEGMENT, "speaker"), on=SEGMENT, how="left")
    borne = borne.join(speakers.select("interview", "speaker", *names), on=["interview", "speaker"], how="left")
    parts = [
        borne.select(
            *SEGMENT, "speaker", variable=pl.lit(name), modality=pl.col(name).cast(pl.String).str.strip_chars()
        )
        for name in ("interview", *names)
    ]
    return pl.concat(parts).filter(pl.col("modality").is_not_null() & (pl.col("modality") != ""))


def _matrix(rows: pl.DataFrame, pairs: pl.DataFrame, terms: list[str]) -> csr_array:
    numbered = rows.select(SEGMENT).with_row_index("row")
    columns = pl.DataFrame({"term": terms}, schema={"term": pl.String}).with_row_index("column")
    cells = pairs.join(numbered, on=SEGMENT).join(columns, on="term").select("row", "column").unique()
    cells = cells.sort("row", "column")
    where = (cells["row"].to_numpy().astype(np.int32), cells["column"].to_numpy().astype(np.int32))
    return coo_array((np.ones(len(cells)), where), shape=(rows.height, len(terms))).tocsr()
