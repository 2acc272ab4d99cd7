"""Draw how solid the classes of an analysis are."""

from verbatim import step, tables
from verbatim.class_names.shown import shown
from verbatim.figures import canvas, stability


def main(options):
    measured = tables.read("classes/stability", options.stability)
    influence = tables.read("classes/influence", options.influence)
    named = shown(tables.read("classes/names", options.names)) if options.names else {}
    own = options.settings
    figure = stability.draw(measured, influence, own["palette"], named)
    canvas.save(figure, options.svg, options.png, own["dpi"])


if __name__ == "__main__":
    step.run(main, "stability", "influence", "names?", "settings", "svg", "png")
