"""Words that are signs of a hypothesis: counted as a naive reading counts them."""

import math
import re

import polars as pl
import pytest

from verbatim import hypothesis_counts, indicators, tables
from verbatim.problems import StudyError

SAID = {
    "A": "le lien tient , le mot de passe aussi",
    "B": "un lien , des liens , un mot",
    "C": "rien de tout cela",
}
SPEAKERS = pl.DataFrame(
    [("A", "A", "participant", "un"), ("B", "B", "participant", "deux"), ("C", "C", "participant", "deux")],
    schema=["interview", "speaker", "role", "panel"],
    orient="row",
)
PLACES = hypothesis_counts.modalities(SPEAKERS, ["panel"])


def corpus():
    turns, tokens = [], []
    for name, text in SAID.items():
        turns += [
            {"interview": name, "turn": 1, "speaker": name, "role": "participant", "text": text},
            {"interview": name, "turn": 2, "speaker": "ENQ", "role": "interviewer", "text": "le lien ?"},
        ]
    for turn in turns:
        for number, found in enumerate(re.finditer(r"\S+", turn["text"]), 1):
            silent = found[0] in ",?"
            tokens.append(
                {
                    **{"interview": turn["interview"], "turn": turn["turn"], "token": number},
                    **{"start": found.start(), "end": found.end(), "form": found[0]},
                    **{"lemma": "lien" if found[0] == "liens" else found[0], "pos": "PUNCT" if silent else "NOUN"},
                    "status": "ignored" if silent else "active",
                }
            )
    frame = pl.DataFrame(turns).with_columns(
        question=pl.lit(None, pl.String), start_s=pl.lit(None, pl.Float64), end_s=pl.lit(None, pl.Float64)
    )
    return pl.DataFrame(tokens), frame


def count(*groups):
    declared = [{"id": "h", "indicators": [{"name": n, "stance": s, "words": w} for n, s, w in groups]}]
    rows, words = indicators.count(declared, *corpus(), PLACES)
    return tables.check("themes/indicators", rows), tables.check("themes/indicator_words", words)


def test_a_lone_word_is_a_lemma_and_anything_else_a_search():
    assert indicators.query("lien") == "lemme:lien" and indicators.query("surveill*") == "lemme:surveill*"
    assert indicators.query("mot  de passe") == "mot de passe" and indicators.query("forme:liens") == "forme:liens"


def test_occurrences_are_those_of_participants_each_once():
    rows, words = count(("liens", "for", ["lien", "lie*", "mot de passe"]))
    found = {(r["variable"], r["modality"]): r for r in rows.iter_rows(named=True)}
    assert {key: row["n_occurrences"] for key, row in found.items()} == {
        **{("all", "all"): 4, ("interview", "A"): 2, ("interview", "B"): 2, ("interview", "C"): 0},
        **{("panel", "un"): 2, ("panel", "deux"): 2},
    }
    sizes = {name: len([w for w in text.split() if w != ","]) for name, text in SAID.items()}
    assert found["panel", "deux"]["n_words"] == sizes["B"] + sizes["C"]
    assert found["panel", "un"]["per_thousand"] == pytest.approx(1000 * 2 / sizes["A"])
    assert found["all", "all"]["n_interviews"] == 2 and found["all", "all"]["score"] is None
    assert dict(words.select("word", "n_occurrences").rows()) == {"lien": 3, "lie*": 3, "mot de passe": 1}


def test_the_specificity_is_that_of_the_hypergeometric_law():
    rows, _ = count(("liens", "for", ["lien"]))
    row = rows.row(by_predicate=(pl.col("variable") == "panel") & (pl.col("modality") == "un"), named=True)
    f, t = row["n_occurrences"], row["n_words"]
    whole = rows.row(by_predicate=pl.col("variable") == "all", named=True)
    F, T = whole["n_occurrences"], whole["n_words"]
    chances = [math.comb(F, k) * math.comb(T - F, t - k) / math.comb(T, t) for k in range(min(F, t) + 1)]
    tail = sum(chances[f:]) if f * T >= F * t else sum(chances[: f + 1])
    assert abs(row["score"]) == pytest.approx(-math.log10(tail))
    assert (row["score"] >= 0) == (f * T >= F * t)


def test_a_search_of_punctuation_counts_no_word():
    rows, _ = count(("virgules", "for", [","]))
    assert set(rows["n_occurrences"]) == {0}


def test_all_searches_that_cannot_be_read_are_told():
    with pytest.raises(StudyError) as raised:
        count(("a", "for", ["lem:lien", "lien"]), ("b", "against", ["pos:"]))
    told = str(raised.value)
    assert "2 problèmes" in told and "« lem:lien »" in told and "« pos: »" in told


def test_without_indicators_the_tables_are_empty():
    rows, words = indicators.count([], *corpus(), PLACES)
    assert tables.check("themes/indicators", rows).is_empty()
    assert tables.check("themes/indicator_words", words).is_empty()
