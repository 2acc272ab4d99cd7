"""What changed since the accepted run: segments moved, classes born or gone, forms gained and lost."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from verbatim.class_names.accepted import MARKING, AcceptedRun, digests

WORDS = 10
UNKNOWN = "#"


def moves(pairs: pl.DataFrame, analysis: str) -> pl.DataFrame:
    """Return the table classes/moves from what `matching.counterparts` gives."""
    counted = pairs.group_by("accepted_class", "class").agg(pl.len().cast(pl.Int64).alias("n_segments"))
    return counted.select(pl.lit(analysis).alias("analysis"), pl.all()).sort("accepted_class", "class")


def counterparts(matches: pl.DataFrame, then: pl.DataFrame, now: pl.DataFrame, analysis: str) -> pl.DataFrame:
    """Return the table classes/counterparts: pairs of `matching.match`, then classes gone and born.

    `then` is AcceptedRun.segments, `now` what `accepted.placed_segments` gives.
    """
    before = then.filter(pl.col("class") > 0).group_by("class").agg(pl.len().alias("n_then"))
    after = now.filter(pl.col("found") > 0).group_by("found", "class").agg(pl.len().alias("n_now"))
    gone = before.join(matches, left_on="class", right_on="accepted_class", how="anti")
    born = after.join(matches, on="found", how="anti")
    pairs = matches.join(before, left_on="accepted_class", right_on="class", how="left").join(after, on="found")
    parts = [
        pairs,
        gone.select(pl.col("class").alias("accepted_class"), "n_then", status=pl.lit("gone")),
        born.select("found", "class", "n_now", status=pl.lit("born")),
    ]
    counts = ("accepted_class", "found", "class", "n_then", "n_now", "n_shared")
    return (
        pl.concat(parts, how="diagonal_relaxed")
        .select(
            pl.lit(analysis).alias("analysis"),
            *(pl.col(name).cast(pl.Int64).fill_null(0) for name in counts),
            "status",
            "jaccard",
        )
        .sort("accepted_class", "found")
    )


def known_terms(accepted: AcceptedRun, profiles: pl.DataFrame, lemmas: pl.DataFrame, key: bytes) -> pl.DataFrame:
    """Return the accepted profiles as (class, term, chi2), by descending χ².

    Lemmas of the present lexicon (lexicon/lemmas, classes/profiles) are recognised by their digest;
    the others are shown by the beginning of theirs.
    """
    present = pl.concat([lemmas["lemma"], profiles.filter(pl.col("kind") == "active")["term"].rename("lemma")])
    words = present.unique().sort()
    dictionary = pl.DataFrame({"term": words, "digest": digests(key, words)}).unique("digest", keep="first")
    found = accepted.profiles.join(dictionary, on="digest", how="left", maintain_order="left")
    unknown = UNKNOWN + pl.col("digest").str.head(12)
    terms = found.select("class", pl.coalesce("term", unknown).alias("term"), "chi2")
    return terms.unique(["class", "term"]).sort("class", "chi2", "term", descending=[False, True, False])


def strongest(terms: pl.DataFrame) -> dict[int, list[str]]:
    """Return class -> its strongest words, from rows of (class, term, chi2); only those over MARKING."""
    ordered = terms.filter(pl.col("chi2") > MARKING).sort("class", "chi2", "term", descending=[False, True, False])
    first = ordered.group_by("class", maintain_order=True).agg(pl.col("term").head(WORDS))
    return dict(first.iter_rows())


def form_changes(
    matches: pl.DataFrame, numbers: Mapping[int, int], then: pl.DataFrame, profiles: pl.DataFrame, analysis: str
) -> pl.DataFrame:
    """Return the table classes/form_changes.

    Each class now is compared with the accepted classes that stand for it in `matches` (several where
    classes are merged: a form marked them when it marked one of them). `numbers`: class found -> class;
    `then`: `known_terms`; `profiles`: classes/profiles.
    """
    heirs = [(one, numbers[found]) for one, found in matches.select("accepted_class", "found").iter_rows()]
    heir = pl.DataFrame(heirs, schema={"accepted_class": pl.Int64, "now": pl.Int64}, orient="row")
    before = (
        then.join(heir, left_on="class", right_on="accepted_class")
        .group_by("now", "term")
        .agg(pl.col("chi2").max().alias("chi2_then"))
    )
    after = profiles.filter((pl.col("kind") == "active") & pl.col("class").is_in(heir["now"].implode())).select(
        pl.col("class").alias("now"), "term", pl.col("chi2").alias("chi2_now")
    )
    marks = (pl.col("chi2_now") > MARKING).fill_null(value=False)
    marked = pl.col("chi2_then").is_not_null()
    return (
        before.join(after, on=["now", "term"], how="full", coalesce=True)
        .filter(marks != marked)
        .select(
            pl.lit(analysis).alias("analysis"),
            pl.col("now").alias("class"),
            pl.when(marks).then(pl.lit("gained")).otherwise(pl.lit("lost")).alias("change"),
            "term",
            "chi2_then",
            "chi2_now",
        )
        .sort("class", "change", "term")
    )
