"""The two commands of the sheets, on the small invented study."""

import json
import subprocess
import sys

import docx

import report_study
from places import PROGRAM
from verbatim import tables

GRID = report_study.GRID
STUDY = {"study": {"title": "Étude d'essai", "date": "2022-06-30", "authors": [], "invented": False}}


def run(script, *arguments):
    command = [sys.executable, PROGRAM / "scripts" / f"{script}.py", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_verbatims_are_chosen_then_sheets_are_written(tmp_path):
    material = report_study.study(sentences=12)
    written = report_study.write(material, tmp_path / "results")
    at = dict(zip(written["names"], written["tables"], strict=True))
    grid, chosen = tmp_path / "grid.yaml", tmp_path / "results/themes/chosen_verbatims.parquet"
    grid.write_text(GRID, encoding="utf-8")
    declared = tmp_path / "hypotheses.yaml"
    declared.write_text(report_study.HYPOTHESES, encoding="utf-8")
    own = json.dumps(material.settings["themes"])
    told = run(
        *("choose_verbatims", "--codings", at["themes/codings"], "--interviews", at["corpus/interviews"]),
        *("--grid", grid, "--settings", own, "--chosen", chosen),
    )
    assert told.returncode == 0, told.stderr
    found = tables.read("themes/chosen_verbatims", chosen)
    assert set(found["theme"]) == {"outils", "connexion"} and found["interview"].n_unique() == 4

    settings = STUDY | {name: material.settings[name] for name in ("analyses", "themes", "figures")}
    given = ("--tables", *written["tables"], chosen, "--names", *written["names"], "themes/chosen_verbatims")
    human = ("--themes", grid, "--declared", declared, "--settings", json.dumps(settings))
    for name in ("one", "two"):
        told = run("write_sheets", *given, *human, "--sheets", tmp_path / name)
        assert told.returncode == 0, told.stderr
    paths = sorted(path.relative_to(tmp_path / "one").as_posix() for path in (tmp_path / "one").rglob("*.docx"))
    assert paths == [
        "fiches_themes.docx",
        *(f"interviews/E0{n}.docx" for n in range(1, 5)),
        *(f"themes/{name}.docx" for name in ("absent", "connexion", "outils")),
    ]
    assert all((tmp_path / "one" / path).read_bytes() == (tmp_path / "two" / path).read_bytes() for path in paths)
    document = docx.Document(str(tmp_path / "one/themes/absent.docx"))
    assert any("Personne n'en parle dans 4 entretiens codés" in p.text for p in document.paragraphs)
