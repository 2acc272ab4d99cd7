"""The tables of stability, from all resamples of an analysis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from verbatim import tables
from verbatim.reinert.incidence import SEGMENT
from verbatim.reinert.number import acceptable
from verbatim.stability.record import Resamples

INTERVAL = (0.025, 0.975)
CHARACTERISTIC = 3.84


@dataclass(frozen=True)
class Stability:
    """The tables classes/stability, membership, form_stability, influence and candidates."""

    stability: pl.DataFrame
    membership: pl.DataFrame
    form_stability: pl.DataFrame
    influence: pl.DataFrame
    candidates: pl.DataFrame


def gather(found: Resamples, classes: pl.DataFrame, profiles: pl.DataFrame, analysis: str) -> Stability:
    """Return the tables for the classes of `classes` (classes/segments) and their `profiles` (classes/profiles).

    Classes are found again by the numbers they had before any merging by hand (`found`). What is said of a class
    merged from several is the mean of theirs, by their segments; a segment is in it when it is in any of them.
    Errors: RuntimeError when the resamples are not those of these classes.
    """
    rows = classes.sort(SEGMENT)
    number = _number(found, rows)
    parts = _parts(rows)
    return Stability(
        _stability(found, number, rows, parts, analysis),
        _membership(found, number, rows, parts, analysis),
        _form_stability(found, number, profiles, parts, analysis),
        _influence(found, number, rows, parts, analysis),
        candidates(found, analysis, number),
    )


def candidates(found: Resamples, analysis: str, chosen: int | None = None) -> pl.DataFrame:
    """Return classes/candidates: every number tried, with its stability in resamples of interviews.

    (Of segments, where there is one interview only.)
    """
    kind = _kind(found)
    n = max(len(found.owners), 1)
    rows = []
    for number, labels in found.labels.items():
        means = found.jaccard[kind, number].mean(axis=0) if len(found.draws[kind]) else np.zeros(0)
        classified = int((labels > 0).sum())
        known = (float(means.mean()), float(means.min())) if len(means) else (None, None)
        counts = found.classes(number), found.n_splits[number], classified, classified / n
        rows.append((analysis, number, *counts, *known, number == chosen))
    names = ("analysis", "number", "n_classes", "n_splits", "n_classified", "share", "jaccard_mean", "jaccard_lowest")
    frame = pl.DataFrame(rows, schema=[*names, "chosen"], orient="row", infer_schema_length=None)
    frame = frame.with_columns(pl.col("jaccard_mean", "jaccard_lowest").cast(pl.Float64))
    return frame.with_columns(acceptable=acceptable()).select(*names, "acceptable", "chosen")


def _kind(found: Resamples) -> str:
    return "interviews" if len(found.interviews) > 1 else "segments"


def _number(found: Resamples, rows: pl.DataFrame) -> int:
    """Return the number of classes tried whose classes are those of the study."""
    own = rows["found"].to_numpy()
    for number, labels in found.labels.items():
        if len(labels) == len(own) and (labels == own).all():
            return number
    raise RuntimeError("the resamples are of other classes than those of the study")


def _parts(rows: pl.DataFrame) -> dict[int, list[int]]:
    """Return class -> the classes it is made of, as they were found."""
    pairs = rows.filter(pl.col("class") > 0).group_by("class").agg(pl.col("found").unique().sort())
    return dict(pairs.sort("class").iter_rows())


def _weights(found: Resamples, number: int, parts: dict[int, list[int]]) -> np.ndarray:
    """Return (K, L): the share of each class L as found in each class K, merged."""
    sizes = np.bincount(found.labels[number], minlength=found.classes(number) + 1)[1:]
    weights = np.zeros((len(parts), len(sizes)))
    for i, own in enumerate(parts.values()):
        weights[i, [part - 1 for part in own]] = sizes[[part - 1 for part in own]]
    return weights / np.maximum(weights.sum(axis=1, keepdims=True), 1)


def _index(found: Resamples, kind: str, number: int, weights: np.ndarray) -> tuple[np.ndarray, ...]:
    """Return mean, 2.5 % and 97.5 % quantiles (K,) of the index of each class; NaN without draws."""
    values = found.jaccard[kind, number] @ weights.T
    if not len(values):
        return (np.full(len(weights), np.nan),) * 3
    return values.mean(axis=0), *np.quantile(values, INTERVAL, axis=0)


def _stability(found: Resamples, number: int, rows: pl.DataFrame, parts: dict, analysis: str) -> pl.DataFrame:
    if not parts or not len(found.draws["segments"]):
        return tables.empty("classes/stability")
    weights = _weights(found, number, parts)
    kind = _kind(found)
    main, others = _index(found, kind, number, weights), _index(found, "segments", number, weights)
    given = rows.filter(pl.col("class") > 0).group_by("class", "interview").len()
    first = given.sort(["class", "len", "interview"], descending=[False, True, False]).group_by(
        "class", maintain_order=True
    )
    top = first.agg(pl.col("interview").first(), share=pl.col("len").first() / pl.col("len").sum())
    left, names = found.jaccard["left_out", number] @ weights.T, found.interviews
    worst = left.argmin(axis=0) if len(left) else None
    k = len(parts)
    return pl.DataFrame(
        {
            "analysis": [analysis] * k,
            "class": list(parts),
            "jaccard_mean": main[0],
            "jaccard_low": main[1],
            "jaccard_high": main[2],
            "n_resamples": [len(found.draws[kind])] * k,
            "segments_mean": others[0],
            "segments_low": others[1],
            "segments_high": others[2],
            "dominant_interview": top["interview"],
            "dominant_share": top["share"],
            "influential_interview": [None] * k if worst is None else [names[i] for i in worst],
            "influence_jaccard": [None] * k if worst is None else [float(left[worst[j], j]) for j in range(k)],
        },
        schema_overrides={"influential_interview": pl.String, "influence_jaccard": pl.Float64},
    )


def _membership(found: Resamples, number: int, rows: pl.DataFrame, parts: dict, analysis: str) -> pl.DataFrame:
    present = found.present
    if not parts or not present.any() or number not in found.members:
        return tables.empty("classes/membership")
    members = np.stack([found.members[number][:, [p - 1 for p in own]].sum(axis=1) for own in parts.values()], axis=1)
    shares = np.divide(members, present[:, None], out=np.full(members.shape, np.nan), where=present[:, None] > 0)
    places = {number: i for i, number in enumerate(parts)}
    own = np.array([places.get(number, -1) for number in rows["class"].to_list()])
    every = np.arange(len(own))
    others = np.where(np.arange(len(parts)) == own[:, None], -1.0, np.nan_to_num(shares))
    second = others.argmax(axis=1)
    chance = others[every, second]
    frame = rows.select(
        pl.lit(analysis).alias("analysis"),
        *SEGMENT,
        "class",
        pl.Series("n_resamples", present, dtype=pl.Int64),
        pl.Series("probability", np.where(own >= 0, shares[every, np.maximum(own, 0)], np.nan)).fill_nan(None),
        pl.Series("second_class", np.array(list(parts))[second], dtype=pl.Int64),
        pl.Series("second_probability", chance),
    )
    some = pl.col("second_probability") > 0
    return frame.with_columns(
        second_class=pl.when(some).then("second_class"), second_probability=pl.when(some).then("second_probability")
    )


def _form_stability(found: Resamples, number: int, profiles: pl.DataFrame, parts: dict, analysis: str) -> pl.DataFrame:
    n_draws = len(found.draws[_kind(found)])
    if not parts or not n_draws or number not in found.characteristic:
        return tables.empty("classes/form_stability")
    counts = found.characteristic[number]
    # A form marks a merged class when it marks any of its parts: the most faithful of them is an underestimate.
    merged = np.stack([counts[:, [p - 1 for p in own]].max(axis=1) for own in parts.values()], axis=1) / n_draws
    long = pl.DataFrame(
        {
            "class": np.tile(list(parts), len(found.forms)),
            "term": np.repeat(np.array(found.forms, dtype=object), len(parts)).tolist(),
            "share": merged.ravel(),
        },
        schema_overrides={"term": pl.String, "class": pl.Int64},
    )
    marking = profiles.filter((pl.col("kind") == "active") & (pl.col("chi2") > CHARACTERISTIC))
    joined = marking.select("class", "term", "chi2").join(long, on=["class", "term"], how="left")
    return joined.select(pl.lit(analysis).alias("analysis"), "class", "term", "chi2", pl.col("share").fill_null(0.0))


def _influence(found: Resamples, number: int, rows: pl.DataFrame, parts: dict, analysis: str) -> pl.DataFrame:
    left = found.jaccard["left_out", number]
    if not parts or not len(left):
        return tables.empty("classes/influence")
    values = left @ _weights(found, number, parts).T
    m, k = values.shape
    given = rows.filter(pl.col("class") > 0).group_by("class", "interview").len("n_segments")
    frame = pl.DataFrame(
        {
            "analysis": [analysis] * (m * k),
            "class": np.tile(list(parts), m),
            "interview": np.repeat(np.array(found.interviews, dtype=object), k).tolist(),
            "jaccard": values.ravel(),
        },
        schema_overrides={"interview": pl.String},
    )
    joined = frame.join(given, on=["class", "interview"], how="left").with_columns(
        pl.col("n_segments").fill_null(0).cast(pl.Int64)
    )
    return joined.with_columns(share=pl.col("n_segments") / pl.col("n_segments").sum().over("class"))
