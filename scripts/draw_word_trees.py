"""Draw what participants say before and after chosen words."""

from verbatim import lexicon, step, tables, word_tree
from verbatim.figures import canvas, cloud, word_trees

MOST = 3


def main(options):
    tokens = tables.read("corpus/tokens", options.tokens)
    turns = tables.read("corpus/turns", options.turns)
    segments = tables.read("corpus/segments", options.segments)
    speakers = tables.read("corpus/speakers", options.speakers)
    lemmas = tables.read("lexicon/lemmas", options.lemmas)
    own = options.settings
    kept = lexicon.select(segments, turns, speakers, options.selection_settings, options.analysis)
    words = word_tree.sentences(tokens, turns, kept)
    shown = own["words"] or [lemma for lemma, _ in cloud.most_frequent(lemmas, MOST)]
    trees = [word_tree.grow(words, lemma, own["branches"]) for lemma in shown]
    canvas.save(word_trees.draw(trees, own["palette"]), options.svg, options.png, own["dpi"])


if __name__ == "__main__":
    inputs = ("tokens", "turns", "segments", "speakers", "lemmas", "analysis", "selection_settings", "settings")
    step.run(main, *inputs, "svg", "png")
