"""Co-occurrences, the 28 indices and their significance, against IRaMuTeQ's values, scipy and plain counts."""

import csv
from itertools import combinations
from math import comb, log10

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from similarity_reference import DATA, REFERENCE, SEGMENTS, counted, reference
from verbatim import similarity
from verbatim.similarity.association import log10_probability
from verbatim.similarity.cooccurrence import by_block

# IRaMuTeQ's names, where they are not ours.
THEIRS = {
    "simple matching": "simple_matching",
    "Braun-Blanquet": "braun_blanquet",
    "Chi-squared": "chi2",
    "Phi-squared": "phi2",
}
PRESENT = st.lists(st.frozensets(st.integers(0, 6)), min_size=1, max_size=12)


def values_of(path):
    found = {}
    for line in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        name = THEIRS.get(line["index"], line["index"].lower())
        value = 0.0 if line["value"] == "NA" else float(line["value"])
        found.setdefault(name, {})[int(line["i"]) - 1, int(line["j"]) - 1] = value
    return found


def test_all_indices_equal_the_reference():
    path = REFERENCE / "simi_indices20.csv"
    if not path.is_file():
        pytest.skip(f"no {path}")
    _, pairs = reference(alphabetical=False)
    together = {
        pair: a for *pair, a in zip(pairs.source, pairs.target, pairs.together, strict=True) for pair in [tuple(pair)]
    }
    expected = values_of(path)
    assert set(expected) == set(similarity.INDICES) - {"cooccurrence", "percent"}
    for name, values in expected.items():
        source, target = np.array(list(values)).T
        a = np.array([together.get(pair, 0) for pair in values])
        margins = pairs.frequency[np.stack([source, target])]
        found = similarity.index(name, a, margins, SEGMENTS)
        np.testing.assert_allclose(found, list(values.values()), rtol=1e-12, atol=1e-12, err_msg=name)


def test_jaccard_equals_the_reference():
    _, pairs = reference(alphabetical=False)
    lines = csv.DictReader((DATA / "simi_jaccard20.csv").read_text(encoding="utf-8").splitlines())
    expected = {(int(line["i"]) - 1, int(line["j"]) - 1): float(line["value"]) for line in lines}
    known = zip(pairs.source.tolist(), pairs.target.tolist(), similarity.weigh(pairs, "jaccard"), strict=True)
    found = {(i, j): value for i, j, value in known if (i, j) in expected}
    assert found == pytest.approx(expected, abs=1e-12)


@given(PRESENT)
def test_counts_equal_plain_counts(speech):
    pairs = similarity.count(counted(speech))
    assert pairs.n == len(speech)
    assert pairs.frequency.tolist() == [sum(i in said for said in speech) for i in range(7)]
    both = {(i, j): sum({i, j} <= said for said in speech) for i, j in combinations(range(7), 2)}
    found = zip(pairs.source.tolist(), pairs.target.tolist(), pairs.together.tolist(), strict=True)
    assert list(found) == [(i, j, a) for (i, j), a in both.items() if a]


@given(PRESENT, st.lists(st.integers(0, 6), unique=True))
def test_counts_of_chosen_rows_and_words(speech, words):
    rows = np.arange(len(speech)) % 2 == 0
    found = similarity.count(counted(speech), rows, np.array(words, dtype=int))
    said = [[words.index(word) for word in own if word in words] for own in speech[::2]]
    expected = similarity.count(counted([frozenset(own) for own in said], len(words)))
    for name in ("source", "target", "together", "frequency"):
        assert getattr(found, name).tolist() == getattr(expected, name).tolist()


@given(PRESENT, st.lists(st.integers(0, 2), min_size=12, max_size=12))
def test_blocks_add_up(speech, blocks):
    blocks = np.array(blocks[: len(speech)])
    table = counted(speech)
    source, target = np.triu_indices(7, k=1)
    pairs, words = by_block(table, source, target, blocks, 3)
    for block in range(3):
        own = [said for said, place in zip(speech, blocks, strict=True) if place == block]
        assert words.toarray()[block].tolist() == [sum(i in said for said in own) for i in range(7)]
        both = [sum({i, j} <= said for said in own) for i, j in zip(source, target, strict=True)]
        assert pairs.toarray()[block].tolist() == both
    turns = [frozenset().union(*(s for s, b in zip(speech, blocks, strict=True) if b == k)) for k in range(3)]
    assert (similarity.merge_rows(table, blocks, 3).toarray() == counted(turns).toarray()).all()


@given(PRESENT)
def test_indices_are_those_of_vectors_of_presence(speech):
    table = counted(speech)
    pairs = similarity.all_pairs(table)
    said, n = table.toarray().astype(bool), len(speech)
    for place, (i, j) in enumerate(combinations(range(7), 2)):
        x, y = said[:, i], said[:, j]
        plain = {
            "russel": (x & y).mean(),
            "jaccard": (x & y).sum() / max((x | y).sum(), 1),
            "simple_matching": (x == y).mean(),
            "hamman": (x == y).mean() - (x != y).mean(),
            "tanimoto": (x == y).sum() / ((x == y).sum() + 2 * (x != y).sum()),
            "phi": np.corrcoef(x, y)[0, 1] if 0 < x.sum() < n and 0 < y.sum() < n else 0.0,
            "ochiai": (x & y).sum() / np.sqrt(x.sum() * y.sum()) if x.any() and y.any() else 0.0,
            "binomial": stats.binom.cdf((x & y).sum() - 1, n, x.mean() * y.mean()) if (x & y).any() else 0.0,
        }
        for name, value in plain.items():
            assert similarity.weigh(pairs, name)[place] == pytest.approx(value, abs=1e-9), name


@given(PRESENT)
def test_indices_that_are_nothing_apart_need_no_other_pairs(speech):
    table = counted(speech)
    whole, present = similarity.all_pairs(table), similarity.count(table)
    apart = whole.together == 0
    for name in similarity.INDICES:
        values = similarity.weigh(whole, name)
        assert np.isfinite(values).all()
        if name in similarity.ZERO_APART:
            assert not values[apart].any()
            np.testing.assert_array_equal(values[~apart], similarity.weigh(present, name))


def test_the_other_indices_have_a_value_apart():
    table = counted([{0, 1}, {0}, {0, 2}, {1}, {2, 3}, set(), {3, 4}, {4, 5}, {6}])
    whole = similarity.all_pairs(table)
    for name in set(similarity.INDICES) - similarity.ZERO_APART:
        assert similarity.weigh(whole, name)[whole.together == 0].any(), name


def test_what_is_infinite_or_undefined():
    a, margins = np.array([2, 1, 3]), np.array([[2, 2, 3], [2, 3, 5]])
    assert similarity.index("kulczynski1", a, margins, 9).tolist() == pytest.approx([2.5, 1 / 3, 1.5])
    assert similarity.index("kulczynski1", a[:1], margins[:, :1], 9).tolist() == [1.0]
    # |ad − bc| is half of n: the logarithm of 0, so one less than the only finite value
    stiles = similarity.index("stiles", np.array([1, 2]), np.array([[1, 2], [2, 2]]), 4)
    assert stiles.tolist() == [-1.0, 0.0]
    assert similarity.index("yule", np.array([0]), np.array([[0], [2]]), 4).tolist() == [0.0]


def test_indices_by_line():
    a, margins = np.array([[2, 1], [2, 2]]), np.array([[[2, 2], [3, 2]], [[2, 3], [4, 2]]])
    found = similarity.index("kulczynski1", a, margins, np.array([[9], [8]]))
    for line in range(2):
        assert found[line].tolist() == similarity.index("kulczynski1", a[line], margins[:, line], 9).tolist()


def test_only_pairs_that_meet_more_often_than_by_chance_are_linked_by_association():
    _, pairs = reference()
    first, second = pairs.margins
    more = pairs.together * SEGMENTS > first * second
    assert 0 < more.sum() < len(more)
    for name in similarity.INDICES:
        values = similarity.weigh(pairs, name)
        found = similarity.linked(pairs, name, values)
        assert not found[values == 0].any()
        expected = more if name in similarity.ASSOCIATIONS else np.ones(len(more), dtype=bool)
        assert (found == (expected & (values != 0))).all()
    # the four that have a sign say the same by it
    for name in ("phi", "michael", "yule", "yule2"):
        assert ((similarity.weigh(pairs, name) > 0) == more).all()


def test_strengths_keep_order_and_are_never_negative():
    _, pairs = reference()
    for name in similarity.INDICES:
        values = similarity.weigh(pairs, name)
        found = similarity.strengths(values)
        assert found.min() >= 0
        if values.min() >= 0:
            assert (found == values).all()
        np.testing.assert_allclose(found - found[0], values - values[0], rtol=0, atol=1e-9 * np.abs(values).max())
    assert similarity.strengths(np.zeros(0)).tolist() == []


def test_an_unknown_index_is_refused():
    with pytest.raises(ValueError, match="unknown index"):
        similarity.weigh(similarity.count(counted([{0, 1}])), "cosine")
    with pytest.raises(ValueError, match="at most 500"):
        similarity.all_pairs(counted([{0}], 501))


@settings(max_examples=60)
@given(st.integers(1, 60), st.data())
def test_probabilities_equal_exact_sums(n, data):
    first, second = data.draw(st.integers(1, n)), data.draw(st.integers(1, n))
    a = data.draw(st.integers(max(0, first + second - n), min(first, second)))
    exact = sum(comb(first, k) * comb(n - first, second - k) for k in range(a, min(first, second) + 1)) / comb(
        n, second
    )
    found = log10_probability(np.array([a]), np.array([[first], [second]]), n)[0]
    assert found == pytest.approx(log10(exact), abs=1e-9)


def test_probabilities_do_not_vanish():
    _, pairs = reference()
    found, adjusted = similarity.probabilities(pairs)
    exact = [
        stats.hypergeom.logsf(a - 1, pairs.n, i, j) / np.log(10)
        for a, (i, j) in zip(pairs.together, pairs.margins.T, strict=True)
    ]
    np.testing.assert_allclose(found, exact, rtol=1e-8, atol=1e-9)
    assert found.min() < -200
    apart = 100 * 99 // 2 - len(found)
    whole = np.concatenate([10**found, np.ones(apart)])
    np.testing.assert_allclose(adjusted, stats.false_discovery_control(whole)[: len(found)], rtol=1e-9)
