"""Describe each class: size and vocabulary, interviews and attributes, repeated segments, parts of speech."""

from verbatim import step, tables
from verbatim.class_description.pos import parts_of_speech
from verbatim.class_description.repeats import repeats
from verbatim.class_description.residuals import residuals
from verbatim.class_description.statistics import statistics
from verbatim.class_description.words import placed


def main(options):
    tokens, turns = tables.read("corpus/tokens", options.tokens), tables.read("corpus/turns", options.turns)
    segments = tables.read("corpus/segments", options.segments)
    speakers = tables.read("corpus/speakers", options.speakers)
    classes = tables.read("classes/segments", options.classes)
    words = placed(tokens, turns, segments, classes)
    tables.write("classes/statistics", statistics(options.analysis, words, classes), options.statistics)
    tables.write("classes/residuals", residuals(options.analysis, classes, segments, speakers), options.residuals)
    tables.write("classes/repeats", repeats(options.analysis, words), options.repeats)
    tables.write("classes/pos", parts_of_speech(options.analysis, words), options.pos)


if __name__ == "__main__":
    inputs = "tokens", "turns", "segments", "speakers", "classes", "analysis"
    step.run(main, *inputs, "statistics", "residuals", "repeats", "pos")
