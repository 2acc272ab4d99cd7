"""What the report says and draws of similarity graphs, before any browser."""

import dataclasses
import re

import numpy as np
import polars as pl
import pytest

from report_study import study
from verbatim import layout, similarity, tables
from verbatim.report import graph_data, graph_method, graph_page


@pytest.fixture(scope="module")
def material():
    return study()


def own(material, graph="ensemble"):
    return [
        material.table(f"graphs/{kind}", "ensemble").filter(pl.col("graph") == graph)
        for kind in ("nodes", "edges", "communities")
    ]


def polygons(path):
    """The closed polygons of a path of relative steps."""
    found = []
    for part in re.findall(r"M(-?\d+) (-?\d+)l([^z]*)z", path):
        steps = np.array([int(n) for n in re.findall(r"-?\d+", part[2])]).reshape(-1, 2)
        start = np.array([[int(part[0]), int(part[1])]])
        found.append(start + np.vstack([[[0, 0]], steps.cumsum(axis=0)]))
    return found


def test_a_drawing_holds_every_word_inside_its_sides_and_every_link_shown(material):
    nodes, edges, communities = own(material)
    drawn = graph_data.drawing(nodes, edges, communities, None)
    centres = np.array([drawn["x"], drawn["y"]]).T
    sides = np.array([drawn["width"], [1.25 * font + 16 / 3 for font in drawn["font"]]]).T
    assert (centres - sides / 2 > 0).all() and (centres + sides / 2 < drawn["size"]).all()
    assert layout.overlaps(centres, sides - 1) == 0
    assert len(drawn["links"]) == edges.filter("shown").height and drawn["left_out"] == 0
    assert [n for *_, n in drawn["links"]] == sorted((n for *_, n in drawn["links"]), reverse=True)
    together = {(drawn["words"][a], drawn["words"][b]): n for a, b, _, n, *_ in drawn["links"]}
    assert together == {(s, t): n for s, t, n in edges.filter("shown")["source", "target", "cooccurrence"].iter_rows()}


def test_halos_enclose_the_words_of_their_community_and_no_others(material):
    drawn = graph_data.drawing(*own(material), None)
    centres = np.array([drawn["x"], drawn["y"]]).T
    numbers = np.array(drawn["community"])
    assert drawn["halos"]
    for number, path in drawn["halos"].items():
        assert (layout.inside(centres, polygons(path)) == (numbers == int(number))).all()


def test_an_outline_is_shortened_but_strays_little():
    angles = np.linspace(0, 2 * np.pi, 400, endpoint=False)
    circle = 100 * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    kept = circle[graph_data._needed(circle)]
    assert 8 < len(kept) < 60
    ahead = np.roll(kept, -1, axis=0)
    middles = np.linalg.norm((kept + ahead) / 2, axis=1)
    assert (middles > 100 - 1.1 * graph_data.STRAY).all()


def test_links_beyond_what_a_page_can_draw_are_counted(material, monkeypatch):
    nodes, edges, communities = own(material)
    monkeypatch.setattr(graph_data, "MOST_LINKS", 5)
    drawn = graph_data.drawing(nodes, edges, communities, None)
    assert len(drawn["links"]) == 5 and drawn["left_out"] == edges.filter("shown").height - 5


def test_every_index_form_and_method_is_said_in_french():
    assert set(graph_method.FORMULAS) == set(similarity.INDICES)
    assert set(graph_method.METHODS) == set(similarity.METHODS)


@pytest.mark.parametrize(
    ("rand", "said"), [(None, ""), (0.2, "changent beaucoup"), (0.7, "en partie"), (0.9, "se retrouvent bien")]
)
def test_communities_that_change_are_told_so(rand, said):
    told = graph_method.doubt({"stability": rand, "n_communities": 4})
    assert said in told and bool(told) == bool(said)
    assert ("ne les lisez pas seules" in told) == (rand is not None and rand < 0.8)


def test_a_graph_of_nothing_says_why(material):
    summary = material.table("graphs/summary", "ensemble").filter(pl.col("graph") == "ensemble")
    why = "aucun mot n'est dans 3 segments"
    none = summary.with_columns(n_words=pl.lit(0), message=pl.lit(why), n_alone=pl.lit(0))
    shelf = {("graphs/summary", "ensemble"): tables.store.check("graphs/summary", none)}
    shelf |= {
        (f"graphs/{kind}", "ensemble"): tables.empty(f"graphs/{kind}") for kind in ("nodes", "edges", "communities")
    }
    seen = graph_page.view(dataclasses.replace(material, shelf={**material.shelf, **shelf}), "ensemble")
    (graph,) = seen["data"]["graphs"]
    assert graph["message"] == why and "words" not in graph
    assert seen["first"] == {"links": [], "n": 0} and seen["comparison"] is None


def test_the_whole_corpus_comes_first_then_classes_by_number(material):
    summary = material.table("graphs/summary", "ensemble")
    eleven = summary.filter(pl.col("graph") == "class_2").with_columns(graph=pl.lit("class_11"), subject=pl.lit("11"))
    shelf = {("graphs/summary", "ensemble"): pl.concat([eleven, summary])}
    seen = graph_page.view(dataclasses.replace(material, shelf={**material.shelf, **shelf}), "ensemble")
    assert [graph["graph"] for graph in seen["graphs"]] == ["ensemble", "class_1", "class_2", "class_3", "class_11"]


def test_titles_bear_the_names_of_classes_and_differ(material):
    seen = graph_page.view(material, "ensemble")
    titles = [graph["title"] for graph in seen["graphs"]]
    assert titles[1] == "Classe 1 · Les écrans"
    summary = material.table("graphs/summary", "ensemble").with_columns(title=pl.lit("Pareil"))
    changed = dataclasses.replace(material, shelf={**material.shelf, ("graphs/summary", "ensemble"): summary})
    again = [graph["title"] for graph in graph_page.view(changed, "ensemble")["graphs"]]
    assert len(set(again)) == len(again) and again[0] == "Pareil (ensemble)"
