"""Where words stand: the turn and the segment of each token, by numbers, without joining tables of millions of rows."""

from __future__ import annotations

import numpy as np
import polars as pl


def segment_of(tokens: pl.DataFrame, segments: pl.DataFrame) -> np.ndarray:
    """Return the row of `segments` between whose first and last token each token stands (n_tokens,), −1: none.

    Both tables are sorted by their keys. Words of the interviewer inside a segment have its row too.
    """
    names = _names(tokens, segments)
    width = 1 + max(tokens[name].max() or 0 for name in ("turn", "token"))
    at = _position(tokens, names, "turn", "token", width)
    starts = np.searchsorted(at, _position(segments, names, "first_turn", "first_token", width))
    ends = np.searchsorted(at, _position(segments, names, "last_turn", "last_token", width), side="right")
    begun = np.zeros(len(at), dtype=np.int32)
    begun[starts] = 1
    row = np.cumsum(begun, dtype=np.int32) - 1
    return np.where((row >= 0) & (np.arange(len(at)) < np.append(ends, 0)[row]), row, -1).astype(np.int32)


def turn_of(tokens: pl.DataFrame, turns: pl.DataFrame) -> np.ndarray:
    """Return the row of `turns` of each token (n_tokens,); both tables are sorted by their keys."""
    names = _names(tokens, turns)
    width = 1 + max(frame["turn"].max() or 0 for frame in (tokens, turns))
    starts, at = (_position(frame, names, "turn", None, width) for frame in (turns, tokens))
    return np.searchsorted(starts, at).astype(np.int32)


def _position(frame: pl.DataFrame, names: pl.Series, turn: str, token: str | None, width: int) -> np.ndarray:
    """Return one number for each place, growing with interview, turn and token; `width` is above both numbers."""
    runs = frame["interview"].rle().struct.unnest()
    interview = np.repeat(names.search_sorted(runs["value"]).cast(pl.Int64).to_numpy(), runs["len"])
    at = interview * width + frame[turn].to_numpy()
    return at * width + frame[token].to_numpy() if token else at


def _names(*frames: pl.DataFrame) -> pl.Series:
    return pl.concat([frame["interview"].rle().struct.field("value") for frame in frames]).unique().sort()
