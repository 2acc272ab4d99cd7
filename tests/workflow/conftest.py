"""A copy of the program and of tests/mini, built once, that each test copies and changes."""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from places import PROGRAM

PARTS = ("Snakefile", "workflow", "scripts", "profiles", "requirements.lock", "resources/french")


@dataclass(frozen=True)
class Outcome:
    """How a run went: exit code, jobs by rule, all that was printed."""

    code: int
    jobs: dict[str, int]
    text: str


@dataclass(frozen=True)
class Place:
    """A program and a study, each in a folder of its own."""

    program: Path
    study: Path

    def run(self, *more: str, cores: str = "2") -> Outcome:
        command = [sys.executable, "-m", "snakemake", "--snakefile", str(self.program / "Snakefile")]
        command += ["--directory", str(self.study), "--cores", cores, *more]
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.study.parent, check=False)
        text = done.stdout + done.stderr
        finished = re.findall(r"Finished jobid: \d+ \(Rule: (\w+)\)", text)
        jobs = {rule: finished.count(rule) for rule in sorted(set(finished)) if rule != "all"}
        return Outcome(done.returncode, jobs, text)

    def edit(self, path: str, old: str, new: str, *, program: bool = False) -> None:
        file = (self.program if program else self.study) / path
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {path}"
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    def results(self) -> dict[str, bytes]:
        root = self.study / "results"
        return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def copy_program(target: Path) -> None:
    for part in PARTS:
        source = PROGRAM / part
        (target / part).parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, target / part)


@pytest.fixture(scope="session")
def cold(tmp_path_factory) -> tuple[Place, Outcome]:
    """tests/mini after a cold run, and how that run went. Not to be changed: see `place`."""
    root = tmp_path_factory.mktemp("cold")
    place = Place(root / "programme", root / "étude à nous")
    copy_program(place.program)
    shutil.copytree(PROGRAM / "tests/mini", place.study)
    outcome = place.run()
    assert outcome.code == 0, outcome.text
    return place, outcome


@pytest.fixture
def place(cold, tmp_path) -> Place:
    """A copy of the built study and of its program, to be changed at will."""
    built, _ = cold
    copy = Place(tmp_path / "programme", tmp_path / "étude à nous")
    shutil.copytree(built.program, copy.program)
    shutil.copytree(built.study, copy.study)
    return copy
