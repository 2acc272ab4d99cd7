"""List the doubtful lemmas of the study, for a person to mend or to confirm."""

import polars as pl

from verbatim import step, tables, wordlists
from verbatim.audit import doubts, proposals


def said(path):
    return tables.read("private/annotation", path).drop("token", "form", "entity")


def main(options):
    turns = tables.read("corpus/turns", options.turns)
    tokens = tables.read("corpus/tokens", options.tokens)
    masked = said(options.masked)
    changed = masked.select("interview", "turn").unique()
    raw = (said(path).join(changed, on=["interview", "turn"], how="anti") for path in options.annotations)
    annotation = pl.concat([*raw, masked])
    lists = wordlists.load(options.expressions, options.status, options.lemmas)
    reasons = wordlists.reasons(options.lemmas) if options.lemmas else {}
    found = doubts.doubtful(tokens, annotation, lists, reasons)
    step.log.info("%d lemmes douteux", found.filter(found["reason"] != "corrected").height)
    tables.write("corpus/doubtful_lemmas", found, options.doubtful)
    step.write_text(options.proposal, proposals.lemmas_to_csv(found, turns))


if __name__ == "__main__":
    inputs = ("turns", "tokens", "annotations+", "masked", "expressions?", "status?", "lemmas?")
    step.run(main, *inputs, "doubtful", "proposal")
