"""What was masked never stands in results/, not for a moment: each file is looked at before it takes its place."""

import io
import zipfile

import polars as pl
import pytest

from verbatim import step, tables
from verbatim.privacy import last_look, scanning
from verbatim.problems import StudyError


@pytest.fixture
def study(tmp_path, monkeypatch):
    empty = tables.empty("private/findings")
    columns = {name: [None] if kind != pl.String else [""] for name, kind in empty.schema.items()}
    numbers = {name: [0] for name, kind in empty.schema.items() if kind.is_numeric()}
    rows = pl.DataFrame({**columns, **numbers, "text": ["Kerdoncuff"], "kind": ["person"], "decision": ["mask"]})
    rows = rows.select(pl.col(name).cast(kind) for name, kind in empty.schema.items())
    monkeypatch.setattr(tables, "read", lambda name, path: rows)
    findings = tmp_path / "results/private/findings.parquet"
    findings.parent.mkdir(parents=True)
    findings.write_bytes(b"x")
    monkeypatch.setenv(step.MASKED, str(findings))
    return tmp_path / "results"


def zipped(text):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:t xmlns:w='x'>{text}</w:t>")
    return out.getvalue()


def test_a_file_with_a_masked_word_never_takes_its_place(study):
    step.write_text(study / "tables/a.csv", "avant")
    with pytest.raises(StudyError) as told:
        step.write_text(study / "tables/a.csv", "chez Kerdoncuff, oui")
    assert (study / "tables/a.csv").read_text(encoding="utf-8") == "avant"
    assert "Kerdoncuff" not in str(told.value) and "a.csv" in str(told.value)
    assert [path.name for path in (study / "tables").iterdir()] == ["a.csv"]
    assert "Kerdoncuff" in (study / "private/hits/a.csv.csv").read_text(encoding="utf-8")


def test_a_folder_is_refused_whole_and_the_old_one_stays(study):
    with step.whole_folder(study / "exports/coding") as folder:
        (folder / "A01.docx").write_bytes(zipped("oui"))
    with pytest.raises(StudyError, match=r"A02\.docx"), step.whole_folder(study / "exports/coding") as folder:
        (folder / "A02.docx").write_bytes(zipped("Kerdoncuff"))
    assert [path.name for path in (study / "exports/coding").iterdir()] == ["A01.docx"]


def test_a_name_of_file_is_read_too(study):
    with pytest.raises(StudyError), step.whole_folder(study / "exports/x") as folder:
        (folder / "P1 Kerdoncuff.txt").write_text("rien", encoding="utf-8")
    assert not (study / "exports/x").exists()


def test_private_files_other_words_and_work_by_hand_are_let_through(study, monkeypatch):
    step.write_text(study / "private/revue.html", "Kerdoncuff")
    step.write_text(study / "tables/b.csv", "kerdoncuff Kerdoncuffs")
    monkeypatch.delenv(step.MASKED)
    step.write_text(study / "tables/c.csv", "Kerdoncuff")
    assert (study / "tables/c.csv").exists()


def test_before_anything_was_decided_nothing_is_looked_for(study, tmp_path, monkeypatch):
    monkeypatch.setenv(step.MASKED, str(tmp_path / "absent.parquet"))
    step.write_text(study / "tables/d.csv", "Kerdoncuff")
    monkeypatch.setattr(scanning, "masked_words", lambda findings: {})
    last_look.refuse(study / "tables/d.csv", study / "tables/d.csv", study / "private/findings.parquet")


def test_words_that_the_program_writes_prove_nothing(study, monkeypatch):
    monkeypatch.setattr(scanning, "own_words", lambda program, words: set(words))
    step.write_text(study / "tables/e.csv", "Kerdoncuff")
    assert (study / "tables/e.csv").exists()
