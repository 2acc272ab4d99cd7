"""Score what each modality says more, or less, than chance would have it."""

from verbatim import specificities, step, tables


def main(options):
    segment_lemmas = tables.read("lexicon/segment_lemmas", options.segment_lemmas)
    segments = tables.read("corpus/segments", options.segments)
    speakers = tables.read("corpus/speakers", options.speakers)
    study = (options.analysis, segment_lemmas, segments, speakers)
    scored = specificities.table(*study, **options.settings, compatibility=options.compatibility)
    tables.write("lexicon/specificities", scored, options.specificities)


if __name__ == "__main__":
    inputs = ("segment_lemmas", "segments", "speakers", "analysis", "compatibility", "settings")
    step.run(main, *inputs, "specificities")
