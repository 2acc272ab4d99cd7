"""Draw the dendrograms of an analysis, with words, with clouds, and its complete tree."""

from verbatim import step, tables
from verbatim.class_names.shown import shown
from verbatim.figures import canvas, dendrogram, whole_tree


def main(options):
    tree, classes = tables.read("classes/tree", options.tree), tables.read("classes/segments", options.classes)
    profiles = tables.read("classes/profiles", options.profiles)
    names = shown(tables.read("classes/names", options.names)) if options.names else {}
    own = options.settings
    inputs = tree, classes, profiles, own["words"], own["palette"], names
    canvas.save(dendrogram.draw(*inputs), options.svg, options.png, own["dpi"])
    canvas.save(dendrogram.draw_clouds(*inputs), options.clouds_svg, options.clouds_png, own["dpi"])
    whole = whole_tree.draw(tree, classes, own["palette"], names)
    canvas.save(whole, options.tree_svg, options.tree_png, own["dpi"])


if __name__ == "__main__":
    inputs = "tree", "classes", "profiles", "names?", "settings"
    step.run(main, *inputs, "svg", "png", "clouds_svg", "clouds_png", "tree_svg", "tree_png")
