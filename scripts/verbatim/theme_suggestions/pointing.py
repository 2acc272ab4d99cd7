"""Which sentences the clues of each theme point to, and which a person coded."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from verbatim.corpus import SILENT_POS
from verbatim.counted_codings import COUNTED
from verbatim.grid import Theme, descendants
from verbatim.theme_suggestions.matching import Match
from verbatim.theme_suggestions.patterns import Clue

SCHEMA = {
    **{"theme": pl.String, "row": pl.Int64, "n_cues": pl.Int64},
    **{"by_pattern": pl.Boolean, "tokens": pl.List(pl.Int64)},
}


def pointed(clues: Sequence[Clue], matches: Sequence[Match]) -> pl.DataFrame:
    """Return theme, row (of the sentence), n_cues (different clues of the theme), by_pattern, tokens (from 0 there)."""
    found: dict[tuple[str, int], tuple[set[int], set[int]]] = {}
    for match in matches:
        own, tokens = found.setdefault((clues[match.clue].theme, match.sentence), (set(), set()))
        own.add(match.clue)
        tokens.update(match.tokens)
    rows = [
        (theme, row, len(own), any(clues[one].pattern for one in own), sorted(tokens))
        for (theme, row), (own, tokens) in found.items()
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row").sort("theme", "row")


def enough(pointed: pl.DataFrame, clues: Sequence[Clue], least: int) -> pl.DataFrame:
    """Return the rows of `pointed` that suggest their theme: a pattern, or `least` different cues.

    A theme with fewer cues than that needs all of them.
    """
    given: dict[str, int] = {}
    for clue in clues:
        given[clue.theme] = given.get(clue.theme, 0) + (clue.pattern is None)
    needed = {theme: max(min(least, n), 1) for theme, n in given.items()}
    wanted = pl.col("theme").replace_strict(needed, default=least, return_dtype=pl.Int64)
    return pointed.filter(pl.col("by_pattern") | (pl.col("n_cues") >= wanted))


def coded(
    sentences: pl.DataFrame, tokens: pl.DataFrame, themes: Sequence[Theme], codings: pl.DataFrame
) -> pl.DataFrame:
    """Return theme and row of the sentences of which a coder's passage of the theme, or of one below it, holds a word.

    Lost, suggested and set-aside codings are left out.
    """
    sentence = np.full(tokens.height, -1, dtype=np.int64)
    for row, (first, last) in enumerate(sentences.select("first", "last").iter_rows()):
        sentence[first : last + 1] = row
    words = tokens.select("interview", "turn", "start", "end", "pos").with_columns(row=pl.Series(sentence))
    words = words.filter((pl.col("row") >= 0) & ~pl.col("pos").is_in(SILENT_POS))
    spans = codings.filter(COUNTED).select("interview", "turn", "theme", "start", "end")
    met = words.join(spans, on=["interview", "turn"], suffix="_coded").filter(
        (pl.col("start") < pl.col("end_coded")) & (pl.col("end") > pl.col("start_coded"))
    )
    above = [(one, theme) for theme, below in descendants(list(themes)).items() for one in below]
    up = pl.DataFrame(above, schema={"theme": pl.String, "above": pl.String}, orient="row")
    return met.join(up, on="theme").select(theme="above", row="row").unique().sort("theme", "row")


def coded_interviews(codings: pl.DataFrame) -> list[str]:
    """Return the interviews that people coded."""
    return codings.filter(COUNTED)["interview"].unique().sort().to_list()
