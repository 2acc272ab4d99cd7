"""The commands that measure the vocabulary, the distances between vocabularies, and whose word it is."""

import json
import subprocess
import sys

import pytest

from places import PROGRAM
from verbatim import lexicon, tables
from vocabulary_study import SAID, study

CORPUS = ("turns", "tokens", "segments", "speakers")
VARIABLES = {"variables": ["interview", "panel", "question", "class"], "minimum_frequency": 1}
SETTINGS = {"window": 10, "distance_minimum_frequency": 1, "associated": 20}
MADE = ("statistics", "growth", "segment_lengths", "modality_pos", "word_groups")


def run(folder, script, **options):
    """Run a script in `folder`; an option given as True is an input or output named after itself."""
    command = [sys.executable, PROGRAM / "scripts" / f"{script}.py"]
    for name, value in options.items():
        value = name if value is True else value if isinstance(value, str) else json.dumps(value)
        command += ["--" + name.replace("_", "-"), value]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)


@pytest.fixture
def folder(tmp_path):
    turns, tokens, segments, speakers = study(SAID)
    for name, frame in zip(CORPUS, (turns, tokens, segments, speakers), strict=True):
        tables.write(f"corpus/{name}", frame, tmp_path / name)
    *_, counts = lexicon.count("a", tokens, segments, turns)
    tables.write("lexicon/segment_lemmas", counts, tmp_path / "segment_lemmas")
    return tmp_path


def measure(folder, selection, variables=VARIABLES, **more):
    inputs = dict.fromkeys((*CORPUS, *MADE), True)
    return run(
        folder,
        "measure_vocabulary",
        **(inputs | {"groups": ""} | more),
        analysis="a",
        selection_settings=selection,
        settings=SETTINGS,
        specificities_settings=variables,
    )


def read(folder, name):
    return tables.read(f"lexicon/{name}", folder / name)


def test_the_five_tables(folder):
    (folder / "groups.csv").write_text("group,lemma\nchaud,feu\nchaud,four\nsol,argile\n", encoding="utf-8")
    done = measure(folder, {}, groups="groups.csv")
    assert done.returncode == 0, done.stderr
    assert "argile" in done.stderr
    statistics = {row["modality"]: row for row in read(folder, "statistics").to_dicts()}
    assert statistics["all"]["n_occurrences"] == read(folder, "growth")["n_occurrences"].max() == 26
    assert {"E1", "E2", "E3", "a", "b", "Q1", "Q2"} < set(statistics)
    assert read(folder, "segment_lengths")["n_segments"].sum() == statistics["all"]["n_segments"]
    assert set(read(folder, "modality_pos")["pos"]) == {"NOUN", "DET"}
    assert set(read(folder, "word_groups")["group"]) == {"chaud"}


def test_a_selection_keeps_its_own_words_and_the_same_bytes_twice(folder):
    assert measure(folder, {"panel": ["a"]}).returncode == 0
    assert set(read(folder, "statistics")["modality"]) == {"all", "E1", "a", "Q1", "Q2"}
    first = [(folder / name).read_bytes() for name in MADE]
    assert measure(folder, {"panel": ["a"]}).returncode == 0
    assert [(folder / name).read_bytes() for name in MADE] == first


def test_settings_at_fault_are_told_without_traceback(folder):
    (folder / "groups.csv").write_text("group,lemma\nchaud,\n", encoding="utf-8")
    for done, told in (
        (measure(folder, {}, {"variables": ["pannel"]}), "vouliez-vous « panel » ?"),
        (measure(folder, {"panel": ["z"]}), "valeur jamais rencontrée « z »"),
        (measure(folder, {}, groups="groups.csv"), "groups.csv, ligne 2"),
    ):
        assert done.returncode == 2 and told in done.stderr and "Traceback" not in done.stderr
    assert not (folder / "statistics").exists()


def test_distances(folder):
    inputs = dict.fromkeys(("segment_lemmas", "segments", "speakers", "distances"), True)
    options = {**inputs, "analysis": "a", "settings": SETTINGS, "specificities_settings": VARIABLES}
    done = run(folder, "measure_distances", **options)
    assert done.returncode == 0, done.stderr
    assert read(folder, "distances").group_by("variable").len().sort("variable").rows() == [
        ("interview", 3),
        ("panel", 1),
        ("question", 1),
    ]
    alone = options | {"specificities_settings": {"variables": ["role"]}}
    done = run(folder, "measure_distances", **alone)
    assert done.returncode == 2 and "attribut inconnu" in done.stderr


def trace(folder, selection):
    inputs = dict.fromkeys((*CORPUS, "priming"), True)
    done = run(folder, "trace_words", **inputs, analysis="a", selection_settings=selection)
    assert done.returncode == 0, done.stderr
    return {(row["interview"], row["lemma"]): row for row in read(folder, "priming").to_dicts()}, done.stderr


def test_whose_word_it_is(folder):
    rows, _ = trace(folder, {})
    assert {key: row["origin"] for key, row in rows.items() if row["origin"] != "own_only"} == {
        ("E1", "métier"): "taken_up",
        ("E1", "terre"): "own",
    }
    assert (rows["E1", "terre"]["interviewer_turn"], rows["E1", "terre"]["n_participant"]) == (3, 3)
    # The interviewer of E2 says « métier », its participant never: no row.
    assert ("E2", "métier") not in rows and ("E3", "feu") in rows


def test_whose_word_it_is_in_a_part_of_what_is_said(folder):
    rows, told = trace(folder, {"question": ["Q2"]})
    assert set(rows) == {("E1", "terre"), ("E1", "four"), ("E2", "main")}
    assert rows["E1", "terre"]["origin"] == "taken_up" and rows["E1", "terre"]["n_participant"] == 2
    assert "aucune parole d'enquêteur" not in told


def test_a_study_without_interviewer_says_so(tmp_path):
    for name, frame in zip(CORPUS, study([row for row in SAID if row[1] != "ENQ"]), strict=True):
        tables.write(f"corpus/{name}", frame, tmp_path / name)
    rows, told = trace(tmp_path, {})
    assert "aucune parole d'enquêteur" in told
    assert {row["origin"] for row in rows.values()} == {"own_only"}
