"""Draw how far apart the vocabularies of modalities are."""

from verbatim import step, tables
from verbatim.figures import canvas, distances


def main(options):
    measured = tables.read("lexicon/distances", options.distances)
    own = options.settings
    figure = distances.draw(measured)
    canvas.save(figure, options.svg, options.png, own["dpi"])


if __name__ == "__main__":
    step.run(main, "distances", "settings", "svg", "png")
