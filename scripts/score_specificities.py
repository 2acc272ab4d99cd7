"""Score what each modality says more, or less, than chance would have it."""

from verbatim import lexicon, specificities, step, tables


def main(options):
    segment_lemmas = tables.read("lexicon/segment_lemmas", options.segment_lemmas)
    lemmas = tables.read("lexicon/lemmas", options.lemmas)
    segments = tables.read("corpus/segments", options.segments)
    speakers = tables.read("corpus/speakers", options.speakers)
    classes = tables.read("classes/segments", options.classes) if options.classes else None
    lexicon.check_variables(options.settings["variables"], segments, speakers)
    said = lexicon.said(segment_lemmas, lemmas, segments, speakers, classes)
    found, banal = specificities.compare(
        options.analysis, said, **options.settings, compatibility=options.compatibility
    )
    tables.write("lexicon/specificities", found, options.specificities)
    tables.write("lexicon/banal", banal, options.banal)


if __name__ == "__main__":
    inputs = ("segment_lemmas", "lemmas", "segments", "speakers", "classes?", "analysis", "compatibility", "settings")
    step.run(main, *inputs, "specificities", "banal")
