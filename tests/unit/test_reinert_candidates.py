"""The classifications for several numbers of classes, and the choice among them."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.io import mmread
from scipy.sparse import csr_array

from places import PROGRAM
from verbatim.reinert import classify, classify_as_iramuteq
from verbatim.reinert.candidates import fewest_texts, labels_by_number, numbers_tried
from verbatim.reinert.number import FEWEST_CLASSIFIED, LEAST_STABLE, choose_number

PLANTED = PROGRAM / "tests" / "data" / "reinert" / "planted.mtx"
SETTINGS = {
    "mode": "segments",
    "number": 5,
    "largest_number": 10,
    "group_sizes": [25, 40],
    "max_splits": 30,
    "minimum_size": 0,
}
NUMBERS = [2, 3, 5, 9]


@pytest.fixture(scope="module")
def matrix():
    return csr_array(mmread(PLANTED))


def texts_of(matrix, length=20):
    return np.arange(matrix.shape[0]) // length


@pytest.mark.parametrize(
    ("number", "largest", "expected"),
    [(3, 5, [2, 3, 4, 5]), (6, 4, [2, 3, 4, 5, 6]), ("auto", 4, [2, 3, 4]), ("auto", 2, [2])],
)
def test_numbers_tried_hold_the_number_asked_for(number, largest, expected):
    settings = {"number": number, "largest_number": largest}
    assert numbers_tried(settings, "none") == expected
    assert len(numbers_tried(settings, "iramuteq")) == 1


@pytest.mark.parametrize("mode", ["segments", "texts", "double"])
def test_one_descent_gives_each_number_what_it_gives_alone(matrix, mode):
    settings = {**SETTINGS, "mode": mode, "minimum_size": 0 if mode == "texts" else 20}
    together = labels_by_number(matrix, texts_of(matrix), NUMBERS, settings, "none")
    assert list(together) == NUMBERS
    for number in NUMBERS[:-1]:
        alone = labels_by_number(matrix, texts_of(matrix), [number], settings, "none")[number]
        assert alone.labels.tolist() == together[number].labels.tolist()
        assert alone.labels.max() == number
        assert alone.n_splits <= settings["max_splits"] * (2 if mode == "double" else 1)


def test_of_segments_it_is_the_plain_classification(matrix):
    found = labels_by_number(matrix, texts_of(matrix), NUMBERS, SETTINGS, "none")
    for number in NUMBERS:
        assert found[number].labels.tolist() == classify(matrix, number, 30).labels.tolist()


@pytest.mark.parametrize("compatibility", ["none", "iramuteq"])
def test_of_texts_it_is_that_of_the_unions_of_their_segments(matrix, compatibility):
    texts = texts_of(matrix, 7)
    found = labels_by_number(matrix, texts, [4], {**SETTINGS, "mode": "texts"}, compatibility)[4]
    unions = csr_array(np.array([matrix.toarray()[texts == text].max(axis=0) for text in range(texts.max() + 1)]))
    alone = classify(unions, 4, 30, 5) if compatibility == "none" else classify_as_iramuteq(unions)
    assert fewest_texts(unions.shape[0]) == 5
    assert found.labels.tolist() == alone.labels[texts].tolist()
    assert found.labels.max() > 1


@given(st.integers(0, 10_000))
def test_a_class_of_texts_has_two_of_them_and_a_twentieth(n):
    fewest = fewest_texts(n)
    assert fewest >= 2 and 20 * fewest >= n
    assert fewest == 2 or 20 * (fewest - 1) < n


shares = st.floats(0, 1).map(lambda x: round(x, 2))
tried = st.tuples(st.integers(0, 8), shares, st.one_of(st.none(), st.tuples(shares, shares)))


@given(st.lists(tried, max_size=8), st.randoms())
def test_the_number_chosen_is_that_of_the_rule(candidates, random):
    """The rule, row by row: most classes of the acceptable; else the largest product, fewest classes first."""
    rows = [
        (number, k, share, max(both) if both else None, min(both) if both else None)
        for number, (k, share, both) in enumerate(candidates, start=2)
    ]
    random.shuffle(rows)
    names = {"number": pl.Int64, "n_classes": pl.Int64, "share": pl.Float64}
    names |= {"jaccard_mean": pl.Float64, "jaccard_lowest": pl.Float64}
    chosen = choose_number(pl.DataFrame(rows, schema=names, orient="row"))
    good = [
        row
        for row in rows
        if row[1] > 1 and row[2] >= FEWEST_CLASSIFIED and row[4] is not None and row[4] >= LEAST_STABLE
    ]
    if good:
        most = max(row[1] for row in good)
        assert chosen == min(row[0] for row in good if row[1] == most)
    elif any(row[3] is not None for row in rows):
        best = max(row[2] * (row[3] or 0) for row in rows)
        of_best = [row for row in rows if row[2] * (row[3] or 0) == best]
        fewest = min(row[1] for row in of_best)
        assert chosen == min(row[0] for row in of_best if row[1] == fewest)
    else:
        assert chosen is None
