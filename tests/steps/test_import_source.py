"""The command that reads one transcript."""

import json
import subprocess
import sys
from pathlib import Path

from verbatim import tables

SCRIPT = Path(__file__).parents[2] / "scripts/import_source.py"
SETTINGS = json.dumps({"interviewer_labels": ["ENQ"], "noise": []})


def run(folder, name, data):
    (folder / name).write_bytes(data)
    options = ["--file", folder / name, "--settings", SETTINGS, "--turns", folder / "t", "--account", folder / "a"]
    return subprocess.run([sys.executable, SCRIPT, *options, "--log", folder / "log"], capture_output=True, check=False)


def test_turns_and_account_are_written(tmp_path):
    data = "ENQ : Ça va ?\nA01 : Oui, ça va.\n".encode()
    assert run(tmp_path, "été.txt", data).returncode == 0
    turns = tables.read("private/source_turns", tmp_path / "t")
    assert turns.select("file", "block", "position", "speaker", "text").rows() == [
        ("été.txt", 1, 1, "ENQ", "Ça va ?"),
        ("été.txt", 1, 2, "A01", "Oui, ça va."),
    ]
    account = tables.read("private/source_accounts", tmp_path / "a").row(0, named=True)
    assert account["n_characters"] == len(data.decode())
    assert account["n_kept"] == turns["text"].str.len_chars().sum()
    assert account["n_interviewer"] == account["n_unread"] == 0


def test_same_file_same_bytes(tmp_path):
    written = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        assert run(folder, "e.txt", b"**** *b_1 *a_2\nUn texte.\n").returncode == 0
        written.append((folder / "t").read_bytes() + (folder / "a").read_bytes())
    assert written[0] == written[1]


def test_a_file_that_cannot_be_read_leaves_a_problem_and_no_table(tmp_path):
    assert run(tmp_path, "e.docx", b"no zip").returncode == 2
    assert "• e.docx" in (tmp_path / "log").with_suffix(".problem").read_text(encoding="utf-8")
    assert not (tmp_path / "t").exists()


def test_one_command_reads_any_file_and_tells_its_account(tmp_path):
    (tmp_path / "e.dat").write_bytes("ENQ : Ça va ?\nA01 : Oui, ça va.\n".encode())
    options = ["--file", "e.dat", "--format", "txt", "--turns", "t.csv", "--account", "a.csv"]
    done = subprocess.run([sys.executable, SCRIPT, *options], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = (tmp_path / "t.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 3 and lines[2].endswith("Oui, ça va.")
    assert "32 total" in done.stderr and "gardés" in done.stderr
    assert ";32;" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")


def test_an_unknown_format_is_told_with_the_nearest(tmp_path):
    (tmp_path / "e.dat").write_bytes(b"x")
    command = [sys.executable, SCRIPT, "--file", "e.dat", "--format", "tsr"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "« tsr »" in done.stderr and "vouliez-vous" in done.stderr
