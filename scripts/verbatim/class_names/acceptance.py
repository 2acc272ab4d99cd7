"""Accepting the classes of a run: its names, its merges, and what later runs are compared with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from verbatim import settings, step, tables
from verbatim.class_names import accepted, proposal, reading
from verbatim.class_names.decided import AGAIN, Decided, decide
from verbatim.class_names.marking import marking_forms
from verbatim.class_names.reading import PLACE, Row
from verbatim.problems import Problem, nearest, raise_all

KEY = "resources/privacy/study.key"
PROPOSALS = "results/proposals"
ACCEPTED = "resources/accepted"


@dataclass
class _Study:
    """The study in `folder`: its analyses (None: its settings cannot be read), its date, what was found wrong."""

    folder: Path
    analyses: list[str] | None
    date: str
    problems: list[Problem] = field(default_factory=list)

    def table(self, name: str, analysis: str | None = None) -> pl.DataFrame | None:
        """Return a table of the results, or None, with a problem, where it is not there as declared."""
        stage, _, own = name.partition("/")
        place = "/".join(["results", stage, *([analysis] if analysis else []), f"{own}.parquet"])
        try:
            return tables.read(name, self.folder / place)
        except (FileNotFoundError, tables.TableError, pl.exceptions.PolarsError):
            what = "ce résultat manque, ou une autre version l'a fait"
            self.problems.append(Problem(place, what, "les classes de la dernière exécution", AGAIN))
            return None


def accept(folder: Path, file: str | None = None) -> str:
    """Accept the classes of the study in `folder`, with the names written in `file`; say so in French.

    Without `file`, with those of the proposals of all analyses, in results/proposals/. All of them or, on
    any fault (StudyError), none: a proposal must be of the present results and of the present
    class_names.csv. An analysis whose proposal nobody touched, though names wait there for a decision,
    is left alone. What is accepted goes to resources/accepted/<analysis>/ and class_names.csv.
    """
    study = _open(folder)
    data = (folder / PLACE).read_bytes() if (folder / PLACE).is_file() else None
    standing = reading.read(data, PLACE) if data else []
    found = [_decide(study, *given, standing) for given in _proposals(study, file)]
    raise_all(study.problems)
    decisions = [one for one in found if one and one.rows is not None]
    told = [one.told for one in found if one]
    if not decisions:
        return "\n".join(told or ["Aucune classe à accepter."])
    text = reading.to_csv(_joined(standing, decisions), data)
    reading.read(text.encode(), f"{PLACE} (une fois complété)")
    files = {}
    for one in decisions:
        files |= _accepted_files(study, one)
    raise_all(study.problems)
    # Names last: until then they refer to the run accepted before, and stand nowhere rather than elsewhere.
    for path, content in [*files.items(), (PLACE, text)]:
        step.write_text(folder / path, content)
    return "\n".join([*told, "Relancez l'étude : make run"])


def _open(folder: Path) -> _Study:
    config = folder / "config.yaml"
    values = settings.parse(config.read_text(encoding="utf-8-sig"), config.name)[0] if config.is_file() else {}
    values = values if isinstance(values, dict) else {}
    analyses, study = values.get("analyses"), values.get("study")
    date = study.get("date") if isinstance(study, dict) else None
    return _Study(folder, sorted(analyses) if isinstance(analyses, dict) else None, str(date or ""))


def _proposals(study: _Study, file: str | None) -> Iterator[tuple[str, str, proposal.Token | None, list[Row]]]:
    """Yield (place, analysis, token, rows) of what is to be accepted."""
    paths = [study.folder / Path(file).expanduser()] if file else _written(study)
    for path in paths:
        place = file or path.relative_to(study.folder).as_posix()
        if not path.is_file():
            mend = (
                "lancez l'étude (make run), ou donnez le chemin entier du fichier téléchargé : FILE=/…/class_names….csv"
            )
            study.problems.append(Problem(place, "ce fichier n'existe pas", "la proposition complétée", mend))
            continue
        for analysis, (token, rows) in proposal.read(path.read_bytes(), place, study.problems).items():
            if study.analyses is not None and analysis not in study.analyses:
                near = nearest(analysis, study.analyses)
                mend = f"vouliez-vous « {near} » ?" if near else "retirez ces lignes"
                what = f"analyse inconnue « {analysis} »"
                study.problems.append(Problem(place, what, " | ".join(study.analyses), mend))
            else:
                yield place, analysis, token, rows


def _written(study: _Study) -> list[Path]:
    """Return the proposals of the study's analyses; the folder's pattern when there is none."""
    root = study.folder / PROPOSALS
    found = sorted(root.glob("class_names_*.csv"))
    known = [
        path for path in found if study.analyses is None or path.stem.removeprefix("class_names_") in study.analyses
    ]
    return known or [root / "class_names_….csv"]


def _decide(
    study: _Study, place: str, analysis: str, token: proposal.Token | None, rows: list[Row], standing: list[Row]
) -> Decided | None:
    classes, names = study.table("classes/segments", analysis), study.table("classes/names", analysis)
    if classes is None or names is None or token is None:
        return None
    own = [row for row in standing if row.analysis == analysis]
    return decide(place, analysis, token, rows, own, classes, names, study.date, study.problems)


def _joined(standing: list[Row], decisions: list[Decided]) -> list[Row]:
    """Return the rows of class_names.csv, those of each analysis decided in the place of the first it had."""
    new = {one.analysis: one.rows for one in decisions}
    joined: list[Row] = []
    for row in standing:
        joined += new.pop(row.analysis, []) if row.analysis in {one.analysis for one in decisions} else [row]
    return [*joined, *(row for rows in new.values() for row in rows)]


def _accepted_files(study: _Study, decided: Decided) -> dict[str, str]:
    """Return path -> text of the accepted run of an analysis."""
    key = (study.folder / KEY).read_bytes() if (study.folder / KEY).is_file() else b""
    if not key.strip():
        mend = "remettez la clé de l'étude : les empreintes y sont liées"
        study.problems.append(Problem(KEY, "la clé de l'étude manque", "un texte secret", mend))
    classes = study.table("classes/segments", decided.analysis)
    profiles = study.table("classes/profiles", decided.analysis)
    corpus = study.table("corpus/segments")
    if classes is None or profiles is None or corpus is None:
        return {}
    merges = [(row.number, row.merge_with) for row in decided.rows if row.merge_with is not None]
    placed = accepted.placed_segments(classes, corpus, key)
    root = f"{ACCEPTED}/{decided.analysis}"
    return {
        f"{root}/segments.csv": accepted.segments_csv(placed, accepted.run_name(classes)),
        f"{root}/profiles.csv": accepted.profiles_csv(marking_forms(profiles, classes, merges), key),
    }
