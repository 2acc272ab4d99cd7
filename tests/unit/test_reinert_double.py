"""Double classification against the original's, and on its own."""

from itertools import combinations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.io import mmread
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array
from scipy.stats import chi2_contingency

from places import PROGRAM, SHARED
from verbatim.reinert import double
from verbatim.reinert.pairing import best_pairs

REFERENCE = SHARED / "reference"
PLANTED = PROGRAM / "tests" / "data" / "reinert" / "planted.mtx"
SIZES = (12, 14)
LONGEST_SEGMENT = 55
segments = st.lists(st.tuples(st.integers(0, 30), st.booleans()), max_size=60)


def read(name, separator=","):
    path = REFERENCE / name
    if not path.exists():
        pytest.skip(f"the original's double classification is not here: {path.name}")
    return pl.read_csv(path, separator=separator).to_numpy()


@pytest.fixture(scope="module")
def original_groups():
    """The original's number of each segment in the groups of 12, of 14."""
    return read("ira_uc_12_14.tsv", "\t")[:, 1:]


@pytest.fixture(scope="module")
def original_nodes(original_groups):
    """The original's nodes of each segment in either tree."""
    return [read(f"ira_double_chd{k + 1}_n1.csv")[original_groups[:, k]] for k in (0, 1)]


def opened(items):
    """Forms and texts of segments given as (forms, opens a text)."""
    counts = np.array([count for count, _ in items], dtype=int)
    return counts, np.cumsum([opens for _, opens in items], dtype=int)


@given(segments, st.integers(0, 40), st.booleans())
def test_groups_are_contiguous_and_within_one_text(items, size, iramuteq):
    counts, texts = opened(items)
    groups = double.group(counts, texts, size, iramuteq=iramuteq)
    assert groups[:1].tolist() == [0][: len(items)]
    assert set(np.diff(groups)) <= {0, 1}
    assert (np.diff(groups)[np.diff(texts) > 0] == 1).all()


@given(segments, st.integers(0, 40))
def test_groups_stop_as_soon_as_they_are_past_the_size_save_at_the_end_of_a_text(items, size):
    counts, texts = opened(items)
    groups = double.group(counts, texts, size)
    for number in np.unique(groups):
        inside = np.flatnonzero(groups == number)
        assert counts[inside[:-1]].sum() <= size
        last_of_text = inside[-1] + 1 == len(texts) or texts[inside[-1] + 1] != texts[inside[-1]]
        assert last_of_text or counts[inside].sum() > size


@given(segments, st.integers(0, 40))
def test_the_original_forgets_the_first_segment_of_a_group_that_does_not_open_a_text(items, size):
    counts, texts = opened(items)
    groups = double.group(counts, texts, size, iramuteq=True)
    for number in np.unique(groups):
        inside = np.flatnonzero(groups == number)
        opens_text = inside[0] == 0 or texts[inside[0] - 1] != texts[inside[0]]
        counted = inside if opens_text else inside[1:]
        assert counts[counted[counted < inside[-1]]].sum() <= size
        last_of_text = inside[-1] + 1 == len(texts) or texts[inside[-1] + 1] != texts[inside[-1]]
        assert last_of_text or counts[counted].sum() > size


def test_the_two_counters_part_ways():
    counts, texts = np.array([15, 15, 15, 15, 15]), np.zeros(5, dtype=int)
    assert double.group(counts, texts, 12).tolist() == [0, 1, 2, 3, 4]
    assert double.group(counts, texts, 12, iramuteq=True).tolist() == [0, 1, 1, 2, 2]


def forms_that_give(groups, opens):
    """Forms per segment from which the original's counter makes both columns of `groups`; None if there are none."""
    n, cells, bounds = len(groups), [], []
    for numbers, size in zip(groups.T, SIZES, strict=True):
        starts = np.flatnonzero(np.diff(numbers, prepend=-1))
        for start, end in zip(starts, np.append(starts[1:], n), strict=True):
            counted = start if opens[start] else start + 1
            if end - 1 > counted:
                cells += [(len(bounds), i, 1) for i in range(counted, end - 1)]
                bounds.append(size)
            if end < n and not opens[end]:
                cells += [(len(bounds), i, -1) for i in range(counted, end)]
                bounds.append(-size - 1)
    rows, columns, values = zip(*cells, strict=True)
    limits = coo_array((values, (rows, columns)), shape=(len(bounds), n)).tocsr()
    found = linprog(np.zeros(n), A_ub=limits, b_ub=bounds, bounds=(0, LONGEST_SEGMENT))
    return np.round(found.x).astype(int) if found.success else None


def test_one_count_of_forms_gives_both_of_the_original_s_groupings(original_groups):
    """Its forms and texts are not kept: a text is taken to open wherever both columns change, forms are inferred."""
    opens = (np.diff(original_groups, axis=0, prepend=-1) > 0).all(axis=1)
    forms, texts = forms_that_give(original_groups, opens), np.cumsum(opens)
    assert forms is not None
    for numbers, size in zip(original_groups.T, SIZES, strict=True):
        assert (double.group(forms, texts, size, iramuteq=True) == numbers).all()


def test_pairs_and_classes_are_those_of_the_original(original_nodes, original_groups):
    minimum = round((original_groups[:, 0].max() + 1) / 10)
    pairs = double.choose_as_iramuteq(double.cross(*original_nodes, minimum))
    assert [list(pair) for pair in pairs] == read("ira_double_coord.csv")[:, 1:].tolist()
    assert (double.label(*original_nodes, pairs) == read("ira_double_classes.csv")[:, 1]).all()


def test_a_merged_row_is_the_union_of_its_segments():
    table = np.array([[1, 0, 0], [1, 1, 0], [0, 0, 0], [0, 0, 1]])
    merged = double.merge(csr_array(table), np.array([0, 0, 1, 2]))
    assert merged.toarray().tolist() == [[1, 1, 0], [0, 0, 0], [0, 0, 1]]


def planted_double(number=5, **options):
    table = csr_array(mmread(PLANTED))
    texts = np.arange(table.shape[0]) // 20
    return table, double.classify_double(table, texts, [number], (25, 40), **options)[number]


def planted_as_iramuteq(**options):
    table = csr_array(mmread(PLANTED))
    return table, double.classify_double_as_iramuteq(table, np.arange(table.shape[0]) // 20, (25, 40), **options)


def lineages(descent):
    """Node -> itself and those above it, from the mothers."""
    above, mothers = {}, descent.mothers()
    for node, mother in mothers.items():
        above[node] = {node} | above.get(mother, set())
    return above


@pytest.mark.parametrize("classified", [planted_double, planted_as_iramuteq])
def test_no_pair_is_above_below_or_the_same_as_another_in_either_tree(classified):
    _, found = classified(minimum=10)
    assert len(found.pairs) > 1
    for side, descent in enumerate(found.descents):
        above = lineages(descent)
        for i, pair in enumerate(found.pairs):
            others = [other[side] for other in found.pairs[:i]]
            assert not any(other in above[pair[side]] or pair[side] in above[other] for other in others)


def random_tree(rng, n_nodes):
    """Kin of a random binary tree whose nodes 2i and 2i+1 come of an earlier leaf; node 1 is the root."""
    above, leaves = {1: {1}}, [1]
    for split in range(1, n_nodes):
        mother = leaves.pop(rng.integers(len(leaves)))
        for node in (2 * split, 2 * split + 1):
            above[node] = above[mother] | {node}
            leaves.append(node)
    size = 2 * n_nodes
    return np.array([[x in above.get(y, ()) or y in above.get(x, ()) for y in range(size)] for x in range(size)])


@given(st.integers(0, 10_000), st.integers(2, 6), st.integers(1, 9), st.integers(1, 4))
@settings(deadline=None)
def test_the_pairs_chosen_have_the_largest_sum_of_all_sets(seed, n_nodes, n_pairs, number):
    rng = np.random.default_rng(seed)
    kin = random_tree(rng, n_nodes), random_tree(rng, n_nodes)
    first, second = rng.integers(2, 2 * n_nodes, (2, n_pairs))
    chi2 = -np.sort(-rng.integers(4, 60, n_pairs).astype(float))
    allowed = [
        chosen
        for size in range(1, number + 1)
        for chosen in combinations(range(n_pairs), size)
        if not any(kin[0][first[i], first[j]] or kin[1][second[i], second[j]] for i, j in combinations(chosen, 2))
    ]
    most = max(map(len, allowed))
    best = max(chi2[list(chosen)].sum() for chosen in allowed if len(chosen) == most)
    found = best_pairs(first, second, chi2, kin, [number])[number]
    assert tuple(found) in allowed and len(found) == most
    assert chi2[found].sum() == best
    equal = [chosen for chosen in allowed if len(chosen) == most and chi2[list(chosen)].sum() == best]
    assert sum(found) == min(map(sum, equal))


def test_on_the_original_s_nodes_four_pairs_part_the_corpus_where_the_strongest_alone_held_it_all(original_nodes):
    crossing = double.cross(*original_nodes, 300)
    chosen = best_pairs(crossing.first, crossing.second, crossing.chi2, crossing.kin, [4])[4]
    pairs = tuple(zip(crossing.first[chosen].tolist(), crossing.second[chosen].tolist(), strict=True))
    sizes = np.bincount(double.label(*original_nodes, pairs))[1:]
    assert len(sizes) == 4 and sizes.max() < 0.5 * len(original_nodes[0])
    strongest = double.label(*original_nodes, ((int(crossing.first[0]), int(crossing.second[0])),))
    assert (strongest > 0).mean() > 0.9


def test_the_crossing_holds_the_chi2_and_the_size_of_each_pair():
    _, found = planted_double(minimum=10)
    first, second = (descent.nodes[groups] for descent, groups in zip(found.descents, found.groups, strict=True))
    expected = {}
    for g in range(2, first.max() + 1):
        for h in range(2, second.max() + 1):
            inside, there = (first == g).any(axis=1), (second == h).any(axis=1)
            cells = [
                [(inside & there).sum(), (inside & ~there).sum()],
                [(~inside & there).sum(), (~(inside | there)).sum()],
            ]
            chi2, _, _, chance = chi2_contingency(cells, correction=False)
            if cells[0][0] >= 10 and cells[0][0] > chance[0, 0] and chi2 > double.CHI2_5_PERCENT:
                expected[g, h] = (cells[0][0], pytest.approx(chi2))
    crossing = found.crossing
    keys = zip(crossing.first.tolist(), crossing.second.tolist(), strict=True)
    assert dict(zip(keys, zip(crossing.size, crossing.chi2, strict=True), strict=True)) == expected


def test_classes_are_the_segments_in_both_nodes_and_no_more_than_wanted():
    _, found = planted_double(minimum=10)
    for number, (g, h) in enumerate(found.pairs, start=1):
        inside = [
            (descent.nodes == node).any(axis=1)[numbers]
            for node, descent, numbers in zip((g, h), found.descents, found.groups, strict=True)
        ]
        assert ((found.labels == number) == (inside[0] & inside[1])).all()
    assert np.bincount(found.labels)[1:].min() >= found.minimum
    assert len(planted_double(number=2, minimum=10)[1].pairs) == 2


def test_classes_are_numbered_from_left_to_right_in_the_first_tree():
    _, found = planted_double(minimum=10)
    leaves = found.descents[0].leaves()
    above = lineages(found.descents[0])
    places = [min(i for i, leaf in enumerate(leaves) if g in above[leaf]) for g, _ in found.pairs]
    assert places == sorted(places)


def test_segments_without_form_are_in_no_class_though_their_group_is_in_one():
    table = csr_array(mmread(PLANTED)).tolil()
    table[::7] = 0
    table = csr_array(table)
    texts = np.arange(600) // 20
    found = double.classify_double(table, texts, [4], (25, 40), minimum=10)[4]
    reasons = found.reasons(table)
    assert set(reasons[::7]) == {"no_active_form"} and (found.labels[::7] == 0).all()
    assert ((reasons == "") == (found.labels > 0)).all()


@given(st.integers(0, 10_000), st.integers(0, 60), st.integers(0, 12), st.integers(0, 9), st.booleans())
@settings(max_examples=40, deadline=None)
def test_any_matrix_has_classes_of_the_minimum_size_or_none(seed, n, p, minimum, iramuteq):
    table = csr_array((np.random.default_rng(seed).random((n, p)) < 0.3).astype(float))
    texts = np.arange(n) // 7
    if iramuteq:
        found = double.classify_double_as_iramuteq(table, texts, (3, 5), minimum=minimum)
    else:
        found = double.classify_double(table, texts, [3], (3, 5), minimum=minimum)[3]
    sizes = np.bincount(found.labels, minlength=len(found.pairs) + 1)
    assert len(sizes) == len(found.pairs) + 1
    assert sizes.sum() == n
    empty = np.diff(table.indptr) == 0
    unclassified = 0 if iramuteq else empty.sum()
    assert (sizes[1:] + unclassified >= found.minimum).all()
