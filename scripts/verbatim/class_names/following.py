"""Following the names of an analysis into a run: the tables and the proposal of the step match_names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from verbatim.class_names import changes, matching, merging, proposal, standing
from verbatim.class_names.accepted import AcceptedRun, nothing_accepted, placed_segments, run_name
from verbatim.class_names.reading import Row


@dataclass(frozen=True)
class Followed:
    """Tables classes/names, counterparts, moves and form_changes, the proposal (CSV) and remarks (French)."""

    names: pl.DataFrame
    counterparts: pl.DataFrame
    moves: pl.DataFrame
    form_changes: pl.DataFrame
    proposal: str
    remarks: list[str]


def follow(
    analysis: str,
    rows: Sequence[Row],
    accepted: AcceptedRun | None,
    corpus: pl.DataFrame,
    classes: pl.DataFrame,
    profiles: pl.DataFrame,
    lemmas: pl.DataFrame,
    key: bytes,
    bound: float,
) -> Followed:
    """Return where the names of `rows` (those of `analysis`, in order) are, and what changed.

    `corpus` is corpus/segments, `classes` classes/segments, `lemmas` lexicon/lemmas; `bound` is the Jaccard
    index from which a name follows its class without being checked.
    """
    now = placed_segments(classes, corpus, key)
    then = accepted or nothing_accepted()
    run = accepted.run if accepted else None
    pairs = matching.counterparts(then.segments, now)
    matches = matching.match(pairs, bound)
    numbers = dict(now.filter(pl.col("found") > 0).select("found", "class").unique().sort("found").iter_rows())
    sizes = dict(now["found"].value_counts().iter_rows())
    terms = changes.known_terms(then, profiles, lemmas, key)
    words = changes.strongest(profiles.filter(pl.col("kind") == "active"))
    standings = standing.place_names(rows, run, matches, list(numbers))
    tables = [
        changes.counterparts(matches, then.segments, now, analysis),
        changes.moves(pairs, analysis),
        changes.form_changes(matches, numbers, terms, profiles, analysis),
    ]
    return Followed(
        standing.to_table(standings, analysis, numbers, changes.strongest(terms), words),
        *(table if accepted else table.clear() for table in tables),
        proposal.to_csv(analysis, run_name(classes), rows, standings, matches, numbers, sizes, words),
        [*_account(standings), *_unapplied(rows, run, matches)],
    )


def _account(standings: Sequence[standing.Standing]) -> list[str]:
    told = {
        standing.MATCHED: ("nom a suivi sa classe", "noms ont suivi leur classe"),
        standing.DOUBTFUL: ("nom est douteux", "noms sont douteux"),
        standing.ORPHAN: ("nom n'a plus de classe", "noms n'ont plus de classe"),
    }
    counts = {status: sum(one.status == status for one in standings if one.row.name) for status in told}
    parts = [f"{n} {told[status][n > 1]}" for status, n in counts.items() if n]
    if not parts:
        return []
    lost = counts[standing.DOUBTFUL] + counts[standing.ORPHAN]
    return [("attention : " if lost else "") + " ; ".join(parts)]


def _unapplied(rows: Sequence[Row], run: str | None, matches: pl.DataFrame) -> list[str]:
    declared = [(row.number, row.merge_with, row.run) for row in rows if row.merge_with is not None]
    return [merging.unapplied(one, other, run) for one, other in merging.merges_now(declared, run, matches)[1]]
