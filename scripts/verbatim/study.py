"""What a study's folder holds, before any step runs: settings, source files, codings.

The only module that knows the layout of a study; the Snakefile and the commands beside it use it.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import yaml

from verbatim.class_names import reading as class_names
from verbatim.problems import Problem, StudyError, raise_all
from verbatim.settings import load

TRANSCRIPTS = Path("resources/transcripts")
CODINGS = Path("resources/codings")
INTERVIEWS = tuple(f"resources/interviews.{ending}" for ending in ("csv", "xlsx", "ods"))
CLASS_NAMES = Path("resources/class_names.csv")
# folders of results/exports that are of the whole study
EXPORTS = ("coding", "sheets", "texts")
KEY = Path("resources/privacy/study.key")
IGNORED = {"README.md", "LISEZMOI.md", "Thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class Study:
    """A study that passed its first checks.

    `settings`: complete; `sources`: identifier -> path of each source file; `codings`: files of
    codings; `interviews`: the table of interviews and attributes. Paths are relative to the study's folder.
    """

    settings: dict
    sources: dict[str, str]
    codings: list[str]
    interviews: str = "resources/interviews.csv"


def check(folder: Path, program: Path, overrides: dict | None = None) -> Study:
    """Return the study in `folder`, checked by what comes with the `program`.

    Raises StudyError with all faults that show before any step: no config.yaml, wrong settings, no
    transcripts, no attribute table.
    """
    problems: list[Problem] = []
    settings: dict = {}
    try:
        settings = _settings(folder, program, overrides)
    except StudyError as error:
        problems += error.problems
    sources = source_files(folder)
    if not sources:
        mend = f"déposez vos transcriptions dans {TRANSCRIPTS}/"
        problems.append(Problem(str(TRANSCRIPTS), "aucun entretien", "au moins un fichier", mend))
    interviews = interview_tables(folder)
    if not interviews:
        mend = "une ligne par participant : interview,file,part,speaker,role,panel,…"
        problems.append(Problem(INTERVIEWS[0], "la table des entretiens manque", "un fichier CSV, Excel ou ODS", mend))
    elif len(interviews) > 1:
        mend = "gardez celle qui est à jour, ôtez l'autre"
        problems.append(Problem(" et ".join(interviews), "deux tables des entretiens", "une seule", mend))
    if not (folder / KEY).is_file():
        what = "la clé de l'étude manque : les décisions de confidentialité y sont liées"
        make = "python3 -c 'import secrets; print(secrets.token_hex(32))'"
        mend = f"remettez-la si l'étude en avait une ; sinon : {make} > {KEY}"
        problems.append(Problem(str(KEY), what, "un texte secret d'au moins 32 caractères", mend))
    try:
        _class_names(folder, settings)
    except StudyError as error:
        problems += error.problems
    raise_all(problems)
    return Study(settings, sources, coding_files(folder), interviews[0])


def interview_tables(folder: Path) -> list[str]:
    """Return the tables of interviews and attributes that are in the study: one, if all is well."""
    return [name for name in INTERVIEWS if (folder / name).is_file()]


def _class_names(folder: Path, settings: dict) -> None:
    path = folder / CLASS_NAMES
    if path.is_file():
        class_names.read(path.read_bytes(), analyses=settings.get("analyses"))


def _settings(folder: Path, program: Path, overrides: dict | None) -> dict:
    path = folder / "config.yaml"
    if not path.is_file():
        mend = "lancez la commande dans le dossier de l'étude, ou créez-en une : make study DIR=../mon-etude"
        raise StudyError(Problem("config.yaml", f"introuvable dans {folder}", "le fichier des réglages", mend))
    schema = yaml.safe_load((program / "workflow/schemas/config.schema.yaml").read_text(encoding="utf-8"))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        place = f"config.yaml, octet {error.start}"
        raise StudyError(Problem(place, "ce n'est pas de l'UTF-8", "", "enregistrez le fichier en UTF-8")) from error
    return load(text, schema, "config.yaml", overrides)


def source_files(folder: Path) -> dict[str, str]:
    """Return identifier -> path relative to `folder` of every transcript, sorted by path."""
    root = folder / TRANSCRIPTS
    found = sorted(p.relative_to(root) for p in root.rglob("*") if p.is_file()) if root.is_dir() else []
    kept = [p for p in found if p.name not in IGNORED and not any(part.startswith((".", "~$")) for part in p.parts)]
    return {source_name(p.as_posix()): (TRANSCRIPTS / p).as_posix() for p in kept}


def source_name(path: str) -> str:
    """Return the identifier of a source file: its name where that is plain, else a slug with a hash.

    The identifier depends on the name alone, never on the other files.
    """
    if re.fullmatch(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9]+)?", path):
        return path
    plain = unicodedata.normalize("NFKD", path).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^A-Za-z0-9_-]+", "_", plain).strip("_")[:40]
    return f"{slug}-{hashlib.sha256(path.encode()).hexdigest()[:8]}"


def coding_files(folder: Path) -> list[str]:
    """Return the files of all coders (resources/codings/<coder>/…), relative to `folder`, sorted.

    Of a QualCoder project, a folder X.qda, its database only.
    """
    root = folder / CODINGS
    found = [p for p in root.rglob("*") if p.is_file()] if root.is_dir() else []
    return sorted(
        p.relative_to(folder).as_posix()
        for p in found
        if p.parent != root
        and p.name not in IGNORED
        and not p.name.startswith((".", "~$"))
        and (p.name == "data.qda" or not any(up.suffix.lower() == ".qda" for up in p.parents))
    )


def problems_told(logs: Path) -> str:
    """Return the paragraphs that failed steps left beside their logs, in the order of the logs."""
    return "\n\n".join(p.read_text(encoding="utf-8").rstrip() for p in sorted(logs.rglob("*.problem")))


def sweep(folder: Path, sources: dict[str, str], analyses: list[str]) -> None:
    """Remove what earlier runs left of sources, interviews and analyses that the study no longer has."""
    results = folder / "results"
    _sweep_interviews(folder, sources)
    for parent, known in (
        (results / "private/sources", set(sources)),
        (results / "lexicon", set(analyses)),
        (results / "classes", set(analyses)),
        (results / "graphs", set(analyses)),
        (results / "figures", set(analyses)),
        (results / "private/classes", set(analyses)),
        (results / "exports", {*analyses, *EXPORTS}),
        (results / "themes", set(analyses)),
        *((results / "tables" / stage, set(analyses)) for stage in ("lexicon", "classes", "graphs", "themes")),
    ):
        for path in parent.iterdir() if parent.is_dir() else ():
            if path.is_dir() and path.name not in known:
                shutil.rmtree(path)
    for path in (results / "proposals").glob("class_names_*.csv"):
        if path.stem.removeprefix("class_names_") not in analyses:
            path.unlink()


def _sweep_interviews(folder: Path, sources: dict[str, str]) -> None:
    private = folder / "results/private"
    for log in (folder / "logs/import_source").glob("*.*"):
        if log.stem not in sources:
            log.unlink()
    if not (private / "turns.parquet").is_file():
        return
    known = set(pl.read_parquet(private / "turns.parquet", columns=["interview"])["interview"])
    for path in (private / "cache").glob("*.parquet"):
        if cached_interview(path.name) not in known:
            path.unlink()


def cached_interview(name: str) -> str | None:
    """Return the interview whose annotation a file of the cache holds; None for another file."""
    found = re.fullmatch(r"(?:masked-)?(.+)-[0-9a-f]{16}\.parquet", name)
    return found[1] if found else None
