"""What one group links and the other does not: each edge compared, interviews kept whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.special import stdtr, stdtrit

from verbatim.false_discovery import adjust
from verbatim.similarity.cooccurrence import by_block, chosen, count
from verbatim.similarity.indices import COMPARABLE, index

RESAMPLES = 200
LEVEL = 0.95
BATCH = 2_000_000


@dataclass(frozen=True)
class Comparison:
    """Edges (m,) of two groups: see `compare`."""

    source: np.ndarray
    target: np.ndarray
    together: np.ndarray
    weight: np.ndarray
    difference: np.ndarray
    low: np.ndarray
    high: np.ndarray
    p: np.ndarray
    p_adjusted: np.ndarray


def compare(
    table: csr_array,
    interviews: np.ndarray,
    group: np.ndarray,
    name: str = "jaccard",
    least: int = 3,
    resamples: int = RESAMPLES,
    seed: int = 1,
    edges: tuple[np.ndarray, np.ndarray] | None = None,
) -> Comparison:
    """Return how the links of two groups of rows of a binary table (rows, words) differ.

    `interviews` (rows,) are numbers from 0, `group` (rows,) is 1, 2, or 0 where a row is in neither. `edges`: the
    pairs compared; when None those that occur in `least` rows or more of the two groups together. together (2, m):
    rows of each group with both words; weight (2, m): index `name` in each group; difference: first minus second.
    low, high: 95 % interval of the difference, difference ± t · s; s is the standard error over `resamples` draws of
    interviews within those of the first group only, of the second only, and of both, which then give their rows to
    both; each variance is multiplied by G/(G − 1), G interviews, which the bootstrap lacks; t has the degrees of
    freedom of the smaller group of interviews, G − 1. p: probability of a difference as far from 0; p_adjusted: after
    Benjamini and Hochberg (1995) over the edges. ValueError when a group has fewer than two interviews, and for an
    index outside `COMPARABLE`, whose values depend on how large a group is.
    """
    if name not in COMPARABLE:
        raise ValueError(f"the index {name} depends on the size of a group: its values do not compare")
    group, interviews = np.asarray(group), np.asarray(interviews)
    own = [np.unique(interviews[group == k]) for k in (1, 2)]
    fewest = min(map(len, own))
    if fewest < 2:
        raise ValueError("a comparison needs at least two interviews in each group")
    edges = _often(table, group > 0, least) if edges is None else edges
    counts = [_counts(table, interviews, group == k, edges) for k in (1, 2)]
    n_interviews = counts[0][2].shape[0]
    whole = [_weights(part, np.ones((1, n_interviews), dtype=np.int64), edges, name)[0] for part in counts]
    difference = whole[0] - whole[1]
    drawn = _draws(_strata(own), n_interviews, resamples, np.random.default_rng(seed))
    error = _errors(counts, drawn, edges, name) * np.sqrt(fewest / (fewest - 1))
    margin = stdtrit(fewest - 1, (1 + LEVEL) / 2) * error
    p = _probability(difference, error, fewest - 1)
    together = np.stack([np.asarray(part[0].sum(axis=0)).ravel() for part in counts])
    weights = np.stack(whole)
    return Comparison(*edges, together, weights, difference, difference - margin, difference + margin, p, adjust(p))


def _often(table: csr_array, rows: np.ndarray, least: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs that occur in `least` of the rows or more."""
    found = count(table, rows)
    often = found.together >= least
    return found.source[often].astype(np.int64), found.target[often].astype(np.int64)


def _probability(difference: np.ndarray, error: np.ndarray, freedom: int) -> np.ndarray:
    """Return the two-sided p (m,) of Student's t; where nothing varies, 0 for a difference and 1 for none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        far = np.where(error > 0, np.abs(difference) / error, np.where(difference != 0, np.inf, 0.0))
    return 2 * stdtr(freedom, -far)


def _strata(own: list[np.ndarray]) -> list[np.ndarray]:
    """Return the interviews of the first group only, of the second only, of both."""
    both = np.intersect1d(*own)
    return [np.setdiff1d(own[0], both), np.setdiff1d(own[1], both), both]


def _counts(table: csr_array, interviews: np.ndarray, kept: np.ndarray, edges) -> tuple:
    """Return, by interview, the rows with both words of each edge, with each word, and all rows of the group."""
    n = int(interviews.max(initial=-1)) + 1
    pairs, words = by_block(chosen(table, kept), *edges, interviews[kept], n)
    return pairs, words, np.bincount(interviews[kept], minlength=n)


def _weights(part: tuple, times: np.ndarray, edges, name: str) -> np.ndarray:
    """Return the index (draws, m) of each edge when interviews count `times` (draws, interviews)."""
    pairs, words, sizes = part
    frequency = (words.T.tocsr() @ times.T).T
    margins = np.stack([frequency[:, edges[0]], frequency[:, edges[1]]])
    return index(name, (pairs.T.tocsr() @ times.T).T, margins, (times * sizes).sum(axis=1)[:, None])


def _draws(strata: list[np.ndarray], n_interviews: int, resamples: int, random: np.random.Generator) -> np.ndarray:
    """Return how often each interview is drawn (resamples, n_interviews), as many of each stratum as it has."""
    times = np.zeros((resamples, n_interviews), dtype=np.int64)
    for members in strata:
        if len(members):
            picked = members[random.integers(0, len(members), (resamples, len(members)))]
            np.add.at(times, (np.arange(resamples)[:, None], picked), 1)
    return times


def _errors(counts: list[tuple], drawn: np.ndarray, edges, name: str) -> np.ndarray:
    """Return the standard deviation (m,) of the difference over the draws."""
    m = len(edges[0])
    step = max(1, BATCH // max(m, 1))
    parts = [
        _weights(counts[0], times, edges, name) - _weights(counts[1], times, edges, name)
        for times in (drawn[start : start + step] for start in range(0, len(drawn), step))
    ]
    return np.concatenate(parts).std(axis=0, ddof=1) if len(drawn) > 1 else np.zeros(m)
