"""The table of suggestions: sentences that hold enough cues of a theme, and what became of each."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from verbatim import anchoring
from verbatim.grid import Grid
from verbatim.theme_suggestions import decisions, matching, pointing, quality, sentences

SEPARATOR = " · "


@dataclass(frozen=True)
class Suggestions:
    """The tables themes/suggestions, suggestion_quality, suggestion_curve and cues."""

    suggestions: pl.DataFrame
    quality: pl.DataFrame
    curve: pl.DataFrame
    cues: pl.DataFrame


def suggest(
    turns: pl.DataFrame,
    tokens: pl.DataFrame,
    codings: pl.DataFrame,
    grid: Grid,
    decided: Sequence[decisions.Decision],
    least: int,
) -> Suggestions:
    """Return what the cues of the `grid` suggest in the participants' words, and what that is worth.

    `least`: how many different cues of a theme a sentence must hold. Raises StudyError for patterns with faults.
    """
    cut = sentences.cut(turns, tokens)
    clues, matches = matching.find(cut, tokens, grid.themes)
    pointed = pointing.pointed(clues, matches)
    coded = pointing.coded(cut, tokens, grid.themes, codings)
    suggested = pointing.enough(pointed, clues, least)
    read = pointing.coded_interviews(codings)
    rows = cut.with_row_index("row").filter(pl.col("interview").is_in(read))["row"].to_list()
    themes = list(dict.fromkeys(clue.theme for clue in clues))
    places = cut.with_row_index("row").with_columns(pl.col("row").cast(pl.Int64))
    placed = suggested.join(places, on="row", how="inner", maintain_order="left")
    about = {one.interview for one in decided}
    masked = anchoring.documents(turns.filter(pl.col("interview").is_in(sorted(about))))
    stands = decisions.standing(list(decided), masked, grid.current)
    return Suggestions(
        _table(decisions.states(placed, stands, coded), turns, tokens),
        quality.by_theme(suggested, coded, rows, themes),
        quality.by_number(pointed, coded, rows, clues, least),
        quality.by_cue(clues, matches, coded, rows),
    )


def _table(placed: pl.DataFrame, turns: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    texts = {(i, t): text for i, t, text in turns.select("interview", "turn", "text").iter_rows()}
    starts, ends = tokens["start"], tokens["end"]
    seen: dict[tuple[str, str, str], int] = {}
    rows = []
    for row in placed.sort("theme", "interview", "turn", "start").iter_rows(named=True):
        text = texts[row["interview"], row["turn"]]
        quote = text[row["start"] : row["end"]]
        key = row["theme"], row["interview"], quote
        seen[key] = seen.get(key, 0) + 1
        runs = _runs([row["first"] + token for token in row["tokens"]])
        cues = SEPARATOR.join(" ".join(text[starts[a] : ends[b]].split()) for a, b in runs)
        place = (row["interview"], row["turn"], row["start"], row["end"], quote)
        rows.append((_id(*key, seen[key]), row["theme"], *place, cues, row["n_cues"], row["by_pattern"], row["state"]))
    names = (
        "suggestion",
        "theme",
        "interview",
        "turn",
        "start",
        "end",
        "quote",
        "cues",
        "n_cues",
        "by_pattern",
        "state",
    )
    kinds: Mapping = {
        **dict.fromkeys(names, pl.String),
        **dict.fromkeys(("turn", "start", "end", "n_cues"), pl.Int64),
        "by_pattern": pl.Boolean,
    }
    return pl.DataFrame(rows, schema=kinds, orient="row")


def _id(theme: str, interview: str, quote: str, number: int) -> str:
    """Return the identifier of a suggestion: from its words, so that it stays when the transcript changes elsewhere."""
    words = (theme, interview, quote, str(number))
    return f"s-{hashlib.sha256(chr(31).join(words).encode()).hexdigest()[:12]}"


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Return first and last of the runs of following numbers in `places`, which are sorted."""
    found: list[tuple[int, int]] = []
    for place in places:
        if found and place == found[-1][1] + 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found
