"""The shape of a classification tree: every node, or only what leads to the classes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import polars as pl


@dataclass(frozen=True)
class Leaf:
    """An end of the tree: `number` of its class, None for a group that was set aside."""

    node: int
    number: int | None
    n_segments: int


@dataclass(frozen=True)
class Split:
    """A node that was split, at the `order`-th split; `number` where it is a class as a whole (double mode)."""

    node: int
    number: int | None
    n_segments: int
    order: int
    chi2: float | None
    daughters: tuple[Split | Leaf, ...]


def complete(tree: pl.DataFrame, which: int = 1) -> Split | Leaf | None:
    """Return the root of tree `which` of classes/tree with all below it; None where there is no such tree."""
    rows = {row["node"]: row for row in tree.filter(pl.col("tree") == which).to_dicts()}
    below: dict[int, list[int]] = {}
    for node in sorted(rows):
        if rows[node]["mother"] in rows:
            below.setdefault(rows[node]["mother"], []).append(node)

    def build(node: int) -> Split | Leaf:
        row = rows[node]
        if node not in below:
            return Leaf(node, row["class"], row["n_segments"])
        daughters = tuple(build(daughter) for daughter in below[node])
        # split i makes nodes 2i and 2i + 1
        order = min(below[node]) // 2
        return Split(node, row["class"], row["n_segments"], order, row["chi2"], daughters)

    return build(1) if 1 in rows else None


def pruned(top: Split | Leaf | None) -> Split | Leaf | None:
    """Return what leads to classes, None if nothing does.

    What is below a class goes, then the groups that were set aside, then splits that no longer part
    anything, or only part a class that was merged by hand.
    """
    if top is None or top.number is not None or isinstance(top, Leaf):
        return None if top is None or top.number is None else Leaf(top.node, top.number, top.n_segments)
    kept = tuple(daughter for daughter in map(pruned, top.daughters) if daughter)
    if len(kept) < 2:
        return kept[0] if kept else None
    if all(isinstance(daughter, Leaf) and daughter.number == kept[0].number for daughter in kept):
        return Leaf(top.node, kept[0].number, sum(daughter.n_segments for daughter in kept))
    return replace(top, daughters=kept)


def leaves(top: Split | Leaf) -> list[Leaf]:
    """Return the leaves, from first to last."""
    return [top] if isinstance(top, Leaf) else [leaf for daughter in top.daughters for leaf in leaves(daughter)]


def splits(top: Split | Leaf) -> Iterator[Split]:
    """Yield the splits, a mother before its daughters."""
    if isinstance(top, Split):
        yield top
        for daughter in top.daughters:
            yield from splits(daughter)


def turned(top: Split | Leaf, places: Mapping[int, float]) -> Split | Leaf:
    """Return the tree with the daughters of each split in the order of the mean place of their classes.

    `places`: class -> place. The tree says the same whichever daughter comes first; so turned, its
    leaves come as near as they can to the order of the places.
    """
    if isinstance(top, Leaf):
        return top

    def mean(shape: Split | Leaf) -> float:
        own = [places[leaf.number] for leaf in leaves(shape)]
        return sum(own) / len(own)

    daughters = sorted((turned(daughter, places) for daughter in top.daughters), key=lambda d: (mean(d), d.node))
    return replace(top, daughters=tuple(daughters))
