"""Similarity analysis: which words occur together, and the network that they make (Degenne and Vergès 1973)."""

from verbatim.similarity.association import probabilities
from verbatim.similarity.centrality import Centralities, centralities
from verbatim.similarity.colouring import characterise
from verbatim.similarity.communities import METHODS, communities
from verbatim.similarity.community_stability import CommunityStability, community_stability
from verbatim.similarity.comparison import Comparison, compare
from verbatim.similarity.comparison_table import comparison
from verbatim.similarity.cooccurrence import Cooccurrences, count, merge_rows, presence
from verbatim.similarity.graph_files import to_gexf, to_graphml
from verbatim.similarity.graph_study import GraphMaterial, graphs, known_modalities
from verbatim.similarity.graph_tables import GraphTables
from verbatim.similarity.indices import (
    ASSOCIATIONS,
    COMPARABLE,
    INDICES,
    LABELS,
    ZERO_APART,
    all_pairs,
    index,
    linked,
    strengths,
    weigh,
)
from verbatim.similarity.links import Links, links
from verbatim.similarity.networks import FORMS, disparity, maximum_tree, network, pieces, ranked
from verbatim.similarity.partitions import adjusted_rand, modularity, number
from verbatim.similarity.requests import Request, graph_names, requests
from verbatim.similarity.spoken import Spoken, spoken
from verbatim.similarity.vocabulary import around, listed, most_characteristic, most_frequent

__all__ = [
    "ASSOCIATIONS",
    "COMPARABLE",
    "FORMS",
    "INDICES",
    "LABELS",
    "METHODS",
    "ZERO_APART",
    "Centralities",
    "CommunityStability",
    "Comparison",
    "Cooccurrences",
    "GraphMaterial",
    "GraphTables",
    "Links",
    "Request",
    "Spoken",
    "adjusted_rand",
    "all_pairs",
    "around",
    "centralities",
    "characterise",
    "communities",
    "community_stability",
    "compare",
    "comparison",
    "count",
    "disparity",
    "graph_names",
    "graphs",
    "index",
    "known_modalities",
    "linked",
    "links",
    "listed",
    "maximum_tree",
    "merge_rows",
    "modularity",
    "most_characteristic",
    "most_frequent",
    "network",
    "number",
    "pieces",
    "presence",
    "probabilities",
    "ranked",
    "requests",
    "spoken",
    "strengths",
    "to_gexf",
    "to_graphml",
    "weigh",
]
