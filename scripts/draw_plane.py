"""Draw the factor planes of an analysis: its words and classes, its attributes and classes."""

from verbatim import step, tables
from verbatim.class_names.shown import shown
from verbatim.figures import canvas, plane, plane_attributes


def main(options):
    correspondence = tables.read("classes/correspondence", options.correspondence)
    profiles = tables.read("classes/profiles", options.profiles)
    named = shown(tables.read("classes/names", options.names)) if options.names else {}
    own = options.settings
    words = plane.draw(correspondence, profiles, own["words"], own["palette"], named, own["axes"])
    canvas.save(words, options.svg, options.png, own["dpi"])
    attributes = plane_attributes.draw(correspondence, own["palette"], named, own["axes"])
    canvas.save(attributes, options.attributes_svg, options.attributes_png, own["dpi"])


if __name__ == "__main__":
    step.run(main, "correspondence", "profiles", "names?", "settings", "svg", "png", "attributes_svg", "attributes_png")
