"""The links of one graph: how similar its words are, which links count, which are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from verbatim.similarity.association import probabilities
from verbatim.similarity.cooccurrence import Cooccurrences
from verbatim.similarity.indices import linked, strengths, weigh
from verbatim.similarity.networks import disparity, network, ranked


@dataclass(frozen=True)
class Links:
    """Every pair (m,) of words that meet, heaviest first, as `ranked` orders them.

    source < target, weight, together; expected: so many by chance; log10_p and p_adjusted as `probabilities`;
    disparity: α of the filter, 1 for a pair that is no link; in_tree, shown: truths; strength: 0 or more, 0 for what is
    no link.
    """

    source: np.ndarray
    target: np.ndarray
    weight: np.ndarray
    together: np.ndarray
    expected: np.ndarray
    log10_p: np.ndarray
    p_adjusted: np.ndarray
    disparity: np.ndarray
    in_tree: np.ndarray
    shown: np.ndarray
    strength: np.ndarray

    @property
    def drawn(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Source, target and strength of the links drawn."""
        return self.source[self.shown], self.target[self.shown], self.strength[self.shown]


def links(pairs: Cooccurrences, settings: Mapping[str, Any]) -> Links:
    """Return the links of `pairs` by the settings of a graph: index, significant, form, more, alpha, threshold."""
    weight = weigh(pairs, settings["index"])
    log10_p, adjusted = probabilities(pairs)
    kept = linked(pairs, settings["index"], weight)
    if settings["significant"]:
        kept &= adjusted < settings["alpha"]
    strength, found, in_tree, shown = _networks(pairs, weight, kept, settings)
    source, target, weight, order = ranked(pairs.source, pairs.target, weight)
    expected = pairs.margins.prod(axis=0, dtype=float) / max(pairs.n, 1)
    of_pairs = (pairs.together, expected, log10_p, adjusted, found, in_tree, shown, strength)
    return Links(source, target, weight, *(values[order] for values in of_pairs))


def drawn(pairs: Cooccurrences, settings: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return source, target and strength of the links that a graph of `pairs` would draw: `links(…).drawn`."""
    weight = weigh(pairs, settings["index"])
    kept = linked(pairs, settings["index"], weight)
    if settings["significant"]:
        kept &= probabilities(pairs)[1] < settings["alpha"]
    strength, _, _, shown = _networks(pairs, weight, kept, settings)
    return pairs.source[shown], pairs.target[shown], strength[shown]


def _networks(pairs: Cooccurrences, weight: np.ndarray, kept: np.ndarray, settings: Mapping[str, Any]):
    """Return strength, disparity, in_tree and shown (m,) of pairs of which `kept` are links."""
    places = np.flatnonzero(kept)
    source, target, own, order = ranked(pairs.source[places], pairs.target[places], weight[places])
    places = places[order]
    strength, alpha = strengths(own), np.ones(len(own))
    n_words = len(pairs.frequency)
    alpha[strength > 0] = disparity(source[strength > 0], target[strength > 0], strength[strength > 0], n_words)
    shown, in_tree = network(source, target, strength, n_words, settings["form"], settings["more"], settings["alpha"])
    if settings["threshold"] > 0:
        shown &= own > settings["threshold"]
    found = [np.zeros(len(weight)), np.ones(len(weight)), *np.zeros((2, len(weight)), dtype=bool)]
    for whole, part in zip(found, (strength, alpha, in_tree, shown), strict=True):
        whole[places] = part
    return found
