"""Measures of the richness of a vocabulary: naive recomputation, known cases, lengths that do not matter."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatim.richness import growth, heaps, herdan_c, moving_ratio, mtld, yule_k, zipf

texts = st.lists(st.integers(0, 15), max_size=80).map(lambda words: np.array(words, dtype=np.int64))


@given(texts, st.integers(1, 40))
def test_the_moving_ratio_is_that_of_every_window(words, window):
    found = moving_ratio(words, window)
    width = min(window, len(words))
    ratios = [len(set(words[i : i + width])) / width for i in range(len(words) - width + 1)] if len(words) else []
    assert found == pytest.approx(np.mean(ratios)) if ratios else np.isnan(found)


def test_the_moving_ratio_does_not_grow_with_the_text():
    words = np.random.default_rng(0).zipf(1.6, 20_000)
    assert moving_ratio(words[:4000]) == pytest.approx(moving_ratio(words), rel=0.05)
    plain = [len(set(words[:n])) / n for n in (4000, 20_000)]
    assert plain[0] > 1.3 * plain[1]


def test_mtld_of_a_text_that_repeats_a_pair_of_words():
    # 1, 1, 2/3 ≤ 0.72: a factor every three words.
    assert mtld(np.array([0, 1] * 30)) == pytest.approx(3.0)
    assert np.isnan(mtld(np.arange(50))) and np.isnan(mtld(np.zeros(0, dtype=int)))


@given(texts)
def test_yule_and_herdan_are_their_formulas(words):
    counts = np.bincount(words)
    n, v = len(words), len(set(words.tolist()))
    if n:
        assert yule_k(counts) == pytest.approx(1e4 * sum(c * (c - 1) for c in counts.tolist()) / n**2)
    if n > 1:
        assert herdan_c(counts) == pytest.approx(np.log(v) / np.log(n))


def test_zipf_and_heaps_find_the_slope_that_was_put_in():
    ranks = np.arange(1, 2001)
    assert zipf(np.round(1e7 / ranks).astype(int)).slope == pytest.approx(-1, abs=0.01)
    assert heaps(np.arange(500)).slope == pytest.approx(1)
    assert heaps(np.zeros(500, dtype=int)).slope == pytest.approx(0)
    assert np.isnan(zipf(np.array([3])).slope) and np.isnan(heaps(np.zeros(0, dtype=int)).slope)


@given(texts)
def test_growth_counts_the_distinct_words_met(words):
    lengths, kinds = growth(words, 10)
    assert [len(set(words[:n].tolist())) for n in lengths.tolist()] == kinds.tolist()
    assert not len(words) or lengths[-1] == len(words)
