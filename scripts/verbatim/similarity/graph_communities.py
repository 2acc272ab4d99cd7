"""The communities of one graph: how they are found, whether they hold, which words bridge them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from verbatim.similarity.communities import communities
from verbatim.similarity.community_stability import CommunityStability, community_stability
from verbatim.similarity.cooccurrence import Cooccurrences
from verbatim.similarity.links import Links, drawn
from verbatim.similarity.partitions import modularity

# Methods that would take minutes on a graph of more links than these.
MOST_LINKS = {"edge_betweenness": 1500, "walktrap": 3000}
INSTEAD = "louvain"
# The same, where it is found anew in each resample.
MOST_RESAMPLED = {"edge_betweenness": 300}
BRIDGES = 3
# Starts of a method that draws: for the communities of the study, and for those of each resample.
STARTS, FEW_STARTS = 10, 2


@dataclass(frozen=True)
class Communities:
    """labels (p,), from 1, `method` by which they were found, `modularity` (None without a link), `stability`.

    `message`: why the method is not the one asked for, or why nothing was resampled.
    """

    labels: np.ndarray
    method: str
    modularity: float | None
    stability: CommunityStability
    message: str | None


def find(found: Links, table: csr_array, settings: Mapping[str, Any]) -> Communities:
    """Return the communities of the links drawn, their weights being strengths, and how they survive resamples.

    table (rows, words): what the links were counted in; each resample draws as many of its rows, counts, weighs and
    chooses the links to draw anew. Edge betweenness and walks give way to Louvain in a graph of too many links. Nothing
    is resampled where there is no link, and with edge betweenness over 300 links.
    """
    n_words = table.shape[1]
    source, target, strength = found.drawn
    method, message = settings["communities"], None
    if len(source) > MOST_LINKS.get(method, len(source)):
        method = INSTEAD
        message = f"{len(source)} liens, trop pour la méthode demandée : communautés trouvées par Louvain"
    labels = communities(source, target, strength, n_words, settings["seed"], method, STARTS)

    def again(pairs: Cooccurrences) -> np.ndarray:
        edges = drawn(pairs, settings)
        own = INSTEAD if len(edges[0]) > MOST_LINKS.get(method, len(edges[0])) else method
        return communities(*edges, n_words, settings["seed"], own, FEW_STARTS)

    resamples = settings["resamples"] if (strength > 0).any() else 0
    if resamples and len(source) > MOST_RESAMPLED.get(method, len(source)):
        resamples, message = 0, f"{len(source)} liens, trop pour éprouver la stabilité par cette méthode"
    stable = community_stability(table, labels, again, None, resamples, settings["seed"])
    quality = modularity(source, target, strength, labels) if (strength > 0).any() else None
    return Communities(labels, method, quality, stable, message)


def bridges(words: Sequence[str], found: Links, labels: np.ndarray) -> list[str]:
    """Return, for each community from 1, its words that link it most to others, at most three, separated by commas.

    Those of largest strength with words of other communities; of equal ones, the first.
    """
    source, target, strength = found.drawn
    apart = (labels[source] != labels[target]) * strength
    beyond = np.bincount(np.concatenate([source, target]), np.tile(apart, 2), minlength=len(words))
    order = [word for word in np.argsort(-beyond, kind="stable").tolist() if beyond[word] > 0]
    own = [[words[word] for word in order if labels[word] == k][:BRIDGES] for k in range(1, labels.max(initial=0) + 1)]
    return [", ".join(names) for names in own]


def community_rows(words: Sequence[str], frequency: np.ndarray, found: Links, grouped: Communities) -> pl.DataFrame:
    """Return community, n_words, words, stability and bridges of each community."""
    order = np.argsort(-frequency, kind="stable")
    members = [
        [words[word] for word in order if grouped.labels[word] == k]
        for k in range(1, grouped.labels.max(initial=0) + 1)
    ]
    return pl.DataFrame(
        {
            "community": pl.Series(range(1, len(members) + 1), dtype=pl.Int64),
            "n_words": pl.Series([len(names) for names in members], dtype=pl.Int64),
            "words": pl.Series([", ".join(names) for names in members], dtype=pl.String),
            "stability": pl.Series(grouped.stability.jaccard, dtype=pl.Float64).fill_nan(None),
            "bridges": pl.Series(bridges(words, found, grouped.labels), dtype=pl.String),
        }
    )
