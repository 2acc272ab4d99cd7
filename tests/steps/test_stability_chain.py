"""The steps resample_classes, measure_stability, and find_classes when it chooses the number itself."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from test_find_classes import SCRIPT as FIND
from test_find_classes import SETTINGS, run, study, write
from test_find_classes import options as find_options

from verbatim import tables

SCRIPTS = Path(__file__).parents[2] / "scripts"
TABLES = ("stability", "membership", "form_stability", "influence", "candidates")


def resample(folder, n_chunks, number):
    files = []
    for chunk in range(n_chunks):
        files.append(folder / f"draws_{number}_{n_chunks}_{chunk}.npz")
        done = run(
            SCRIPTS / "resample_classes.py",
            folder,
            {
                **{name: folder / f"{name.replace('-', '_')}.parquet" for name in ("segments", "segment-lemmas")},
                "lemmas": folder / "lemmas.parquet",
                "analysis": "tous",
                "compatibility": "none",
                "settings": json.dumps({**SETTINGS, "number": number}),
                "stability-settings": json.dumps({"resamples": 6, "seed": 1, "chunks": n_chunks}),
                "chunk": chunk,
                "draws": files[-1],
            },
        )
        assert done.returncode == 0, done.stderr
        assert "rééchantillons sur" in done.stderr
    return files


@pytest.fixture(scope="module")
def profiled(tmp_path_factory):
    """A study with its classes and profiles."""
    folder = tmp_path_factory.mktemp("stability")
    write(folder, *study())
    assert run(FIND, folder, find_options(folder)).returncode == 0
    profiles = tables.empty("classes/profiles")
    tables.write("classes/profiles", profiles, folder / "profiles.parquet")
    return folder


def measure(folder, files, target):
    flags = {"classes": folder / "classes.parquet", "profiles": folder / "profiles.parquet", "analysis": "tous"}
    flags |= {name.replace("_", "-"): target / f"{name}.parquet" for name in TABLES}
    command = [part for name, value in flags.items() for part in (f"--{name}", str(value))]
    whole = [sys.executable, SCRIPTS / "measure_stability.py", "--draws", *files, *command]
    return subprocess.run(whole, capture_output=True, text=True, cwd=folder, check=False)


def test_the_parts_of_the_work_change_no_byte_and_planted_classes_hold(profiled, tmp_path):
    written = []
    for n_chunks in (1, 3):
        target = tmp_path / str(n_chunks)
        target.mkdir()
        done = measure(profiled, resample(profiled, n_chunks, 3), target)
        assert done.returncode == 0, done.stderr
        assert "classe 1 : indice de Jaccard moyen" in done.stderr
        written.append([(target / f"{name}.parquet").read_bytes() for name in TABLES])
    assert written[0] == written[1]
    stability = tables.read("classes/stability", tmp_path / "1/stability.parquet")
    assert stability["jaccard_mean"].min() > 0.8


def test_auto_takes_its_number_from_the_resamples(profiled):
    files = resample(profiled, 1, "auto")
    done = run(FIND, profiled, {**find_options(profiled, number="auto"), "draws": files[0]})
    assert done.returncode == 0, done.stderr
    assert "auto : 3 classes demandées" in done.stderr
    assert tables.read("classes/segments", profiled / "classes.parquet")["class"].n_unique() == 3
