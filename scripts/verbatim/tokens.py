"""The words of a study: annotated, lemmatised, joined into expressions, each with its status."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import polars as pl

from verbatim import expressions, lemmas
from verbatim.numbering import column, numbered, paired
from verbatim.wordlists import STATUSES, Lists

TURN = ["interview", "turn"]
AT_ONCE = 500_000


def make(
    turns: pl.DataFrame, raw: pl.DataFrame, masked: pl.DataFrame, lists: Lists, active_pos: Iterable[str]
) -> pl.DataFrame:
    """Return the table corpus/tokens for the masked `turns`, which are sorted by their key.

    `raw` is the annotation of the turns as transcribed, `masked` that of the turns that masking changed,
    which goes before; both have the columns of private/annotation, the tokens of a turn together and in order.
    Annotation of turns that are not in `turns` is left out. Raises ValueError when a token is not what its turn says
    at its offsets.
    """
    tokens, turn = _annotated(turns, raw, masked)
    # a gigabyte for ten million words, if the caller keeps no hold of it
    del raw, masked
    _check_offsets(tokens, turn, turns)
    tokens = lemmas.mend(tokens, np.diff(turn, prepend=-1) != 0, lists)
    tokens = _with_status(expressions.join(tokens, turns, lists), lists, active_pos)
    return tokens.with_columns(pl.selectors.enum().cast(pl.String))


def _annotated(turns: pl.DataFrame, raw: pl.DataFrame, masked: pl.DataFrame) -> tuple[pl.DataFrame, np.ndarray]:
    """Return interview, turn, token, start, end, form, lemma and pos of the turns' tokens, and the row of each turn."""
    runs = pl.concat([_runs(masked, 0), _runs(raw, masked.height)])
    kept = runs.unique(TURN, keep="first", maintain_order=True)
    placed = turns.select(TURN).with_row_index("row").join(kept, on=TURN, maintain_order="left")
    length = placed["length"].to_numpy()
    rows = np.arange(length.sum()) + np.repeat(placed["first"].to_numpy() - np.cumsum(length) + length, length)
    both = pl.concat([masked.select(raw.columns), raw]).drop(*TURN, "entity")
    turn = np.repeat(placed["row"].to_numpy().astype(np.int64), length)
    interview = pl.Series("interview", column(*numbered(turns["interview"])))
    names = ("form", "lemma", "pos")
    texts = [column(*numbered(both[name])).gather(rows).alias(name) for name in names]
    places = [
        interview.gather(turn),
        turns["turn"].gather(turn),
        *(both[name].gather(rows) for name in ("token", "start", "end")),
    ]
    return pl.DataFrame([*places, *texts]), turn


def _runs(tokens: pl.DataFrame, begin: int) -> pl.DataFrame:
    """Return interview and turn of the turns of `tokens`, their number of tokens and their first row from `begin`."""
    changes = [(pl.col(name) != pl.col(name).shift()).fill_null(True) for name in TURN]
    first = tokens.select(pl.any_horizontal(changes).arg_true().cast(pl.Int64)).to_series()
    length = pl.Series(np.diff(first.to_numpy(), append=tokens.height))
    return tokens.select(TURN)[first].with_columns(first=first + begin, length=length)


def _check_offsets(tokens: pl.DataFrame, turn: np.ndarray, turns: pl.DataFrame) -> None:
    """Compare the forms with the texts, character by character, as arrays: polars counts a text from its start."""
    signs = _signs(turns["text"])
    begins = np.cumsum(lengths := turns["text"].str.len_chars().to_numpy().astype(np.int64)) - lengths
    for first in range(0, tokens.height, AT_ONCE):
        part, row = tokens[first : first + AT_ONCE], turn[first : first + AT_ONCE]
        start, end = part["start"].to_numpy(), part["end"].to_numpy()
        size = part["form"].cast(pl.String).str.len_chars().cast(pl.Int64).to_numpy()
        wrong = (start < 0) | (end > lengths[row]) | (end - start != size)
        if not wrong.any():
            place = np.repeat(begins[row] + start - np.cumsum(size) + size, size) + np.arange(size.sum())
            differs = signs[place] != _signs(part["form"].cast(pl.String))
            wrong[np.repeat(np.arange(len(row)), size)[differs]] = True
        if wrong.any():
            raise ValueError(f"a token is not what its turn says: {part.row(int(np.argmax(wrong)))}")


def _signs(texts: pl.Series) -> np.ndarray:
    """Return the characters of all texts, one after another, as numbers."""
    return np.frombuffer("".join(texts.to_list()).encode("utf-32-le"), dtype=np.uint32)


def _with_status(tokens: pl.DataFrame, lists: Lists, active_pos: Iterable[str]) -> pl.DataFrame:
    lemma, kinds = numbered(tokens["lemma"])
    pos, parts = numbered(tokens["pos"])
    pair, lemma_of, pos_of = paired(lemma, pos, len(parts))
    words = zip(kinds.gather(lemma_of).to_list(), parts.gather(pos_of).to_list(), strict=True)
    known = pl.Series(STATUSES)
    found = np.array([STATUSES.index(status) for status in lemmas.statuses(words, lists, active_pos)], dtype=np.int8)
    listed = tokens["listed_status"].to_physical().to_numpy().astype(np.int8) - 1
    status = np.where(listed < 0, found[pair], listed)
    return tokens.drop("listed_status").with_columns(column(status, known).alias("status"))
