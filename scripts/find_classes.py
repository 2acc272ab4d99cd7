"""Find the classes of an analysis by Reinert's descending classification."""

from pathlib import Path

from verbatim import step, tables
from verbatim.class_names import accepted, merging
from verbatim.reinert.classification import classify_analysis
from verbatim.reinert.number import choose_number
from verbatim.stability import gathering, record


def main(options):
    corpus = tables.read("corpus/segments", options.segments)
    segment_lemmas = tables.read("lexicon/segment_lemmas", options.segment_lemmas)
    lemmas = tables.read("lexicon/lemmas", options.lemmas)
    chosen = options.analysis, options.compatibility, options.settings
    draws = record.read(options.draws) if options.draws else None
    number = choose_number(gathering.candidates(draws, options.analysis)) if draws else None
    found = classify_analysis(corpus, segment_lemmas, lemmas, *chosen, number)
    segments, tree, pairs, remarks = merged(found, corpus, options)
    for remark in [*found.remarks, *remarks]:
        step.log.info("%s", remark)
    tables.write("classes/tree", tree, options.tree)
    tables.write("classes/segments", segments, options.classes)
    tables.write("classes/pairs", pairs, options.pairs)
    tables.write("classes/peeled", found.peeled, options.peeled)


def merged(found, corpus, options):
    asked, run = options.merge_settings, None
    if not asked:
        return found.segments, found.tree, found.pairs, []
    if options.accepted_segments and options.accepted_profiles:
        files = [Path(path).read_bytes() for path in (options.accepted_segments, options.accepted_profiles)]
        run = accepted.read(*files, f"resources/accepted/{options.analysis}")
    key = Path(options.key).read_bytes()
    merges, remarks = merging.applicable_merges(asked["merges"], found.segments, corpus, run, key, asked["bound"])
    pairs = merging.renumber(found.pairs, merging.new_numbers(found.segments["found"].unique(), merges))
    return *merging.merge(found.segments, found.tree, merges), pairs, remarks


if __name__ == "__main__":
    inputs = "segments", "segment_lemmas", "lemmas", "draws*", "accepted_segments?", "accepted_profiles?", "key?"
    sections = "analysis", "compatibility", "merge_settings?", "settings"
    step.run(main, *inputs, *sections, "tree", "classes", "pairs", "peeled")
