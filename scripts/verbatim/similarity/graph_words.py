"""The rows and the words of one graph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from verbatim.problems import nearest
from verbatim.reinert.groups import fold
from verbatim.similarity.requests import Request
from verbatim.similarity.spoken import Spoken
from verbatim.similarity.vocabulary import around, most_characteristic, most_frequent

SIGNIFICANT = 3.84
MOST = 300


@dataclass(frozen=True)
class GraphWords:
    """rows: the segments counted, a mask (n,); words: numbers of the words, sorted; absent: those that never occur."""

    rows: np.ndarray
    words: np.ndarray
    absent: list[str] = field(default_factory=list)
    message: str | None = None


def choose(said: Spoken, request: Request, profiles: pl.DataFrame, touched: np.ndarray | None) -> GraphWords:
    """Return the rows and words of a graph.

    Of the corpus: an equal share of the words for each class, those of its largest χ² in `profiles` (classes/profiles),
    then the most frequent. Of a class: its rows, the words of its largest χ² (> 0: more frequent there than elsewhere).
    Of a modality or a theme: its rows, `touched` for a theme; the words of largest χ² (> 0) with these rows; of rows
    that are all the rows, the most frequent. Around a word: all rows, it and those most similar to it. Of a list: all
    rows, the words of the list, at most 300. Only active words, but for those that the study names. Every word is in
    `minimum_frequency` segments of the rows or more (together with the word, around one), but for those of a list.
    """
    match request.of:
        case "class":
            return _of_class(said, request, profiles)
        case "modality":
            return _of_rows(said, request, said.having(request.variable, request.subject), "modalité")
        case "theme":
            return _of_rows(said, request, touched, "thème")
        case "word":
            return _around(said, request)
        case "list":
            return _listed(said, request)
    return _of_corpus(said, request, profiles)


def _everything(said: Spoken) -> np.ndarray:
    return np.ones(said.table.shape[0], dtype=bool)


def _nothing(said: Spoken, message: str, absent: Sequence[str] = ()) -> GraphWords:
    return GraphWords(np.zeros(said.table.shape[0], dtype=bool), np.zeros(0, dtype=np.int64), list(absent), message)


def _frequency(said: Spoken, rows: np.ndarray | None = None) -> np.ndarray:
    """Return in how many segments of a mask each word occurs; 0 for those that are not active."""
    part = said.table if rows is None else said.table[np.flatnonzero(rows)]
    return np.where(said.active, np.bincount(part.indices, minlength=len(said.words)), 0)


def _of_corpus(said: Spoken, request: Request, profiles: pl.DataFrame) -> GraphWords:
    """Take an equal share for each class, then the most frequent words; of equal ones, the first."""
    most, least = request.settings["words"], request.settings["minimum_frequency"]
    frequency = _frequency(said)
    often = np.flatnonzero(frequency >= least)
    taken = shares([_strongest(said, profiles, k, frequency, least, SIGNIFICANT) for k in said.numbers], most)
    rest = often[np.argsort(-frequency[often], kind="stable")].tolist()
    words = list(dict.fromkeys([*taken, *rest]))[:most]
    message = None if words else f"aucun mot actif n'est dans {least} segments"
    return GraphWords(_everything(said), np.array(sorted(words), dtype=np.int64), message=message)


def shares(lists: Sequence[Sequence[int]], most: int) -> list[int]:
    """Return at most `most` different words: the first of each list, as many from each."""
    taken: dict[int, None] = {}
    share = most // max(len(lists), 1)
    for members in lists:
        taken.update(dict.fromkeys([word for word in members if word not in taken][:share]))
    return list(taken)


def _strongest(
    said: Spoken, profiles: pl.DataFrame, number: int, frequency: np.ndarray, least: int, over: float
) -> list[int]:
    """Return the active words of a class by decreasing χ², those `over` a bound that `least` counted rows bear."""
    own = profiles.filter((pl.col("class") == number) & (pl.col("kind") == "active") & (pl.col("chi2") > over))
    own = own.sort(["chi2", "term"], descending=[True, False])
    places = {said.words[word]: int(word) for word in np.flatnonzero(frequency >= least)}
    return [places[term] for term in own["term"] if term in places]


def _of_class(said: Spoken, request: Request, profiles: pl.DataFrame) -> GraphWords:
    if request.subject is None or not said.numbers:
        return _nothing(said, "il n'y a pas de classes")
    if request.subject not in map(str, said.numbers):
        return _nothing(said, f"il n'y a pas de classe {request.subject} : les classes vont de 1 à {max(said.numbers)}")
    number, least = int(request.subject), request.settings["minimum_frequency"]
    rows = said.classes == number
    found = _strongest(said, profiles, number, _frequency(said, rows), least, 0.0)[: request.settings["words"]]
    message = (
        None if found else f"aucun mot plus fréquent dans la classe qu'ailleurs n'est dans {least} de ses segments"
    )
    return GraphWords(rows, np.array(sorted(found), dtype=np.int64), message=message)


def _of_rows(said: Spoken, request: Request, rows: np.ndarray, kind: str) -> GraphWords:
    """Take the words that `rows` bear beyond the others."""
    if not rows.any():
        return _nothing(said, f"aucun segment de l'analyse pour {'cette' if kind == 'modalité' else 'ce'} {kind}")
    most, least = request.settings["words"], request.settings["minimum_frequency"]
    table, places = said.table[:, np.flatnonzero(said.active)], np.flatnonzero(said.active)
    if rows.all():
        return GraphWords(rows, places[most_frequent(table, None, most, least)])
    found = places[most_characteristic(table, rows, most, least, 0.0)]
    message = None if len(found) else f"aucun mot plus fréquent ici qu'ailleurs n'est dans {least} segments"
    return GraphWords(rows, found, message=message)


def _around(said: Spoken, request: Request) -> GraphWords:
    places = _places(said)
    word = places.get(fold(request.subject))
    if word is None:
        near = nearest(fold(request.subject), places)
        mend = f" ; vouliez-vous « {said.words[places[near]]} » ?" if near else ""
        return _nothing(said, f"le mot « {request.subject} » n'est jamais dit{mend}", [request.subject])
    settings = request.settings
    kept = np.flatnonzero(said.active | (np.arange(len(said.words)) == word))
    own = int(np.searchsorted(kept, word))
    table = said.table[:, kept]
    found = kept[around(table, own, None, settings["words"], settings["index"], settings["minimum_frequency"])]
    return GraphWords(_everything(said), found)


def _listed(said: Spoken, request: Request) -> GraphWords:
    places = _places(said)
    wanted = {fold(word): word for word in reversed(request.settings["list"])}
    absent = [word for key, word in reversed(wanted.items()) if key not in places]
    found = np.array(sorted({places[key] for key in wanted if key in places}), dtype=np.int64)
    if len(found) == 0:
        return _nothing(said, "aucun mot de la liste n'est jamais dit", absent)
    message = None
    if len(found) > MOST:
        frequency = np.bincount(said.table.indices, minlength=len(said.words))[found]
        message = f"des {len(found)} mots de la liste, les {MOST} plus fréquents"
        found = np.sort(found[np.argsort(-frequency, kind="stable")[:MOST]])
    return GraphWords(_everything(said), found, absent, message)


def _places(said: Spoken) -> dict[str, int]:
    """Return the number of each folded word that occurs; of two that fold alike, the more frequent."""
    frequency = np.bincount(said.table.indices, minlength=len(said.words))
    order = np.argsort(frequency, kind="stable")
    return {fold(said.words[word]): int(word) for word in order if frequency[word] > 0}
