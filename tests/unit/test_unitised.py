"""uα against the worked example of its authors, a naive recomputation place by place, and what it must hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatim.agreement import Tally, tally, unitised_alpha

# Krippendorff (2019), figure 12.11: three observers of a continuum of 60 places; first and last place, value.
OBSERVERS = (
    ((1, 7, 1), (8, 13, 2), (31, 32, 5), (33, 37, 6), (38, 44, 6), (45, 60, 7)),
    ((1, 7, 1), (8, 13, 3), (14, 21, 5), (33, 44, 6)),
    ((1, 7, 1), (8, 13, 4), (14, 21, 5), (33, 37, 6), (38, 41, 6), (42, 44, 6)),
)
BOOK = np.array([[0, c, a - 1, b, value] for c, units in enumerate(OBSERVERS) for a, b, value in units])


def test_the_worked_example_has_its_published_values():
    assert unitised_alpha(tally(BOOK, [60], np.ones((1, 3)), 7)).value == pytest.approx(0.510, abs=5e-4)
    relevant = BOOK.copy()
    relevant[:, 4] = 1
    assert unitised_alpha(tally(relevant, [60], np.ones((1, 3)), 1)).value == pytest.approx(0.413, abs=1e-3)


def naive(units, lengths, coders):
    """1 − Dₒ/Dₑ by walking over places; chance pairs each unit, and each place of a gap, with all but itself."""
    observed, n, blocks = 0.0, 0.0, []
    for part, length in enumerate(lengths):
        readers = np.flatnonzero(coders[part])
        if len(readers) < 2:
            continue
        values = {}
        for coder in readers:
            own = np.zeros(length, dtype=int)
            for _, _, start, end, value in [u for u in units if u[0] == part and u[1] == coder]:
                own[start:end] = value
                blocks.append((value, end - start))
            values[coder] = own
            blocks += [(0, 1)] * int((own == 0).sum())
        for a in readers:
            for b in readers:
                if a != b:
                    observed += (values[a] != values[b]).sum() / (len(readers) - 1)
                    n += length / (len(readers) - 1)
    apart = sum(x * y for i, (c, x) in enumerate(blocks) for j, (k, y) in enumerate(blocks) if i != j and c != k)
    every = sum(x * y for i, (_, x) in enumerate(blocks) for j, (_, y) in enumerate(blocks) if i != j)
    return 1 - (observed / n) / (apart / every) if n and apart else np.nan


@st.composite
def continua(draw):
    lengths = draw(st.lists(st.integers(1, 9), min_size=1, max_size=3))
    coders = np.array([draw(st.lists(st.booleans(), min_size=3, max_size=3)) for _ in lengths])
    units = []
    for part, length in enumerate(lengths):
        for coder in np.flatnonzero(coders[part]):
            bounds = sorted(draw(st.sets(st.integers(0, length), max_size=6)))
            for start, end in zip(bounds[::2], bounds[1::2], strict=False):
                units.append((part, int(coder), start, end, draw(st.integers(1, 2))))
    return units, lengths, coders


@given(continua())
def test_it_is_what_walking_over_all_places_gives(drawn):
    units, lengths, coders = drawn
    found = unitised_alpha(tally(np.array(units, dtype=int), lengths, coders, 2), resamples=0)
    assert found.value == pytest.approx(naive(units, lengths, coders), nan_ok=True)


def test_parts_may_be_cut_where_no_unit_is_and_are_drawn_in_groups():
    whole = unitised_alpha(tally(BOOK, [60], np.ones((1, 3)), 7))
    cut = BOOK.copy()
    cut[cut[:, 2] >= 30] += (1, 0, -30, -30, 0)
    parts = tally(cut, [30, 30], np.ones((2, 3)), 7)
    assert unitised_alpha(parts).value == pytest.approx(whole.value)
    assert np.isnan(whole.low) and np.isnan(unitised_alpha(parts, groups=np.array([4, 4])).low)
    # of two parts, a sample is both (as in the book) or one of them twice
    found = unitised_alpha(parts)
    alone = [unitised_alpha(Tally(parts.lengths[one], parts.own[one])).value for one in ([0, 0], [1, 1])]
    assert (found.low, found.high) == (min(*alone, found.value), max(*alone, found.value))
    assert found == unitised_alpha(parts)


def test_the_same_units_agree_and_shifted_ones_less_the_more_they_are_shifted():
    def shifted(by):
        units = np.array([[0, 0, 10, 20, 1], [0, 1, 10 + by, 20 + by, 1]])
        return unitised_alpha(tally(units, [100], np.ones((1, 2)))).value

    values = [shifted(by) for by in (0, 2, 5, 9, 30)]
    assert values[0] == 1 and values == sorted(values, reverse=True) and values[-1] < 0


def test_nothing_coded_or_read_by_one_alone_is_undefined():
    none = np.zeros((0, 5), dtype=int)
    assert np.isnan(unitised_alpha(tally(none, [10], np.ones((1, 2)))).value)
    alone = unitised_alpha(tally(np.array([[0, 0, 1, 3, 1]]), [10], np.array([[1, 0]])))
    assert np.isnan(alone.value) and alone.n_units == 0


@pytest.mark.parametrize(
    "wrong",
    [
        [(0, 0, 3, 3, 1)],
        [(0, 0, 3, 11, 1)],
        [(0, 0, 1, 5, 1), (0, 0, 4, 6, 1)],
        [(0, 2, 1, 2, 1)],
        [(0, 0, 1, 2, 2)],
    ],
)
def test_units_that_overlap_or_lie_elsewhere_are_refused(wrong):
    with pytest.raises(ValueError, match="unit"):
        tally(np.array(wrong), [10], np.array([[1, 1, 0]]))
