"""Trials: which settings are tried, and the classification that each gives."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from verbatim import lexicon
from verbatim.laboratory.places import locate
from verbatim.laboratory.record import NAMES, Sweep
from verbatim.problems import StudyError
from verbatim.reinert.candidates import labels_by_number
from verbatim.reinert.incidence import SEGMENT, active_forms, form_matrix
from verbatim.segments import cut_turns

OWN_NUMBER = [0]


def plan(settings: dict, compatibility: str) -> pl.DataFrame:
    """Return the trials, numbered from 1: every combination of the values in `settings` (section laboratory).

    The order in which values are written does not count. No number: no trial. With `compatibility` iramuteq the
    number of classes is the original's own: one trial, of number 0, stands for all numbers.
    """
    numbers = settings["numbers"] if compatibility == "none" or not settings["numbers"] else OWN_NUMBER
    values = [settings["modes"], settings["units"], settings["sizes"], settings["minimum_frequencies"], numbers]
    rows = [(i, *row) for i, row in enumerate(product(*(sorted(set(v)) for v in values)), start=1)]
    return pl.DataFrame(rows, schema=NAMES, orient="row")


def deal(trials: pl.DataFrame, chunk: int, chunks: int) -> pl.DataFrame:
    """Return the trials of `chunk` (from 0) of `chunks`.

    Trials of one size and unit share their tables and are never parted; neighbours in size go together.
    """
    groups = trials.select("size", "unit").unique().sort("size", "unit").with_row_index("group")
    mine = groups.filter(pl.col("group") * chunks // max(groups.height, 1) == chunk)
    return trials.join(mine, on=["size", "unit"], how="semi", maintain_order="left")


def sweep(
    trials: pl.DataFrame,
    turns: pl.DataFrame,
    tokens: pl.DataFrame,
    speakers: pl.DataFrame,
    selection: dict,
    within: str,
    settings: dict,
    compatibility: str = "none",
) -> Sweep:
    """Return what `trials` (of `plan`) find in the part of the corpus that `selection` takes (`lexicon.select`).

    `turns`, `tokens` and `speakers` are the tables of the corpus; `within` is that of the section segments;
    `settings` is the section classes, whose mode, number and minimum frequency the trials replace. The segments
    are cut anew for each size; those that bear a counted word are classified, as in the study. A part that has no
    segment of its own at some size gives trials without segments.
    """
    found: dict[int, np.ndarray] = {}
    n_forms: dict[int, int] = {}
    places: dict[int, np.ndarray] = {}
    lowered = tokens.with_columns(lemma=pl.col("form").str.to_lowercase())
    for size in trials["size"].unique().sort():
        kept = _part(cut_turns(turns, tokens, size, within), turns, speakers, selection)
        for (unit,), group in trials.filter(pl.col("size") == size).group_by("unit", maintain_order=True):
            words = tokens if unit == "lemma" else lowered
            _, terms, borne = lexicon.count("", words, kept, turns)
            rows = kept.join(borne, on=SEGMENT, how="semi").sort(SEGMENT)
            places[size] = locate(rows, tokens)
            for number, forms, labels in _classify(group, rows, terms, borne, settings, compatibility):
                n_forms[number], found[number] = forms, labels
    counts = [n_forms[number] for number in trials["trial"]]
    return Sweep(trials.with_columns(n_forms=pl.Series(counts, dtype=pl.Int64)), places, found)


def _part(segments: pl.DataFrame, turns: pl.DataFrame, speakers: pl.DataFrame, selection: dict) -> pl.DataFrame:
    try:
        return lexicon.select(segments, turns, speakers, selection)
    except StudyError:
        # Segments take the question of their first word: at a great length none may begin in the part. That is no
        # fault of the study; a wrong selection is one, and counting the words of the analysis tells it.
        return segments.clear()


def _classify(
    trials: pl.DataFrame, rows: pl.DataFrame, terms: pl.DataFrame, borne: pl.DataFrame, settings: dict, compatibility
) -> Iterator[tuple[int, int, np.ndarray]]:
    """Yield trial, number of forms and labels for `trials` of one size and unit: one table for all of them."""
    lowest = trials["minimum_frequency"].min()
    forms = active_forms(terms, lowest, settings["max_forms"])
    matrix = form_matrix(rows, borne, terms, "active", forms)
    texts = rows["interview"].rank("dense").to_numpy().astype(np.int64) - 1
    for (mode, least), group in trials.group_by("mode", "minimum_frequency", maintain_order=True):
        frequent = set(active_forms(terms, least, settings["max_forms"]))
        columns = np.flatnonzero([form in frequent for form in forms])
        table = csr_array(matrix[:, columns])
        numbers = group["number"].to_list()
        labels = _labels(table, texts, numbers, {**settings, "mode": mode}, compatibility)
        for trial, number in group.select("trial", "number").iter_rows():
            yield trial, len(columns), labels[number]


def _labels(matrix: csr_array, texts: np.ndarray, numbers: list[int], settings: dict, compatibility: str) -> dict:
    if not matrix.nnz:
        return {number: np.zeros(matrix.shape[0], dtype=np.int64) for number in numbers}
    found = labels_by_number(matrix, texts, numbers, settings, compatibility)
    return {number: np.asarray(candidate.labels) for number, candidate in found.items()}
