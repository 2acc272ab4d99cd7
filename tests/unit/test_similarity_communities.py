"""Communities: methods, numbering, modularity, the same each time; how they survive resamples."""

import csv
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from similarity_reference import DATA, REFERENCE, reference
from verbatim import similarity

SCRIPTS = Path(__file__).parents[2] / "scripts"
METHODS = sorted(similarity.METHODS)


def random_edges(seed, n, m):
    random = np.random.default_rng(seed)
    source, target = np.triu_indices(n, k=1)
    kept = np.sort(random.choice(len(source), min(m, len(source)), replace=False))
    return source[kept], target[kept], random.integers(1, 6, len(kept)).astype(float)


@pytest.mark.parametrize("method", METHODS)
def test_communities_are_numbered_by_size_then_first_word(method):
    source, target = np.array([0, 2, 3, 2, 5]), np.array([1, 3, 4, 4, 6])
    found = similarity.communities(source, target, np.ones(5), 8, method=method)
    assert found.tolist() == [2, 2, 1, 1, 1, 3, 3, 4]


@pytest.mark.parametrize("method", METHODS)
def test_communities_read_weights_as_strengths(method):
    # two triangles of strong links, joined by weak ones: read as distances, the weak links would hold
    pairs = [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5)]
    weak = [(0, 3), (1, 4), (2, 5)]
    source, target = np.array(pairs + weak).T
    weight = np.array([9.0] * 6 + [0.5] * 3)
    assert similarity.communities(source, target, weight, 6, method=method).tolist() == [1, 1, 1, 2, 2, 2]


@pytest.mark.parametrize("method", METHODS)
def test_words_without_links_and_links_without_strength(method):
    none = np.zeros(0, dtype=int)
    assert similarity.communities(none, none, np.zeros(0), 3, method=method).tolist() == [1, 2, 3]
    found = similarity.communities(np.array([0, 1]), np.array([1, 2]), np.array([2.0, -5.0]), 3, method=method)
    assert found.tolist() == [1, 1, 2]


@pytest.mark.parametrize("method", METHODS)
@given(seed=st.integers(0, 10**6), n=st.integers(2, 12), m=st.integers(1, 30))
def test_communities_are_connected_and_the_same_for_any_order_of_edges(method, seed, n, m):
    source, target, weight = random_edges(seed, n, m)
    found = similarity.communities(source, target, weight, n, method=method)
    shuffled = np.random.default_rng(seed).permutation(len(source))
    again = similarity.communities(target[shuffled], source[shuffled], weight[shuffled], n, method=method)
    assert found.tolist() == again.tolist()
    graph = networkx.Graph(list(zip(source.tolist(), target.tolist(), strict=True)))
    graph.add_nodes_from(range(n))
    sizes = np.bincount(found)[1:]
    assert (sizes > 0).all()
    assert (np.diff(sizes) <= 0).all()
    for number in range(1, found.max() + 1):
        assert networkx.is_connected(graph.subgraph(np.flatnonzero(found == number).tolist()))


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match="unknown method"):
        similarity.communities(np.array([0]), np.array([1]), np.ones(1), 2, method="spinglass")
    source, target = np.triu_indices(60, k=1)
    with pytest.raises(ValueError, match="at most 1500"):
        similarity.communities(source, target, np.ones(len(source)), 60, method="edge_betweenness")


def test_communities_do_not_depend_on_hash_seed():
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import numpy as np; from verbatim.similarity import METHODS, communities\n"
        "n = 40; r = np.random.default_rng(3); s, t = np.triu_indices(n, k=1)\n"
        "k = r.random(len(s)) < 0.1; w = r.integers(1, 4, k.sum()).astype(float)\n"
        "print([communities(s[k], t[k], w, n, 5, method).tolist() for method in METHODS])"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program, str(SCRIPTS)],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1] != ""


@given(st.integers(0, 10**6), st.integers(2, 9), st.integers(1, 30))
def test_modularity_equals_networkx(seed, n, m):
    source, target, weight = random_edges(seed, n, m)
    labels = np.random.default_rng(seed).integers(0, 3, n)
    graph = networkx.Graph()
    graph.add_nodes_from(range(n))
    graph.add_weighted_edges_from(zip(source.tolist(), target.tolist(), weight.tolist(), strict=True))
    parts = [set(np.flatnonzero(labels == k).tolist()) for k in range(3) if (labels == k).any()]
    expected = networkx.community.modularity(graph, parts)
    assert similarity.modularity(source, target, weight, labels) == pytest.approx(expected)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=12))
def test_the_adjusted_rand_index_counts_pairs(pairs):
    left, right = np.array(pairs).T
    same = [(a[0] == b[0], a[1] == b[1]) for a, b in combinations(pairs, 2)]
    both, one, other = (sum(values) for values in zip(*((a and b, a, b) for a, b in same), strict=True))
    chance = one * other / len(same)
    expected = (both - chance) / ((one + other) / 2 - chance) if (one + other) / 2 != chance else 1.0
    assert similarity.adjusted_rand(left, right) == pytest.approx(expected)


def their_tree():
    names, _ = reference()
    lines = list(csv.DictReader((DATA / "simi_mst_cooc.csv").read_text(encoding="utf-8").splitlines()))
    ends = [[names.index(line[end]) for line in lines] for end in ("from", "to")]
    return names, np.array(ends[0]), np.array(ends[1]), np.array([float(line["weight"]) for line in lines])


@pytest.mark.parametrize(
    ("column", "method"),
    [
        ("edge_betweenness", "edge_betweenness"),
        ("fast_greedy", "greedy"),
        ("louvain", "louvain"),
        ("walktrap", "walktrap"),
    ],
)
def test_communities_are_those_of_iramuteq_or_better(column, method):
    path = REFERENCE / "simi_communities_cooc.csv"
    if not path.is_file():
        pytest.skip(f"no {path}")
    names, *edges = their_tree()
    lines = {line["form"]: line for line in csv.DictReader(path.read_text(encoding="utf-8").splitlines())}
    theirs = np.array([int(lines[name][column]) for name in names])
    ours = similarity.communities(*edges, 100, method=method)
    assert similarity.adjusted_rand(ours, theirs) > 0.9
    assert similarity.modularity(*edges, ours) >= similarity.modularity(*edges, theirs) - 1e-9


def planted(seed, n, noise):
    """A table of n rows whose words 0-3 and 4-7 come together, word 8 anywhere."""
    random = np.random.default_rng(seed)
    theme = random.integers(0, 2, n)
    chance = np.where(np.arange(9)[None] // 4 == theme[:, None], 0.6, noise)
    chance[:, 8] = 0.3
    rows, words = np.nonzero(random.random((n, 9)) < chance)
    return similarity.presence(rows, words, n, 9)


def found_by_louvain(pairs):
    weight = similarity.weigh(pairs, "jaccard")
    return similarity.communities(pairs.source, pairs.target, weight, len(pairs.frequency), starts=1)


def labels_of(table):
    return found_by_louvain(similarity.count(table))


def test_stability_of_what_is_planted_and_of_noise():
    table = planted(1, 300, 0.05)
    labels = labels_of(table)
    found = similarity.community_stability(table, labels, found_by_louvain, resamples=30)
    assert (found.kept[:8] == 1).all()
    assert found.rand.mean() > 0.6
    where = np.nonzero(np.random.default_rng(2).random((60, 9)) < 0.15)
    noise = similarity.presence(*where, 60, 9)
    shaken = similarity.community_stability(noise, labels_of(noise), found_by_louvain, resamples=30)
    assert shaken.rand.mean() < 0.4
    assert (found.together == found.together.T).all()
    assert (np.diag(found.together) == 1).all()
    again = similarity.community_stability(table, labels, found_by_louvain, resamples=30)
    assert (again.together == found.together).all()


def test_stability_equals_counting_the_resamples_anew():
    table = planted(3, 40, 0.3)
    labels, blocks = labels_of(table), np.arange(40) // 4
    found = similarity.community_stability(table, labels, found_by_louvain, blocks, 5, seed=7)
    random, together, rand = np.random.default_rng(7), np.zeros((9, 9)), []
    likeness = np.zeros(labels.max())
    for _ in range(5):
        rows = np.concatenate([np.flatnonzero(blocks == block) for block in random.integers(0, 10, 10)])
        drawn = labels_of(table[rows])
        together += drawn[:, None] == drawn[None]
        rand.append(similarity.adjusted_rand(labels, drawn))
        members = [set(np.flatnonzero(drawn == k)) for k in range(1, drawn.max() + 1)]
        own = [set(np.flatnonzero(labels == k)) for k in range(1, labels.max() + 1)]
        likeness += [max(len(a & b) / len(a | b) for b in members) for a in own]
    np.testing.assert_allclose(found.together, together / 5)
    assert found.rand.tolist() == pytest.approx(rand)
    assert found.jaccard.tolist() == pytest.approx(likeness / 5)


def test_one_block_always_gives_the_same():
    table = planted(4, 50, 0.2)
    found = similarity.community_stability(table, labels_of(table), found_by_louvain, np.zeros(50, dtype=int), 3)
    assert found.rand.tolist() == [1, 1, 1]
    assert (found.kept == 1).all()


def test_without_resamples_nothing_is_known():
    table = planted(4, 50, 0.2)
    found = similarity.community_stability(table, labels_of(table), found_by_louvain, resamples=0)
    assert len(found.rand) == 0
    assert all(np.isnan(values).all() for values in (found.together, found.kept, found.jaccard))
