"""Statistics, residuals, repeated segments and parts of speech of classes against naive recomputations."""

import re
from collections import Counter
from itertools import permutations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, false_discovery_control, norm

from verbatim.class_description.pos import parts_of_speech
from verbatim.class_description.repeats import THRESHOLD, repeats, sequences
from verbatim.class_description.residuals import adjusted_residuals, permuted_p, residuals
from verbatim.class_description.statistics import statistics
from verbatim.class_description.words import placed


def corpus(seed, n_turns=40, vocabulary="abcde"):
    """Tokens, turns, segments and classes: two interviews, turns of two short segments each, drawn at random."""
    random = np.random.default_rng(seed)
    tokens, turns, segments, classes = [], [], [], []
    for interview in ("A", "B"):
        segment = 0
        for turn in range(1, n_turns + 1):
            role = "interviewer" if turn % 4 == 0 else "participant"
            turns.append((interview, turn, "Q" if role == "interviewer" else interview, role, "…"))
            said = random.choice([*vocabulary, *vocabulary.upper(), ".", ",", "[rire]"], int(random.integers(2, 20)))
            for token, form in enumerate(said, start=1):
                pos, status = ("PUNCT", "ignored") if form in ".," else ("NOUN", "active")
                pos, status = ("X", "ignored") if form == "[rire]" else (pos, status)
                pos, status = ("PRON", "supplementary") if form == "b" else (pos, status)
                tokens.append((interview, turn, token, 0, 1, form, form.lower(), pos, status))
            half = len(said) // 2
            for first, last in ((1, half), (half + 1, len(said))) if role == "participant" else ():
                segment += 1
                segments.append((interview, segment, interview, turn, first, turn, last))
                classes.append((interview, segment, int(random.integers(0, 4))))
    names = ["interview", "turn", "token", "start", "end", "form", "lemma", "pos", "status"]
    places = ["interview", "segment", "speaker", "first_turn", "first_token", "last_turn", "last_token"]
    return (
        pl.DataFrame(tokens, schema=names, orient="row"),
        pl.DataFrame(turns, schema=["interview", "turn", "speaker", "role", "text"], orient="row"),
        pl.DataFrame(segments, schema=places, orient="row"),
        pl.DataFrame(classes, schema=["interview", "segment", "class"], orient="row"),
    )


def rows_of(seed):
    """The tokens in classified segments, one by one: (interview, segment, class, turn, form, lemma, pos, status)."""
    tokens, _, segments, classes = corpus(seed)
    number = {(interview, segment): k for interview, segment, k in classes.iter_rows()}
    found = []
    for interview, segment, _, turn, first, _, last in segments.iter_rows():
        for own, at, token, _, _, form, lemma, pos, status in tokens.iter_rows():
            if (own, at) == (interview, turn) and first <= token <= last and number[interview, segment]:
                found.append((interview, segment, number[interview, segment], turn, form, lemma, pos, status))
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_words_stand_in_their_segments(seed):
    words = placed(*corpus(seed)).filter(pl.col("class") > 0)
    columns = ["interview", "segment", "class", "turn", "form", "lemma", "pos", "status"]
    assert words.select(columns).rows() == rows_of(seed)


@pytest.mark.parametrize("seed", [1, 2])
def test_statistics_are_those_counted_one_by_one(seed):
    classes = corpus(seed)[3]
    table = statistics("t", placed(*corpus(seed)), classes)
    said = [(k, lemma) for *_, k, _, _, lemma, _, status in rows_of(seed) if status != "ignored"]
    everywhere = Counter(lemma for _, lemma in said)
    sizes = Counter(classes.filter(pl.col("class") > 0)["class"])
    for row in table.iter_rows(named=True):
        own = [lemma for k, lemma in said if k == row["class"]]
        assert row["n_segments"] == sizes[row["class"]]
        assert row["share"] == pytest.approx(sizes[row["class"]] / sizes.total())
        assert (row["n_occurrences"], row["n_lemmas"]) == (len(own), len(set(own)))
        assert row["n_hapax"] == sum(everywhere[lemma] == 1 for lemma in own)
        assert row["hapax_share"] == pytest.approx(row["n_hapax"] / row["n_lemmas"])
    assert set(table["class"]) == set(sizes)


def test_a_lemma_said_once_is_a_hapax_of_its_class():
    words = pl.DataFrame({"class": [1, 1, 2, 0], "lemma": ["a", "b", "b", "a"], "status": ["active"] * 4})
    classes = pl.DataFrame({"interview": ["A", "A", "B"], "segment": [1, 2, 1], "class": [1, 2, 0]})
    table = statistics("t", words, classes)
    assert table.select("class", "n_hapax", "hapax_share").rows() == [(1, 1, 0.5), (2, 0, 0.0)]


@pytest.mark.parametrize("seed", [1, 2])
def test_parts_of_speech_are_those_of_the_table_of_words(seed):
    table = parts_of_speech("t", placed(*corpus(seed)))
    said = [(k, pos) for *_, k, _, _, _, pos, status in rows_of(seed) if status != "ignored"]
    assert table.height == len({k for k, _ in said}) * len({pos for _, pos in said})
    for row in table.iter_rows(named=True):
        both = said.count((row["class"], row["pos"]))
        total, size = sum(pos == row["pos"] for _, pos in said), sum(k == row["class"] for k, _ in said)
        assert (row["n_in_class"], row["n_total"]) == (both, total)
        assert row["percent"] == pytest.approx(100 * both / size)
        crossed = [[both, total - both], [size - both, len(said) - size - total + both]]
        expected = chi2_contingency(crossed, correction=False)
        assert abs(row["chi2"]) == pytest.approx(expected.statistic)
        assert row["p"] == pytest.approx(expected.pvalue)
        assert (row["chi2"] > 0) == (both > total * size / len(said))
    for _, own in table.group_by("class"):
        assert own["p_adjusted"].to_numpy() == pytest.approx(false_discovery_control(own["p"]))


def naive_sequences(words, runs, longest, fewest):
    found = Counter()
    for length in range(2, longest + 1):
        for i in range(len(words) - length + 1):
            if runs[i] == runs[i + length - 1]:
                found[tuple(words[i : i + length])] += 1
    often = {sequence: n for sequence, n in found.items() if n >= fewest}
    parts = {}
    for sequence, n in often.items():
        for part in (sequence[1:], sequence[:-1]):
            parts.setdefault(part, set()).add(n)
    return often, {sequence for sequence, n in often.items() if n in parts.get(sequence, ())}, found


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=80), st.integers(1, 4), st.integers(2, 5))
@settings(max_examples=120, deadline=None)
def test_repeated_sequences_are_those_counted_one_by_one(said, fewest, longest):
    words = np.array([word for word, _ in said], dtype=np.int64)
    runs = np.cumsum([begins for _, begins in said], dtype=np.int64)
    often, redundant, found = naive_sequences(words.tolist(), runs.tolist(), longest, fewest)
    counted, dropped = {}, set()
    for level in sequences(words, runs, longest, fewest):
        assert len(level.possible) == sum(n for sequence, n in found.items() if len(sequence) == level.length)
        for own in range(len(level.counts)):
            texts = {tuple(words[s : s + level.length].tolist()) for s in level.starts[level.ids == own]}
            assert len(texts) == 1
            counted[next(iter(texts))] = int(level.counts[own])
            dropped |= texts if level.redundant[own] else set()
    assert counted == often
    assert dropped == redundant


@pytest.mark.parametrize("seed", range(4))
def test_the_table_of_repeats_is_that_of_a_naive_count(seed):
    stretches, labels, interviews, words = [], [], [], []
    run, before = 0, None
    for interview, segment, k, turn, form, _, pos, _ in rows_of(seed):
        run += (interview, segment, turn) != before or form == "."
        before = interview, segment, turn
        if pos in ("PUNCT", "X"):
            continue
        stretches.append(run), labels.append(k), interviews.append(interview), words.append(form.lower())
    _, redundant, found = naive_sequences(words, stretches, 6, 4)
    places = {}
    for length in range(2, 7):
        for i in range(len(words) - length + 1):
            if stretches[i] == stretches[i + length - 1]:
                places.setdefault(tuple(words[i : i + length]), []).append(i)
    expected, tested = {}, {}
    for sequence, where in places.items():
        if found[sequence] < 4 or sequence in redundant:
            continue
        alike = [i for other, at in places.items() if len(other) == len(sequence) for i in at]
        for k in sorted(set(labels)):
            inside, size = sum(labels[i] == k for i in where), sum(labels[i] == k for i in alike)
            crossed = [[inside, len(where) - inside], [size - inside, len(alike) - size - len(where) + inside]]
            test = chi2_contingency(crossed, correction=False)
            tested.setdefault(k, {})[" ".join(sequence)] = test.pvalue
            if test.statistic > THRESHOLD and inside > len(where) * size / len(alike):
                spread = len({interviews[i] for i in where if labels[i] == k})
                counts = len(sequence), inside, len(where), spread
                expected[k, " ".join(sequence)] = (*counts, pytest.approx(test.statistic), pytest.approx(test.pvalue))
    table = repeats("t", placed(*corpus(seed)))
    columns = ["class", "sequence", "length", "n_in_class", "n_total", "n_interviews", "chi2", "p"]
    assert {(k, s): tuple(own) for k, s, *own in table.select(columns).iter_rows()} == expected and expected
    for k, sequence, p_adjusted in table.select("class", "sequence", "p_adjusted").iter_rows():
        adjusted = dict(zip(tested[k], false_discovery_control([*tested[k].values()]), strict=True))
        assert p_adjusted == pytest.approx(adjusted[sequence])


def said(text, turn, segment, number):
    """The words of `text` (class `number`): [x] is noise, and what holds no letter is punctuation."""
    rows = []
    for form in text.split():
        kind = ("X", "ignored") if form[0] == "[" else ("VERB", "active") if form[0].isalpha() else ("PUNCT", "ignored")
        rows.append(("A", segment, turn, form, *kind, number))
    return rows


def test_no_sequence_crosses_a_stop_a_turn_or_a_segment_and_noise_is_passed_over():
    rows = [row for turn in (1, 2, 3, 4) for row in said("Je ne , SAIS [rire] pas . l’ eau", turn, 1, 2)]
    rows += said("un deux", 5, 2, 2) + said("trois", 5, 3, 2) + said("un deux", 6, 4, 2) + said("trois", 6, 5, 2)
    rows += said("un deux", 7, 6, 2) + said("trois", 8, 6, 2) + said("un deux ; trois un deux … trois", 9, 7, 2)
    rows += [row for turn in range(10, 30) for row in said("autre chose que cela", turn, 8, 1)]
    words = pl.DataFrame(rows, schema=["interview", "segment", "turn", "form", "pos", "status", "class"], orient="row")
    found = repeats("t", words).filter(pl.col("class") == 2)
    assert found.select("sequence", "length", "n_total").rows() == [
        ("je ne sais pas", 4, 4),
        ("un deux", 2, 5),
        ("l' eau", 2, 4),
    ]


def test_a_class_keeps_its_strongest_sequences():
    whole = repeats("t", placed(*corpus(3, 200)))
    few = repeats("t", placed(*corpus(3, 200)), 2)
    strength = ["class", "chi2", "n_total", "sequence"]
    best = whole.sort(strength, descending=[False, True, True, False]).group_by("class", maintain_order=True).head(2)
    assert few.rows() == best.select(few.columns).rows() and few.height < whole.height


def test_no_words_give_empty_tables():
    none = placed(*corpus(1)).clear()
    assert repeats("t", none).is_empty() and parts_of_speech("t", none).is_empty()


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=1, max_size=5))
def test_residuals_of_a_cell_are_those_of_its_fourfold_table(rows):
    table = np.array(rows)
    expected, residual = adjusted_residuals(table)
    total = table.sum()
    for (i, j), n in np.ndenumerate(table):
        row, column = table[i].sum(), table[:, j].sum()
        assert expected[i, j] == pytest.approx(row * column / max(total, 1))
        crossed = np.array([[n, row - n], [column - n, total - row - column + n]])
        if (crossed.sum(axis=0) == 0).any() or (crossed.sum(axis=1) == 0).any():
            assert residual[i, j] == 0
            continue
        # for one cell against the rest, the adjusted residual is the root of the plain χ²
        statistic = chi2_contingency(crossed, correction=False).statistic
        assert residual[i, j] == pytest.approx(np.sign(n - expected[i, j]) * np.sqrt(statistic), abs=1e-6)


def test_permuted_probabilities_come_near_those_of_all_permutations():
    counts = np.array([[9, 1], [8, 3], [2, 6], [1, 9], [5, 5], [0, 4]])
    labels = np.array([0, 0, 1, 1, 0, 1])

    def residual(own):
        table = np.array([counts[np.array(own) == v].sum(axis=0) for v in (0, 1)])
        return adjusted_residuals(table)[1]

    observed = np.abs(residual(labels))
    exact = np.mean([np.abs(residual(own)) >= observed - 1e-9 for own in permutations(labels.tolist())], axis=0)
    assert permuted_p(counts, labels, 9999) == pytest.approx(exact, abs=0.02)
    assert (permuted_p(counts, labels, 99) == permuted_p(counts, labels, 99)).all()


def test_batches_change_no_permutation(monkeypatch):
    random = np.random.default_rng(5)
    counts, labels = random.integers(0, 9, (12, 3)), random.integers(0, 4, 12)
    whole = permuted_p(counts, labels, 50)
    monkeypatch.setattr("verbatim.class_description.residuals.BATCH_CELLS", 36)
    assert (permuted_p(counts, labels, 50) == whole).all()


def study(panels):
    """Segments of interviews that each keep to one class: 10 of A in class 1, the others 5 in class 2."""
    sizes = {"A": 10, **dict.fromkeys("BCDE", 5)}
    places = [(name, segment) for name, size in sizes.items() for segment in range(1, size + 1)]
    segments = pl.DataFrame(places, schema=["interview", "segment"], orient="row").with_columns(speaker=pl.lit("P"))
    classes = segments.select("interview", "segment").with_columns(
        pl.when(pl.col("interview") == "A").then(1).otherwise(2).cast(pl.Int64).alias("class")
    )
    speakers = pl.DataFrame({"interview": list(sizes), "speaker": ["P"] * 5, "role": ["participant"] * 5, **panels})
    return classes, segments, speakers


def test_one_long_interview_is_one_witness():
    classes, segments, speakers = study({"panel": ["x", "x", "y", "y", "y"]})
    table = residuals("t", classes, segments, speakers)
    row = table.row(by_predicate=(pl.col("modality") == "x") & (pl.col("class") == 1), named=True)
    assert (row["n"], row["n_modality"], row["share"], row["expected"]) == (10, 15, 10 / 15, 5)
    assert row["p"] == pytest.approx(2 * norm.sf(abs(row["residual"])))
    # A falls to x, which makes this table, in two of five permutations; to y it makes a weaker one
    assert row["p"] < 0.001 and row["p_by_interview"] == pytest.approx(0.4, abs=0.05)
    interviews = table.filter(pl.col("variable") == "interview")
    assert interviews["p_by_interview"].is_null().all() and interviews.height == 10
    assert interviews["n"].sum() == 30


def test_segments_without_a_value_are_left_out_and_large_attributes_told(caplog, monkeypatch):
    monkeypatch.setattr("verbatim.class_description.residuals.MOST_MODALITIES", 2)
    with caplog.at_level("INFO"):
        table = residuals("t", *study({"panel": ["x", None, "y", "", " y "], "ville": list("abcde")}))
    panel = table.filter(pl.col("variable") == "panel")
    assert panel["n"].sum() == 20 and panel["modality"].unique().sort().to_list() == ["x", "y"]
    assert "ville" not in table["variable"].to_list()
    assert table.filter(pl.col("variable") == "interview")["modality"].n_unique() == 5
    assert re.search("ville : 5 modalités", caplog.text)


def test_where_participants_of_an_interview_differ_they_are_what_is_permuted():
    places = [(name, segment) for name in "AB" for segment in (1, 2, 3, 4)]
    segments = pl.DataFrame(places, schema=["interview", "segment"], orient="row").with_columns(
        speaker=pl.when(pl.col("segment") <= 2).then(pl.lit("P")).otherwise(pl.lit("Q"))
    )
    classes = segments.select("interview", "segment", pl.Series("class", [1, 1, 2, 2, 1, 1, 2, 2]))
    speakers = pl.DataFrame({"interview": list("AABB"), "speaker": list("PQPQ"), "role": ["participant"] * 4})
    table = residuals("t", classes, segments, speakers.with_columns(age=pl.Series(list("jvjv"))))
    # six ways to deal two j and two v to four participants; two of them part the classes as strictly
    p = table.filter(pl.col("variable") == "age")["p_by_interview"]
    assert p.to_list() == pytest.approx([1 / 3] * 4, abs=0.06)
