"""What is built again, and what is not, when something changes: counted job by job."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time

import polars as pl
import pytest

from verbatim import tables

pytestmark = pytest.mark.workflow

AGGREGATES = {
    *("gather_turns", "annotate_turns", "find_identifiers", "apply_privacy", "annotate_masked", "lemmatise_tokens"),
    *("describe_interviews", "cut_segments"),
}
LEXICAL = {"count_lemmas", "score_specificities", "place_modalities", "find_classes", "profile_classes", "link_words"}
REPORT = {"write_report", "export_tables", "record_provenance", "scan_outputs"}


def touch_all(folder):
    later = time.time() + 5
    for path in folder.rglob("*"):
        if path.is_file() and ".snakemake" not in path.parts:
            os.utime(path, (later, later))


def everything_in(path):
    """All text of a file, its name included; for a table, all its text cells."""
    if path.suffix == ".parquet":
        texts = pl.read_parquet(path).select(pl.col(pl.String).fill_null("")).rows()
        return "\n".join([str(path), *("\t".join(row) for row in texts)])
    return str(path) + path.read_bytes().decode("utf-8", errors="replace")


def annotated(place):
    """How many tokens the last run gave to the language model, by its own logs."""
    logs = "".join(p.read_text(encoding="utf-8") for p in (place.study / "logs/annotate_turns").glob("*.log"))
    return sum(map(int, re.findall(r"(\d+) mots annotés", logs)))


def test_a_cold_run_makes_every_table_and_the_report(cold):
    place, outcome = cold
    assert outcome.jobs["import_source"] == 3
    assert (place.study / "results/report/rapport.html").stat().st_size > 10_000
    assert list((place.study / "logs").rglob("*.problem")) == []


def test_a_second_run_does_nothing(place):
    outcome = place.run()
    assert outcome.jobs == {}
    assert "Nothing to be done" in outcome.text


def test_touching_everything_rebuilds_nothing(place):
    touch_all(place.study / "resources")
    touch_all(place.program)
    assert place.run().jobs == {}


def test_a_fresh_checkout_of_program_and_human_files_rebuilds_nothing(cold, place):
    built, _ = cold
    for part in ("resources", "config.yaml"):
        target = place.study / part
        shutil.rmtree(target) if target.is_dir() else target.unlink()
        source = built.study / part
        shutil.copytree(source, target, copy_function=shutil.copy) if source.is_dir() else shutil.copy(source, target)
    assert place.run().jobs == {}


def test_comments_and_formatting_rebuild_nothing(place):
    for path in (place.program / "scripts").rglob("*.py"):
        path.write_text(path.read_text(encoding="utf-8") + "\n\n\n# said otherwise\n", encoding="utf-8")
    assert place.run().jobs == {}


def test_moving_study_and_program_rebuilds_nothing(place):
    moved = type(place)(place.program.parent / "ailleurs", place.study.parent / "déplacée l'été")
    place.program.rename(moved.program)
    place.study.rename(moved.study)
    assert moved.run().jobs == {}


def test_a_colour_rebuilds_its_figure_and_the_report(place):
    place.edit("config.yaml", "figures:\n", "figures:\n  cloud: {colour: '#AA3377'}\n")
    assert set(place.run().jobs) == {"draw_vocabulary", "write_report", "record_provenance", "scan_outputs"}


def test_a_theme_s_definition_runs_no_lexical_job(place):
    place.edit("resources/grid.yaml", "definition: ", "definition: Autrement dit, ")
    jobs = set(place.run().jobs)
    assert jobs & (AGGREGATES | LEXICAL) == set()
    assert jobs >= {"anchor_codings", "fill_grid", "write_report"}


def test_a_classification_setting_annotates_nothing(place):
    place.edit("config.yaml", "minimum_frequency: 2", "minimum_frequency: 3")
    jobs = set(place.run().jobs)
    assert jobs & AGGREGATES == set()
    assert jobs & LEXICAL == {"find_classes", "profile_classes", "link_words"}


def test_editing_the_chi2_kernel_runs_the_classes_and_what_follows(place):
    path = place.program / "scripts/verbatim/reinert/descent.py"
    path.write_text(path.read_text(encoding="utf-8") + "\nANOTHER_CONSTANT = 1\n", encoding="utf-8")
    jobs = set(place.run().jobs)
    assert jobs & AGGREGATES == set()
    assert "find_classes" in jobs and "count_lemmas" not in jobs and "score_specificities" not in jobs
    assert jobs >= REPORT


def test_one_interview_added_imports_and_annotates_only_it(place):
    text = "ENQ : Et vous ?\nM4 : Moi, le téléphone, je le garde pour les urgences, et le reste attend lundi.\n" * 6
    (place.study / "resources/transcripts/M4.txt").write_text(text, encoding="utf-8")
    table = place.study / "resources/interviews.csv"
    table.write_text(table.read_text(encoding="utf-8") + "M4,M4.txt,,M4,participant,bilan\n", encoding="utf-8")
    outcome = place.run()
    assert outcome.code == 0, outcome.text
    assert outcome.jobs["import_source"] == 1
    own = tables.read_all(
        "private/annotation", [place.study / f"results/private/annotation/{k}.parquet" for k in (0, 1)]
    )
    assert annotated(place) == own.filter(pl.col("interview") == "M4").height > 0
    incremental = place.results()
    shutil.rmtree(place.study / "results")
    shutil.rmtree(place.study / ".snakemake")
    assert place.run().code == 0
    assert place.results() == incremental


def test_one_or_two_cores_give_the_same_bytes(cold, place):
    shutil.rmtree(place.study / "results")
    shutil.rmtree(place.study / ".snakemake")
    assert place.run(cores="1").code == 0
    assert place.results() == cold[0].results()


def test_a_withdrawn_interview_leaves_no_trace(place):
    script = place.program / "scripts/withdraw_interview.py"
    subprocess.run([sys.executable, script, "--interview", "Mtrois", "--yes"], cwd=place.study, check=True)
    assert place.run().code == 0
    holding = [
        path for path in place.study.rglob("*") if path.is_file() and re.search("Mtrois|compost", everything_in(path))
    ]
    assert holding == []


def test_after_a_kill_the_next_run_goes_on(place):
    shutil.rmtree(place.study / "results")
    shutil.rmtree(place.study / ".snakemake")
    command = [sys.executable, "-m", "snakemake", "--snakefile", str(place.program / "Snakefile")]
    process = subprocess.Popen(
        [*command, "--directory", str(place.study), "--cores", "2"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    wanted = place.study / "results/private/turns.parquet"
    deadline = time.monotonic() + 60
    while not wanted.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    done = subprocess.run(
        [sys.executable, place.program / "scripts/run_study.py", "--study", place.study, "--cores", "2", "--resume"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "rapport.html" in done.stdout


def test_the_machine_s_own_settings_of_its_libraries_change_no_byte(cold, place, monkeypatch):
    for name, value in (("OPENBLAS_CORETYPE", "Haswell"), ("OPENBLAS_NUM_THREADS", "2"), ("LC_ALL", "C")):
        monkeypatch.setenv(name, value)
    shutil.rmtree(place.study / "results/lexicon")
    shutil.rmtree(place.study / "results/classes")
    assert place.run().code == 0
    assert place.results() == cold[0].results()
