"""The commands that list doubtful lemmas and expressions, and those that take up what a person decided."""

import csv
import io
import json
import subprocess
import sys

import polars as pl
import pytest

from places import PROGRAM
from verbatim import tables

ACCEPT = PROGRAM / "scripts/accept_decisions.py"
SETTINGS = {"minimum_frequency": 3, "minimum_interviews": 1, "longest": 3, "minimum_npmi": 0.1}


def run(folder, script, **options):
    command = [sys.executable, PROGRAM / "scripts" / f"{script}.py"]
    for name, value in options.items():
        value = name if value is True else value if isinstance(value, str) else json.dumps(value)
        command += ["--" + name.replace("_", "-"), *([value] if value else [])]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)


def accept(folder, what, file=None):
    command = [sys.executable, ACCEPT, "--what", what, *(["--file", file] if file else [])]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)


@pytest.fixture
def folder(tmp_path):
    words = [("la", "DET"), ("pièce", "NOUN"), ("jointe", "ADJ"), ("zblorg", "NOUN")]
    rows, turns = [], []
    for turn in range(1, 5):
        at = 0
        for token, (form, pos) in enumerate(words, 1):
            status = "supplementary" if pos == "DET" else "active"
            lemma = {"jointe": "joint", "la": "le"}.get(form, form)
            rows.append(("E1", turn, token, at, at + len(form), form, lemma, pos, status))
            at += len(form) + 1
        turns.append(("E1", turn, "P1", "participant", None, None, None, " ".join(form for form, _ in words)))
    tokens = pl.DataFrame(rows, schema=tables.empty("corpus/tokens").schema, orient="row")
    tables.write("corpus/tokens", tokens, tmp_path / "tokens")
    tables.write(
        "corpus/turns",
        pl.DataFrame(turns, schema=tables.empty("corpus/turns").schema, orient="row"),
        tmp_path / "turns",
    )
    said = tokens.drop("status").with_columns(entity=pl.lit(None, dtype=pl.String))
    tables.write("private/annotation", said, tmp_path / "annotations")
    tables.write("private/annotation", said.clear(), tmp_path / "masked")
    return tmp_path


def proposed(folder, kind):
    script, table = {"lemmas": ("audit_lemmas", "doubtful"), "expressions": ("suggest_expressions", "suggested")}[kind]
    corpus = dict.fromkeys(("turns", "tokens", table), True)
    own = {name: str(path) if (path := folder / f"resources/words/{name}.csv").is_file() else "" for name in (kind,)}
    more = (
        {"annotations": True, "masked": True, "expressions": "", "status": ""}
        if kind == "lemmas"
        else {"refused": refused(folder), "settings": SETTINGS}
    )
    done = run(folder, script, **(corpus | more | own), proposal=f"results/proposals/{kind}.csv")
    assert done.returncode == 0, done.stderr
    text = (folder / f"results/proposals/{kind}.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def refused(folder):
    path = folder / "resources/words/expressions_refused.csv"
    return str(path) if path.is_file() else ""


def fill(folder, kind, rows):
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, rows[0].keys(), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    (folder / f"results/proposals/{kind}.csv").write_text(buffer.getvalue(), encoding="utf-8")


def test_a_lemma_is_proposed_corrected_and_not_doubtful_again(folder):
    rows = proposed(folder, "lemmas")
    assert [(row["form"], row["lemma_now"], row["lemma"]) for row in rows] == [("zblorg", "zblorg", "")]
    assert "«zblorg»" in rows[0]["context"]
    fill(folder, "lemmas", [rows[0] | {"lemma": "zbloguer", "reason": "mot du métier"}])
    done = accept(folder, "lemmas")
    assert done.returncode == 0, done.stderr
    assert "1 correction rangée" in done.stdout
    assert proposed(folder, "lemmas") == []
    found = tables.read("corpus/doubtful_lemmas", folder / "doubtful").row(0, named=True)
    assert (found["correction"], found["correction_reason"]) == ("zbloguer", "mot du métier")


def test_ok_confirms_the_present_lemma(folder):
    rows = proposed(folder, "lemmas")
    fill(folder, "lemmas", [rows[0] | {"lemma": "ok", "reason": "vérifié"}])
    assert accept(folder, "lemmas").returncode == 0
    assert "zblorg,zblorg,vérifié,,NOUN" in (folder / "resources/words/lemmas.csv").read_text(encoding="utf-8")


def test_what_stands_in_the_list_is_kept_byte_for_byte(folder):
    path = folder / "resources/words/lemmas.csv"
    path.parent.mkdir(parents=True)
    path.write_text('form;lemma;reason\nbof;bof;"dit, souvent"\n', encoding="utf-8")
    rows = proposed(folder, "lemmas")
    fill(folder, "lemmas", [rows[0] | {"lemma": "zbloguer", "reason": "métier", "if_pos": ""}])
    assert accept(folder, "lemmas").returncode == 0
    assert path.read_text(encoding="utf-8") == 'form;lemma;reason\nbof;bof;"dit, souvent"\nzblorg;zbloguer;métier\n'


def test_faults_are_told_all_at_once_and_nothing_is_written(folder):
    rows = proposed(folder, "lemmas")
    fill(folder, "lemmas", [rows[0] | {"lemma": "zbloguer"}, rows[0] | {"lemma": "autre", "reason": "bis"}])
    done = accept(folder, "lemmas")
    assert done.returncode == 2
    assert "« reason » est vide" in done.stderr and "déjà" in done.stderr and "ligne 3" in done.stderr
    assert not (folder / "resources/words/lemmas.csv").exists()


def test_expressions_are_accepted_or_refused_and_never_come_back(folder):
    rows = proposed(folder, "expressions")
    assert [row["expression"] for row in rows] == ["pièce jointe zblorg"]
    fill(folder, "expressions", [rows[0] | {"decision": "non", "reason": ""}])
    done = accept(folder, "expressions")
    assert done.returncode == 0, done.stderr
    assert "0 expression acceptée, 1 refusée" in done.stdout
    assert "pièce jointe zblorg" not in [row["expression"] for row in proposed(folder, "expressions")]


def test_an_accepted_expression_goes_to_the_list(folder):
    rows = proposed(folder, "expressions")
    fill(folder, "expressions", [rows[0] | {"decision": "oui", "reason": "un seul objet"}])
    assert accept(folder, "expressions").returncode == 0
    text = (folder / "resources/words/expressions.csv").read_text(encoding="utf-8")
    assert "pièce jointe zblorg,pièce jointe zblorg,NOUN,un seul objet" in text


def test_bad_decisions_are_told_in_french(folder):
    rows = proposed(folder, "expressions")
    fill(folder, "expressions", [rows[0] | {"decision": "peut-être"}, rows[0] | {"decision": "oui", "pos": "NOM"}])
    done = accept(folder, "expressions")
    assert done.returncode == 2
    assert "décision inconnue « peut-être »" in done.stderr and "catégorie inconnue « NOM »" in done.stderr


def test_no_proposal_or_a_broken_one(folder):
    assert "ce fichier n'existe pas" in accept(folder, "lemmas").stderr
    (folder / "mauvais.csv").write_bytes("form;lemma\nété;été\n".encode("latin-1"))
    assert "UTF-8" in accept(folder, "lemmas", "mauvais.csv").stderr
    (folder / "court.csv").write_text("form;lemma\n", encoding="utf-8")
    assert "il manque la colonne « reason »" in accept(folder, "lemmas", "court.csv").stderr
