import polars as pl
import pytest
from openpyxl import Workbook

from coded_study import WORD
from verbatim import tables, withdrawal
from verbatim.problems import StudyError


@pytest.fixture
def folder(tmp_path):
    files = {
        "resources/transcripts/un.txt": "E01 : bonjour",
        "resources/transcripts/deux.txt": "E02 : bonsoir",
        "resources/interviews.csv": "interview,file\nE01,un.txt\nE02,deux.txt\n",
        "resources/codings/x/c.csv": 'interview;quote\nE01;bonjour\nE02;"bon;soir"\n',
        "resources/accepted/tous/segments.csv": "interview,segment,class\nE02,1,1\nE01,1,2\n",
        "resources/accepted/tous/profiles.csv": "class,digest,chi2\n1,ab,4.5\n",
        "results/README.md": "x",
        "results/corpus/turns.parquet": "x",
        "results/private/cache/E01-0123456789abcdef.parquet": "x",
        "results/private/cache/E02-0123456789abcdef.parquet": "x",
        "logs/a.log": "E01",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def test_every_trace_goes_and_the_rest_stays(folder):
    traces = withdrawal.find(folder, "E01")
    told = withdrawal.tell(traces, folder)
    assert "un.txt" in told and "c.csv" in told
    assert (folder / "resources/transcripts/un.txt").exists()
    withdrawal.remove(traces, folder, "E01")
    left = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert left == {
        "resources/transcripts/deux.txt",
        "resources/interviews.csv",
        "resources/codings/x/c.csv",
        "resources/accepted/tous/segments.csv",
        "resources/accepted/tous/profiles.csv",
        "results/README.md",
        "results/private/cache/E02-0123456789abcdef.parquet",
    }
    assert (folder / "resources/interviews.csv").read_text() == "interview,file\nE02,deux.txt\n"
    assert (folder / "resources/codings/x/c.csv").read_text() == 'interview;quote\nE02;"bon;soir"\n'
    assert (folder / "resources/accepted/tous/segments.csv").read_text() == "interview,segment,class\nE02,1,1\n"
    assert (folder / "resources/accepted/tous/profiles.csv").read_text() == "class,digest,chi2\n1,ab,4.5\n"


def test_an_unknown_interview_and_a_shared_file_are_said(folder):
    with pytest.raises(StudyError, match="aucun entretien"):
        withdrawal.find(folder, "E09")
    (folder / "resources/interviews.csv").write_text("interview,file\nE01,un.txt\nE02,un.txt\n")
    with pytest.raises(StudyError, match="contient d'autres entretiens"):
        withdrawal.find(folder, "E01")


def test_files_of_codings_go_too_and_those_that_hold_others_are_a_persons(folder):
    coded = folder / "resources/codings/x"
    (coded / "c.csv").write_text("Entretien;Verbatim\nE01;bonjour\nE02;bonsoir\n", encoding="utf-8")
    for name, data in (("E01.docx", WORD["E01"]), ("sans nom.docx", WORD["E01"]), ("autre.docx", WORD["E02"])):
        (coded / name).write_bytes(data)
    (coded / "etude.qdpx").write_bytes(b"PK")
    traces = withdrawal.find(folder, "E01")
    assert "etude.qdpx" in withdrawal.tell(traces, folder)
    withdrawal.remove(traces, folder, "E01")
    assert sorted(path.name for path in coded.iterdir()) == ["autre.docx", "c.csv", "etude.qdpx"]
    assert "E01" not in (coded / "c.csv").read_text(encoding="utf-8")


def test_a_workbook_of_codings_with_its_rows_is_said(folder):
    book = Workbook()
    for row in (("Entretien", "Verbatim", "Thème"), ("E01", "bonjour", "t"), ("E02", "bonsoir", "t")):
        book.active.append(row)
    book.save(folder / "resources/codings/x/c.xlsx")
    with pytest.raises(StudyError, match="1 ligne"):
        withdrawal.find(folder, "E01")


def test_signed_verbatims_go_and_findings_that_cite_it_are_said(folder):
    signed = folder / "resources/privacy/publishable.csv"
    signed.parent.mkdir(exist_ok=True)
    signed.write_text("passage;decision;signed;interview;quote\nv-1;entier;MD;E01;bonjour\nv-2;jamais;MD;E02;bonsoir\n")
    assert withdrawal.find(folder, "E01").unsure == []
    (folder / "resources/findings.yaml").write_text("- sentence: x\n")
    assert "resources/findings.yaml" in withdrawal.tell(withdrawal.find(folder, "E01"), folder)
    cited = tables.empty("themes/finding_passages")
    row = {n: [""] if kind == pl.String else [7] for n, kind in cited.schema.items()} | {"interview": ["E01"]}
    row |= {"side": ["rests_on"], "status": ["stands"]}
    table = pl.DataFrame(row).select(pl.col(n).cast(kind) for n, kind in cited.schema.items())
    path = folder / withdrawal.CITED
    path.parent.mkdir(parents=True, exist_ok=True)
    table.write_parquet(path)
    traces = withdrawal.find(folder, "E01")
    assert traces.unsure == ["resources/findings.yaml, ligne 7"]
    assert withdrawal.find(folder, "E02").unsure == []
    withdrawal.remove(traces, folder, "E01")
    assert signed.read_text() == "passage;decision;signed;interview;quote\nv-2;jamais;MD;E02;bonsoir\n"
