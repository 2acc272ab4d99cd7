"""Drawing planes, chronology, residuals and stability, as commands."""

import json
import subprocess
import sys

import polars as pl
import pytest

import drawn_classes as drawn
from places import PROGRAM
from verbatim import tables

NAME = "Le lien"
DRAWINGS = {
    "draw_plane": (("correspondence", "profiles"), ("", "attributes-")),
    "draw_chronology": (("classes", "speakers", "residuals"), ("", "residuals-")),
    "draw_solidity": (("stability", "influence", "trials"), ("", "laboratory-")),
}
SOURCES = {"classes": "classes/segments", "speakers": "corpus/speakers"}
FILL = {pl.String: "a", pl.Int64: 1, pl.Float64: 0.5, pl.Boolean: True}


def written(folder, name, rows):
    """Write the declared table with `rows`; columns that they do not give are filled."""
    bare = tables.empty(name)
    full = [{c: FILL[kind] for c, kind in bare.schema.items()} | row for row in rows]
    tables.write(name, pl.DataFrame(full) if full else bare, folder / name.replace("/", "-"))


def rows_of():
    points = [("class", str(c)) for c in (1, 2, 3)] + [("attribute", "genre=femme"), ("active", "lien")]
    axes = ({f"coordinate_{i}": 0.1 * n * (-1) ** (n * i), f"inertia_{i}": 0.5} for n in range(5) for i in (1, 2))
    places = [first | second for first, second in zip(axes, axes, strict=True)]
    return {
        "classes/correspondence": [{"kind": k, "term": t} | p for (k, t), p in zip(points, places, strict=True)],
        "classes/profiles": [{"class": 2, "kind": "active", "term": "lien", "chi2": 9.0}],
        "classes/segments": [{"class": c, "found": c, "segment": c, "reason": None} for c in (1, 2, 3)],
        "corpus/speakers": [{"role": "participant", "panel": "un"}],
        "classes/residuals": [{"variable": "genre", "modality": "femme", "class": c} for c in (1, 2, 3)],
        "classes/stability": [{"class": c} for c in (1, 2, 3)],
        "classes/influence": [{"class": c} for c in (1, 2, 3)],
        "classes/trials": [],
        "classes/names": [{"name": NAME, "class": 2, "status": "matched", "merged_with": None}],
    }


def draw(script, folder, named):
    """Run `script` on the tables of `folder`; return its SVG files as texts."""
    inputs, kinds = DRAWINGS[script]
    command = [sys.executable, PROGRAM / "scripts" / f"{script}.py"]
    for name in (*inputs, *(["names"] if named else [])):
        command += [f"--{name}", folder / SOURCES.get(name, f"classes/{name}").replace("/", "-")]
    for kind in kinds:
        command += [f"--{kind}svg", folder / f"{kind}.svg", f"--{kind}png", folder / f"{kind}.png"]
    command += ["--settings", json.dumps({"palette": drawn.PALETTE, "dpi": 80, "words": 12, "axes": [1, 2]})]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert all((folder / f"{kind}.png").read_bytes().startswith(b"\x89PNG") for kind in kinds)
    return [(folder / f"{kind}.svg").read_text(encoding="utf-8") for kind in kinds]


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("script", sorted(DRAWINGS))
def test_the_figures_are_drawn_in_both_formats_with_the_names_there_are(script, named, tmp_path):
    for name, rows in rows_of().items():
        written(tmp_path, name, rows)
    for kind, svg in zip(DRAWINGS[script][1], draw(script, tmp_path, named), strict=True):
        # matplotlib writes what a text says beside its outlines
        assert kind == "laboratory-" or ((NAME in svg) == named and "Classe 3" in svg)


@pytest.mark.parametrize("script", sorted(DRAWINGS))
def test_empty_tables_give_figures_that_say_so(script, tmp_path):
    for name in rows_of():
        written(tmp_path, name, [])
    for svg in draw(script, tmp_path, True):
        assert "Auc" in svg or "trois classes" in svg
