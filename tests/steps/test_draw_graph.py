"""Drawing and exporting the similarity graphs of an analysis, as commands."""

import json
import subprocess
import sys
from types import SimpleNamespace

import networkx
import polars as pl
import pytest

import drawn_graphs as drawn
from places import PROGRAM
from verbatim import step, tables

SETTINGS = json.dumps({"palette": drawn.PALETTE, "dpi": 72})
KINDS = ("summary", "nodes", "edges", "communities")


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("graphs")
    both = drawn.frames(8, 1, graph="class_2"), drawn.frames(0, 1, graph="vide")
    frames = [pl.concat(parts) for parts in zip(*both, strict=True)]
    about = pl.col("graph") == "class_2"
    frames[0] = frames[0].with_columns(
        of=pl.when(about).then(pl.lit("class")).otherwise(pl.lit("list")),
        subject=pl.when(about).then(pl.lit("2")),
        title=pl.when(about).then(pl.lit("Classe 2")).otherwise(pl.lit("Mots choisis")),
        message=pl.when(~about).then(pl.lit("Aucun de ces mots n'est dit.")),
    )
    for kind, frame in zip(KINDS, frames, strict=True):
        tables.write(f"graphs/{kind}", frame, folder / kind)
    named = {"analysis": "a", "position": 1, "name": "Le lien", "accepted_class": 2, "class": 2, "merged_with": None}
    tables.write("classes/names", drawn.filled("classes/names", [named | {"status": "matched"}]), folder / "names")
    return folder


def run(script, *options, expected=0):
    command = [sys.executable, PROGRAM / "scripts" / f"{script}.py", *options, "--settings", SETTINGS]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    assert done.returncode == expected, done.stderr
    return done


def inputs(study):
    return [part for kind in KINDS for part in (f"--{kind}", study / kind)]


def test_every_graph_is_drawn_in_three_formats_and_old_files_go(study, tmp_path):
    folder = tmp_path / "graphs"
    folder.mkdir()
    (folder / "old.svg").write_text("", encoding="utf-8")
    run("draw_graph", *inputs(study), "--names", study / "names", "--folder", folder)
    expected = sorted(f"{name}.{ending}" for name in ("class_2", "vide") for ending in ("svg", "png", "pdf"))
    assert sorted(path.name for path in folder.iterdir()) == expected
    assert [path.name for path in tmp_path.iterdir()] == ["graphs"]
    # matplotlib writes what a text says beside its outlines
    svg = (folder / "class_2.svg").read_text(encoding="utf-8")
    assert "Classe 2 · Le lien" in svg
    assert "Aucun de ces mots" in (folder / "vide.svg").read_text(encoding="utf-8")
    assert (folder / "class_2.png").read_bytes().startswith(b"\x89PNG")
    assert (folder / "class_2.pdf").read_bytes().startswith(b"%PDF")


def test_a_study_without_names_is_drawn(study, tmp_path):
    run("draw_graph", *inputs(study), "--folder", tmp_path / "graphs")
    assert "Classe 2" in (tmp_path / "graphs/class_2.svg").read_text(encoding="utf-8")


def test_a_failed_run_leaves_the_old_folder(study, tmp_path):
    folder = tmp_path / "graphs"
    folder.mkdir()
    (folder / "old.svg").write_text("old", encoding="utf-8")
    broken = tmp_path / "broken"
    tables.write("graphs/nodes", tables.read("graphs/nodes", study / "nodes").head(3), broken)
    options = [broken if option == study / "nodes" else option for option in inputs(study)]
    run("draw_graph", *options, "--folder", folder, expected=step.PROGRAM_FAULT)
    assert (folder / "old.svg").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken", "graphs"]


def test_a_whole_folder_takes_the_place_of_the_old_and_of_what_a_killed_run_left(tmp_path):
    target = tmp_path / "made"
    left = tmp_path / ".made.12.part.folder"
    left.mkdir()
    (left / "half").write_text("", encoding="utf-8")
    for text in ("one", "two"):
        with step.whole_folder(target) as folder:
            assert not left.exists()
            (folder / "a").write_text(text, encoding="utf-8")
        assert (target / "a").read_text(encoding="utf-8") == text
    with pytest.raises(ValueError, match="stop"), step.whole_folder(target) as folder:
        raise ValueError("stop")
    assert [path.name for path in tmp_path.iterdir()] == ["made"]
    assert (target / "a").read_text(encoding="utf-8") == "two"


def test_graphs_are_exported(study, tmp_path):
    run("export_graph", *inputs(study), "--folder", tmp_path / "graphs")
    found = networkx.read_gexf(tmp_path / "graphs/class_2.gexf")
    nodes = tables.read("graphs/nodes", study / "nodes").filter(pl.col("graph") == "class_2")
    assert {word: found.nodes[word]["frequency"] for word in found} == dict(
        nodes.select("lemma", "frequency").iter_rows()
    )
    assert len(list((tmp_path / "graphs").glob("*.csv"))) == 6


@pytest.mark.parametrize("rows", [0, 1])
def test_the_comparison_is_drawn_also_when_there_is_none(rows, tmp_path):
    row = {"variable": "panel", "first": "un", "second": "deux", "source": "lien", "target": "écran"}
    row |= {"n_second": 0, "weight_second": 0.0, "low": 0.1, "high": 0.9}
    tables.write("graphs/comparison", drawn.filled("graphs/comparison", [row] * rows), tmp_path / "table")
    paths = SimpleNamespace(svg=tmp_path / "c.svg", png=tmp_path / "c.png")
    run("draw_comparison", "--comparison", tmp_path / "table", "--svg", paths.svg, "--png", paths.png)
    said = paths.svg.read_text(encoding="utf-8")
    assert ("lien – écran" in said) == bool(rows) and ("graphs.compare" in said) == (not rows)
    assert paths.png.read_bytes().startswith(b"\x89PNG")
