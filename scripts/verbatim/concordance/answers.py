"""A whole search over the tables of a study: places or counts, with class, themes and attributes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import polars as pl

from verbatim.concordance import counting, places
from verbatim.problems import Problem, raise_all


def answer(
    read: Callable[[str], pl.DataFrame],
    asked: str,
    where: Iterable[str] = (),
    by: str | None = None,
    with_classes: bool = False,
) -> pl.DataFrame:
    """Return the places where `asked` is said, or, with `by`, how often each value of that column says it.

    `read` gives a table by its name. `where` are conditions, `name=value`: those of one name are alternatives,
    those of several names hold together. Classes are read when asked for or `with_classes`. Errors: StudyError.
    """
    wanted = conditions(where)
    named = {counting.ALIASES.get(name, name) for name in [*wanted, *([by] if by else [])]}
    classes = read("classes/segments") if with_classes or "class" in named else None
    tokens, turns = read("corpus/tokens"), read("corpus/turns")
    segments, speakers, codings = read("corpus/segments"), read("corpus/speakers"), read("themes/codings")

    def chosen(rows: pl.DataFrame) -> pl.DataFrame:
        rows = places.described(places.placed(rows, segments, classes), speakers, codings)
        return counting.keep(rows, wanted)

    found = chosen(places.search(tokens, turns, asked))
    return counting.counts(found, chosen(counting.counted(tokens, turns)), by) if by else found


def conditions(where: Iterable[str]) -> dict[str, list[str]]:
    """Return `name=value` texts as name -> values; StudyError for all that cannot be read."""
    found: dict[str, list[str]] = {}
    faults = []
    for text in where:
        name, equals, value = text.partition("=")
        if not (equals and name and value):
            faults.append(Problem(f"condition « {text} »", "ne se lit pas", "nom=valeur", "par exemple : class=3"))
        found.setdefault(name, []).append(value)
    raise_all(faults)
    return found
