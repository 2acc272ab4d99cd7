"""Draw the word cloud of an analysis."""

from verbatim import step, tables
from verbatim.figures import canvas, cloud


def main(options):
    lemmas = tables.read("lexicon/lemmas", options.lemmas)
    own = options.settings
    canvas.save(cloud.draw(lemmas, own["words"], own["colour"], own["seed"]), options.svg, options.png, own["dpi"])


if __name__ == "__main__":
    step.run(main, "lemmas", "settings", "svg", "png")
