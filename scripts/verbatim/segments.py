"""Cutting participants' words into segments of about equal length at the best punctuation (Reinert's u.c.e.)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import polars as pl

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
    """Return the table corpus/segments for the tables corpus/turns and corpus/tokens.

    A text is cut by `cut`: the words of one participant, in turns that follow one another once the
    interviewer's are left out; with `within` "question" a text ends besides at each question of the
    guide, with "turn" at each turn. Noise (ignored tokens of part of speech X, such as [rire]) and
    closing quotation marks and brackets have no length: they belong to the segment before them, or to
    the first of their text; a text of nothing else makes no segment. The question of a segment is that
    of its first token's turn.
    """
    texts = _texts(turns, within)
    words = (
        tokens.lazy()
        .join(texts.lazy().select("interview", "turn", "speaker", "question", "text_id"), on=["interview", "turn"])
        .with_columns(
            counts=~((pl.col("pos") == "X") & (pl.col("status") == "ignored")) & ~pl.col("form").is_in(CLOSING)
        )
        .filter(pl.col("counts").any().over("text_id"))
        .sort("text_id", "turn", "token")
        .collect()
    )
    begins = _first_tokens(words["text_id"].to_numpy(), words["counts"].to_numpy(), _word_weights(words), size)
    words = words.with_columns(cut=pl.Series(np.cumsum(begins), dtype=pl.Int64))
    return (
        words.lazy()
        .group_by("cut", maintain_order=True)
        .agg(
            pl.col("interview", "speaker", "question").first(),
            pl.col("turn", "token").first().name.prefix("first_"),
            pl.col("turn", "token").last().name.prefix("last_"),
            pl.col("counts").sum().cast(pl.Int64).alias("n_tokens"),
        )
        .join(_written(words, texts).lazy(), on="cut")
        .sort("cut")
        .with_columns(segment=pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("interview"))
        .drop("cut")
        .collect()
    )


def _texts(turns: pl.DataFrame, within: str) -> pl.DataFrame:
    """Return the participants' turns in order, with `text_id` counting the texts that they make."""
    keys = {"interview": ["interview", "speaker"], "question": ["interview", "speaker", "question"]}
    changes = [pl.col(key).ne_missing(pl.col(key).shift()) for key in keys.get(within, ["interview", "turn"])]
    return (
        turns.filter(pl.col("role") == "participant")
        .sort("interview", "turn")
        .with_columns(text_id=pl.any_horizontal(changes).cast(pl.Int64).cum_sum())
    )


def _word_weights(words: pl.DataFrame) -> np.ndarray:
    """Return the weight of each token: one look-up for each distinct form, not for each token."""
    forms = words["form"].unique()
    weights = pl.DataFrame({"form": forms, "weight": _weights(forms.to_list())})
    return words.select("form").join(weights, on="form", how="left", maintain_order="left")["weight"].to_numpy()


def _first_tokens(text_id: np.ndarray, counts: np.ndarray, weights: np.ndarray, size: int) -> np.ndarray:
    """Say for each token (n,) whether a segment begins with it."""
    begins = np.zeros(len(text_id), dtype=bool)
    bounds = np.flatnonzero(np.diff(text_id, prepend=-1, append=-1)) if len(text_id) else np.zeros(0, int)
    for begin, end in pairwise(bounds):
        counted = begin + np.flatnonzero(counts[begin:end])
        lengths = _lengths(weights[counted], size)
        begins[counted[np.cumsum(lengths[:-1], dtype=int)]] = True
        begins[begin] = True
    return begins


def _written(words: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """Return `cut` and `text`: slices of the turns, from first to last token, joined by spaces."""
    return (
        words.lazy()
        .group_by("cut", "interview", "turn")
        .agg(pl.col("start").min(), pl.col("end").max())
        .join(texts.lazy().select("interview", "turn", "text"), on=["interview", "turn"])
        .sort("cut", "turn")
        .with_columns(pl.col("text").str.slice(pl.col("start"), pl.col("end") - pl.col("start")))
        .group_by("cut", maintain_order=True)
        .agg(pl.col("text").str.join(" "))
        .collect()
    )
