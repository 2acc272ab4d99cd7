"""What coders are compared on and how far they agree, against a naive recomputation from the texts."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreement_study import (
    BELOW,
    CODINGS,
    CORPUS,
    ODD,
    SAID,
    SEGMENTS,
    SETTINGS,
    STUDIES,
    THEMES,
    THREE,
    TOKENS,
    TURNS,
    TWO,
    UNITS,
    cell,
    coding,
    ends,
    found_in,
    frame,
    laid,
    measured,
    shuffled,
)
from verbatim import agreement, tables
from verbatim.coder_agreement import discordances, proposal, study, units
from verbatim.corpus import SILENT_POS


def naive_units(unit):
    """Return (interview, name of the unit) -> its words (turn, start, end), along the interviews, read from texts."""
    found = {}
    for row in TOKENS.iter_rows(named=True):
        role, text = SAID[row["interview"]][row["turn"] - 1]
        if role != "participant" or row["pos"] in SILENT_POS:
            continue
        if unit == "turn":
            name = row["turn"]
        elif unit == "sentence":
            name = row["turn"], text[: row["start"]].count(".")
        else:
            at = row["turn"], row["token"]
            (name,) = [
                s["segment"]
                for s in SEGMENTS.filter(interview=row["interview"]).to_dicts()
                if (s["first_turn"], s["first_token"]) <= at <= (s["last_turn"], s["last_token"])
            ]
        found.setdefault((row["interview"], name), []).append((row["turn"], row["start"], row["end"]))
    return found


def naive(rows, unit):
    """Return coders, and theme -> codes (n_units, n_coders), by asking of each unit, coder and coding."""
    made = [row for row in rows if row["anchor"] != "lost" and row["origin"] == "human"]
    read = {}
    for row in made:
        read.setdefault(row["interview"], set()).add(row["coder"])
    read = {name: own for name, own in read.items() if len(own) >= 2}
    coders = sorted(set().union(*read.values()))
    codes = {}
    for theme, below in BELOW.items():
        codes[theme] = []
        for (interview, _), words in naive_units(unit).items():
            if interview in read:
                seen = {
                    row["coder"]
                    for row in made
                    if row["interview"] == interview and row["theme"] in below
                    for turn, start, end in words
                    if row["turn"] == turn and start < row["end"] and row["start"] < end
                }
                codes[theme].append([int(c in seen) if c in read[interview] else -1 for c in coders])
    return coders, {theme: np.array(found) for theme, found in codes.items()}


def codes_of(rows, unit):
    codings = frame(*rows)
    compared = units.compare(codings, *CORPUS, unit)
    marked = units.marks(compared, codings, BELOW)
    return compared, {t: units.codes(compared, units.marked_words(compared, own)) for t, own in marked.items()}


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("name", STUDIES)
def test_who_sees_what_where_is_what_reading_the_texts_gives(name, unit):
    compared, found = codes_of(STUDIES[name], unit)
    coders, expected = naive(STUDIES[name], unit)
    assert compared.coders == coders and compared.interviews == ["E01", "E02"]
    for theme, codes in expected.items():
        assert found[theme].tolist() == codes.tolist(), theme


def test_a_person_who_coded_other_interviews_only_is_not_compared_and_one_who_coded_some_is_only_there():
    compared, found = codes_of(THREE, "turn")
    assert compared.coders == ["ana", "bob", "carl"]
    assert found["bruit"].tolist() == [[0, 0, 0], [1, 1, 1], [0, 1, -1], [0, 0, -1]]


def test_a_coding_that_reaches_over_its_turn_marks_nothing_of_the_next():
    rows = [*TWO, coding("o2", "bob", "E01", 2, (70, 10_000), "table")]
    assert codes_of(rows, "turn")[1]["table"].tolist() == [[0, 1], [0, 0], [0, 0], [0, 0]]


def test_the_words_of_a_passage_are_those_that_share_a_character_with_it():
    compared = units.compare(frame(*TWO), *CORPUS, "turn")
    text = SAID["E01"][3][1]
    places = [(a, b) for a in range(0, len(text), 2) for b in range(a + 1, len(text) + 2, 3)]
    spans = compared.spans(frame(*(coding(f"s{i}", "ana", "E01", 4, place) for i, place in enumerate(places))))
    words = compared.words.select("interview", "turn", "start", "end").rows()
    for (start, end), (first, last) in zip(places, spans.tolist(), strict=True):
        expected = [i for i, (*key, a, b) in enumerate(words) if key == ["E01", 4] and a < end and start < b]
        assert list(range(first, last)) == expected, text[start:end]


def kept(codes, uncoded, everything):
    return codes[(everything == 1).any(axis=1)] if uncoded == "drop" else codes


@pytest.mark.parametrize("uncoded", ["keep", "drop"])
@pytest.mark.parametrize("name", STUDIES)
def test_values_are_those_of_the_coefficients_on_the_table_made_by_hand(name, uncoded):
    table = measured(STUDIES[name], uncoded=uncoded)
    _, codes = naive(STUDIES[name], "segment")
    every = codes.pop("*")
    if uncoded == "drop":
        assert 0 < (every == 1).any(axis=1).sum() < len(every)
    for theme, whole in codes.items():
        own = kept(whole, uncoded, every)
        options = {"resamples": 200}
        expected = {
            "fleiss": agreement.fleiss_kappa(own, **options),
            "krippendorff": agreement.krippendorff_alpha(own, **options),
            "gwet": agreement.gwet_ac1(own, n_categories=2, **options),
            "brennan_prediger": agreement.brennan_prediger(own, n_categories=2, **options),
        }
        if own.shape[1] == 2:
            expected["cohen"] = agreement.cohen_kappa(own, **options)
        else:
            assert cell(table, theme, "cohen")["value"] is None
        for coefficient, one in expected.items():
            row = cell(table, theme, coefficient)
            assert (row["value"], row["low"], row["high"]) == pytest.approx(one[:3], nan_ok=False), (theme, coefficient)
            seen = (own == 1).any(axis=1)
            shared = seen & ((own == 1) | (own == -1)).all(axis=1)
            assert (row["n_units"], row["n_seen"], row["n_shared"]) == (len(own), seen.sum(), shared.sum())
            assert (row["uncoded"], row["resampled"], row["n_interviews"]) == (uncoded, "unit", 2)


def test_all_themes_are_the_codes_of_each_one_below_the_other_a_theme_with_its_own_codings_only():
    _, whole = naive(TWO, "segment")
    alone = [naive([row for row in TWO if row["theme"] == theme] + ends(TWO), "segment")[1] for theme in ("soir",)]
    parts = [alone[0]["soir"], naive(without(TWO, "table"), "segment")[1]["repas"], whole["table"], whole["bruit"]]
    expected = agreement.krippendorff_alpha(np.concatenate(parts), resamples=200)
    row = cell(measured(TWO), "*", "krippendorff")
    assert (row["value"], row["low"], row["high"]) == pytest.approx(expected[:3])
    assert row["n_units"] == sum(map(len, parts))


def without(rows, theme):
    return [row for row in rows if row["theme"] != theme] + ends(rows)


def passages(rows, words):
    """Return the words (first, last excluded) of the codings `rows`; those that share a word are one passage."""
    found = []
    for row in sorted(rows, key=lambda r: r["start"]):
        inside = {i for i, (_, start, end) in enumerate(words) if start < row["end"] and row["start"] < end}
        if found and found[-1] & inside:
            found[-1] |= inside
        elif inside:
            found.append(inside)
    return [(min(one), max(one) + 1) for one in found]


def test_unitised_compares_the_words_themselves_turn_by_turn():
    rows = [*THREE, *ODD, coding("x1", "ana", "E01", 2, "mange seule devant", "table")]
    table = measured(rows)
    made = [row for row in rows if row["anchor"] != "lost" and row["origin"] == "human"]
    words = {key: own for key, own in naive_units("turn").items() if key[0] != "E03"}
    read = np.array([[True, True, interview == "E01"] for interview, _ in words])
    for theme in ("soir", "repas", "bruit"):
        places = []
        for part, (key, said) in enumerate(words.items()):
            for column, coder in enumerate(("ana", "bob", "carl")):
                own = [r for r in made if (r["interview"], r["turn"], r["coder"]) == (*key, coder)]
                spans = passages([r for r in own if r["theme"] in BELOW[theme]], said)
                places += [(part, column, first, last, 1) for first, last in spans]
        lengths = [len(own) for own in words.values()]
        expected = agreement.unitised_alpha(agreement.tally(np.array(places), lengths, read), resamples=200)
        row = cell(table, theme, "unitised")
        assert (row["value"], row["low"], row["high"]) == pytest.approx(expected[:3])
        assert (row["unit"], row["uncoded"], row["n_units"]) == ("word", "keep", sum(lengths))
        assert row["resampled"] == "turn"
        marks = [[{w for w in range(n) for a, b in _of(places, part, c) if a <= w < b} for c in _who(read, part)]
                 for part, n in enumerate(lengths)]  # fmt: skip
        assert row["n_seen"] == sum(len(set.union(*own)) for own in marks)
        assert row["n_shared"] == sum(len(set.intersection(*own)) for own in marks)


def _of(places, part, coder):
    return [(a, b) for p, c, a, b, _ in places if (p, c) == (part, coder)]


def _who(read, part):
    return np.flatnonzero(read[part]).tolist()


def test_the_order_of_codings_and_what_was_set_aside_since_change_nothing_of_what_is_compared():
    codings = frame(*THREE, *ODD)
    aside = codings.with_columns(set_aside=pl.lit("tranché"))
    for other in (shuffled(codings), aside):
        one, two = (units.compare(c, *CORPUS, "sentence") for c in (codings, other))
        assert study.measure(one, codings, THEMES, SETTINGS).equals(study.measure(two, other, THEMES, SETTINGS))
        first, second = discordances.find(one, codings), discordances.find(two, other)
        assert first.height and first.sort("discordance").equals(second.sort("discordance"))


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [row for row in TWO if row["coder"] == "ana"],
        [row for row in TWO if row["interview"] == ("E01" if row["coder"] == "ana" else "E02")],
        [row | {"origin": "suggested"} for row in TWO],
    ],
    ids=["none", "one coder", "never the same interview", "suggested only"],
)
@pytest.mark.parametrize("unit", UNITS)
def test_nothing_to_compare_gives_empty_tables(rows, unit):
    assert measured(rows, unit=unit).is_empty()
    found = found_in(rows)
    assert found.is_empty() and found.schema == tables.empty("themes/discordances").schema
    assert len(proposal.to_csv(found, frame(*rows), {}, {}).splitlines()) == 1


def test_no_word_at_all_gives_empty_tables():
    codings = frame(*TWO)
    for unit in UNITS:
        compared = units.compare(codings, TURNS.clear(), TOKENS.clear(), SEGMENTS.clear(), unit)
        assert study.measure(compared, codings, THEMES, SETTINGS).is_empty()
        assert discordances.find(compared, codings).is_empty()


def test_without_a_grid_every_theme_used_is_measured_for_itself():
    codings = frame(*TWO)
    table = study.measure(units.compare(codings, *CORPUS, "segment"), codings, [], SETTINGS)
    assert set(table["theme"]) == {"soir", "repas", "table", "bruit", "*"}
    assert cell(table, "soir", "gwet")["n_seen"] < cell(measured(TWO), "soir", "gwet")["n_seen"]


def test_only_what_the_interviewer_says_is_coded():
    rows = [coding("a", "ana", "E01", 1, "le soir"), coding("b", "bob", "E01", 1, "chez vous")]
    for uncoded in ("keep", "drop"):
        table = measured(rows, uncoded=uncoded)
        assert table["value"].is_null().all() and table["remark"].is_not_null().all()
        assert table["n_seen"].sum() == 0
    assert found_in(rows).is_empty()


def many(n):
    """Return the corpus and the codings of TWO, told over n times two interviews; every other copy lacks one coding."""

    def told(table, i):
        return table.with_columns(interview=pl.format("{}-{}", pl.col("interview"), pl.lit(f"{i:02}")))

    corpus = [pl.concat([told(table, i) for i in range(n)]).sort("interview", maintain_order=True) for table in CORPUS]
    codings = [
        told(frame(*TWO[i % 2 :]), i).with_columns(coding=pl.format("{}-{}", pl.col("coding"), pl.lit(f"{i:02}")))
        for i in range(n)
    ]
    return corpus, pl.concat(codings)


def test_from_five_interviews_on_intervals_draw_interviews_whole():
    corpus, codings = many(3)
    compared = units.compare(codings, *corpus, "turn")
    assert len(compared.interviews) == 6
    table = study.measure(compared, codings, THEMES, SETTINGS | {"unit": "turn"})
    codes = units.codes(compared, units.marked_words(compared, units.marks(compared, codings, BELOW)["bruit"]))
    options = {"groups": compared.interview_of_unit, "resamples": 200}
    for name, one in {
        "cohen": agreement.cohen_kappa(codes, **options),
        "gwet": agreement.gwet_ac1(codes, n_categories=2, **options),
    }.items():
        row = cell(table, "bruit", name)
        assert (row["value"], row["low"], row["high"]) == pytest.approx(one[:3])
        assert (row["resampled"], row["n_interviews"]) == ("interview", 6)
    assert cell(table, "bruit", "unitised")["resampled"] == "interview"
    assert "intervalle grossier : il ne repose que sur 6 entretiens" in cell(table, "bruit", "gwet")["remark"]
    assert "trop étroit" not in cell(table, "bruit", "gwet")["remark"]


@settings(max_examples=50)
@given(CODINGS, st.sampled_from(UNITS), st.sampled_from(["keep", "drop"]))
def test_any_codings_are_measured_and_only_two_who_agree_on_all_words_reach_one(drawn, unit, uncoded):
    rows = [*laid(drawn), *ends(laid(drawn))]
    table = measured(rows, unit=unit, uncoded=uncoded)
    for row in table.filter(pl.col("value").is_not_null()).iter_rows(named=True):
        assert row["value"] <= 1 + 1e-9
        alike = row["n_shared"] == row["n_seen"]
        if row["coefficient"] != "unitised":
            assert (row["value"] > 1 - 1e-9) == alike
        elif not alike:
            assert row["value"] < 1
