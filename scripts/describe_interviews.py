"""Count the turns and words of each interview and join its participant's attributes."""

from verbatim import corpus, step, tables


def main(options):
    turns = tables.read("corpus/turns", options.turns)
    tokens = tables.read("corpus/tokens", options.tokens)
    speakers = tables.read("corpus/speakers", options.speakers)
    tables.write("corpus/interviews", corpus.describe_interviews(turns, tokens, speakers), options.interviews)


if __name__ == "__main__":
    step.run(main, "turns", "tokens", "speakers", "interviews")
