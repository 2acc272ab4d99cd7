"""Give each word its lemma, part of speech and status, and join expressions."""

from verbatim import step, tables, tokens, wordlists


def main(options):
    turns = tables.read("corpus/turns", options.turns)
    raw = tables.read_all("private/annotation", options.annotations)
    masked = tables.read("private/annotation", options.masked)
    lists = wordlists.load(options.expressions, options.status, options.lemmas)
    found = tokens.make(turns, raw, masked, lists, **options.settings)
    tables.write("corpus/tokens", found, options.tokens)


if __name__ == "__main__":
    options = ("turns", "annotations+", "masked", "settings", "expressions?", "status?", "lemmas?", "tokens")
    step.run(main, *options)
