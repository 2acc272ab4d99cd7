"""Suggest expressions: sequences of words said so often together that they may be one word."""

from pathlib import Path

from verbatim import step, tables, wordlists
from verbatim.audit import acceptance, proposals, suggestions


def main(options):
    turns = tables.read("corpus/turns", options.turns)
    tokens = tables.read("corpus/tokens", options.tokens)
    known = {expression.words for expression in wordlists.load(options.expressions).expressions}
    if options.expressions:
        known |= {wordlists.fold(row["expression"]) for row in wordlists.rows("expressions", options.expressions, [])}
    if options.refused:
        known |= acceptance.refused(Path(options.refused).read_bytes())
    found = suggestions.suggested(tokens, turns, known, **options.settings)
    step.log.info("%d expressions proposées", found.height)
    tables.write("corpus/suggested_expressions", found, options.suggested)
    step.write_text(options.proposal, proposals.expressions_to_csv(found, turns))


if __name__ == "__main__":
    step.run(main, "tokens", "turns", "expressions?", "refused?", "settings", "suggested", "proposal")
