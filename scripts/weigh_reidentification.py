"""List by what people could be recognised without their name: rare sets of attributes, rare words of rare people."""

from verbatim import step, tables, twins, wordlists
from verbatim.privacy import reidentification


def main(options):
    speakers = tables.read("corpus/speakers", options.speakers)
    tokens, turns = tables.read("corpus/tokens", options.tokens), tables.read("corpus/turns", options.turns)
    k = options.settings["smallest_group"]
    sets = reidentification.risky_combinations(speakers, k)
    words = reidentification.telling_words(tokens, turns, speakers, wordlists.load().lexique, k)
    for name, frame, file in (
        ("private/risky_combinations", sets, options.combinations),
        ("private/telling_words", words, options.words),
    ):
        step.write_text(file, twins.to_csv(tables.check(name, frame), tables.TABLES[name], "fr"))
    step.log.info("%s", reidentification.told(sets, words, speakers, k))


if __name__ == "__main__":
    step.run(main, "speakers", "tokens", "turns", "settings", "combinations", "words")
