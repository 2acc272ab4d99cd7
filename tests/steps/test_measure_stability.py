import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from stability_study import PLAN, TABLES, classes, planted, profiles, resampled
from verbatim import tables
from verbatim.stability import record

SCRIPT = Path(__file__).parents[2] / "scripts" / "measure_stability.py"


def write(folder, corpus, plan, chunks=1, own=None, **changed):
    own = classes(corpus, **changed) if own is None else own
    tables.write("classes/segments", own, folder / "classes.parquet")
    tables.write("classes/profiles", profiles(own), folder / "profiles.parquet")
    for chunk in range(chunks):
        record.write(resampled(corpus, {**plan, "chunks": chunks}, chunk, **changed), folder / f"draws_{chunk}.npz")


def measure(folder, chunks=1):
    flags = ["--draws", *(f"draws_{chunk}.npz" for chunk in range(chunks)), "--analysis", "a"]
    flags += ["--classes", "classes.parquet", "--profiles", "profiles.parquet"]
    flags += [part for name in TABLES for part in (f"--{name.replace('_', '-')}", f"{name}.parquet")]
    return subprocess.run([sys.executable, SCRIPT, *flags], capture_output=True, text=True, cwd=folder, check=False)


def read(folder):
    return {name: tables.read(f"classes/{name}", folder / f"{name}.parquet") for name in TABLES}


@pytest.mark.parametrize("chunks", [1, 3, 8])
def test_parts_are_gathered_once_into_five_tables(tmp_path, chunks):
    corpus = planted(noise=0.3)
    for n in {1, chunks}:
        folder = tmp_path / str(n)
        folder.mkdir()
        write(folder, corpus, PLAN, n)
        done = measure(folder, n)
        assert done.returncode == 0, done.stderr
    found = read(folder)
    assert found["stability"]["n_resamples"].unique().to_list() == [12]
    assert found["influence"].height == 3 * 6
    assert found["membership"].height == corpus[0].height
    assert found["candidates"].filter("chosen")["number"].to_list() == [3]
    assert "classe 3 : indice de Jaccard moyen 0," in done.stderr
    for name in TABLES:
        own = (tmp_path / str(chunks) / f"{name}.parquet").read_bytes()
        assert own == (tmp_path / "1" / f"{name}.parquet").read_bytes(), name


def test_a_class_merged_by_hand_keeps_its_new_number(tmp_path):
    corpus = planted(noise=0.3)
    own = classes(corpus).with_columns(pl.col("class").replace({3: 1, 2: 4}))
    write(tmp_path, corpus, PLAN, own=own)
    done = measure(tmp_path)
    assert done.returncode == 0, done.stderr
    found = read(tmp_path)
    for name in ("stability", "form_stability", "influence"):
        assert found[name]["class"].unique().sort().to_list() == [1, 4], name
    assert set(found["membership"]["second_class"].drop_nulls()) <= {1, 4}


def test_without_resample_only_the_candidates_have_rows(tmp_path):
    write(tmp_path, planted(), {**PLAN, "resamples": 0})
    done = measure(tmp_path)
    assert done.returncode == 0, done.stderr
    found = read(tmp_path)
    assert [found[name].height for name in TABLES] == [0, 0, 0, 0, 3]
    assert found["candidates"]["jaccard_mean"].null_count() == 3 and not found["candidates"]["acceptable"].any()
    assert "aucun rééchantillon" in done.stderr


def test_draws_of_another_classification_are_a_fault_of_the_program(tmp_path):
    corpus = planted()
    write(tmp_path, corpus, PLAN, own=classes(corpus).with_columns(found=pl.lit(1)))
    done = measure(tmp_path)
    assert done.returncode == 70 and "other classes" in done.stderr
    assert not (tmp_path / "stability.parquet").exists()
