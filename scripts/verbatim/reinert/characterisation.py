"""What the classes of an analysis are about: profiles, typical segments, correspondence analysis."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from verbatim import correspondence, tables
from verbatim.reinert.groups import GroupWord, match_lemmas
from verbatim.reinert.incidence import (
    SEGMENT,
    active_forms,
    attribute_matrix,
    form_matrix,
    group_matrix,
    supplementary_forms,
)
from verbatim.reinert.nearest import nearest
from verbatim.reinert.profiles import FEWEST_SEGMENTS, Profile, profile
from verbatim.reinert.typical import typical

log = logging.getLogger(__name__)

MOST_AXES = 6
TABLES = ("classes/profiles", "classes/typical_segments", "classes/correspondence", "classes/nearest")


@dataclass(frozen=True)
class Kind:
    """Terms of one kind that enough classified segments bear: names, who bears them, their profile."""

    name: str
    terms: list[str]
    presence: csr_array
    profile: Profile


@dataclass(frozen=True)
class Characterisation:
    """The tables of TABLES, in their order."""

    profiles: pl.DataFrame
    typical: pl.DataFrame
    correspondence: pl.DataFrame
    nearest: pl.DataFrame


def characterise(
    segments: pl.DataFrame,
    segment_lemmas: pl.DataFrame,
    lemmas: pl.DataFrame,
    speakers: pl.DataFrame,
    classes: pl.DataFrame,
    analysis: str,
    settings: dict,
    groups: Iterable[GroupWord] = (),
) -> Characterisation:
    """Return what characterises the classes of `classes` (classes/segments), all tables empty if none.

    Lemmas in fewer than three classified segments are left out, as are attributes and groups of none.
    `settings` is the section `classes`; `segments` and `speakers` are those of the whole corpus;
    `groups` are the rows of groups.csv, whose lemmas unknown to the analysis are told in the log.
    """
    rows = classes.sort(SEGMENT)
    numbers, labels = _labels(rows["class"].to_numpy())
    if not len(numbers):
        return Characterisation(*(tables.empty(name) for name in TABLES))
    interviews = rows["interview"].rank("dense").to_numpy().astype(np.int64) - 1
    forms = active_forms(lemmas, settings["minimum_frequency"], settings["max_forms"])
    others = supplementary_forms(lemmas)
    attributes, modalities = attribute_matrix(rows, segments, speakers)
    grouped, names = group_matrix(rows, segment_lemmas, _members(groups, lemmas))
    active = form_matrix(rows, segment_lemmas, lemmas, "active", forms)
    supplementary = form_matrix(rows, segment_lemmas, lemmas, "supplementary", others)
    kinds = [
        _kind("active", forms, active, labels, interviews, FEWEST_SEGMENTS),
        _kind("supplementary", others, supplementary, labels, interviews, FEWEST_SEGMENTS),
        _kind("attribute", modalities, attributes, labels, interviews, 1),
        _kind("group", names, grouped, labels, interviews, 1),
    ]
    return Characterisation(
        pl.concat([_profile_rows(analysis, kind, numbers) for kind in kinds]),
        _typical_rows(analysis, rows, kinds[0], labels, numbers, settings["typical"]),
        _correspondence_rows(analysis, kinds[:3], numbers),
        _nearest_rows(analysis, rows, kinds[0], labels, numbers) if settings["nearest"] else tables.empty(TABLES[3]),
    )


def _members(groups: Iterable[GroupWord], lemmas: pl.DataFrame) -> dict[str, list[str]]:
    members, remarks = match_lemmas(groups, lemmas["lemma"])
    for remark in remarks:
        log.info("attention : %s", remark)
    return members


def _labels(classes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the numbers of the classes there are, sorted, and the place of each segment's among them, from 1.

    Classes merged by hand may leave numbers that no segment bears.
    """
    numbers = np.unique(classes[classes > 0])
    return numbers, np.where(classes > 0, np.searchsorted(numbers, classes) + 1, 0)


def _kind(
    name: str, terms: list[str], presence: csr_array, labels: np.ndarray, interviews: np.ndarray, fewest: int
) -> Kind:
    bearing = presence[np.flatnonzero(labels > 0)]
    kept = np.flatnonzero(np.bincount(bearing.indices, minlength=len(terms)) >= fewest)
    presence = presence[:, kept]
    return Kind(name, [terms[i] for i in kept], presence, profile(presence, labels, interviews))


def _profile_rows(analysis: str, kind: Kind, numbers: np.ndarray) -> pl.DataFrame:
    found = kind.profile
    n_terms, k = found.chi2.shape
    return pl.DataFrame(
        {
            "analysis": pl.Series([analysis], dtype=pl.String).new_from_index(0, n_terms * k),
            "class": np.tile(numbers, n_terms),
            "kind": pl.Series([kind.name], dtype=pl.String).new_from_index(0, n_terms * k),
            "term": pl.Series(kind.terms, dtype=pl.String).gather(np.repeat(np.arange(n_terms), k)),
            "n_in_class": found.n_in_class.ravel(),
            "n_total": np.repeat(found.n_total, k),
            "percent": found.percent.ravel(),
            "chi2": found.chi2.ravel(),
            "p": found.p.ravel(),
            "p_adjusted": found.p_adjusted.ravel(),
            "p_holm": found.p_holm.ravel(),
            "effect": found.effect.ravel(),
            "n_interviews": found.n_interviews.ravel(),
        }
    )


def _typical_rows(
    analysis: str, rows: pl.DataFrame, active: Kind, labels: np.ndarray, numbers: np.ndarray, most: int
) -> pl.DataFrame:
    parts = [tables.empty("classes/typical_segments")]
    for column, number in enumerate(numbers):
        best = typical(active.presence, labels, column + 1, active.profile.chi2[:, column], most)
        marked = [json.dumps([active.terms[form] for form in forms], ensure_ascii=False) for forms in best.marked]
        part = rows[best.segments].select(
            pl.lit(analysis).alias("analysis"),
            pl.lit(int(number), dtype=pl.Int64).alias("class"),
            pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("rank"),
            *SEGMENT,
            pl.Series("score_absolute", best.absolute, dtype=pl.Float64),
            pl.Series("score_relative", best.relative, dtype=pl.Float64),
            pl.Series("marked", marked, dtype=pl.String),
        )
        parts.append(part)
    return pl.concat(parts)


def _correspondence_rows(analysis: str, kinds: list[Kind], numbers: np.ndarray) -> pl.DataFrame:
    """Return the correspondence analysis of active forms × classes, numbers of segments; more than 2 classes.

    Supplementary lemmas and attributes are supplementary rows. Signs of axes: `correspondence.analyse`.
    """
    active, *others = kinds
    if len(numbers) <= 2 or not active.terms:
        return tables.empty("classes/correspondence")
    extra = np.vstack([kind.profile.n_in_class for kind in others])
    found = correspondence.analyse(active.profile.n_in_class, min(len(numbers) - 1, MOST_AXES), extra)
    names = [(kind.name, term) for kind in others for term in kind.terms]
    parts = [
        _points([("active", term) for term in active.terms], found.row_points()),
        _points([("class", str(number)) for number in numbers], found.column_points()),
        _points(names, found.supplementary_points()),
    ]
    return pl.concat(parts, how="diagonal").select(pl.lit(analysis).alias("analysis"), pl.all())


def _nearest_rows(
    analysis: str, rows: pl.DataFrame, active: Kind, labels: np.ndarray, numbers: np.ndarray
) -> pl.DataFrame:
    found = nearest(active.presence, labels, active.profile.chi2)
    return rows[found.rows].select(
        pl.lit(analysis).alias("analysis"),
        *SEGMENT,
        pl.Series("nearest", numbers[found.column], dtype=pl.Int64),
        pl.Series("score", found.score, dtype=pl.Float64),
        pl.Series("margin", found.margin, dtype=pl.Float64),
    )


def _points(names: list[tuple[str, str]], points: dict[str, np.ndarray]) -> pl.DataFrame:
    terms = pl.DataFrame(names, schema={"kind": pl.String, "term": pl.String}, orient="row")
    return terms.with_columns(pl.Series(name, values) for name, values in points.items())
