"""Parts of speech of each class."""

from __future__ import annotations

import numpy as np
import polars as pl
from scipy.special import chdtrc

from verbatim import tables
from verbatim.class_description.words import counted
from verbatim.false_discovery import adjust
from verbatim.reinert.profiles import signed_chi2


def parts_of_speech(analysis: str, words: pl.DataFrame) -> pl.DataFrame:
    """Return the table classes/pos: every part of speech in every class; `words` are placed (`words.placed`).

    Counted words of classified segments; χ² of the 2×2 table of words (this part of speech or not, this
    class or not), without correction, as IRaMuTeQ's profiles of grammatical categories.
    """
    said = counted(words)
    if said.is_empty():
        return tables.empty("classes/pos")
    names, numbers = said["pos"].unique().sort(), said["class"].unique().sort()
    rows = names.search_sorted(said["pos"]).to_numpy()
    columns = numbers.search_sorted(said["class"]).to_numpy()
    shape = len(names), len(numbers)
    counts = np.bincount(rows.astype(np.int64) * shape[1] + columns, minlength=shape[0] * shape[1]).reshape(shape)
    totals, sizes = counts.sum(axis=1), counts.sum(axis=0)
    chi2 = signed_chi2(counts, totals, sizes, said.height)
    p = chdtrc(1, np.abs(chi2))
    return pl.DataFrame(
        {
            "analysis": [analysis] * counts.size,
            "class": np.tile(numbers.to_numpy(), shape[0]),
            "pos": names.gather(np.repeat(np.arange(shape[0]), shape[1])),
            "n_in_class": counts.ravel(),
            "n_total": np.repeat(totals, shape[1]),
            "percent": (100 * counts / sizes).ravel(),
            "chi2": chi2.ravel(),
            "p": p.ravel(),
            "p_adjusted": adjust(p).ravel(),
        }
    )
