"""Who the speakers of an interview are: labels of its turns matched to rows of the table."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from verbatim.interviews.attribute_table import INTERVIEWER, RESERVED, AttributeTable, Row, slug
from verbatim.problems import Problem, nearest
from verbatim.transcripts.speakers import key

NO_LABEL = ""


@dataclass(frozen=True)
class Person:
    """A speaker: `code` in the results, role and attributes."""

    code: str
    role: str
    panel: str | None
    attributes: dict[str, str | None]


def people(
    interview: str,
    labels: dict[str, str],
    rows: Sequence[Row],
    variables: dict[str, str],
    interviewer: Collection[str],
    table: AttributeTable,
) -> tuple[dict[str, Person], list[Problem], list[str]]:
    """Return the person behind each label of an interview, the mismatches, and what was guessed.

    `labels` maps the key of each label of its turns to the label as written (`NO_LABEL` where turns
    have none); `variables` are those of its starred line, `interviewer` keys of labels that mean the
    interviewer. The code of a participant is the interview's identifier when alone, else the label.
    """
    problems = _twice(rows, table)
    asking = _interviewers(rows, labels, interviewer)
    named = [row for row in rows if row.speaker]
    declared = {key(row.speaker): row for row in reversed(named) if key(row.speaker) not in asking}
    unnamed = [row for row in rows if not row.speaker and row.role != "interviewer"]
    open_labels = [k for k in labels if k not in declared and k not in asking]
    found = {k: [row for row in named if key(row.speaker) == k] for k in declared if k in labels}
    missing = [row for k, row in declared.items() if k not in labels]
    notes = []
    if len(open_labels) == 1 and unnamed:
        found[open_labels.pop()] = unnamed
    elif open_labels == [NO_LABEL] and len(missing) == 1 and not found:
        notes.append(f"{interview} : tours sans étiquette attribués au seul participant déclaré")
        found[open_labels.pop()] = [missing.pop()]
    if unnamed and found and not open_labels and unnamed not in found.values():
        problems.append(_superfluous(interview, unnamed[0], table))
    missing += [r for r in named if r.role == "interviewer" and key(r.speaker) not in labels]
    problems += _mismatches(interview, open_labels, missing, labels, rows, table)
    merged = {k: _merged(own, variables, table, problems) for k, own in found.items()}
    persons = {k: Person(INTERVIEWER, "interviewer", None, {}) for k in labels if k in asking}
    for k, person in merged.items():
        code = interview if len(merged) == 1 and not open_labels else found[k][0].speaker or labels[k]
        persons[k] = replace(person, code=code)
    if not merged and not open_labels:
        problems.append(_silent(interview, rows, table))
    return persons, problems, notes


def _silent(interview: str, rows: Sequence[Row], table: AttributeTable) -> Problem:
    mend = "vérifiez les étiquettes du fichier et import.interviewer_labels dans config.yaml"
    return Problem(_place(interview, rows, table), f"{interview} : aucune parole de participant", "", mend)


def _superfluous(interview: str, row: Row, table: AttributeTable) -> Problem:
    what = f"{interview} : ligne sans étiquette, alors que tous les locuteurs en ont une ailleurs"
    return Problem(table.where(row, "speaker"), what, "", "supprimez-la ou remplissez speaker")


def _interviewers(rows: Sequence[Row], labels: Collection[str], interviewer: Collection[str]) -> set[str]:
    """Return the keys of labels that mean the interviewer: a row's word counts more than the settings."""
    participants = {key(row.speaker) for row in rows if row.speaker and row.role == "participant"}
    stated = {key(row.speaker) for row in rows if row.speaker and row.role == "interviewer"}
    return (stated | ({*labels, *(key(r.speaker) for r in rows if r.speaker)} & set(interviewer))) - participants


def _twice(rows: Sequence[Row], table: AttributeTable) -> list[Problem]:
    seen: dict[tuple[str, str], Row] = {}
    problems = []
    for row in rows:
        first = seen.setdefault((row.file, key(row.speaker)), row)
        if first is not row:
            what = f"même entretien, même fichier et même locuteur que la ligne {first.line}"
            mend = "supprimez l'une des deux, ou remplissez speaker"
            problems.append(Problem(table.where(row), what, "une ligne par locuteur", mend))
    return problems


def _mismatches(
    interview: str,
    open_labels: Sequence[str],
    missing: Sequence[Row],
    labels: dict[str, str],
    rows: Sequence[Row],
    table: AttributeTable,
) -> list[Problem]:
    problems = []
    file = next((row.file for row in rows if row.file), "")
    for k in open_labels:
        row = table.proposed(interview=interview, file=file, speaker=labels[k])
        what = f"{interview} : l'étiquette « {labels[k]} » n'est déclarée par aucune ligne"
        if not labels[k]:
            what = f"{interview} : des tours n'ont pas d'étiquette de locuteur"
        mend = f"ajoutez : {row} (role : interviewer si c'est l'enquêteur, ou import.interviewer_labels)"
        problems.append(Problem(_place(interview, rows, table), what, "une ligne par participant", mend))
    for row in missing:
        near = nearest(row.speaker, [label for label in labels.values() if label])
        mend = f"vouliez-vous « {near} » ?" if near else "laissez la cellule vide s'il n'y a qu'un participant"
        what = f"{interview} : personne n'y porte l'étiquette « {row.speaker} »"
        expected = " | ".join(label for label in labels.values() if label)
        problems.append(Problem(table.where(row, "speaker"), what, expected, mend))
    return problems


def _place(interview: str, rows: Sequence[Row], table: AttributeTable) -> str:
    return table.where(rows[0]) if rows else interview


def _merged(rows: Sequence[Row], variables: dict[str, str], table: AttributeTable, problems: list[Problem]) -> Person:
    """Return the attributes that the rows of one person give together; those of a starred line fill gaps."""
    values: dict[str, str | None] = {}
    for row in rows:
        for name, value in {"panel": row.panel, **row.attributes}.items():
            known = values.get(name)
            if known and value and known != value:
                what = f"« {value} » ici, « {known} » à la ligne {rows[0].line} pour la même personne"
                problems.append(Problem(table.where(row, name), what, "la même valeur", "corrigez l'une des deux"))
            values[name] = known or value
    for variable, modality in variables.items():
        name = attribute_of(variable)
        values[name] = values.get(name) or modality
    return Person("", "participant", values.pop("panel", None), values)


def attribute_of(variable: str) -> str:
    """Return the name of the attribute that a starred variable becomes."""
    name = slug(variable) or "variable"
    return f"{name}_var" if name in RESERVED or name in {"interview", "speaker", "role", "file", "part"} else name
