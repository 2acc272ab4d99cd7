"""The layout of graphs: no label over another, the same each time, neighbours near."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatim import layout


def forest(seed, n, share=1.0):
    """Ends of the edges of a random tree of n words, of which a `share` is kept, with names and frequencies."""
    random = np.random.default_rng(seed)
    target = np.arange(1, n)
    source = np.array([random.integers(0, i) for i in target], dtype=int)
    kept = random.random(n - 1) < share
    words = ["m" * int(k) for k in random.integers(1, 18, n)]
    return source[kept], target[kept], words, random.zipf(1.7, n)


def count_overlaps(centres, words, frequency):
    """Pairs of label boxes that share a surface, by plain loops."""
    sides = layout.boxes(words, layout.font_sizes(frequency))
    return sum(
        all(abs(centres[i][d] - centres[j][d]) < (sides[i][d] + sides[j][d]) / 2 - 1e-9 for d in (0, 1))
        for i in range(len(words))
        for j in range(i)
    )


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.integers(1, 45), st.sampled_from([0.0, 0.8, 1.0]))
def test_no_label_over_another(seed, n, share):
    source, target, words, frequency = forest(seed, n, share)
    centres = layout.place(source, target, words, frequency)
    assert centres.shape == (n, 2)
    assert np.isfinite(centres).all()
    assert count_overlaps(centres, words, frequency) == 0
    assert layout.overlaps(centres, layout.boxes(words, layout.font_sizes(frequency))) == 0


@pytest.mark.parametrize("kind", ["star", "path"])
@pytest.mark.parametrize("n", [2, 70])
def test_extreme_trees(kind, n):
    target = np.arange(1, n)
    source = np.zeros(n - 1, dtype=int) if kind == "star" else target - 1
    words, frequency = ["accompagnement"] * n, np.arange(1, n + 1)
    assert count_overlaps(layout.place(source, target, words, frequency), words, frequency) == 0


def test_overlaps_are_counted():
    sides = np.array([[10.0, 4.0], [10.0, 4.0], [10.0, 4.0]])
    assert layout.overlaps(np.array([[0.0, 0.0], [9.0, 3.0], [40.0, 0.0]]), sides) == 1
    assert layout.overlaps(np.array([[0.0, 0.0], [10.0, 0.0], [0.0, 4.0]]), sides) == 0


def test_no_word_and_one_word():
    none = np.zeros(0, dtype=int)
    assert layout.place(none, none, [], none).shape == (0, 2)
    assert layout.place(none, none, ["seul"], np.array([3])).tolist() == [[0.0, 0.0]]


def test_the_same_each_time_and_for_any_order_of_edges():
    source, target, words, frequency = forest(5, 60)
    first = layout.place(source, target, words, frequency)
    shuffled = np.random.default_rng(1).permutation(59)
    assert np.array_equal(first, layout.place(target[shuffled], source[shuffled], words, frequency))


def test_linked_words_stand_nearer_than_others():
    source, target, words, frequency = forest(2, 80)
    centres = layout.place(source, target, words, frequency)
    linked = np.linalg.norm(centres[source] - centres[target], axis=1).mean()
    apart = np.linalg.norm(centres[:, None] - centres[None], axis=2)
    assert linked < 0.4 * apart[np.triu_indices(80, k=1)].mean()


def test_font_sizes_follow_the_frequency():
    sizes = layout.font_sizes(np.array([1, 4, 9]))
    assert sizes.tolist() == pytest.approx([layout.SMALLEST_FONT, 11.0, layout.LARGEST_FONT])
    assert layout.font_sizes(np.array([5, 5])).tolist() == [11.0, 11.0]


def test_boxes_grow_with_word_and_font():
    (short, low), (long, high) = layout.boxes(["oui", "accompagnement"], np.array([8.0, 12.0]))
    assert long > 14 / 3 * (short - layout.MARGIN)
    assert high > low
