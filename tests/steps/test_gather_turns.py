"""The command that joins transcripts, attributes and guide."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from verbatim import tables
from verbatim.transcripts import read_source

SCRIPT = Path(__file__).parents[2] / "scripts/gather_turns.py"
SETTINGS = json.dumps({"interviewer_labels": ["ENQ"], "noise": []})
FILES = {
    "a.txt": "ENQ : Comment avez-vous commencé ?\nA01 : Par hasard.\n",
    "c.txt": "**** *ind_x *sexe_f\nUn texte.\n**** *ind_y *sexe_h\nUn autre.\n",
}
GUIDE = 'guides: [{id: g, questions: [{id: Q1, text: "Comment avez-vous commencé ?"}]}]'


@pytest.fixture
def study(tmp_path):
    for name, text in FILES.items():
        source = read_source(name, text.encode(), ["ENQ"])
        tables.write("private/source_turns", source.turns_table(), tmp_path / f"{name}.turns")
        tables.write("private/source_accounts", source.account_table(), tmp_path / f"{name}.account")
    (tmp_path / "guide.yaml").write_text(GUIDE, encoding="utf-8")
    return tmp_path


def run(study, table, names=tuple(FILES), guide=True):
    (study / "interviews.csv").write_text(table, encoding="utf-8")
    options = ["--sources", *(study / f"{name}.turns" for name in names)]
    options += ["--accounts", *(study / f"{name}.account" for name in names)]
    options += ["--interviews", study / "interviews.csv", "--guide", *([study / "guide.yaml"] if guide else [])]
    options += ["--settings", SETTINGS, "--turns", study / "turns", "--speakers", study / "speakers"]
    options += ["--files", study / "files", "--log", study / "log"]
    return subprocess.run([sys.executable, SCRIPT, *options], capture_output=True, check=False).returncode


def test_the_three_tables(study):
    assert run(study, "interview,file,panel\nE1,a.txt,p\n,c.txt,\n") == 0
    turns = tables.read("private/turns", study / "turns")
    assert turns.select("interview", "speaker", "role", "question", "text").rows() == [
        ("E1", "ENQ", "interviewer", "Q1", "Comment avez-vous commencé ?"),
        ("E1", "E1", "participant", "Q1", "Par hasard."),
        ("c_0001", "c_0001", "participant", None, "Un texte."),
        ("c_0002", "c_0002", "participant", None, "Un autre."),
    ]
    speakers = tables.read("private/speakers", study / "speakers")
    assert dict(speakers.select("speaker", "sexe").rows()) == {"ENQ": None, "E1": None, "c_0001": "f", "c_0002": "h"}
    files = tables.read("private/files", study / "files")
    assert files["n_interviewer"].to_list() == [len("Comment avez-vous commencé ?"), 0]


def test_the_order_of_sources_changes_no_byte(study):
    written = []
    for names in (list(FILES), list(FILES)[::-1]):
        assert run(study, "interview,file\nE1,a.txt\n,c.txt\n", names, guide=False) == 0
        written.append([(study / name).read_bytes() for name in ("turns", "speakers", "files")])
    assert written[0] == written[1]


def test_mismatches_are_told_together(study):
    assert run(study, "interview,file\nE1,b.txt\n") == 2
    told = (study / "log").with_suffix(".problem").read_text(encoding="utf-8")
    assert all(name in told for name in ("a.txt", "b.txt", "c.txt"))
    assert not (study / "turns").exists()
