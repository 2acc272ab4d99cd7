"""Draw what two groups link, and what only one of them links."""

from verbatim import step, tables
from verbatim.figures import canvas, graph_comparison


def main(options):
    own = options.settings
    figure = graph_comparison.draw(tables.read("graphs/comparison", options.comparison), own["palette"])
    canvas.save(figure, options.svg, options.png, own["dpi"])


if __name__ == "__main__":
    step.run(main, "comparison", "settings", "svg", "png")
