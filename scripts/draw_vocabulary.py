"""Draw how large and how rich the vocabulary of an analysis is, and its word cloud."""

from verbatim import step, tables
from verbatim.figures import canvas, cloud, vocabulary


def main(options):
    lemmas, forms = tables.read("lexicon/lemmas", options.lemmas), tables.read("lexicon/forms", options.forms)
    growth = tables.read("lexicon/growth", options.growth)
    lengths = tables.read("lexicon/segment_lengths", options.segment_lengths)
    statistics = tables.read("lexicon/statistics", options.statistics)
    own = options.settings
    figures = (
        cloud.draw(lemmas, own["words"], own["colour"], own["seed"]),
        vocabulary.draw(forms, growth, lengths, statistics, own["palette"]),
    )
    for figure, svg, png in zip(figures, options.svg, options.png, strict=True):
        canvas.save(figure, svg, png, own["dpi"])


if __name__ == "__main__":
    step.run(main, "lemmas", "forms", "growth", "segment_lengths", "statistics", "settings", "svg+", "png+")
