"""Word trees: what is said before and after a word, grouped by common words (Wattenberg and Viégas 2008)."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl

from verbatim import positions

DEPTH = 7
LEAST = 2
# what ends a sentence; other marks are passed over
ENDS = r"^[.?!…;:]+$"
NOISE = ["X", "SYM"]
Path = tuple[str, ...]


@dataclass(frozen=True)
class Branch:
    """Words said `count` times after those of the branch that bears it, nearest to the root first; what comes next."""

    words: Path
    count: int
    branches: tuple[Branch, ...] = ()

    @property
    def leaves(self) -> int:
        """How many ends the branch has."""
        return sum(branch.leaves for branch in self.branches) or 1


@dataclass(frozen=True)
class Tree:
    """A lemma, how often it is said and in which forms (most frequent first), and its branches on either side."""

    lemma: str
    count: int
    forms: tuple[tuple[str, int], ...]
    before: tuple[Branch, ...]
    after: tuple[Branch, ...]


def sentences(tokens: pl.DataFrame, turns: pl.DataFrame, segments: pl.DataFrame) -> pl.DataFrame:
    """Return the words (`form`, lower case; `lemma`) of the participants in `segments`, with their sentence.

    `sentence` numbers runs of words that no end of sentence, of turn or of segments kept, and no noise or mask,
    cuts. Commas and the like are passed over, and so are words that the study ignores. Order of the corpus.
    """
    spoken = turns.with_row_index("of_turn").filter(pl.col("role") == "participant")["of_turn"]
    placed = tokens.with_columns(
        of_segment=pl.Series(positions.segment_of(tokens, segments)),
        of_turn=pl.Series(positions.turn_of(tokens, turns)).cast(pl.UInt32),
    )
    mark = pl.col("pos").is_in(["PUNCT", "SPACE"])
    ends = (mark & pl.col("form").str.contains(ENDS)) | (pl.col("pos").is_in(NOISE) & (pl.col("status") == "ignored"))
    said = (pl.col("of_segment") >= 0) & pl.col("of_turn").is_in(spoken.implode())
    cut = ends | ~said | (pl.col("of_turn") != pl.col("of_turn").shift(1)).fill_null(True)
    return (
        placed.with_columns(sentence=cut.cum_sum(), kept=said & ~mark & (pl.col("status") != "ignored"))
        .filter("kept")
        .select("sentence", "lemma", form=pl.col("form").str.to_lowercase().str.replace_all("’", "'"))
    )


def grow(words: pl.DataFrame, lemma: str, branches: int, depth: int = DEPTH) -> Tree:
    """Return the tree of a lemma in what `sentences` returns: at most `branches` ends on each side."""
    at = np.flatnonzero((words["lemma"] == lemma).to_numpy())
    forms = words["form"].gather(at).value_counts(name="n").sort(["n", "form"], descending=[True, False])
    sides = [_contexts(words, at, sign, depth) for sign in (-1, 1)]
    before, after = (prune(rows, branches) for rows in sides)
    return Tree(lemma, len(at), tuple(forms.iter_rows()), before, after)


def _contexts(words: pl.DataFrame, at: np.ndarray, sign: int, depth: int) -> list[Path]:
    """Return the words of the same sentence that follow (`sign` 1) or precede (−1) those at `at`, nearest first."""
    sentence = words["sentence"].to_numpy()
    columns = []
    for step in range(1, depth + 1):
        there = np.clip(at + sign * step, 0, max(len(sentence) - 1, 0))
        same = (sentence[there] == sentence[at]) & (there == at + sign * step)
        columns.append([form if own else None for form, own in zip(words["form"].gather(there), same, strict=True)])
    rows = zip(*columns, strict=True)
    return [row[: row.index(None)] if None in row else row for row in rows]


def prune(contexts: Iterable[Path], most: int) -> tuple[Branch, ...]:
    """Return the branches that contexts share, at most `most` ends, by decreasing counts.

    A branch is kept when it is said twice (once, if nothing is). Branches are taken one by one, first those
    that hold most words, times said by words since the root: so that long turns of phrase win over what
    only begins alike. Words said as often as those before join them.
    """
    counts: Counter[Path] = Counter(path[:n] for path in contexts for n in range(1, len(path) + 1))
    least = LEAST if max(counts.values(), default=0) >= LEAST else 1
    below: dict[Path, list[Path]] = {}
    for path in sorted(path for path in counts if counts[path] >= least):
        below.setdefault(path[:-1], []).append(path)
    kept: dict[Path, list[Path]] = {(): []}
    ends, waiting = 0, [(-counts[path], path) for path in below.get((), [])]
    heapq.heapify(waiting)
    while waiting:
        _, path = heapq.heappop(waiting)
        mother = path[:-1]
        more = 0 if mother and not kept[mother] else 1
        if ends + more <= most:
            kept[mother].append(path)
            kept[path] = []
            ends += more
            for own in below.get(path, []):
                heapq.heappush(waiting, (-counts[own] * len(own), own))
    return _branches((), kept, counts)


def _branches(mother: Path, kept: dict[Path, list[Path]], counts: Counter[Path]) -> tuple[Branch, ...]:
    own = sorted(kept[mother], key=lambda path: (-counts[path], path))
    return tuple(_branch(path, kept, counts) for path in own)


def _branch(path: Path, kept: dict[Path, list[Path]], counts: Counter[Path]) -> Branch:
    first, end = len(path) - 1, path
    while len(kept[end]) == 1 and counts[kept[end][0]] == counts[path]:
        end = kept[end][0]
    return Branch(end[first:], counts[path], _branches(end, kept, counts))
