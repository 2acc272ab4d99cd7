"""The words of a graph, their colours, and the comparison of two groups, against plain counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.sparse import csr_array, vstack

from similarity_reference import counted
from verbatim import similarity

PRESENT = st.lists(st.frozensets(st.integers(0, 6)), min_size=2, max_size=12)


def plain_chi2(x, y):
    """Signed χ² of two vectors of truth, by scipy; 0 where a margin is empty."""
    crossed = np.array([[(x & y).sum(), (x & ~y).sum()], [(~x & y).sum(), (~x & ~y).sum()]])
    if (crossed.sum(axis=0) == 0).any() or (crossed.sum(axis=1) == 0).any():
        return 0.0
    value = stats.chi2_contingency(crossed, correction=False)[0]
    return value if crossed[0, 0] * crossed[1, 1] >= crossed[0, 1] * crossed[1, 0] else -value


@given(PRESENT, st.lists(st.integers(0, 3), min_size=12, max_size=12))
def test_each_word_has_the_modality_of_its_largest_chi2(speech, modality):
    modality = np.array(modality[: len(speech)])
    table = counted(speech)
    found, largest, chi2 = similarity.characterise(table, modality, 3, least=0.5)
    said, known = table.toarray().astype(bool), modality > 0
    for word in range(7):
        expected = [plain_chi2(said[known, word], modality[known] == k) for k in (1, 2, 3)]
        assert chi2[word].tolist() == pytest.approx(expected, abs=1e-9)
        assert largest[word] == pytest.approx(max(expected), abs=1e-9)
        if abs(largest[word] - 0.5) > 1e-9:
            assert bool(found[word]) == (largest[word] > 0.5)
        assert found[word] == 0 or chi2[word, found[word] - 1] == largest[word]


def test_no_modality_at_all():
    found, largest, _ = similarity.characterise(counted([{0}, {1}], 2), np.zeros(2, dtype=int), 0)
    assert found.tolist() == [0, 0]
    assert largest.tolist() == [0, 0]


SPEECH = [{0, 1}, {0, 1, 2}, {0, 2}, {0, 3}, {3, 4}, {1, 5}]


def test_the_most_frequent_words():
    table = counted(SPEECH)
    assert similarity.most_frequent(table).tolist() == [0, 1, 2, 3, 4, 5]
    assert similarity.most_frequent(table, most=2).tolist() == [0, 1]
    assert similarity.most_frequent(table, most=3).tolist() == [0, 1, 2]
    assert similarity.most_frequent(table, minimum_frequency=3).tolist() == [0, 1]
    assert similarity.most_frequent(table, np.array([3, 4]), most=1).tolist() == [3]
    assert similarity.most_frequent(table, np.zeros(6, dtype=bool)).tolist() == []


@given(PRESENT)
def test_the_words_of_some_rows(speech):
    table, rows = counted(speech), np.arange(len(speech)) % 2 == 0
    said = table.toarray().astype(bool)
    chi2 = np.array([plain_chi2(said[:, word], rows) for word in range(7)])
    found = similarity.most_characteristic(table, rows, least=1.0)
    assert set(np.flatnonzero(chi2 > 1 + 1e-9)) <= set(found.tolist()) <= set(np.flatnonzero(chi2 > 1 - 1e-9))


def test_the_words_around_one():
    table = counted(SPEECH)
    assert similarity.around(table, 0).tolist() == [0, 1, 2, 3]
    assert similarity.around(table, 0, least=2).tolist() == [0, 1, 2]
    assert similarity.around(table, 0, most=2).tolist() == [0, 1]
    assert similarity.around(table, 0, most=2, name="jaccard").tolist() == [0, 2]
    assert similarity.around(table, 0, np.array([3, 4])).tolist() == [0, 3]
    assert similarity.around(table, 6).tolist() == [6]
    # of six rows four bear 0: 1 is in three of them all, two of which bear 0, as chance would have it; 3, in two, one
    assert similarity.around(table, 0, name="chi2").tolist() == [0, 2]


def test_a_list_of_words_and_those_that_never_occur():
    names, frequency = ["bureau", "voix", "écran"], np.array([3, 0, 2])
    found, unknown = similarity.listed(names, ["écran", "voix", "café", "écran", "bureau"], frequency)
    assert found.tolist() == [0, 2]
    assert unknown == ["voix", "café"]
    assert similarity.listed(names, ["café"], frequency)[0].tolist() == []


def spoken(seed, n_interviews, rows, linked):
    """Rows of interviews in which words 0 and 1 are said apart, or together in those that `linked` tells."""
    random = np.random.default_rng(seed)
    interviews = np.repeat(np.arange(n_interviews), rows)
    leaning = np.clip(random.normal(0.5, 0.15, n_interviews), 0.05, 0.95)[interviews]
    first = random.random(len(interviews)) < leaning
    follows = np.where(linked[interviews], random.random(len(interviews)) < 0.8, random.random(len(interviews)) < 0.3)
    second = np.where(linked[interviews], np.where(follows, first, ~first), follows)
    third = random.random(len(interviews)) < 0.4
    where = np.nonzero(np.stack([first, second, third], axis=1))
    return similarity.presence(*where, len(interviews), 3), interviews


def test_what_one_group_links_and_the_other_does_not():
    linked = np.arange(24) < 12
    table, interviews = spoken(1, 24, 15, linked)
    found = similarity.compare(table, interviews, np.where(linked[interviews], 1, 2))
    pairs = list(zip(found.source.tolist(), found.target.tolist(), strict=True))
    edge = pairs.index((0, 1))
    assert found.low[edge] > 0
    assert found.p_adjusted[edge] < 0.05
    for k in (1, 2):
        group = similarity.count(table, np.where(linked[interviews], 1, 2) == k)
        values = dict(zip(zip(group.source.tolist(), group.target.tolist(), strict=True), range(9), strict=False))
        weight = similarity.weigh(group, "jaccard")
        assert found.weight[k - 1].tolist() == pytest.approx([weight[values[pair]] for pair in pairs])
        assert found.together[k - 1].tolist() == [group.together[values[pair]] for pair in pairs]
    np.testing.assert_allclose(found.difference, found.weight[0] - found.weight[1])
    np.testing.assert_allclose(found.high - found.difference, found.difference - found.low)
    other = similarity.compare(table, interviews, np.where(linked[interviews], 2, 1))
    np.testing.assert_allclose(other.difference, -found.difference)
    assert (similarity.compare(table, interviews, np.where(linked[interviews], 1, 2)).low == found.low).all()


def test_interviews_are_kept_whole():
    # the same rows, as interviews of their own or in blocks that all say the same
    table = counted([{0, 1}] * 20 + [{0}] * 20 + [{0, 1}] * 12 + [{1}] * 28, 2)
    group = np.repeat([1, 2], 40)
    rows = similarity.compare(table, np.arange(80), group)
    blocks = similarity.compare(table, np.arange(80) // 20, group)
    assert blocks.difference.tolist() == rows.difference.tolist()
    assert (blocks.high - blocks.low)[0] > 3 * (rows.high - rows.low)[0]


def test_errors_equal_drawing_the_rows_anew():
    linked = np.arange(8) < 4
    table, interviews = spoken(5, 8, 10, linked)
    group = np.where(np.arange(80) % 2 == 0, 1, 2)
    found = similarity.compare(table, interviews, group, resamples=40, seed=3)
    # every interview is in both groups: one draw serves both
    draws = np.random.default_rng(3).integers(0, 8, (40, 8))
    differences = []
    for drawn in draws:
        rows = np.concatenate([np.flatnonzero(interviews == interview) for interview in drawn])
        said = table.toarray()[rows].astype(bool)
        values = []
        for k in (1, 2):
            own = said[group[rows] == k]
            values.append(
                [(own[:, i] & own[:, j]).sum() / (own[:, i] | own[:, j]).sum() for i, j in ((0, 1), (0, 2), (1, 2))]
            )
        differences.append(np.subtract(*values))
    error = np.std(differences, axis=0, ddof=1) * np.sqrt(8 / 7)
    np.testing.assert_allclose((found.high - found.low) / 2, stats.t.ppf(0.975, 7) * error)
    np.testing.assert_allclose(found.p, 2 * stats.t.sf(np.abs(found.difference) / error, 7))


def test_a_comparison_needs_two_interviews_in_each_group():
    with pytest.raises(ValueError, match="two interviews"):
        similarity.compare(counted([{0, 1}] * 4, 2), np.array([0, 1, 2, 2]), np.array([1, 1, 2, 2]))


def test_indices_that_depend_on_the_size_of_a_group_are_refused():
    table, interviews = spoken(1, 8, 15, np.arange(8) < 4)
    for name in set(similarity.INDICES) - similarity.COMPARABLE:
        with pytest.raises(ValueError, match="size of a group"):
            similarity.compare(table, interviews, 1 + interviews % 2, name)


@pytest.mark.parametrize("name", sorted(similarity.COMPARABLE))
def test_a_group_and_the_same_twice_over_are_alike(name):
    one, _ = spoken(1, 4, 15, np.arange(4) < 2)
    whole = csr_array(vstack([one, one, one]))
    interviews = np.arange(whole.shape[0]) // 15
    group = np.where(np.arange(whole.shape[0]) < one.shape[0], 1, 2)
    found = similarity.compare(whole, interviews, group, name, resamples=20)
    np.testing.assert_allclose(found.difference, 0, atol=1e-12)


def test_no_pair_to_compare():
    found = similarity.compare(counted([{0}, {1}] * 4, 2), np.arange(8), np.arange(8) // 4 + 1)
    assert len(found.source) == len(found.p_adjusted) == 0
