"""The step write_report as a command, and the page it writes in a browser."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from report_study import GRID, HYPOTHESES, PROGRAM, study, write

SCRIPT = PROGRAM / "scripts" / "write_report.py"
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--virtual-time-budget=3000", "--dump-dom"),
)
GUIDE = 'guides:\n  - {id: g, questions: [{id: Q1, text: "Comment cela se passe-t-il ?"}]}\n'


def run(folder, material, **human):
    """Run the step in `folder`; `human` are the texts of themes, declared and guide."""
    options = write(material, folder / "results")
    for name, text in human.items():
        options[name] = folder / f"{name}.yaml"
        options[name].write_text(text, encoding="utf-8")
    command = [sys.executable, str(SCRIPT)]
    for name in (*options, *({"themes", "declared", "guide"} - set(options))):
        values = options.get(name, [])
        values = values if isinstance(values, list) else [values]
        command += [f"--{name.replace('_', '-')}", *map(str, values)]
    report = folder / "rapport.html"
    command += ["--settings", json.dumps(material.settings), "--report", str(report), "--log", str(folder / "log")]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": "scripts"})
    return done, report


def test_the_report_of_a_study_is_written_twice_the_same(tmp_path):
    material = study()
    human = {"themes": GRID, "declared": HYPOTHESES, "guide": GUIDE}
    done, report = run(tmp_path, material, **human)
    assert done.returncode == 0, done.stderr
    first = report.read_bytes()
    assert "Première connexion".encode() in first and b'data-figure="ensemble/dendrogram"' in first
    run(tmp_path, material, **human)
    assert report.read_bytes() == first


def test_a_study_without_human_files_has_a_report(tmp_path):
    bare = dict.fromkeys(("codings", "themes", "declared", "guide"), False)
    done, report = run(tmp_path, study(**bare))
    assert done.returncode == 0, done.stderr
    assert "Aucun passage n'est encore codé" in report.read_text(encoding="utf-8")


def test_a_fault_in_the_hypotheses_is_told_in_french(tmp_path):
    done, report = run(tmp_path, study(), declared="hypotheses:\n  - {id: distance, titre: La distance}\n")
    assert done.returncode == 2
    told = (tmp_path / "log.problem").read_text(encoding="utf-8")
    assert "ligne 2" in told and "vouliez-vous « title »" in told
    assert not report.exists()


@pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: the page is not opened")
@pytest.mark.parametrize(
    "address, expected", [("#bref", 'aria-current="page">En bref'), ("#entretiens/E02/4", 'id="tour-4"')]
)
def test_the_page_opens_in_a_browser(tmp_path, address, expected):
    done, report = run(tmp_path, study(), themes=GRID, declared=HYPOTHESES, guide=GUIDE)
    assert done.returncode == 0, done.stderr
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    shown = subprocess.run(
        [BROWSER, *QUIET, profile, report.as_uri() + address], capture_output=True, text=True, timeout=60
    ).stdout
    assert 'data-pret="1"' in shown
    assert expected in shown
