import csv
import json
import subprocess
import sys

import polars as pl
import pytest

from places import PROGRAM
from verbatim import tables
from verbatim.privacy.passages import digest

KEY = "0123456789abcdef" * 4


class Study:
    """Turns of two interviews, their annotation, and a run of the step."""

    def __init__(self, folder):
        self.folder = folder
        texts = [
            ("E01", "ENQ", "interviewer", "Alors, Madame Perrot, on y va ?"),
            (
                "E01",
                "E01",
                "participant",
                "Oui. Moi je travaille avec Rose et avec perrot, au 06 12 34 56 78, sur Teams.",
            ),
            ("E02", "E02", "participant", "Chez nous, à Quimperlé, c'était Rose qui tenait ça."),
        ]
        rows = [(i, n, s, r, None, None, None, t) for n, (i, s, r, t) in enumerate(texts, 1)]
        self.turns = pl.DataFrame(rows, schema=tables.empty("private/turns").schema, orient="row")
        words = [("E01", 2), ("E02", 3)]
        marked = [(i, t, 1, *self.place(t, "Rose"), "Rose", "rose", "PROPN", "PER") for i, t in words]
        tables.write("private/turns", self.turns, folder / "turns.parquet")
        for shard, row in enumerate(marked):
            annotated = pl.DataFrame([row], schema=tables.empty("private/annotation").schema, orient="row")
            tables.write("private/annotation", annotated, folder / f"{shard}.parquet")
        (folder / "study.key").write_text(KEY + "\n")

    def place(self, turn, passage):
        text = self.turns["text"][turn - 1]
        return text.index(passage), text.index(passage) + len(passage)

    def run(self, *, key=True, decisions=None, words=()):
        command = [sys.executable, PROGRAM / "scripts/find_identifiers.py", "--turns", "turns.parquet"]
        command += ["--annotations", "0.parquet", "1.parquet", "--decisions"]
        if decisions is not None:
            (self.folder / "decisions.csv").write_text(decisions, encoding="utf-8")
            command.append("decisions.csv")
        command += ["--key", *(["study.key"] if key else [])]
        command += ["--settings", json.dumps({"mode": "block", "words": list(words)})]
        command += ["--findings", "findings.parquet", "--review", "revue.html", "--proposal", "propositions.csv"]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=self.folder)

    def found(self):
        return tables.read("private/findings", self.folder / "findings.parquet")

    def proposal(self):
        with (self.folder / "propositions.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file, delimiter=";"))


@pytest.fixture
def study(tmp_path):
    return Study(tmp_path)


def test_everything_is_found_and_proposed_by_type(study):
    done = study.run(words=["Chez nous"])
    assert done.returncode == 0, done.stderr
    assert study.found().select("turn", "text", "kind").rows() == [
        (1, "Perrot", "person"),
        (2, "Rose", "person"),
        (2, "06 12 34 56 78", "phone"),
        (2, "Teams", "public"),
        (3, "Chez nous", "word"),
        (3, "Quimperlé", "capital"),
        (3, "Rose", "person"),
    ]
    assert [(row["text"], row["n"], row["interviews"]) for row in study.proposal()] == [
        ("Chez nous", "1", "E02"),
        ("06 12 34 56 78", "1", "E01"),
        ("Rose", "2", "E01 E02"),
        ("Perrot", "1", "E01"),
        ("Quimperlé", "1", "E02"),
    ]
    page = (study.folder / "revue.html").read_text(encoding="utf-8")
    assert "<mark>Quimperlé</mark>" in page
    # the log is no place for what was found
    assert "Perrot" not in done.stderr


def test_decisions_are_applied_and_what_was_masked_is_found_again_by_its_hash(study):
    head = "digest,kind,decision,replacement,text,reason,date\n"
    lines = [
        f"{digest(KEY.encode(), 'Perrot')},person,mask,,,,",
        f"{digest(KEY.encode(), 'Rose')},person,replace,Anne,,,",
    ]
    lines += [f"{digest(KEY.encode(), '06 12 34 56 78')},phone,accept,,06 12 34 56 78,,", f"{'0' * 24},place,mask,,,,"]
    done = study.run(decisions=head + "\n".join(lines))
    assert done.returncode == 0, done.stderr
    assert study.found().select("text", "decision", "replacement").rows() == [
        ("Perrot", "mask", "[personne 1]"),
        ("Rose", "replace", "Anne"),
        ("perrot", "mask", "[personne 1]"),
        ("06 12 34 56 78", "accept", None),
        ("Teams", "accept", None),
        ("Quimperlé", None, None),
        ("Rose", "replace", "Anne"),
    ]
    assert [row["text"] for row in study.proposal()] == ["Quimperlé"]
    assert "décisions qui ne répondent plus à rien (rang dans decisions.csv) : 4" in done.stderr


def test_the_same_inputs_give_the_same_bytes(study):
    outputs = []
    for _ in range(2):
        assert study.run().returncode == 0
        outputs.append(
            [(study.folder / n).read_bytes() for n in ("findings.parquet", "revue.html", "propositions.csv")]
        )
    assert outputs[0] == outputs[1]


def test_without_its_key_the_study_stops_and_says_how_to_make_one(study):
    done = study.run(key=False)
    assert done.returncode == 2
    assert "la clé de l'étude manque" in done.stderr
    assert "secrets.token_hex" in done.stderr
    assert not (study.folder / "findings.parquet").exists()


def test_clear_text_of_what_is_masked_is_refused_with_its_line(study):
    line = f"{digest(KEY.encode(), 'Perrot')},person,mask,,Perrot,,"
    done = study.run(decisions=f"digest,kind,decision,replacement,text,reason,date\n{line}\n")
    assert done.returncode == 2
    assert "decisions.csv, ligne 2 : le texte en clair d'un passage masqué" in done.stderr
    assert "Traceback" not in done.stderr
