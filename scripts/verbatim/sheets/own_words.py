"""Words of a part of what participants say against the rest: passages of a theme, or an interview."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from verbatim.sheets.passages import Passage
from verbatim.specificities import BANAL, score

LEAST = 2  # occurrences in the part
WORD = ("lemma", "pos")


@dataclass(frozen=True)
class OwnWord:
    """A word of a part: `f` occurrences of `F` in all, in `n_interviews` of them; `score`: specificity (Lafon 1980)."""

    lemma: str
    pos: str
    f: int
    F: int
    score: float
    interviews: tuple[str, ...]


def of_passages(words: pl.DataFrame, passages: Iterable[Passage], interviews: Iterable[str]) -> list[OwnWord]:
    """Return the active words that the passages say more than the rest of the `interviews`, the most specific first.

    `words`: counted words of participants (interview, turn, start, end, lemma, pos, status). Sizes count all of them;
    a word stands where |score| is 2 or more and it is said twice at least in the passages.
    """
    spans = pl.DataFrame(
        [(p.interview, p.turn, p.start, p.end) for p in passages],
        schema={"interview": pl.String, "turn": pl.Int64, "from": pl.Int64, "to": pl.Int64},
        orient="row",
    )
    known = words.filter(pl.col("interview").is_in(sorted(interviews)))
    inside = known.join(spans, on=["interview", "turn"]).filter(
        (pl.col("start") >= pl.col("from")) & (pl.col("end") <= pl.col("to"))
    )
    return _specific(inside, known)


def of_interviews(words: pl.DataFrame) -> dict[str, list[OwnWord]]:
    """Return interview -> the active words that it says more than the others, as `of_passages` does."""
    return {interview: _specific(own, words) for (interview,), own in words.sort("interview").group_by("interview")}


def _specific(part: pl.DataFrame, whole: pl.DataFrame) -> list[OwnWord]:
    said = part.filter(pl.col("status") == "active").group_by(WORD)
    rows = said.agg(f=pl.len(), interviews=pl.col("interview").unique().sort()).filter(pl.col("f") >= LEAST)
    totals = whole.join(rows.select(WORD), on=WORD, how="semi").group_by(WORD).agg(F=pl.len())
    rows = rows.join(totals, on=WORD)
    if rows.is_empty():
        return []
    scores = score(rows["f"].to_numpy(), rows["F"].to_numpy(), part.height, whole.height)
    kept = rows.with_columns(score=pl.Series(scores)).filter(pl.col("score") >= BANAL)
    ordered = kept.sort([-pl.col("score").round(6), pl.col("lemma"), pl.col("pos")])
    names = ("lemma", "pos", "f", "F", "score")
    return [OwnWord(*row[:5], tuple(row[5])) for row in ordered.select(*names, "interviews").iter_rows()]
