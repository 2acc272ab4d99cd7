"""All tables by name."""

from verbatim.tables import (
    audit,
    classes,
    corpus,
    graphs,
    hypotheses,
    lexicon,
    private,
    solidity,
    suggestions,
    syntheses,
    themes,
    vocabulary,
)

STAGES = (
    *(private, corpus, lexicon, vocabulary, audit, classes, solidity, graphs),
    *(themes, suggestions, syntheses, hypotheses),
)
TABLES = {table.name: table for stage in STAGES for table in stage.TABLES}
