"""Measures of the richness of vocabularies: naive recomputation, known cases, lengths that do not matter."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatim import richness

many = st.lists(st.lists(st.integers(0, 9), max_size=90), min_size=1, max_size=4)


def side_by_side(texts):
    words = np.array([word for text in texts for word in text], dtype=np.int64)
    return words, np.repeat(np.arange(len(texts)), [len(text) for text in texts])


def placed(texts):
    words, of = side_by_side(texts)
    return richness.previous(words, of), of, len(texts)


@given(many)
def test_a_word_was_said_before_where_it_was_last_said_in_its_text(texts):
    words, of = side_by_side(texts)
    expected = [
        max((j for j in range(i) if words[j] == words[i] and of[j] == of[i]), default=-1) for i in range(len(words))
    ]
    assert richness.previous(words, of).tolist() == expected


@given(many, st.integers(1, 40))
def test_windows_are_those_of_each_text_and_never_cross(texts, window):
    kinds, windows = richness.moving_windows(*placed(texts), window)
    for text, n_kinds, n in zip(texts, kinds, windows, strict=True):
        own = [len(set(text[i : i + window])) for i in range(len(text) - window + 1)]
        assert (n, n_kinds) == (len(own), sum(own))


def ratio_falls(text, factor=richness.FACTOR):
    """McCarthy and Jarvis' counting, word by word."""
    count, seen, length, ratio = 0.0, set(), 0, 1.0
    for word in text:
        seen.add(word)
        length += 1
        ratio = len(seen) / length
        if ratio <= factor:
            count, seen, length, ratio = count + 1, set(), 0, 1.0
    return count + (1 - ratio) / (1 - factor)


@given(many)
def test_factors_are_those_of_reading_word_by_word(texts):
    ways = richness.factors(*placed(texts))
    expected = [(ratio_falls(text), ratio_falls(text[::-1])) for text in texts]
    assert ways == pytest.approx(np.array(expected))


def test_factors_longer_than_a_block_of_reading():
    # The ratio falls to 0.72 only after 1,800 words: 1,296 new ones, then the first 504 again.
    text = [*range(1296), *range(600)]
    ways = richness.factors(*placed([text, text[:50]]))
    assert ways[0, 0] == pytest.approx(ratio_falls(text)) and ways[0, 0] >= 1
    assert ways[1].tolist() == [0, 0]


def test_diversity_of_a_text_that_repeats_a_pair_of_words():
    # 1, 1, 2/3 ≤ 0.72: a factor every three words.
    ways = richness.factors(*placed([[0, 1] * 30, list(range(50)), []]))
    found = richness.diversity(np.array([60, 50, 0]), ways)
    assert found[0] == pytest.approx(3.0)
    assert np.isnan(found[1:]).all()


def test_measures_that_do_not_grow_with_the_text():
    words = np.random.default_rng(0).zipf(1.6, 20_000)
    ratios, diversities, plain = [], [], []
    for n in (4000, 20_000):
        before, of, one = placed([words[:n].tolist()])
        kinds, windows = richness.moving_windows(before, of, one, 50)
        ratios.append(kinds[0] / windows[0])
        diversities.append(richness.diversity(np.array([n]), richness.factors(before, of, one))[0])
        plain.append(len(set(words[:n])) / n)
    assert ratios[0] == pytest.approx(ratios[1], rel=0.05)
    assert diversities[0] == pytest.approx(diversities[1], rel=0.08)
    assert plain[0] > 1.3 * plain[1]


@given(st.lists(st.integers(1, 30), min_size=1, max_size=40))
def test_yule_and_herdan_are_their_formulas(counts):
    n, v = sum(counts), len(counts)
    squares = sum(c * c for c in counts)
    assert richness.yule_k([n], [squares])[0] == pytest.approx(1e4 * sum(c * (c - 1) for c in counts) / n**2)
    found = richness.herdan_c(np.array([n]), np.array([v]))[0]
    assert found == pytest.approx(np.log(v) / np.log(n)) if n > 1 else np.isnan(found)


def test_zipf_finds_the_slope_that_was_put_in_for_each_text():
    ranks = np.arange(1, 2001)
    counts = [np.round(1e7 / ranks), np.round(1e7 / ranks**0.5), [3]]
    of = np.repeat([0, 1, 2], [2000, 2000, 1])
    mixed = np.random.default_rng(3).permutation(len(of))
    found = richness.zipf(np.concatenate(counts).astype(int)[mixed], of[mixed], 3)
    assert found.slope[:2] == pytest.approx([-1, -0.5], abs=0.01)
    assert found.r2[:2] == pytest.approx([1, 1], abs=1e-3)
    assert np.isnan(found.slope[2])


@given(many, st.integers(1, 12))
def test_growth_counts_the_distinct_words_met_in_each_text(texts, points):
    which, lengths, kinds = richness.growth(*placed(texts), points)
    for i, text in enumerate(texts):
        own = lengths[which == i].tolist()
        assert kinds[which == i].tolist() == [len(set(text[:n])) for n in own]
        assert len(own) == min(points, len(text)) and (not text or own[-1] == len(text))


def test_heaps_finds_the_slope_that_was_put_in():
    which, lengths, kinds = richness.growth(*placed([list(range(500)), [0] * 500, [7]]))
    found = richness.heaps(lengths, kinds, which, 3)
    assert found.slope[:2] == pytest.approx([1, 0])
    assert np.isnan(found.slope[2])


def test_lines_are_those_of_numpy():
    rng = np.random.default_rng(5)
    x, noise = rng.integers(1, 1000, 60), rng.normal(0, 0.1, 60)
    y = x**0.7 * 10**noise
    found = richness.lines(x, y, np.repeat([0, 1], 30), 2)
    slope, intercept = np.polyfit(np.log10(x[:30]), np.log10(y[:30]), 1)
    assert (found.slope[0], found.intercept[0]) == pytest.approx((slope, intercept))
    assert found.r2[0] == pytest.approx(np.corrcoef(np.log10(x[:30]), np.log10(y[:30]))[0, 1] ** 2)
