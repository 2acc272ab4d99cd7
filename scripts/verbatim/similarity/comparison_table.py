"""The table graphs/comparison of an analysis."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

from verbatim.lexicon import unknown
from verbatim.problems import raise_all
from verbatim.similarity.comparison import Comparison, compare
from verbatim.similarity.cooccurrence import chosen
from verbatim.similarity.graph_words import shares
from verbatim.similarity.spoken import Spoken

log = logging.getLogger(__name__)

PLACE = "config.yaml, graphs.compare"


def comparison(
    analysis: str, said: Spoken, known: Mapping[str, list[str]], settings: Mapping[str, Any]
) -> pl.DataFrame | None:
    """Return the table graphs/comparison of an analysis by its `settings` (section `graphs`), or None without groups.

    The words are active; each group gives as many, those that most of its segments bear. `known`: the values of each
    attribute over all participants of the study. None when nothing is to be compared, and, with a line in the log, when
    a group has fewer than two interviews in this analysis. Raises StudyError for an attribute or a value that nobody
    has.
    """
    asked = settings["compare"]
    if asked is None:
        return None
    _check(asked, known)
    group = np.where(said.having(asked["variable"], asked["first"]), 1, 0)
    group = np.where(said.having(asked["variable"], asked["second"]), 2, group)
    interviews = said.segments["interview"]
    for number, name in ((1, asked["first"]), (2, asked["second"])):
        n = interviews.filter(pl.Series(group == number)).n_unique()
        if n < 2:
            log.info("%s : %d entretien pour « %s », il en faut deux au moins : rien n'est comparé", analysis, n, name)
            return None
    words = _words(said, group, asked["words"])
    table = chosen(said.table, None, words)
    numbers = interviews.rank("dense").cast(pl.Int64).to_numpy() - 1
    found = compare(table, numbers, group, asked["index"], asked["least"], asked["resamples"], settings["seed"])
    log.info("%s : %d liens de deux groupes comparés", analysis, len(found.source))
    return _rows([said.words[word] for word in words], found, asked).with_columns(analysis=pl.lit(analysis))


def _check(asked: Mapping[str, Any], known: Mapping[str, list[str]]) -> None:
    variable = asked["variable"]
    if variable not in known:
        raise_all([unknown(f"{PLACE}.variable", "attribut inconnu", variable, sorted(known))])
    raise_all(
        [
            unknown(f"{PLACE}.{side}", "valeur jamais rencontrée", asked[side], known[variable])
            for side in ("first", "second")
            if asked[side] not in known[variable]
        ]
    )


def _words(said: Spoken, group: np.ndarray, most: int) -> np.ndarray:
    """Return the words compared: half from each group, the most frequent, then the most frequent of both."""
    ordered = []
    for rows in (group == 1, group == 2, group > 0):
        frequency = np.bincount(said.table[np.flatnonzero(rows)].indices, minlength=len(said.words))
        frequency = np.where(said.active, frequency, 0)
        order = np.argsort(-frequency, kind="stable")
        ordered.append(order[frequency[order] > 0].tolist())
    taken = dict.fromkeys([*shares(ordered[:2], most), *ordered[2]])
    return np.array(sorted(list(taken)[:most]), dtype=np.int64)


def _rows(words: list[str], found: Comparison, asked: Mapping[str, Any]) -> pl.DataFrame:
    names = pl.Series(words, dtype=pl.String)
    return pl.DataFrame(
        {
            "source": names.gather(found.source),
            "target": names.gather(found.target),
            "n_first": found.together[0],
            "n_second": found.together[1],
            "weight_first": found.weight[0],
            "weight_second": found.weight[1],
            "difference": found.difference,
            "low": found.low,
            "high": found.high,
            "p": found.p,
            "p_adjusted": found.p_adjusted,
        }
    ).with_columns(**{name: pl.lit(asked[name]) for name in ("variable", "first", "second")})
