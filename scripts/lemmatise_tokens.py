"""Give each word its lemma, part of speech and status, and join expressions."""

import polars as pl

from verbatim import step, tables, tokens, wordlists


def main(options):
    turns = tables.read("corpus/turns", options.turns)
    lists = wordlists.load(options.expressions, options.status, options.lemmas)
    found = tokens.make(
        turns,
        pl.concat([tables.read("private/annotation", path) for path in options.annotations]),
        tables.read("private/annotation", options.masked),
        lists,
        **options.settings,
    )
    tables.write("corpus/tokens", found, options.tokens)


if __name__ == "__main__":
    options = ("turns", "annotations+", "masked", "settings", "expressions?", "status?", "lemmas?", "tokens")
    step.run(main, *options)
