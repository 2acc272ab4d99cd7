"""Specificities against textometry, against exact arithmetic, and on tables."""

import csv
from math import comb, log10
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from verbatim import lexicon, specificities, tables
from verbatim.false_discovery import adjust, adjust_repeated
from verbatim.problems import StudyError

DATA = Path(__file__).parents[1] / "data/lexicon"
SHARED = Path(__file__).parents[3] / "shared/reference"


def read(path):
    return np.array([[float(cell) for cell in line[1:]] for line in list(csv.reader(path.open(encoding="utf-8")))[1:]])


def scores(table):
    return specificities.score(table, table.sum(axis=1, keepdims=True), table.sum(axis=0), table.sum())


def log10_whole(number):
    """log10 of a whole number of any size."""
    excess = max(number.bit_length() - 900, 0)
    return log10(number >> excess) + excess * log10(2)


def exact(f, F, t, T):
    """The definition, in whole numbers."""
    more = f * T >= F * t
    tail = range(f, min(F, t) + 1) if more else range(max(0, F + t - T), f + 1)
    size = abs(log10_whole(sum(comb(F, k) * comb(T - F, t - k) for k in tail)) - log10_whole(comb(T, t)))
    return size if more else -size


@st.composite
def cells(draw, largest=2000):
    T = draw(st.integers(0, largest))
    F, t = draw(st.integers(0, T)), draw(st.integers(0, T))
    return draw(st.integers(max(0, F + t - T), min(F, t))), F, t, T


def test_robespierre():
    expected = read(DATA / "spec_robespierre_textometry016.csv")
    np.testing.assert_allclose(scores(read(DATA / "spec_robespierre_table.csv")), expected, atol=1e-4)


def test_thesis_abstracts():
    found = scores(read(DATA / "spec_period_table.csv"))
    np.testing.assert_allclose(found[:300], read(DATA / "spec_period_hypergeo_300.csv"), atol=1e-4)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the whole reference (../shared/reference) is not here")
def test_thesis_abstracts_whole():
    expected = read(SHARED / "spec_period_hypergeo.csv")
    np.testing.assert_allclose(scores(read(SHARED / "spec_period_table.csv")), expected, atol=1e-4)


@given(cells())
def test_equal_to_the_definition(cell):
    assert float(specificities.score(*cell)) == pytest.approx(exact(*cell), abs=1e-8, rel=1e-8)


@pytest.mark.parametrize("f", [0, 1, 20, 31, 120, 299, 300])
@pytest.mark.parametrize("F", [10**6, 5 * 10**6])
def test_large_corpora_do_not_underflow(f, F):
    expected = exact(f, F, 300, 10**7)
    assert float(specificities.score(f, F, 300, 10**7)) == pytest.approx(expected, rel=1e-6)
    assert float(specificities.score(f, 300, F, 10**7)) == pytest.approx(expected, rel=1e-6)


def test_probabilities_far_below_the_smallest_float():
    """P(X >= F) with F = t is one over the number of ways to choose t among T."""
    f = np.array([10**4, 10**5])
    expected = [sum(log10(10**7 - i) - log10(n - i) for i in range(n)) for n in f.tolist()]
    np.testing.assert_allclose(specificities.score(f, f, f, 10**7), expected, rtol=1e-9)


def test_a_certain_event_says_nothing():
    cells = np.array([[0, 0, 5, 9], [5, 9, 5, 9], [4, 4, 9, 9], [0, 0, 0, 0]]).T
    found = specificities.score(*cells)
    np.testing.assert_allclose(found, 0, atol=1e-12)
    assert not np.signbit(found).any()


@pytest.mark.parametrize("cell", [(3, 2, 5, 9), (3, 5, 2, 9), (-1, 2, 3, 9), (1, 6, 6, 9), (1, 20, 1, 9)])
def test_impossible_counts_are_refused(cell):
    with pytest.raises(ValueError, match="must satisfy"):
        specificities.score(*cell)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_adjusted_probabilities(p):
    np.testing.assert_allclose(adjust(np.array(p)), false_discovery_control(p), atol=1e-12)


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 4)), min_size=1, max_size=30))
def test_adjusted_probabilities_of_repeated_ones(rows):
    p, times = (np.array(column) for column in zip(*rows, strict=True))
    np.testing.assert_array_equal(np.repeat(adjust_repeated(p, times), times), adjust(np.repeat(p, times)))


def study():
    """Four interviews of two panels; D has no panel."""
    speech = {
        "A": {"écran": 8, "dire": 4, "rare": 1},
        "B": {"écran": 5, "dire": 5},
        "C": {"dire": 9, "café": 6, "écran": 1},
        "D": {"dire": 7, "café": 2},
    }
    said = [(i, 1, lemma, "NOUN", n) for i, words in speech.items() for lemma, n in words.items()]
    lemmas = pl.DataFrame(said, ["interview", "segment", "lemma", "pos", "count"], orient="row")
    segments = pl.DataFrame({"interview": list("ABCD"), "segment": [1] * 4, "speaker": list("ABCD")})
    panels = {"interview": [*"ABCD", "A"], "speaker": [*"ABCD", "ENQ"], "role": ["participant"] * 4 + ["interviewer"]}
    speakers = pl.DataFrame({**panels, "panel": ["un", "un", "deux", None, None], "ville": ["x", "x", "x", "x", None]})
    return lemmas, segments.with_columns(question=pl.lit(None, dtype=pl.String)), speakers


def said(classes=None):
    counts, segments, speakers = study()
    status = pl.when(pl.col("lemma") == "dire").then(pl.lit("supplementary")).otherwise(pl.lit("active"))
    lemmas = counts.select("lemma", "pos").unique().with_columns(status=status)
    return lexicon.said(counts, lemmas, segments, speakers, classes)


def scored(variables, minimum_frequency=5, compatibility="none", classes=None):
    return specificities.compare("tous", said(classes), variables, minimum_frequency, compatibility)[0]


def by_hand(minimum_frequency, kept_margins):
    lemmas, _, _ = study()
    panel = {"A": "un", "B": "un", "C": "deux"}
    rows = [(panel[i], lemma, n) for i, _, lemma, _, n in lemmas.rows() if i in panel]
    total = {lemma: sum(n for _, m, n in rows if m == lemma) for _, lemma, _ in rows}
    kept = sorted(lemma for lemma, n in total.items() if n >= minimum_frequency)
    counted = [row for row in rows if row[1] in kept] if kept_margins else rows
    size = {m: sum(n for p, _, n in counted if p == m) for m in ("deux", "un")}
    return [
        (m, lemma, sum(n for p, w, n in rows if (p, w) == (m, lemma)), total[lemma], size[m], sum(size.values()))
        for m in ("deux", "un")
        for lemma in kept
    ]


@pytest.mark.parametrize(("compatibility", "kept_margins"), [("none", False), ("iramuteq", True)])
@pytest.mark.parametrize("minimum_frequency", [1, 2, 7])
def test_table_and_its_margins(compatibility, kept_margins, minimum_frequency):
    found = scored(["panel"], minimum_frequency, compatibility)
    found = tables.check("lexicon/specificities", found)
    rows = found.select("modality", "lemma", "f", "F", "t", "T").rows()
    assert rows == by_hand(minimum_frequency, kept_margins)
    np.testing.assert_allclose(found["score"], [exact(*row[2:]) for row in rows], atol=1e-9)
    p = 10.0 ** -np.abs(found["score"].to_numpy())
    np.testing.assert_allclose(found["p_adjusted"], false_discovery_control(p))


def test_interviews_are_counted():
    found = scored(["panel"], 1)
    counted = {row[:2]: row[2] for row in found.select("modality", "lemma", "n_interviews").rows()}
    assert (counted["un", "écran"], counted["un", "rare"], counted["un", "café"]) == (2, 1, 0)


def test_a_single_modality_gives_no_row(caplog):
    with caplog.at_level("INFO", logger="verbatim"):
        found = scored(["ville", "interview"], 1)
    assert found["variable"].unique().to_list() == ["interview"]
    assert "ville : une seule modalité" in caplog.text
    empty = scored(["ville"], 1)
    assert tables.check("lexicon/specificities", empty).is_empty()


def test_all_unknown_variables_are_told_with_the_nearest():
    with pytest.raises(StudyError) as told:
        lexicon.check_variables(["panl", "interview", "class", "zzz"], *study()[1:])
    assert [problem.what for problem in told.value.problems] == [
        "attribut inconnu « panl »",
        "attribut inconnu « zzz »",
    ]
    assert "« panel »" in told.value.problems[0].mend


def test_an_unknown_compatibility_is_refused():
    with pytest.raises(ValueError, match="compatibility"):
        scored(["panel"], 1, '"none"')


def test_status_and_relative_frequency():
    found = scored(["panel"], 1)
    row = found.filter((pl.col("lemma") == "dire") & (pl.col("modality") == "un")).row(0, named=True)
    assert (row["status"], row["f"], row["t"]) == ("supplementary", 9, 23)
    assert row["per_thousand"] == pytest.approx(1000 * 9 / 23)


def test_specificities_of_classes():
    classes = study()[1].select("interview", "segment").with_columns(pl.Series("class", [1, 1, 2, 0]))
    found, panels = scored(["class"], 1, classes=classes), scored(["panel"], 1)
    renamed = panels.with_columns(
        modality=pl.col("modality").replace({"un": "1", "deux": "2"}), variable=pl.lit("class")
    )
    assert found.sort("modality", "lemma").equals(renamed.sort("modality", "lemma").select(found.columns))
    with pytest.raises(ValueError, match="class"):
        scored(["class"], 1)


def test_many_modalities_have_rows_only_where_they_say_the_word_or_shun_it(monkeypatch):
    every = scored(["interview"], 1)
    monkeypatch.setattr(specificities, "WHOLE", 3)
    kept = scored(["interview"], 1)
    assert kept.equals(every.filter((pl.col("f") > 0) | (pl.col("score").abs() >= 2)))
    assert 0 < kept.height < every.height


def test_banal_words_are_those_that_no_modality_says_more_or_less():
    found, banal = specificities.compare("tous", said(), ["panel", "interview"], 1)
    banal = tables.check("lexicon/banal", banal)
    expected = {
        (variable, lemma)
        for (variable, lemma), own in found.group_by("variable", "lemma")
        if own["score"].abs().max() < 2
    }
    assert set(banal.select("variable", "lemma").iter_rows()) == expected
    assert 0 < len(expected) < found.select("variable", "lemma").n_unique()
    counted = banal.filter((pl.col("variable") == "interview") & (pl.col("lemma") == "dire"))["n_interviews"]
    assert counted.to_list() in ([], [4])


def test_questions_are_those_of_segments():
    counts, segments, speakers = study()
    asked = segments.with_columns(question=pl.Series(["Q1", "Q1", "Q2", None]))
    lemmas = counts.select("lemma", "pos", status=pl.lit("active")).unique()
    found, _ = specificities.compare("tous", lexicon.said(counts, lemmas, asked, speakers), ["question"], 1)
    whole = counts.filter(pl.col("interview") != "D")["count"].sum()
    assert found.select("modality", "T").unique().sort("modality").rows() == [("Q1", whole), ("Q2", whole)]


def compare_interviews(table, minimum_frequency=1):
    """Compare interviews (rows) by how often they say words (columns)."""
    rows = [(f"E{i:02}", 1, f"mot{j:02}", "NOUN", int(n)) for (i, j), n in np.ndenumerate(table) if n]
    schema = {"interview": pl.String, "segment": pl.Int64, "lemma": pl.String, "pos": pl.String, "count": pl.Int64}
    counts = pl.DataFrame(rows, schema, orient="row")
    places = counts.select("interview", "segment", speaker="interview").unique().sort("interview")
    people = places.select("interview", "speaker", role=pl.lit("participant"))
    lemmas = counts.select("lemma", "pos", status=pl.lit("active")).unique()
    heard = lexicon.said(counts, lemmas, places.with_columns(question=pl.lit(None, dtype=pl.String)), people)
    return specificities.compare("tous", heard, ["interview"], minimum_frequency)


SPEECH = st.lists(st.lists(st.integers(0, 4), min_size=6, max_size=6), min_size=2, max_size=7)


@given(SPEECH)
def test_all_cells_and_banal_words_equal_to_the_definition(speech):
    table = np.array(speech)
    found, banal = compare_interviews(table)
    kept = table[np.ix_(table.sum(axis=1) > 0, table.sum(axis=0) > 0)]
    kept = kept if len(kept) > 1 else kept[:0]
    expected = scores(kept.T).T.ravel() if len(kept) else []
    np.testing.assert_array_equal(found["score"], expected)
    np.testing.assert_array_equal(found["p_adjusted"], adjust(10.0 ** -np.abs(expected)) if len(kept) else [])
    absolute = found.group_by("lemma").agg(
        pl.col("score").abs().max(), pl.col("F").first(), pl.col("n_interviews").sum()
    )
    absolute = absolute.filter(pl.col("score") < 2).sort("lemma").select("lemma", "score", "F", "n_interviews")
    assert banal.select("lemma", "largest", "F", "n_interviews").rows() == absolute.rows()


def test_rows_of_many_modalities_are_those_of_the_whole_table(monkeypatch):
    table = np.random.default_rng(3).poisson(np.linspace(0.2, 30, 25), (12, 25)) * (
        np.arange(25) % 7 != np.arange(12)[:, None]
    )
    every, banal = compare_interviews(table, 5)
    monkeypatch.setattr(specificities, "WHOLE", 11)
    fewer, same = compare_interviews(table, 5)
    expected = every.filter((pl.col("f") > 0) | (pl.col("score").abs() >= 2))
    absent = [frame.filter(pl.col("f") == 0).height for frame in (expected, every)]
    assert 0 < absent[0] < absent[1]
    assert fewer.equals(expected)
    assert banal.equals(same)
