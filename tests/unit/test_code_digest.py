import shutil

import pytest

from places import PROGRAM
from verbatim.code_digest import closure, digest, files_digest, locked_versions

SCRIPTS = sorted(p.stem for p in (PROGRAM / "scripts").glob("*.py"))


@pytest.fixture
def program(tmp_path):
    shutil.copytree(PROGRAM / "scripts", tmp_path / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROGRAM / "requirements.lock", tmp_path)
    return tmp_path


def digests(program):
    return {s: digest(program / "scripts" / f"{s}.py", program / "requirements.lock") for s in SCRIPTS}


def changed(program, before):
    return {s for s, d in digests(program).items() if d != before[s]}


def edit(program, path, old, new):
    file = program / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_moving_touching_and_commenting_change_nothing(program):
    assert digests(program) == digests(PROGRAM)
    before = digests(program)
    for path in (program / "scripts").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text + "\n\n# another comment\n", encoding="utf-8")
    assert changed(program, before) == set()


def test_a_docstring_changes_nothing(program):
    before = digests(program)
    edit(program, "scripts/verbatim/segments.py", '"""', '"""Otherwise said. ')
    assert changed(program, before) == set()


def test_editing_a_kernel_changes_what_uses_it_and_nothing_else(program):
    before = digests(program)
    path = program / "scripts/verbatim/segments.py"
    path.write_text(path.read_text(encoding="utf-8") + "\nANOTHER = 1\n", encoding="utf-8")
    assert changed(program, before) == {"cut_segments", "sweep_settings", "weigh_corrections"}


def test_declaring_a_table_otherwise_changes_those_that_read_or_write_it(program):
    assert "cut_segments" in SCRIPTS
    closed = {path.name for path in closure(program / "scripts/cut_segments.py")}
    assert "segments.py" in closed
    assert "lexicon.py" not in closed


def test_upgrading_a_package_changes_those_that_import_it(program):
    before = digests(program)
    lock = program / "requirements.lock"
    version = locked_versions(lock)["jinja2"]
    lock.write_text(lock.read_text(encoding="utf-8").replace(f"jinja2=={version}", "jinja2==0.0.1"), encoding="utf-8")
    locked_versions.cache_clear()
    touched = changed(program, before)
    locked_versions.cache_clear()
    assert "write_report" in touched
    assert "find_classes" not in touched


def test_files_digest_sees_names_and_bytes(tmp_path):
    (tmp_path / "a").write_text("1")
    first = files_digest(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    second = files_digest(tmp_path)
    (tmp_path / "b").write_text("2")
    assert len({first, second, files_digest(tmp_path)}) == 3
