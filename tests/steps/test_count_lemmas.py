import json
import subprocess
import sys
from pathlib import Path

import polars as pl

from verbatim import segments, tables

SCRIPT = Path(__file__).parents[2] / "scripts" / "count_lemmas.py"


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


INPUTS = ("tokens", "segments", "turns", "speakers")
OUTPUTS = ("forms", "lemmas", "segment_lemmas")


def count(folder, selection):
    write_corpus(folder)
    turns, tokens = (tables.read(f"corpus/{name}", folder / f"{name}.parquet") for name in ("turns", "tokens"))
    tables.write("corpus/segments", segments.cut_turns(turns, tokens), folder / "segments.parquet")
    options = {name: f"{name}.parquet" for name in (*INPUTS, *OUTPUTS)}
    return run(folder, **options, analysis="tous", settings=json.dumps(selection))


def test_counts_of_everybody(tmp_path):
    done = count(tmp_path, {})
    assert done.returncode == 0, done.stderr
    lemmas = tables.read("lexicon/lemmas", tmp_path / "lemmas.parquet")
    assert lemmas.select("lemma", "n_occurrences", "n_segments", "n_interviews").rows() == [
        ("bureau", 1, 1, 1),
        ("café", 1, 1, 1),
        ("mot", 3, 2, 2),
        ("écran", 2, 1, 1),
    ]
    assert tables.read("lexicon/forms", tmp_path / "forms.parquet")["n_occurrences"].sum() == 7
    assert tables.read("lexicon/segment_lemmas", tmp_path / "segment_lemmas.parquet")["count"].sum() == 7


def test_counts_of_one_panel(tmp_path):
    assert count(tmp_path, {"panel": ["P2"]}).returncode == 0
    assert tables.read("lexicon/lemmas", tmp_path / "lemmas.parquet")["lemma"].to_list() == ["café", "mot"]


def test_a_value_that_nobody_has_is_told_without_traceback(tmp_path):
    done = count(tmp_path, {"panel": ["P3"], "pannel": ["P1"]})
    assert done.returncode == 2
    assert "2 problèmes à corriger" in done.stderr
    assert "vouliez-vous « panel » ?" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "lemmas.parquet").exists()
