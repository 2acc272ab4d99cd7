"""How far communities of words survive a resampling of the segments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from verbatim.similarity.cooccurrence import by_block
from verbatim.similarity.indices import index
from verbatim.similarity.partitions import adjusted_rand

RESAMPLES = 100


@dataclass(frozen=True)
class CommunityStability:
    """What resamples say of communities of n words.

    together (n, n): share of resamples in which two words are in one community, 1 on the diagonal; kept (n,): share
    of resamples in which at least half of the other words of its community are with the word; rand (resamples,):
    adjusted Rand index of each resample with the communities of the study.
    """

    together: np.ndarray
    kept: np.ndarray
    rand: np.ndarray


def community_stability(
    table: csr_array,
    labels: np.ndarray,
    name: str,
    partition: Callable[[np.ndarray, np.ndarray, np.ndarray, int], np.ndarray],
    blocks: np.ndarray | None = None,
    resamples: int = RESAMPLES,
    seed: int = 1,
) -> CommunityStability:
    """Return how the communities `labels` (words,) of a binary table (rows, words) survive `resamples`.

    Each resample draws as many rows, or whole blocks of rows (`blocks` (rows,), numbers from 0: interviews), with
    replacement, from `seed`; weighs the pairs that occur in it by the index `name`; and gives source, target, weight
    and number of words to `partition`, which returns their communities by the same way as `labels` were found.
    """
    n = len(labels)
    blocks = np.arange(table.shape[0]) if blocks is None else np.asarray(blocks)
    n_blocks = int(blocks.max(initial=-1)) + 1
    source, target = np.triu_indices(n, k=1)
    pairs, words = by_block(table, source, target, blocks, n_blocks)
    pairs, words, sizes = pairs.T.tocsr(), words.T.tocsr(), np.bincount(blocks, minlength=n_blocks)
    random = np.random.default_rng(seed)
    together, kept, rand = np.zeros((n, n)), np.zeros(n), np.zeros(resamples)
    for draw in range(resamples):
        times = np.bincount(random.integers(0, max(n_blocks, 1), n_blocks), minlength=n_blocks)
        a, frequency = pairs @ times, words @ times
        met = np.flatnonzero(a)
        margins = np.stack([frequency[source[met]], frequency[target[met]]])
        weight = index(name, a[met], margins, int((sizes * times).sum()))
        found = partition(source[met], target[met], weight, n)
        same = found[:, None] == found[None]
        together += same
        kept += _kept(same, labels)
        rand[draw] = adjusted_rand(labels, found)
    return CommunityStability(together / max(resamples, 1), kept / max(resamples, 1), rand)


def _kept(same: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Say for each word whether half of its companions or more are with it; if it has none, whether it is alone."""
    company = labels[:, None] == labels[None]
    others = company.sum(axis=1) - 1
    found = (same & company).sum(axis=1) - 1
    return np.where(others > 0, 2 * found >= others, same.sum(axis=1) == 1)
