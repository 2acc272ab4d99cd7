"""GraphML and GEXF: networkx reads back what was written, to the last bit."""

import io

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatim import similarity

WORD = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
NUMBER = st.floats(allow_nan=False, allow_infinity=False)
COLOUR = st.integers(0, 256**3 - 1).map("#{:06X}".format)


def readable(text):
    return all(ord(letter) >= 32 or letter in "\n\t\r" for letter in text) and not set("\ufffe\uffff") & set(text)


@st.composite
def graphs(draw):
    words = draw(st.lists(WORD.filter(readable), min_size=1, max_size=6, unique=True))
    n = len(words)
    pairs = (
        draw(
            st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda p: p[0] < p[1]), unique=True)
        )
        if n > 1
        else []
    )
    source, target = np.array(pairs, dtype=int).reshape(-1, 2).T

    def column(values, m):
        return draw(st.lists(values, min_size=m, max_size=m))

    of_words = {
        "frequency": column(st.integers(0, 10**9), n),
        "community": column(st.integers(1, 99), n),
        "x": column(NUMBER, n),
        "y": column(NUMBER, n),
        "colour": column(COLOUR, n),
        "modality": column(st.one_of(st.none(), WORD.filter(readable)), n),
    }
    of_edges = {"weight": column(NUMBER, len(pairs)), "in_tree": column(st.booleans(), len(pairs))}
    return words, (source, target), of_words, of_edges


def check_edges(found, words, edges, of_edges):
    assert not found.is_directed()
    ends = [(words[a], words[b]) for a, b in zip(*edges, strict=True)]
    assert found.number_of_edges() == len(ends)
    for name, column in of_edges.items():
        assert [found.edges[pair][name] for pair in ends] == column


@given(graphs())
def test_graphml_is_read_back_without_loss(graph):
    words, edges, of_words, of_edges = graph
    found = networkx.read_graphml(io.BytesIO(similarity.to_graphml(*graph)))
    assert list(found.nodes) == words
    for place, word in enumerate(words):
        node = found.nodes[word]
        assert "#{r:02X}{g:02X}{b:02X}".format(**node) == of_words["colour"][place]
        assert {name: node.get(name) for name in of_words} == {name: of_words[name][place] for name in of_words}
    check_edges(found, words, edges, of_edges)


@given(graphs())
def test_gexf_is_read_back_without_loss(graph):
    words, edges, of_words, of_edges = graph
    found = networkx.read_gexf(io.BytesIO(similarity.to_gexf(*graph)))
    assert list(found.nodes) == words
    for place, word in enumerate(words):
        node = found.nodes[word]
        assert node["label"] == word
        assert {name: node.get(name) for name in of_words} == {name: of_words[name][place] for name in of_words}
        drawn = node["viz"]
        assert "#{r:02X}{g:02X}{b:02X}".format(**drawn["color"]) == of_words["colour"][place]
        assert (drawn["position"]["x"], drawn["position"]["y"]) == (of_words["x"][place], of_words["y"][place])
    check_edges(found, words, edges, of_edges)


@pytest.mark.parametrize("write", [similarity.to_graphml, similarity.to_gexf])
def test_what_xml_cannot_carry_is_replaced(write):
    edges = np.array([0]), np.array([1])
    said = write(["a\x00b", "c"], edges, {"x": [1.0, float("nan")]}, {"weight": [1]})
    assert b"\x00" not in said
    assert "a\N{REPLACEMENT CHARACTER}b" in said.decode()
    assert "nan" not in said.decode().lower()
    assert said == write(["a\x00b", "c"], edges, {"x": [1.0, float("nan")]}, {"weight": [1]})


@pytest.mark.parametrize("write", [similarity.to_graphml, similarity.to_gexf])
def test_mistaken_columns_are_refused(write):
    none = np.zeros(0, dtype=int)
    with pytest.raises(ValueError, match="given twice"):
        write(["a", "a"], (none, none), {}, {})
    with pytest.raises(ValueError, match="column x: 1 values for 2"):
        write(["a", "b"], (none, none), {"x": [1.0]}, {})
    with pytest.raises(ValueError, match="column weight"):
        write(["a", "b"], (none, none), {}, {"weight": [1.0]})
