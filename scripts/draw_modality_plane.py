"""Draw the factor planes of words and modalities of an analysis."""

from verbatim import step, tables
from verbatim.figures import canvas, modality_plane


def main(options):
    correspondence = tables.read("lexicon/correspondence", options.correspondence)
    own = options.settings
    figure = modality_plane.draw(correspondence, own["words"], own["palette"], own["axes"])
    canvas.save(figure, options.svg, options.png, own["dpi"])


if __name__ == "__main__":
    step.run(main, "correspondence", "settings", "svg", "png")
