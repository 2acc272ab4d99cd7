"""Doubtful lemmas and suggested expressions on words placed by hand."""

import math

import polars as pl
import pytest

from verbatim import wordlists
from verbatim.audit import doubts, proposals, suggestions

LISTS = wordlists.load()


def tables_of(words, role="participant"):
    """Words (form, lemma, pos, status, model lemma, model pos), each a turn of its own interview in pairs."""
    rows, said, turns = [], [], []
    for number, (form, lemma, pos, status, model_lemma, model_pos) in enumerate(words):
        interview, turn = f"E{number % 2 + 1}", number + 1
        rows.append((interview, turn, 1, 0, len(form), form, lemma, pos, status))
        said.append((interview, turn, 1, 0, len(form), form, model_lemma, model_pos, None))
        turns.append((interview, turn, role, form))
    names = ["interview", "turn", "token", "start", "end", "form", "lemma", "pos"]
    tokens = pl.DataFrame(rows, [*names, "status"], orient="row").sort("interview", "turn")
    annotation = pl.DataFrame(said, [*names, "entity"], orient="row")
    return tokens, annotation, pl.DataFrame(turns, ["interview", "turn", "role", "text"], orient="row")


def judged(*words, lists=LISTS, reasons=None):
    tokens, annotation, _ = tables_of(words)
    found = doubts.doubtful(tokens, annotation, lists, reasons)
    return {(r["form"], r["pos"]): r["reason"] for r in found.iter_rows(named=True)}


def word(form, lemma, pos="NOUN", status="active", model=None, model_pos=None):
    return form, lemma, pos, status, model or lemma, model_pos or pos


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (word("zblorg", "zblorg"), "unknown"),
        (word("maison", "maison"), None),
        # Lexique holds « remplie » for a form of « remplier »; the model says better.
        (word("remplie", "remplier", "VERB", model="remplir"), "disagree"),
        # « demande » cannot be the lemma of a verb: no objection.
        (word("demande", "demander", "VERB", model="demande"), None),
        (word("vit", "vivre", "VERB", model="voir"), "disagree"),
        (word("vit", "vivre", "VERB", "supplementary", model="voir"), None),
        (word("surtout", "surtout"), "rare"),
        (word("123", "123"), None),
    ],
)
def test_what_makes_a_lemma_doubtful(row, reason):
    assert judged(row).get((row[0], row[2])) == reason


def test_a_form_of_two_parts_of_speech_with_two_lemmas_is_told_for_both():
    verb, noun = word("lit", "lire", "VERB"), word("lit", "lit", "NOUN")
    assert judged(verb, verb, noun, noun) == {("lit", "VERB"): "several_pos", ("lit", "NOUN"): "several_pos"}
    assert ("lit", "NOUN") not in judged(*[verb] * 20, noun)


def test_corrections_of_the_study_come_first_with_their_reason(tmp_path):
    path = tmp_path / "lemmas.csv"
    path.write_text("form,lemma,reason,if_pos\nzblorg,zbloguer,vérifié,NOUN\n", encoding="utf-8")
    lists = wordlists.load(lemmas=path)
    tokens, annotation, turns = tables_of([word("Zblorg", "zbloguer")])
    found = doubts.doubtful(tokens, annotation, lists, wordlists.reasons(path)).row(0, named=True)
    assert (found["reason"], found["correction"], found["correction_reason"]) == ("corrected", "zbloguer", "vérifié")
    assert "zblorg" not in proposals.lemmas_to_csv(doubts.doubtful(tokens, annotation, lists), turns)


def test_counts_and_first_context():
    found = judged_table = doubts.doubtful(*tables_of([word("zblorg", "zblorg")] * 3)[:2], LISTS).row(0, named=True)
    assert (found["n_occurrences"], found["n_interviews"]) == (3, 2)
    assert (judged_table["interview"], judged_table["turn"], judged_table["end"]) == ("E1", 1, 6)


def test_an_empty_study_has_no_doubt():
    tokens, annotation, _ = tables_of([word("bonjour", "bonjour", "INTJ", "supplementary")])
    assert doubts.doubtful(tokens, annotation, LISTS).is_empty()


def spoken(sentences):
    """Sentences of « word/POS » separated by spaces, one a turn, two interviews in turn."""
    rows, turns = [], []
    for number, sentence in enumerate(sentences):
        interview, turn, at, said = f"E{number % 2 + 1}", number + 1, 0, []
        for place, part in enumerate(sentence.split(), 1):
            form, _, pos = part.partition("/")
            status = "ignored" if pos == "PUNCT" else "active" if pos in ("NOUN", "VERB", "ADJ") else "supplementary"
            rows.append((interview, turn, place, at, at + len(form), form, form.lower(), pos, status))
            said.append(form)
            at += len(form) + 1
        turns.append((interview, turn, "participant", " ".join(said)))
    names = ["interview", "turn", "token", "start", "end", "form", "lemma", "pos", "status"]
    tokens = pl.DataFrame(rows, names, orient="row").sort("interview", "turn", "token")
    return tokens, pl.DataFrame(turns, ["interview", "turn", "role", "text"], orient="row").sort("interview", "turn")


SAID = [
    *["la/DET pièce/NOUN jointe/ADJ est/AUX là/ADV"] * 4,
    *["je/PRON vois/VERB la/DET mer/NOUN"] * 2,
    "une/DET pièce/NOUN ./PUNCT jointe/ADJ",
]


def test_a_sequence_that_is_bound_is_suggested_with_its_measures():
    found = suggestions.suggested(*spoken(SAID), minimum_frequency=3, minimum_npmi=0.2)
    assert found["expression"].to_list() == ["pièce jointe"]
    row = found.row(0, named=True)
    # 31 words, of which each of the two is said 5 times; 23 pairs inside stretches: 4 · 4, 2 · 3 and 1.
    share = math.log2(4 / 23)
    assert row["pmi"] == pytest.approx(share - 2 * math.log2(5 / 31))
    assert row["npmi"] == pytest.approx(row["pmi"] / -share)
    assert (row["pos"], row["lemma"], row["n_occurrences"], row["n_interviews"]) == ("NOUN", "pièce jointe", 4, 2)
    assert (row["start"], row["end"]) == (3, 15)


def test_what_a_longer_expression_said_as_often_holds_is_left_out():
    said = ["la/DET pièce/NOUN jointe/ADJ rouge/ADJ"] * 4 + ["une/DET pièce/NOUN", "un/DET feu/NOUN rouge/ADJ"]
    found = suggestions.suggested(*spoken(said), minimum_frequency=3, minimum_npmi=0.1)
    assert found["expression"].to_list() == ["pièce jointe rouge"]


def test_known_or_refused_expressions_are_not_suggested_again():
    settings = {"minimum_frequency": 3, "minimum_npmi": 0.2}
    assert suggestions.suggested(*spoken(SAID), known={"pièce jointe"}, **settings).is_empty()


def test_bounds_of_frequency_and_interviews():
    assert suggestions.suggested(*spoken(SAID), minimum_frequency=5, minimum_npmi=0.2).is_empty()
    assert suggestions.suggested(*spoken(SAID), minimum_frequency=3, minimum_interviews=3, minimum_npmi=0.2).is_empty()
