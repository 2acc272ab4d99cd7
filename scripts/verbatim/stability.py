"""Do the classes survive another sample? Bootstrap of interviews or segments, leaving one interview out.

The classification is made anew on each resample and each class is sought there (Hennig 2007, "Cluster-wise
assessment of cluster stability"): the Jaccard index of two sets of segments A and B is |A ∩ B| / |A ∪ B|,
counted on the distinct segments that were drawn. Unlike Hennig's, the matching is one to one: a class of
the resample stands for one class at most.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array, csr_array

from verbatim.reinert.profiles import signed_chi2
from verbatim.reinert.terminal import classify

CHARACTERISTIC = 3.84
INTERVAL = (0.025, 0.975)
KINDS = ("interviews", "segments")


@dataclass(frozen=True)
class Draw:
    """What one draw says, or several added up (`merge`); n segments, K classes, p forms, R draws.

    jaccard: (R, K), 0 where nothing in the draw stands for the class; present: (n,), draws in which the
    segment is; members: (n, K), draws in which it is where the class was found again; characteristic:
    (p, K), draws in which the form is characteristic of what stands for the class.
    """

    jaccard: np.ndarray
    present: np.ndarray
    members: np.ndarray
    characteristic: np.ndarray


@dataclass(frozen=True)
class Stability:
    """How far classes 1…K survive `n_draws` draws; all shares are between 0 and 1.

    jaccard_mean, jaccard_low, jaccard_high: (K,), mean and 2.5 % and 97.5 % quantiles; membership: (n, K),
    of the draws in which the segment is, the share that put it in the class, NaN when there is none; characteristic:
    (p, K), share of all draws in which the form is characteristic of the class; dominant_interview: (K,),
    that with most segments of the class (equals: the first); dominant_share: (K,), its share of them.
    """

    n_draws: int
    jaccard_mean: np.ndarray
    jaccard_low: np.ndarray
    jaccard_high: np.ndarray
    membership: np.ndarray
    characteristic: np.ndarray
    dominant_interview: np.ndarray
    dominant_share: np.ndarray


def resample(interviews: np.ndarray, kind: Literal["interviews", "segments"], seed: int, number: int) -> np.ndarray:
    """Return the rows of bootstrap draw `number` (from 0), in order, copies side by side (Efron 1979).

    `interviews` (n_segments,): interview of each segment, names or numbers. `interviews`: as many
    interviews as there are, with replacement, each with all its segments, so that the number of rows
    varies; `segments`: as many segments as there are. `seed` is at least 0. Each draw of each kind has
    its own stream: its rows depend on no other draw. Errors: ValueError for another kind.
    """
    if kind not in KINDS:
        raise ValueError(f"kind is {kind!r}, not one of {KINDS}")
    generator = np.random.default_rng([seed, number, KINDS.index(kind)])
    n = len(interviews)
    if kind == "segments":
        return np.sort(generator.integers(n, size=n)) if n else np.arange(0)
    names, owners = np.unique(interviews, return_inverse=True)
    times = np.bincount(generator.integers(len(names), size=len(names)), minlength=len(names)) if n else owners
    return np.repeat(np.arange(n), times[owners])


def one_draw(
    matrix: csr_array,
    labels: np.ndarray,
    rows: np.ndarray,
    number_of_classes: int,
    max_splits: int,
    minimum: int = 0,
    *,
    minimum_frequency: int = 1,
) -> Draw:
    """Classify `rows` of `matrix` anew, and say where the classes of `labels` are found again.

    `matrix` (n_segments, n_forms): occurrences of each form in each segment, or 1 where only presence is
    known; a form is used when its sum over the draw reaches `minimum_frequency`. `labels` (n_segments,):
    1…K, 0 = unclassified. `rows`: with repetitions, as from `resample`. `number_of_classes`,
    `max_splits`, `minimum`: see `terminal.classify`; a minimum of 0 is set from the size of the draw.

    A segment drawn several times is in the class of most of its copies (equals: the lowest number,
    unclassified first). A form is characteristic of a class when its signed χ² over the classified rows
    of the draw, copies counted, is over 3.84, the 5 % threshold.
    """
    k, n = int(labels.max(initial=0)), len(labels)
    drawn = matrix[rows]
    forms = np.flatnonzero(np.asarray(drawn.sum(axis=0)) >= minimum_frequency)
    drawn = csr_array(drawn[:, forms] > 0, dtype=float)
    found = classify(drawn, number_of_classes, max_splits, minimum).labels
    present, classes = _distinct(rows, found)
    overlaps = overlap(labels[present], classes, k, int(found.max(initial=0)))
    standing = match(overlaps)
    known = standing > 0
    jaccard = np.zeros(k)
    jaccard[known] = overlaps[known, standing[known] - 1]
    members = np.zeros((n, k), dtype=np.int32)
    members[present] = (classes[:, None] == standing) & known
    characteristic = np.zeros((matrix.shape[1], k), dtype=np.int32)
    characteristic[np.ix_(forms, known)] = _chi2(drawn, found)[:, standing[known] - 1] > CHARACTERISTIC
    return Draw(jaccard[None], np.bincount(present, minlength=n).astype(np.int32), members, characteristic)


def _distinct(rows: np.ndarray, found: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the distinct segments of `rows`, and the class in which most copies of each were found."""
    present, owners = np.unique(rows, return_inverse=True)
    width = int(found.max(initial=0)) + 1
    copies = np.bincount(owners * width + found, minlength=len(present) * width).reshape(len(present), width)
    return present, copies.argmax(axis=1)


def overlap(labels: np.ndarray, found: np.ndarray, k: int, l: int) -> np.ndarray:  # noqa: E741
    """Return the Jaccard index (k, l) of classes 1…k of `labels` with 1…l of `found`, both (n,), 0 = in none.

    Two empty classes have index 0.
    """
    both = np.bincount(labels * (l + 1) + found, minlength=(k + 1) * (l + 1)).reshape(k + 1, l + 1)
    either = both.sum(axis=1)[1:, None] + both.sum(axis=0)[None, 1:] - both[1:, 1:]
    return both[1:, 1:] / np.maximum(either, 1)


def match(overlaps: np.ndarray) -> np.ndarray:
    """Return, for each row of `overlaps` (K, L), the column 1…L that stands for it, or 0.

    One to one, with the largest sum (Kuhn 1955); an overlap of 0 is no match.
    """
    standing = np.zeros(len(overlaps), dtype=np.int64)
    ours, theirs = linear_sum_assignment(overlaps, maximize=True)
    standing[ours] = np.where(overlaps[ours, theirs] > 0, theirs + 1, 0)
    return standing


def _chi2(drawn: csr_array, found: np.ndarray) -> np.ndarray:
    """Return the signed χ² (p, L) of each form in each class over the classified rows of the draw."""
    kept = np.flatnonzero(found > 0)
    classes, n_classes = found[kept] - 1, int(found.max(initial=0))
    bearing = drawn[kept]
    member = coo_array((np.ones(len(kept)), (np.arange(len(kept)), classes)), shape=(len(kept), n_classes))
    inside = (bearing.T.tocsr() @ member.tocsr()).toarray()
    return signed_chi2(inside, inside.sum(axis=1), np.bincount(classes, minlength=n_classes), len(kept))


def leave_one_out(
    matrix: csr_array,
    labels: np.ndarray,
    interviews: np.ndarray,
    number_of_classes: int,
    max_splits: int,
    minimum: int = 0,
    *,
    minimum_frequency: int = 1,
    left_out: np.ndarray | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Return interviews (m,), and the Jaccard index (m, K) of each class when each of them is left out.

    Only the segments of the other interviews count: an index far from 1 says that the class is this
    interview's doing. `left_out`: those of `interviews` (n_segments,) to leave out; all of them, sorted,
    when None. The rest as in `one_draw`.
    """
    names = np.unique(interviews) if left_out is None else left_out
    settings = number_of_classes, max_splits, minimum
    jaccard = np.zeros((len(names), int(labels.max(initial=0))))
    for i, name in enumerate(names):
        rows = np.flatnonzero(interviews != name)
        jaccard[i] = one_draw(matrix, labels, rows, *settings, minimum_frequency=minimum_frequency).jaccard[0]
    return names, jaccard


def merge(draws: Iterable[Draw]) -> Draw:
    """Return what `draws` say together; they are read one by one. Errors: ValueError when there is none."""
    jaccard, sums = [], None
    for draw in draws:
        counts = draw.present, draw.members, draw.characteristic
        jaccard.append(draw.jaccard)
        if sums is None:
            sums = tuple(count.copy() for count in counts)
            continue
        for total, count in zip(sums, counts, strict=True):
            total += count
    if sums is None:
        raise ValueError("there is no draw to merge")
    return Draw(np.concatenate(jaccard), *sums)


def gather(draws: Iterable[Draw], labels: np.ndarray, interviews: np.ndarray) -> Stability:
    """Return how far the classes of `labels` (n_segments,) survive `draws`: single, or merged by chunks.

    `interviews` (n_segments,): interview of each segment, names or numbers. The order of the draws, and
    how they were merged, changes no bit of the result. Errors: ValueError when there is no draw.
    """
    merged = merge(draws)
    # A sum of floats depends on its order: sorted, it does not depend on that of the draws.
    jaccard = np.sort(merged.jaccard, axis=0)
    low, high = np.quantile(jaccard, INTERVAL, axis=0)
    present = merged.present[:, None].astype(float)
    membership = np.full(merged.members.shape, np.nan)
    np.divide(merged.members, present, out=membership, where=present > 0)
    dominant, share = _dominant(labels, interviews)
    return Stability(
        n_draws=len(jaccard),
        jaccard_mean=jaccard.mean(axis=0),
        jaccard_low=low,
        jaccard_high=high,
        membership=membership,
        characteristic=merged.characteristic / len(jaccard),
        dominant_interview=dominant,
        dominant_share=share,
    )


def _dominant(labels: np.ndarray, interviews: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the interview (K,) with most segments of each class, and its share of them."""
    k = int(labels.max(initial=0))
    names, owners = np.unique(interviews, return_inverse=True)
    counts = np.bincount(owners * (k + 1) + labels, minlength=len(names) * (k + 1)).reshape(-1, k + 1)[:, 1:]
    if not len(names):
        return names[:0], np.zeros(0)
    return names[counts.argmax(axis=0)], counts.max(axis=0) / np.maximum(counts.sum(axis=0), 1)
