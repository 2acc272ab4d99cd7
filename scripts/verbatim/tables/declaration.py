"""What a table is: columns with type, meaning and unit; a key, also its sort order; invariants."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

TYPES = {"text": pl.String, "integer": pl.Int64, "number": pl.Float64, "truth": pl.Boolean}


@dataclass(frozen=True)
class Column:
    """One column.

    `type` is text, integer, number or truth. `unit` is what one counts or measures. A name that ends
    in `*` stands for any number of columns that begin so (`coordinate_*`); the lone name `*` stands
    for the study's own attributes.
    """

    name: str
    type: str
    meaning: str
    unit: str = ""
    nullable: bool = False

    @property
    def is_family(self) -> bool:
        """Say whether the declaration stands for several columns."""
        return self.name.endswith("*")

    def stands_for(self, name: str) -> bool:
        """Say whether this declaration covers the column `name`."""
        return name.startswith(self.name[:-1]) if self.is_family else name == self.name


@dataclass(frozen=True)
class Table:
    """A declared table: `name` is also its path under results/, without ending.

    `invariants` are SQL conditions (polars dialect) that hold on every row; `meaning` is one
    sentence. Tables whose key begins with `analysis` exist once for each analysis.
    """

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    invariants: tuple[str, ...] = ()

    def column(self, name: str) -> Column | None:
        """Return the declaration of the column `name`: an exact one before a family."""
        exact = [c for c in self.columns if c.name == name]
        family = sorted((c for c in self.columns if c.is_family and c.stands_for(name)), key=lambda c: -len(c.name))
        return next(iter(exact + family), None)

    def order(self, names: Iterable[str]) -> list[str]:
        """Return `names` in the declared order; those of a family by number, then by name."""
        rank = {column.name: i for i, column in enumerate(self.columns)}

        def place(name: str) -> tuple:
            digits = name.rsplit("_", 1)[-1]
            return rank[self.column(name).name], int(digits) if digits.isdigit() else 0, name

        return sorted(names, key=place)
