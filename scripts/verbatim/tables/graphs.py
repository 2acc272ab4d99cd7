"""Tables of similarity graphs."""

from verbatim.tables.declaration import Column, Table
from verbatim.tables.lexicon import ANALYSIS

GRAPH = Column("graph", "text", "name of the graph: `all` or `class_k`")

TABLES = (
    Table(
        "graphs/nodes",
        "Words of a similarity graph.",
        ("analysis", "graph", "lemma"),
        (
            ANALYSIS,
            GRAPH,
            Column("lemma", "text", "lemma, lower case"),
            Column("frequency", "integer", "segments in which it occurs", "segments"),
            Column("community", "integer", "community of the word, from 1 by decreasing size"),
            Column("class", "integer", "class in which its χ² is largest; 0 when it characterises none"),
            Column("x", "number", "abscissa of the layout"),
            Column("y", "number", "ordinate of the layout"),
        ),
    ),
    Table(
        "graphs/edges",
        "Links between the words of a similarity graph.",
        ("analysis", "graph", "source", "target"),
        (
            ANALYSIS,
            GRAPH,
            Column("source", "text", "lemma, first in alphabetical order"),
            Column("target", "text", "lemma, second in alphabetical order"),
            Column("weight", "number", "similarity by the index of the settings"),
            Column("cooccurrence", "integer", "segments in which both occur", "segments"),
            Column("in_tree", "truth", "the edge belongs to the maximum tree"),
        ),
        ("source < target",),
    ),
)
