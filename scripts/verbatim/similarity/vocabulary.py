"""Which words a graph is made of: of the whole corpus, of a class, a modality, a theme, or around one word."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array

from verbatim.reinert.profiles import signed_chi2
from verbatim.similarity.cooccurrence import chosen
from verbatim.similarity.indices import ASSOCIATIONS, index


def most_frequent(
    table: csr_array, rows: np.ndarray | None = None, most: int | None = None, minimum_frequency: int = 1
) -> np.ndarray:
    """Return the words, sorted, that at least `minimum_frequency` of the `rows` of a binary table (rows, words) bear.

    `rows`: a mask or numbers, all when None (those of a class, a modality, a theme, a group of speakers). With
    `most`, only the most frequent of them; of equal ones, those that come first.
    """
    frequency = np.bincount(chosen(table, rows).indices, minlength=table.shape[1])
    return _first(frequency, np.flatnonzero(frequency >= max(minimum_frequency, 1)), most)


def most_characteristic(
    table: csr_array, rows: np.ndarray, most: int | None = None, minimum_frequency: int = 1, least: float = 3.84
) -> np.ndarray:
    """Return the words, sorted, that `rows` (mask) bear more than the other rows: signed χ² over `least`.

    `minimum_frequency` is that in `rows`. With `most`, only those of largest χ²; of equal ones, the first.
    """
    rows = np.asarray(rows, dtype=bool)
    inside = np.bincount(chosen(table, rows).indices, minlength=table.shape[1])
    total = np.bincount(table.indices, minlength=table.shape[1])
    chi2 = signed_chi2(inside[:, None], total, np.array([rows.sum()]), len(rows))[:, 0]
    return _first(chi2, np.flatnonzero((chi2 > least) & (inside >= max(minimum_frequency, 1))), most)


def around(
    table: csr_array,
    word: int,
    rows: np.ndarray | None = None,
    most: int | None = None,
    name: str = "cooccurrence",
    least: int = 1,
) -> np.ndarray:
    """Return `word` and the words most linked with it, sorted: those that occur with it in `least` rows or more.

    With `most`, at most so many words, itself included, those of largest index `name`; of equal ones, the first. By an
    index of association, only words that occur with it more often than chance would have it.
    """
    part = chosen(table, rows)
    bearing = part[np.flatnonzero(part[:, [word]].toarray()[:, 0])]
    together = np.bincount(bearing.indices, minlength=part.shape[1])
    frequency = np.bincount(part.indices, minlength=part.shape[1])
    often = (together >= max(least, 1)) & (np.arange(len(together)) != word)
    if name in ASSOCIATIONS:
        often &= together * float(part.shape[0]) > frequency.astype(float) * frequency[word]
    others = np.flatnonzero(often)
    margins = np.stack([np.full(len(others), frequency[word]), frequency[others]])
    values = np.zeros(part.shape[1])
    values[others] = index(name, together[others], margins, part.shape[0])
    kept = _first(values, others, None if most is None else most - 1)
    return np.sort(np.append(kept, word))


def listed(names: Sequence[str], wanted: Sequence[str], frequency: np.ndarray) -> tuple[np.ndarray, list[str]]:
    """Return the words, sorted, of `names` (p,) that are in `wanted`, and those wanted that never occur, in order.

    `frequency` (p,): rows in which each occurs; a name of frequency 0 never occurs. Repeats count once.
    """
    places = {name: place for place, name in enumerate(names) if frequency[place] > 0}
    distinct = list(dict.fromkeys(wanted))
    found = sorted(places[name] for name in distinct if name in places)
    return np.array(found, dtype=np.int64), [name for name in distinct if name not in places]


def _first(values: np.ndarray, words: np.ndarray, most: int | None) -> np.ndarray:
    if most is None or len(words) <= most:
        return words
    return np.sort(words[np.argsort(-values[words], kind="stable")][: max(most, 0)])
