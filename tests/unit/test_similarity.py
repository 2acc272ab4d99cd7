"""The tables of a similarity graph, from those of an analysis."""

import polars as pl
import pytest

from verbatim import similarity, tables


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
