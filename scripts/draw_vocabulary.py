"""Draw how large and how rich the vocabulary of an analysis is."""

from verbatim import step, tables
from verbatim.figures import canvas, vocabulary


def main(options):
    forms = tables.read("lexicon/forms", options.forms)
    growth = tables.read("lexicon/growth", options.growth)
    lengths = tables.read("lexicon/segment_lengths", options.segment_lengths)
    statistics = tables.read("lexicon/statistics", options.statistics)
    own = options.settings
    figure = vocabulary.draw(forms, growth, lengths, statistics, own["palette"])
    canvas.save(figure, options.svg, options.png, own["dpi"])


if __name__ == "__main__":
    step.run(main, "forms", "growth", "segment_lengths", "statistics", "settings", "svg", "png")
