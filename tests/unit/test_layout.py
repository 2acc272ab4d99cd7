"""The layout of graphs: no label over another, the same each time, neighbours near."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from verbatim import layout
from verbatim.layout import labels

SCRIPTS = Path(__file__).parents[2] / "scripts"


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


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 60))
def test_few_edges_of_a_tree_cross(seed, n):
    source, target, words, frequency = forest(seed, n)
    centres = layout.place(source, target, words, frequency)
    assert layout.crossings(centres, source, target) <= n // 30


def test_crossings_are_counted():
    centres = np.array([[0.0, 0.0], [2.0, 2.0], [0.0, 2.0], [2.0, 0.0], [5.0, 5.0]])
    assert layout.crossings(centres, np.array([0, 2, 0]), np.array([1, 3, 4])) == 2
    assert layout.crossings(centres, np.array([0, 0]), np.array([1, 4])) == 0


@pytest.mark.parametrize("shape", ["hub", "pieces"])
def test_three_hundred_words_fit_a_page(shape):
    source, target, _, frequency = forest(11, 300, 0.9 if shape == "pieces" else 1.0)
    if shape == "hub":
        source = np.where(np.arange(299) % 3 > 0, 0, source)
    words = ["accompagnement"[: 4 + k % 9] for k in range(300)]
    sides = layout.boxes(words, layout.font_sizes(frequency))
    centres = layout.place_boxes(source, target, sides)
    assert layout.overlaps(centres, sides) == 0
    assert layout.crossings(centres, source, target) <= 15
    width, height = (centres + sides / 2).max(axis=0) - (centres - sides / 2).min(axis=0)
    # at this share of their size in the layout, 7 points or more, labels have 6 and fit an A4 page on its side
    assert max(width / 820, height / 440) < 7 / 6 + 0.02


def test_any_boxes():
    sides = np.array([[300.0, 4.0], [4.0, 300.0], [50.0, 50.0], [1.0, 1.0], [80.0, 10.0]])
    centres = layout.place_boxes(np.array([0, 1, 2, 3]), np.array([1, 2, 3, 4]), sides)
    assert layout.overlaps(centres, sides) == 0


@pytest.mark.parametrize("threads", ["1", "4"])
def test_the_same_bytes_for_any_number_of_cores(threads):
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import numpy as np; from verbatim import layout\n"
        "t = np.arange(1, 90); s = t // 3; f = 100 // (1 + np.arange(90))\n"
        "print(layout.place(s, t, ['m' * (3 + k % 7) for k in range(90)], f).tobytes().hex())"
    )
    environment = {"OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads, "PYTHONHASHSEED": threads}
    command = [sys.executable, "-c", program, str(SCRIPTS)]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    target = np.arange(1, 90)
    words = ["m" * (3 + k % 7) for k in range(90)]
    assert said.strip() == layout.place(target // 3, target, words, 100 // (1 + np.arange(90))).tobytes().hex()


def haloed(seed, n, share=1.0):
    """A layout, with communities that are the branches of the tree, and their halos."""
    source, target, words, frequency = forest(seed, n, share)
    sides = layout.boxes(words, layout.font_sizes(frequency))
    centres = layout.place_boxes(source, target, sides)
    labels = np.random.default_rng(seed).integers(1, 5, n)
    return centres, sides, labels, layout.halos(centres, sides, labels, source, target)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 40), st.sampled_from([0.5, 1.0]))
def test_halos_enclose_their_own_words_only(seed, n, share):
    centres, _, labels, found = haloed(seed, n, share)
    assert sorted(found) == np.unique(labels).tolist()
    for number, loops in found.items():
        assert layout.inside(centres, loops).tolist() == (labels == number).tolist()


def test_halos_do_not_overlap():
    *_, found = haloed(4, 40)
    points = np.concatenate([loop for own in found.values() for loop in own])
    low, high = points.min(axis=0), points.max(axis=0)
    places = low + np.random.default_rng(1).random((3000, 2)) * (high - low)
    times = sum(layout.inside(places, loops).astype(int) for loops in found.values())
    # smoothing may make neighbours touch
    assert (times > 1).mean() < 0.01
    assert (times > 0).mean() > 0.2


def test_a_halo_around_another():
    centres = np.array([[0.0, 0.0], [100.0, 0.0], [50.0, 60.0], [50.0, -60.0], [50.0, 0.0]])
    sides, labels = np.full((5, 2), 20.0), np.array([1, 1, 1, 1, 2])
    source, target = np.array([0, 2, 1, 3]), np.array([2, 1, 3, 0])
    found = layout.halos(centres, sides, labels, source, target)
    assert len(found[1]) == 2
    assert layout.inside(centres, found[1]).tolist() == [True, True, True, True, False]
    assert layout.halos(centres[:0], sides[:0], labels[:0], source[:0], target[:0]) == {}


def test_inside():
    square, hole = np.array([[0.0, 0], [4, 0], [4, 4], [0, 4]]), np.array([[1.0, 1], [1, 2], [2, 2], [2, 1]])
    points = np.array([[3.0, 3.0], [1.5, 1.5], [5.0, 1.0]])
    assert layout.inside(points, [square, hole]).tolist() == [True, False, False]


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


def test_boxes_hold_the_words_as_matplotlib_writes_them():
    words = ["oui", "accompagnement", "aujourd'hui", "être", "œuvre", "porte-parole", "mille", "wagon"]
    for font in (8.0, 12.0):
        own = {"family": "DejaVu Sans", "weight": "bold" if font > 10 else "normal", "size": font}
        found = layout.boxes(words, np.full(len(words), font))
        for word, (width, height) in zip(words, found, strict=True):
            text = TextPath((0, 0), word, prop=FontProperties(**own)).get_extents()
            assert text.width <= width - layout.MARGIN / 2
            assert text.width > 0.8 * (width - layout.MARGIN - labels.EXPONENT * font) - 1
            assert text.height <= height
