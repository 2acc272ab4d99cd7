"""Withdrawing an interview: every trace of it in what people wrote, and in what was made."""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from verbatim import tables
from verbatim.codings import withdrawn
from verbatim.codings.sheets import column
from verbatim.problems import Problem, StudyError, raise_all
from verbatim.study import cached_interview, coding_files

ROW_FILES = (
    "resources/interviews.csv",
    "resources/codings/**/*.csv",
    "resources/accepted/**/*.csv",
    "resources/decisions/*.csv",
    "resources/privacy/publishable.csv",
)
FINDINGS, CITED = "resources/findings.yaml", "results/themes/finding_passages.parquet"


@dataclass
class Traces:
    """Where an interview stands: files to delete, and rows to delete (path -> text that stays).

    `unsure`: what a person must look at: files of codings of which nothing tells whether they hold it, findings that
    cite it.
    """

    files: list[Path] = field(default_factory=list)
    rows: dict[Path, str] = field(default_factory=dict)
    n_rows: dict[Path, int] = field(default_factory=dict)
    unsure: list[str] = field(default_factory=list)


def find(folder: Path, interview: str) -> Traces:
    """Return every trace of `interview` in what people wrote.

    Raises StudyError when interviews.csv does not know it, or when its source file, or a workbook of codings, holds
    other interviews too (that file is a person's to edit).
    """
    table = folder / "resources/interviews.csv"
    if not table.is_file():
        mend = "retirez-en vous-même la ligne et la transcription, ou enregistrez la table en CSV"
        raise StudyError(Problem(str(table), "la table des entretiens n'est pas en CSV", "un fichier CSV", mend))
    rows = _rows(table.read_text(encoding="utf-8-sig"))
    own = {row.get("file", "") for row in rows if row.get("interview") == interview}
    others = {row.get("file", "") for row in rows if row.get("interview") != interview}
    if not any(row.get("interview") == interview for row in rows):
        raise StudyError(Problem("resources/interviews.csv", f"aucun entretien « {interview} »"))
    shared = sorted(own & others)
    if shared:
        mend = f"retirez-en vous-même la partie de « {interview} », puis relancez cette commande"
        what = "ce fichier contient d'autres entretiens"
        raise StudyError([Problem(f"resources/transcripts/{name}", what, "", mend) for name in shared])
    traces = Traces(files=[p for f in sorted(own) if f and (p := folder / "resources/transcripts" / f).is_file()])
    for pattern in ROW_FILES:
        for path in sorted(folder.glob(pattern)):
            _find_rows(path, interview, traces)
    _find_coded(folder, interview, traces)
    traces.unsure += _citing(folder, interview)
    return traces


def _citing(folder: Path, interview: str) -> list[str]:
    """Return the findings that cite words of the interview, as the last run found them (the file, where none did)."""
    if not (folder / FINDINGS).is_file():
        return []
    if not (folder / CITED).is_file():
        return [FINDINGS]
    cited = tables.read("themes/finding_passages", folder / CITED).filter(interview=interview)
    return [f"{FINDINGS}, ligne {line}" for line in cited["line"].unique().sort()]


def _find_coded(folder: Path, interview: str, traces: Traces) -> None:
    held = withdrawn.holding({name: (folder / name).read_bytes() for name in coding_files(folder)}, interview)
    raise_all(held.shared)
    traces.files += [folder / name for name in held.own]
    traces.unsure = held.unsure


def _dialect(text: str) -> str:
    head = text.splitlines()[0] if text else ""
    return ";" if head.count(";") > head.count(",") else ","


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=_dialect(text)))


def _find_rows(path: Path, interview: str, traces: Traces) -> None:
    text = path.read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=_dialect(text)))
    names = [column(name) for name in rows[0]] if rows else []
    if "interview" not in names:
        return
    place = names.index("interview")
    kept = [row for row in rows if len(row) <= place or row[place] != interview]
    if len(kept) < len(rows):
        out = io.StringIO()
        csv.writer(out, delimiter=_dialect(text), lineterminator="\n").writerows(kept)
        traces.rows[path] = out.getvalue()
        traces.n_rows[path] = len(rows) - len(kept)


def tell(traces: Traces, folder: Path) -> str:
    """Return in French what would go."""
    lines = [f"  fichier supprimé : {path.relative_to(folder)}" for path in traces.files]
    lines += [f"  {n} ligne(s) retirée(s) : {path.relative_to(folder)}" for path, n in traces.n_rows.items()]
    lines += [f"  à reprendre vous-même (il peut contenir l'entretien) : {name}" for name in traces.unsure]
    made = "  tout ce qui est fait : results/ (sauf l'annotation des autres entretiens), logs/, .snakemake/"
    return "\n".join([*lines, made])


def remove(traces: Traces, folder: Path, interview: str) -> None:
    """Remove the traces.

    Results, logs and Snakemake's memory go whole, since any of them may name the interview; only the
    annotation of the other interviews stays, which spares its cost and holds nothing of this one.
    """
    for path, text in traces.rows.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    for path in traces.files:
        path.unlink()
    for path in sorted((folder / "results").rglob("*"), reverse=True):
        if path.is_file() and not _stays(path.relative_to(folder / "results").as_posix(), interview):
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    for name in ("logs", ".snakemake"):
        shutil.rmtree(folder / name, ignore_errors=True)


def _stays(path: str, interview: str) -> bool:
    if path == "README.md":
        return True
    folder, _, name = path.rpartition("/")
    return folder == "private/cache" and cached_interview(name) not in (None, interview)
