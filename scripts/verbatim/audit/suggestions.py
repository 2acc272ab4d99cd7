"""Suggested expressions: sequences of words said so often together that they may be one word."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import polars as pl

from verbatim import tables
from verbatim.class_description.repeats import NOT_WORDS, STOPS, sequences
from verbatim.numbering import column, distinct, numbered, renumbered
from verbatim.positions import turn_of
from verbatim.wordlists import fold

MOST = 300


def suggested(
    tokens: pl.DataFrame,
    turns: pl.DataFrame,
    known: Collection[str] = (),
    minimum_frequency: int = 5,
    minimum_interviews: int = 2,
    longest: int = 5,
    minimum_npmi: float = 0.4,
) -> pl.DataFrame:
    """Return corpus/suggested_expressions: sequences of words that begin and end with an active word or a name.

    Words are those of participants. `known`: folded expressions that are joined already, or that a person refused.
    pmi: log2 of the share of the sequence over the product of the shares of its n words; npmi: pmi over −(n − 1) log2
    of the share of the sequence, which is 1 when its words are never said apart (Bouma 2009, for n words). At most 300,
    those of largest npmi × log of their number first.
    """
    words = _words(tokens, turns)
    if words.is_empty():
        return tables.empty("corpus/suggested_expressions")
    codes = numbered(words["word"])[0].astype(np.int64)
    frequency = np.bincount(codes)
    edge = ((words["status"] == "active") | (words["pos"] == "PROPN")).to_numpy()
    interviews = words["interview"].rle_id().to_numpy().astype(np.int64)
    rows = []
    for level in sequences(codes, words["run"].to_numpy(), longest, minimum_frequency):
        n, width = len(level.counts), int(interviews.max()) + 1
        first = np.zeros(n, dtype=np.int64)
        first[level.ids[::-1]] = level.starts[::-1]
        spread = np.bincount(distinct(level.ids * width + interviews[level.starts]) // width, minlength=n)
        share = np.log2(level.counts / max(len(level.possible), 1))
        apart = np.log2(frequency[codes[first[:, None] + np.arange(level.length)]] / len(codes)).sum(axis=1)
        most = -(level.length - 1) * share
        npmi = np.divide(share - apart, most, out=np.zeros(n), where=most > 0)
        good = edge[first] & edge[first + level.length - 1]
        good &= (spread >= minimum_interviews) & (npmi >= minimum_npmi)
        kept = np.flatnonzero(good)
        counts = level.counts[kept], spread[kept]
        rows += [
            (int(place), level.length, int(n_said), int(n_int), float(bound), float(normal))
            for place, n_said, n_int, bound, normal in zip(
                first[kept], *counts, (share - apart)[kept], npmi[kept], strict=True
            )
        ]
    return _described(rows, words, known)


def _words(tokens: pl.DataFrame, turns: pl.DataFrame) -> pl.DataFrame:
    """Return the participants' words in order with the stretch, free of stops, in which each stands."""
    turn = turn_of(tokens, turns)
    form, forms = numbered(tokens["form"])
    word, words = renumbered(form, forms.str.to_lowercase().str.replace_all("’", "'"))
    stop = forms.str.contains(STOPS).to_numpy()[form]
    noise = (pl.col("pos") == "X") & (pl.col("status") == "ignored")
    silent = tokens.select(noise | pl.col("pos").is_in(NOT_WORDS)).to_series().to_numpy()
    kept = (turns["role"] == "participant").to_numpy()[turn] & ~stop & ~silent
    run = np.cumsum(stop | (np.diff(turn, prepend=-1) != 0))
    columns = ("interview", "turn", "start", "end", "lemma", "pos", "status")
    return (
        tokens.select(columns)
        .filter(pl.Series(kept))
        .with_columns(pl.Series("run", run[kept]), column(word[kept], words).alias("word"))
    )


def _described(rows: list[tuple], words: pl.DataFrame, known: Collection[str]) -> pl.DataFrame:
    found = []
    for first, length, n_occurrences, n_interviews, pmi, npmi in rows:
        part = words[first : first + length]
        said = _written(part["word"].to_list())
        if fold(said) in known:
            continue
        lemma, pos = _proposed(part, said)
        place = (part["interview"][0], part["turn"][0], part["start"][0], part["end"][-1])
        found.append((said, lemma, pos, length, n_occurrences, n_interviews, pmi, npmi, *place))
    table = pl.DataFrame(found, schema=tables.empty("corpus/suggested_expressions").schema, orient="row")
    weight = pl.col("npmi") * (pl.col("n_occurrences") + 1).log()
    ranked = table.sort([weight, pl.col("expression")], descending=[True, False])
    best = ranked.unique("expression", keep="first", maintain_order=True).head(MOST)
    return best.filter(~pl.Series(_held(best), dtype=pl.Boolean)).sort("expression")


def _held(table: pl.DataFrame) -> list[bool]:
    """Say of each expression whether a longer one, said as often, holds it."""
    said = [(f" {text} ", n) for text, n in table.select("expression", "n_occurrences").iter_rows()]
    return [
        any(n == other and len(text) < len(longer) and text in longer for longer, other in said) for text, n in said
    ]


def _written(words: list[str]) -> str:
    return " ".join(words).replace("' ", "'").replace(" -", "-")


def _proposed(part: pl.DataFrame, said: str) -> tuple[str, str]:
    """Return lemma and part of speech: the words as said, a verb that leads them in the infinitive."""
    if part["pos"][0] == "VERB":
        return _written([part["lemma"][0], *part["word"][1:].to_list()]), "VERB"
    is_noun = {"NOUN", "PROPN"} & set(part["pos"])
    return said, "NOUN" if is_noun else part["pos"][0]
