"""How alike classifications of differently cut segments are: compared on the words that both classify."""

from __future__ import annotations

import numpy as np
import polars as pl

from verbatim.laboratory.places import counted, locate, stretches
from verbatim.laboratory.record import NAMES, Sweep
from verbatim.reinert.incidence import SEGMENT, active_forms


def adjusted_rand(counts: np.ndarray) -> np.ndarray:
    """Return the adjusted Rand index (…) of tables `counts` (…, K, L) that cross two partitions.

    1: the same classes; 0: what chance gives; it may be negative (Hubert and Arabie 1985, "Comparing partitions",
    equation 5). NaN where it is undefined: fewer than two things, or both partitions put all of them together, or
    all of them apart.
    """
    counts = np.asarray(counts, dtype=float)
    both = _pairs(counts).sum(axis=(-2, -1))
    rows = _pairs(counts.sum(axis=-1)).sum(axis=-1)
    columns = _pairs(counts.sum(axis=-2)).sum(axis=-1)
    all_pairs = _pairs(counts.sum(axis=(-2, -1)))
    undefined = (rows == columns) & ((rows == 0) | (rows == all_pairs))
    with np.errstate(invalid="ignore", divide="ignore"):
        expected = rows * columns / all_pairs
        index = (both - expected) / ((rows + columns) / 2 - expected)
    return np.where(undefined, np.nan, index)


def _pairs(n: np.ndarray) -> np.ndarray:
    return n * (n - 1) / 2


def agreements(labels: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return adjusted Rand index and share (n_trials, n_trials) of each pair of rows of `labels`, above the diagonal.

    labels (n_trials, m): class of each stretch, 1…K, 0 = none; weights (m,): its words. The index is taken over
    words that both classify (NaN where undefined), the share over all words; 0 where there is none.
    """
    n, wide = len(labels), int(labels.max(initial=0)) + 1
    rand, share = np.full((n, n), np.nan), np.zeros((n, n))
    for i in range(n - 1):
        keys = labels[i] * wide + labels[i + 1 :]
        counts = np.stack([np.bincount(key, weights, wide * wide) for key in keys]).reshape(-1, wide, wide)
        known = counts[:, 1:, 1:]
        rand[i, i + 1 :] = adjusted_rand(known)
        share[i, i + 1 :] = known.sum(axis=(1, 2)) / max(weights.sum(), 1)
    return rand, share


def compare(
    found: Sweep, own: dict, classes: pl.DataFrame, segments: pl.DataFrame, tokens: pl.DataFrame, turns: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the tables classes/trials and classes/agreements, without the analysis; empty when `found` is.

    `own`: what `own_settings` says of the study's classification, which is trial 0; `classes` is classes/segments
    (before any merging by hand: column found), the others are the tables of the corpus. Counted words: those of
    participants that are not ignored, in segments of `classes`.
    """
    if found.trials.is_empty():
        return _trials_table([], np.zeros(0)), _agreements_table([], np.zeros((0, 0)), np.zeros((0, 0)))
    held = classes.select(*SEGMENT, "found").join(segments, on=SEGMENT).sort(SEGMENT)
    places, labels = {0: locate(held, tokens)} | found.places, {0: held["found"].to_numpy()} | found.labels
    sizes = [0, *sorted(found.places)]
    weights, where = stretches([places[size] for size in sizes], counted(tokens, turns))
    weights = np.where(where[0] >= 0, weights, 0)
    said = np.flatnonzero(weights)
    rows = [{"trial": 0, **own}, *found.trials.to_dicts()]
    of_size = dict(zip(sizes, where, strict=True))
    on_words = np.stack(
        [np.append(labels[r["trial"]], 0)[of_size[r["size"] if r["trial"] else 0][said]] for r in rows]
    ).astype(np.int64)
    rand, share = agreements(on_words, weights[said])
    counts = [_counts(labels[row["trial"]]) for row in rows]
    told = [{**row, **count} for row, count in zip(rows, counts, strict=True)]
    return _trials_table(told, rand[0]), _agreements_table([row["trial"] for row in rows], rand, share)


def own_settings(lemmas: pl.DataFrame, settings: dict, size: int, compatibility: str) -> dict:
    """Return mode, unit, size, minimum_frequency, number (0: not set) and n_forms of the study's classification.

    `lemmas` is lexicon/lemmas; `settings` is the section classes; `size` is that of the section segments.
    """
    least = settings["minimum_frequency"]
    chosen = compatibility == "none" and settings["number"] != "auto"
    return {
        "mode": settings["mode"],
        "unit": "lemma",
        "size": size,
        "minimum_frequency": least,
        "number": settings["number"] if chosen else 0,
        "n_forms": len(active_forms(lemmas, least, settings["max_forms"])),
    }


def _counts(labels: np.ndarray) -> dict:
    n, classified = len(labels), int((labels > 0).sum())
    kinds = len(np.unique(labels[labels > 0]))
    return {"n_classes": kinds, "n_segments": n, "n_classified": classified, "share": classified / max(n, 1)}


def _trials_table(rows: list[dict], rand: np.ndarray) -> pl.DataFrame:
    integers = ("n_forms", "n_classes", "n_segments", "n_classified")
    schema = {**NAMES, **dict.fromkeys(integers, pl.Int64), "share": pl.Float64}
    known = pl.Series("rand", rand, dtype=pl.Float64)
    return pl.DataFrame(rows, schema=schema).with_columns(known.fill_nan(None))


def _agreements_table(trials: list[int], rand: np.ndarray, share: np.ndarray) -> pl.DataFrame:
    first, second = np.triu_indices(len(trials), 1)
    numbers = np.array(trials, dtype=np.int64)
    columns = {"trial": numbers[first], "other": numbers[second]}
    columns |= {"rand": rand[first, second], "share": share[first, second]}
    return pl.DataFrame(columns).with_columns(pl.col("rand").fill_nan(None))
