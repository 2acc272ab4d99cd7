"""A study whose segments draw their words from three topics: its tables, for the tests of stability."""

import numpy as np
import polars as pl

from verbatim.reinert.classification import classify_analysis
from verbatim.stability import bootstrap, gathering

SETTINGS = {
    "mode": "segments",
    "number": 3,
    "largest_number": 4,
    "group_sizes": [12, 14],
    "max_splits": 12,
    "minimum_size": 0,
    "minimum_frequency": 2,
    "max_forms": 1000,
    "typical": 5,
    "nearest": False,
}
PLAN = {"resamples": 12, "seed": 1, "chunks": 1}
TABLES = ("stability", "membership", "form_stability", "influence", "candidates")


def planted(n_interviews=6, per_interview=24, lonely=False, noise=0.0, seed=0):
    """Return segments, segment_lemmas and lemmas; `lonely`: half of I0 is on a topic of its own.

    noise: share of the words that come from any topic.
    """
    rng = np.random.default_rng(seed)
    rows, places = [], []
    for i in range(n_interviews):
        for s in range(1, per_interview + 1):
            own = 9 if lonely and i == 0 and s % 2 else s % 3
            words = {
                f"mot{rng.integers(3) if rng.random() < noise else own}{w}" for w in rng.choice(8, 5, replace=False)
            }
            rows += [("a", f"I{i}", s, word, "NOUN", int(rng.integers(1, 3))) for word in sorted(words)]
            places.append((f"I{i}", s))
    schema = ["analysis", "interview", "segment", "lemma", "pos", "count"]
    counts = pl.DataFrame(rows, schema=schema, orient="row")
    lemmas = counts.group_by("analysis", "lemma", "pos").agg(
        n_occurrences=pl.col("count").sum(), n_segments=pl.len(), n_interviews=pl.col("interview").n_unique()
    )
    segments = pl.DataFrame(places, schema=["interview", "segment"], orient="row").with_columns(
        pl.lit("P").alias("speaker"),
        pl.lit(None, dtype=pl.String).alias("question"),
        *(pl.lit(1).alias(name) for name in ("first_turn", "first_token", "last_turn", "last_token", "n_tokens")),
        pl.lit("…").alias("text"),
    )
    return segments, counts, lemmas.with_columns(status=pl.lit("active")).sort("lemma")


def classes(corpus, number=None, compatibility="none", **changed):
    """Return classes/segments."""
    return classify_analysis(*corpus, "a", compatibility, {**SETTINGS, **changed}, number).segments


def profiles(own):
    """Return classes/profiles of `own` (classes/segments) in which every word marks every class."""
    numbers = own.filter(pl.col("class") > 0)["class"].unique().sort()
    rows = [("a", k, "active", f"mot{t}{w}", 9.0) for k in numbers for t in range(3) for w in range(8)]
    frame = pl.DataFrame(rows, schema=["analysis", "class", "kind", "term", "chi2"], orient="row")
    counts = ("n_in_class", "n_total", "n_interviews")
    shares = ("percent", "p", "p_adjusted", "p_holm", "effect")
    return frame.with_columns(*(pl.lit(1).alias(n) for n in counts), *(pl.lit(0.5).alias(n) for n in shares))


def resampled(corpus, plan=PLAN, chunk=0, compatibility="none", **changed):
    """Return the resamples of a part."""
    return bootstrap.resample_analysis(*corpus, compatibility, {**SETTINGS, **changed}, plan, chunk)


def gathered(corpus, found, number=None, **changed):
    """Return the tables of stability, and classes/segments."""
    own = classes(corpus, number, **changed)
    return gathering.gather(found, own, profiles(own), "a"), own
