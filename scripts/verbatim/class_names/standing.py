"""Where the names of class_names.csv stand in the classes of a run."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from verbatim.class_names.merging import merges_now
from verbatim.class_names.reading import Row

MATCHED, DOUBTFUL, ORPHAN = "matched", "doubtful", "orphan"


@dataclass(frozen=True)
class Standing:
    """A row of class_names.csv and the class, as found now, that it is about.

    `found` is None for an orphan; `accepted_class` where there is no accepted run, or where the number is
    of another one; `merge` is the class found now with which it is merged.
    """

    row: Row
    status: str
    accepted_class: int | None = None
    found: int | None = None
    jaccard: float | None = None
    merge: int | None = None


def place_names(rows: Sequence[Row], run: str | None, matches: pl.DataFrame, found: Sequence[int]) -> list[Standing]:
    """Return where each of `rows` stands.

    `run`: the accepted run (None: there is none, and names stand by their number only, doubtful);
    `matches`: `matching.match`; `found`: the classes found now. A name whose class is known again but
    whose merge cannot be applied is doubtful.
    """
    declared = [(row.number, row.merge_with, row.run) for row in rows if row.merge_with is not None]
    left = merges_now(declared, run, matches)[1]
    known = {one: values for one, *values in matches.select("accepted_class", "found", "jaccard", "status").iter_rows()}
    return [_place(row, run, known, set(found), set(left)) for row in rows]


def _place(
    row: Row, run: str | None, known: Mapping[int, list], found: set[int], left: set[tuple[int, int]]
) -> Standing:
    if row.number is None or (run is not None and row.run not in ("", run)):
        return Standing(row, ORPHAN)
    if run is None:
        there = row.number in found
        return Standing(row, DOUBTFUL if there else ORPHAN, None, row.number if there else None)
    if row.number not in known:
        return Standing(row, ORPHAN, row.number)
    number, jaccard, status = known[row.number]
    if (row.number, row.merge_with) in left:
        return Standing(row, DOUBTFUL, row.number, number, jaccard)
    merge = known[row.merge_with][0] if row.merge_with else None
    return Standing(row, status, row.number, number, jaccard, merge)


def to_table(
    standings: Sequence[Standing],
    analysis: str,
    numbers: Mapping[int, int],
    words_then: Mapping[int, list[str]],
    words_now: Mapping[int, list[str]],
) -> pl.DataFrame:
    """Return the table classes/names; `numbers`: class found -> class; words by accepted class, and by class now."""
    rows = [
        (
            analysis,
            position,
            one.row.name,
            one.accepted_class,
            numbers.get(one.found),
            one.status,
            one.jaccard,
            one.row.merge_with,
            json.dumps(words_then.get(one.accepted_class, []), ensure_ascii=False),
            json.dumps(words_now.get(numbers.get(one.found), []), ensure_ascii=False),
        )
        for position, one in enumerate(standings, start=1)
    ]
    schema = {"analysis": pl.String, "position": pl.Int64, "name": pl.String, "accepted_class": pl.Int64}
    schema |= {"class": pl.Int64, "status": pl.String, "jaccard": pl.Float64, "merged_with": pl.Int64}
    return pl.DataFrame(rows, schema={**schema, "words_then": pl.String, "words_now": pl.String}, orient="row")
