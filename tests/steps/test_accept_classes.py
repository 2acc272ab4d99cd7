"""make accept WHAT=classes, with the step that proposes and the step that follows."""

import csv
import io
import subprocess
import sys

import pytest

from class_names_study import ANALYSIS, KEY, classes, corpus, interview, made, match, topics, write
from places import PROGRAM
from verbatim import withdrawal
from verbatim.class_names import merging, reading

BASE = (interview("A01"), interview("A02"))
PROPOSAL = f"results/proposals/class_names_{ANALYSIS}.csv"


def run(study, found, interviews=BASE, merges=()):
    """Make the results of a study whose segments are in the classes `found`, and match its names."""
    segments = corpus(*interviews)
    own = classes(segments, found)
    numbers = merging.new_numbers(own["found"].unique(), merges)
    write(study, segments, merging.renumber(own, numbers, "found"))
    done = match(study)
    assert done.returncode == 0, done.stderr
    return done.stderr


@pytest.fixture
def study(tmp_path):
    (tmp_path / "resources/privacy").mkdir(parents=True)
    (tmp_path / "resources/privacy/study.key").write_bytes(KEY)
    (tmp_path / "config.yaml").write_text(f"study: {{title: T, date: 2022-06-30}}\nanalyses: {{{ANALYSIS}: {{}}}}\n")
    run(tmp_path, topics(*BASE))
    return tmp_path


def complete(study, path=PROPOSAL, **cells):
    """Fill the proposal as a person does: `name_2="…"` is the name of the class 2."""
    text = (study / PROPOSAL).read_text(encoding="utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    for cell, value in cells.items():
        column, number = cell.rsplit("_", 1)
        for line in lines:
            if line["class"] == number:
                line[column] = value
    out = io.StringIO()
    writer = csv.DictWriter(out, list(lines[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(lines)
    (study / path).write_text(out.getvalue(), encoding="utf-8")


def accept(study, *options):
    command = [sys.executable, PROGRAM / "scripts/accept_decisions.py", "--what", "classes", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=study)


def names(study):
    rows = reading.read((study / "resources/class_names.csv").read_bytes())
    return [(row.analysis, row.number, row.name, row.merge_with, row.note) for row in rows]


def human(study):
    return {path: path.read_bytes() for path in sorted((study / "resources").rglob("*")) if path.is_file()}


def test_names_written_in_the_proposal_are_kept_and_follow_the_next_run(study):
    complete(study, name_1="Le métier", name_2="=L'équipe", note_2="à revoir")
    done = accept(study)
    assert done.returncode == 0, done.stderr
    assert f"Analyse « {ANALYSIS} » : 3 classes acceptées, 2 noms.\nRelancez l'étude : make run" in done.stdout
    expected = [(ANALYSIS, 1, "Le métier", None, ""), (ANALYSIS, 2, "=L'équipe", None, "à revoir")]
    assert names(study) == expected
    shuffled = [{1: 3, 2: 1, 3: 2}[label] for label in topics(*BASE)]
    run(study, shuffled)
    got = made(study, "names").select("name", "class", "status", "jaccard").rows()
    assert got == [("Le métier", 3, "matched", 1.0), ("=L'équipe", 1, "matched", 1.0)]
    assert made(study, "form_changes").is_empty()
    done = accept(study)
    assert done.returncode == 0, done.stderr
    assert names(study) == [(ANALYSIS, 1, "=L'équipe", None, "à revoir"), (ANALYSIS, 3, "Le métier", None, "")]
    run(study, shuffled)
    assert made(study, "names").select("name", "class", "jaccard").rows() == [
        ("=L'équipe", 1, 1.0),
        ("Le métier", 3, 1.0),
    ]


def test_a_class_merged_in_the_proposal_is_one_class_of_the_next_run_and_of_the_next_acceptance(study):
    complete(study, name_1="Ensemble", merge_with_3="1", name_2="Seule")
    assert "3 classes acceptées, 2 noms, 1 fusion." in accept(study).stdout
    run(study, topics(*BASE), merges=[(3, 1)])
    assert made(study, "names").select("name", "class", "merged_with").rows() == [
        ("Ensemble", 1, None),
        ("Seule", 2, None),
        ("", 1, 1),
    ]
    assert made(study, "form_changes").is_empty()
    before = human(study)
    assert accept(study).returncode == 0
    assert human(study) == before


def test_accepting_twice_does_nothing_more(study):
    complete(study, name_1="Le métier")
    accept(study)
    before = human(study)
    done = accept(study)
    assert done.returncode == 0, done.stderr
    assert "déjà acceptée avec ces noms" in done.stdout
    assert human(study) == before


def test_names_that_no_class_takes_are_kept_without_a_number(study):
    complete(study, name_1="Le métier", name_2="L'équipe", name_3="Les autres")
    accept(study)
    lost = [0 if label == 3 else label for label in topics(*BASE)]
    assert "1 nom n'a plus de classe" in run(study, lost)
    left = accept(study)
    assert left.returncode == 0
    assert "laissée telle quelle, car rien n'y est décidé pour « Les autres »" in left.stdout
    complete(study, name_2="Le collectif")
    done = accept(study)
    assert "Gardés sans classe dans resources/class_names.csv : « Les autres »" in done.stdout
    note = names(study)[-1][-1]
    assert note.startswith("sans classe dans l'étude du 2022-06-30 ; mots d'alors : mot")
    assert names(study) == [
        (ANALYSIS, 1, "Le métier", None, ""),
        (ANALYSIS, 2, "Le collectif", None, ""),
        (ANALYSIS, None, "Les autres", None, note),
    ]
    run(study, lost)
    assert accept(study).returncode == 0
    assert names(study)[-1] == (ANALYSIS, None, "Les autres", None, note)
    run(study, topics(*BASE))
    complete(study, name_3="Les autres")
    accept(study)
    assert [row[1] for row in names(study)] == [1, 2, 3]


def test_a_proposal_of_another_run_or_of_names_changed_since_is_refused(study):
    complete(study, "gardée.csv", name_1="Le métier")
    run(study, [{1: 2, 2: 1, 3: 3}[label] for label in topics(*BASE)])
    before = human(study)
    done = accept(study, "--file", "gardée.csv")
    assert done.returncode == 2
    assert f"gardée.csv : les classes de l'analyse « {ANALYSIS} » ont changé depuis" in done.stderr
    assert human(study) == before
    (study / "resources/class_names.csv").write_text(f"analysis,class,name\n{ANALYSIS},1,À la main\n")
    done = accept(study)
    assert done.returncode == 2
    assert "resources/class_names.csv a changé depuis" in done.stderr
    assert names(study) == [(ANALYSIS, 1, "À la main", None, "")]


def test_all_faults_of_a_proposal_are_told_and_nothing_is_written(study):
    complete(study, name_1="Un", merge_with_1="1", merge_with_2="8", note_3="seule", class_3="x")
    before = human(study)
    done = accept(study)
    assert done.returncode == 2
    assert "ligne 4 : « x » n'est pas un numéro de classe" in done.stderr
    assert "ligne 2 : la classe 1 est fusionnée avec elle-même" in done.stderr
    assert "ligne 3 : colonne merge_with : aucune classe 8" in done.stderr
    assert "ligne 4 : une note sans nom ni fusion" in done.stderr
    assert "il manque la ligne de la classe 3" in done.stderr
    assert human(study) == before


def test_merges_in_a_circle_a_missing_file_and_a_missing_key_are_told(study):
    complete(study, merge_with_1="2", merge_with_2="1")
    assert "des fusions en rond : 1 → 2 → 1" in accept(study).stderr
    assert "ce fichier n'existe pas" in accept(study, "--file", "absent.csv").stderr
    complete(study, merge_with_1="", merge_with_2="")
    (study / "resources/privacy/study.key").unlink()
    done = accept(study)
    assert done.returncode == 2
    assert "la clé de l'étude manque" in done.stderr


def test_results_that_are_missing_and_an_analysis_that_the_study_has_not_are_told(study):
    complete(study, "autre.csv", name_1="Un", analysis_1="touss", analysis_2="touss", analysis_3="touss")
    done = accept(study, "--file", "autre.csv")
    assert done.returncode == 2
    assert "analyse inconnue « touss »" in done.stderr
    assert "vouliez-vous « tous » ?" in done.stderr
    (study / f"results/classes/{ANALYSIS}/names.parquet").unlink()
    done = accept(study)
    assert done.returncode == 2
    assert f"results/classes/{ANALYSIS}/names.parquet : ce résultat manque" in done.stderr
    assert not (study / "resources/accepted").exists()


def test_names_of_other_analyses_stay_where_they_are(study):
    (study / "config.yaml").write_text(f"analyses: {{{ANALYSIS}: {{}}, autre: {{}}}}\n")
    text = f"analysis,class,name\nautre,2,Ailleurs\n{ANALYSIS},1,Avant\nautre,1,Plus loin\n"
    (study / "resources/class_names.csv").write_text(text)
    run(study, topics(*BASE))
    complete(study, name_1="Après", name_3="Trois")
    done = accept(study)
    assert done.returncode == 0, done.stderr
    assert [row[:3] for row in names(study)] == [
        ("autre", 2, "Ailleurs"),
        (ANALYSIS, 1, "Après"),
        (ANALYSIS, 3, "Trois"),
        (ANALYSIS, None, "Avant"),
        ("autre", 1, "Plus loin"),
    ]
    assert (study / "resources/class_names.csv").read_bytes().startswith(b"analysis,class")


def test_an_interview_withdrawn_leaves_no_row_in_what_is_accepted(study):
    complete(study, name_1="Le métier")
    accept(study)
    (study / "resources/interviews.csv").write_text("interview,file\nA01,a.txt\nA02,b.txt\n")
    withdrawal.remove(withdrawal.find(study, "A02"), study, "A02")
    assert "A02" not in (study / f"resources/accepted/{ANALYSIS}/segments.csv").read_text()
    run(study, topics(BASE[0]), BASE[:1])
    assert made(study, "names").select("name", "class", "jaccard").rows() == [("Le métier", 1, 1.0)]
