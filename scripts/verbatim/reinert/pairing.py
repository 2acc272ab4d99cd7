"""Which pairs of nodes of two trees become classes: disjoint ones of largest total χ²."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, vstack

# Relative to the largest χ²: sums closer than this are equal, and the order of the pairs parts them.
EQUAL_SUMS = 1e-7
# Costs are scaled so that what parts equal sums is well above the solver's tolerances (1e-7).
SCALE = 1e6


def best_pairs(
    first: np.ndarray, second: np.ndarray, chi2: np.ndarray, kin: tuple[np.ndarray, np.ndarray], numbers: Sequence[int]
) -> dict[int, list[int]]:
    """Return, for each of `numbers`, so many pairs of largest total χ² of which no two are kin in either tree.

    Pair i is node `first`[i] of one tree and `second`[i] of the other, with `chi2`[i]; kin[t][x, y]: nodes x and y of
    tree t are the same, or one is above the other. Pairs are given by place, sorted; as many as can be had where
    there are fewer. Exact (an integer programme: one pair at most on each way from root to leaf); of equal sums, the
    pairs that stand first (smallest sum of places). The sum is that which rainette2 maximises (Barnier 2020), with the
    stricter condition of Reinert (1990) that a class is a node of both trees.
    """
    n = len(first)
    if not n:
        return {number: [] for number in numbers}
    chains = LinearConstraint(vstack([_chains(first, kin[0]), _chains(second, kin[1])]).tocsr(), -np.inf, 1)
    cost = SCALE * (EQUAL_SUMS * np.arange(n) / n - chi2 / chi2.max())
    most = len(_solve(-np.ones(n), chains))
    sizes = {min(number, most) for number in numbers}
    found = {size: _solve(cost, chains, LinearConstraint(csr_array(np.ones((1, n))), size, size)) for size in sizes}
    return {number: found[min(number, most)] for number in numbers}


def _solve(cost: np.ndarray, *constraints: LinearConstraint) -> list[int]:
    found = milp(
        cost,
        integrality=np.ones(len(cost)),
        bounds=Bounds(0, 1),
        constraints=constraints,
        options={"mip_rel_gap": 0},
    )
    if found.x is None:
        raise ArithmeticError(f"the choice of pairs was not solved: {found.message}")
    return np.flatnonzero(found.x > 0.5).tolist()


def _chains(nodes: np.ndarray, kin: np.ndarray) -> csr_array:
    """Return (n_chains, n_pairs): which pairs have a node on the way from the root to each lowest node of a tree.

    Two nodes are kin if and only if they stand on one chain.
    """
    used = np.unique(nodes)
    own = kin[np.ix_(used, used)]
    lowest = ~np.triu(own, 1).any(axis=1)
    rows, columns = np.nonzero(own[lowest][:, np.searchsorted(used, nodes)])
    shape = (int(lowest.sum()), len(nodes))
    return coo_array((np.ones(len(rows)), (rows, columns)), shape=shape).tocsr()
