"""Passages of a theme: codings of a turn that overlap are one, whoever made them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from verbatim.counted_codings import COUNTED

SURE = ("intact", "moved")
COLUMNS = (
    *("interview", "turn", "start", "end", "coding", "quote", "theme", "coder", "anchor", "memo"),
    *("hypothesis", "stance"),
)


@dataclass(frozen=True)
class Passage:
    """A stretch of a turn: `start` to `end` (excluded) in characters, and the codings that make it.

    `codings`: rows of themes/codings that overlap, by start, end and identifier. `interview`, `turn`: where.
    """

    interview: str
    turn: int
    start: int
    end: int
    codings: tuple[dict, ...]

    @property
    def coders(self) -> tuple[str, ...]:
        """Who coded it, in alphabetical order."""
        return tuple(sorted({row["coder"] for row in self.codings}))

    @property
    def positions(self) -> frozenset[tuple[str, str]]:
        """The (hypothesis, stance) pairs that its codings give it; hypothesis "" where they name none."""
        return frozenset((row["hypothesis"] or "", row["stance"]) for row in self.codings if row["stance"])

    @property
    def stances(self) -> frozenset[str]:
        """The stances that its codings give it, on any hypothesis."""
        return frozenset(stance for _, stance in self.positions)

    @property
    def longest(self) -> dict:
        """The longest of its codings: its words stand for it."""
        return max(self.codings, key=lambda row: (row["end"] - row["start"], row["coding"]))


def counted(codings: pl.DataFrame) -> list[dict]:
    """Return the rows of themes/codings that count, by interview, turn, start, end and identifier."""
    return codings.filter(COUNTED).sort(*COLUMNS[:5]).select(COLUMNS).to_dicts()


def joined(rows: Iterable[dict]) -> list[Passage]:
    """Return the passages that `rows` make; rows come as `counted` sorts them."""
    found: list[list[dict]] = []
    reach = 0
    for row in rows:
        place = row["interview"], row["turn"]
        if found and (found[-1][0]["interview"], found[-1][0]["turn"]) == place and row["start"] < reach:
            found[-1].append(row)
            reach = max(reach, row["end"])
        else:
            found.append([row])
            reach = row["end"]
    return [
        Passage(own[0]["interview"], own[0]["turn"], own[0]["start"], max(r["end"] for r in own), tuple(own))
        for own in found
    ]


def of_themes(codings: pl.DataFrame, below: Mapping[str, Collection[str]]) -> dict[str, list[Passage]]:
    """Return theme -> its passages; `below`: theme -> its own identifier and those of the themes below it."""
    rows = counted(codings)
    return {theme: joined(row for row in rows if row["theme"] in set(ids)) for theme, ids in below.items()}
