"""What a person decided in the proposal of an analysis: the rows of names that follow from it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import polars as pl

from verbatim.class_names.accepted import run_name
from verbatim.class_names.proposal import SHOWN_WORDS, Token, cells_digest, names_digest
from verbatim.class_names.reading import PLACE, Row, circles
from verbatim.class_names.standing import MATCHED
from verbatim.problems import Problem

AGAIN = "relancez l'étude (make run), puis repartez de la nouvelle proposition"


@dataclass(frozen=True)
class Decided:
    """The rows of class_names.csv of an analysis (None: nothing to accept) and a French line to say it."""

    analysis: str
    rows: list[Row] | None
    told: str


def decide(
    place: str,
    analysis: str,
    token: Token,
    rows: Sequence[Row],
    own: Sequence[Row],
    classes: pl.DataFrame,
    names: pl.DataFrame,
    date: str,
    problems: list[Problem],
) -> Decided | None:
    """Return what follows from the `rows` of a proposal, or None when `problems` were found.

    `token` is the proposal's; `own` are the rows of class_names.csv for the analysis; `classes`
    (classes/segments) and `names` (classes/names) are of the present results; `date` is the study's.
    """
    run = run_name(classes)
    new = [replace(row, run=run, line=0) for row in rows if row.name or row.merge_with]
    stale = list(_stale(place, analysis, token, run, own, names))
    if token.run == run and stale and names_digest(new) == names_digest(row for row in own if row.number):
        return Decided(analysis, None, f"Analyse « {analysis} » : déjà acceptée avec ces noms.")
    waiting = [] if stale else _waiting(own, names)
    if waiting and cells_digest(rows) == token.cells:
        return Decided(analysis, None, _left_alone(place, analysis, waiting))
    faults = stale or list(_row_faults(place, rows, classes))
    problems += faults
    if faults:
        return None
    kept = list(_kept(own, names, {row.name for row in new}, date))
    n_classes = classes.filter(pl.col("found") > 0)["found"].n_unique()
    told = _told(analysis, n_classes, new, kept, [row for row, _ in _unsure(own, names)])
    return Decided(analysis, [*new, *kept], told)


def _stale(
    place: str, analysis: str, token: Token, run: str, own: Sequence[Row], names: pl.DataFrame
) -> Iterator[Problem]:
    expected = "une proposition de la dernière exécution"
    if token.run != run:
        yield Problem(place, f"les classes de l'analyse « {analysis} » ont changé depuis", expected, AGAIN)
    elif token.names != names_digest(own) or names.sort("position")["name"].to_list() != [row.name for row in own]:
        yield Problem(place, f"{PLACE} a changé depuis pour l'analyse « {analysis} »", expected, AGAIN)


def _row_faults(place: str, rows: Sequence[Row], classes: pl.DataFrame) -> Iterator[Problem]:
    found = sorted(set(classes["found"]) - {0})
    numbers = {row.number for row in rows}
    known = " | ".join(map(str, found))
    for number in [number for number in found if number not in numbers]:
        mend = "remettez cette ligne : sans elle, on ne sait pas si la classe garde son nom"
        yield Problem(place, f"il manque la ligne de la classe {number}", known, mend)
    for row in rows:
        where = f"{place}, ligne {row.line}"
        for column, number in (("class", row.number), ("merge_with", row.merge_with)):
            if number is not None and number not in found:
                yield Problem(where, f"colonne {column} : aucune classe {number}", known, "corrigez la cellule")
        if row.merge_with is not None and row.merge_with == row.number:
            mend = "donnez le numéro d'une autre classe, ou videz merge_with"
            yield Problem(where, f"la classe {row.number} est fusionnée avec elle-même", "une autre classe", mend)
        if row.note and not (row.name or row.merge_with):
            mend = "donnez un nom à la classe, ou videz la note"
            yield Problem(where, "une note sans nom ni fusion", "un nom", mend)
    yield from circles(rows, place)


def _unsure(own: Sequence[Row], names: pl.DataFrame) -> Iterator[tuple[Row, list[str]]]:
    """Yield the rows of names that are not surely those of a class now, with the words of their class then."""
    standing = names.sort("position").select("status", "words_then").iter_rows()
    for row, (status, words) in zip(own, standing, strict=True):
        if status != MATCHED:
            yield row, json.loads(words)


def _waiting(own: Sequence[Row], names: pl.DataFrame) -> list[str]:
    """Return the names that lost their class in the present run, and nobody decided on."""
    return [row.name or f"la fusion de {row.number}" for row, _ in _unsure(own, names) if row.number is not None]


def _kept(own: Sequence[Row], names: pl.DataFrame, chosen: set[str], date: str) -> Iterator[Row]:
    """Yield the names that no class took, without a number: never lost, they wait in the file."""
    for row, words in _unsure(own, names):
        if row.name and row.name not in chosen:
            yield row if row.number is None else Row(row.analysis, None, row.name, None, _note(row.note, words, date))


def _note(note: str, words: list[str], date: str) -> str:
    since = f"sans classe dans l'étude du {date}" if date else "sans classe"
    marked = f"mots d'alors : {', '.join(words[:SHOWN_WORDS])}" if words else ""
    return " ; ".join(part for part in (note, since, marked) if part)


def _left_alone(place: str, analysis: str, waiting: Sequence[str]) -> str:
    listed = ", ".join(f"« {name} »" for name in waiting)
    return (
        f"Analyse « {analysis} » : laissée telle quelle, car rien n'y est décidé pour {listed}. Écrivez les noms "
        f"retenus dans {place}, ou supprimez ces lignes de {PLACE} puis relancez l'étude."
    )


def _told(analysis: str, n_classes: int, new: Sequence[Row], kept: Sequence[Row], unsure: Sequence[Row]) -> str:
    counts = (
        (n_classes, "classe acceptée", "classes acceptées"),
        (sum(bool(row.name) for row in new), "nom", "noms"),
        (sum(row.merge_with is not None for row in new), "fusion", "fusions"),
    )
    told = ", ".join(f"{n} {one if n < 2 else many}" for n, one, many in counts if n or one != "fusion")
    text = f"Analyse « {analysis} » : {told}."
    if kept:
        text += f" Gardés sans classe dans {PLACE} : " + ", ".join(f"« {row.name} »" for row in kept) + "."
    lost = [f"{row.number} avec {row.merge_with}" for row in unsure if row.merge_with is not None]
    if lost:
        text += f" Fusions d'avant qui n'étaient plus faites (anciens numéros) : {', '.join(lost)}."
    return text
