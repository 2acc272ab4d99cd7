"""Measure how large and how rich the vocabulary is, by interview and by modality."""

from pathlib import Path

from verbatim import lexicon, step, tables, vocabulary
from verbatim.reinert.groups import read_groups


def main(options):
    turns = tables.read("corpus/turns", options.turns)
    speakers = tables.read("corpus/speakers", options.speakers)
    segments = tables.read("corpus/segments", options.segments)
    kept = lexicon.select(segments, turns, speakers, options.selection_settings, options.analysis)
    variables = options.specificities_settings["variables"]
    vocabulary.check_variables(variables, kept, speakers)
    words = vocabulary.collect(tables.read("corpus/tokens", options.tokens), turns, kept, speakers)
    step.log.info("%s : %d occurrences, %d formes", options.analysis, len(words), len(words.forms))
    groups = read_groups(Path(options.groups).read_bytes()) if options.groups else ()
    statistics, growth = vocabulary.measure(options.analysis, words, variables, options.settings["window"])
    tables.write("lexicon/statistics", statistics, options.statistics)
    tables.write("lexicon/growth", growth, options.growth)
    lengths = vocabulary.segment_lengths(options.analysis, words)
    tables.write("lexicon/segment_lengths", lengths, options.segment_lengths)
    pos = vocabulary.parts_of_speech(options.analysis, words, variables)
    tables.write("lexicon/modality_pos", pos, options.modality_pos)
    grouped = vocabulary.word_groups(options.analysis, words, variables, groups)
    tables.write("lexicon/word_groups", grouped, options.word_groups)


if __name__ == "__main__":
    inputs = ("turns", "tokens", "segments", "speakers", "groups?", "analysis", "selection_settings", "settings")
    outputs = ("statistics", "growth", "segment_lengths", "modality_pos", "word_groups")
    step.run(main, *inputs, "specificities_settings", *outputs)
