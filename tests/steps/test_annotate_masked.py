import subprocess
import sys

import polars as pl

from places import PROGRAM
from verbatim import tables

SCRIPTS = PROGRAM / "scripts"
# spaCy is made to fail: it must not even be looked for when there is nothing to annotate.
WITHOUT_SPACY = (
    "sys.modules['spacy'] = None; sys.argv[:] = sys.argv[1:]; import runpy; "
    "runpy.run_path(sys.argv[0], run_name='__main__')"
)


def turns_of(*texts):
    rows = [("E01", number, "A", "participant", None, None, None, text) for number, text in enumerate(texts, 1)]
    return pl.DataFrame(rows, schema=tables.empty("private/turns").schema, orient="row")


def run(script, *options):
    path = [str(SCRIPTS / script), *map(str, options)]
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(SCRIPTS)!r}); {WITHOUT_SPACY}", *path]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_nothing_is_annotated_again_when_nothing_was_masked(tmp_path):
    tables.write("private/turns", turns_of("Bonjour.", "Oui."), tmp_path / "raw.parquet")
    tables.write("corpus/turns", turns_of("Bonjour.", "Oui."), tmp_path / "masked.parquet")
    options = [
        "--raw",
        tmp_path / "raw.parquet",
        "--masked",
        tmp_path / "masked.parquet",
        "--cache",
        tmp_path / "cache",
    ]
    done = run("annotate_masked.py", *options, "--annotation", tmp_path / "found.parquet")
    assert done.returncode == 0, done.stderr
    assert tables.read("private/annotation", tmp_path / "found.parquet").is_empty()


def test_a_share_without_interviews(tmp_path):
    tables.write("private/turns", turns_of("Bonjour."), tmp_path / "turns.parquet")
    shares = []
    for shard in (0, 1):
        options = [
            "--turns",
            tmp_path / "turns.parquet",
            "--shard",
            shard,
            "--shards",
            2,
            "--cache",
            tmp_path / "cache",
        ]
        shares.append(run("annotate_turns.py", *options, "--annotation", tmp_path / f"{shard}.parquet").returncode)
    # The share that holds the interview needs the model, which is out of reach here; the other is empty.
    assert sorted(shares) == [0, 70]
