"""Transcripts given to other programs, as a command."""

import subprocess
import sys

import polars as pl

from places import PROGRAM
from verbatim import tables
from verbatim.transcripts import read_source


def test_every_transcript_comes_back_from_text_and_tei(tmp_path):
    rows = [
        ("E1", 1, "ENQ", "interviewer", "Ça va ?", 0.0, 1.5),
        ("E1", 2, "E1", "participant", "Oui & non.", 2.0, 3.0),
    ]
    names = ["interview", "turn", "speaker", "role", "text", "start_s", "end_s"]
    turns = pl.DataFrame(rows, schema=names, orient="row").with_columns(question=pl.lit(None, pl.String))
    people = [("E1", "E1", "participant", "a", "52"), ("E1", "ENQ", "interviewer", None, None)]
    speakers = pl.DataFrame(people, schema=["interview", "speaker", "role", "panel", "age"], orient="row")
    tables.write("corpus/turns", turns, tmp_path / "turns")
    tables.write("corpus/speakers", speakers, tmp_path / "speakers")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/E9.txt").write_text("retiré de l'étude")
    options = ["--turns", "turns", "--speakers", "speakers", "--settings", '{"title": "Étude"}', "--folder", "texts"]
    command = [sys.executable, PROGRAM / "scripts/export_texts.py", *options]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert sorted(file.name for file in (tmp_path / "texts").iterdir()) == ["E1.txt", "E1.xml"]
    for name in ("E1.txt", "E1.xml"):
        source = read_source(name, (tmp_path / "texts" / name).read_bytes(), ["ENQ"])
        assert [(turn.speaker, turn.text) for turn in source.turns] == [("ENQ", "Ça va ?"), ("E1", "Oui & non.")]
    assert b'type="age">52<' in (tmp_path / "texts/E1.xml").read_bytes()
