"""Several words that count as one: `parce que`, `du coup`, `mettre en place`, `bilan de compétences`.

Expressions are found as sequences of tokens inside a turn, never as substrings, the longest first. Those
whose part of speech inflects (verb, noun, adjective) are found by lemma as well (`avait mis en place`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from verbatim.annotation import CLITICS
from verbatim.lemmas import folded
from verbatim.lexique import Lexique
from verbatim.numbering import column, distinct, numbered, renumbered, replaced
from verbatim.wordlists import STATUSES, Expression, Lists

LISTED = pl.Series(["", *STATUSES])
INFLECTING = frozenset({"NOUN", "VERB", "ADJ"})
ELISIONS = {"d'": "de", "qu'": "que", "n'": "ne", "j'": "je", "s'": "se", "m'": "me", "t'": "te", "jusqu'": "jusque"}


def join(tokens: pl.DataFrame, texts: pl.DataFrame, lists: Lists) -> pl.DataFrame:
    """Return `tokens` with each expression as one token, and a column `listed_status` (empty: none).

    `tokens` (interview, turn, token, start, end, form, lemma, pos), sorted by place; `texts` (interview,
    turn, text) gives the form of what is joined. Tokens are numbered again from 1 in each turn.
    """
    found = find(tokens, lists)
    if len(found):
        tokens = _joined(tokens, texts, found, lists.expressions)
    else:
        tokens = tokens.with_columns(listed_status=column(np.zeros(tokens.height), LISTED))
    rows = np.arange(tokens.height)
    begins = np.diff(_turns(tokens), prepend=-1) != 0
    number = rows - np.maximum.accumulate(np.where(begins, rows, 0)) + 1
    return tokens.with_columns(token=pl.Series(number, dtype=pl.Int64))


def _turns(tokens: pl.DataFrame) -> np.ndarray:
    """Return the number, from 0, of the turn of each token."""
    changes = [(pl.col(name) != pl.col(name).shift()).fill_null(False) for name in ("interview", "turn")]
    return tokens.select(pl.any_horizontal(changes).cum_sum().cast(pl.Int32)).to_series().to_numpy()


def find(tokens: pl.DataFrame, lists: Lists) -> np.ndarray:
    """Return first row, number of rows and index in `lists.expressions` of all matches (k, 3), by row.

    Matches do not overlap: longer ones first, then those that agree by lemma, then the leftmost.
    """
    if tokens.is_empty():
        return np.zeros((0, 3), dtype=np.int64)
    words = {word for expression in lists.expressions for word in expression.words.split()}
    lexique = Lexique.of(lists.lexique, words)
    asked = [
        _Asked(number, items, [_lemmas_of(item, expression.pos, lexique) for item in items])
        for number, expression in enumerate(lists.expressions)
        for items in variants(expression.words)
    ]
    index = _Index.of(tokens)
    places = index.places([index.rarest(sequence) for sequence in asked])
    candidates = []
    for sequence, near in zip(asked, places, strict=True):
        first, by_form = index.matches(sequence, near, lists.expressions[sequence.number])
        alike = np.full((2, len(first)), [[-len(sequence.items)], [sequence.number]])
        candidates.append(np.stack([alike[0], by_form, first, alike[1]], axis=1))
    return _without_overlap(np.concatenate(candidates), tokens.height)


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


@dataclass(frozen=True)
class _Asked:
    """A sequence of `items` looked for, with the lemmas under which each is also found; its expression's `number`."""

    number: int
    items: tuple[str, ...]
    lemmas: list[tuple[str, ...]]


@dataclass(frozen=True)
class _Index:
    """Words of a corpus (n,) by form (elisions undone), by form as said, by lemma; the turn in which each stands.

    `codes` (n,) are rows of what `known` numbers; `often`: how many words have each.
    """

    turn: np.ndarray
    codes: dict[str, np.ndarray]
    known: dict[str, dict[str, int]]
    often: dict[str, np.ndarray]

    @classmethod
    def of(cls, tokens: pl.DataFrame) -> _Index:
        """Return the index of `tokens`, sorted by place."""
        form, forms = numbered(tokens["form"])
        lemma, lemmas = numbered(tokens["lemma"])
        raw = pl.DataFrame({"word": forms}).select(folded("word"))["word"]
        spoken = {
            "form": (form, raw.replace(ELISIONS)),
            "raw": (form, raw),
            "lemma": (lemma, pl.DataFrame({"word": lemmas}).select(folded("word"))["word"]),
        }
        found = {name: renumbered(*pair) for name, pair in spoken.items()}
        return cls(
            _turns(tokens),
            {name: codes for name, (codes, _) in found.items()},
            {name: {word: code for code, word in enumerate(kinds)} for name, (_, kinds) in found.items()},
            {name: np.bincount(codes, minlength=len(kinds)) for name, (codes, kinds) in found.items()},
        )

    def rarest(self, asked: _Asked) -> tuple[int, list[tuple[str, int]]]:
        """Return the place of the item that has the fewest words, and the form and lemmas that these have."""
        found = [self._numbers(*item) for item in zip(asked.items, asked.lemmas, strict=True)]
        place = min(range(len(found)), key=lambda i: sum(int(self.often[name][code]) for name, code in found[i]))
        return place, found[place]

    def places(self, asked: Sequence[tuple[int, list[tuple[str, int]]]]) -> list[np.ndarray]:
        """Return, for each of what `rarest` returns, where a sequence with that item would begin, ascending."""
        rows: dict[tuple[str, int], np.ndarray] = {}
        for name in ("form", "lemma"):
            wanted = {code for _, numbers in asked for column, code in numbers if column == name}
            is_wanted = np.zeros(len(self.often[name]), dtype=bool)
            is_wanted[list(wanted)] = True
            held = np.flatnonzero(is_wanted[self.codes[name]])
            order = held[np.argsort(self.codes[name][held], kind="stable")]
            counts = np.where(is_wanted, self.often[name], 0)
            begins = np.cumsum(counts) - counts
            rows |= {(name, code): order[begins[code] : begins[code] + counts[code]] for code in wanted}
        return [distinct(np.concatenate([_NONE, *(rows[n] for n in numbers)])) - place for place, numbers in asked]

    def matches(self, asked: _Asked, first: np.ndarray, expression: Expression) -> tuple[np.ndarray, np.ndarray]:
        """Return those rows of `first` from which the items stand in one turn, and how many stand by form only."""
        n = len(asked.items)
        first = first[(first >= 0) & (first + n <= len(self.turn))]
        first = first[self.turn[first] == self.turn[first + n - 1]]
        by_form = np.zeros(len(first), dtype=np.int64)
        good = np.ones(len(first), dtype=bool)
        for i, (item, lemmas) in enumerate(zip(asked.items, asked.lemmas, strict=True)):
            form = self.codes["form"][first + i] == self.known["form"].get(item, -1)
            lemma = np.isin(self.codes["lemma"][first + i], [self.known["lemma"].get(w, -1) for w in lemmas])
            good &= form | lemma
            by_form += form & ~lemma if lemmas else 0
        good &= ~self._beside(first, -1, expression.unless_after)
        good &= ~self._beside(first + n - 1, 1, expression.unless_before)
        return first[good], by_form[good]

    def _numbers(self, item: str, lemmas: Iterable[str]) -> list[tuple[str, int]]:
        asked = [("form", item), *(("lemma", word) for word in lemmas)]
        return [(name, self.known[name][word]) for name, word in asked if word in self.known[name]]

    def _beside(self, rows: np.ndarray, step: int, words: Iterable[str]) -> np.ndarray:
        codes = [self.known["raw"][word] for word in words if word in self.known["raw"]]
        if not codes:
            return np.zeros(len(rows), dtype=bool)
        beside = np.clip(rows + step, 0, len(self.turn) - 1)
        same = (self.turn[beside] == self.turn[rows]) & (beside != rows)
        return same & np.isin(self.codes["raw"][beside], codes)


_NONE = np.empty(0, dtype=np.int64)


def _without_overlap(candidates: np.ndarray, n_rows: int) -> np.ndarray:
    """Return first row, length and number of those kept, by row, of candidates (k, 4).

    A candidate is −length, items found by form only, first row, number; the smallest comes first.
    """
    taken = np.zeros(n_rows, dtype=bool)
    kept = []
    for length, _, first, number in candidates[np.lexsort(candidates.T[::-1])].tolist():
        if not taken[first : first - length].any():
            taken[first : first - length] = True
            kept.append((first, -length, number))
    found = np.array(kept, dtype=np.int64).reshape(-1, 3)
    return found[np.argsort(found[:, 0])]


def _joined(
    tokens: pl.DataFrame, texts: pl.DataFrame, found: np.ndarray, expressions: Sequence[Expression]
) -> pl.DataFrame:
    first, length, number = found.T
    last = first + length - 1
    swallowed = np.zeros(tokens.height + 1, dtype=np.int64)
    np.add.at(swallowed, first + 1, 1)
    np.add.at(swallowed, last + 1, -1)
    kept = np.cumsum(swallowed)[:-1] == 0
    heads, ends = tokens.select("interview", "turn", "start")[first], tokens["end"].gather(last)
    said = heads.with_columns(pl.col("interview").cast(pl.String)).join(
        texts.select("interview", "turn", "text"), on=["interview", "turn"], how="left", maintain_order="left"
    )
    forms = [text[start:end] for text, start, end in zip(said["text"], said["start"], ends, strict=True)]
    place = (np.cumsum(kept) - 1)[first]
    tokens = tokens.filter(pl.Series(kept))
    end = tokens["end"].to_numpy().copy()
    end[place] = ends
    listed = np.zeros(len(end))
    listed[place] = np.array([LISTED.to_list().index(expression.status) for expression in expressions])[number]
    lemma, pos = (pl.Series([getattr(e, name) for e in expressions]).gather(number) for name in ("lemma", "pos"))
    return tokens.with_columns(
        pl.Series("end", end),
        replaced(tokens["form"], place, pl.Series(forms)).alias("form"),
        replaced(tokens["lemma"], place, lemma).alias("lemma"),
        replaced(tokens["pos"], place, pos).alias("pos"),
        column(listed, LISTED).alias("listed_status"),
    )
