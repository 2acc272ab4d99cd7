"""Draw the dendrogram of an analysis."""

from verbatim import step, tables
from verbatim.figures import canvas, dendrogram


def main(options):
    tree, classes = tables.read("classes/tree", options.tree), tables.read("classes/segments", options.classes)
    profiles = tables.read("classes/profiles", options.profiles)
    own = options.settings
    figure = dendrogram.draw(tree, classes, profiles, own["words"], own["palette"])
    canvas.save(figure, options.svg, options.png, own["dpi"])


if __name__ == "__main__":
    step.run(main, "tree", "classes", "profiles", "settings", "svg", "png")
