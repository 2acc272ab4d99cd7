"""All tables by name."""

from verbatim.tables import audit, classes, corpus, graphs, lexicon, private, solidity, themes, vocabulary

STAGES = (private, corpus, lexicon, vocabulary, audit, classes, solidity, graphs, themes)
TABLES = {table.name: table for stage in STAGES for table in stage.TABLES}
