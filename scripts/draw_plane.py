"""Draw the factor plane of the classes of an analysis."""

from verbatim import step, tables
from verbatim.figures import canvas, plane


def main(options):
    correspondence = tables.read("classes/correspondence", options.correspondence)
    profiles = tables.read("classes/profiles", options.profiles)
    own = options.settings
    figure = plane.draw(correspondence, profiles, own["words"], own["palette"])
    canvas.save(figure, options.svg, options.png, own["dpi"])


if __name__ == "__main__":
    step.run(main, "correspondence", "profiles", "settings", "svg", "png")
