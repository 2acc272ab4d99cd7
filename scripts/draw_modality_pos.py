"""Draw which parts of speech each modality uses more, or less."""

from verbatim import step, tables
from verbatim.figures import canvas, modality_pos


def main(options):
    scored = tables.read("lexicon/modality_pos", options.modality_pos)
    own = options.settings
    figure = modality_pos.draw(scored)
    canvas.save(figure, options.svg, options.png, own["dpi"])


if __name__ == "__main__":
    step.run(main, "modality_pos", "settings", "svg", "png")
