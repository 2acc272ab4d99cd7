"""Give each word its lemma, part of speech and status, and join expressions."""

import polars as pl

from verbatim import step, tables, tokens, wordlists


def main(options):
    turns = tables.read("corpus/turns", options.turns)
    masked = tables.read("private/annotation", options.masked)
    lists = wordlists.load(options.expressions, options.status, options.lemmas)
    raw = pl.concat([tables.read("private/annotation", path) for path in options.annotations])
    tables.write("corpus/tokens", tokens.make(turns, raw, masked, lists, **options.settings), options.tokens)


if __name__ == "__main__":
    options = ("turns", "annotations+", "masked", "settings", "expressions?", "status?", "lemmas?", "tokens")
    step.run(main, *options)
