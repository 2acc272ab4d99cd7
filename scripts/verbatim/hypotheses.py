"""The hypotheses of a study and the passages that speak for or against them."""

from __future__ import annotations

import polars as pl

from verbatim.grid import schema
from verbatim.settings import load

STANCES = {
    "for": "for",
    "pour": "for",
    "against": "against",
    "contre": "against",
    "nuance": "nuance",
    "nuancé": "nuance",
}


def declared(text: str, place: str = "resources/hypotheses.yaml") -> list[dict]:
    """Return the hypotheses of a YAML text, in its order; raise StudyError for all faults."""
    return load(text, schema("hypotheses"), place)["hypotheses"]


def weigh(codings: pl.DataFrame, known: list[str]) -> pl.DataFrame:
    """Return the table themes/hypotheses: the codings that bear on one of the `known` hypotheses.

    Lost codings are left out: what cannot be read again supports nothing.
    """
    return codings.filter(
        pl.col("hypothesis").is_in(known) & pl.col("stance").is_not_null() & (pl.col("anchor") != "lost")
    ).select("hypothesis", "stance", "coding")
