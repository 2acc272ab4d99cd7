"""The table of what two groups link, from the tables of a study."""

import polars as pl
import pytest

from graph_study import graph_settings, lexicon
from verbatim import similarity, tables
from verbatim.problems import StudyError

ASKED = {"variable": "panel", "first": "a", "second": "b", "resamples": 40, "least": 1}


def study(n=6):
    """Interviews of two panels: a and b are said together in the first, apart in the second; one of no panel."""
    linked, parted = [["a", "b"], ["c"], ["a", "b", "c"]], [["a"], ["b", "c"], ["a", "c"]]
    speech = [(f"E{k}", s, words) for k in range(n) for s, words in enumerate(parted if k % 2 else linked, start=1)]
    said, lemmas = lexicon([words for *_, words in speech])
    places = [(interview, s) for interview, s, words in speech for _ in words]
    said = said.with_columns(
        pl.Series("interview", [i for i, _ in places]), pl.Series("segment", [s for _, s in places])
    )
    segments = pl.DataFrame(
        [(interview, s, interview) for interview, s, _ in speech], ["interview", "segment", "speaker"], orient="row"
    ).with_columns(question=pl.lit(None, pl.String))
    names = [f"E{k}" for k in range(n)]
    panels = [None if k == n - 1 else "b" if k % 2 else "a" for k in range(n)]
    speakers = pl.DataFrame({"interview": names, "speaker": names, "panel": panels, "role": ["participant"] * n})
    return said, lemmas, segments, speakers


def compared(own=None, **asked):
    said, lemmas, segments, speakers = own or study()
    settings = graph_settings(compare={**ASKED, **asked})
    spoken = similarity.spoken(said, lemmas, segments, speakers)
    return similarity.comparison("tous", spoken, similarity.known_modalities(segments, speakers), settings)


def test_links_of_two_groups():
    found = tables.check("graphs/comparison", compared())
    rows = {row[:2]: row[2:] for row in found.select("source", "target", "n_first", "n_second").rows()}
    assert rows == {("a", "b"): (6, 0), ("a", "c"): (3, 2), ("b", "c"): (3, 2)}
    link = found.row(0, named=True)
    assert (link["weight_first"], link["weight_second"]) == (1.0, 0.0)
    assert link["low"] <= 1.0 <= link["high"]
    assert found.select("variable", "first", "second").unique().rows() == [("panel", "a", "b")]


def test_least_and_words():
    assert compared(least=5).select("source", "target").rows() == [("a", "b"), ("a", "c"), ("b", "c")]
    assert compared(least=6).select("source", "target").rows() == [("a", "b")]
    assert compared(words=2).height == 1


def test_the_groups_the_other_way_round():
    one, other = (tables.check("graphs/comparison", found) for found in (compared(), compared(first="b", second="a")))
    assert one["difference"].to_list() == (-other["difference"]).to_list()
    assert one["n_first"].to_list() == other["n_second"].to_list()


def test_nothing_asked_and_too_few_interviews(caplog):
    said, lemmas, segments, speakers = study()
    spoken = similarity.spoken(said, lemmas, segments, speakers)
    known = similarity.known_modalities(segments, speakers)
    assert similarity.comparison("tous", spoken, known, graph_settings()) is None
    with caplog.at_level("INFO", logger="verbatim"):
        assert compared(study(4)) is None
    assert "1 entretien pour « b »" in caplog.text


@pytest.mark.parametrize(
    ("asked", "told"),
    [({"variable": "pannel"}, "vouliez-vous « panel »"), ({"second": "z"}, "valeur jamais rencontrée « z »")],
)
def test_a_group_that_nobody_is_in_is_a_fault_of_the_study(asked, told):
    with pytest.raises(StudyError, match=told):
        compared(**asked)
