"""Statistics of the vocabulary: by hand on a small study, by naive recomputation on invented ones."""

from collections import Counter
from math import comb, log10

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatim import positions, tables, vocabulary
from verbatim.problems import StudyError
from verbatim.reinert.groups import GroupWord
from verbatim.vocabulary import distances
from vocabulary_study import SAID, study

VARIABLES = ("interview", "panel", "question", "class")
turn = st.tuples(
    st.sampled_from(["E1", "E2", "E3"]),
    st.sampled_from(["ENQ", "a1", "b1", "x1"]),
    st.sampled_from(["Q1", "Q2", None]),
    st.sampled_from([None, 2.0, 5.5]),
    st.lists(st.sampled_from(["feu", "Feu", "main", "le", "un", ",", "terre"]), min_size=1, max_size=25).map(" ".join),
)
corpora = st.lists(turn, min_size=1, max_size=8).filter(
    lambda said: any(speaker != "ENQ" and any(map(str.isalpha, text)) for _, speaker, *_, text in said)
)


def counted(said, size=6, within="question"):
    turns, tokens, segments, speakers = study(said, size, within)
    return turns, tokens, segments, speakers, vocabulary.collect(tokens, turns, segments, speakers)


def rows_of(statistics):
    return {(row["variable"], row["modality"]): row for row in statistics.to_dicts()}


def test_a_small_study_counted_by_hand():
    *_, words = counted(SAID)
    found, _ = vocabulary.measure("a", words, VARIABLES, 10)
    rows = rows_of(tables.check("lexicon/statistics", found))
    own = rows["interview", "E1"]
    # le métier le métier et la terre | la terre un four de terre
    expected = {"n_turns": 2, "n_occurrences": 13, "n_forms": 8, "n_hapax": 4, "n_active": 6, "n_lemmas": 8}
    assert {name: own[name] for name in expected} == expected
    assert (own["share"], own["turn_length"], own["ttr"]) == (13 / 26, 6.5, 8 / 13)
    assert (own["seconds"], own["time_share"]) == (pytest.approx(13), pytest.approx(13 / 33))
    assert rows["all", "all"]["n_interviews"] == 3 and rows["all", "all"]["seconds"] == pytest.approx(33)
    # Who has no panel is in no panel, and questions part what one interview says.
    assert {key[1] for key in rows if key[0] == "panel"} == {"a", "b"}
    assert rows["question", "Q2"]["n_occurrences"] == 8 and rows["question", "Q2"]["n_interviews"] == 2
    assert not any(variable == "class" for variable, _ in rows)


def test_a_text_shorter_than_a_window_has_no_ratio_and_an_untimed_interview_leaves_no_share_of_time():
    said = [("E1", "a1", None, 4.0, "le feu le feu"), ("E2", "b1", None, None, "un feu de terre ou de main")]
    *_, words = counted(said)
    rows = rows_of(vocabulary.measure("a", words, ["interview"], 5)[0])
    assert rows["interview", "E1"]["mattr"] is None and rows["interview", "E2"]["mattr"] is not None
    assert rows["all", "all"]["mattr"] == rows["interview", "E2"]["mattr"]
    assert (rows["interview", "E1"]["seconds"], rows["interview", "E2"]["seconds"]) == (4.0, None)
    assert {row["time_share"] for row in rows.values()} == {None}


@settings(max_examples=40)
@given(corpora, st.integers(3, 9), st.sampled_from(["interview", "question"]))
def test_statistics_are_those_of_counting_word_by_word(said, window, within):
    turns, tokens, segments, speakers, words = counted(said, 3, within)
    found, growth = vocabulary.measure("a", words, VARIABLES, window)
    tables.check("lexicon/growth", growth)
    rows = rows_of(tables.check("lexicon/statistics", found))
    texts = said_by(turns, tokens, segments, speakers)
    assert set(rows) == set(texts)
    for key, by_interview in texts.items():
        row, said_words = rows[key], [word for text in by_interview.values() for word in text]
        forms = Counter(form for _, form, *_ in said_words)
        assert row["n_occurrences"] == len(said_words)
        assert row["n_forms"] == len(forms) and row["n_hapax"] == list(forms.values()).count(1)
        assert row["n_turns"] == len({place for place, *_ in said_words})
        assert row["n_interviews"] == sum(bool(text) for text in by_interview.values())
        assert row["n_active"] == sum(pos == "NOUN" for *_, pos in said_words)
        ratios = [ratio for text in by_interview.values() for ratio in window_ratios(text, window)]
        assert row["mattr"] == (pytest.approx(np.mean(ratios)) if ratios else None)


def window_ratios(text, window):
    forms = [form for _, form, *_ in text]
    return [len(set(forms[i : i + window])) / window for i in range(len(forms) - window + 1)]


def said_by(turns, tokens, segments, speakers):
    """Return (variable, modality) -> interview -> [(turn, form, pos)] by looking each token up in each segment."""
    role = {row[:2]: row[2] for row in turns.select("interview", "turn", "role").iter_rows()}
    panel = {row[:2]: row[2] for row in speakers.select("interview", "speaker", "panel").iter_rows()}
    found = {}
    for segment in segments.iter_rows(named=True):
        name = segment["interview"]
        keys = [("all", "all"), ("interview", name), ("panel", panel[name, segment["speaker"]])]
        keys = [key for key in [*keys, ("question", segment["question"])] if key[1] is not None]
        for key in keys:
            found.setdefault(key, {}).setdefault(name, [])
        for token in tokens.filter(pl.col("interview") == name).iter_rows(named=True):
            at = token["turn"], token["token"]
            first = segment["first_turn"], segment["first_token"]
            last = segment["last_turn"], segment["last_token"]
            if first <= at <= last and role[name, at[0]] == "participant" and token["status"] != "ignored":
                for key in keys:
                    found[key][name].append(((name, at[0]), token["form"].lower(), token["pos"]))
    return found


@given(corpora, st.integers(2, 8))
def test_each_token_is_in_the_segment_that_holds_it(said, size):
    turns, tokens, segments, _ = study(said, size, "interview")
    rows = positions.segment_of(tokens, segments)
    turn_rows = turns.select("interview", "turn").rows()
    assert [turn_rows[i] for i in positions.turn_of(tokens, turns)] == tokens.select("interview", "turn").rows()
    for row, (name, number, token) in zip(rows, tokens.select("interview", "turn", "token").rows(), strict=True):
        holds = [
            i
            for i, s in enumerate(segments.iter_rows(named=True))
            if s["interview"] == name
            and (s["first_turn"], s["first_token"]) <= (number, token) <= (s["last_turn"], s["last_token"])
        ]
        assert holds == ([row] if row >= 0 else [])


def test_growth_ends_with_all_forms():
    *_, words = counted(SAID)
    found, growth = vocabulary.measure("a", words, VARIABLES)
    ends = growth.group_by("variable", "modality").agg(pl.col("n_occurrences", "n_forms").max())
    both = ends.join(found, on=["variable", "modality", "n_occurrences", "n_forms"])
    assert both.height == ends.height == 4


def test_segment_lengths_add_up():
    _, _, segments, _, words = counted(SAID)
    lengths = tables.check("lexicon/segment_lengths", vocabulary.segment_lengths("a", words))
    assert (lengths["length"] * lengths["n_segments"]).sum() == segments["n_tokens"].sum()


def lafon(f, F, t, T):
    """Return the signed score by summing exact binomials."""
    more = f * T >= F * t
    tail = range(f, min(F, t) + 1) if more else range(f + 1)
    p = sum(comb(F, k) * comb(T - F, t - k) for k in tail if t - k <= T - F) / comb(T, t)
    return -log10(p) if more else log10(p)


def test_parts_of_speech_by_modality():
    *_, words = counted(SAID)
    found = tables.check("lexicon/modality_pos", vocabulary.parts_of_speech("a", words, VARIABLES))
    rows = {(r["variable"], r["modality"], r["pos"]): r for r in found.to_dicts()}
    own = rows["panel", "a", "NOUN"]
    # Of the panels alone: E3 has none.
    assert [own[name] for name in ("f", "F", "t", "T", "n_interviews")] == [6, 9, 13, 19, 1]
    assert own["score"] == pytest.approx(lafon(6, 9, 13, 19)) and own["per_thousand"] == 1000 * 6 / 13
    assert {variable for variable, *_ in rows} == {"interview", "panel", "question"}
    sums = found.group_by("variable", "modality").agg(pl.col("f").sum(), pl.col("t").first())
    assert (sums["f"] == sums["t"]).all()


def test_word_groups_by_modality_and_words_that_nobody_says(caplog):
    *_, words = counted(SAID)
    rows = [GroupWord("chaud", "Feu", 2), GroupWord("chaud", "four", 3), GroupWord("sol", "terre", 4)]
    with caplog.at_level("WARNING", "verbatim"):
        found = vocabulary.word_groups("a", words, VARIABLES, [*rows, GroupWord("sol", "argile", 5)])
    assert "argile" in caplog.text
    found = tables.check("lexicon/word_groups", found)
    cells = {(r["variable"], r["modality"], r["group"]): (r["f"], r["F"], r["n_interviews"]) for r in found.to_dicts()}
    assert cells["interview", "E1", "chaud"] == (1, 5, 1) and cells["interview", "E1", "sol"] == (3, 3, 1)
    assert cells["panel", "b", "chaud"] == (2, 3, 1) and cells["panel", "b", "sol"] == (0, 3, 0)
    assert vocabulary.word_groups("a", words, VARIABLES).height == 0


def test_a_single_modality_is_compared_with_nothing(caplog):
    *_, words = counted([row for row in SAID if row[0] == "E1"])
    with caplog.at_level("INFO", "verbatim"):
        assert vocabulary.parts_of_speech("a", words, ["panel"]).height == 0
    assert "moins de deux modalités" in caplog.text


def segment_lemmas(words):
    said = pl.DataFrame({"row": words.segment, "lemma": words.lemma, "pos": words.pos})
    named = said.with_columns(
        pl.Series("lemma", words.lemmas).gather(said["lemma"]),
        pl.Series("pos", words.parts_of_speech).gather(said["pos"]),
    )
    places = (
        words.segments.select("interview", "segment").with_row_index("row").with_columns(pl.col("row").cast(pl.Int32))
    )
    return named.join(places, on="row").group_by("interview", "segment", "lemma", "pos").agg(count=pl.len())


def test_distances_of_modalities():
    _, _, segments, speakers, words = counted(SAID)
    found = distances.measure("a", segment_lemmas(words), segments, speakers, VARIABLES)
    rows = {row[1:4]: row[4] for row in tables.check("lexicon/distances", found).iter_rows()}
    assert set(rows) == {
        *(("interview", *pair) for pair in [("E1", "E2"), ("E1", "E3"), ("E2", "E3")]),
        ("panel", "a", "b"),
        ("question", "Q1", "Q2"),
    }
    # E2: un four un feu la main (6), E3: le feu ou la main le feu (7); scale 6/7.
    scale = 6 / 7
    apart = abs(1 - 2 * scale) + 2 * abs(1 - scale) + (2 + 1) + 2 * scale
    assert rows["interview", "E2", "E3"] == pytest.approx(apart / (6 + 4 * scale))
    fewer = distances.measure("a", segment_lemmas(words), segments, speakers, ["panel"], 3)
    # terre, la, un said 3, 2, 1 times by a and 0, 1, 2 by b: scale 1/2.
    assert fewer["distance"].to_list() == [pytest.approx((1.5 + 0 + 1.5) / (3 + 1.5 + 1))]


def test_an_unknown_variable_is_told_with_the_nearest():
    _, _, segments, speakers, words = counted(SAID)
    with pytest.raises(StudyError, match="vouliez-vous « panel »"):
        distances.measure("a", segment_lemmas(words), segments, speakers, ["pannel"])
