"""Moving what a person decided into the study's file of decisions."""

from __future__ import annotations

import datetime
from pathlib import Path

from verbatim import settings, step
from verbatim.privacy import decisions
from verbatim.problems import Problem, StudyError

DECISIONS, KEY, PROPOSAL = "resources/privacy/decisions.csv", decisions.KEY, "results/private/propositions.csv"


def accept(folder: Path, file: str | None = None) -> str:
    """Move the decided rows of `file` (none: the proposal of the last run) of the study in `folder`; say so in French.

    All of them or, when one is faulty (StudyError), none. A type decided before is decided anew.
    """
    source = folder / Path(file or PROPOSAL).expanduser()
    shown = file or PROPOSAL
    if not source.is_file():
        mend = "lancez l'étude (make run), ou donnez le chemin entier du fichier téléchargé : FILE=/…/decisions….csv"
        raise StudyError(Problem(shown, "ce fichier n'existe pas", "les décisions de la page de revue", mend))
    target = folder / DECISIONS
    key = decisions.read_key((folder / KEY).read_bytes() if (folder / KEY).is_file() else None)
    standing = decisions.read(target.read_bytes(), DECISIONS, key) if target.is_file() else []
    decided, n_left = decisions.read_decided(source.read_bytes(), shown, key)
    text = decisions.to_csv(decisions.join(standing, decided, study_date(folder)))
    decisions.read(text.encode(), f"{DECISIONS} (une fois complété)", key)
    step.write_text(target, text)
    moved = "1 décision rangée" if len(decided) == 1 else f"{len(decided)} décisions rangées"
    left = (
        f"Il en reste {n_left} à prendre dans {shown}." if n_left else f"Il n'en reste aucune à prendre dans {shown}."
    )
    return f"{moved} dans {DECISIONS}. {left}\nRelancez l'étude : make run"


def study_date(folder: Path) -> str:
    """Return the date of the study in `folder`; of today when its settings tell none."""
    config = folder / "config.yaml"
    values = settings.parse(config.read_text(encoding="utf-8-sig"), config.name)[0] if config.is_file() else {}
    study = values.get("study") if isinstance(values, dict) else None
    date = study.get("date") if isinstance(study, dict) else None
    return str(date or datetime.date.today().isoformat())
