import json
import subprocess
import sys
from pathlib import Path

import polars as pl

from verbatim import tables

SCRIPT = Path(__file__).parents[2] / "scripts" / "cut_segments.py"


def run(folder, **options):
    """Run the script in `folder`, each input and output a file of its own name."""
    flags = [part for name, value in options.items() for part in ("--" + name.replace("_", "-"), str(value))]
    return subprocess.run([sys.executable, SCRIPT, *flags], capture_output=True, text=True, cwd=folder, check=False)


def write_corpus(folder):
    """Two interviews: in E1 the participant answers twice, in E2 once."""
    said = [
        ("E1", 1, "ENQ", "interviewer", "GA1", "et l'écran ?"),
        ("E1", 2, "P1", "participant", "GA1", "écran mot écran ."),
        ("E1", 3, "P1", "participant", "GA2", "mot bureau"),
        ("E2", 1, "P2", "participant", None, "café mot"),
    ]
    names = ["interview", "turn", "speaker", "role", "question", "text"]
    turns = pl.DataFrame(said, names, orient="row")
    never = pl.lit(None, dtype=pl.Float64)
    tables.write("corpus/turns", turns.with_columns(start_s=never, end_s=never), folder / "turns.parquet")
    tokens = []
    for interview, turn, *_, text in said:
        at = 0
        for number, word in enumerate(text.split(), start=1):
            pos, status = ("PUNCT", "ignored") if word in ".?" else ("NOUN", "active")
            tokens.append((interview, turn, number, at, at + len(word), word, word, pos, status))
            at += len(word) + 1
    names = ["interview", "turn", "token", "start", "end", "form", "lemma", "pos", "status"]
    tables.write("corpus/tokens", pl.DataFrame(tokens, names, orient="row"), folder / "tokens.parquet")
    speakers = turns.select("interview", "speaker", "role").unique()
    panel = pl.when(pl.col("role") == "participant").then("speaker")
    tables.write("corpus/speakers", speakers.with_columns(panel=panel), folder / "speakers.parquet")


def cut(folder, within):
    options = {name: f"{name}.parquet" for name in ("turns", "tokens", "segments")}
    return run(folder, **options, settings=json.dumps({"size": 40, "within": within}))


def test_segments_of_participants(tmp_path):
    write_corpus(tmp_path)
    done = cut(tmp_path, "question")
    assert done.returncode == 0, done.stderr
    found = tables.read("corpus/segments", tmp_path / "segments.parquet")
    assert found.select("interview", "segment", "question", "n_tokens", "text").rows() == [
        ("E1", 1, "GA1", 4, "écran mot écran ."),
        ("E1", 2, "GA2", 2, "mot bureau"),
        ("E2", 1, None, 2, "café mot"),
    ]
    assert "3 segments dans 2 entretiens" in done.stderr


def test_the_same_bytes_twice(tmp_path):
    write_corpus(tmp_path)
    written = []
    for _ in range(2):
        assert cut(tmp_path, "interview").returncode == 0
        written.append((tmp_path / "segments.parquet").read_bytes())
    assert written[0] == written[1]
