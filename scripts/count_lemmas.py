"""Count the forms and lemmas of an analysis."""

from verbatim import lexicon, step, tables


def main(options):
    tokens = tables.read("corpus/tokens", options.tokens)
    turns = tables.read("corpus/turns", options.turns)
    speakers = tables.read("corpus/speakers", options.speakers)
    whole = tables.read("corpus/segments", options.segments)
    kept = lexicon.select(whole, turns, speakers, options.settings, options.analysis)
    step.log.info("%s : %d segments sur %d", options.analysis, kept.height, whole.height)
    forms, lemmas, segment_lemmas = lexicon.count(options.analysis, tokens, kept, turns)
    tables.write("lexicon/forms", forms, options.forms)
    tables.write("lexicon/lemmas", lemmas, options.lemmas)
    tables.write("lexicon/segment_lemmas", segment_lemmas, options.segment_lemmas)


if __name__ == "__main__":
    inputs = ("tokens", "segments", "turns", "speakers", "analysis", "settings")
    step.run(main, *inputs, "forms", "lemmas", "segment_lemmas")
