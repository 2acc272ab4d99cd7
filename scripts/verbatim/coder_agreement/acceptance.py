"""Accepting decisions between coders: the decided rows of the proposal, kept in the study's file of decisions."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from verbatim import decision_files, step, tables
from verbatim.class_names.reading import lines
from verbatim.coder_agreement import decisions, proposal
from verbatim.coder_agreement.discordances import discordance
from verbatim.problems import Problem, StudyError, raise_all

PROPOSAL, CODINGS = "results/proposals/discordances.csv", "results/themes/codings.parquet"
NEEDED = ("interview", "decision", "coding", "other_coding", "other_coder")
Cells = dict[str, str]


def accept(folder: Path, file: str | None = None) -> str:
    """Add the decided rows of `file` (none: the proposal of the last run) to the study's decisions; say so in French.

    `premier`: the first passage counts, the other is set aside; `second`: the other way round, or, where only one
    coded, its passage is set aside; `les deux`: both count; `aucun`: neither does. All rows or, when one is faulty
    (StudyError), none. What stands in the file of decisions stays letter for letter.
    """
    data, shown = decision_files.proposal(folder, file, PROPOSAL)
    target = folder / decisions.PLACE
    before = target.read_bytes() if target.is_file() else None
    kept, problems = decisions.read(before) if before else ([], [])
    raise_all(problems)
    known = {one.discordance: one for one in kept}
    codings = _codings(folder)
    rows: list[Cells] = []
    done = left = 0
    for where, cells in lines(data, shown, NEEDED, proposal.COLUMNS, problems):
        chosen = decisions.choice(where, cells, problems)
        name = discordance(cells["coding"], cells["other_coding"] or None, cells["other_coder"])
        if chosen == "":
            left += 1
        elif chosen and name in known:
            done += known[name].decision == chosen
            if known[name].decision != chosen:
                what, mend = "cette discordance est déjà décidée autrement", f"corrigez {known[name].place}"
                problems.append(Problem(where, what, "une seule décision", f"pour en changer, {mend}"))
        elif chosen:
            rows.append({**cells, "decision": chosen, "discordance": name})
            problems += _gone(where, cells, codings)
    raise_all(problems)
    text = decision_files.append(before, rows, decisions.COLUMNS) if rows else ""
    raise_all(decisions.read(text.encode(), f"{decisions.PLACE} (une fois complété)")[1] if rows else [])
    if rows:
        step.write_text(target, text)
    return _told(rows, done, left, shown)


def _codings(folder: Path) -> set[str]:
    try:
        return set(tables.read("themes/codings", folder / CODINGS)["coding"])
    except (FileNotFoundError, tables.TableError, pl.exceptions.PolarsError) as error:
        what = "ce résultat manque, ou une autre version l'a fait"
        raise StudyError(Problem(CODINGS, what, "les codages de la dernière exécution", "lancez make run")) from error


def _gone(where: str, cells: Cells, codings: set[str]) -> list[Problem]:
    names = [name for name in (cells["coding"], cells["other_coding"]) if name and name not in codings]
    mend = "relancez make run : une nouvelle proposition sera faite"
    return [Problem(where, f"le codage « {name} » n'existe plus", "un codage de l'étude", mend) for name in names]


def _told(rows: list[Cells], done: int, left: int, shown: str) -> str:
    n = {word: sum(row["decision"] == word for row in rows) for word in decisions.FRENCH}
    said = decision_files.told(
        (
            (n[decisions.FIRST], "décision pour le premier", "décisions pour le premier"),
            (n[decisions.SECOND], "décision pour le second", "décisions pour le second"),
            (n[decisions.BOTH], "décision pour les deux", "décisions pour les deux"),
            (n[decisions.NEITHER], "décision pour aucun", "décisions pour aucun"),
            (done, "déjà décidée", "déjà décidées"),
            (left, f"à décider encore dans {shown}", f"à décider encore dans {shown}"),
        )
    )
    if not rows:
        return "\n".join([f"Rien n'a changé dans {decisions.PLACE}.", *said])
    return "\n".join([f"{decisions.PLACE} :", *said, "Relancez l'étude : make run"])
