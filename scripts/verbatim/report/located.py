"""Where the words and the segments stand in the turns, and quotations made from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from verbatim.report.material import Material

PLACE = 2**32


@dataclass(frozen=True)
class Segment:
    """A segment: who says it, and from which character of which turn to which (excluded)."""

    speaker: str
    first_turn: int
    start: int
    last_turn: int
    end: int


@dataclass(frozen=True)
class Corpus:
    """The masked text with its words and segments, indexed."""

    material: Material

    @cached_property
    def turns(self) -> dict[str, list[dict]]:
        """Interview -> its turns in order."""
        found: dict[str, list[dict]] = defaultdict(list)
        for row in self.material.table("corpus/turns").iter_rows(named=True):
            found[row["interview"]].append(row)
        return dict(found)

    @cached_property
    def segments(self) -> dict[tuple[str, int], Segment]:
        """(interview, segment) -> where it stands."""
        rows = self.material.table("corpus/segments")
        ends = self.material.table("corpus/tokens").select("interview", "turn", "token", "start", "end")
        for side in ("first", "last"):
            keys = [f"{side}_turn", f"{side}_token"]
            rows = rows.join(
                ends.rename({"turn": keys[0], "token": keys[1], "start": f"{side}_start", "end": f"{side}_end"}),
                on=["interview", *keys],
                how="left",
                maintain_order="left",
            )
        names = ("interview", "segment", "speaker", "first_turn", "first_start", "last_turn", "last_end")
        return {(i, n): Segment(*place) for i, n, *place in rows.select(names).iter_rows()}

    @cached_property
    def words(self) -> pl.DataFrame:
        """Counted tokens of the participants, each with its segment."""
        participants = self.material.table("corpus/turns").filter(pl.col("role") == "participant")
        starts = self.material.table("corpus/segments").select(
            "interview", "segment", place=pl.col("first_turn") * PLACE + pl.col("first_token")
        )
        return (
            self.material.table("corpus/tokens")
            .filter(pl.col("status") != "ignored")
            .join(participants.select("interview", "turn"), on=["interview", "turn"], how="semi")
            .with_columns(place=pl.col("turn") * PLACE + pl.col("token"))
            .sort("interview", "place")
            .join_asof(starts.sort("interview", "place"), on="place", by="interview", check_sortedness=False)
            .drop_nulls("segment")
            .drop("place", "token")
        )

    @cached_property
    def words_of(self) -> dict[tuple[str, int], list[tuple[int, int, int, str, str]]]:
        """(interview, segment) -> turn, start, end, lemma and status of its counted words."""
        found: dict[tuple[str, int], list] = defaultdict(list)
        columns = ("interview", "segment", "turn", "start", "end", "lemma", "status")
        for interview, segment, *word in self.words.select(columns).iter_rows():
            found[interview, segment].append(tuple(word))
        return dict(found)

    def quotation(self, interview: str, segment: int, lemmas: Iterable[str] = ()) -> dict:
        """Return a segment as a quotation: pieces (text, marked) and where to read it.

        Words whose lemma is in `lemmas`, and that are active, are marked.
        """
        at = self.segments[interview, segment]
        wanted = set(lemmas)
        marks: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for turn, start, end, lemma, status in self.words_of.get((interview, segment), ()):
            if lemma in wanted and status == "active":
                marks[turn].append((start, end))
        pieces: list[tuple[str, bool]] = []
        for row in self.turns[interview][at.first_turn - 1 : at.last_turn]:
            if row["role"] == "participant" and row["speaker"] == at.speaker:
                start = at.start if row["turn"] == at.first_turn else 0
                end = at.end if row["turn"] == at.last_turn else len(row["text"])
                pieces += [(" ", False)] * bool(pieces) + marked(row["text"], start, end, marks[row["turn"]])
        return {"pieces": pieces, **self.attribution(interview, at.first_turn, at.speaker)}

    def attribution(self, interview: str, turn: int | None, speaker: str | None = None) -> dict:
        """Return who speaks and where, for the line under a quotation."""
        if speaker is None and turn is not None:
            speaker = self.turns[interview][turn - 1]["speaker"]
        panel = self.material.panels.get((interview, speaker or ""))
        return {"interview": interview, "turn": turn, "speaker": speaker, "panel": panel}


def marked(text: str, start: int, end: int, spans: Iterable[tuple[int, int]]) -> list[tuple[str, bool]]:
    """Return text[start:end] as pieces (text, marked), those of the disjoint `spans` marked."""
    pieces, at = [], start
    for first, last in sorted(spans):
        pieces += [(text[at:first], False), (text[first:last], True)]
        at = last
    return [piece for piece in [*pieces, (text[at:end], False)] if piece[0]]
