"""The commands that give out transcripts to code and the workbook, and that read both back."""

import io
import subprocess
import sys

import polars as pl
import pytest
from openpyxl import load_workbook

from coded_study import SAID, TURNS
from commented_documents import Document
from places import PROGRAM
from verbatim import tables

GRID = (
    "themes:\n  - {id: isolement, title: Isolement, definition: Être seul}\n"
    "  - {id: rituels, title: Rituels, was: [rites]}\n"
)
SETTINGS = '{"title": "Étude", "invented": true}'


def run(folder, script, *options):
    command = [sys.executable, PROGRAM / f"scripts/{script}.py", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


@pytest.fixture
def study(tmp_path):
    for name, table in (("turns", "corpus/turns"), ("raw", "private/turns")):
        tables.write(table, TURNS, tmp_path / name)
    tables.write("corpus/gate", tables.empty("corpus/gate"), tmp_path / "gate")
    tables.write("private/offsets", tables.empty("private/offsets"), tmp_path / "offsets")
    (tmp_path / "grid.yaml").write_text(GRID, encoding="utf-8")
    return tmp_path


def export(study, *more):
    about = ("--turns", "turns", "--gate", "gate", "--settings", SETTINGS, "--folder", "out", *more)
    done = run(study, "export_transcripts", *about)
    assert done.returncode == 0, done.stderr
    return {path.name: path.read_bytes() for path in (study / "out").iterdir()}


def anchor(study, *files):
    given = [part for name in ("turns", "raw", "offsets") for part in (f"--{name}", name)]
    outputs = ("--codings", "codings", "--unread", "unread")
    return run(study, "anchor_codings", "--files", *files, "--grid", "grid.yaml", *given, *outputs)


def test_transcripts_go_out_and_come_back_as_codings_and_a_workbook(study):
    files = export(study, "--grid", "grid.yaml")
    assert sorted(files) == [f"{name}.docx" for name in SAID] and export(study, "--grid", "grid.yaml") == files
    folder = study / "resources/codings/claire"
    folder.mkdir(parents=True)
    document = Document(files["E01.docx"]).mark(1, 2, "j'étais perdue", text="rites : ancien nom")
    (folder / "E01.docx").write_bytes(document.mark(2, 4, "Seule", text="note : rien").save())
    place = "resources/codings/claire/E01.docx"
    assert anchor(study, place).returncode == 0
    coded = tables.read("themes/codings", study / "codings")
    assert coded.select("turn", "quote", "theme", "anchor").rows() == [(2, "j'étais perdue", "rituels", "intact")]
    unread = tables.read("themes/unread", study / "unread")
    assert unread.select("file", "n").rows() == [(place, 1)]
    kinds = {"theme": "rituels", "interview": "E01", "n_codings": 1, "n_words": 2, "share": 0.1, "n_suggested": 0}
    tables.write("themes/grid", pl.DataFrame([kinds]), study / "grid")
    given = ("--codings", "codings", "--filled", "grid", "--turns", "turns", "--grid", "grid.yaml")
    for _ in range(2):
        done = run(study, "export_codings", *given, "--settings", SETTINGS, "--workbook", "codages.xlsx")
        assert done.returncode == 0, done.stderr
        book = load_workbook(io.BytesIO((study / "codages.xlsx").read_bytes()))
    assert book["grille"]["A3"].value == "rituels" and book["grille"]["C3"].value == 1
    (folder / "E01.docx").unlink()
    (folder / "codages.xlsx").write_bytes((study / "codages.xlsx").read_bytes())
    assert anchor(study, "resources/codings/claire/codages.xlsx").returncode == 0
    assert tables.read("themes/codings", study / "codings").rows() == coded.rows()


def test_without_grid_and_with_faults(study):
    files = export(study)
    folder = study / "resources/codings/claire"
    folder.mkdir(parents=True)
    (folder / "E01.docx").write_bytes(Document(files["E01.docx"]).mark(1, 2, "perdue", text="isolment").save())
    (folder / "E02.docx").write_bytes(b"PK")
    done = anchor(study, "resources/codings/claire/E01.docx", "resources/codings/claire/E02.docx")
    assert done.returncode == 2 and "2 problèmes" in done.stderr
    assert "vouliez-vous « isolement »" in done.stderr and "Traceback" not in done.stderr
