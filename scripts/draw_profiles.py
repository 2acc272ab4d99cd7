"""Draw the profiles of the classes of an analysis."""

from verbatim import step, tables
from verbatim.class_names.shown import shown
from verbatim.figures import canvas, profiles


def main(options):
    classes, rows = tables.read("classes/segments", options.classes), tables.read("classes/profiles", options.profiles)
    names = shown(tables.read("classes/names", options.names)) if options.names else {}
    own = options.settings
    figure = profiles.draw(classes, rows, own["words"], own["palette"], names)
    canvas.save(figure, options.svg, options.png, own["dpi"])


if __name__ == "__main__":
    step.run(main, "classes", "profiles", "names?", "settings", "svg", "png")
