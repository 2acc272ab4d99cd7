"""Specificities: what a part of the corpus says more, or less, than chance would have it (Lafon 1980)."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import numpy as np
import polars as pl
from scipy.special import gammaln

from verbatim import lexicon
from verbatim.false_discovery import adjust

log = logging.getLogger(__name__)

NEGLIGIBLE = 1e-14


def score(f: np.ndarray, F: np.ndarray, t: np.ndarray, T: np.ndarray) -> np.ndarray:
    """Return the signed specificity of each cell (same shape as the arguments, broadcast together).

    f: occurrences in the part; F: in the whole; t: size of the part; T: size of the whole. With X
    hypergeometric (T, F, t): + |log10 P(X >= f)| where f >= F·t/T, − |log10 P(X <= f)| elsewhere
    (Lafon 1980, Mots 1, p. 141; the sign rule is that of textometry 0.1.6). Computed in logarithms, by
    summing the tail outwards from f: nothing overflows, however small the probability.
    ValueError unless 0 <= f <= F <= T, f <= t <= T and F + t − f <= T.
    """
    f, F, t, T = (a.astype(float) for a in np.broadcast_arrays(f, F, t, T))
    if not ((f >= 0) & (f <= F) & (f <= t) & (F + t - f <= T)).all():
        raise ValueError("occurrences must satisfy 0 <= f <= F, f <= t and F + t - f <= T")
    more = f * T >= F * t
    # P(X <= f) is the upper tail of F - X, which is hypergeometric (T, F, T - t)
    log_tail = _log10_upper_tail(np.where(more, f, F - f), F, np.where(more, t, T - t), T)
    return np.where(more, -log_tail, log_tail) + 0.0


def _log10_upper_tail(f: np.ndarray, F: np.ndarray, t: np.ndarray, T: np.ndarray) -> np.ndarray:
    """Return log10 P(X >= f), never above 0, for f at or above the expectation."""
    log_first = _log_choose(F, f) + _log_choose(T - F, t - f) - _log_choose(T, t)
    total = np.ones(f.shape).ravel()
    k, F, t, T = (a.ravel().copy() for a in (f, F, t, T))
    rows, term = np.arange(len(total)), np.ones(len(total))
    while len(rows):
        ratio = (F - k) * (t - k) / ((k + 1) * (T - F - t + k + 1))
        term = term * ratio
        total[rows] += term
        going = (ratio >= 1) | (term > NEGLIGIBLE * (1 - ratio) * total[rows])
        rows, term, k, F, t, T = (a[going] for a in (rows, term, k + 1, F, t, T))
    return np.minimum((log_first + np.log(total).reshape(f.shape)) / np.log(10), 0.0)


def _log_choose(n: np.ndarray, k: np.ndarray) -> np.ndarray:
    return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)


def table(
    analysis: str,
    segment_lemmas: pl.DataFrame,
    segments: pl.DataFrame,
    speakers: pl.DataFrame,
    variables: Sequence[str] = ("interview",),
    minimum_frequency: int = 5,
    compatibility: str = "none",
) -> pl.DataFrame:
    """Return lexicon/specificities: every kept lemma in every modality of each of `variables`.

    The size of a modality (t) and of the whole (T) count all active and supplementary occurrences;
    with `compatibility` "iramuteq" only those of the lemmas kept, as that program does. Where a
    speaker has no value for a variable, what he says is left out of f, F, t and T of that variable.
    Adjusted probabilities are over all rows of a variable. A variable with a single modality gives no
    row. Raises StudyError for an unknown variable, ValueError for an unknown `compatibility`.
    """
    if compatibility not in ("none", "iramuteq"):
        raise ValueError(f"unknown compatibility {compatibility}")
    lexicon.check_variables(variables, segments, speakers)
    schema = {"variable": pl.String, "modality": pl.String, "lemma": pl.String, "pos": pl.String}
    schema |= {"f": pl.Int64, "F": pl.Int64, "t": pl.Int64, "T": pl.Int64, "expected": pl.Float64}
    schema |= {"score": pl.Float64, "p_adjusted": pl.Float64, "n_interviews": pl.Int64}
    parts = [pl.DataFrame(schema=schema)]
    for variable in variables:
        said = lexicon.by_modality(segment_lemmas, segments, speakers, variable)
        if said["modality"].n_unique() < 2:
            log.info("%s : une seule modalité dans « %s », pas de spécificités", variable, analysis)
            continue
        cells = _cells(said, minimum_frequency, compatibility)
        parts.append(_scored(cells).with_columns(variable=pl.lit(variable)).select(*schema))
    return pl.concat(parts).select(pl.lit(analysis).alias("analysis"), *schema)


def _cells(said: pl.DataFrame, minimum_frequency: int, compatibility: str) -> pl.DataFrame:
    """Return modality, lemma, pos, f, F, t, T and n_interviews of every cell, also where f is 0."""
    word = ["lemma", "pos"]
    lemmas = said.group_by(word).agg(F=pl.col("f").sum()).filter(pl.col("F") >= minimum_frequency)
    whole = said.join(lemmas, on=word, how="semi") if compatibility == "iramuteq" else said
    sizes = whole.group_by("modality").agg(t=pl.col("f").sum()).with_columns(T=pl.col("t").sum())
    found = said.group_by("modality", *word).agg(pl.col("f").sum(), n_interviews=pl.len().cast(pl.Int64))
    return (
        sizes.join(lemmas, how="cross")
        .join(found, on=["modality", *word], how="left")
        .with_columns(pl.col("f", "n_interviews").fill_null(0))
        .sort("modality", *word)
    )


def _scored(cells: pl.DataFrame) -> pl.DataFrame:
    f, F, t, T = (cells[name].to_numpy() for name in ("f", "F", "t", "T"))
    scores = score(f, F, t, T)
    return cells.with_columns(
        expected=pl.col("F") * pl.col("t") / pl.col("T"),
        score=pl.Series(scores, dtype=pl.Float64),
        p_adjusted=pl.Series(adjust(10.0 ** -np.abs(scores)), dtype=pl.Float64),
    )
