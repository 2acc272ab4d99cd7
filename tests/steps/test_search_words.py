"""The command that shows words in context, on a small study."""

import os
import subprocess
import sys

import polars as pl

from places import PROGRAM
from report_study import study
from verbatim import tables


def ask(folder, *more):
    command = [sys.executable, str(PROGRAM / "scripts/search_words.py"), *more]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=os.environ, check=False)


def laid_out(folder):
    material = study()
    for name in ("corpus/tokens", "corpus/turns", "corpus/segments"):
        tables.write(name, material.table(name), folder / f"results/{name}.parquet")
    own = folder / "results/classes/ensemble/segments.parquet"
    tables.write("classes/segments", material.table("classes/segments", "ensemble"), own)
    return material


def test_words_are_shown_and_written_for_a_spreadsheet_and_as_parquet(tmp_path):
    material = laid_out(tmp_path)
    shown = ask(tmp_path, "--ask", "lemme:caf*", "--order", "droite")
    assert shown.returncode == 0, shown.stderr
    n = material.table("corpus/tokens").filter(pl.col("lemma").str.starts_with("caf")).height
    assert shown.stdout.count("café") >= n > 0 and f"{n} occurrences" in shown.stdout
    for name in ("mots.csv", "mots.parquet"):
        done = ask(tmp_path, "--ask", "lemme:caf*", "--analysis", "ensemble", "--out", str(tmp_path / name))
        assert done.returncode == 0, done.stderr
    sheet = pl.read_csv(tmp_path / "mots.csv", separator=";")
    assert sheet.height == n and "class" in sheet.columns
    assert pl.read_parquet(tmp_path / "mots.parquet").select("left", "key").rows() == sheet.select("left", "key").rows()


def test_before_a_run_it_says_what_is_missing(tmp_path):
    done = ask(tmp_path, "--ask", "lien")
    assert done.returncode == 2 and "make run" in done.stderr
