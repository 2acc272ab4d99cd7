import json
import subprocess
import sys

import polars as pl
import pytest

from places import PROGRAM
from verbatim import tables

TEXTS = ["Bonjour Bastien, vous êtes de Vitré ?", "Oui, de Vitré, comme Élodie. Le fils d'Élodie et BASTIEN.", "Merci."]


def frame(name, rows, **more):
    schema = {**tables.empty(name).schema, **more}
    return pl.DataFrame(rows, schema=schema, orient="row")


class Gate:
    """Tiny tables of an interview, and a run of the step."""

    def __init__(self, folder):
        self.folder = folder
        turns = [("E01", n, "Bastien", "participant", None, None, None, text) for n, text in enumerate(TEXTS, 1)]
        self.write("private/turns", frame("private/turns", turns), "raw_turns")
        speakers = [("E01", "Bastien", "participant", "p", "près de Vitré", None)]
        speakers = frame("private/speakers", speakers, lieu=pl.String, age=pl.String)
        self.write("private/speakers", speakers, "raw_speakers")
        notes = json.dumps(["« Bastien » est pris pour un participant"], ensure_ascii=False)
        files = [("entretien_bastien.docx", "docx", "0" * 64, 3, 2, 1, 0, 0, "{}", notes)]
        self.write("private/files", frame("private/files", files), "raw_files")

    def write(self, name, rows, file):
        tables.write(name, rows, self.folder / f"{file}.parquet")

    def run(self, mode="block", **choices):
        rows = []
        for passage, (kind, decision, replacement) in choices.items():
            turn = next(n for n, text in enumerate(TEXTS, 1) if passage in text)
            start = TEXTS[turn - 1].index(passage)
            rows.append(("E01", turn, start, start + len(passage), passage, kind, passage, decision, replacement))
        self.write("private/findings", frame("private/findings", rows), "findings")
        command = [
            sys.executable,
            PROGRAM / "scripts/apply_privacy.py",
            "--settings",
            json.dumps({"mode": mode, "words": []}),
        ]
        for name in (
            "raw_turns",
            "raw_speakers",
            "raw_files",
            "findings",
            "turns",
            "speakers",
            "files",
            "gate",
            "offsets",
        ):
            command += [f"--{name.replace('_', '-')}", f"{name}.parquet"]
        command += ["--review", "results/private/revue.html"]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=self.folder)

    def read(self, name, file):
        return tables.read(name, self.folder / f"{file}.parquet")


@pytest.fixture
def gate(tmp_path):
    return Gate(tmp_path)


ALL = {
    "Bastien": ("person", "mask", "[personne 1]"),
    "Vitré": ("place", "accept", None),
    "Élodie": ("person", "replace", "Claire"),
}


def test_what_was_decided_is_masked_in_turns_speakers_files_and_notes(gate):
    done = gate.run(**ALL)
    assert done.returncode == 0, done.stderr
    turns = gate.read("corpus/turns", "turns")
    assert turns["text"].to_list() == [
        "Bonjour [personne 1], vous êtes de Vitré ?",
        "Oui, de Vitré, comme Claire. Le fils de Claire et [personne 1].",
        "Merci.",
    ]
    assert turns["speaker"].unique().to_list() == ["[personne 1]"]
    speakers = gate.read("corpus/speakers", "speakers")
    assert speakers.select("speaker", "lieu", "age").rows() == [("[personne 1]", "près de Vitré", None)]
    (file,) = gate.read("corpus/files", "files").iter_rows(named=True)
    assert file["file"] == "entretien_[personne 1].docx"
    assert file["notes"] == '["« [personne 1] » est pris pour un participant"]'
    assert gate.read("corpus/gate", "gate").rows() == [("person", 0, 2, 2, 0), ("place", 1, 0, 0, 0)]
    for row in gate.read("private/offsets", "offsets").iter_rows(named=True):
        raw, masked = TEXTS[row["turn"] - 1], turns["text"][row["turn"] - 1]
        assert raw[row["raw_start"] : row["raw_end"]] in ("Bastien", "Élodie", "d'Élodie", "BASTIEN")
        assert masked[row["start"] : row["end"]] in ("[personne 1]", "Claire", "de Claire")
    for name in ("turns", "speakers", "files", "gate"):
        assert b"Bastien" not in (gate.folder / f"{name}.parquet").read_bytes()
    assert "Bastien" not in done.stderr


def test_undecided_passages_block_and_nothing_is_written(gate):
    done = gate.run(**{**ALL, "Vitré": ("place", None, None)})
    assert done.returncode == 2
    assert "1 passage attend une décision" in done.stderr
    assert "ouvrez results/private/revue.html" in done.stderr
    assert not (gate.folder / "turns.parquet").exists()


def test_warn_lets_undecided_passages_through_and_counts_them(gate):
    done = gate.run("warn", **{**ALL, "Vitré": ("place", None, None)})
    assert done.returncode == 0, done.stderr
    assert "Vitré" in gate.read("corpus/turns", "turns")["text"][0]
    assert gate.read("corpus/gate", "gate").filter(kind="place")["n_undecided"].to_list() == [1]


def test_a_study_in_which_nothing_was_found_passes_unchanged(gate):
    done = gate.run()
    assert done.returncode == 0, done.stderr
    assert gate.read("corpus/turns", "turns")["text"].to_list() == TEXTS
    assert gate.read("corpus/gate", "gate").height == 0
    assert gate.read("private/offsets", "offsets").height == 0
