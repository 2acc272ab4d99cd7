"""Draw what other settings would have changed in the classes of an analysis."""

from verbatim import step, tables
from verbatim.figures import canvas, laboratory


def main(options):
    trials = tables.read("classes/trials", options.trials)
    own = options.settings
    canvas.save(laboratory.draw(trials, own["palette"]), options.svg, options.png, own["dpi"])


if __name__ == "__main__":
    step.run(main, "trials", "settings", "svg", "png")
