"""Draw where the classes of an analysis stand in its interviews, and who speaks in them."""

from verbatim import step, tables
from verbatim.class_names.shown import shown
from verbatim.figures import canvas, chronology, residuals


def main(options):
    classes = tables.read("classes/segments", options.classes)
    speakers = tables.read("corpus/speakers", options.speakers)
    named = shown(tables.read("classes/names", options.names)) if options.names else {}
    own = options.settings
    canvas.save(chronology.draw(classes, speakers, own["palette"], named), options.svg, options.png, own["dpi"])
    found = residuals.draw(tables.read("classes/residuals", options.residuals), named)
    canvas.save(found, options.residuals_svg, options.residuals_png, own["dpi"])


if __name__ == "__main__":
    step.run(
        main,
        *("classes", "speakers", "residuals", "names?", "settings"),
        *("svg", "png", "residuals_svg", "residuals_png"),
    )
