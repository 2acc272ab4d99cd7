"""The last look at results, as a command."""

import json
import subprocess
import sys

import polars as pl
import pytest

from places import PROGRAM
from verbatim import tables


@pytest.fixture
def study(tmp_path):
    row = {"interview": "E1", "turn": 1, "start": 0, "end": 9, "text": "Kerdoncuff", "kind": "person", "digest": "d"}
    findings = pl.DataFrame([{**row, "decision": "mask", "replacement": "[personne]"}])
    (tmp_path / "results/private").mkdir(parents=True)
    tables.write("private/findings", findings, tmp_path / "results/private/findings.parquet")
    (tmp_path / "results/exports").mkdir()
    (tmp_path / "results/exports/a.csv").write_text("a;b\n1;[personne]\n", encoding="utf-8")
    return tmp_path


def scan(study, *more):
    command = [sys.executable, PROGRAM / "scripts/scan_outputs.py", "--paths", "results", *more]
    return subprocess.run(command, cwd=study, capture_output=True, text=True, check=False)


MASKED = (
    *("--findings", "results/private/findings.parquet", "--hits", "results/private/hits.csv"),
    *("--held", "results/private/held", "--scan", "scan.json"),
)


def test_clean_results_are_said_to_be_so(study):
    done = scan(study, *MASKED)
    assert done.returncode == 0, done.stderr
    # the findings themselves, in results/private, are not published
    assert json.loads((study / "scan.json").read_text()) | {"octets": 0} == {
        "fichiers": 1,
        "mots cherchés": 1,
        "octets": 0,
    }


def test_a_masked_word_that_stayed_stops_the_run_and_its_file_is_withheld(study):
    leak = study / "results/exports/b.csv"
    leak.write_text("1;Mme Kerdoncuff\n", encoding="utf-8")
    done = scan(study, *MASKED)
    assert done.returncode == 2 and "b.csv" in done.stderr and "Kerdoncuff" not in done.stderr
    assert not leak.exists() and (study / "results/private/held/results/exports/b.csv").exists()
    assert "Kerdoncuff" in (study / "results/private/hits.csv").read_text(encoding="utf-8")
    assert not (study / "scan.json").exists() and (study / "results/exports/a.csv").exists()


def test_by_hand_it_prints_identifiers_by_kind(study):
    (study / "results/exports/c.txt").write_text("Appelez le 06 12 34 56 78.\n", encoding="utf-8")
    done = scan(study)
    assert done.returncode == 0 and "Téléphones : 1" in done.stdout and "06 12 34 56 78" in done.stdout


def test_a_missing_path_is_told(study):
    done = subprocess.run(
        [sys.executable, PROGRAM / "scripts/scan_outputs.py", "--paths", "nulle_part"],
        cwd=study,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2 and "nulle_part" in done.stderr
