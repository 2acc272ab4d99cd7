"""The commands that find repeated segments, associated words and the effect of corrections."""

import json
import subprocess
import sys

import polars as pl
import pytest

from places import PROGRAM
from verbatim import lexicon, tables
from verbatim.reinert.classification import classify_analysis
from vocabulary_study import study

SAID = [
    (f"E{i}", speaker, None, None, text)
    for i in range(1, 7)
    for speaker, text in (
        ("ENQ", "le feu ou la terre ?"),
        ("a1", "le feu du four est haut , le feu du four est bas"),
        ("a1", "la terre de la main est grise , la terre de la main est rouge"),
        ("a1", "le papier du maître est signé , le papier est posé"),
    )
]
CORPUS = ("turns", "tokens", "segments", "speakers")
CLASSES = {
    **{"mode": "segments", "number": 3, "largest_number": 4, "group_sizes": [12, 14], "max_splits": 10},
    **{"minimum_size": 2, "minimum_frequency": 2, "max_forms": 100, "typical": 5, "nearest": False},
}


def run(folder, script, **options):
    """Run a script in `folder`; an option given as True is an input or output named after itself."""
    command = [sys.executable, PROGRAM / "scripts" / f"{script}.py"]
    for name, value in options.items():
        value = name if value is True else value if isinstance(value, str) else json.dumps(value)
        command += ["--" + name.replace("_", "-"), *([value] if value else [])]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)


@pytest.fixture
def folder(tmp_path):
    parts = study(SAID, size=12, within="turn")
    for name, frame in zip(CORPUS, parts, strict=True):
        tables.write(f"corpus/{name}", frame, tmp_path / name)
    turns, tokens, segments, _ = parts
    _, lemmas, counts = lexicon.count("a", tokens, segments, turns)
    tables.write("lexicon/segment_lemmas", counts, tmp_path / "segment_lemmas")
    tables.write("lexicon/lemmas", lemmas, tmp_path / "lemmas")
    classes = classify_analysis(segments, counts, lemmas, "a", "none", CLASSES).segments
    tables.write("classes/segments", classes, tmp_path / "classes")
    annotation = tokens.drop("status").with_columns(entity=pl.lit(None, dtype=pl.String))
    tables.write("private/annotation", annotation, tmp_path / "annotations")
    tables.write("private/annotation", annotation.clear(), tmp_path / "masked")
    return tmp_path


def test_repeated_segments_of_the_participants(folder):
    done = run(
        folder,
        "find_repeats",
        **dict.fromkeys((*CORPUS, "repeats"), True),
        analysis="a",
        selection_settings={},
        settings={"repeats_minimum": 3, "longest_repeat": 7},
    )
    assert done.returncode == 0, done.stderr
    found = {row["expression"]: row for row in tables.read("lexicon/repeats", folder / "repeats").to_dicts()}
    longest = found["le feu du four est haut le"]
    assert (longest["n_occurrences"], longest["n_interviews"], longest["n_words"]) == (6, 6, 7)
    assert "le feu ou" not in found and "le feu du four est" in found


def test_associated_words(folder):
    inputs = dict.fromkeys(("segment_lemmas", "lemmas", "associations"), True)
    done = run(folder, "associate_words", **inputs, analysis="a", settings={"associated": 2})
    assert done.returncode == 0, done.stderr
    found = tables.read("lexicon/associations", folder / "associations")
    assert found.filter(pl.col("lemma") == "feu")["other"].sort().to_list() == ["bas", "four"]
    assert found["place"].max() == 2


def weigh(folder, lemmas):
    return run(
        folder,
        "weigh_corrections",
        **dict.fromkeys((*CORPUS, "annotations", "masked", "classes", "effects"), True),
        expressions="",
        status="",
        lemmas=lemmas,
        analysis="a",
        selection_settings={},
        segments_settings={"size": 12, "within": "turn"},
        words_settings={"active_pos": ["NOUN"]},
        settings=CLASSES,
        compatibility="none",
    )


def test_without_corrections_there_is_no_effect_to_tell(folder):
    assert weigh(folder, "").returncode == 0
    assert tables.read("classes/correction_effects", folder / "effects").is_empty()


def test_effect_of_corrections(folder):
    (folder / "lemmas.csv").write_text("form,lemma,reason\nfeu,four,même chose\n", encoding="utf-8")
    done = weigh(folder, "lemmas.csv")
    assert done.returncode == 0, done.stderr
    found = tables.read("classes/correction_effects", folder / "effects")
    classified = tables.read("classes/segments", folder / "classes").height
    assert found["n_segments"].sum() == classified
    assert found["ari"].n_unique() == 1
