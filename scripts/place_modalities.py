"""Place lemmas and modalities on the axes of a correspondence analysis."""

from verbatim import modalities, step, tables


def main(options):
    segment_lemmas = tables.read("lexicon/segment_lemmas", options.segment_lemmas)
    lemmas = tables.read("lexicon/lemmas", options.lemmas)
    segments = tables.read("corpus/segments", options.segments)
    speakers = tables.read("corpus/speakers", options.speakers)
    study = (options.analysis, segment_lemmas, lemmas, segments, speakers)
    tables.write("lexicon/correspondence", modalities.place(*study, **options.settings), options.correspondence)


if __name__ == "__main__":
    inputs = ("segment_lemmas", "lemmas", "segments", "speakers", "analysis", "settings")
    step.run(main, *inputs, "correspondence")
