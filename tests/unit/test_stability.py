"""Stability of classes: draws recomputed naively, planted classes, the order and the parts of the work."""

from collections import Counter
from itertools import permutations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.sparse import csr_array

from stability_study import PLAN, SETTINGS, TABLES, classes, gathered, planted, profiles, resampled
from verbatim import tables
from verbatim.reinert.candidates import labels_by_number
from verbatim.reinert.incidence import count_matrix
from verbatim.reinert.number import choose_number
from verbatim.stability import bootstrap, chance, draws, gathering, record, resampling


@given(hnp.arrays(np.int64, st.integers(0, 30), elements=st.integers(0, 5)), st.integers(0, 9))
def test_a_draw_of_interviews_takes_whole_interviews_and_each_copy_is_a_text(interviews, number):
    interviews = np.unique(interviews, return_inverse=True)[1] if len(interviews) else interviews
    rows, texts = resampling.resample(interviews, "interviews", 1, number)
    assert sorted(set(texts.tolist())) == list(range(len(set(interviews.tolist()))))
    for text in set(texts.tolist()):
        own = rows[texts == text]
        assert own.tolist() == np.flatnonzero(interviews == interviews[own[0]]).tolist()


@given(hnp.arrays(np.int64, st.integers(0, 30), elements=st.integers(0, 5)), st.integers(0, 9))
def test_a_draw_of_segments_and_one_without_an_interview_keep_the_texts_apart(interviews, number):
    interviews = np.sort(interviews)
    drawn, texts = resampling.resample(interviews, "segments", 1, number)
    assert len(drawn) == len(interviews) and (np.diff(drawn) >= 0).all()
    rows, others = resampling.without(interviews, 3)
    assert rows.tolist() == [i for i, own in enumerate(interviews) if own != 3]
    for taken, codes in ((drawn, texts), (rows, others)):
        homes = interviews[taken].tolist()
        assert sorted(set(codes.tolist())) == list(range(len(set(homes))))
        assert len(set(zip(codes.tolist(), homes, strict=True))) == len(set(homes))


def test_draws_differ_from_one_another_and_not_from_themselves():
    interviews = np.repeat(np.arange(8), 5)
    one, same, other = (resampling.resample(interviews, "interviews", 1, k)[0] for k in (0, 0, 1))
    assert one.tolist() == same.tolist() != other.tolist()
    with pytest.raises(ValueError, match="kind"):
        resampling.resample(interviews, "texts", 1, 0)


@given(hnp.arrays(np.float64, st.tuples(st.integers(0, 4), st.integers(0, 4)), elements=st.floats(0, 1)))
def test_matching_is_one_to_one_with_the_largest_sum(overlaps):
    standing = draws.match(overlaps)
    assert max(Counter(standing[standing > 0].tolist()).values(), default=1) == 1
    assert sum(overlaps[i, s - 1] for i, s in enumerate(standing) if s) == pytest.approx(_best(overlaps)[0])


def _best(overlaps):
    """The largest sum of a one-to-one matching, and what stands for each row, by trying all."""
    k, n = overlaps.shape
    wide = np.pad(overlaps, ((0, 0), (0, k)))
    tried = [(sum(wide[i, own[i]] for i in range(k)), own) for own in permutations(range(n + k), k)]
    total, own = max(tried)
    return total, [c + 1 if c < n and overlaps[i, c] > 0 else 0 for i, c in enumerate(own)]


LABELS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=30)


@given(LABELS)
def test_overlaps_are_those_of_sets(pairs):
    ours, theirs = np.array(pairs).T
    found = draws.overlap(ours, theirs, 4, 4)
    for i, j in np.ndindex(4, 4):
        one, other = set(np.flatnonzero(ours == i + 1)), set(np.flatnonzero(theirs == j + 1))
        assert found[i, j] == pytest.approx(len(one & other) / len(one | other) if one | other else 0)


@given(LABELS)
def test_a_merged_class_is_compared_with_all_that_stands_for_its_parts(pairs):
    ours, theirs = np.array(pairs).T
    crossing = np.zeros((1, 5, 5), dtype=int)
    np.add.at(crossing[0], (ours, theirs), 1)
    found = draws.jaccard(crossing, [[1], [2, 4], [3]])
    for k, own in enumerate(([1], [2, 4], [3])):
        one, other = set(np.flatnonzero(np.isin(ours, own))), set(np.flatnonzero(np.isin(theirs, own)))
        assert found[0, k] == pytest.approx(len(one & other) / len(one | other) if one | other else 0)


def _naive_chi2(marked, inside):
    a = sum(m and c for m, c in zip(marked, inside, strict=True))
    b, c, n = sum(marked) - a, sum(inside) - a, len(marked)
    d = n - a - b - c
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    chi2 = n * (a * d - b * c) ** 2 / margins if margins else 0
    return chi2 if a * d > b * c else -chi2


@pytest.mark.parametrize("kind", ["interviews", "segments"])
def test_a_draw_is_what_naive_counting_says(kind):
    segments, counts, lemmas = corpus = planted(noise=0.5)
    forms, places = sorted(lemmas["lemma"]), segments.select("interview", "segment").rows()
    said = {place: Counter() for place in places}
    for interview, segment, lemma, count in counts.select("interview", "segment", "lemma", "count").iter_rows():
        said[interview, segment][lemma] += count
    own = classes(corpus).sort("interview", "segment")["found"].to_list()
    rows, texts = resampling.resample(np.repeat(np.arange(6), 24), kind, 3, 0)
    least = {**SETTINGS, "minimum_frequency": 40}
    dense = csr_array(np.array([[said[place][form] for form in forms] for place in places], dtype=float))
    found = draws.draw(dense, {3: np.array(own)}, rows, texts, least, "none", [3])[3]

    kept = [form for form in forms if sum(said[places[row]][form] for row in rows) >= 40]
    assert 0 < len(kept) < len(forms)
    binary = csr_array(np.array([[float(said[places[row]][form] > 0) for form in kept] for row in rows]))
    anew = labels_by_number(binary, texts, [3], least, "none")[3].labels.tolist()
    votes = {row: Counter() for row in rows.tolist()}
    for row, label in zip(rows.tolist(), anew, strict=True):
        votes[row][label] += 1
    now = {row: min(own, key=lambda k: (-own[k], k)) for row, own in votes.items()}
    sets = [[{r for r in now if of(r) == k} for k in (1, 2, 3)] for of in (own.__getitem__, now.__getitem__)]
    overlaps = np.array([[len(a & b) / max(len(a | b), 1) for b in sets[1]] for a in sets[0]])
    standing = _best(overlaps)[1]
    index = [overlaps[k, s - 1] if s else 0 for k, s in enumerate(standing)]
    assert min(index) > 0 and max(index) < 1
    assert draws.jaccard(found.crossing[None], [[1], [2], [3]])[0] == pytest.approx(index)
    assert found.present.tolist() == sorted(now)
    stood = {s: k + 1 for k, s in enumerate(standing) if s}
    assert found.members.tolist() == [stood.get(now[row], 0) for row in sorted(now)]
    inside = [i for i, label in enumerate(anew) if label]
    marked = {
        (form, k)
        for form in kept
        for k, s in enumerate(standing, start=1)
        if _naive_chi2([said[places[rows[i]]][form] > 0 for i in inside], [anew[i] == s for i in inside]) > 3.84
    }
    assert {(forms[f], k) for f, k in zip(*found.characteristic, strict=True)} == marked
    assert len(marked) > 3


def test_planted_classes_are_stable_and_words_without_topics_are_not():
    corpus = planted()
    told, _ = gathered(corpus, resampled(corpus))
    assert told.stability["jaccard_mean"].min() > 0.95 and told.stability["segments_mean"].min() > 0.95
    assert told.membership["probability"].min() > 0.9
    own = told.form_stability.filter(pl.col("share") > 0.9)
    assert own.height == 24 and own["term"].n_unique() == 24
    assert told.influence["jaccard"].min() > 0.95
    random = planted(noise=1.0)
    told, _ = gathered(random, resampled(random))
    assert told.stability["jaccard_mean"].max() < 0.75
    assert told.membership["second_probability"].max() > 0.3


def test_a_class_that_one_interview_makes_is_named():
    corpus = planted(lonely=True, per_interview=30)
    told, own = gathered(corpus, resampled(corpus, number=4), number=4)
    weakest = told.stability.sort("influence_jaccard").row(0, named=True)
    assert own.filter(pl.col("class") == weakest["class"])["interview"].unique().to_list() == ["I0"]
    assert weakest["influential_interview"] == weakest["dominant_interview"] == "I0"
    assert weakest["dominant_share"] == 1.0 and weakest["influence_jaccard"] == 0.0
    assert told.influence.group_by("class").agg(pl.col("share").sum())["share"].to_list() == pytest.approx([1] * 4)
    others = told.influence.filter((pl.col("class") == weakest["class"]) & (pl.col("interview") != "I0"))
    assert others["n_segments"].sum() == 0 and others["jaccard"].min() > 0.9


def test_membership_is_counted_over_the_draws_that_hold_the_segment():
    corpus = planted(noise=0.6)
    found = resampled(corpus)
    told, own = gathered(corpus, found)
    held = [0] * len(found.owners)
    times = [Counter() for _ in found.owners]
    counts = csr_array(_dense(corpus))
    for number in range(PLAN["resamples"]):
        rows, texts = resampling.resample(found.owners, "interviews", PLAN["seed"], number)
        said = draws.draw(counts, {3: found.labels[3]}, rows, texts, SETTINGS, "none")[3]
        for place, k in zip(said.present, said.members, strict=True):
            held[place] += 1
            times[place][k] += 1
    assert told.membership["n_resamples"].to_list() == held
    for row, k, n, counted in zip(told.membership.to_dicts(), own["class"], held, times, strict=True):
        others = {c: t for c, t in counted.items() if c not in (0, k)}
        assert row["probability"] == (pytest.approx(counted[k] / n) if k and n else None)
        assert row["second_probability"] == (pytest.approx(max(others.values()) / n) if others else None)
        assert row["second_class"] == (min(others, key=lambda c: (-others[c], c)) if others else None)


def _dense(corpus):
    wide = corpus[1].pivot("lemma", index=["interview", "segment"], values="count").fill_null(0)
    forms = sorted(corpus[2]["lemma"])
    return wide.sort("interview", "segment").select(forms).to_numpy().astype(float)


@pytest.mark.parametrize("chunks", [3, 8])
def test_the_number_of_parts_and_their_order_change_no_byte(tmp_path, chunks):
    corpus = planted(noise=0.4)
    for n in (1, chunks):
        for chunk in range(n):
            record.write(resampled(corpus, {**PLAN, "chunks": n}, chunk), tmp_path / f"{n}-{chunk}.npz")
    whole = gathered(corpus, record.read([tmp_path / "1-0.npz"]))[0]
    parts = [tmp_path / f"{chunks}-{chunk}.npz" for chunk in range(chunks)]
    for order in (parts, parts[::-1]):
        found = gathered(corpus, record.read(order))[0]
        for name in TABLES:
            for folder, frame in (("whole", getattr(whole, name)), ("parts", getattr(found, name))):
                tables.write(f"classes/{name}", frame, tmp_path / folder / name)
            assert (tmp_path / "whole" / name).read_bytes() == (tmp_path / "parts" / name).read_bytes(), name


def test_a_number_that_gives_the_classes_of_a_smaller_one_keeps_its_details():
    corpus = planted()
    found = resampled(corpus, number=4, minimum_size=40)
    assert (found.labels[3] == found.labels[4]).all()
    told, _ = gathered(corpus, found, number=4, minimum_size=40)
    assert told.candidates.filter("chosen")["number"].to_list() == [4]
    assert told.membership.height == 144 and told.form_stability["share"].max() == 1


def test_with_auto_every_number_has_its_tables():
    corpus = planted(seed=1)
    found = resampled(corpus, number="auto")
    assert set(found.members) == {2, 3, 4}
    chosen = choose_number(gathering.candidates(found, "a"))
    assert chosen == 3
    for number in found.members:
        told, _ = gathered(corpus, found, number)
        for name in TABLES:
            assert tables.check(f"classes/{name}", getattr(told, name)).height > 0, name
        assert told.candidates.filter("chosen")["number"].to_list() == [number]


def test_as_the_original_its_own_number_is_the_only_one():
    corpus = planted(noise=0.3)
    found = resampled(corpus, compatibility="iramuteq")
    own = classes(corpus, compatibility="iramuteq")
    told = gathering.gather(found, own, profiles(own), "a")
    assert told.candidates.select("number", "n_classes", "chosen").rows() == [(0, own["found"].max(), True)]
    assert told.stability.height == own["found"].max() and told.membership.height == own.height


@pytest.mark.parametrize("mode", ["texts", "double"])
def test_other_modes_are_resampled_too(mode):
    corpus = planted(noise=0.2, n_interviews=8)
    found = resampled(corpus, {**PLAN, "resamples": 3}, mode=mode, minimum_size=2)
    told, own = gathered(corpus, found, mode=mode, minimum_size=2)
    assert told.stability["class"].to_list() == list(range(1, own["found"].max() + 1))


def test_classes_that_exchange_segments_are_steady_once_merged():
    corpus = planted(noise=0.6)
    found = resampled(corpus)
    told, own = gathered(corpus, found)
    merged = own.with_columns(pl.col("class").replace({3: 2}))
    both = gathering.gather(found, merged, profiles(merged), "a")
    assert both.stability["class"].to_list() == [1, 2]
    assert both.stability.row(0) == told.stability.row(0)
    assert both.stability["jaccard_mean"][1] > told.stability["jaccard_mean"][1:].max()
    sums = found.members[3].sum(axis=1) / np.maximum(found.present, 1)
    for row, share, parts in zip(both.membership.to_dicts(), sums, found.members[3], strict=True):
        if row["class"] == 2 and row["n_resamples"]:
            assert row["probability"] == pytest.approx((parts[1] + parts[2]) / row["n_resamples"])
            assert row["probability"] + (row["second_probability"] or 0) == pytest.approx(share)
    shares = {(row["class"], row["term"]): row["share"] for row in told.form_stability.to_dicts()}
    for row in both.form_stability.filter(pl.col("class") == 2).to_dicts():
        parts = [shares[k, row["term"]] for k in (2, 3)]
        assert max(parts) - 1e-9 <= row["share"] <= sum(parts) + 1e-9


def test_resamples_of_other_classes_or_segments_are_refused():
    corpus = planted()
    found = resampled(corpus)
    own = classes(corpus)
    with pytest.raises(RuntimeError, match="other classes"):
        gathering.gather(found, own.with_columns(found=pl.lit(1)), profiles(own), "a")
    with pytest.raises(RuntimeError, match="other segments"):
        gathering.gather(found, own.head(100), profiles(own), "a")


@pytest.mark.parametrize(
    ("corpus", "changed", "rows"),
    [
        (planted(), {"resamples": 0}, (0, 0, 0, 0, 3)),
        (planted(n_interviews=1), {}, (3, 24, 72, 0, 3)),
        (planted(n_interviews=2, per_interview=2), {}, (0, 0, 0, 0, 3)),
        (planted(), {"minimum_size": 1000}, (0, 0, 0, 0, 3)),
        (planted(), {"minimum_size": 140}, (1, 144, 24, 6, 3)),
        (planted(), {"minimum_frequency": 10**6}, (0, 0, 0, 0, 3)),
    ],
    ids=["no resample", "one interview", "four segments", "no class", "one class", "no form"],
)
def test_partial_studies_have_partial_tables(corpus, changed, rows):
    plan = {**PLAN, "resamples": changed.get("resamples", 12)}
    told, _ = gathered(corpus, resampled(corpus, plan, **changed), **changed)
    assert tuple(tables.check(f"classes/{name}", getattr(told, name)).height for name in TABLES) == rows
    known = plan["resamples"] > 0 and rows[0] > 0
    assert told.candidates["jaccard_mean"].is_not_null().any() == known


def test_one_interview_is_told_by_its_segments_alone():
    corpus = planted(n_interviews=1, per_interview=60)
    found = resampled(corpus)
    assert {kind: len(own) for kind, own in found.draws.items()} == {"interviews": 0, "segments": 12, "left_out": 0}
    told, _ = gathered(corpus, found)
    assert told.stability["jaccard_mean"].to_list() == told.stability["segments_mean"].to_list()
    assert told.stability["influential_interview"].null_count() == told.stability.height
    assert told.membership["n_resamples"].sum() == found.present.sum() > 0


def test_of_many_interviews_those_with_most_segments_are_left_out(monkeypatch):
    monkeypatch.setattr(bootstrap, "MOST_LEFT_OUT", 3)
    segments, counts, lemmas = planted()
    whole = pl.col("interview").is_in(["I1", "I3"]) | (pl.col("segment") > 2)
    found = resampled((segments, counts.filter(whole), lemmas), {**PLAN, "resamples": 2})
    assert found.draws["left_out"].tolist() == [0, 1, 3]
    told, _ = gathered((segments, counts.filter(whole), lemmas), found)
    assert told.influence["interview"].unique().sort().to_list() == ["I0", "I1", "I3"]


def test_an_analysis_without_a_word_is_left_to_the_step_that_says_so():
    segments, counts, lemmas = planted()
    found = resampled((segments, counts.clear(), lemmas.clear()))
    assert all(len(own) == 0 for own in found.draws.values())
    assert gathering.candidates(found, "a")["n_classes"].to_list() == [0, 0, 0]


@settings(max_examples=20)
@given(st.permutations(range(4)))
def test_the_rule_of_the_number(order):
    rows = [(2, 2, 0.95, 0.9, 0.9), (3, 3, 0.9, 0.85, 0.78), (4, 4, 0.8, 0.7, 0.65), (5, 5, 0.5, 0.9, 0.8)]
    names = ["number", "n_classes", "share", "jaccard_mean", "jaccard_lowest"]
    table = pl.DataFrame([rows[i] for i in order], schema=names, orient="row")
    assert choose_number(table) == 3
    assert choose_number(table.filter(pl.col("number") > 3)) == 4
    assert choose_number(table.head(0)) is None


def test_words_dealt_again_keep_the_sums_of_segments_and_forms():
    segments, counts_table, lemmas = planted()
    forms = sorted(lemmas["lemma"])
    rows = segments.select("interview", "segment")
    counts = count_matrix(rows, counts_table, lemmas, "active", forms)
    mixed = chance.shuffled(counts, 1)
    assert np.array_equal(mixed.sum(axis=0), counts.sum(axis=0))
    assert mixed.nnz <= counts.nnz and not np.array_equal(mixed.toarray(), counts.toarray())
    assert np.array_equal(chance.shuffled(counts, 1).toarray(), mixed.toarray())


def test_planted_classes_hold_far_better_than_chance():
    corpus = planted()
    told, _ = gathered(corpus, resampled(corpus))
    row = told.candidates.filter("chosen").row(0, named=True)
    assert row["jaccard_mean"] > 0.9 > 0.7 > row["jaccard_chance"] > 0
