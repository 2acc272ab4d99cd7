"""How figures name a class: by its number, and by the name that the researcher gave it."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from verbatim.figures import labels

ROOM_FOR_ONE_LINE = 0.98


def title(number: int, names: Mapping[int, str]) -> str:
    """Return « Classe 3 · Le lien à distance », or « Classe 3 » where the class has no name."""
    return f"Classe {number} · {names[number]}" if names.get(number) else f"Classe {number}"


def lines(number: int, names: Mapping[int, str], room: float, size: float) -> list[str]:
    """Return the title in bold as lines at most `room` points wide; the name begins a line when they are several."""
    whole = title(number, names)
    if labels.width(whole, size, "bold") <= room * ROOM_FOR_ONE_LINE:
        return [whole]
    return [f"Classe {number}", *labels.wrap(names.get(number, ""), room * ROOM_FOR_ONE_LINE, size, "bold")]


def sizes(classes: pl.DataFrame) -> dict[int, int]:
    """Return class -> segments, in order of the classes; what is not classified is left out."""
    counted = classes.filter(pl.col("class") > 0).group_by("class").len().sort("class")
    return dict(counted.iter_rows())


def across(count: int, most: int) -> int:
    """Return how many of `count` panels stand in a row, `most` at most, so that the rows are nearly equal."""
    return -(-count // -(-count // most))


def merged(classes: pl.DataFrame) -> set[int]:
    """Return the classes that were several before somebody merged them."""
    found = classes.filter(pl.col("class") > 0).group_by("class").agg(pl.col("found").n_unique())
    return set(found.filter(pl.col("found") > 1)["class"])
