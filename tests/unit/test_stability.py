"""Stability of classes: draws recomputed naively, planted classes, the order and the parts of the work."""

from itertools import permutations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.sparse import csr_array

from verbatim import tables
from verbatim.reinert.classification import classify_analysis
from verbatim.reinert.number import choose_number
from verbatim.stability import bootstrap, draws, gathering, record, resampling

SETTINGS = {
    **{"mode": "segments", "number": 3, "largest_number": 4, "group_sizes": [12, 14], "max_splits": 12},
    **{"minimum_size": 0, "minimum_frequency": 2, "max_forms": 1000, "typical": 5, "nearest": False},
}
PLAN = {"resamples": 12, "seed": 1, "chunks": 1}


def planted(n_interviews=6, per_interview=24, lonely=False, seed=0):
    """Tables of an analysis whose segments draw their words from three topics; with `lonely`, one more in I0 only."""
    rng = np.random.default_rng(seed)
    rows, segments = [], []
    for i in range(n_interviews):
        for s in range(per_interview):
            topic = 9 if lonely and i == 0 and s % 2 == 0 else s % 3
            for word in rng.choice(8, 5, replace=False):
                rows.append((f"I{i}", s + 1, f"mot{topic}{word}", "NOUN", 1))
            segments.append((f"I{i}", s + 1))
    counts = pl.DataFrame(rows, schema=["interview", "segment", "lemma", "pos", "count"], orient="row")
    lemmas = counts.group_by("lemma", "pos").agg(n_occurrences=pl.col("count").sum())
    lemmas = lemmas.with_columns(status=pl.lit("active")).sort("lemma")
    return pl.DataFrame(segments, schema=["interview", "segment"], orient="row"), counts, lemmas


def resampled(corpus, plan=PLAN, chunk=0, **changed):
    return bootstrap.resample_analysis(*corpus, "none", {**SETTINGS, **changed}, plan, chunk)


def gathered(corpus, found, **changed):
    classes = classify_analysis(*corpus, "a", "none", {**SETTINGS, **changed}).segments
    rows = [(c, f"mot{t}{w}", 9.0) for c in (1, 2, 3) for t in range(3) for w in range(8)]
    profiles = pl.DataFrame(rows, schema=["class", "term", "chi2"], orient="row").with_columns(kind=pl.lit("active"))
    return gathering.gather(found, classes, profiles, "a"), classes


@given(hnp.arrays(np.int64, st.integers(0, 30), elements=st.integers(0, 5)), st.integers(0, 9))
def test_a_draw_of_interviews_takes_whole_interviews_and_each_copy_is_a_text(interviews, number):
    interviews = np.unique(interviews, return_inverse=True)[1] if len(interviews) else interviews
    rows, texts = resampling.resample(interviews, "interviews", 1, number)
    assert len(set(texts.tolist())) == len(set(interviews.tolist()))
    for text in set(texts.tolist()):
        own = rows[texts == text]
        assert own.tolist() == np.flatnonzero(interviews == interviews[own[0]]).tolist()
    drawn, homes = resampling.resample(interviews, "segments", 1, number)
    assert len(drawn) == len(interviews) and (homes == interviews[drawn]).all() and (np.diff(drawn) >= 0).all()


def test_draws_differ_from_one_another_and_not_from_themselves():
    interviews = np.repeat(np.arange(8), 5)
    one, same, other = (resampling.resample(interviews, "interviews", 1, k)[0] for k in (0, 0, 1))
    assert one.tolist() == same.tolist() != other.tolist()
    with pytest.raises(ValueError, match="kind"):
        resampling.resample(interviews, "texts", 1, 0)


@given(hnp.arrays(np.float64, st.tuples(st.integers(0, 4), st.integers(0, 4)), elements=st.floats(0, 1)))
def test_matching_is_one_to_one_with_the_largest_sum(overlaps):
    standing = draws.match(overlaps)
    taken = standing[standing > 0]
    assert len(set(taken.tolist())) == len(taken)
    k, n = overlaps.shape
    wide = np.pad(overlaps, ((0, 0), (0, k)))
    best = max(sum(wide[i, p[i]] for i in range(k)) for p in permutations(range(n + k), k))
    found = sum(overlaps[i, s - 1] for i, s in enumerate(standing) if s)
    assert found == pytest.approx(best)


def test_a_draw_is_what_naive_counting_says():
    segments, counts, lemmas = planted()
    forms = sorted(lemmas["lemma"])
    dense = np.zeros((segments.height, len(forms)))
    place = {row: i for i, row in enumerate(segments.rows())}
    for interview, segment, lemma, _, count in counts.iter_rows():
        dense[place[interview, segment], forms.index(lemma)] += count
    labels = np.array([(s - 1) % 3 + 1 for _, s in segments.rows()])
    rows, texts = resampling.resample(np.repeat(np.arange(6), 24), "interviews", 3, 0)
    found = draws.draw(csr_array(dense), {3: labels}, rows, texts, SETTINGS, "none", [3])[3]
    assert found.jaccard.min() > 0.9
    table = dense[rows] > 0
    drawn = np.zeros(len(rows), dtype=int)
    for number in (1, 2, 3):
        # A topic's words are only its own: who bears them is in what stands for its class.
        drawn[table[:, [f.startswith(f"mot{number - 1}") for f in forms]].any(axis=1)] = number
    for number in (1, 2, 3):
        one, other = set(rows[drawn == number].tolist()), set(np.flatnonzero(labels == number)) & set(rows.tolist())
        assert found.jaccard[number - 1] == pytest.approx(len(one & other) / len(one | other), abs=0.1)
    assert set(found.present.tolist()) == set(rows.tolist())
    marked = {(forms[f], k) for f, k in zip(*found.characteristic, strict=True)}
    assert {(f"mot{k - 1}0", k) for k in (1, 2, 3)} <= marked


def test_planted_classes_are_stable_and_a_class_of_one_interview_is_named():
    corpus = planted()
    told, _ = gathered(corpus, resampled(corpus))
    assert told.stability["jaccard_mean"].min() > 0.9
    assert told.membership["probability"].mean() > 0.9
    assert told.form_stability["share"].max() == 1.0
    lonely = planted(lonely=True, per_interview=30)
    found = resampled(lonely, number=4)
    told, classes = gathered(lonely, found, number=4)
    weakest = told.stability.sort("influence_jaccard").row(0, named=True)
    assert weakest["influential_interview"] == weakest["dominant_interview"] == "I0"
    own = classes.filter(pl.col("class") == weakest["class"])
    assert own["interview"].unique().to_list() == ["I0"] and weakest["dominant_share"] == 1.0
    assert told.influence.filter(pl.col("interview") == "I0")["jaccard"].min() == 0.0


@pytest.mark.parametrize("chunks", [3, 8])
def test_the_number_of_parts_changes_no_byte(tmp_path, chunks):
    corpus = planted()
    for n in (1, chunks):
        for chunk in range(n):
            record.write(resampled(corpus, {**PLAN, "chunks": n}, chunk), tmp_path / f"{n}-{chunk}.npz")
    whole = gathered(corpus, record.read([tmp_path / "1-0.npz"]))[0]
    parts = [tmp_path / f"{chunks}-{chunk}.npz" for chunk in range(chunks)]
    for order in (parts, parts[::-1]):
        found = gathered(corpus, record.read(order))[0]
        for name in vars(whole):
            assert getattr(found, name).equals(getattr(whole, name)), name
    again = tmp_path / "again.npz"
    record.write(resampled(corpus), again)
    assert again.read_bytes() == (tmp_path / "1-0.npz").read_bytes()


def test_tables_are_as_declared_for_every_number_and_with_auto():
    corpus = planted()
    found = resampled(corpus, number="auto")
    assert set(found.members) == {2, 3, 4}
    table = gathering.candidates(found, "a")
    assert choose_number(table) == 3
    told, _ = gathered(corpus, found, number=3)
    for name, frame in vars(told).items():
        assert tables.check(f"classes/{name}", frame).height > 0, name
    assert told.candidates.filter(pl.col("chosen"))["number"].to_list() == [3]


def test_classes_merged_by_hand_have_the_membership_of_their_parts():
    corpus = planted()
    found = resampled(corpus)
    told, classes = gathered(corpus, found)
    merged = classes.with_columns(pl.col("class").replace({3: 2}))
    profiles = pl.DataFrame({"kind": ["active"], "class": [2], "term": ["mot00"], "chi2": [5.0]})
    both = gathering.gather(found, merged, profiles, "a")
    assert both.stability["class"].to_list() == [1, 2]
    sure = told.stability["jaccard_mean"].to_list()
    assert min(sure[1:]) <= both.stability["jaccard_mean"][1] <= max(sure[1:])


def test_resamples_of_other_classes_are_refused():
    corpus = planted()
    found = resampled(corpus)
    _, classes = gathered(corpus, found)
    with pytest.raises(RuntimeError, match="other classes"):
        gathering.gather(found, classes.with_columns(found=pl.lit(1)), pl.DataFrame(), "a")


@pytest.mark.parametrize(
    ("corpus", "plan"),
    [
        (planted(), {**PLAN, "resamples": 0}),
        (planted(n_interviews=1), PLAN),
        (planted(n_interviews=2, per_interview=2), PLAN),
    ],
    ids=["no resample", "one interview", "too few segments"],
)
def test_partial_studies_have_partial_tables(corpus, plan):
    told, _ = gathered(corpus, resampled(corpus, plan))
    for name, frame in vars(told).items():
        tables.check(f"classes/{name}", frame)
    if plan["resamples"] and told.stability.height:
        assert told.stability["influential_interview"].null_count() == told.stability.height
    assert told.candidates.height == 3


@settings(max_examples=20)
@given(st.permutations(range(4)))
def test_the_rule_of_the_number(order):
    rows = [(2, 2, 0.95, 0.9, 0.9), (3, 3, 0.9, 0.85, 0.78), (4, 4, 0.8, 0.7, 0.65), (5, 5, 0.5, 0.9, 0.8)]
    names = ["number", "n_classes", "share", "jaccard_mean", "jaccard_lowest"]
    table = pl.DataFrame([rows[i] for i in order], schema=names, orient="row")
    assert choose_number(table) == 3
    assert choose_number(table.filter(pl.col("number") > 3)) == 4
    assert choose_number(table.head(0)) is None
