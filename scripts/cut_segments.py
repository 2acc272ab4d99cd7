"""Cut the participants' words into segments."""

from verbatim import segments, step, tables


def main(options):
    turns = tables.read("corpus/turns", options.turns)
    tokens = tables.read("corpus/tokens", options.tokens)
    found = segments.cut_turns(turns, tokens, **options.settings)
    tables.write("corpus/segments", found, options.segments)
    step.log.info("%d segments dans %d entretiens", found.height, found["interview"].n_unique())


if __name__ == "__main__":
    step.run(main, "turns", "tokens", "settings", "segments")
