"""The forms that mark classes as a person merges them, from the profiles of the classes before."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import polars as pl

from verbatim.class_names.merging import new_numbers
from verbatim.reinert.profiles import signed_chi2


def marking_forms(
    profiles: pl.DataFrame, classes: pl.DataFrame, merges: Iterable[tuple[int, int]] = ()
) -> pl.DataFrame:
    """Return (class, term, chi2): how each active form stands to each class found, once `merges` are done.

    `profiles` is classes/profiles and `classes` classes/segments of a run; `merges` are pairs of classes
    found. Classes that are merged, already or now, have the profile of what they become, so that the next
    run differs from it by nothing but what changed in the corpus. Undoing a merge keeps its profile.
    """
    number = classes.filter(pl.col("found") > 0).select("found", "class").unique().sort("class", "found")
    already = [(a[0], b[0]) for a, b in pairwise(number.iter_rows()) if a[1] == b[1]]
    groups = new_numbers(number["found"], [*already, *merges])
    members = number.with_columns(group=pl.col("found").replace_strict(groups, return_dtype=pl.Int64))
    sizes = classes.join(members, on="found").group_by("group").agg(pl.len().alias("size"))
    counts = (
        profiles.filter(pl.col("kind") == "active")
        .join(members.select("class", "group").unique(), on="class")
        .group_by("group", "term")
        .agg(pl.col("n_in_class").sum(), pl.col("n_total").first())
        .join(sizes, on="group")
        .sort("group", "term")
    )
    chi2 = [
        signed_chi2(
            own["n_in_class"].to_numpy()[:, None],
            own["n_total"].to_numpy(),
            np.array([own["size"][0]]),
            int(sizes["size"].sum()),
        )[:, 0]
        for own in counts.partition_by("group", maintain_order=True)
    ]
    known = counts.with_columns(pl.Series("chi2", np.concatenate([np.zeros(0), *chi2])))
    joined = members.select("found", "group").join(known, on="group").sort("found", "term")
    return joined.select(pl.col("found").alias("class"), "term", "chi2")
