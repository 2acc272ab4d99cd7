"""Agreement on where passages begin and end: uα of Krippendorff, Mathet, Bouvry and Widlöcher (2016)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from verbatim.agreement.coefficients import AT_ONCE, EMPTY, RESAMPLES, SEED, Coefficient, group_draws, interval

GAP = 0


class Tally(NamedTuple):
    """What a part of the continuum adds to uα, part by part, value by value (value 0 is the gap).

    lengths (n_parts, q, q): ℓ, what two coders give the same places, each pair of coders weighing 1/(m − 1);
    own (n_parts, q): what is paired with itself, Σ L² of units, Σ L of gaps.
    """

    lengths: np.ndarray
    own: np.ndarray


def tally(units: np.ndarray, lengths: np.ndarray, coders: np.ndarray, n_values: int = 1) -> Tally:
    """Return the tally of `units` (n, 5), integers: part, coder, start, end (excluded), value (from 1).

    `lengths` (n_parts,): places of each part of the continuum; `coders` (n_parts, n_coders): who read it. A coder's
    units of a part do not overlap; what lies between them are gaps. Parts of fewer than two coders add nothing.
    Errors: ValueError where units overlap, reach out of their part or are of somebody who did not read it.
    """
    units = np.asarray(units, dtype=np.int64).reshape(-1, 5)
    lengths, coders = np.asarray(lengths, dtype=np.int64), np.asarray(coders, dtype=bool)
    _check(units, lengths, coders, n_values)
    q, m = n_values + 1, coders.sum(axis=1)
    begins = np.cumsum(lengths) - lengths
    part, coder, start, end, value = units.T
    # runs of places at which no coder begins or ends anything
    bounds = np.unique(np.concatenate([begins, begins + lengths, begins[part] + start, begins[part] + end]))
    runs = np.diff(bounds)
    of_run = np.searchsorted(begins, bounds[:-1], side="right") - 1
    values = np.full((coders.shape[1], len(runs)), GAP)
    for column in range(coders.shape[1]):
        change = np.zeros(len(bounds), dtype=np.int64)
        own = coder == column
        np.add.at(change, np.searchsorted(bounds, (begins[part] + start)[own]), value[own])
        np.add.at(change, np.searchsorted(bounds, (begins[part] + end)[own]), -value[own])
        values[column] = np.cumsum(change)[:-1]
    chosen = (values.T[:, :, None] == np.arange(q)) & coders[of_run][:, :, None]
    counts = chosen.sum(axis=1).astype(float)
    # pairs of different coders: all pairs, without each with itself
    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(q)
    weights = np.where(m >= 2, 1 / np.maximum(m - 1, 1), 0)[of_run] * runs
    found, alone = np.zeros((len(lengths), q, q)), np.zeros((len(lengths), q))
    np.add.at(found, of_run, pairs * weights[:, None, None])
    np.add.at(alone[:, GAP], of_run, counts[:, GAP] * runs)
    np.add.at(alone, (part, value), (end - start).astype(float) ** 2)
    return Tally(found, np.where(m[:, None] >= 2, alone, 0))


def unitised_alpha(
    counted: Tally, *, groups: np.ndarray | None = None, resamples: int = RESAMPLES, seed: int = SEED
) -> Coefficient:
    """Return uα (nominal) of the parts tallied: 1 − Σ_{c≠k} ℓ_ck / Σ_{c≠k} ε_ck (2016; Krippendorff 2019, eq. 32-34).

    ε_ck = ℓ.. (ℓ_c ℓ_k − [c = k] own_c)/(ℓ..² − Σ own): units move whole along the continuum, gaps place by place,
    and none is paired with itself. Coders may differ from part to part. `groups` (n_parts,): parts drawn together
    (Efron 1979); each for itself by default. `n_units`: parts compared; observed and expected are 1 − the share of ℓ
    off the diagonal. Undefined (NaN) where nothing is coded, or all of it.
    """
    some = np.flatnonzero(counted.lengths.sum(axis=(1, 2)))
    if not len(some):
        return Coefficient(*[np.nan] * 5, 0, 0)
    member = np.unique(np.asarray(groups)[some], return_inverse=True)[1] if groups is not None else np.arange(len(some))
    n = int(member.max()) + 1
    q = counted.own.shape[1]
    each = np.concatenate([counted.lengths[some].reshape(len(some), -1), counted.own[some]], axis=1)
    sums = np.zeros((n, each.shape[1]))
    np.add.at(sums, member, each)
    observed, expected = _shares(sums.sum(axis=0)[None], q)
    value = float(_alpha(observed, expected)[0])
    part = max(AT_ONCE // n, 1)
    begins = range(0, resamples if n > 1 else 0, part)
    drawn = [group_draws(n, min(part, resamples - begin), seed + begin) @ sums for begin in begins]
    low, high, undefined = interval(_alpha(*_shares(np.concatenate(drawn or [np.zeros((0, q * q + q))]), q)), value)
    return Coefficient(value, low, high, float(1 - observed[0]), float(1 - expected[0]), len(some), undefined)


def _shares(sums: np.ndarray, q: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the shares of ℓ and of ε off the diagonal (R,) from sums (R, q·q + q) of the tally."""
    lengths, own = sums[:, : q * q].reshape(-1, q, q), sums[:, q * q :]
    total = lengths.sum(axis=(1, 2))
    apart = total - np.trace(lengths, axis1=1, axis2=2)
    margins = lengths.sum(axis=2)
    room = total**2 - own.sum(axis=1)
    expected = np.divide(total**2 - (margins**2).sum(axis=1), room, out=np.zeros(len(total)), where=room > 0)
    return np.divide(apart, total, out=np.zeros(len(total)), where=total > 0), expected


def _alpha(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    ratio = np.divide(observed, expected, out=np.full(len(observed), np.nan), where=expected > EMPTY)
    return 1 - ratio


def _check(units: np.ndarray, lengths: np.ndarray, coders: np.ndarray, n_values: int) -> None:
    if not len(units):
        return
    part, coder, start, end, value = units.T
    if (start < 0).any() or (end > lengths[part]).any() or (start >= end).any():
        raise ValueError("a unit must have a length and lie within its part of the continuum")
    if not coders[part, coder].all() or (value < 1).any() or (value > n_values).any():
        raise ValueError("a unit must have a known value, and a coder who read its part")
    order = np.lexsort((start, coder, part))
    here, after = units[order[:-1]], units[order[1:]]
    if ((here[:, :2] == after[:, :2]).all(axis=1) & (after[:, 2] < here[:, 3])).any():
        raise ValueError("a coder's units must not overlap")
