"""The commands that write the study as a project, and a grid from a codebook."""

import subprocess
import sys

import pytest
import yaml

import refi_study as made
from places import PROGRAM
from verbatim import grid, tables
from verbatim.exchange.refi_qda import read_codebook, read_project


def run(script, folder, *options):
    command = [sys.executable, PROGRAM / f"scripts/{script}.py", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def grid_text():
    nodes = {
        t.id: {"id": t.id, "title": t.title, "definition": t.definition, "hypotheses": list(t.hypotheses)}
        for t in made.THEMES
    }
    nodes["metier"]["themes"] = [nodes["plaisir"]]
    return yaml.safe_dump({"themes": [nodes["metier"], nodes["fermeture"]]}, allow_unicode=True)


@pytest.fixture
def study(tmp_path):
    for name, frame in (("turns", made.turns()), ("interviews", made.interviews())):
        tables.write(f"corpus/{name}", frame, tmp_path / name)
    tables.write("themes/codings", made.codings(), tmp_path / "codings")
    (tmp_path / "grid.yaml").write_text(grid_text(), encoding="utf-8")
    hypothesis = {"id": "declin", "title": "Déclin", "statement": "x", "for": "y", "against": "z"}
    (tmp_path / "hypotheses.yaml").write_text(yaml.safe_dump({"hypotheses": [hypothesis]}), encoding="utf-8")
    return tmp_path


def export(study, *optional):
    inputs = [part for name in ("turns", "interviews", "codings") for part in (f"--{name}", name)]
    about = (
        "--study-settings",
        '{"title": "T", "date": "2022-06-30"}',
        "--figure-settings",
        '{"palette": ["#111111"]}',
    )
    outputs = ("--project", "out/study.qdpx", "--codebook", "out/grid.qdc", "--losses", "out/losses.csv")
    done = run("export_project", study, *inputs, *optional, *about, *outputs)
    assert done.returncode == 0, done.stderr
    return {name: (study / "out" / name).read_bytes() for name in ("study.qdpx", "grid.qdc", "losses.csv")}


def test_the_study_is_written_with_its_losses_and_twice_the_same(study):
    given = ("--grid", "grid.yaml", "--hypotheses", "hypotheses.yaml")
    first = export(study, *given)
    assert len(read_project(first["study.qdpx"], "p").sources) == 2
    assert [code.name for code in read_codebook(first["grid.qdc"], "g")] == [theme.title for theme in made.THEMES]
    assert "codages perdus;1;" in first["losses.csv"].decode("utf-8-sig")
    assert export(study, *given) == first


def test_a_study_without_grid_or_codings_is_written_too(study):
    tables.write("themes/codings", made.codings().clear(), study / "codings")
    assert len(read_project(export(study)["study.qdpx"], "p").sources) == 2


def test_a_codebook_becomes_a_grid_and_nothing_is_written_over(study):
    written = export(study, "--grid", "grid.yaml")
    (study / "book.qdc").write_bytes(written["grid.qdc"])
    before = (study / "grid.yaml").read_bytes()
    for target in ("new.yaml", "grid.yaml", "grid.yaml"):
        done = run("import_codebook", study, "--codebook", "book.qdc", "--grid", target)
        assert done.returncode == 0, done.stderr
    assert (study / "grid.yaml").read_bytes() == before
    for name in ("new.yaml", "grid_proposition.yaml", "grid_proposition_2.yaml"):
        found = grid.themes((study / name).read_text(encoding="utf-8"))
        assert [(t.id, t.title, t.parent) for t in found] == [(t.id, t.title, t.parent) for t in made.THEMES]


def test_a_codebook_that_is_none_is_told(study):
    (study / "book.qdc").write_bytes(b"<a")
    done = run("import_codebook", study, "--codebook", "book.qdc", "--grid", "new.yaml")
    assert done.returncode == 2 and "XML illisible" in done.stderr and not (study / "new.yaml").exists()
