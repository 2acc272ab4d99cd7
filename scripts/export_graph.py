"""Export every similarity graph of an analysis for Gephi, networkx, R and spreadsheets, into a folder of its own."""

from verbatim import step, tables
from verbatim.exchange import graph_export


def main(options):
    summary, nodes = tables.read("graphs/summary", options.summary), tables.read("graphs/nodes", options.nodes)
    edges = tables.read("graphs/edges", options.edges)
    communities = tables.read("graphs/communities", options.communities)
    texts = graph_export.files(summary, nodes, edges, communities, options.settings["palette"])
    with step.whole_folder(options.folder) as folder:
        for name, content in texts:
            (folder / name).write_bytes(content)


if __name__ == "__main__":
    step.run(main, "summary", "nodes", "edges", "communities", "settings", "folder")
