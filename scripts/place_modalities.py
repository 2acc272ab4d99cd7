"""Place lemmas and modalities on the axes of a correspondence analysis."""

from verbatim import lexicon, modalities, step, tables


def main(options):
    segment_lemmas = tables.read("lexicon/segment_lemmas", options.segment_lemmas)
    lemmas = tables.read("lexicon/lemmas", options.lemmas)
    segments = tables.read("corpus/segments", options.segments)
    speakers = tables.read("corpus/speakers", options.speakers)
    classes = tables.read("classes/segments", options.classes) if options.classes else None
    lexicon.check_variables(options.settings["variables"], segments, speakers)
    said = lexicon.said(segment_lemmas, lemmas, segments, speakers, classes)
    placed = modalities.place(options.analysis, said, **options.settings)
    tables.write("lexicon/correspondence", placed, options.correspondence)


if __name__ == "__main__":
    inputs = ("segment_lemmas", "lemmas", "segments", "speakers", "classes?", "analysis", "settings")
    step.run(main, *inputs, "correspondence")
