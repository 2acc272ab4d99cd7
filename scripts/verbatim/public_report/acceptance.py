"""Accepting signatures: the decided rows of the proposal, kept in resources/privacy/publishable.csv."""

from __future__ import annotations

from pathlib import Path

from verbatim import decision_files, step
from verbatim.class_names.reading import lines
from verbatim.problems import Problem, raise_all
from verbatim.public_report import signed_list

PROPOSAL = "results/proposals/publishable.csv"


def accept(folder: Path, file: str | None = None) -> str:
    """Add the signed rows of `file` (none: the proposal of the last run) to the signed list; say so in French.

    All of them or, when one is faulty (StudyError), none. What stands in the list stays letter for letter; a passage
    that it holds already with the same decision is passed over, with another one it is a fault.
    """
    data, shown = decision_files.proposal(folder, file, PROPOSAL)
    target = folder / signed_list.PLACE
    before = target.read_bytes() if target.is_file() else None
    standing, problems = signed_list.read(before) if before else ([], [])
    raise_all(problems)
    known = {one.passage: one for one in standing}
    new, problems = signed_list.read(data, shown)
    cells = dict(lines(data, shown, signed_list.NEEDED, signed_list.COLUMNS, []))
    rows = []
    for one in new:
        if one.passage not in known:
            rows.append({**cells[one.place], "decision": one.decision})
        elif known[one.passage].decision != one.decision:
            what = f"ce passage est déjà signé autrement ({known[one.passage].place})"
            mend = f"pour en changer, corrigez cette ligne de {signed_list.PLACE}"
            problems.append(Problem(one.place, what, known[one.passage].decision, mend))
    raise_all(problems)
    if not rows:
        return f"Rien n'a changé dans {signed_list.PLACE}."
    step.write_text(target, decision_files.append(before, rows, signed_list.COLUMNS[:8]))
    n = {word: sum(row["decision"] == word for row in rows) for word in signed_list.DECISIONS}
    told = decision_files.told(
        (
            (n[signed_list.WHOLE], "verbatim à montrer entier", "verbatims à montrer entiers"),
            (n[signed_list.SHORT], "verbatim à montrer raccourci", "verbatims à montrer raccourcis"),
            (n[signed_list.NEVER], "verbatim à ne jamais montrer", "verbatims à ne jamais montrer"),
            (len(new) - len(rows), "déjà signé", "déjà signés"),
        )
    )
    return "\n".join([f"{signed_list.PLACE} :", *told, "Relancez l'étude : make run"])
