"""How far communities of words survive a resampling of the segments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from verbatim.similarity.cooccurrence import Cooccurrences, by_block, count
from verbatim.similarity.partitions import adjusted_rand

RESAMPLES = 100


@dataclass(frozen=True)
class CommunityStability:
    """What resamples say of communities of n words.

    together (n, n): share of resamples in which two words are in one community, 1 on the diagonal; kept (n,): share
    of resamples in which at least half of the other words of its community are with the word; jaccard (k,): mean, over
    the resamples, of the Jaccard index of each community with the one most like it (Hennig 2007); rand (resamples,):
    adjusted Rand index of each resample with the communities of the study. All are NaN without a resample.
    """

    together: np.ndarray
    kept: np.ndarray
    jaccard: np.ndarray
    rand: np.ndarray


def community_stability(
    table: csr_array,
    labels: np.ndarray,
    partition: Callable[[Cooccurrences], np.ndarray],
    blocks: np.ndarray | None = None,
    resamples: int = RESAMPLES,
    seed: int = 1,
) -> CommunityStability:
    """Return how the communities `labels` (words,), from 1, of a binary table (rows, words) survive `resamples`.

    Each resample draws as many rows, or whole blocks of rows (`blocks` (rows,), numbers from 0: interviews), with
    replacement, from `seed`, and gives its co-occurrences to `partition`, which returns the communities of the words
    by the same way as `labels` were found.
    """
    n, k = len(labels), int(labels.max(initial=0))
    if resamples == 0:
        return CommunityStability(np.full((n, n), np.nan), np.full(n, np.nan), np.full(k, np.nan), np.zeros(0))
    together, kept, jaccard, rand = np.zeros((n, n)), np.zeros(n), np.zeros(k), np.zeros(resamples)
    for draw, pairs in enumerate(_resampled(table, blocks, resamples, seed)):
        found = partition(pairs)
        same = found[:, None] == found[None]
        together += same
        kept += _kept(same, labels)
        jaccard += _jaccard(labels, found)
        rand[draw] = adjusted_rand(labels, found)
    return CommunityStability(together / resamples, kept / resamples, jaccard / resamples, rand)


def _resampled(table: csr_array, blocks: np.ndarray | None, resamples: int, seed: int) -> Iterator[Cooccurrences]:
    """Yield the co-occurrences of each resample."""
    blocks = np.arange(table.shape[0]) if blocks is None else np.asarray(blocks)
    n_blocks = int(blocks.max(initial=-1)) + 1
    whole = count(table)
    pairs, words = by_block(table, whole.source, whole.target, blocks, n_blocks)
    pairs, words, sizes = pairs.T.tocsr(), words.T.tocsr(), np.bincount(blocks, minlength=n_blocks)
    random = np.random.default_rng(seed)
    for _ in range(resamples):
        times = np.bincount(random.integers(0, max(n_blocks, 1), n_blocks), minlength=n_blocks).astype(np.int32)
        together = pairs @ times
        met = np.flatnonzero(together)
        n = int((sizes * times).sum())
        yield Cooccurrences(whole.source[met], whole.target[met], together[met], words @ times, n)


def _jaccard(labels: np.ndarray, found: np.ndarray) -> np.ndarray:
    """Return the Jaccard index (k,) of each community of `labels` with the one of `found` most like it."""
    shared = np.zeros((labels.max(initial=0) + 1, found.max(initial=0) + 1))
    np.add.at(shared, (labels, found), 1)
    either = shared.sum(axis=1)[:, None] + shared.sum(axis=0)[None] - shared
    return (shared / np.maximum(either, 1)).max(axis=1)[1:]


def _kept(same: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Say for each word whether half of its companions or more are with it; if it has none, whether it is alone."""
    company = labels[:, None] == labels[None]
    others = company.sum(axis=1) - 1
    found = (same & company).sum(axis=1) - 1
    return np.where(others > 0, 2 * found >= others, same.sum(axis=1) == 1)
