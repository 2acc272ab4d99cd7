import re
import subprocess
import sys

import pytest

from accept_decisions import KINDS
from places import PROGRAM
from verbatim.privacy import decisions
from verbatim.privacy.passages import digest

KEY = "fedcba9876543210" * 4
ROWS = [
    ("Perrot", "person", "masquer", ""),
    ("Rose", "person", "remplacer", "Anne"),
    ("SNCF", "organisation", "garder", ""),
    ("Vitré", "place", "", ""),
]


def digest_of(passage):
    return digest(KEY.encode(), passage)


def proposal(rows):
    head = "digest;kind;decision;replacement;text;reason;n;interviews;context;suggestion"
    lines = [f"{digest_of(t)};{kind};{choice};{by};{t};;1;E01;« {t} »;masquer" for t, kind, choice, by in rows]
    return "\ufeff" + "\n".join([head, *lines]) + "\n"


@pytest.fixture
def study(tmp_path):
    (tmp_path / "resources/privacy").mkdir(parents=True)
    (tmp_path / "results/private").mkdir(parents=True)
    (tmp_path / "resources/privacy/study.key").write_text(KEY)
    (tmp_path / "config.yaml").write_text("study: {title: T, date: 2022-06-30}\n")
    (tmp_path / "results/private/propositions.csv").write_text(proposal(ROWS), encoding="utf-8")
    return tmp_path


def accept(study, *options):
    command = [sys.executable, PROGRAM / "scripts/accept_decisions.py", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=study)


def written(study):
    path = study / "resources/privacy/decisions.csv"
    return decisions.read(path.read_bytes(), path.name, KEY.encode())


def test_decided_rows_move_without_clear_text_of_what_is_masked(study):
    done = accept(study, "--what", "privacy")
    assert done.returncode == 0, done.stderr
    assert "3 décisions rangées dans resources/privacy/decisions.csv. Il en reste 1" in done.stdout
    assert [(d.digest, d.decision, d.replacement, d.text, d.date) for d in written(study)] == [
        (digest_of("Perrot"), "mask", "", "", "2022-06-30"),
        (digest_of("Rose"), "replace", "Anne", "", "2022-06-30"),
        (digest_of("SNCF"), "accept", "", "SNCF", "2022-06-30"),
    ]
    text = (study / "resources/privacy/decisions.csv").read_text(encoding="utf-8")
    assert "Perrot" not in text
    assert "Rose" not in text


def test_a_downloaded_file_adds_to_what_stands_and_changes_what_is_decided_anew(study):
    accept(study, "--what", "privacy")
    file = study / "téléchargé.csv"
    file.write_text(
        proposal([("Vitré", "place", "mask", "[une ville]"), ("SNCF", "organisation", "mask", "")]), encoding="utf-8"
    )
    done = accept(study, "--what", "privacy", "--file", str(file))
    assert "2 décisions rangées" in done.stdout
    assert "Il n'en reste aucune" in done.stdout
    assert [(d.digest, d.decision) for d in written(study)] == [
        (digest_of("Perrot"), "mask"),
        (digest_of("Rose"), "replace"),
        (digest_of("SNCF"), "mask"),
        (digest_of("Vitré"), "mask"),
    ]


def test_one_faulty_row_moves_none_and_is_told_with_its_line(study):
    rows = [*ROWS[:2], ("SNCF", "organisation", "gardé", ""), ("Vitré", "place", "remplacer", "")]
    (study / "results/private/propositions.csv").write_text(proposal(rows), encoding="utf-8")
    done = accept(study, "--what", "privacy")
    assert done.returncode == 2
    assert "ligne 4 : décision inconnue « gardé »" in done.stderr
    assert "ligne 5 : un remplacement sans texte" in done.stderr
    assert not (study / "resources/privacy/decisions.csv").exists()


def test_a_replacement_that_an_earlier_decision_masks_is_refused(study):
    accept(study, "--what", "privacy")
    before = (study / "resources/privacy/decisions.csv").read_bytes()
    file = study / "x.csv"
    file.write_text(proposal([("Vitré", "place", "remplacer", "chez Perrot")]), encoding="utf-8")
    done = accept(study, "--what", "privacy", "--file", "x.csv")
    assert done.returncode == 2
    assert "le remplacement contient un passage masqué" in done.stderr
    assert (study / "resources/privacy/decisions.csv").read_bytes() == before


def test_what_cannot_be_accepted_and_a_missing_file_or_key_are_said_in_french(study):
    done = accept(study, "--what", "privé")
    assert done.returncode == 2
    assert "WHAT=privé n'existe pas" in done.stderr
    assert f"attendu : {' | '.join(sorted(KINDS))}" in done.stderr
    assert "ce fichier n'existe pas" in accept(study, "--what", "privacy", "--file", "absent.csv").stderr
    (study / "resources/privacy/study.key").unlink()
    assert "la clé de l'étude manque" in accept(study, "--what", "privacy").stderr


def test_without_a_date_of_study_the_day_is_written(study):
    (study / "config.yaml").unlink()
    accept(study, "--what", "privacy")
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", written(study)[0].date)
