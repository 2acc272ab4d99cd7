"""The tables of the similarity graphs: what each graph is made of, and what is said when there is little to show."""

import numpy as np
import polars as pl
import pytest
import yaml

from graph_study import SCHEMA, graph_settings, lexicon, material, profiles
from similarity_reference import reference
from verbatim import similarity, tables
from verbatim.problems import StudyError
from verbatim.similarity import graph_words, links

SPEECH = [["écran", "voix", "le"], ["écran", "voix", "café"], ["café", "bureau", "le"], ["écran", "dossier", "bureau"]]
STRONG = profiles(
    (1, "active", "écran", 9.0),
    (1, "active", "voix", 8.0),
    (1, "active", "café", 7.0),
    (2, "active", "écran", 20.0),
    (2, "active", "bureau", 6.0),
    (2, "active", "dossier", 1.0),
    (2, "active", "voix", -30.0),
    (2, "supplementary", "le", 40.0),
)
NAMES = ("summary", "nodes", "edges", "communities")


def made(own, drawn=None, themes=None, **settings):
    """The four tables, checked."""
    found = similarity.graphs("tous", own, graph_settings(drawn, **settings), themes)
    return similarity.GraphTables(*(tables.check(f"graphs/{name}", getattr(found, name)) for name in NAMES))


def one(own, about, **settings):
    """Summary (a dict) and words of a single graph."""
    found = made(own, {"un": about}, **settings)
    return found.summary.row(0, named=True), found.nodes["lemma"].to_list()


def test_words_come_in_equal_shares_then_by_frequency():
    own = material(SPEECH, [1, 1, 2, 2], STRONG)
    nodes = made(own, words=4).nodes
    assert nodes.select("lemma", "class", "modality").rows() == [
        ("bureau", 2, "2"),
        ("café", 1, "1"),
        ("voix", 1, "1"),
        ("écran", 2, "2"),
    ]
    assert made(own, words=2).nodes["lemma"].to_list() == ["bureau", "écran"]
    assert made(material(SPEECH), words=3).nodes["lemma"].to_list() == ["bureau", "café", "écran"]
    assert made(own).nodes["lemma"].to_list() == sorted({word for said in SPEECH for word in said} - {"le"})
    assert made(own, minimum_frequency=2).nodes["lemma"].to_list() == ["bureau", "café", "voix", "écran"]


def test_nodes_and_edges():
    found = made(material(SPEECH))
    assert found.nodes["frequency"].to_list() == [2, 2, 1, 2, 3]
    rows = {row[:2]: row[2:] for row in found.edges.select("source", "target", "weight", "in_tree", "shown").rows()}
    assert rows["voix", "écran"] == (2.0, True, True)
    assert ("bureau", "voix") not in rows
    assert found.edges["in_tree"].sum() == 4
    expected = dict(zip(found.nodes["lemma"], found.nodes["frequency"], strict=True))
    for row in found.edges.iter_rows(named=True):
        assert row["expected"] == pytest.approx(expected[row["source"]] * expected[row["target"]] / 4)
    drawn = found.edges.filter("shown")
    ends = pl.concat([drawn["source"], drawn["target"]]).value_counts()
    assert dict(ends.rows()) == dict(found.nodes.select("lemma", "degree").rows())


def test_the_summary_counts_what_the_other_tables_hold():
    found = made(material(SPEECH, [1, 1, 2, 2], STRONG), resamples=20)
    row = found.summary.row(0, named=True)
    assert row["n_rows"] == 4
    assert row["n_words"] == found.nodes.height
    assert row["n_pairs"] == found.edges.height
    assert row["n_shown"] == found.edges["shown"].sum()
    assert row["tree_weight"] == found.edges.filter("in_tree")["weight"].sum()
    assert row["n_communities"] == (found.communities["n_words"] > 1).sum()
    assert found.communities["community"].to_list() == found.nodes["community"].unique().sort().to_list()
    assert found.communities["n_words"].sum() == found.nodes.height
    members = found.nodes.sort(["frequency", "lemma"], descending=[True, False]).filter(pl.col("community") == 1)
    assert found.communities["words"][0] == ", ".join(members["lemma"])
    assert 0 <= row["stability"] <= 1
    assert found.nodes["stays"].is_between(0, 1).all()


def test_without_resamples_nothing_is_said_of_stability():
    found = made(material(SPEECH))
    assert found.summary["stability"].to_list() == [None]
    assert found.nodes["stays"].null_count() == found.nodes.height
    assert found.communities["stability"].null_count() == found.communities.height


def test_more_edges_are_the_heaviest_others():
    speech = [[f"m{i:02}" for i in range(n)] for n in range(2, 30)]
    edges = made(material(speech)).edges
    assert edges["in_tree"].sum() == 28
    assert edges.filter(pl.col("shown") & ~pl.col("in_tree")).height == 30
    assert edges.height == 29 * 28 // 2
    whole = made(material(speech[-1:])).edges.filter(pl.col("shown") & ~pl.col("in_tree"))
    assert whole["source"].unique().sort().to_list() == ["m01", "m02"]


@pytest.mark.parametrize("index", ["cooccurrence", "jaccard"])
def test_the_order_of_rows_changes_nothing(index):
    own = material(SPEECH, [1, 1, 2, 2], STRONG)
    turned = similarity.GraphMaterial(
        *(getattr(own, name).reverse() for name in ("segment_lemmas", "lemmas", "profiles", "classes")),
        own.segments.reverse(),
        own.speakers.reverse(),
    )
    first, again = (made(each, index=index, resamples=5) for each in (own, turned))
    for name in NAMES:
        assert getattr(first, name).equals(getattr(again, name))


def test_parts_of_speech_of_a_lemma_are_one_word():
    own = material(SPEECH)
    first = (pl.col("interview") == "E1") & (pl.col("segment") == 1)
    said = own.segment_lemmas.with_columns(pos=pl.when(first).then(pl.lit("VERB")).otherwise("pos"))
    lemmas = pl.concat([own.lemmas, own.lemmas.with_columns(pos=pl.lit("VERB"))])
    both = similarity.GraphMaterial(said, lemmas, own.profiles, own.classes, own.segments, own.speakers)
    assert dict(made(both).nodes.select("lemma", "frequency").iter_rows())["écran"] == 3
    lemmas = pl.concat([own.lemmas, own.lemmas.with_columns(pos=pl.lit("VERB"), status=pl.lit("supplementary"))])
    one_only = similarity.GraphMaterial(said, lemmas, own.profiles, own.classes, own.segments, own.speakers)
    assert dict(made(one_only).nodes.select("lemma", "frequency").iter_rows())["écran"] == 2


def test_a_graph_for_each_class_and_for_one():
    own = material([*SPEECH, *SPEECH], [1, 1, 2, 2, 1, 1, 2], STRONG)
    found = made(own, {"classes": {"of": "class"}, "seconde": {"of": "class", "subject": 2, "title": "La seconde"}})
    summary = found.summary.select("graph", "title", "subject", "n_rows").rows()
    assert summary == [
        ("class_1", "Classe 1", "1", 4),
        ("class_2", "Classe 2", "2", 3),
        ("seconde", "La seconde", "2", 3),
    ]
    words = found.nodes.filter(pl.col("graph") == "class_2").select("lemma", "frequency").rows()
    assert words == [("bureau", 3), ("dossier", 1), ("écran", 1)]
    row, words = one(own, {"of": "class", "subject": 7})
    assert "pas de classe 7" in row["message"]
    assert words == []
    assert "pas de classes" in one(material(SPEECH), {"of": "class"})[0]["message"]


def test_a_modality_takes_what_it_says_more_than_the_others():
    row, words = one(material([*SPEECH, *SPEECH]), {"of": "modality", "variable": "panel", "subject": "a"})
    assert (row["title"], row["n_rows"]) == ("panel : a", 4)
    assert words == ["voix", "écran"]
    row, words = one(material([*SPEECH, *SPEECH]), {"of": "modality", "variable": "interview", "subject": "E3"})
    assert words == ["bureau", "café"]


def test_colours_are_the_modality_of_the_largest_chi2():
    speech = [["a", "x"], ["a", "x"], ["b", "x"], ["c", "x"]] * 6
    nodes = made(material(speech), colour="panel").nodes
    assert nodes.select("lemma", "modality").rows() == [("a", "a"), ("b", "b"), ("c", None), ("x", None)]
    # 18 segments of a known panel: a in the 12 of the first and in none of the 6 of the second
    assert nodes["chi2"][0] == pytest.approx(18)


def test_around_a_word_and_words_of_a_list():
    row, words = one(material(SPEECH), {"of": "word", "subject": "Voix"})
    assert words == ["café", "voix", "écran"]
    assert row["title"] == "Autour de « Voix »"
    row, words = one(material(SPEECH), {"of": "word", "subject": "le"})
    assert words == ["bureau", "café", "le", "voix", "écran"]
    row, words = one(material(SPEECH), {"of": "list", "list": ["ÉCRAN", "le", "jamais", "écran", "voix", "non plus"]})
    assert words == ["le", "voix", "écran"]
    assert row["absent"] == "jamais, non plus"
    row, words = one(material(SPEECH), {"of": "word", "subject": "ecran"})
    assert words == []
    assert "n'est jamais dit ; vouliez-vous « écran » ?" in row["message"]
    row, words = one(material(SPEECH), {"of": "list", "list": ["rien", "jamais"]})
    assert words == []
    assert row["message"] == "aucun mot de la liste n'est jamais dit"
    assert row["absent"] == "rien, jamais"


def test_a_long_list_keeps_its_most_frequent_words(monkeypatch):
    monkeypatch.setattr(graph_words, "MOST", 20)
    speech = [[f"m{i:02}" for i in range(30)], [f"m{i:02}" for i in range(20, 30)]]
    row, words = one(material(speech), {"of": "list", "list": [f"m{i:02}" for i in range(30)]})
    assert row["message"] == "des 30 mots de la liste, les 20 plus fréquents"
    assert words == [f"m{i:02}" for i in (*range(10), *range(20, 30))]


def test_within_turns_words_meet_over_segments_of_the_participant():
    # one interview: turn 2 is cut into segments 1 and 2, segment 2 goes on in turn 4; turn 3 is the interviewer's
    said, lemmas = lexicon([["a"], ["b", "c"]])
    said = said.with_columns(interview=pl.lit("E1"), segment=pl.Series([1, 2, 2]))
    tokens = [(2, 1, "a"), (2, 2, "b"), (3, 1, "c"), (4, 1, "c"), (4, 2, "le")]
    tokens = pl.DataFrame(
        [("E1", turn, token, w, "NOUN", "ignored" if w == "le" else "active") for turn, token, w in tokens],
        ["interview", "turn", "token", "lemma", "pos", "status"],
        orient="row",
    )
    turns = pl.DataFrame(
        {"interview": ["E1"] * 3, "turn": [2, 3, 4], "role": ["participant", "interviewer", "participant"]}
    )
    place = {"interview": ["E1", "E1"], "segment": [1, 2]}
    segments = pl.DataFrame(
        {**place, "speaker": ["E1", "E1"], "first_turn": [2, 2], "first_token": [1, 2], "last_turn": [2, 4]}
    ).with_columns(last_token=pl.Series([1, 2]), question=pl.lit(None, pl.String))
    speakers = pl.DataFrame({"interview": ["E1"], "speaker": ["E1"], "role": ["participant"]})
    classes = pl.DataFrame({**place, "class": [1, 2]})
    told = profiles((1, "active", "a", 9.0), (2, "active", "b", 9.0), (2, "active", "c", 5.0))
    own = similarity.GraphMaterial(said, lemmas, told, classes, segments, speakers, turns=turns, tokens=tokens)
    found = made(own, {"un": {"of": "corpus"}, "classe": {"of": "class", "subject": 2}}, within="turn")
    pairs = found.edges.select("graph", "source", "target", "cooccurrence").rows()
    assert pairs == [("un", "a", "b", 1)]
    assert found.summary.select("graph", "within", "n_rows").rows() == [("classe", "turn", 2), ("un", "turn", 2)]
    assert made(own).edges.select("source", "target").rows() == [("b", "c")]


def test_a_theme_takes_the_segments_that_its_codings_touch():
    codings = pl.DataFrame(
        [("E1", 1, 0, 5, "alliance", "intact"), ("E2", 1, 0, 5, "alliance", "lost")],
        ["interview", "turn", "start", "end", "theme", "anchor"],
        orient="row",
    ).with_columns(origin=pl.lit("human"), set_aside=pl.lit(None, pl.String))
    tokens = pl.DataFrame(
        [(f"E{k}", turn, 1, 0, 4) for k in range(1, 5) for turn in (1, 2)],
        ["interview", "turn", "token", "start", "end"],
        orient="row",
    )
    own = material([*SPEECH, *SPEECH], codings=codings, tokens=tokens)
    row, words = one(own, {"of": "theme", "subject": "alliance"})
    assert row["n_rows"] == 1
    assert words == ["voix", "écran"]
    row, words = one(own, {"of": "theme", "subject": "distance"})
    assert "aucun segment" in row["message"]
    with pytest.raises(StudyError, match=r"thème inconnu « alience »[\s\S]*vouliez-vous « alliance »"):
        made(own, {"un": {"of": "theme", "subject": "alience"}}, themes=["alliance", "distance"])


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"of": "modality", "variable": "panel"}, "il manque « subject »"),
        ({"of": "modality", "subject": "a"}, "il manque « variable »"),
        ({"of": "theme"}, "il manque « subject »"),
        ({"of": "list"}, "il manque « list »"),
        ({"of": "modality", "variable": "pannel", "subject": "a"}, "vouliez-vous « panel »"),
        ({"of": "modality", "variable": "panel", "subject": "z"}, "valeur jamais rencontrée « z »"),
        ({"of": "corpus", "colour": "pannel"}, "vouliez-vous « panel »"),
    ],
)
def test_what_cannot_be_is_a_fault_of_the_study(about, told):
    with pytest.raises(StudyError, match=told):
        made(material(SPEECH), {"un": about})


def test_two_graphs_of_one_name_are_refused():
    drawn = {"classes": {"of": "class"}, "class_1": {"of": "corpus"}}
    with pytest.raises(StudyError, match="s'appellent « class_1 »"):
        made(material(SPEECH, [1, 1, 2, 2]), drawn)
    assert similarity.graph_names(graph_settings(drawn)) == ["class_1"]


@pytest.mark.parametrize(
    ("speech", "n_nodes", "n_edges", "told"),
    [
        ([], 0, 0, "aucun mot actif"),
        ([["le"]], 0, 0, "aucun mot actif"),
        ([["seul", "le"]], 1, 0, "un seul mot"),
        ([["a"], ["b"]], 2, 0, "aucun des 2 mots"),
        ([["a", "b"]], 2, 1, None),
        ([["a", "b"], ["c", "d"], ["e"]], 5, 2, None),
    ],
)
def test_little_to_draw(speech, n_nodes, n_edges, told):
    found = made(material(speech), resamples=3)
    assert (found.nodes.height, found.edges.height) == (n_nodes, n_edges)
    message = found.summary["message"][0]
    assert message is None if told is None else told in message
    assert found.nodes.select("x", "y").is_duplicated().sum() == 0


def test_pieces_and_lone_words_are_counted():
    row = made(material([["a", "b"], ["c", "d"], ["e"]])).summary.row(0, named=True)
    assert (row["n_pieces"], row["n_alone"]) == (3, 1)
    row = made(material([["a", "b"], ["c", "d"], ["a", "b"]]), threshold=1).summary.row(0, named=True)
    assert (row["n_shown"], row["n_pieces"], row["n_alone"], row["tree_weight"]) == (1, 3, 2, 3.0)


def test_words_that_part_are_not_linked_by_any_association():
    # a and b meet once although each is in most segments: χ² is large, the other way round
    speech = [["a", "x"]] * 9 + [["b", "x"]] * 9 + [["a", "b"]]
    for index in sorted(similarity.ASSOCIATIONS):
        edges = made(material(speech), index=index).edges
        parted = edges.filter(pl.col("expected") >= pl.col("cooccurrence"))
        assert parted.select("source", "target").rows()[0] == ("a", "b")
        assert not parted["shown"].any()
        assert not parted["in_tree"].any()
    assert made(material(speech), index="chi2").edges["weight"][0] > 3.84


def test_negative_similarities_still_rank_and_weigh():
    # Fager's index is under 0 for all pairs here
    speech = [["a", "b"]] * 6 + [["c", "d"]] * 5 + [["b", "c"]]
    found = made(material(speech), index="fager", more=0)
    assert (found.edges["weight"] < 0).all()
    assert found.edges["in_tree"].sum() == 3
    labels = dict(found.nodes.select("lemma", "community").rows())
    assert labels["a"] == labels["b"] != labels["c"] == labels["d"]
    assert (found.nodes["strength"] > 0).all()


@pytest.mark.parametrize(("index", "weight"), [("cooccurrence", 5454), ("jaccard", 6.490326)])
def test_the_tree_of_the_reference_weighs_what_iramuteq_finds(index, weight):
    found = links(reference()[1], graph_settings(index=index))
    assert found.weight[found.in_tree].sum() == pytest.approx(weight, rel=1e-7)
    assert found.shown.sum() == 99 + 30


def test_the_settings_allow_the_indices_and_methods_that_there_are():
    schema = yaml.safe_load(SCHEMA.read_text(encoding="utf-8"))["properties"]["graphs"]["properties"]
    assert schema["index"]["enum"] == list(similarity.INDICES)
    assert set(schema["compare"]["properties"]["index"]["enum"]) == similarity.COMPARABLE
    assert set(schema["communities"]["enum"]) == set(similarity.METHODS)
    assert schema["form"]["enum"] == list(similarity.FORMS)


def test_only_significant_links():
    random = np.random.default_rng(1)
    speech = [["a", "b"] if k % 3 == 0 else [w for w in "cdef" if random.random() < 0.4] + ["g"] for k in range(90)]
    edges = made(material(speech), significant=True, form="full").edges
    assert (edges["shown"] == (edges["p_adjusted"] < 0.05)).all()
    assert 0 < edges["shown"].sum() < edges.height


def test_too_many_links_for_a_method_is_said():
    speech = [[f"m{i:02}" for i in range(60)]]
    row, _ = one(material(speech), {"of": "corpus"}, form="full", communities="edge_betweenness")
    assert row["method"] == "louvain"
    assert "trop pour la méthode" in row["message"]
    row, _ = one(material(speech[:1]), {"of": "corpus"}, more=400, communities="edge_betweenness", resamples=2)
    assert row["stability"] is None
    assert "trop pour éprouver la stabilité" in row["message"]


def test_bridges_link_communities():
    speech = [["a", "b"]] * 5 + [["b", "c"]] * 5 + [["a", "c"]] * 5 + [["c", "d"]] + [["d", "e"]] * 4 + [["d", "f"]] * 4
    found = made(material(speech), more=0, form="full").communities
    assert found.select("words", "bridges").rows() == [("c, a, b", "c"), ("d, e, f", "d")]


def test_an_attribute_that_nobody_of_the_analysis_has_colours_nothing():
    own = material(SPEECH)
    others = own.speakers.with_columns(age=pl.lit(None, pl.String))
    elsewhere = pl.DataFrame({"interview": ["F1"], "segment": [1], "speaker": ["F1"]})
    segments = pl.concat([own.segments, elsewhere], how="diagonal")
    speakers = pl.concat([others, elsewhere.drop("segment").with_columns(age=pl.lit("40"))], how="diagonal")
    parts = (own.segment_lemmas, own.lemmas, own.profiles, own.classes, segments, speakers)
    about = {"un": {"of": "corpus"}, "deux": {"of": "modality", "variable": "age", "subject": "40"}}
    found = made(similarity.GraphMaterial(*parts), about, colour="age")
    assert found.nodes["modality"].null_count() == found.nodes.height == 5
    assert "aucun segment de l'analyse pour cette modalité" in found.summary["message"][0]
