"""Draw what each modality says more, or less, than chance would have it."""

from verbatim import step, tables
from verbatim.figures import canvas, specificities


def main(options):
    scored = tables.read("lexicon/specificities", options.specificities)
    own = options.settings
    figure = specificities.draw(scored, own["words"], own["most"])
    canvas.save(figure, options.svg, options.png, own["dpi"])


if __name__ == "__main__":
    step.run(main, "specificities", "settings", "svg", "png")
