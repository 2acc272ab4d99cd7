import shutil

import polars as pl
import pytest

from places import PROGRAM
from verbatim import scaffold, study
from verbatim.problems import StudyError


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "resources/transcripts").mkdir(parents=True)
    (tmp_path / "resources/transcripts/E01.txt").write_text("ENQ : oui ?\n", encoding="utf-8")
    (tmp_path / "resources/interviews.csv").write_text(scaffold.INTERVIEWS_CSV, encoding="utf-8")
    (tmp_path / "resources/privacy").mkdir()
    (tmp_path / "resources/privacy/study.key").write_text("k" * 32)
    text = "study: {title: x, date: 2022-06-30}\nanalyses: {ensemble: {}}\n"
    (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_all_that_is_missing_is_said_at_once(tmp_path):
    with pytest.raises(StudyError) as raised:
        study.check(tmp_path, PROGRAM)
    assert {p.place for p in raised.value.problems} == {
        "config.yaml",
        "resources/transcripts",
        "resources/interviews.csv",
        "resources/privacy/study.key",
    }


def test_sources_leave_out_hidden_and_help_files(folder):
    for name in ("README.md", ".DS_Store", "~$E01.docx", "Entretien n°2 été.docx"):
        (folder / "resources/transcripts" / name).write_text("x")
    found = study.check(folder, PROGRAM).sources
    assert sorted(found.values()) == ["resources/transcripts/E01.txt", "resources/transcripts/Entretien n°2 été.docx"]
    assert "E01.txt" in found


@pytest.mark.parametrize(
    "names", [("a b.txt", "a_b.txt"), ("é.txt", "e.txt"), ("x/y.txt", "x_y.txt"), ("n°1.txt", "n1.txt")]
)
def test_two_names_never_share_an_identifier(names):
    first, second = map(study.source_name, names)
    assert first != second
    assert "/" not in first + second


def test_codings_are_those_of_coders_folders(folder):
    for path in ("coder_1/a.csv", "coder_2/b.csv", "loose.csv", "coder_1/README.md"):
        file = folder / "resources/codings" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    assert study.check(folder, PROGRAM).codings == [
        "resources/codings/coder_1/a.csv",
        "resources/codings/coder_2/b.csv",
    ]


def test_sweep_removes_what_the_study_no_longer_has(folder):
    kept, gone = folder / "results/private/sources/E01.txt", folder / "results/private/sources/E02.txt"
    other = folder / "results/classes/old"
    for path in (kept, gone, other):
        path.mkdir(parents=True)
    cache = folder / "results/private/cache"
    cache.mkdir()
    for name in ("E01-0123456789abcdef", "masked-E01-0123456789abcdef", "E02-0123456789abcdef"):
        (cache / f"{name}.parquet").touch()
    pl.DataFrame({"interview": ["E01"]}).write_parquet(folder / "results/private/turns.parquet")
    logs = folder / "logs/import_source"
    logs.mkdir(parents=True)
    for name in ("E01.txt.log", "E02.txt.log", "E02.txt.problem"):
        (logs / name).touch()
    study.sweep(folder, study.source_files(folder), ["ensemble"])
    assert kept.exists() and not gone.exists() and not other.exists()
    assert {study.cached_interview(p.name) for p in cache.iterdir()} == {"E01"}
    assert [p.name for p in logs.iterdir()] == ["E01.txt.log"]


def test_a_scaffolded_study_passes_all_checks_but_its_missing_interviews(tmp_path):
    import yaml

    schema = yaml.safe_load((PROGRAM / "workflow/schemas/config.schema.yaml").read_text(encoding="utf-8"))
    for path, text in scaffold.files(schema, "Mon étude", "2022-06-30", "key").items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    with pytest.raises(StudyError) as raised:
        study.check(tmp_path, PROGRAM)
    assert [p.what for p in raised.value.problems] == ["aucun entretien"]
    shutil.copy(tmp_path / "README.md", tmp_path / "resources/transcripts/E01.txt")
    assert study.check(tmp_path, PROGRAM).settings["study"]["title"] == "Mon étude"
