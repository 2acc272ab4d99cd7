"""Draw the similarity graph of an analysis."""

from verbatim import step, tables
from verbatim.figures import canvas, graph


def main(options):
    nodes, edges = tables.read("graphs/nodes", options.nodes), tables.read("graphs/edges", options.edges)
    own = options.settings
    canvas.save(graph.draw(nodes, edges, own["palette"]), options.svg, options.png, own["dpi"])


if __name__ == "__main__":
    step.run(main, "nodes", "edges", "settings", "svg", "png")
