"""Several words that count as one: `parce que`, `du coup`, `mettre en place`, `bilan de compétences`.

Expressions are found as sequences of tokens inside a turn, never as substrings, the longest first. Those
whose part of speech inflects (verb, noun, adjective) are found by lemma as well (`avait mis en place`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import polars as pl

from verbatim.annotation import CLITICS
from verbatim.lemmas import folded
from verbatim.lexique import Lexique
from verbatim.wordlists import Expression, Lists

INFLECTING = frozenset({"NOUN", "VERB", "ADJ"})
ELISIONS = {"d'": "de", "qu'": "que", "n'": "ne", "j'": "je", "s'": "se", "m'": "me", "t'": "te", "jusqu'": "jusque"}

Match = tuple[int, int, int, int]


def join(tokens: pl.DataFrame, texts: pl.DataFrame, lists: Lists) -> pl.DataFrame:
    """Return `tokens` with each expression as one token, and a column `listed_status` (empty: none).

    `tokens` (interview, turn, token, start, end, form, lemma, pos), sorted by place; `texts` (interview,
    turn, text) gives the form of what is joined. Tokens are numbered again from 1 in each turn.
    """
    tokens = tokens.with_columns(listed_status=pl.lit(""))
    found = find(tokens, lists)
    if found:
        tokens = _joined(tokens, texts, found, lists.expressions)
    number = pl.int_range(1, pl.len() + 1).over("interview", "turn").cast(pl.Int64)
    return tokens.with_columns(token=number)


def find(tokens: pl.DataFrame, lists: Lists) -> list[tuple[int, int, int]]:
    """Return (first row, number of rows, index in `lists.expressions`) of all matches, by row.

    Matches do not overlap: longer ones first, then those that agree by lemma, then the leftmost.
    """
    if tokens.is_empty():
        return []
    rows = tokens.select(
        turn=pl.struct("interview", "turn").rank("dense").cast(pl.Int64),
        form=folded("form").replace(ELISIONS),
        raw=folded("form"),
        lemma=folded("lemma"),
    )
    index = _Index(rows)
    words = {word for expression in lists.expressions for word in expression.words.split()}
    lexique = Lexique.of(lists.lexique, words)
    candidates: list[tuple[int, int, int, int]] = []
    for number, expression in enumerate(lists.expressions):
        for items in variants(expression.words):
            accepted = [_lemmas_of(item, expression.pos, lexique) for item in items]
            matches = index.matches(items, accepted, expression.unless_after, expression.unless_before)
            candidates += [(-len(items), by_form, first, number) for first, by_form in matches]
    return sorted(_without_overlap(candidates, tokens.height))


def variants(words: str) -> list[tuple[str, ...]]:
    """Return the sequences of tokens, elisions undone, that a tokeniser may make of an expression."""
    found = [tuple(words.split())]
    cut = [part for word in words.split() for part in re.findall(r"[^']+'?|'", word)]
    parts = [part for word in cut for part in re.split(rf"(?=-(?:{CLITICS})$)", word) if part]
    found += [tuple(cut), tuple(parts)]
    return list(dict.fromkeys(tuple(ELISIONS.get(item, item) for item in items) for items in found))


def _lemmas_of(item: str, pos: str, lexique: Lexique) -> tuple[str, ...]:
    """Return the lemmas under which `item` of an expression of that pos is also found (none: form only)."""
    if pos not in INFLECTING:
        return ()
    tags = ("VERB",) if pos == "VERB" else ("NOUN", "ADJ")
    known = [lexique.lemmas[item, tag] for tag in tags if (item, tag) in lexique.lemmas]
    return tuple(dict.fromkeys([item, *known]))


class _Index:
    """Rows of a corpus by form and by lemma."""

    def __init__(self, rows: pl.DataFrame):
        self.turn = rows["turn"].to_numpy()
        self.codes, known = {}, {}
        for column in ("form", "raw", "lemma"):
            values = rows[column].cast(pl.Categorical)
            self.codes[column] = values.to_physical().to_numpy().astype(np.int64)
            distinct = pl.DataFrame({"word": values.cast(pl.String), "code": self.codes[column]}).unique()
            known[column] = dict(distinct.iter_rows())
        self.known = known
        self.places = {column: _places(self.codes[column]) for column in ("form", "lemma")}

    def matches(
        self,
        items: Sequence[str],
        accepted: Sequence[tuple[str, ...]],
        unless_after: Iterable[str],
        unless_before: Iterable[str],
    ) -> Iterator[tuple[int, int]]:
        """Yield (first row, number of items found by form only) wherever `items` stand in one turn."""
        sets = [self._rows(item, lemmas) for item, lemmas in zip(items, accepted, strict=True)]
        rarest = min(range(len(items)), key=lambda i: sum(map(len, sets[i])))
        first = np.unique(np.concatenate(sets[rarest])) - rarest
        first = first[(first >= 0) & (first + len(items) <= len(self.turn))]
        if not len(first):
            return
        first = first[self.turn[first] == self.turn[first + len(items) - 1]]
        by_form = np.zeros(len(first), dtype=np.int64)
        good = np.ones(len(first), dtype=bool)
        for i, (item, lemmas) in enumerate(zip(items, accepted, strict=True)):
            form = self.codes["form"][first + i] == self.known["form"].get(item, -1)
            lemma = np.isin(self.codes["lemma"][first + i], [self.known["lemma"].get(w, -1) for w in lemmas])
            good &= form | lemma
            by_form += form & ~lemma if lemmas else 0
        good &= ~self._beside(first, -1, unless_after) & ~self._beside(first + len(items) - 1, 1, unless_before)
        yield from zip(first[good].tolist(), by_form[good].tolist(), strict=True)

    def _rows(self, item: str, lemmas: Iterable[str]) -> list[np.ndarray]:
        codes = [("form", self.known["form"].get(item, -1))]
        codes += [("lemma", self.known["lemma"].get(word, -1)) for word in lemmas]
        return [self.places[column].get(code, _NONE) for column, code in codes]

    def _beside(self, rows: np.ndarray, step: int, words: Iterable[str]) -> np.ndarray:
        codes = [self.known["raw"][word] for word in words if word in self.known["raw"]]
        if not codes:
            return np.zeros(len(rows), dtype=bool)
        beside = np.clip(rows + step, 0, len(self.turn) - 1)
        same = (self.turn[beside] == self.turn[rows]) & (beside != rows)
        return same & np.isin(self.codes["raw"][beside], codes)


_NONE = np.empty(0, dtype=np.int64)


def _places(codes: np.ndarray) -> dict[int, np.ndarray]:
    """Return code -> rows, ascending."""
    order = np.argsort(codes, kind="stable")
    distinct, begins = np.unique(codes[order], return_index=True)
    return dict(zip(distinct.tolist(), np.split(order, begins[1:]), strict=True))


def _without_overlap(candidates: Iterable[Match], n_rows: int) -> Iterator[tuple[int, int, int]]:
    taken = np.zeros(n_rows, dtype=bool)
    for length, _, first, number in sorted(candidates):
        if not taken[first : first - length].any():
            taken[first : first - length] = True
            yield first, -length, number


def _joined(
    tokens: pl.DataFrame, texts: pl.DataFrame, found: list[tuple[int, int, int]], expressions: Sequence[Expression]
) -> pl.DataFrame:
    said = {(interview, turn): text for interview, turn, text in texts.select("interview", "turn", "text").iter_rows()}
    first = np.array([match[0] for match in found])
    last = first + np.array([match[1] for match in found]) - 1
    places = tokens[first].select("interview", "turn", "start").rows()
    ends = tokens["end"].to_numpy()[last]
    chosen = [expressions[number] for _, _, number in found]
    heads = pl.DataFrame(
        {
            "row": first.astype(np.uint32),
            "new_end": ends,
            "new_form": [said[i, t][start:end] for (i, t, start), end in zip(places, ends.tolist(), strict=True)],
            "new_lemma": [expression.lemma for expression in chosen],
            "new_pos": [expression.pos for expression in chosen],
            "new_listed_status": [expression.status for expression in chosen],
        }
    )
    swallowed = np.zeros(tokens.height, dtype=bool)
    for begin, n, _ in found:
        swallowed[begin + 1 : begin + n] = True
    kept = tokens.with_row_index("row").filter(pl.Series(~swallowed))
    kept = kept.join(heads, on="row", how="left", maintain_order="left")
    columns = ("end", "form", "lemma", "pos", "listed_status")
    kept = kept.with_columns(pl.coalesce(f"new_{column}", column).alias(column) for column in columns)
    return kept.drop("row", *(f"new_{column}" for column in columns))
