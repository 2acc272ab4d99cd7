"""Find the repeated segments of an analysis: sequences of words that come back."""

from verbatim import lexicon, repeats, step, tables


def main(options):
    turns = tables.read("corpus/turns", options.turns)
    segments = tables.read("corpus/segments", options.segments)
    speakers = tables.read("corpus/speakers", options.speakers)
    kept = lexicon.select(segments, turns, speakers, options.selection_settings, options.analysis)
    tokens = tables.read("corpus/tokens", options.tokens)
    minimum, longest = options.settings["repeats_minimum"], options.settings["longest_repeat"]
    found = repeats.table(options.analysis, tokens, turns, kept, minimum, longest)
    step.log.info("%s : %d segments répétés", options.analysis, found.height)
    tables.write("lexicon/repeats", found, options.repeats)


if __name__ == "__main__":
    inputs = ("tokens", "segments", "turns", "speakers", "analysis", "selection_settings", "settings")
    step.run(main, *inputs, "repeats")
