"""Draw every similarity graph of an analysis, as SVG, PNG and PDF, into a folder of its own."""

from verbatim import step, tables
from verbatim.class_names.shown import shown
from verbatim.figures import graph_printing


def main(options):
    summary, nodes = tables.read("graphs/summary", options.summary), tables.read("graphs/nodes", options.nodes)
    edges = tables.read("graphs/edges", options.edges)
    communities = tables.read("graphs/communities", options.communities)
    names = shown(tables.read("classes/names", options.names)) if options.names else {}
    own = options.settings
    with step.whole_folder(options.folder) as folder:
        for name, figure in graph_printing.drawn(summary, nodes, edges, communities, own["palette"], names):
            graph_printing.save(figure, folder, name, own["dpi"])


if __name__ == "__main__":
    step.run(main, "summary", "nodes", "edges", "communities", "names?", "settings", "folder")
