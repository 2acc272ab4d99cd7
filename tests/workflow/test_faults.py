"""What a researcher sees when something is wrong."""

import shutil
import subprocess
import sys

import pytest

pytestmark = pytest.mark.workflow


def test_a_wrong_setting_stops_the_run_before_any_job_with_its_line(place):
    place.edit("config.yaml", "classes:\n", "clases:\n")
    outcome = place.run()
    assert outcome.code != 0
    assert outcome.jobs == {}
    assert "clé inconnue « clases »" in outcome.text
    assert "vouliez-vous « classes » ?" in outcome.text
    assert "Traceback" not in outcome.text


def test_all_faulty_sources_are_said_at_once_in_french_and_last(place):
    (place.study / "resources/transcripts/M1.docx").write_bytes(b"PK not a zip")
    (place.study / "resources/transcripts/M2.txt").write_bytes(b"")
    outcome = place.run()
    assert outcome.code != 0
    ending = (
        outcome.text[outcome.text.rindex("Complete log") - 4000 :] if "Complete log" in outcome.text else outcome.text
    )
    assert "M1.docx" in ending and "M2.txt" in ending
    assert "Traceback" not in outcome.text


def test_an_undecided_finding_blocks_the_study_and_warn_marks_every_page(place):
    (place.study / "resources/privacy/decisions.csv").unlink()
    outcome = place.run()
    assert outcome.code != 0
    assert "revue.html" in outcome.text
    place.edit("config.yaml", "mode: block", "mode: warn")
    assert place.run().code == 0
    assert "non vérifié" in (place.study / "results/report/rapport.html").read_text(encoding="utf-8")


def test_a_blocked_cold_run_makes_nothing_outside_private(place):
    shutil.rmtree(place.study / "results")
    shutil.rmtree(place.study / ".snakemake")
    (place.study / "resources/privacy/decisions.csv").unlink()
    assert place.run().code != 0
    made = {
        p.relative_to(place.study / "results").parts[0] for p in (place.study / "results").rglob("*") if p.is_file()
    }
    assert made == {"private"}


def test_make_run_shows_only_french(place):
    place.edit("config.yaml", "classes:\n", "clases:\n")
    command = [sys.executable, place.program / "scripts/run_study.py", "--study", place.study, "--cores", "2"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "clé inconnue « clases »" in done.stdout
    assert "snakemake" not in done.stdout.lower().replace("snakemake.log", "")
