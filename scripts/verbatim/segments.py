"""Cutting participants' words into segments of about equal length at the best punctuation (Reinert's u.c.e.)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from verbatim.numbering import numbered
from verbatim.positions import turn_of

OVERHANG = 15
STRONG, COLON, SEMICOLON, COMMA, WORD = 6.0, 5.0, 4.0, 1.0, 0.01
STOPS = ".?!…"
CLOSING = ("»", "”", ")", "]")


def cut(tokens: Sequence[str], size: int = 40) -> list[int]:
    """Return the lengths of the segments into which `tokens` (one text, punctuation included) are cut.

    The rule is that of IRaMuTeQ 0.8 (segments by occurrences): among the first size + 16 tokens left, the
    segment ends with the token i (from 0) of the largest weight / (|size − i| + 1), the last of
    several equal ones; weights are 6 for full stops, question and exclamation marks and ellipses
    (`...` and `…`, which IRaMuTeQ loses before it cuts), 5 for a colon, 4 for a semicolon, 1 for a
    comma and 0.01 for any other token. A rest of size + 15 tokens or fewer is one segment. The
    lengths sum to the number of tokens; no token, no segment. ValueError when `size` < 1.
    """
    return _lengths(_weights(tokens), size)


def _weights(tokens: Sequence[str]) -> np.ndarray:
    weights = {",": COMMA, ";": SEMICOLON, ":": COLON}
    weights.update((token, STRONG) for token in set(tokens) if token and not token.strip(STOPS))
    return np.fromiter((weights.get(token, WORD) for token in tokens), dtype=float, count=len(tokens))


def _lengths(weights: np.ndarray, size: int) -> list[int]:
    if size < 1:
        raise ValueError(f"the size of a segment must be at least 1, not {size}")
    width = size + OVERHANG
    # backwards, so that argmax gives the last of several equal positions
    nearness = np.abs(size - np.arange(width, -1, -1)) + 1.0
    lengths, begin = [], 0
    while len(weights) - begin > width:
        length = width + 1 - int(np.argmax(weights[begin : begin + width + 1][::-1] / nearness))
        lengths.append(length)
        begin += length
    if begin < len(weights):
        lengths.append(len(weights) - begin)
    return lengths


def cut_turns(turns: pl.DataFrame, tokens: pl.DataFrame, size: int = 40, within: str = "interview") -> pl.DataFrame:
    """Return the table corpus/segments for the tables corpus/turns and corpus/tokens, sorted by their keys.

    A text is cut by `cut`: the words of one participant, in turns that follow one another once the
    interviewer's are left out; with `within` "question" a text ends besides at each question of the
    guide, with "turn" at each turn. Noise (ignored tokens of part of speech X, such as [rire]) and
    closing quotation marks and brackets have no length: they belong to the segment before them, or to
    the first of their text; a text of nothing else makes no segment. The question of a segment is that
    of its first token's turn.
    """
    turn = turn_of(tokens, turns)
    text = _texts(turns, within)[turn]
    counts = tokens.select(~((pl.col("pos") == "X") & (pl.col("status") == "ignored")) & ~pl.col("form").is_in(CLOSING))
    counts = counts.to_series().to_numpy()
    # one more place than there are texts, for the interviewer's −1
    has_words = np.zeros(text.max(initial=-1) + 2, dtype=bool)
    has_words[text[counts & (text >= 0)]] = True
    rows = np.flatnonzero(has_words[text])
    turn, counts = turn[rows], counts[rows]
    begins = _first_tokens(text[rows], counts, _word_weights(tokens["form"])[rows], size)
    first, last = np.flatnonzero(begins), np.flatnonzero(np.append(begins[1:], True)[: len(begins)])
    return pl.DataFrame(
        [
            *turns.select("interview", "speaker", "question")[turn[first]],
            *tokens.select(pl.col("turn", "token").name.prefix("first_"))[rows[first]],
            *tokens.select(pl.col("turn", "token").name.prefix("last_"))[rows[last]],
            pl.Series("n_tokens", np.add.reduceat(counts, first, dtype=np.int64) if len(first) else [], pl.Int64),
            _written(turns["text"], turn, np.cumsum(begins), *tokens.select("start", "end")[rows]).alias("text"),
        ]
    ).with_columns(segment=pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("interview"))


def _texts(turns: pl.DataFrame, within: str) -> np.ndarray:
    """Return the number of the text of each turn, from 0 in order; −1 for those of interviewers."""
    keys = {"interview": ["interview", "speaker"], "question": ["interview", "speaker", "question"]}
    changes = [pl.col(key).ne_missing(pl.col(key).shift()) for key in keys.get(within, ["interview", "turn"])]
    speaks = (turns["role"] == "participant").to_numpy()
    numbers = turns.filter(pl.Series(speaks)).select(pl.any_horizontal(changes).cast(pl.Int64).cum_sum())
    texts = np.full(turns.height, -1, dtype=np.int64)
    texts[speaks] = numbers.to_series().to_numpy() - 1
    return texts


def _word_weights(forms: pl.Series) -> np.ndarray:
    """Return the weight of each token: one look-up for each distinct form, not for each token."""
    codes, kinds = numbered(forms)
    return _weights(kinds.to_list())[codes]


def _first_tokens(text: np.ndarray, counts: np.ndarray, weights: np.ndarray, size: int) -> np.ndarray:
    """Say for each token (n,) whether a segment begins with it."""
    begins = np.diff(text, prepend=-1) != 0
    bounds = np.append(np.flatnonzero(begins), len(text))
    lengths = np.add.reduceat(counts, bounds[:-1], dtype=np.int64) if len(text) else np.zeros(0, np.int64)
    for number in np.flatnonzero(lengths > size + OVERHANG).tolist():
        begin, end = bounds[number], bounds[number + 1]
        counted = begin + np.flatnonzero(counts[begin:end])
        cuts = _lengths(weights[counted], size)
        begins[counted[np.cumsum(cuts[:-1], dtype=int)]] = True
    return begins


def _written(said: pl.Series, turn: np.ndarray, segment: np.ndarray, start: pl.Series, end: pl.Series) -> pl.Series:
    """Return the text of each segment: slices of the turns, from first to last token, joined by spaces.

    `said`: text of each turn; `turn`, `segment`, `start`, `end` (n,): of the tokens, `turn` being a row of `said`.
    """
    parts = np.flatnonzero((np.diff(segment, prepend=-1) != 0) | (np.diff(turn, prepend=-1) != 0))
    if not len(parts):
        return pl.Series([], dtype=pl.String)
    starts, ends = np.minimum.reduceat(start.to_numpy(), parts), np.maximum.reduceat(end.to_numpy(), parts)
    texts = said.to_list()
    # Python slices a text in constant time; polars counts characters from its start, too slow in long turns
    pieces = zip(turn[parts].tolist(), starts.tolist(), ends.tolist(), strict=True)
    pieces = pl.Series([texts[number][begin:stop] for number, begin, stop in pieces])
    joined = pl.DataFrame({"segment": segment[parts], "text": pieces}).group_by("segment", maintain_order=True)
    return joined.agg(pl.col("text").str.join(" "))["text"]
