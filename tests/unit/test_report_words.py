"""The pages of the words: what they say against a plain recount, with full, small and empty tables."""

import re
from collections import Counter
from dataclasses import replace

import polars as pl
import pytest

from report_study import PROGRAM, study
from verbatim import tables
from verbatim.report import audit_page, concordance_page, corpus_page, passages, render, vocabulary_page, words_page
from verbatim.report.located import Corpus

TEMPLATES = PROGRAM / "workflow" / "report"
NAME = "ensemble"
MARGINS = {"f": 8, "F": 9, "t": 100, "T": 300, "per_thousand": 80.0, "p_adjusted": 0.01, "n_interviews": 2}
STATISTICS = {
    **{"n_interviews": 2, "n_turns": 4, "n_segments": 9, "n_occurrences": 300, "n_forms": 60, "n_lemmas": 50},
    **{"n_hapax": 9, "n_active": 120, "share": 0.5, "turn_length": 75.0, "segment_length": 12.0, "ttr": 0.2},
    **{"mattr": 0.7, "mtld": 50.0, "yule_k": 80.0, "herdan_c": 0.8, "zipf_slope": -1.0, "zipf_r2": 0.9},
    **{"heaps_beta": 0.6, "heaps_r2": 0.9},
}


def frames(material):
    """Small tables of all that the pages of the words show, made up from the words of the study."""
    first = material.table("corpus/tokens").filter(pl.col("pos") == "NOUN").row(0, named=True)
    place = {key: first[key] for key in ("interview", "turn", "start", "end")}
    word = {"lemma": first["lemma"], "pos": first["pos"]}
    timed = {"seconds": 60.0, "time_share": 0.5}
    untimed = dict.fromkeys(timed)
    spoken = [("all", "all", timed), ("panel", "un", timed), ("panel", "deux", untimed), ("interview", "E01", untimed)]
    doubt = {
        **word,
        **place,
        **{"form": first["form"].lower(), "model_lemma": "autre", "model_pos": "VERB", "lexique_lemma": None},
        **{"simplemma_lemma": first["lemma"], "status": "active", "n_occurrences": 5, "n_interviews": 2},
        **{"correction": None, "correction_reason": None},
    }
    corrected = {**doubt, "form": "corrigé", "reason": "corrected", "correction": "x", "correction_reason": "dit ainsi"}
    pair = {"n_segments": 9, "n_other": 8, "together": 5, "chi2": 12.5, "place": 1}
    origins = [("E01", "taken_up", 1), ("E02", "taken_up", 3), ("E03", "own", 3), ("E04", "own_only", None)]
    rows = {
        "lexicon/statistics": [{"variable": v, "modality": m, **STATISTICS, **t} for v, m, t in spoken],
        "lexicon/banal": [{"variable": "panel", **word, "F": 9, "largest": 0.5, "n_interviews": 2}],
        "lexicon/modality_pos": [
            {"variable": "panel", "modality": m, "pos": p, "score": s, **MARGINS}
            for m, p, s in [("un", "NOUN", 3.2), ("deux", "NOUN", -3.2), ("un", "CCONJ", 0.1), ("un", "SCONJ", 0.1)]
        ],
        "lexicon/word_groups": [
            {"variable": "interview", "modality": f"E{i}", "group": "outils", "score": 0.5, **MARGINS} for i in range(9)
        ],
        "lexicon/repeats": [
            {"expression": e, "n_words": n, "n_occurrences": k, "n_interviews": 2, "pmi": 5.0}
            for e, n, k in [("dans le", 2, 50), ("et le café", 3, 40), ("/ # le", 3, 2)]
        ],
        "lexicon/associations": [
            {"lemma": a, "other": b, "log10_p": p, **pair}
            for a, b, p in [("a", "b", -9.0), ("b", "a", -9.0), ("a", "c", -2.0)]
        ],
        "lexicon/distances": [
            {"variable": v, "first": a, "second": b, "distance": (i + j) / 50}
            for v, names in [("panel", ["deux", "un"]), ("interview", [f"E{i}" for i in range(9)])]
            for i, a in enumerate(names)
            for j, b in enumerate(names)
            if a < b
        ],
        "lexicon/priming": [
            {"interview": i, **word, "origin": o, "interviewer_turn": t, "participant_turn": 2}
            | {"n_interviewer": int(t is not None), "n_participant": 3}
            for i, o, t in origins
        ],
        "corpus/doubtful_lemmas": [{**doubt, "reason": "unknown"}, corrected],
        "corpus/suggested_expressions": [
            {"expression": "dans le", "lemma": "dans le", "pos": "ADP", "n_words": 2, "n_occurrences": 9}
            | {"n_interviews": 2, "pmi": 5.0, "npmi": 0.5, **place}
        ],
        "classes/correction_effects": [
            {"before": b, "after": a, "n_segments": n, "jaccard": j, "ari": 0.8}
            for b, a, n, j in [(0, 0, 3, 1.0), (1, 2, 20, 0.9), (2, 1, 10, 0.7), (2, 2, 4, 0.1)]
        ],
    }
    found = {}
    for name, values in rows.items():
        frame = pl.DataFrame(values, infer_schema_length=None)
        of_analysis = tables.TABLES[name].key[0] == "analysis"
        frame = frame.with_columns(analysis=pl.lit(NAME)) if of_analysis else frame
        found[name, NAME if of_analysis else ""] = tables.store.check(name, frame)
    return found


@pytest.fixture(scope="module")
def full():
    material = study()
    key = "lexicon/specificities", NAME
    strong = material.shelf[key].with_columns(score=40 * pl.col("score"))
    return replace(material, shelf={**material.shelf, **frames(material), key: strong})


@pytest.fixture(scope="module")
def html(full):
    return render.page(full, TEMPLATES)


def section(html, page):
    text = re.split(rf'<section class="page" id="page-{page}"', html)[1].split('<section class="page"')[0]
    return " ".join(re.sub(r"<[^>]+>", " ", text.split("<script")[0]).split())


def test_every_token_is_in_the_data_once(full):
    data = passages.data(Corpus(full))
    found = Counter()
    for interview in data["interviews"]:
        for t, (_, text, *_) in enumerate(interview["turns"]):
            for words in (interview["tokens"][t], interview["others"][t]):
                at = 0
                for gap, length, number in zip(words[::3], words[1::3], words[2::3], strict=True):
                    start, at = at + gap, at + gap + length
                    status = {"a": "active", "s": "supplementary", "i": "ignored"}[data["statuses"][number]]
                    found[interview["id"], t + 1, start, text[start:at], *data["words"][number], status] += 1
    columns = ("interview", "turn", "start", "form", "lemma", "pos", "status")
    assert found == Counter(full.table("corpus/tokens").select(columns).iter_rows())


def test_what_is_specific_is_all_that_is_not_banal(full):
    corpus = Corpus(full)
    data = passages.data(corpus)
    table = full.table("lexicon/specificities", NAME).filter(pl.col("score").abs() >= words_page.BANAL)
    found = set()
    for variable, _, modalities, rows in data["analyses"][0]["specific"]:
        for word, place, f, score in zip(rows[::4], rows[1::4], rows[2::4], rows[3::4], strict=True):
            found.add((variable, modalities[place], *data["words"][word], f, score))
    rounded = table.with_columns(score=(10 * pl.col("score")).round().cast(pl.Int64))
    columns = ("variable", "modality", "lemma", "pos", "f", "score")
    assert found == set(rounded.select(columns).iter_rows()) and found


def test_pages_stand_with_empty_tables():
    html = render.page(study(), TEMPLATES)
    assert "Aucun lemme douteux" in section(html, "corrections")
    assert "n'a rien corrigé" in section(html, "corrections")
    assert "mots/etendue" not in html and "mots/enqueteur" not in html


def test_statistics_are_shown_for_each_group(html, full):
    view = vocabulary_page.view(full, NAME)["statistics"]
    assert view["all"]["n_occurrences"] == 300
    assert [(part["variable"], part["timed"]) for part in view["parts"]] == [("panel", True), ("interview", False)]
    assert "0,700" in section(html, "mots")


def test_parts_of_speech_are_cells_of_two_senses(full):
    (part,) = vocabulary_page.view(full, NAME)["parts_of_speech"]
    assert part["modalities"] == ["deux", "un"]
    noun = next(row for row in part["rows"] if row["name"] == "nom")
    assert [cell["sense"] for cell in noun["cells"]] == ["moins", "plus"]
    # Two kinds of conjunctions keep names, and searches, of their own.
    assert {"CCONJ", "SCONJ"} <= {row["query"] for row in part["rows"]}
    assert len({row["name"] for row in part["rows"]}) == len(part["rows"])


def test_pairs_are_shown_once_strongest_first(full):
    view = vocabulary_page.view(full, NAME)
    assert [{row["lemma"], row["other"]} for row in view["pairs"]] == [{"a", "b"}, {"a", "c"}]


def test_repeats_lead_to_a_search_of_theirs(full):
    view = vocabulary_page.view(full, NAME)["repeats"]
    assert [row["expression"] for row in view["rows"]] == ["et le café", "dans le", "/ # le"]
    assert view["rows"][-1]["href"] == "#concordance/%2F%20%23%20le"


def test_distances_are_the_nearest_and_the_farthest(full):
    panel, interviews = vocabulary_page.view(full, NAME)["distances"]
    assert (panel["n"], len(panel["near"]), panel["far"]) == (2, 1, [])
    assert max(row["distance"] for row in interviews["near"]) <= min(row["distance"] for row in interviews["far"])


def test_whose_words_they_are(full):
    view = vocabulary_page.view(full, NAME)["priming"]
    assert [view[key] for key in ("n", "taken_up", "own", "own_only")] == [4, 2, 1, 1]
    (word,) = view["words"]
    assert (word["n_interviews"], word["n_saying"], word["n_participant"]) == (2, 4, 6)
    assert [place["interview"] for place in word["places"]] == ["E01", "E02"]


def test_corrections_are_told_with_reason_context_and_effect(full, html):
    corpus = Corpus(full)
    view = audit_page.view(corpus)
    (corrected,) = view["corrected"]
    assert corrected["correction_reason"] == "dit ainsi"
    (part,) = view["doubtful"]
    row = part["rows"][0]
    turn = corpus.turns[row["interview"]][row["turn"] - 1]["text"]
    assert turn[row["start"] : row["end"]].lower() == row["form"]
    effects = view["effects"][NAME]
    # Class 1 became class 2, so that its twenty segments did not move; four of class 2 did not follow the others.
    assert (effects["n"], effects["n_moved"]) == (37, 4)
    shown = section(html, "corrections")
    for text in ("make accept WHAT=lemmas", "make accept WHAT=expressions", "dit ainsi", "4 segments sur 37 changent"):
        assert text in shown.replace("\u00a0", " ")


def test_the_concordancer_says_what_it_reads_and_what_to_try(full):
    view = concordance_page.view(Corpus(full))
    assert view["n_tokens"] == full.table("corpus/tokens").height
    assert all(one["href"].startswith("#concordance/lemme%3A") for one in view["examples"]) and view["examples"]
    assert concordance_page.address("pos:nom", panel="à/b") == "#concordance/pos%3Anom/panel%3D%C3%A0%2Fb"


def test_an_interview_in_another_language_is_told():
    material = study()
    known = material.table("corpus/interviews").with_columns(
        known_share=pl.when(pl.col("interview") == "E02").then(0.2).otherwise(0.97)
    )
    material = replace(material, shelf={**material.shelf, ("corpus/interviews", ""): known})
    assert [row["id"] for row in corpus_page.view(Corpus(material))["foreign"]] == ["E02"]
    html = render.page(material, TEMPLATES)
    assert "20 % seulement" in re.sub(r"[\u202f\u00a0]", " ", section(html, "entretiens"))
    assert "ne semble pas en français" in section(html, "bref")


def test_classes_and_questions_are_called_by_their_names(full):
    assert words_page.shown_as(full, NAME, "class", "1") == "Classe 1 · Les écrans"
    assert words_page.shown_as(full, NAME, "question", "Q1") == "Q1 : Comment cela se passe-t-il ?"
    assert words_page.shown_as(full, NAME, "panel", "un") == "un"
