"""Link the words that occur together: the graph of similarity of an analysis."""

from verbatim import similarity, step, tables


def main(options):
    segment_lemmas = tables.read("lexicon/segment_lemmas", options.segment_lemmas)
    lemmas = tables.read("lexicon/lemmas", options.lemmas)
    profiles = tables.read("classes/profiles", options.profiles)
    classes = tables.read("classes/segments", options.classes)["class"].unique().sort()
    study = (options.analysis, segment_lemmas, lemmas, profiles, classes.filter(classes > 0).to_list())
    nodes, edges = similarity.graph(*study, **options.settings)
    tables.write("graphs/nodes", nodes, options.nodes)
    tables.write("graphs/edges", edges, options.edges)


if __name__ == "__main__":
    inputs = ("segment_lemmas", "lemmas", "profiles", "classes", "analysis", "settings")
    step.run(main, *inputs, "nodes", "edges")
