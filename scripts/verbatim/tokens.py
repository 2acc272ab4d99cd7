"""The words of a study: annotated, lemmatised, joined into expressions, each with its status."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from verbatim import expressions, lemmas
from verbatim.wordlists import Lists

TURN = ["interview", "turn"]


def make(
    turns: pl.DataFrame, raw: pl.DataFrame, masked: pl.DataFrame, lists: Lists, active_pos: Iterable[str]
) -> pl.DataFrame:
    """Return the table corpus/tokens for the masked `turns`.

    `raw` is the annotation of the turns as transcribed, `masked` that of the turns that masking changed,
    which goes before; both have the columns of private/annotation. Annotation of turns that are not in
    `turns` is left out. Raises ValueError when a token is not what its turn says at its offsets.
    """
    changed = masked.select(TURN).unique()
    both = pl.concat([raw.join(changed, on=TURN, how="anti"), masked])
    both = both.join(turns.select(TURN), on=TURN, how="semi").drop("entity")
    _check_offsets(both, turns)
    found = expressions.join(lemmas.settle(both, lists), turns, lists)
    return _with_status(found, lists, active_pos)


def _check_offsets(tokens: pl.DataFrame, turns: pl.DataFrame) -> None:
    # Python slices a text in constant time; polars counts characters from its start, too slow in long turns.
    texts = turns["text"].to_list()
    numbered = turns.select(TURN).with_row_index("text")
    for part in tokens.join(numbered, on=TURN, how="left", maintain_order="left").iter_slices(500_000):
        columns = (part["text"].to_list(), part["start"].to_list(), part["end"].to_list(), part["form"].to_list())
        for row, (text, start, end, form) in enumerate(zip(*columns, strict=True)):
            if texts[text][start:end] != form:
                raise ValueError(f"a token is not what its turn says: {part.drop('text').row(row)}")


def _with_status(tokens: pl.DataFrame, lists: Lists, active_pos: Iterable[str]) -> pl.DataFrame:
    kinds = tokens.select("lemma", "pos").unique().sort("lemma", "pos")
    kinds = kinds.with_columns(status=pl.Series(lemmas.statuses(kinds.iter_rows(), lists, active_pos), dtype=pl.String))
    tokens = tokens.join(kinds, on=["lemma", "pos"], how="left", maintain_order="left")
    chosen = pl.when(pl.col("listed_status") == "").then("status").otherwise("listed_status")
    return tokens.with_columns(status=chosen).drop("listed_status")
