"""Find the classes of an analysis by Reinert's descending classification."""

from verbatim import step, tables
from verbatim.reinert.classification import classify_analysis


def main(options):
    segments = tables.read("corpus/segments", options.segments)
    segment_lemmas = tables.read("lexicon/segment_lemmas", options.segment_lemmas)
    lemmas = tables.read("lexicon/lemmas", options.lemmas)
    chosen = options.analysis, options.compatibility, options.settings
    found = classify_analysis(segments, segment_lemmas, lemmas, *chosen)
    for remark in found.remarks:
        step.log.info("%s", remark)
    tables.write("classes/tree", found.tree, options.tree)
    tables.write("classes/segments", found.segments, options.classes)
    tables.write("classes/pairs", tables.empty("classes/pairs"), options.pairs)
    tables.write("classes/peeled", tables.empty("classes/peeled"), options.peeled)


if __name__ == "__main__":
    inputs = "segments", "segment_lemmas", "lemmas", "draws*", "accepted_segments?", "accepted_profiles?", "key"
    sections = "analysis", "compatibility", "merge_settings", "settings"
    step.run(main, *inputs, *sections, "tree", "classes", "pairs", "peeled")
