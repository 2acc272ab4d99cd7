"""Drawing the words of an analysis, as commands."""

import json
import subprocess
import sys

import polars as pl
import pytest

import drawn_words as drawn
from places import PROGRAM
from verbatim import tables

FIGURE = {"palette": drawn.PALETTE, "dpi": 60}
VARIABLES = {"statut": 3}


def made():
    """Table -> rows, of all that the figures of words read."""
    return {
        "lexicon/lemmas": drawn.lemmas(30),
        "lexicon/forms": drawn.forms(40),
        "lexicon/growth": drawn.growth(2),
        "lexicon/segment_lengths": drawn.segment_lengths(50),
        "lexicon/statistics": drawn.statistics(2, VARIABLES),
        "lexicon/specificities": drawn.specificities(VARIABLES),
        "lexicon/correspondence": drawn.correspondence(VARIABLES),
        "lexicon/distances": drawn.distances(VARIABLES),
        "lexicon/modality_pos": drawn.modality_pos(VARIABLES),
    }


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("words")
    for name, rows in made().items():
        tables.write(name, rows, folder / name.split("/")[1])
        empty = rows.clear() if rows.width > len(tables.empty(name).columns) else tables.empty(name)
        tables.write(name, empty, folder / f"no_{name.split('/')[1]}")
    return folder


DRAWINGS = {
    "draw_vocabulary": (
        ("lemmas", "forms", "growth", "segment_lengths", "statistics"),
        {"words": 20, "colour": "#1F4E79", "seed": 7},
        ("Taille d'un mot", "Zipf"),
    ),
    "draw_modalities": (
        ("specificities", "correspondence", "distances", "modality_pos"),
        {
            "modality_clouds": {"words": 10, "variables": []},
            "specificities": {"words": [], "most": 3},
            "modality_plane": {"words": 10, "axes": [1, 2]},
        },
        ("Lafon", "Lafon", "correspondances", "Labb", "Lafon"),
    ),
}


def run(script, options, folder, n=1):
    """Run a script that draws `n` figures; return what the process did and what they say, as SVG."""
    command = [sys.executable, PROGRAM / "scripts" / f"{script}.py"]
    for name, value in options.items():
        command += [f"--{name.replace('_', '-')}", value]
    drawn = {ending: [folder / f"{i}.{ending}" for i in range(n)] for ending in ("svg", "png")}
    command += ["--svg", *drawn["svg"], "--png", *drawn["png"]]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert all(file.read_bytes().startswith(b"\x89PNG") for file in drawn["png"])
    # matplotlib writes what a text says beside its outlines
    return [file.read_text(encoding="utf-8") for file in drawn["svg"]]


@pytest.mark.parametrize("empty", [False, True])
@pytest.mark.parametrize("script", sorted(DRAWINGS))
def test_the_figures_of_words_are_drawn_in_both_formats_or_say_that_there_is_nothing(script, empty, study, tmp_path):
    inputs, own, told = DRAWINGS[script]
    options = {name: study / f"{'no_' if empty else ''}{name}" for name in inputs}
    drawn = run(script, options | {"settings": json.dumps(FIGURE | own)}, tmp_path, len(told))
    for svg, words in zip(drawn, told, strict=True):
        assert (words in svg) != empty
        assert ("Aucun" in svg) == empty


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """The tables of a corpus of two turns of a participant, and its lemmas."""
    folder = tmp_path_factory.mktemp("said")
    turn = {"interview": "E1", "speaker": "E1", "role": "participant", "text": "je parle bien . je parle bien"}
    other = turn | {"speaker": "ENQ", "role": "interviewer", "text": "vous parle mal"}
    turns = [turn | {"turn": 1}, other | {"turn": 2}]
    tokens = [
        {
            **{"interview": "E1", "turn": row["turn"], "token": i, "start": 0, "end": 1, "form": form, "lemma": form},
            **{"pos": "PUNCT" if form == "." else "VERB", "status": "ignored" if form == "." else "active"},
        }
        for row in turns
        for i, form in enumerate(row["text"].split(), start=1)
    ]
    segment = {"interview": "E1", "segment": 1, "speaker": "E1", "first_turn": 1, "first_token": 1, "last_turn": 1}
    speakers = [{"interview": "E1", "speaker": row["speaker"], "role": row["role"]} for row in turns]
    frames = {
        "corpus/turns": _frame("corpus/turns", turns),
        "corpus/tokens": _frame("corpus/tokens", tokens),
        "corpus/segments": _frame(
            "corpus/segments", [segment | {"last_token": 7, "n_tokens": 7, "text": turn["text"]}]
        ),
        "corpus/speakers": pl.DataFrame(speakers).with_columns(panel=pl.lit(None, pl.String)),
        "lexicon/lemmas": drawn.frame("lexicon/lemmas", [{"lemma": "parle", "pos": "VERB", "status": "active"}]),
    }
    for name, rows in frames.items():
        tables.write(name, rows, folder / name.split("/")[1])
    return folder


def _frame(name, rows):
    schema = tables.empty(name).schema
    return pl.DataFrame([{column: row.get(column) for column in schema} for row in rows], schema=schema)


@pytest.mark.parametrize(("asked", "expected"), [([], "2 occurrences"), (["absent"], "jamais dit")])
def test_word_trees_are_drawn_of_what_participants_say(asked, expected, said, tmp_path):
    options = {name: said / name for name in ("tokens", "turns", "segments", "speakers", "lemmas")}
    settings = FIGURE | {"words": asked, "branches": 5}
    options |= {"analysis": "a", "selection_settings": "{}", "settings": json.dumps(settings)}
    (svg,) = run("draw_word_trees", options, tmp_path)
    assert expected in svg and "vous" not in svg
    assert ("bien" in svg) == (not asked)
