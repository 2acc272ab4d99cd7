"""Which pairs of nodes of two trees become classes: disjoint ones of largest total χ²."""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, vstack

# Relative to the largest χ²: sums closer than this are equal, and the order of the pairs parts them.
EQUAL_SUMS = 1e-7
# Costs are scaled so that what parts equal sums is well above the solver's tolerances (1e-7).
SCALE = 1e6


def best_pairs(
    first: np.ndarray, second: np.ndarray, chi2: np.ndarray, kin: tuple[np.ndarray, np.ndarray], number: int
) -> list[int]:
    """Return the `number` pairs, by place, of largest total χ² of which no two are kin in either tree; sorted.

    Pair i is node `first`[i] of one tree and `second`[i] of the other, with `chi2`[i]; kin[t][x, y]: nodes x and y of
    tree t are the same, or one is above the other. Fewer where there are not that many. Exact (an integer programme
    whose constraints, the chains of two trees, make its relaxation integral); of equal sums, the pairs that stand
    first. The sum is that which rainette2 maximises (Barnier 2020), with the stricter condition of Reinert (1990),
    that a class is a node of both trees.
    """
    n = len(first)
    if not n or number < 1:
        return []
    cost = SCALE * (EQUAL_SUMS * np.arange(n) / n - chi2 / chi2.max())
    chains = vstack([_chains(first, kin[0]), _chains(second, kin[1])]).tocsr()
    everyone = csr_array(np.ones((1, n)))
    for size in range(min(number, n), 0, -1):
        found = milp(
            cost,
            integrality=np.ones(n),
            bounds=Bounds(0, 1),
            constraints=[LinearConstraint(chains, -np.inf, 1), LinearConstraint(everyone, size, size)],
            options={"mip_rel_gap": 0},
        )
        if found.status == 0:
            return np.flatnonzero(found.x > 0.5).tolist()
    return []


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
