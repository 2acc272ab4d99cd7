"""Classes merged by hand: from numbers of the accepted run to classes found now, and the merged tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from verbatim.class_names import matching
from verbatim.class_names.accepted import AcceptedRun, nothing_accepted, placed_segments


def merges_now(
    declared: Iterable[tuple[int, int, str]], run: str | None, matches: pl.DataFrame
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the merges to apply, as pairs of classes found now, and those that are not, as declared.

    `declared`: (class, class it is merged with, accepted run or empty) as `reading.declared_merges`
    gives; `run`: the accepted run (None: there is none); `matches`: `matching.match`. Only classes whose
    counterparts are both sure are merged.
    """
    sure = matches.filter(pl.col("status") == "matched")
    now = dict(sure.select("accepted_class", "found").iter_rows())
    applied, left = [], []
    for one, other, named in declared:
        stands = run is not None and named in ("", run) and one in now and other in now
        (applied if stands else left).append((now[one], now[other]) if stands else (one, other))
    return sorted(applied), sorted(left)


def applicable_merges(
    declared: Sequence[tuple[int, int, str]],
    classes: pl.DataFrame,
    corpus: pl.DataFrame,
    accepted: AcceptedRun | None,
    key: bytes,
    bound: float,
) -> tuple[list[tuple[int, int]], list[str]]:
    """Return the merges for `merge`, and what the researcher should know of the others (French).

    `classes` (classes/segments) and `corpus` (corpus/segments) of the run, before merging.
    """
    then = (accepted or nothing_accepted()).segments
    matches = matching.match(matching.counterparts(then, placed_segments(classes, corpus, key)), bound)
    run = accepted.run if accepted else None
    applied, left = merges_now(declared, run, matches)
    return applied, [unapplied(one, other, run) for one, other in left]


def unapplied(one: int, other: int, run: str | None) -> str:
    """Say in French that a merge is not applied; `run` is the accepted run (None: there is none)."""
    why = (
        "l'une des deux n'est pas reconnue sûrement dans les classes d'à présent"
        if run
        else "aucun état des classes n'est encore accepté"
    )
    text = (
        f"attention : la fusion de la classe {one} avec la classe {other} (numéros de l'état accepté) n'est pas faite"
    )
    return f"{text} : {why} ; complétez la proposition, puis make accept WHAT=classes"


def new_numbers(found: Iterable[int], merges: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return class found -> class, 1…K without holes, in the order of the lowest number of each group merged."""
    lowest = {number: number for number in sorted(found) if number > 0}
    for one, other in merges:
        low, high = sorted((lowest[one], lowest[other]))
        lowest = {number: low if group == high else group for number, group in lowest.items()}
    rank = {group: i for i, group in enumerate(sorted(set(lowest.values())), start=1)}
    return {number: rank[group] for number, group in lowest.items()}


def renumber(frame: pl.DataFrame, numbers: dict[int, int], of: str = "class") -> pl.DataFrame:
    """Return `frame` with its column `class` renumbered from the column `of`; 0 and null stay."""
    known = {0: 0, **numbers}
    changed = pl.col(of).replace_strict(list(known), list(known.values()), default=None, return_dtype=pl.Int64)
    return frame.with_columns(changed.alias("class"))


def merge(
    segments: pl.DataFrame, tree: pl.DataFrame, merges: Iterable[tuple[int, int]]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return classes/segments and classes/tree with the classes `merges` (found, found) put together.

    `found` keeps the number before. Two leaves of the tree, or more, then bear the number of one class.
    In double mode, give classes/pairs to `renumber` with the same numbers.
    """
    numbers = new_numbers(segments["found"].unique(), merges)
    return renumber(segments, numbers, "found"), renumber(tree, numbers)
