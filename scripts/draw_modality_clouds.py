"""Draw a cloud of words for each modality of the attributes of an analysis."""

from verbatim import step, tables
from verbatim.figures import canvas, modality_clouds


def main(options):
    specificities = tables.read("lexicon/specificities", options.specificities)
    own = options.settings
    figure = modality_clouds.draw(specificities, own["words"], own["palette"], own["variables"])
    canvas.save(figure, options.svg, options.png, own["dpi"])


if __name__ == "__main__":
    step.run(main, "specificities", "settings", "svg", "png")
