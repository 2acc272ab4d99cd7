"""Accepting recodings: the themes that a person chose for codings of a split theme, kept in a file of decisions."""

from __future__ import annotations

from pathlib import Path

from verbatim import decision_files, grid, recodings, step
from verbatim.class_names.reading import lines
from verbatim.problems import Problem, StudyError, raise_all
from verbatim.recodings import COLUMNS, DECIDED, PLACE

PROPOSAL, GRID = "results/proposals/recodings.csv", "resources/grid.yaml"


def accept(folder: Path, file: str | None = None) -> str:
    """Add the rows of `file` (none: the proposal of the last run) whose `theme` is filled to the decisions.

    Says so in French. The theme is one of the parts of the split theme, or the one that counts its codings meanwhile.
    All rows or, when one is faulty (StudyError), none; the coders' files are not touched.
    """
    data, shown = decision_files.proposal(folder, file, PROPOSAL)
    declared = _grid(folder)
    target = folder / PLACE
    standing = target.read_bytes() if target.is_file() else None
    known = recodings.decisions(standing, declared) if standing else {}
    problems: list[Problem] = []
    rows, done, left = [], 0, 0
    for where, cells in lines(data, shown, ("coding", "was", "theme"), COLUMNS, problems):
        if not cells["theme"]:
            left += 1
        elif known.get(cells["coding"]) == cells["theme"]:
            done += 1
        else:
            problems += _faults(where, cells, declared, known)
            known[cells["coding"]] = cells["theme"]
            rows.append({name: cells[name] for name in DECIDED})
    raise_all(problems)
    if rows:
        step.write_text(target, decision_files.append(standing, rows, DECIDED))
    counts = (
        (len(rows), "codage réparti", "codages répartis"),
        (done, "l'était déjà", "l'étaient déjà"),
        (left, f"à décider encore dans {shown}", f"à décider encore dans {shown}"),
    )
    end = [f"Écrit dans {PLACE}.", "Relancez l'étude : make run"] if rows else ["Aucune décision à ranger."]
    return "\n".join(["Codages de thèmes partagés :", *decision_files.told(counts), *end])


def _grid(folder: Path) -> grid.Grid:
    path = folder / GRID
    if not path.is_file():
        raise StudyError(Problem(GRID, "ce fichier n'existe pas", "la grille de l'étude"))
    return grid.read(path.read_text(encoding="utf-8-sig"))


def _faults(where: str, cells: dict[str, str], declared: grid.Grid, known: dict[str, str]) -> list[Problem]:
    if not cells["coding"]:
        return [
            Problem(where, "la case « coding » est vide", "", "laissez la colonne coding telle qu'elle est proposée")
        ]
    before = known.get(cells["coding"])
    if before is not None and before not in declared.parts:
        what = f"le codage « {cells['coding']} » est déjà décidé : « {before} »"
        return [Problem(where, what, "une seule décision", f"pour en changer, corrigez sa ligne dans {PLACE}")]
    was = before or cells["was"]
    if was not in declared.parts:
        what = f"le thème « {was} » n'est pas partagé dans la grille"
        return [
            Problem(where, what, " | ".join(sorted(declared.parts)), "relancez make run pour une nouvelle proposition")
        ]
    return recodings.choice_faults(where, cells["theme"], {*declared.parts[was], declared.current[was]})
