"""Graphs for other programs: networkx reads back all that the tables say, CSV what spreadsheets need."""

import io

import networkx
import polars as pl
import pytest

import drawn_graphs as drawn
from verbatim.exchange import graph_export
from verbatim.figures import canvas

ENDINGS = (".graphml", ".gexf", "_noeuds.csv", "_liens.csv", "_matrice.csv")


def exported(frames):
    return dict(graph_export.files(*frames, drawn.PALETTE))


def two_graphs():
    both = drawn.frames(14, 1, graph="ensemble"), drawn.frames(3, 2, share=0.0, graph="liste", more=0)
    return [pl.concat(parts) for parts in zip(*both, strict=True)]


def read(content, ending):
    return (
        networkx.read_graphml(io.BytesIO(content)) if ending == "graphml" else networkx.read_gexf(io.BytesIO(content))
    )


def csv(content):
    return pl.read_csv(content.removeprefix("\ufeff".encode()), separator=";", decimal_comma=True)


def test_every_graph_has_its_files():
    assert sorted(exported(two_graphs())) == sorted(f"{g}{e}" for g in ("ensemble", "liste") for e in ENDINGS)


@pytest.mark.parametrize("ending", ["graphml", "gexf"])
@pytest.mark.parametrize("colour", ["class", "genre"])
def test_networkx_reads_back_what_the_tables_say(ending, colour):
    frames = drawn.frames(30, 5, colour=colour)
    _, nodes, edges, communities = frames
    found = read(exported(frames)[f"g.{ending}"], ending)
    assert sorted(found.nodes) == nodes["lemma"].to_list()
    stable = dict(communities.select("community", "stability").iter_rows())
    for row in nodes.iter_rows(named=True):
        node = found.nodes[row["lemma"]]
        for name in set(nodes.columns) - {"analysis", "graph", "lemma"}:
            assert node.get(name) == row[name], name
        assert node["community_stability"] == stable[row["community"]]
        number = int(row["modality"].split()[-1]) if colour == "genre" and row["modality"] else row["class"]
        tint = canvas.colour(drawn.PALETTE, number)
        channels = node["viz"]["color"] if ending == "gexf" else node
        assert node["colour"] == tint == "#{r:02X}{g:02X}{b:02X}".format(**channels)
        if ending == "gexf":
            place = node["viz"]["position"]
            assert (place["x"], place["y"], node["viz"]["size"]) == (row["x"], row["y"], node["size"])
    assert found.number_of_edges() == edges.filter("shown").height
    for row in edges.filter("shown").iter_rows(named=True):
        edge = found.edges[row["source"], row["target"]]
        for name in set(edges.columns) - {"analysis", "graph", "source", "target", "shown"}:
            assert edge[name] == row[name], name


def test_csv_of_words_and_links_hold_the_tables():
    frames = drawn.frames(20, 5)
    hidden = frames[2].with_columns(shown=pl.col("in_tree"))
    found = exported([*frames[:2], hidden, frames[3]])
    words, links = csv(found["g_noeuds.csv"]), csv(found["g_liens.csv"])
    for name in ("lemma", "frequency", "x", "y", "community", "betweenness"):
        assert words[name].to_list() == frames[1].sort("lemma")[name].to_list()
    assert links.height == frames[2].height > links.filter("shown").height
    assert links["weight"].to_list() == frames[2].sort("source", "target")["weight"].to_list()


@pytest.mark.parametrize(("index", "apart"), [("cooccurrence", 0.0), ("simple_matching", None)])
def test_the_matrix_is_symmetric_and_says_what_is_not_known(index, apart):
    words = pl.Series(["lemma", "lien", "seul"])
    links = pl.DataFrame({"source": ["lemma"], "target": ["lien"], "weight": [2.5]})
    found = graph_export.matrix(words, links, index)
    assert found.columns == ["", "lemma", "lien", "seul"]
    assert found.rows() == [
        ("lemma", None, 2.5, apart),
        ("lien", 2.5, None, apart),
        ("seul", apart, apart, None),
    ]


def test_a_graph_without_words_gives_files_that_are_read():
    found = exported(drawn.frames(0))
    for ending in ("graphml", "gexf"):
        assert read(found[f"g.{ending}"], ending).number_of_nodes() == 0
    assert csv(found["g_noeuds.csv"]).is_empty()


def test_words_that_look_like_formulas_are_neutralised_in_csv_only():
    frames = drawn.frames(3, 1)
    renamed = {old: f"={k}" for k, old in enumerate(frames[1]["lemma"])}
    nodes = frames[1].with_columns(pl.col("lemma").replace(renamed))
    edges = frames[2].with_columns(pl.col("source").replace(renamed), pl.col("target").replace(renamed))
    found = exported([frames[0], nodes, edges, frames[3]])
    assert csv(found["g_noeuds.csv"])["lemma"].to_list() == ["'=0", "'=1", "'=2"]
    assert sorted(read(found["g.gexf"], "gexf").nodes) == ["=0", "=1", "=2"]


def test_the_same_bytes_for_any_order_of_rows():
    frames = two_graphs()
    mixed = [frame.sample(fraction=1.0, shuffle=True, seed=3) for frame in frames]
    assert exported(frames) == exported(mixed)
