"""Link the words that occur together: the graphs of similarity of an analysis."""

from pathlib import Path

from verbatim import grid, similarity, step, tables


def main(options):
    material = similarity.GraphMaterial(
        segment_lemmas=tables.read("lexicon/segment_lemmas", options.segment_lemmas),
        lemmas=tables.read("lexicon/lemmas", options.lemmas),
        profiles=tables.read("classes/profiles", options.profiles),
        classes=tables.read("classes/segments", options.classes),
        segments=tables.read("corpus/segments", options.segments),
        speakers=tables.read("corpus/speakers", options.speakers),
        codings=tables.read("themes/codings", options.codings) if options.codings else None,
        turns=tables.read("corpus/turns", options.turns) if options.turns else None,
        tokens=tables.read("corpus/tokens", options.tokens) if options.tokens else None,
    )
    themes = grid.themes(Path(options.grid).read_text(encoding="utf-8")) if options.grid else None
    found = similarity.graphs(options.analysis, material, options.settings, themes and [t.id for t in themes])
    tables.write("graphs/summary", found.summary, options.summary)
    tables.write("graphs/nodes", found.nodes, options.nodes)
    tables.write("graphs/edges", found.edges, options.edges)
    tables.write("graphs/communities", found.communities, options.communities)


if __name__ == "__main__":
    inputs = ("segment_lemmas", "lemmas", "profiles", "classes", "segments", "speakers", "codings?", "turns?")
    outputs = ("summary", "nodes", "edges", "communities")
    step.run(main, *inputs, "tokens?", "grid?", "analysis", "settings", *outputs)
