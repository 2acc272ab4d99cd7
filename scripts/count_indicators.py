"""Count the words that are signs of each hypothesis."""

from pathlib import Path

from verbatim import hypotheses, hypothesis_counts, indicators, step, tables


def main(options):
    tokens, turns = tables.read("corpus/tokens", options.tokens), tables.read("corpus/turns", options.turns)
    speakers = tables.read("corpus/speakers", options.speakers)
    text = Path(options.declared).read_text(encoding="utf-8-sig") if options.declared else ""
    known = hypotheses.declared(text, options.declared) if options.declared else []
    places = hypothesis_counts.modalities(speakers, hypothesis_counts.variables(options.settings, speakers))
    rows, words = indicators.count(known, tokens, turns, places, options.declared)
    for name, indicator, word in words.filter(words["n_occurrences"] == 0).select(words.columns[:3]).iter_rows():
        step.log.info("%s, « %s » : personne ne dit « %s »", name, indicator, word)
    tables.write("themes/indicators", rows, options.indicators)
    tables.write("themes/indicator_words", words, options.words)


if __name__ == "__main__":
    step.run(main, "tokens", "turns", "speakers", "declared?", "settings", "indicators", "words")
