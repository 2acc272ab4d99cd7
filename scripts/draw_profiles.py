"""Draw the profiles of the classes of an analysis, and a cloud of words for each."""

from verbatim import step, tables
from verbatim.class_names.shown import shown
from verbatim.figures import canvas, class_clouds, profiles


def main(options):
    classes, rows = tables.read("classes/segments", options.classes), tables.read("classes/profiles", options.profiles)
    names = shown(tables.read("classes/names", options.names)) if options.names else {}
    own = options.settings
    figures = (
        profiles.draw(classes, rows, own["profile"]["words"], own["palette"], names),
        class_clouds.draw(classes, rows, own["class_clouds"]["words"], own["palette"], names),
    )
    for figure, svg, png in zip(figures, options.svg, options.png, strict=True):
        canvas.save(figure, svg, png, own["dpi"])


if __name__ == "__main__":
    step.run(main, "classes", "profiles", "names?", "settings", "svg+", "png+")
