"""Associated words against counting by hand."""

import math
from itertools import combinations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import hypergeom

from verbatim import associations

WORDS = ["bilan", "cv", "outil", "voix", "dossier"]


def study(segments):
    rows = [("a", "E1", i, word, "NOUN", 1) for i, words in enumerate(segments, 1) for word in sorted(words)]
    names = ["analysis", "interview", "segment", "lemma", "pos", "count"]
    said = pl.DataFrame(rows, names, orient="row")
    lemmas = said.group_by("lemma", "pos").agg(n_segments=pl.len().cast(pl.Int64)).sort("lemma")
    status = pl.when(pl.col("lemma") == "voilà").then(pl.lit("supplementary")).otherwise(pl.lit("active"))
    return said, lemmas.with_columns(status=status)


def naive(segments):
    n = len(segments)
    found = {}
    held = {word: {i for i, words in enumerate(segments) if word in words} for word in WORDS}
    for one, other in combinations([w for w in WORDS if len(held[w]) >= 3], 2):
        a, f, g = len(held[one] & held[other]), len(held[one]), len(held[other])
        if a * n <= f * g:
            continue
        room = f * (n - f) * g * (n - g)
        chi2 = n * (a * n - f * g) ** 2 / room if room else 0.0
        p = hypergeom.sf(a - 1, n, f, g)
        found[one, other] = found[other, one] = (a, chi2, math.log10(p))
    return found


@settings(deadline=None)
@given(st.lists(st.sets(st.sampled_from([*WORDS, "voilà"]), min_size=1), min_size=1, max_size=25))
def test_associations_are_those_one_counts(segments):
    expected = naive(segments)
    found = associations.table("a", *study(segments), most=20)
    read = {(r["lemma"], r["other"]): (r["together"], r["chi2"], r["log10_p"]) for r in found.iter_rows(named=True)}
    assert set(read) == set(expected)
    for pair, values in expected.items():
        assert read[pair] == pytest.approx(values, abs=1e-9)


def test_the_strongest_are_kept_and_ranked():
    segments = [{"bilan", "cv"}] * 4 + [{"bilan", "outil"}] * 3 + [{"outil"}] * 2 + [{"voix"}] * 6
    found = associations.table("a", *study(segments), most=1)
    assert found.filter(pl.col("lemma") == "bilan").select("other", "place").rows() == [("cv", 1)]
    assert found["place"].max() == 1


def test_words_of_two_segments_or_never_together_give_nothing():
    assert associations.table("a", *study([{"bilan", "cv"}] * 2)).is_empty()
    assert associations.table("a", *study([{"bilan"}] * 3 + [{"cv"}] * 3)).is_empty()
