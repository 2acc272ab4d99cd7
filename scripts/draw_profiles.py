"""Draw the profiles of the classes of an analysis."""

from verbatim import step, tables
from verbatim.figures import canvas, profiles


def main(options):
    classes, rows = tables.read("classes/segments", options.classes), tables.read("classes/profiles", options.profiles)
    own = options.settings
    canvas.save(profiles.draw(classes, rows, own["words"], own["palette"]), options.svg, options.png, own["dpi"])


if __name__ == "__main__":
    step.run(main, "classes", "profiles", "settings", "svg", "png")
