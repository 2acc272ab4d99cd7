"""Say which words come most with each active word of an analysis."""

from verbatim import associations, step, tables


def main(options):
    segment_lemmas = tables.read("lexicon/segment_lemmas", options.segment_lemmas)
    lemmas = tables.read("lexicon/lemmas", options.lemmas)
    found = associations.table(options.analysis, segment_lemmas, lemmas, options.settings["associated"])
    tables.write("lexicon/associations", found, options.associations)


if __name__ == "__main__":
    step.run(main, "segment_lemmas", "lemmas", "analysis", "settings", "associations")
