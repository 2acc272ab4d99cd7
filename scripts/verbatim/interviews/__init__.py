"""Interviews: source files joined with the table that describes their speakers."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

import polars as pl

from verbatim.interviews.attribute_table import AttributeTable, Row, read_table
from verbatim.interviews.people import NO_LABEL, Person, people
from verbatim.interviews.placing import File, Place, Placing, place_files
from verbatim.problems import Problem, raise_all
from verbatim.transcripts.speakers import key

__all__ = ["AttributeTable", "Gathered", "Row", "gather", "notes", "read_table"]


class Gathered(NamedTuple):
    """The tables private/turns (questions null), private/speakers and private/files."""

    turns: pl.DataFrame
    speakers: pl.DataFrame
    files: pl.DataFrame


def gather(
    sources: Sequence[pl.DataFrame],
    accounts: Sequence[pl.DataFrame],
    table: AttributeTable,
    interviewer_labels: Collection[str],
) -> Gathered:
    """Join source files with the rows of interviews.csv.

    `sources` are tables private/source_turns and `accounts` private/source_accounts, one of each a
    file, in any order. Raises StudyError with every mismatch at once: files without row, rows without
    file, labels nobody declares, rows written twice, interviews without a participant's words…
    """
    problems = list(table.problems)
    by_file = _by_file(sources, problems)
    formats = {row["file"]: row for frame in accounts for row in frame.iter_rows(named=True)}
    files = [File(name, formats[name]["format"], _blocks(turns)) for name, turns in sorted(by_file.items())]
    placing = place_files(files, table)
    problems += placing.problems
    interviewer = {key(label) for label in interviewer_labels}
    turns, speakers = [], []
    for interview, places in _interviews(placing.places).items():
        spoken = [(place, turn) for place in places for turn in by_file[place.file][place.block]]
        persons, found, notes = _persons(interview, places, spoken, interviewer, table)
        problems += found
        placing.notes[places[0].file] += notes
        turns += [_turn(interview, n, turn, persons) for n, (_, turn) in enumerate(spoken, 1)]
        speakers += [{"interview": interview, **_speaker(p)} for p in _distinct(persons)]
    raise_all(problems)
    _note_no_interviewer(turns, placing, {file.name for file in files if not file.holds_many})
    return Gathered(_turns_table(turns), _speakers_table(speakers), _files_table(formats, turns, placing, table))


def _by_file(sources: Sequence[pl.DataFrame], problems: list[Problem]) -> dict[str, dict[int, list[dict]]]:
    """Return file -> block -> turns; two files of one name are a problem."""
    by_file: dict[str, dict[int, list[dict]]] = {}
    for frame in sources:
        for name in frame["file"].unique(maintain_order=True):
            if name in by_file:
                what = "deux transcriptions portent ce nom, dans deux dossiers"
                problems.append(Problem(name, what, "des noms distincts", "renommez l'une des deux"))
        blocks: dict[tuple[str, int], list[dict]] = defaultdict(list)
        for turn in frame.sort("file", "block", "position").iter_rows(named=True):
            blocks[turn["file"], turn["block"]].append(turn)
        for (name, block), turns in blocks.items():
            by_file.setdefault(name, {})[block] = turns
    return by_file


def _blocks(blocks: dict[int, list[dict]]) -> dict[int, dict[str, str]]:
    return {block: json.loads(turns[0]["variables"]) for block, turns in blocks.items()}


def _interviews(places: Sequence[Place]) -> dict[str, list[Place]]:
    grouped: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        grouped[place.interview].append(place)
    return grouped


def _persons(
    interview: str,
    places: Sequence[Place],
    spoken: Sequence[tuple[Place, dict]],
    interviewer: Collection[str],
    table: AttributeTable,
) -> tuple[dict[str, Person], list[Problem], list[str]]:
    labels: dict[str, str] = {}
    for _, turn in spoken:
        labels.setdefault(key(turn["speaker"] or NO_LABEL), turn["speaker"] or "")
    rows = sorted({row.line: row for place in places for row in place.rows}.values(), key=lambda row: row.line)
    variables: dict[str, str] = {}
    for place in places:
        variables = {**place.variables, **variables}
    return people(interview, labels, rows, variables, interviewer, table)


def _turn(interview: str, number: int, turn: dict, persons: dict[str, Person]) -> dict:
    person = persons.get(key(turn["speaker"] or NO_LABEL))
    return {
        "interview": interview,
        "turn": number,
        "speaker": person.code if person else None,
        "role": person.role if person else None,
        "question": None,
        "start_s": turn["start_s"],
        "end_s": turn["end_s"],
        "text": turn["text"],
        "file": turn["file"],
    }


def _distinct(persons: dict[str, Person]) -> list[Person]:
    return list({person.code: person for person in persons.values()}.values())


def _speaker(person: Person) -> dict:
    return {"speaker": person.code, "role": person.role, "panel": person.panel, **person.attributes}


def _turns_table(turns: list[dict]) -> pl.DataFrame:
    texts = dict.fromkeys(("interview", "speaker", "role", "question", "text", "file"), pl.String)
    schema = {**texts, "start_s": pl.Float64, "end_s": pl.Float64, "turn": pl.Int64}
    return pl.DataFrame(turns, schema_overrides=schema, infer_schema_length=None).drop("file")


def _speakers_table(speakers: list[dict]) -> pl.DataFrame:
    names = list(dict.fromkeys(name for row in speakers for name in row))
    return pl.DataFrame(
        {name: [row.get(name) for row in speakers] for name in names}, schema=dict.fromkeys(names, pl.String)
    )


def _note_no_interviewer(turns: list[dict], placing: Placing, labelled: set[str]) -> None:
    asked = {turn["interview"] for turn in turns if turn["role"] == "interviewer"}
    for place in placing.places:
        if place.file in labelled and place.interview not in asked:
            placing.notes[place.file].append(
                f"{place.interview} : aucun enquêteur repéré, tout est parole de participant"
            )


def _files_table(formats: dict[str, dict], turns: list[dict], placing: Placing, table: AttributeTable) -> pl.DataFrame:
    asked = Counter()
    for turn in turns:
        asked[turn["file"]] += len(turn["text"]) * (turn["role"] == "interviewer")
    rows = []
    for i, (name, account) in enumerate(sorted(formats.items())):
        notes = [*json.loads(account["notes"]), *placing.notes.get(name, [])]
        notes += [f"{table.place} : {note}" for note in table.notes if i == 0]
        kept = account["n_kept"] - asked[name]
        told = json.dumps(notes, ensure_ascii=False)
        rows.append({**account, "n_kept": kept, "n_interviewer": asked[name], "notes": told})
    return pl.DataFrame(rows)


def notes(files: pl.DataFrame) -> list[str]:
    """Return what the accounts of private/files tell of each file, in French, in the order of the files."""
    told = files.sort("file").select("file", "notes").iter_rows()
    return [f"{name} : {note}" for name, written in told for note in json.loads(written)]
