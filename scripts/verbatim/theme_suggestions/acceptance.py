"""Accepting suggestions: the decided rows of the proposal, kept in the study's file of decisions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from verbatim import decision_files, grid, recodings, step, tables
from verbatim.anchoring import documents
from verbatim.anchors import Document, holding, standing
from verbatim.class_names.reading import lines
from verbatim.decision_files import CHOICES, NO, YES
from verbatim.problems import Problem, StudyError, raise_all
from verbatim.theme_suggestions import decisions, proposal

PROPOSAL, TURNS, GRID = "results/proposals/suggestions.csv", "results/corpus/turns.parquet", "resources/grid.yaml"
NEEDED = ("interview", "turn", "quote", "theme", "decision")
Cells = dict[str, str]


def accept(folder: Path, file: str | None = None) -> str:
    """Add the decided rows of `file` (none: the proposal of the last run) to the study's decisions; say so in French.

    `oui`: the passage becomes a coding, of origin `suggested`, of the coder named; `non`: it is not suggested again.
    The words may be narrowed in `quote`, as long as they stand in the turn. All rows or, when one is faulty
    (StudyError), none. What stands in the file of decisions stays letter for letter.
    """
    data, shown = decision_files.proposal(folder, file, PROPOSAL)
    target = folder / decisions.PLACE
    before = target.read_bytes() if target.is_file() else None
    kept, problems = decisions.rows(before) if before else ([], [])
    raise_all(problems)
    known = {one.suggestion: one for one in kept}
    texts, themes = _texts(folder), _themes(folder)
    rows: list[Cells] = []
    done = left = 0
    for where, cells in lines(data, shown, NEEDED, proposal.COLUMNS, problems):
        choice = CHOICES.get(cells["decision"].lower())
        earlier = known.get(cells["suggestion"]) if cells["suggestion"] else None
        if choice == "":
            left += 1
        elif choice is None:
            problems.append(Problem(where, f"« decision » vaut « {cells['decision']} »", "oui | non | rien"))
        elif earlier and earlier.accepted == (choice == YES):
            done += 1
        elif earlier:
            what, mend = "cette suggestion est déjà décidée autrement", f"pour en changer, corrigez {earlier.place}"
            problems.append(Problem(where, what, "une seule décision", mend))
        else:
            rows += _row(where, {**cells, "decision": choice}, texts, themes, problems)
    raise_all(problems)
    text = decision_files.append(before, rows, decisions.COLUMNS) if rows else ""
    raise_all(decisions.rows(text.encode(), f"{decisions.PLACE} (une fois complété)")[1] if rows else [])
    if rows:
        step.write_text(target, text)
    return _told(rows, done, left, shown)


def _row(
    where: str, cells: Cells, texts: Mapping[str, Document], themes: set[str], problems: list[Problem]
) -> list[Cells]:
    """Return the row to keep, if it has no fault; the words and what holds them are read from the text as it is now."""
    faults = recodings.choice_faults(where, cells["theme"], themes)
    if cells["decision"] == YES and not cells["coder"]:
        mend = "écrivez dans la colonne coder le nom de qui l'accepte"
        faults.append(Problem(where, "une suggestion acceptée sans codeur", "un nom", mend))
    whole = texts.get(cells["interview"])
    turn, start = (int(cells[n]) if cells[n].isascii() and cells[n].isdecimal() else None for n in ("turn", "start"))
    span = standing(cells["quote"], turn, start or 0, whole) if whole and turn is not None else None
    if span is None:
        what = f"ces mots ne sont pas au tour {cells['turn']} de « {cells['interview']} » : « {cells['quote'][:60]} »"
        mend = "relancez make run si le texte a changé ; sinon recopiez les mots tels qu'ils y sont"
        faults.append(Problem(where, what, "des mots du tour", mend))
    problems += faults
    if faults or span is None or whole is None:
        return []
    held = holding(whole, span)
    words = {"before": held.before, "quote": held.quote, "after": held.after}
    own = {name: " ".join(text.split()) for name, text in words.items()}
    kept = {name: cells[name] for name in ("interview", "theme", "decision", "coder", "date", "note")}
    placed = {**kept, **own, "turn": str(span.turn), "start": str(span.start)}
    return [{**placed, "suggestion": cells["suggestion"] or decisions.own_id(placed)}]


def _texts(folder: Path) -> dict[str, Document]:
    try:
        return documents(tables.read("corpus/turns", folder / TURNS))
    except (FileNotFoundError, tables.TableError, pl.exceptions.PolarsError) as error:
        what = "ce résultat manque, ou une autre version l'a fait"
        raise StudyError(Problem(TURNS, what, "les entretiens de la dernière exécution", "lancez make run")) from error


def _themes(folder: Path) -> set[str]:
    path = folder / GRID
    return set(grid.read(path.read_text(encoding="utf-8-sig")).current) if path.is_file() else set()


def _told(rows: list[Cells], done: int, left: int, shown: str) -> str:
    counts = (
        (sum(row["decision"] == YES for row in rows), "acceptée", "acceptées"),
        (sum(row["decision"] == NO for row in rows), "refusée", "refusées"),
        (done, "décidée déjà", "décidées déjà"),
        (left, f"à décider encore dans {shown}", f"à décider encore dans {shown}"),
    )
    end = [f"Écrit dans {decisions.PLACE}.", "Relancez l'étude : make run"] if rows else ["Aucune décision à ranger."]
    return "\n".join(["Suggestions :", *decision_files.told(counts), *end])
