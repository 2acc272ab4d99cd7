"""Maximum trees, thresholds, backbones, paths and centralities, against IRaMuTeQ, networkx and plain loops."""

import csv

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from similarity_reference import DATA, counted, reference, tree_of
from verbatim import similarity
from verbatim.similarity.shortest_paths import betweenness

PRESENT = st.lists(st.frozensets(st.integers(0, 6)), min_size=1, max_size=12)


@pytest.mark.parametrize(("name", "index", "total"), [("cooc", "cooccurrence", 5454), ("jaccard", "jaccard", 6.490326)])
def test_maximum_trees_weigh_what_iramuteq_finds(name, index, total):
    lines = csv.DictReader((DATA / f"simi_mst_{name}.csv").read_text(encoding="utf-8").splitlines())
    weights = tree_of(reference()[1], index)[2]
    np.testing.assert_allclose(np.sort(weights), sorted(float(line["weight"]) for line in lines), rtol=1e-9)
    assert weights.sum() == pytest.approx(total, rel=1e-7)


@given(PRESENT)
def test_the_tree_is_a_maximum_spanning_forest(speech):
    pairs = similarity.count(counted(speech))
    source, target, weights = tree_of(pairs, "cooccurrence")
    whole = graph_of(pairs.source, pairs.target, pairs.together)
    assert weights.sum() == networkx.maximum_spanning_tree(whole).size(weight="weight")
    forest = networkx.Graph(list(zip(source, target, strict=True)))
    assert len(source) == networkx.maximum_spanning_tree(whole).number_of_edges()
    assert forest.number_of_nodes() == 0 or networkx.is_forest(forest)


def graph_of(source, target, weight, n=7):
    graph = networkx.Graph()
    graph.add_nodes_from(range(n))
    for a, b, w in zip(source.tolist(), target.tolist(), np.asarray(weight).tolist(), strict=True):
        graph.add_edge(a, b, weight=w, length=1 / w)
    return graph


def test_equal_weights_go_to_the_first_words():
    source, target, _ = tree_of(similarity.count(counted([{0, 1, 2, 3}], 4)), "cooccurrence")
    assert list(zip(source.tolist(), target.tolist(), strict=True)) == [(0, 1), (0, 2), (0, 3)]


def test_the_tree_is_the_same_for_any_order_of_edges():
    _, pairs = reference()
    shuffled = np.random.default_rng(2).permutation(len(pairs.source))
    weight = similarity.weigh(pairs, "cooccurrence")
    noise = 1 + 1e-15 * np.arange(len(weight)) / len(weight)
    one = similarity.ranked(pairs.source, pairs.target, weight)
    other = similarity.ranked(pairs.target[shuffled], pairs.source[shuffled], (weight * noise)[shuffled])
    assert all((a == b).all() for a, b in zip(one[:2], other[:2], strict=True))
    assert (shuffled[other[3]] == one[3]).all()


def edges(seed, n, m):
    random = np.random.default_rng(seed)
    source, target = np.triu_indices(n, k=1)
    kept = np.sort(random.choice(len(source), min(m, len(source)), replace=False))
    return source[kept], target[kept], random.integers(1, 6, len(kept)).astype(float)


@given(st.integers(0, 10**6), st.integers(2, 9), st.integers(1, 30))
def test_disparity_equals_the_formula_word_by_word(seed, n, m):
    source, target, weight = edges(seed, n, m)
    found = similarity.disparity(source, target, weight, n)
    graph = graph_of(source, target, weight, n)
    for a, b, w, alpha in zip(source, target, weight, found, strict=True):
        seen = []
        for end in (a, b):
            share, degree = w / graph.degree(end, weight="weight"), graph.degree(end)
            seen.append((1 - share) ** (degree - 1))
        assert alpha == pytest.approx(min(seen), abs=1e-12)


def test_the_disparity_filter_refuses_negative_weights():
    with pytest.raises(ValueError, match="above 0"):
        similarity.disparity(np.array([0]), np.array([1]), np.array([-1.0]), 2)


def test_forms_of_network():
    source, target = np.array([0, 0, 1, 2, 0, 3]), np.array([1, 2, 2, 3, 3, 4])
    source, target, weight, _ = similarity.ranked(source, target, np.array([9.0, 8, 7, 3, 2, 1]))
    shown, tree = similarity.network(source, target, weight, 5)
    assert weight[shown].tolist() == weight[tree].tolist() == [9, 8, 3, 1]
    assert weight[similarity.network(source, target, weight, 5, more=1)[0]].tolist() == [9, 8, 7, 3, 1]
    assert weight[similarity.network(source, target, weight, 5, threshold=1)[0]].tolist() == [9, 8, 3]
    assert similarity.network(source, target, weight, 5, "full")[0].all()
    assert weight[similarity.network(source, target, weight, 5, "full", threshold=7)[0]].tolist() == [9, 8]
    strong = similarity.disparity(source, target, weight, 5) < 0.3
    shown, tree = similarity.network(source, target, weight, 5, "backbone", alpha=0.3)
    assert (shown == (strong | tree)).all()
    with pytest.raises(ValueError, match="unknown form"):
        similarity.network(source, target, weight, 5, "star")


@given(st.integers(0, 10**6), st.integers(2, 8), st.integers(1, 20), st.integers(1, 4))
def test_a_threshold_after_the_tree_or_before_leaves_the_same_tree(seed, n, m, threshold):
    ranked = similarity.ranked(*edges(seed, n, m))[:3]
    after = similarity.network(*ranked, n, threshold=threshold)[0]
    before = similarity.network(*ranked, n, threshold=threshold, threshold_first=True)[0]
    assert (after == before).all()


def test_pieces_are_numbered_by_their_first_words():
    assert similarity.pieces(np.array([4, 1]), np.array([0, 5]), 6).tolist() == [0, 1, 2, 3, 0, 1]


@given(st.integers(0, 10**6), st.integers(2, 9), st.integers(1, 36))
def test_betweenness_equals_networkx(seed, n, m):
    source, target, weight = edges(seed, n, m)
    graph = graph_of(source, target, weight, n)
    of_words, of_edges = betweenness(source, target, weight, n)
    words = networkx.betweenness_centrality(graph, weight="length", normalized=False)
    links = networkx.edge_betweenness_centrality(graph, weight="length", normalized=False)
    assert of_words.tolist() == pytest.approx([words[word] for word in range(n)])
    assert of_edges.tolist() == pytest.approx(
        [links[pair] for pair in zip(source.tolist(), target.tolist(), strict=True)]
    )


@given(st.integers(0, 10**6), st.integers(2, 9), st.integers(1, 36))
def test_centralities_equal_networkx(seed, n, m):
    source, target, weight = edges(seed, n, m)
    graph = graph_of(source, target, weight, n)
    labels = np.arange(n) % 3
    found = similarity.centralities(source, target, weight, labels)
    assert found.degree.tolist() == [graph.degree(word) for word in range(n)]
    assert found.strength.tolist() == pytest.approx([graph.degree(word, weight="weight") for word in range(n)])
    passing = networkx.betweenness_centrality(graph, weight="length")
    near = networkx.closeness_centrality(graph, distance="length")
    assert found.betweenness.tolist() == pytest.approx([passing[word] for word in range(n)])
    assert found.closeness.tolist() == pytest.approx([near[word] for word in range(n)])
    for word in range(n):
        shares = [sum(d["weight"] for _, b, d in graph.edges(word, data=True) if b % 3 == k) for k in range(3)]
        whole = sum(shares)
        expected = 1 - sum((share / whole) ** 2 for share in shares) if whole else 0.0
        assert found.participation[word] == pytest.approx(expected, abs=1e-9)
