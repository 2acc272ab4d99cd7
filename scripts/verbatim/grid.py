"""The analysis grid: its themes, and how much of each interview is coded under each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import yaml

from verbatim.corpus import SILENT_POS
from verbatim.problems import Problem, raise_all
from verbatim.settings import load

GRID_COLUMNS = ("theme", "interview", "n_codings", "n_words", "share", "n_suggested")
SCHEMAS = Path(__file__).parents[2] / "workflow" / "schemas"


@dataclass(frozen=True)
class Theme:
    """A theme of the grid; `parent` is its mother's id ("" at the first level), `level` from 0."""

    id: str
    title: str
    parent: str
    level: int
    definition: str = ""
    inclusion: str = ""
    exclusion: str = ""
    example: str = ""
    cues: tuple[str, ...] = ()


def schema(name: str) -> dict:
    """Return the schema of one of a study's YAML files."""
    return yaml.safe_load((SCHEMAS / f"{name}.schema.yaml").read_text(encoding="utf-8"))


def themes(text: str, place: str = "resources/grid.yaml") -> list[Theme]:
    """Return the themes of the grid in `text`, mothers before daughters, in the order of the file.

    Raises StudyError for all faults: unknown keys, missing titles, an id given twice.
    """
    values = load(text, schema("grid"), place)
    found = list(_flatten(values["themes"], "", 0))
    raise_all([_twice(theme, text, place) for theme, n in Counter(t.id for t in found).items() if n > 1])
    return found


def _flatten(nodes: list[dict], parent: str, level: int) -> Iterator[Theme]:
    for node in nodes:
        own = {k: v for k, v in node.items() if k not in ("themes", "cues")}
        yield Theme(**own, parent=parent, level=level, cues=tuple(node.get("cues", ())))
        yield from _flatten(node.get("themes", []), node["id"], level + 1)


def _twice(theme: str, text: str, place: str) -> Problem:
    lines = [i for i, line in enumerate(text.splitlines(), 1) if f"id: {theme}" in line]
    where = f"{place}, lignes {' et '.join(map(str, lines))}" if lines else place
    return Problem(where, f"l'identifiant « {theme} » sert deux fois", "un identifiant par thème", "renommez-en un")


def descendants(found: list[Theme]) -> dict[str, list[str]]:
    """Return, for each theme, its own id and those of all themes below it."""
    below = {theme.id: [theme.id] for theme in found}
    for theme in reversed(found):
        if theme.parent:
            below[theme.parent] += below[theme.id]
    return below


def fill(found: list[Theme], codings: pl.DataFrame, turns: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    """Return the table themes/grid: every theme of the grid × every interview, zeros included.

    A theme counts its own codings and those of the themes below it. Passages of both coders that overlap are one
    passage; words are the participants' words inside them. Passages that only an accepted suggestion codes are
    counted apart; codings set aside by a person are not counted.
    """
    counted = codings.filter((pl.col("anchor") != "lost") & pl.col("set_aside").is_null())
    spans, suggested = (counted.filter(pl.col("origin") == origin) for origin in ("human", "suggested"))
    below = descendants(found)
    interviews = turns["interview"].unique().sort().to_list()
    words = _participant_words(turns, tokens)
    totals = dict(words.group_by("interview").len().iter_rows())
    rows = []
    for theme in found:
        own = pl.col("theme").is_in(below[theme.id])
        merged = merge(spans.filter(own))
        passages, apart = (_by_interview(frame) for frame in (merged, _apart(merge(suggested.filter(own)), merged)))
        inside = _by_interview(_inside(words, merged))
        rows += [
            (theme.id, i, passages.get(i, 0), n, n / max(totals.get(i, 0), 1), apart.get(i, 0))
            for i in interviews
            for n in (inside.get(i, 0),)
        ]
    kinds = (pl.String, pl.String, pl.Int64, pl.Int64, pl.Float64, pl.Int64)
    return pl.DataFrame(rows, schema=dict(zip(GRID_COLUMNS, kinds, strict=True)), orient="row")


def _by_interview(frame: pl.DataFrame) -> dict[str, int]:
    return dict(frame.group_by("interview").len().iter_rows())


def _apart(spans: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    """Return the `spans` that share no character with any of `others`."""
    meeting = spans.join(others, on=["interview", "turn"], suffix="_other").filter(
        (pl.col("start") < pl.col("end_other")) & (pl.col("start_other") < pl.col("end"))
    )
    return spans.join(meeting, on=["interview", "turn", "start"], how="anti")


def merge(spans: pl.DataFrame) -> pl.DataFrame:
    """Return interview, turn, start and end of the unions of overlapping spans of a turn."""
    reach = pl.col("end").cum_max().shift(1).over("interview", "turn")
    return (
        spans.select("interview", "turn", "start", "end")
        .sort("interview", "turn", "start", "end")
        .with_columns(new=(reach.is_null() | (pl.col("start") >= reach)).cast(pl.Int64))
        .with_columns(passage=pl.col("new").cum_sum())
        .group_by("interview", "turn", "passage")
        .agg(pl.col("start").min(), pl.col("end").max())
        .sort("interview", "turn", "start")
        .drop("passage")
    )


def _participant_words(turns: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    participants = turns.filter(pl.col("role") == "participant").select("interview", "turn")
    return tokens.filter(~pl.col("pos").is_in(SILENT_POS)).join(participants, on=["interview", "turn"])


def _inside(words: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Return the words that lie in one of the disjoint `spans`."""
    return words.join(spans, on=["interview", "turn"], suffix="_span").filter(
        (pl.col("start") >= pl.col("start_span")) & (pl.col("end") <= pl.col("end_span"))
    )
