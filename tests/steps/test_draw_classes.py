"""Drawing the classes of an analysis, as commands."""

import json
import subprocess
import sys

import polars as pl
import pytest

import drawn_classes as drawn
from places import PROGRAM
from verbatim import tables

K = 3


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("classes")
    tree = drawn.tree(K)
    zeros = {"n_in_class": 1, "n_total": 2, "n_interviews": 1}
    numbers = dict.fromkeys(("percent", "p", "p_adjusted", "p_holm", "effect"), 0.5)
    profiles = drawn.profiles(K).with_columns(
        *(pl.lit(value).alias(name) for name, value in (zeros | numbers).items()), pl.lit("a").alias("analysis")
    )
    named = {"analysis": "a", "position": 1, "name": "Le lien à distance", "accepted_class": 2, "class": 2}
    rest = {"status": "matched", "jaccard": 0.9, "merged_with": None, "words_then": "[]", "words_now": "[]"}
    names = pl.DataFrame([named | rest]).with_columns(pl.col("merged_with").cast(pl.Int64))
    written = {"tree": tree, "segments": drawn.segments(tree), "profiles": profiles, "names": names}
    for name, frame in written.items():
        tables.write(f"classes/{name}", frame, folder / name)
    return folder


DRAWINGS = {
    "draw_dendrogram": (("tree", "classes", "profiles"), ("", "clouds-", "tree-")),
}


@pytest.mark.parametrize("script", sorted(DRAWINGS))
@pytest.mark.parametrize("named", [True, False])
def test_the_figures_of_classes_are_drawn_in_both_formats_with_the_names_there_are(script, named, study, tmp_path):
    inputs, kinds = DRAWINGS[script]
    files = {"classes": "segments"}
    command = [sys.executable, PROGRAM / "scripts" / f"{script}.py"]
    for name in (*inputs, *(["names"] if named else [])):
        command += [f"--{name}", study / files.get(name, name)]
    for kind in kinds:
        command += [f"--{kind}svg", tmp_path / f"{kind}.svg", f"--{kind}png", tmp_path / f"{kind}.png"]
    command += ["--settings", json.dumps({"palette": drawn.PALETTE, "dpi": 80, "words": 12})]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for kind in kinds:
        assert (tmp_path / f"{kind}.png").read_bytes().startswith(b"\x89PNG")
        # matplotlib writes what a text says beside its outlines
        svg = (tmp_path / f"{kind}.svg").read_text(encoding="utf-8")
        assert ("distance" in svg) == named and "Classe 3" in svg


@pytest.mark.parametrize("named", [True, False])
def test_profiles_and_clouds_of_classes_are_drawn_with_the_names_there_are(named, study, tmp_path):
    settings = {"palette": drawn.PALETTE, "dpi": 80, "profile": {"words": 12}, "class_clouds": {"words": 12}}
    files = {ending: [tmp_path / f"{kind}.{ending}" for kind in ("profiles", "clouds")] for ending in ("svg", "png")}
    command = [sys.executable, PROGRAM / "scripts/draw_profiles.py", "--classes", study / "segments"]
    command += ["--profiles", study / "profiles", *(["--names", study / "names"] if named else [])]
    command += ["--settings", json.dumps(settings), "--svg", *files["svg"], "--png", *files["png"]]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert all(file.read_bytes().startswith(b"\x89PNG") for file in files["png"])
    for file in files["svg"]:
        svg = file.read_text(encoding="utf-8")
        assert ("distance" in svg) == named and "Classe 3" in svg
