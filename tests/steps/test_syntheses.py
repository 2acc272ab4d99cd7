"""The steps of the syntheses as commands."""

import json
import subprocess
import sys

import polars as pl
import pytest

from places import PROGRAM
from report_study import GRID, study
from verbatim import tables

THEMES = {"variables": [], "permutations": 99}
SATURATION = {"base": [2], "run": [1], "threshold": [0.05], "resamples": 100, "least_segments": 1}
DRAWN = {"palette": ["#0072B2", "#E69F00"], "dpi": 80}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("syntheses")
    made = study()
    for (name, _), frame in made.shelf.items():
        tables.write(name, frame, folder / f"{name.split('/')[0]}-{name.split('/')[1]}.parquet")
    (folder / "grid.yaml").write_text(GRID, encoding="utf-8")
    rows = [f"E0{k},E0{k}.txt,un" for k in (4, 2, 1, 3)]
    (folder / "interviews.csv").write_text("\n".join(["interview,file,panel", *rows]), encoding="utf-8")
    return folder


def run(script, folder, **options):
    command = [sys.executable, str(PROGRAM / f"scripts/{script}.py")]
    for name, value in options.items():
        values = value if isinstance(value, list) else [value]
        command += [f"--{name.replace('_', '-')}", *(json.dumps(v) if isinstance(v, dict) else v for v in values)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def made(script, folder, **options):
    done = run(script, folder, **options)
    assert done.returncode == 0, done.stderr


def test_groups_are_compared(folder):
    own = {"grid": "themes-grid.parquet", "interviews": "corpus-interviews.parquet"}
    out = {"groups": "groups.parquet", "contrasts": "contrasts.parquet"}
    made("compare_groups", folder, **own, settings=THEMES, **out)
    assert tables.read("themes/groups", folder / "groups.parquet")["modality"].unique().sort().to_list() == [
        "deux",
        "un",
    ]


def test_an_unknown_attribute_is_told_with_the_nearest(folder):
    own = {"grid": "themes-grid.parquet", "interviews": "corpus-interviews.parquet"}
    out = {"groups": "no.parquet", "contrasts": "none.parquet"}
    done = run("compare_groups", folder, **own, settings={**THEMES, "variables": ["pannel"]}, **out)
    assert done.returncode != 0 and "« panel »" in done.stderr and "Traceback" not in done.stderr
    assert not (folder / "no.parquet").exists()


def test_the_order_of_the_interviews_is_that_of_the_table(folder):
    made(
        "measure_saturation", folder, codings="themes-codings.parquet", interviews="corpus-interviews.parquet",
        listed="interviews.csv", classes="classes-segments.parquet", analyses="ensemble", settings=SATURATION,
        saturation="saturation.parquet", stops="stops.parquet",
    )  # fmt: skip
    found = tables.read("themes/saturation", folder / "saturation.parquet").filter(pl.col("kind") == "ensemble")
    assert found["interview"].to_list() == ["E04", "E02", "E01", "E03"]


@pytest.mark.parametrize("with_grid", [True, False])
def test_pairs_classes_and_figures(folder, with_grid):
    grid = {"grid": "grid.yaml"} if with_grid else {}
    own = {"codings": "themes-codings.parquet", **grid}
    made("pair_themes", folder, **own, turns="corpus-turns.parquet", pairs="pairs.parquet")
    made(
        "cross_themes_classes", folder, **own, segments="corpus-segments.parquet", tokens="corpus-tokens.parquet",
        classes="classes-segments.parquet", analysis="ensemble", theme_class="tc.parquet", traces="tr.parquet",
    )  # fmt: skip
    assert tables.read("themes/pairs", folder / "pairs.parquet").is_empty()
    crossed = tables.read("themes/theme_class", folder / "tc.parquet")
    assert ("outils" in crossed["theme"].to_list()) == with_grid
    made(
        "draw_syntheses", folder, groups="themes-groups.parquet", contrasts="themes-contrasts.parquet",
        pairs="pairs.parquet", saturation="themes-saturation.parquet", stops="themes-saturation_stops.parquet",
        **grid, analyses="ensemble", titles="Ensemble", settings=DRAWN, svg=["a.svg", "b.svg", "c.svg"],
        png=["a.png", "b.png", "c.png"],
    )  # fmt: skip
    made(
        "draw_theme_class", folder, theme_class="tc.parquet", traces="tr.parquet", **grid, settings=DRAWN,
        svg="d.svg", png="d.png",
    )  # fmt: skip
    for name in "abcd":
        assert (folder / f"{name}.svg").stat().st_size > 500
        assert (folder / f"{name}.png").read_bytes().startswith(b"\x89PNG")
