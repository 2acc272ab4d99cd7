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
    for name in ("corpus/tokens", "corpus/turns", "corpus/segments", "corpus/speakers", "themes/codings"):
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
    out = [str(tmp_path / "mots.csv"), str(tmp_path / "mots.parquet")]
    done = ask(tmp_path, "--ask", "lemme:caf*", "--analysis", "ensemble", "--out", *out)
    assert done.returncode == 0, done.stderr
    sheet = pl.read_csv(out[0], separator=";")
    assert sheet.height == n and {"class", "themes", "panel", "age"} <= set(sheet.columns)
    assert pl.read_parquet(out[1]).select("left", "key").rows() == sheet.select("left", "key").rows()


def test_places_are_kept_and_counted_by_class_theme_and_attribute(tmp_path):
    material = laid_out(tmp_path)
    out = str(tmp_path / "classes.parquet")
    done = ask(tmp_path, "--ask", "lemme:caf*", "--by", "class", "--where", "role=participant", "--out", out)
    assert done.returncode == 0, done.stderr
    counts = pl.read_parquet(out)
    tokens = material.table("corpus/tokens").filter(pl.col("lemma").str.starts_with("caf"))
    assert counts["n"].sum() == tokens.height
    for number in counts["class"]:
        kept = ask(tmp_path, "--ask", "lemme:caf*", "--where", f"class={number}", "role=participant")
        expected = counts.filter(pl.col("class") == number)["n"][0]
        assert f"{expected} occurrences" in kept.stdout
    shown = ask(tmp_path, "--ask", "dans", "--by", "theme", "--where", "panel=un")
    assert "connexion" in shown.stdout and "2 lignes" in shown.stdout
    wrong = ask(tmp_path, "--ask", "dans", "--by", "pannel")
    assert wrong.returncode == 2 and "panel" in wrong.stderr


def test_before_a_run_it_says_what_is_missing(tmp_path):
    done = ask(tmp_path, "--ask", "lien")
    assert done.returncode == 2 and "make run" in done.stderr
