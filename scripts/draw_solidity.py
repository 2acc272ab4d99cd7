"""Draw how solid the classes of an analysis are, and what other settings would have changed in them."""

from verbatim import step, tables
from verbatim.class_names.shown import shown
from verbatim.figures import canvas, laboratory, stability


def main(options):
    measured = tables.read("classes/stability", options.stability)
    influence = tables.read("classes/influence", options.influence)
    trials = tables.read("classes/trials", options.trials)
    named = shown(tables.read("classes/names", options.names)) if options.names else {}
    own = options.settings
    canvas.save(stability.draw(measured, influence, own["palette"], named), options.svg, options.png, own["dpi"])
    canvas.save(laboratory.draw(trials, own["palette"]), options.laboratory_svg, options.laboratory_png, own["dpi"])


if __name__ == "__main__":
    outputs = "svg", "png", "laboratory_svg", "laboratory_png"
    step.run(main, "stability", "influence", "trials", "names?", "settings", *outputs)
