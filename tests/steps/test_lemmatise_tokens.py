import json
import subprocess
import sys

import polars as pl
import pytest

from places import PROGRAM
from verbatim import tables

SCRIPT = PROGRAM / "scripts" / "lemmatise_tokens.py"
SETTINGS = {"active_pos": ["NOUN", "VERB", "ADJ", "ADV"]}
RAW = {
    ("E01", 1): [
        ("Paul", "Paul", "PROPN"),
        ("regarde", "regarder", "VERB"),
        ("l’", "le", "DET"),
        ("écran", "écran", "NOUN"),
    ],
    ("E01", 2): [
        ("euh", "euh", "ADJ"),
        ("parce", "parce", "SCONJ"),
        ("que", "que", "SCONJ"),
        ("[rire]", "[rire]", "X"),
    ],
    ("E02", 1): [("Du", "de", "ADP"), ("coup", "coup", "NOUN"), (",", ",", "PUNCT"), ("12", "12", "NUM")],
}
MASKED = {("E01", 1): [("[prénom]", "[prénom]", "X"), *RAW["E01", 1][1:]]}


def text_of(words):
    return " ".join(form for form, _, _ in words).replace("’ ", "’").replace(" ,", ",")


def turns_of(said):
    rows = [(*place, "A", "participant", None, None, None, text_of(words)) for place, words in said.items()]
    return pl.DataFrame(rows, schema=tables.empty("corpus/turns").schema, orient="row")


def annotation_of(said):
    rows = []
    for (interview, turn), words in said.items():
        text, position = text_of(words), 0
        for number, (form, lemma, pos) in enumerate(words, 1):
            start = text.index(form, position)
            position = start + len(form)
            rows.append((interview, turn, number, start, position, form, lemma, pos, None))
    return pl.DataFrame(rows, schema=tables.empty("private/annotation").schema, orient="row")


@pytest.fixture
def study(tmp_path):
    tables.write("corpus/turns", turns_of({**RAW, **MASKED}), tmp_path / "turns.parquet")
    for name in ("E01", "E02"):
        own = {place: words for place, words in RAW.items() if place[0] == name}
        tables.write("private/annotation", annotation_of(own), tmp_path / f"{name}.parquet")
    tables.write("private/annotation", annotation_of(MASKED), tmp_path / "masked.parquet")
    return tmp_path


def run(study, *more):
    command = [sys.executable, SCRIPT, "--turns", study / "turns.parquet"]
    command += ["--annotations", study / "E02.parquet", study / "E01.parquet", "--masked", study / "masked.parquet"]
    command += ["--settings", json.dumps(SETTINGS), "--tokens", study / "tokens.parquet", *more]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_words_of_the_masked_turns(study):
    # An option without value is what the workflow writes for a list that the study does not have.
    done = run(study, "--expressions", "--status", "--lemmas")
    assert done.returncode == 0, done.stderr
    found = tables.read("corpus/tokens", study / "tokens.parquet")
    assert found.select("interview", "turn", "token", "form", "lemma", "pos", "status").rows() == [
        ("E01", 1, 1, "[prénom]", "[prénom]", "X", "ignored"),
        ("E01", 1, 2, "regarde", "regarder", "VERB", "active"),
        ("E01", 1, 3, "l’", "le", "DET", "supplementary"),
        ("E01", 1, 4, "écran", "écran", "NOUN", "active"),
        ("E01", 2, 1, "euh", "euh", "INTJ", "supplementary"),
        ("E01", 2, 2, "parce que", "parce que", "SCONJ", "supplementary"),
        ("E01", 2, 3, "[rire]", "[rire]", "X", "ignored"),
        ("E02", 1, 1, "Du coup", "du coup", "ADV", "supplementary"),
        ("E02", 1, 2, ",", ",", "PUNCT", "ignored"),
        ("E02", 1, 3, "12", "12", "NUM", "supplementary"),
    ]
    said = {place: text_of(words) for place, words in {**RAW, **MASKED}.items()}
    for interview, turn, start, end, form in found.select("interview", "turn", "start", "end", "form").iter_rows():
        assert said[interview, turn][start:end] == form


def test_lists_of_the_study(study):
    (study / "lemmas.csv").write_text("form,lemma,reason\nécran,visio,on les confond\n", encoding="utf-8")
    (study / "status.csv").write_text("lemma,status,reason\nvisio,supplementary,partout\n", encoding="utf-8")
    assert run(study, "--lemmas", study / "lemmas.csv", "--status", study / "status.csv").returncode == 0
    found = tables.read("corpus/tokens", study / "tokens.parquet").filter(pl.col("form") == "écran")
    assert found.select("lemma", "pos", "status").rows() == [("visio", "NOUN", "supplementary")]


def test_a_bad_list_is_the_study_s_fault(study):
    (study / "status.csv").write_text("lemma,pos,status,reason\nvisio,NOM,active,x\n", encoding="utf-8")
    done = run(study, "--status", study / "status.csv")
    assert done.returncode == 2
    assert "status.csv, ligne 2" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (study / "tokens.parquet").exists()


def test_annotation_of_another_text_is_refused(study):
    tables.write("private/annotation", annotation_of({}), study / "masked.parquet")
    done = run(study)
    assert done.returncode == 70
    assert not (study / "tokens.parquet").exists()
