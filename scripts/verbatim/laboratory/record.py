"""What trials found, kept between the steps: arrays in one file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import polars as pl

NAMES = {
    "trial": pl.Int64,
    "mode": pl.String,
    "unit": pl.String,
    "size": pl.Int64,
    "minimum_frequency": pl.Int64,
    "number": pl.Int64,
}


@dataclass(frozen=True)
class Sweep:
    """Some trials and what they found.

    trials: trial, mode, unit, size, minimum_frequency, number and n_forms (active words of its table), sorted by
    trial. places: size -> (n_segments, 2), first and last token of each segment, as rows of corpus/tokens.
    labels: trial -> (n_segments,), class of each segment of its size, 1…K, 0 = not classified.
    """

    trials: pl.DataFrame
    places: dict[int, np.ndarray]
    labels: dict[int, np.ndarray]


def save(found: Sweep, target: BinaryIO) -> None:
    """Write `found` to the open file `target`: compressed arrays, the same bytes each time."""
    arrays = {f"trials_{name}": found.trials[name].to_numpy() for name in found.trials.columns}
    arrays |= {name: values.astype(str) for name, values in arrays.items() if values.dtype == object}
    arrays |= {f"places_{size}": found.places[size] for size in sorted(found.places)}
    arrays |= {f"labels_{trial}": found.labels[trial].astype(np.int16) for trial in sorted(found.labels)}
    np.savez_compressed(target, **arrays)


def read(sources: Iterable[str | os.PathLike[str] | BinaryIO]) -> Sweep:
    """Return the trials of all files `sources` (of `save`) as one."""
    tables, places, labels = [pl.DataFrame(schema={**NAMES, "n_forms": pl.Int64})], {}, {}
    for source in sources:
        with np.load(source, allow_pickle=False) as arrays:
            tables.append(
                pl.DataFrame({name: arrays[f"trials_{name}"] for name in tables[0].columns}, tables[0].schema)
            )
            for name in arrays.files:
                kind, _, number = name.partition("_")
                if kind in ("places", "labels"):
                    (places if kind == "places" else labels)[int(number)] = arrays[name].astype(np.int64)
    return Sweep(pl.concat(tables).sort("trial"), places, labels)
