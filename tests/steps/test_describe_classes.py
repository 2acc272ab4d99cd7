import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from verbatim import tables

SCRIPT = Path(__file__).parents[2] / "scripts" / "describe_classes.py"
MADE = ("statistics", "residuals", "repeats", "pos")
SAID = {1: "demain je vais encore au bureau .", 2: "la nuit je ne dors pas .", 0: "euh ."}


def study(numbers):
    """Four interviews of eight turns, each a segment: class 1 speaks of work, class 2 of nights."""
    turns, tokens, segments, classes = [], [], [], []
    for position, interview in enumerate(("A01", "A02", "B01", "B02")):
        for turn in range(1, 9):
            number = numbers[(turn + (position > 1) * (turn > 4)) % len(numbers)]
            text, at = SAID[number], 0
            turns.append((interview, turn, "P", "participant", None, None, None, text))
            words = text.split()
            for token, form in enumerate(words, start=1):
                begin = text.index(form, at)
                at = begin + len(form)
                pos, status = ("PUNCT", "ignored") if form == "." else ("NOUN", "active")
                tokens.append((interview, turn, token, begin, at, form, form, pos, status))
            segments.append((interview, turn, "P", None, turn, 1, turn, len(words), len(words), text))
            reason = None if number else "small_leaf"
            classes.append(("tous", interview, turn, number, number, reason, 1, None, None, 3))
    speakers = {"interview": ["A01", "A02", "B01", "B02"], "speaker": ["P"] * 4, "role": ["participant"] * 4}
    frames = {
        name: pl.DataFrame(rows, schema=list(tables.empty(name).columns), orient="row", infer_schema_length=None)
        for name, rows in (
            ("corpus/turns", turns),
            ("corpus/tokens", tokens),
            ("corpus/segments", segments),
            ("classes/segments", classes),
        )
    }
    return frames | {"corpus/speakers": pl.DataFrame({**speakers, "panel": ["a", "a", "b", "b"]})}


def run(folder, numbers):
    flags = ["--analysis", "tous"]
    for table, frame in study(numbers).items():
        name = "classes" if table == "classes/segments" else table.split("/")[1]
        tables.write(table, frame, folder / name)
        flags += [f"--{name}", folder / name]
    for name in MADE:
        flags += [f"--{name}", folder / f"{name}.parquet"]
    done = subprocess.run([sys.executable, SCRIPT, *flags], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {name: tables.read(f"classes/{name}", folder / f"{name}.parquet") for name in MADE}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return run(tmp_path_factory.mktemp("described"), (1, 2, 2, 0))


def test_each_table_describes_the_same_classes(found):
    for table in found.values():
        assert table["class"].unique().sort().to_list() == [1, 2]
    classified = [row for row in study((1, 2, 2, 0))["classes/segments"]["class"] if row]
    assert found["statistics"]["n_segments"].to_list() == [classified.count(1), classified.count(2)]
    for variable in ("interview", "panel"):
        assert found["residuals"].filter(pl.col("variable") == variable)["n"].sum() == len(classified)


def test_each_class_has_the_sequence_that_it_repeats(found):
    sequences = found["repeats"].select("class", "sequence").rows()
    assert sequences == [(1, "demain je vais encore au bureau"), (2, "la nuit je ne dors pas")]


def test_words_are_counted_without_punctuation(found):
    sizes = found["statistics"]
    assert sizes["n_occurrences"].to_list() == (sizes["n_segments"] * 6).to_list()
    assert found["pos"].filter(pl.col("pos") == "NOUN")["percent"].to_list() == [100, 100]
    assert "PUNCT" not in found["pos"]["pos"].to_list()


@pytest.mark.parametrize(("numbers", "n_classes"), [((0,), 0), ((1,), 1)])
def test_few_classes_or_none_give_valid_tables(numbers, n_classes, tmp_path):
    found = run(tmp_path, numbers)
    assert [found[name]["class"].n_unique() for name in ("statistics", "residuals", "pos")] == [n_classes] * 3
    assert found["repeats"].is_empty()


def test_twice_the_same_bytes(tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        run(tmp_path / folder, (1, 2, 2, 0))
    for name in MADE:
        first, second = ((tmp_path / folder / f"{name}.parquet").read_bytes() for folder in ("one", "two"))
        assert first == second
