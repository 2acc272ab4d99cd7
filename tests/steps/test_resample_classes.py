import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from stability_study import PLAN, SETTINGS, planted
from verbatim import tables

SCRIPT = Path(__file__).parents[2] / "scripts" / "resample_classes.py"


def run(folder, chunk=0, target="draws.npz", plan=PLAN, environment=None, **changed):
    flags = {
        "segments": "segments.parquet",
        "segment-lemmas": "segment_lemmas.parquet",
        "lemmas": "lemmas.parquet",
        "analysis": "a",
        "compatibility": "none",
        "settings": json.dumps({**SETTINGS, **changed}),
        "stability-settings": json.dumps(plan),
        "chunk": str(chunk),
        "draws": target,
    }
    command = [sys.executable, SCRIPT, *(part for name, value in flags.items() for part in (f"--{name}", value))]
    environment = {**os.environ, **(environment or {})}
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False, env=environment)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("study")
    names = ("corpus/segments", "lexicon/segment_lemmas", "lexicon/lemmas")
    for name, frame in zip(names, planted(), strict=True):
        tables.write(name, frame, folder / f"{name.split('/')[1]}.parquet")
    return folder


def test_parts_share_the_draws_and_say_how_far_they_are(study):
    seen = {kind: [] for kind in ("interviews", "segments", "left_out")}
    for chunk in range(5):
        done = run(study, chunk, f"part_{chunk}.npz", {**PLAN, "chunks": 5})
        assert done.returncode == 0, done.stderr
        with np.load(study / f"part_{chunk}.npz", allow_pickle=False) as arrays:
            for kind, numbers in seen.items():
                own = arrays[f"draws {kind}"].tolist()
                assert all(number % 5 == chunk for number in own)
                numbers += own
            assert arrays["crossings interviews 3"].shape[1:] == (4, 4)
    assert {kind: sorted(numbers) for kind, numbers in seen.items()} == {
        "interviews": list(range(12)),
        "segments": list(range(12)),
        "left_out": list(range(6)),
    }
    told = [line for line in run(study).stderr.splitlines() if "rééchantillons sur 30" in line]
    assert told == [f"{n} rééchantillons sur 30" for n in range(3, 31, 3)]


def test_the_same_bytes_whatever_the_day_the_cores_and_the_hashes(study):
    for name, hashes, cores in (("one.npz", "1", "1"), ("two.npz", "2", "8")):
        done = run(study, 0, name, environment={"PYTHONHASHSEED": hashes, "OMP_NUM_THREADS": cores, "TZ": "Asia/Tokyo"})
        assert done.returncode == 0, done.stderr
    data = (study / "one.npz").read_bytes()
    assert data == (study / "two.npz").read_bytes()
    dates = {item.date_time for item in zipfile.ZipFile(io.BytesIO(data)).infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}


def test_no_resample_leaves_the_classes_alone(study):
    done = run(study, 0, "none.npz", {**PLAN, "resamples": 0})
    assert done.returncode == 0, done.stderr
    with np.load(study / "none.npz", allow_pickle=False) as arrays:
        assert all(len(arrays[f"draws {kind}"]) == 0 for kind in ("interviews", "segments", "left_out"))
        assert set(np.unique(arrays["labels 3"])) == {1, 2, 3}


def test_a_failure_leaves_no_file(study):
    done = run(study, 0, "nothing.npz", mode="double", group_sizes=[])
    assert done.returncode == 70
    assert not list(study.glob("*nothing*"))
