"""Compare what two groups link, link by link."""

from verbatim import similarity, step, tables


def main(options):
    segment_lemmas = tables.read("lexicon/segment_lemmas", options.segment_lemmas)
    lemmas = tables.read("lexicon/lemmas", options.lemmas)
    segments, speakers = (
        tables.read("corpus/segments", options.segments),
        tables.read("corpus/speakers", options.speakers),
    )
    said = similarity.spoken(segment_lemmas, lemmas, segments, speakers)
    known = similarity.known_modalities(segments, speakers)
    found = similarity.comparison(options.analysis, said, known, options.settings)
    tables.write("graphs/comparison", tables.empty("graphs/comparison") if found is None else found, options.comparison)


if __name__ == "__main__":
    step.run(main, "segment_lemmas", "lemmas", "segments", "speakers", "analysis", "settings", "comparison")
