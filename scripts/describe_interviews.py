"""Count the turns and words of each interview and join its participant's attributes."""

from verbatim import corpus, language, step, tables


def main(options):
    turns = tables.read("corpus/turns", options.turns)
    tokens = tables.read("corpus/tokens", options.tokens)
    speakers = tables.read("corpus/speakers", options.speakers)
    interviews = corpus.describe_interviews(turns, tokens, speakers)
    for doubt in [*corpus.silent(interviews), *language.doubts(interviews)]:
        step.log.warning("%s", doubt)
    tables.write("corpus/interviews", interviews, options.interviews)


if __name__ == "__main__":
    step.run(main, "turns", "tokens", "speakers", "interviews")
