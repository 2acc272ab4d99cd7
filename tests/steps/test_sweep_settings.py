import json
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from laboratory_study import CLASSES, LABORATORY, OWN_SIZE, corpus, own_classes
from verbatim import tables

SCRIPTS = Path(__file__).parents[2] / "scripts"


def run(script, folder, **options):
    flags = [part for name, value in options.items() for part in ("--" + name.replace("_", "-"), *_values(value))]
    command = [sys.executable, SCRIPTS / script, *flags]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)


def _values(value):
    return [json.dumps(value)] if isinstance(value, dict) else value if isinstance(value, list) else [str(value)]


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("study")
    turns, tokens, speakers = corpus()
    whole, classes, lemmas = own_classes(turns, tokens, speakers)
    for name, frame in {"turns": turns, "tokens": tokens, "speakers": speakers, "segments": whole}.items():
        tables.write(f"corpus/{name}", frame, folder / f"{name}.parquet")
    tables.write("lexicon/lemmas", lemmas, folder / "lemmas.parquet")
    named = classes.with_columns(
        pl.lit("tous").alias("analysis"),
        pl.col("found").alias("class"),
        pl.when(pl.col("found") == 0).then(pl.lit("small_leaf")).alias("reason"),
        *(pl.lit(1).alias(name) for name in ("node", "n_forms")),
        *(pl.lit(None, dtype=pl.Int64).alias(name) for name in ("node_2", "lost_at")),
    )
    tables.write("classes/segments", named, folder / "classes.parquet")
    return folder


def sweep(folder, chunk=0, target="trials.npz", selection=None, **changes):
    return run(
        "sweep_settings.py",
        folder,
        turns="turns.parquet",
        tokens="tokens.parquet",
        speakers="speakers.parquet",
        analysis="tous",
        selection_settings=selection or {},
        segments_settings={"size": OWN_SIZE, "within": "interview"},
        settings=CLASSES,
        laboratory_settings={**LABORATORY, **changes},
        compatibility="none",
        chunk=chunk,
        trials=target,
    )


def compare(folder, chunks, prefix=""):
    return run(
        "compare_settings.py",
        folder,
        chunks=chunks,
        classes="classes.parquet",
        segments="segments.parquet",
        tokens="tokens.parquet",
        turns="turns.parquet",
        lemmas="lemmas.parquet",
        analysis="tous",
        settings=CLASSES,
        segments_settings={"size": OWN_SIZE, "within": "interview"},
        compatibility="none",
        trials=f"{prefix}trials.parquet",
        agreements=f"{prefix}agreements.parquet",
    )


def test_trials_are_swept_in_chunks_and_compared(study):
    contents = []
    for chunks in (1, 3):
        files = [f"{chunks}_{i}.npz" for i in range(chunks)]
        for i, file in enumerate(files):
            done = sweep(study, i, file, chunks=chunks)
            assert done.returncode == 0, done.stderr
        done = compare(study, files[::-1], f"{chunks}_")
        assert done.returncode == 0, done.stderr
        contents.append([(study / f"{chunks}_{name}.parquet").read_bytes() for name in ("trials", "agreements")])
    assert contents[0] == contents[1]
    tried = tables.read("classes/trials", study / "1_trials.parquet")
    assert tried.height == 17
    assert tables.read("classes/agreements", study / "1_agreements.parquet").height == 17 * 16 // 2
    assert "16 essais sur 16" in sweep(study, target="again.npz").stderr
    assert (study / "again.npz").read_bytes() == (study / "1_0.npz").read_bytes()


def test_a_laboratory_that_is_off_gives_an_empty_figure(study):
    assert sweep(study, target="none.npz", numbers=[]).returncode == 0
    done = compare(study, ["none.npz"], "none_")
    assert done.returncode == 0, done.stderr
    assert tables.read("classes/trials", study / "none_trials.parquet").is_empty()
    drawn(study, "none_trials.parquet", "none")
    assert (study / "none.svg").read_bytes() and (study / "none.png").read_bytes()


def drawn(study, trials, name):
    """Draw what the laboratory says in `trials`; nothing is known of stability."""
    for table in ("stability", "influence"):
        tables.write(f"classes/{table}", tables.empty(f"classes/{table}"), study / f"no_{table}.parquet")
    none = {table: f"no_{table}.parquet" for table in ("stability", "influence")}
    files = {f"laboratory-{ending}": f"{name}.{ending}" for ending in ("svg", "png")}
    settings = {"palette": ["#0072B2"], "dpi": 72}
    done = run("draw_solidity.py", study, **none, trials=trials, settings=settings, svg="s.svg", png="s.png", **files)
    assert done.returncode == 0, done.stderr


def test_the_figure_is_the_same_bytes_each_time(study):
    assert sweep(study, target="drawn.npz").returncode == 0
    assert compare(study, ["drawn.npz"], "drawn_").returncode == 0
    for name in ("a", "b"):
        drawn(study, "drawn_trials.parquet", name)
    assert (study / "a.svg").read_bytes() == (study / "b.svg").read_bytes()
    assert (study / "a.png").read_bytes() == (study / "b.png").read_bytes()
