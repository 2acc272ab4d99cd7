"""Which modality, or which class, each word of a graph belongs to."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array, csr_array

from verbatim.reinert.profiles import signed_chi2
from verbatim.similarity.cooccurrence import chosen

LEAST = 3.84


def characterise(
    table: csr_array, modality: np.ndarray, n_modalities: int, least: float = LEAST
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return for each word its modality (words,), from 1, or 0, its χ², and all signed χ² (words, n_modalities).

    `table` (rows, words) is binary, `modality` (rows,) is 1…n_modalities, 0 where it is not known: these rows do not
    count. A word has the modality of its largest signed χ², when that is over `least` (5 %, one degree of freedom); of
    equal ones, the first. The χ² given is that largest one, also for words that have no modality.
    """
    modality = np.asarray(modality)
    known = np.flatnonzero(modality > 0)
    part, own = chosen(table, known), modality[known] - 1
    member = coo_array((np.ones(len(own), dtype=np.int64), (np.arange(len(own)), own)), shape=(len(own), n_modalities))
    inside = (part.T.tocsr() @ member.tocsr()).toarray()
    chi2 = signed_chi2(inside, inside.sum(axis=1), np.bincount(own, minlength=n_modalities), len(known))
    if n_modalities == 0:
        return np.zeros(part.shape[1], dtype=np.int64), np.zeros(part.shape[1]), chi2
    largest = chi2.max(axis=1)
    return np.where(largest > least, chi2.argmax(axis=1) + 1, 0), largest, chi2
