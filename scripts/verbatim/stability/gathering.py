"""The tables of stability, from all resamples of an analysis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from verbatim import tables
from verbatim.reinert.incidence import SEGMENT
from verbatim.reinert.number import acceptable
from verbatim.stability.draws import CHARACTERISTIC, jaccard
from verbatim.stability.record import Resamples

INTERVAL = (0.025, 0.975)


@dataclass(frozen=True)
class Stability:
    """The tables classes/stability, membership, form_stability, influence and candidates."""

    stability: pl.DataFrame
    membership: pl.DataFrame
    form_stability: pl.DataFrame
    influence: pl.DataFrame
    candidates: pl.DataFrame

    def remarks(self) -> list[str]:
        """Return what the researcher should know, in French."""
        if self.stability.is_empty():
            return ["aucune classe ou aucun rééchantillon (stability.resamples) : rien à dire de la stabilité"]
        return [
            f"classe {row['class']} : indice de Jaccard moyen {row['jaccard_mean']:.2f}".replace(".", ",")
            for row in self.stability.iter_rows(named=True)
        ]


@dataclass(frozen=True)
class Study:
    """The classes of the study, and the number for which the resamples found them.

    parts: class -> the classes it is made of, as they were found before any merging by hand.
    """

    analysis: str
    rows: pl.DataFrame
    number: int
    parts: dict[int, list[int]]


def gather(found: Resamples, classes: pl.DataFrame, profiles: pl.DataFrame, analysis: str) -> Stability:
    """Return the tables for the classes of `classes` (classes/segments) and their `profiles` (classes/profiles).

    A class that was merged by hand from several is compared with all that stands for these in a resample; a segment
    is found again in it where it is in any of them, a form marks it where it marks any of them. With one interview,
    resamples of segments stand wherever those of interviews are meant. Without class or without resample all tables
    but candidates are empty. Errors: RuntimeError when the resamples are not those of these classes.
    """
    rows = classes.sort(SEGMENT)
    pairs = rows.filter(pl.col("class") > 0).group_by("class").agg(pl.col("found").unique().sort())
    study = Study(analysis, rows, _number(found, rows), dict(pairs.sort("class").iter_rows()))
    told = candidates(found, analysis, study.number)
    if not study.parts or not len(found.draws["segments"]):
        names = "stability", "membership", "form_stability", "influence"
        return Stability(*(tables.empty(f"classes/{name}") for name in names), told)
    influence = _influence(found, study)
    return Stability(
        _stability(found, study, influence), _membership(found, study), _forms(found, study, profiles), influence, told
    )


def candidates(found: Resamples, analysis: str, chosen: int | None = None) -> pl.DataFrame:
    """Return classes/candidates: every number tried, with its stability in resamples of interviews.

    (Of segments, where there is one interview only.)
    """
    n = max(len(found.owners), 1)
    rows = []
    for number, labels in found.labels.items():
        k, crossings = found.classes(number), found.crossings[found.telling, number]
        means = jaccard(crossings, [[i] for i in range(1, k + 1)]).mean(axis=0) if len(crossings) else np.zeros(0)
        known = (float(means.mean()), float(means.min())) if len(means) else (None, None)
        classified = int((labels > 0).sum())
        chance = found.chance[number][~np.isnan(found.chance[number])]
        by_chance = float(chance.mean()) if len(chance) else None
        sizes = number, k, found.n_splits[number], classified, classified / n
        rows.append((analysis, *sizes, *known, by_chance, number == chosen))
    names = ("analysis", "number", "n_classes", "n_splits", "n_classified", "share")
    names += ("jaccard_mean", "jaccard_lowest", "jaccard_chance")
    frame = pl.DataFrame(rows, schema=[*names, "chosen"], orient="row", infer_schema_length=None)
    frame = frame.with_columns(pl.col("jaccard_mean", "jaccard_lowest", "jaccard_chance").cast(pl.Float64))
    return frame.with_columns(acceptable=acceptable()).select(*names, "acceptable", "chosen")


def _number(found: Resamples, rows: pl.DataFrame) -> int:
    """Return the smallest number, of those kept in detail, that gives the classes of the study."""
    names = np.array(found.interviews, dtype=object)[found.owners].tolist()
    if rows["interview"].to_list() != names or rows["segment"].to_list() != found.segments.tolist():
        raise RuntimeError("the resamples are of other segments than the classes: make both anew")
    own = rows["found"].to_numpy()
    for number in sorted(found.members):
        if (found.labels[number] == own).all():
            return number
    raise RuntimeError("the resamples are of other classes than those of the study: make both anew")


def _stability(found: Resamples, study: Study, influence: pl.DataFrame) -> pl.DataFrame:
    parts = study.parts.values()
    main = jaccard(found.crossings[found.telling, study.number], parts)
    others = jaccard(found.crossings["segments", study.number], parts)
    quantiles = {"low": INTERVAL[0], "high": INTERVAL[1]}
    given = study.rows.filter(pl.col("class") > 0).group_by("class", "interview").len()
    given = given.sort(["class", "len", "interview"], descending=[False, True, False])
    dominant = given.group_by("class", maintain_order=True).agg(
        dominant_interview=pl.col("interview").first(), dominant_share=pl.col("len").first() / pl.col("len").sum()
    )
    least = influence.sort("class", "jaccard", "interview").group_by("class", maintain_order=True).first()
    frame = pl.DataFrame(
        {
            "analysis": [study.analysis] * len(parts),
            "class": list(study.parts),
            "jaccard_mean": main.mean(axis=0),
            **{f"jaccard_{name}": np.quantile(main, share, axis=0) for name, share in quantiles.items()},
            "n_resamples": [len(main)] * len(parts),
            "segments_mean": others.mean(axis=0),
            **{f"segments_{name}": np.quantile(others, share, axis=0) for name, share in quantiles.items()},
        }
    )
    worst = least.select("class", influential_interview="interview", influence_jaccard="jaccard")
    return frame.join(dominant, on="class", how="left").join(worst, on="class", how="left")


def _membership(found: Resamples, study: Study) -> pl.DataFrame:
    numbers, present = np.array(list(study.parts)), found.present
    times = found.members[study.number]
    times = np.stack([times[:, np.array(own) - 1].sum(axis=1) for own in study.parts.values()], axis=1)
    with np.errstate(invalid="ignore"):
        shares = times / present[:, None]  # NaN for a segment that no draw holds
    own = study.rows["class"].to_numpy()[:, None] == numbers
    others = np.where(own, 0.0, np.nan_to_num(shares))
    second = others.argmax(axis=1)
    frame = study.rows.select(
        pl.lit(study.analysis).alias("analysis"),
        *SEGMENT,
        "class",
        pl.Series("n_resamples", present, dtype=pl.Int64),
        pl.Series("probability", np.where(own.any(axis=1), (shares * own).sum(axis=1), np.nan)).fill_nan(None),
        pl.Series("second_class", numbers[second], dtype=pl.Int64),
        pl.Series("second_probability", others[np.arange(len(second)), second]),
    )
    some = pl.col("second_probability") > 0
    return frame.with_columns(pl.when(some).then(pl.col(name)) for name in ("second_class", "second_probability"))


def _forms(found: Resamples, study: Study, profiles: pl.DataFrame) -> pl.DataFrame:
    times = found.times_characteristic(study.number, list(study.parts.values()))
    kept = pl.DataFrame(
        {
            "class": np.repeat(list(study.parts), len(found.forms)),
            "term": list(found.forms) * len(study.parts),
            "share": times.T.ravel() / len(found.draws[found.telling]),
        },
        schema={"class": pl.Int64, "term": pl.String, "share": pl.Float64},
    )
    marking = profiles.filter(pl.col("kind") == "active", pl.col("chi2") > CHARACTERISTIC)
    joined = marking.select("class", "term", "chi2").join(kept, on=["class", "term"], how="left")
    return joined.select(
        pl.lit(study.analysis).alias("analysis"), "class", "term", "chi2", pl.col("share").fill_null(0)
    )


def _influence(found: Resamples, study: Study) -> pl.DataFrame:
    values = jaccard(found.crossings["left_out", study.number], study.parts.values())
    names = [found.interviews[i] for i in found.draws["left_out"].tolist()]
    frame = pl.DataFrame(
        {
            "class": np.repeat(list(study.parts), len(names)),
            "interview": names * len(study.parts),
            "jaccard": values.T.ravel(),
        },
        schema={"class": pl.Int64, "interview": pl.String, "jaccard": pl.Float64},
    )
    given = study.rows.group_by("class", "interview").agg(n_segments=pl.len().cast(pl.Int64))
    joined = frame.join(given, on=["class", "interview"], how="left").with_columns(pl.col("n_segments").fill_null(0))
    share = pl.col("n_segments") / pl.col("n_segments").sum().over("class")
    return joined.select(
        pl.lit(study.analysis).alias("analysis"), "class", "interview", "n_segments", share.alias("share"), "jaccard"
    )
