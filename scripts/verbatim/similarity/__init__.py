"""Similarity analysis: which words occur together, and the network that they make (Degenne and Vergès 1973)."""

from verbatim.similarity.association import probabilities
from verbatim.similarity.centrality import Centralities, centralities
from verbatim.similarity.colouring import characterise
from verbatim.similarity.communities import METHODS, communities
from verbatim.similarity.community_stability import CommunityStability, community_stability
from verbatim.similarity.comparison import Comparison, compare
from verbatim.similarity.cooccurrence import Cooccurrences, count, merge_rows, presence
from verbatim.similarity.graph_files import to_gexf, to_graphml
from verbatim.similarity.graph_tables import choose, graph
from verbatim.similarity.indices import INDICES, LABELS, ZERO_APART, all_pairs, index, weigh
from verbatim.similarity.networks import FORMS, disparity, maximum_tree, network, pieces, ranked
from verbatim.similarity.partitions import adjusted_rand, modularity, number
from verbatim.similarity.vocabulary import around, listed, most_characteristic, most_frequent

__all__ = [
    "FORMS",
    "INDICES",
    "LABELS",
    "METHODS",
    "ZERO_APART",
    "Centralities",
    "CommunityStability",
    "Comparison",
    "Cooccurrences",
    "adjusted_rand",
    "all_pairs",
    "around",
    "centralities",
    "characterise",
    "choose",
    "communities",
    "community_stability",
    "compare",
    "count",
    "disparity",
    "graph",
    "index",
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
    "to_gexf",
    "to_graphml",
    "weigh",
]
