"""Size and vocabulary of each class."""

from __future__ import annotations

import polars as pl

from verbatim.class_description.words import counted


def statistics(analysis: str, words: pl.DataFrame, classes: pl.DataFrame) -> pl.DataFrame:
    """Return the table classes/statistics; `words` are placed (`words.placed`), `classes` is classes/segments.

    Parts of speech of one lemma are one lemma, as in the classification. A hapax is a lemma said once in
    all classified segments; it belongs to the class in which it is said.
    """
    classified = classes.filter(pl.col("class") > 0)
    sizes = classified.group_by("class").agg(
        n_segments=pl.len(), n_interviews=pl.col("interview").n_unique(), share=pl.len() / max(classified.height, 1)
    )
    said = counted(words).group_by("class", "lemma").agg(n=pl.len())
    said = said.with_columns(is_hapax=pl.col("n").sum().over("lemma") == 1)
    vocabulary = said.group_by("class").agg(
        n_occurrences=pl.col("n").sum(), n_lemmas=pl.len(), n_hapax=pl.col("is_hapax").sum()
    )
    counts = "n_occurrences", "n_lemmas", "n_hapax"
    # a class of segments without any counted word cannot be, but must not make a null either
    full = sizes.join(vocabulary, on="class", how="left").with_columns(pl.col(counts).fill_null(0))
    share = pl.col("n_hapax") / pl.max_horizontal("n_lemmas", 1)
    return full.select(pl.lit(analysis).alias("analysis"), pl.all(), hapax_share=share).sort("class")
