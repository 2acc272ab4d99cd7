"""Compare the trials of the parameter laboratory with one another and with the study's own classification."""

import polars as pl

from verbatim import step, tables
from verbatim.laboratory import agreement, record


def main(options):
    turns = tables.read("corpus/turns", options.turns)
    tokens = tables.read("corpus/tokens", options.tokens)
    segments = tables.read("corpus/segments", options.segments)
    lemmas = tables.read("lexicon/lemmas", options.lemmas)
    classes = tables.read("classes/segments", options.classes)
    own = agreement.own_settings(lemmas, options.settings, options.segments_settings["size"], options.compatibility)
    tried, alike = agreement.compare(record.read(options.chunks), own, classes, segments, tokens, turns)
    named = pl.lit(options.analysis).alias("analysis")
    tables.write("classes/trials", tried.with_columns(named), options.trials)
    tables.write("classes/agreements", alike.with_columns(named), options.agreements)


if __name__ == "__main__":
    inputs = "chunks*", "classes", "segments", "tokens", "turns", "lemmas", "analysis"
    step.run(main, *inputs, "settings", "segments_settings", "compatibility", "trials", "agreements")
