"""Which codings count: said once, for every table and page."""

import polars as pl

# what people coded and nobody set aside; a suggestion that was accepted is counted apart
HUMAN = (pl.col("origin") == "human") & pl.col("set_aside").is_null()
# those of them that the transcript still holds
COUNTED = HUMAN & (pl.col("anchor") != "lost")
