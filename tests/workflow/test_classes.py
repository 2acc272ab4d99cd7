"""The classes of a study through its life: named, accepted, merged, chosen by resamples, classified twice."""

import csv
import io
import subprocess
import sys

import polars as pl
import pytest

from verbatim import tables

pytestmark = pytest.mark.workflow
CLASSIFYING = {"find_classes", "resample_classes", "measure_stability", "profile_classes", "sweep_settings"}


def accept(place, *more):
    command = [sys.executable, str(place.program / "scripts/accept_decisions.py"), "--what", "classes", *more]
    return subprocess.run(command, cwd=place.study, capture_output=True, text=True, check=False)


def fill(place, analysis, **cells):
    """Fill cells of the proposal of an analysis: column -> {class: value}."""
    path = place.study / f"results/proposals/class_names_{analysis}.csv"
    text = path.read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    for column, values in cells.items():
        for row in rows:
            row[column] = values.get(int(row["class"]), row[column])
    out = io.StringIO()
    written = csv.DictWriter(out, rows[0], delimiter=";", lineterminator="\n")
    written.writeheader()
    written.writerows(rows)
    path.write_text("\ufeff" + out.getvalue(), encoding="utf-8")


def table(place, name, analysis="ensemble"):
    stage, own = name.split("/")
    return tables.read(name, place.study / f"results/{stage}/{analysis}/{own}.parquet")


def test_names_are_accepted_shown_and_cost_no_classification(place):
    fill(place, "ensemble", name={1: "Le premier accueil"})
    done = accept(place)
    assert done.returncode == 0, done.stderr
    outcome = place.run()
    assert outcome.code == 0, outcome.text
    assert "match_names" in outcome.jobs and set(outcome.jobs) & CLASSIFYING == set()
    names = table(place, "classes/names")
    assert names.select("name", "class", "status").rows() == [("Le premier accueil", 1, "matched")]
    report = (place.study / "results/report/rapport.html").read_text(encoding="utf-8")
    assert "Classe 1 · Le premier accueil" in report
    assert place.run().jobs == {}


def test_a_name_follows_its_class_when_an_interview_is_added_or_is_said_to_be_doubtful(place):
    fill(place, "ensemble", name={1: "Un", 2: "Deux", 3: "Trois"})
    assert accept(place).returncode == 0
    text = "ENQ : Et vous ?\nM4 : Moi, le téléphone, je le garde pour les urgences, et le reste attend lundi.\n" * 3
    (place.study / "resources/transcripts/M4.txt").write_text(text, encoding="utf-8")
    rows = place.study / "resources/interviews.csv"
    rows.write_text(rows.read_text(encoding="utf-8") + "M4,M4.txt,,M4,participant,bilan\n", encoding="utf-8")
    outcome = place.run()
    assert outcome.code == 0, outcome.text
    names = table(place, "classes/names")
    assert sorted(names["name"]) == ["Deux", "Trois", "Un"]
    for row in names.iter_rows(named=True):
        assert (row["status"] == "matched") == (row["jaccard"] is not None and row["jaccard"] >= 0.5)
    moves = table(place, "classes/moves")
    assert moves.filter(pl.col("accepted_class") == -1)["n_segments"].sum() > 0


def test_two_classes_merged_by_hand_are_one_everywhere(place):
    k = table(place, "classes/segments")["class"].max()
    fill(place, "ensemble", name={1: "Les deux"}, merge_with={2: "1"})
    done = accept(place)
    assert done.returncode == 0, done.stderr
    outcome = place.run()
    assert outcome.code == 0, outcome.text
    assert "find_classes" in outcome.jobs
    classes = table(place, "classes/segments")
    assert classes["class"].max() == k - 1 and classes["found"].max() == k
    assert classes.filter(pl.col("found").is_in([1, 2]))["class"].unique().to_list() == [1]
    assert table(place, "classes/profiles")["class"].max() == k - 1
    assert table(place, "classes/stability")["class"].to_list() == list(range(1, k))
    assert place.run().jobs == {}


def test_a_fault_in_the_names_is_told_before_any_step(place):
    (place.study / "resources/class_names.csv").write_text("analysis,class,name\nensembl,1,Un\n", encoding="utf-8")
    outcome = place.run()
    assert outcome.code != 0 and outcome.jobs == {}
    assert "class_names.csv" in outcome.text and "ensemble" in outcome.text


def test_the_number_of_parts_of_the_resamples_changes_no_result(place):
    before = place.results()
    place.edit("config.yaml", "stability:\n", "stability:\n  chunks: 3\n")
    jobs = place.run().jobs
    assert jobs["resample_classes"] == 6 and "find_classes" not in jobs
    after = place.results()
    same = {name for name in before if name.startswith("classes/")}
    assert {name: after[name] for name in same} == {name: before[name] for name in same}


@pytest.mark.parametrize("changed", ["number: auto", "mode: double", "mode: texts"])
def test_other_ways_to_classify_run_to_the_end(place, changed):
    place.edit("config.yaml", "classes:\n  number: 3", f"classes:\n  {changed}")
    outcome = place.run()
    assert outcome.code == 0, outcome.text
    assert outcome.jobs["find_classes"] == 2
    candidates = table(place, "classes/candidates")
    assert candidates.height == 9
    assert (place.study / "results/report/rapport.html").stat().st_size > 10_000
    assert place.run().jobs == {}
