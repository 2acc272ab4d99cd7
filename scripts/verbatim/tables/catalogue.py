"""All tables by name."""

from verbatim.tables import classes, corpus, graphs, lexicon, private, solidity, themes

STAGES = (private, corpus, lexicon, classes, solidity, graphs, themes)
TABLES = {table.name: table for stage in STAGES for table in stage.TABLES}
