"""All tables by name."""

from verbatim.tables import (
    agreement,
    audit,
    classes,
    corpus,
    graphs,
    hypotheses,
    lexicon,
    private,
    sheets,
    solidity,
    suggestions,
    syntheses,
    themes,
    vocabulary,
)

STAGES = (
    *(private, corpus, lexicon, vocabulary, audit, classes, solidity, graphs),
    *(themes, agreement, suggestions, syntheses, sheets, hypotheses),
)
TABLES = {table.name: table for stage in STAGES for table in stage.TABLES}
