"""Which interviews and attributes each class draws on, and whether a few interviews would explain it."""

from __future__ import annotations

import logging

import numpy as np
import polars as pl
from scipy.special import erfc

from verbatim import tables
from verbatim.reinert.incidence import SEGMENT, modalities

log = logging.getLogger(__name__)

MOST_MODALITIES = 60
PERMUTATIONS = 999
SEED = 1
BATCH_CELLS = 4_000_000
ROUNDING = 1e-9


def residuals(
    analysis: str, classes: pl.DataFrame, segments: pl.DataFrame, speakers: pl.DataFrame, n: int = PERMUTATIONS
) -> pl.DataFrame:
    """Return the table classes/residuals: interview and every attribute of the speakers × class.

    For each variable, the classified segments whose speaker has a value. `n` permutations: attributes
    move among whole interviews, or among participants where an interview has several values.
    Attributes of more than 60 modalities are left out, which the log says; the interview never is.
    """
    classified = classes.filter(pl.col("class") > 0).sort(SEGMENT)
    borne = modalities(classified, segments, speakers).join(classified.select(*SEGMENT, "class"), on=SEGMENT)
    numbers = classified["class"].unique().sort()
    parts = [tables.empty("classes/residuals")]
    for variable in borne["variable"].unique().sort():
        own = borne.filter(pl.col("variable") == variable)
        n_modalities = own["modality"].n_unique()
        if variable != "interview" and n_modalities > MOST_MODALITIES:
            log.info("%s : %d modalités, attribut laissé de côté dans les résidus", variable, n_modalities)
            continue
        parts.append(_variable(analysis, own, numbers, variable, n))
    return pl.concat(parts)


def _variable(analysis: str, own: pl.DataFrame, numbers: pl.Series, variable: str, n: int) -> pl.DataFrame:
    unit = _unit(own)
    units = own.select(unit).unique().sort(unit).with_row_index("unit")
    coded = own.join(units, on=unit)
    k = len(numbers)
    cells = coded["unit"].to_numpy().astype(np.int64) * k + numbers.search_sorted(coded["class"]).to_numpy()
    counts = np.bincount(cells, minlength=units.height * k).reshape(units.height, k)
    names = coded["modality"].unique().sort()
    bearers = coded.select("unit", "modality").unique().sort("unit")
    labels = names.search_sorted(bearers["modality"]).to_numpy().astype(np.int64)
    table = np.zeros((len(names), k), dtype=np.int64)
    np.add.at(table, labels, counts)
    expected, residual = adjusted_residuals(table)
    by_interview = np.full(table.shape, np.nan) if variable == "interview" else permuted_p(counts, labels, n)
    sizes = table.sum(axis=1)
    return pl.DataFrame(
        {
            "analysis": [analysis] * table.size,
            "variable": [variable] * table.size,
            "modality": names.gather(np.repeat(np.arange(len(names)), k)),
            "class": np.tile(numbers.to_numpy(), len(names)),
            "n": table.ravel(),
            "n_modality": np.repeat(sizes, k),
            "share": (table / sizes[:, None]).ravel(),
            "expected": expected.ravel(),
            "residual": residual.ravel(),
            "p": erfc(np.abs(residual.ravel()) / np.sqrt(2)),
            "p_by_interview": pl.Series(by_interview.ravel()).fill_nan(None),
        }
    )


def _unit(own: pl.DataFrame) -> list[str]:
    """Return what carries a value as a whole: the interview, or its participants where they differ."""
    values = own.group_by("interview").agg(pl.col("modality").n_unique())
    return ["interview"] if values["modality"].max() == 1 else ["interview", "speaker"]


def adjusted_residuals(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return expectations and adjusted standardised residuals of `table` (…, V, K), counts; both of its shape.

    With row and column shares r and c and e = total · r · c: (n − e) / √(e (1 − r)(1 − c)) (Haberman
    1973, Biometrics 29, p. 205); 0 where that has no spread. Leading axes are tables of their own.
    """
    total = table.sum(axis=(-2, -1), keepdims=True)
    rows, columns = table.sum(axis=-1, keepdims=True), table.sum(axis=-2, keepdims=True)
    whole = np.maximum(total, 1)
    expected = rows * columns / whole
    spread = np.sqrt(expected * (1 - rows / whole) * (1 - columns / whole))
    residual = np.where(spread > 0, (table - expected) / np.where(spread > 0, spread, 1.0), 0.0)
    return expected, residual


def permuted_p(counts: np.ndarray, labels: np.ndarray, n: int, seed: int = SEED) -> np.ndarray:
    """Return the two-sided probability (V, K) of each residual when labels are dealt anew to whole units.

    `counts` (U, K): segments of each unit (interview) in each class; `labels` (U,): modality 0…V−1 of
    each unit. The share of `n` random permutations of the labels, the table itself added, whose residual
    is as far from 0 (Phipson and Smyth 2010, eq. 2). Units keep their segments together, so that what
    one long interview says does not count as many independent witnesses.
    """
    n_units, k = counts.shape
    v = int(labels.max(initial=-1)) + 1
    random = np.random.default_rng(seed)
    observed = np.abs(_residuals_of(counts, labels[None, :], v)[0])
    far = np.ones((v, k))
    # one permutation a row; batches bound the memory and, drawn in order, change no result
    batch = max(1, BATCH_CELLS // max(n_units, v * k, 1))
    for begin in range(0, n, batch):
        dealt = random.permuted(np.tile(labels, (min(batch, n - begin), 1)), axis=1)
        far += (np.abs(_residuals_of(counts, dealt, v)) >= observed - ROUNDING).sum(axis=0)
    return far / (n + 1)


def _residuals_of(counts: np.ndarray, labels: np.ndarray, v: int) -> np.ndarray:
    """Return the residuals (B, V, K) of the tables that B dealings `labels` (B, U) make of `counts` (U, K)."""
    n_dealings, k = len(labels), counts.shape[1]
    cells = (np.arange(n_dealings)[:, None] * v + labels).ravel()
    tables_made = [
        np.bincount(cells, weights=np.tile(counts[:, column], n_dealings), minlength=n_dealings * v)
        for column in range(k)
    ]
    return adjusted_residuals(np.stack(tables_made, axis=-1).reshape(n_dealings, v, k))[1]
