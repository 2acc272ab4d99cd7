"""Similarity graphs against IRaMuTeQ's matrices and trees, against networkx and plain loops."""

import csv
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import networkx
import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from verbatim import similarity, tables

DATA = Path(__file__).parents[1] / "data/lexicon"
SCRIPTS = Path(__file__).parents[2] / "scripts"


def reference():
    """Co-occurrences of the 100 words of the reference, in alphabetical order."""
    lines = list(csv.reader((DATA / "simi_cooc100.csv").read_text(encoding="utf-8").splitlines()))
    counts = pl.DataFrame({"word": lines[0][1:], "row": [[int(cell) for cell in line[1:]] for line in lines[1:]]})
    order = counts.with_row_index().sort("word")["index"].to_numpy()
    counts = np.array(counts["row"].to_list())
    return sparse.csr_array(counts[np.ix_(order, order)]), sparse.csr_array(counts)


def tree_of(together, index):
    source, target, weights = similarity.ranked(similarity.weigh(together, index))
    kept = similarity.maximum_tree(source, target, together.shape[0])
    return source[kept], target[kept], weights[kept]


def reference_weights(index):
    lines = csv.DictReader((DATA / f"simi_mst_{index}.csv").read_text(encoding="utf-8").splitlines())
    return sorted(float(line["weight"]) for line in lines)


@pytest.mark.parametrize(("name", "index"), [("cooc", "cooccurrence"), ("jaccard", "jaccard")])
def test_maximum_trees_weigh_what_iramuteq_finds(name, index):
    found = sorted(tree_of(reference()[0], index)[2])
    np.testing.assert_allclose(found, reference_weights(name), rtol=1e-9)


def test_jaccard_equals_the_reference():
    found = similarity.weigh(reference()[1], "jaccard").toarray()
    lines = csv.DictReader((DATA / "simi_jaccard20.csv").read_text(encoding="utf-8").splitlines())
    pairs = {(int(line["i"]) - 1, int(line["j"]) - 1): float(line["value"]) for line in lines}
    assert len(pairs) == 190
    assert [found[pair] for pair in pairs] == pytest.approx(list(pairs.values()), abs=1e-12)


PRESENT = st.lists(st.frozensets(st.integers(0, 6)), min_size=1, max_size=12)


def counted(speech, n_words=7):
    coordinates = [(segment, word) for segment, said in enumerate(speech) for word in sorted(said) for _ in range(2)]
    segments, words = np.array(coordinates, dtype=int).reshape(-1, 2).T
    return similarity.cooccurrences(segments, words, len(speech), n_words)


@given(PRESENT)
def test_indices_equal_plain_counts(speech):
    together = counted(speech)
    raw, jaccard = (similarity.weigh(together, index).toarray() for index in ("cooccurrence", "jaccard"))
    assert together.diagonal().tolist() == [sum(i in said for said in speech) for i in range(7)]
    for i, j in combinations(range(7), 2):
        both = sum({i, j} <= said for said in speech)
        assert raw[i, j] == both
        assert jaccard[i, j] == pytest.approx(both / max(sum(i in said or j in said for said in speech), 1))
    assert not np.tril(raw).any()


@given(PRESENT)
def test_the_tree_is_a_maximum_spanning_forest(speech):
    together = counted(speech)
    source, target, weights = tree_of(together, "cooccurrence")
    whole = networkx.from_numpy_array(np.triu(together.toarray(), k=1))
    best = networkx.maximum_spanning_tree(whole)
    assert weights.sum() == best.size(weight="weight")
    forest = networkx.Graph(list(zip(source, target, strict=True)))
    assert len(source) == best.number_of_edges()
    assert forest.number_of_nodes() == 0 or networkx.is_forest(forest)


def test_equal_weights_go_to_the_first_words():
    source, target, _ = tree_of(counted([{0, 1, 2, 3}], 4), "cooccurrence")
    assert list(zip(source.tolist(), target.tolist(), strict=True)) == [(0, 1), (0, 2), (0, 3)]


def test_an_unknown_index_is_refused():
    with pytest.raises(ValueError, match="unknown index"):
        similarity.weigh(counted([{0, 1}]), "dice")


def test_communities_are_numbered_by_size_then_first_word():
    source, target = np.array([0, 2, 3, 2, 5]), np.array([1, 3, 4, 4, 6])
    assert similarity.communities(source, target, np.ones(5), 8).tolist() == [2, 2, 1, 1, 1, 3, 3, 4]


def test_communities_read_weights_as_strengths():
    source, target = np.array([0, 1, 2]), np.array([1, 2, 3])
    found = similarity.communities(source, target, np.array([9.0, 1.0, 9.0]), 4)
    assert found.tolist() == [1, 1, 2, 2]


def test_communities_do_not_depend_on_hash_seed():
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import numpy as np; from verbatim.similarity import communities\n"
        "n = 60; r = np.random.default_rng(3); t = np.arange(1, n); s = np.array([r.integers(0, i) for i in t])\n"
        "print(communities(s, t, r.random(n - 1), n, 5).tolist())"
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


def lexicon(speech, supplementary=("le",)):
    """Tables segment_lemmas and lemmas from a list of the words of each segment."""
    rows = [("tous", "E1", n, word, "NOUN", 1) for n, said in enumerate(speech, start=1) for word in said]
    types = dict.fromkeys(("analysis", "interview", "segment", "lemma", "pos", "count"), pl.String)
    said = pl.DataFrame(rows, types | {"segment": pl.Int64, "count": pl.Int64}, orient="row")
    lemmas = said.group_by("analysis", "lemma", "pos").agg(
        n_occurrences=pl.col("count").sum(),
        n_segments=pl.len().cast(pl.Int64),
        n_interviews=pl.lit(1, pl.Int64),
    )
    kind = pl.when(pl.col("lemma").is_in(supplementary)).then(pl.lit("supplementary")).otherwise(pl.lit("active"))
    return said, lemmas.with_columns(status=kind)


def profiles(*rows):
    types = {"class": pl.Int64, "kind": pl.String, "term": pl.String, "chi2": pl.Float64}
    return pl.DataFrame(rows, types, orient="row")


SPEECH = [["écran", "voix", "le"], ["écran", "voix", "café"], ["café", "bureau", "le"], ["écran", "dossier", "bureau"]]
STRONG = [
    (1, "active", "écran", 9.0),
    (1, "active", "voix", 8.0),
    (1, "active", "café", 7.0),
    (2, "active", "écran", 20.0),
    (2, "active", "bureau", 6.0),
    (2, "active", "dossier", 1.0),
    (2, "active", "voix", -30.0),
    (2, "supplementary", "le", 40.0),
]


def test_words_come_in_equal_shares_then_by_frequency():
    _, lemmas = lexicon(SPEECH)
    found = similarity.choose(lemmas, profiles(*STRONG), [1, 2], 4)
    assert found.rows() == [("bureau", 2), ("café", 1), ("voix", 1), ("écran", 2)]
    assert similarity.choose(lemmas, profiles(*STRONG), [1, 2], 2).rows() == [("bureau", 2), ("écran", 2)]
    assert similarity.choose(lemmas, profiles(), [], 3)["lemma"].to_list() == ["bureau", "café", "écran"]
    assert similarity.choose(lemmas, profiles(*STRONG), [1, 2], 50)["lemma"].to_list() == sorted(
        {word for said in SPEECH for word in said} - {"le"}
    )


def drawn(speech, words=70, **options):
    nodes, edges = similarity.graph("tous", *lexicon(speech), profiles(), [], words, **options)
    return tables.check("graphs/nodes", nodes), tables.check("graphs/edges", edges)


def test_nodes_and_edges():
    nodes, edges = drawn(SPEECH)
    assert nodes["lemma"].to_list() == ["bureau", "café", "dossier", "voix", "écran"]
    assert nodes["frequency"].to_list() == [2, 2, 1, 2, 3]
    rows = {row[:2]: row[2:] for row in edges.select("source", "target", "weight", "in_tree").rows()}
    assert rows["voix", "écran"] == (2.0, True)
    assert ("bureau", "voix") not in rows
    assert edges["in_tree"].sum() == 4


def test_more_edges_are_the_heaviest_others():
    speech = [[f"m{i:02}" for i in range(n)] for n in range(2, 30)]
    _, edges = drawn(speech)
    assert edges["in_tree"].sum() == 28
    others = edges.filter(~pl.col("in_tree"))
    assert others.height == 30
    _, whole = drawn(speech[-1:])
    assert whole.filter(~pl.col("in_tree"))["source"].unique().sort().to_list() == ["m01", "m02"]


@pytest.mark.parametrize("index", ["cooccurrence", "jaccard"])
def test_the_order_of_rows_changes_nothing(index):
    said, lemmas = lexicon(SPEECH)
    first = similarity.graph("tous", said, lemmas, profiles(*STRONG), [1, 2], 70, index)
    again = similarity.graph("tous", said.reverse(), lemmas.reverse(), profiles(*STRONG[::-1]), [1, 2], 70, index)
    for name, one, other in zip(("nodes", "edges"), first, again, strict=True):
        assert tables.check(f"graphs/{name}", one).equals(tables.check(f"graphs/{name}", other))


def test_parts_of_speech_of_a_lemma_are_one_word():
    said, lemmas = lexicon(SPEECH)
    said = said.with_columns(pos=pl.when(pl.col("segment") == 1).then(pl.lit("VERB")).otherwise("pos"))
    lemmas = pl.concat([lemmas, lemmas.with_columns(pos=pl.lit("VERB"))])
    nodes, _ = similarity.graph("tous", said, lemmas, profiles())
    assert dict(nodes.select("lemma", "frequency").iter_rows())["écran"] == 3


@pytest.mark.parametrize(
    ("speech", "n_nodes", "n_edges", "told"),
    [
        ([], 0, 0, "0 mot actif"),
        ([["le"]], 0, 0, "0 mot actif"),
        ([["seul", "le"]], 1, 0, "1 mot actif"),
        ([["a"], ["b"]], 2, 0, "aucun des 2 mots"),
        ([["a", "b"]], 2, 1, ""),
        ([["a", "b"], ["c", "d"], ["e"]], 5, 2, "en 3 morceaux"),
    ],
)
def test_little_to_draw(speech, n_nodes, n_edges, told, caplog):
    with caplog.at_level("INFO", logger="verbatim"):
        nodes, edges = drawn(speech)
    assert (nodes.height, edges.height) == (n_nodes, n_edges)
    assert told in caplog.text
    assert bool(told) == bool(caplog.text)
