"""All tables by name."""

from verbatim.tables import classes, corpus, graphs, lexicon, private, themes

TABLES = {table.name: table for stage in (private, corpus, lexicon, classes, graphs, themes) for table in stage.TABLES}
