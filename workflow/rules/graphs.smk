# Similarity graphs of each analysis.


rule link_words:
    input:
        segment_lemmas="results/lexicon/{analysis}/segment_lemmas.parquet",
        lemmas="results/lexicon/{analysis}/lemmas.parquet",
        profiles="results/classes/{analysis}/profiles.parquet",
        classes="results/classes/{analysis}/segments.parquet",
        segments="results/corpus/segments.parquet",
        speakers="results/corpus/speakers.parquet",
        codings=lambda wildcards: of_themes(
            wildcards.analysis, "results/themes/codings.parquet"
        ),
        grid=lambda wildcards: of_themes(
            wildcards.analysis, human("resources/grid.yaml")
        ),
        turns=lambda wildcards: of_turns(
            wildcards.analysis, "results/corpus/turns.parquet"
        ),
        tokens=lambda wildcards: of_turns(
            wildcards.analysis, "results/corpus/tokens.parquet"
        )
        or of_themes(wildcards.analysis, "results/corpus/tokens.parquet"),
    output:
        summary="results/graphs/{analysis}/summary.parquet",
        nodes="results/graphs/{analysis}/nodes.parquet",
        edges="results/graphs/{analysis}/edges.parquet",
        communities="results/graphs/{analysis}/communities.parquet",
    log:
        "logs/link_words/{analysis}.log",
    params:
        settings=lambda wildcards: settings("graphs", wildcards.analysis),
        code=code("link_words"),
    message:
        "Graphes de similitude, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/link_words.py" --segment-lemmas {input.segment_lemmas:q} '
        "--lemmas {input.lemmas:q} --profiles {input.profiles:q} --classes {input.classes:q} "
        "--segments {input.segments:q} --speakers {input.speakers:q} --codings {input.codings:q} "
        "--grid {input.grid:q} --turns {input.turns:q} --tokens {input.tokens:q} "
        "--analysis {wildcards.analysis} --settings {params.settings:q} --summary {output.summary:q} "
        "--nodes {output.nodes:q} --edges {output.edges:q} --communities {output.communities:q} "
        "--log {log:q}"


rule compare_links:
    input:
        segment_lemmas="results/lexicon/{analysis}/segment_lemmas.parquet",
        lemmas="results/lexicon/{analysis}/lemmas.parquet",
        segments="results/corpus/segments.parquet",
        speakers="results/corpus/speakers.parquet",
    output:
        comparison="results/graphs/{analysis}/comparison.parquet",
    log:
        "logs/compare_links/{analysis}.log",
    params:
        settings=lambda wildcards: settings("graphs", wildcards.analysis),
        code=code("compare_links"),
    message:
        "Liens de deux groupes comparés, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/compare_links.py" --segment-lemmas {input.segment_lemmas:q} '
        "--lemmas {input.lemmas:q} --segments {input.segments:q} --speakers {input.speakers:q} "
        "--analysis {wildcards.analysis} --settings {params.settings:q} "
        "--comparison {output.comparison:q} --log {log:q}"


rule draw_graph:
    input:
        summary="results/graphs/{analysis}/summary.parquet",
        nodes="results/graphs/{analysis}/nodes.parquet",
        edges="results/graphs/{analysis}/edges.parquet",
        communities="results/graphs/{analysis}/communities.parquet",
        names="results/classes/{analysis}/names.parquet",
    output:
        folder=directory("results/figures/{analysis}/graphs"),
    log:
        "logs/draw_graph/{analysis}.log",
    params:
        settings=figure("graph"),
        code=code("draw_graph"),
    message:
        "Figures : graphes de similitude, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/draw_graph.py" --summary {input.summary:q} --nodes {input.nodes:q} '
        "--edges {input.edges:q} --communities {input.communities:q} --names {input.names:q} "
        "--settings {params.settings:q} --folder {output.folder:q} --log {log:q}"


rule draw_comparison:
    input:
        comparison="results/graphs/{analysis}/comparison.parquet",
    output:
        svg="results/figures/{analysis}/comparison.svg",
        png="results/figures/{analysis}/comparison.png",
    log:
        "logs/draw_comparison/{analysis}.log",
    params:
        settings=figure("comparison"),
        code=code("draw_comparison"),
    message:
        "Figure : liens de deux groupes, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/draw_comparison.py" --comparison {input.comparison:q} '
        "--settings {params.settings:q} --svg {output.svg:q} --png {output.png:q} --log {log:q}"


rule export_graph:
    input:
        summary="results/graphs/{analysis}/summary.parquet",
        nodes="results/graphs/{analysis}/nodes.parquet",
        edges="results/graphs/{analysis}/edges.parquet",
        communities="results/graphs/{analysis}/communities.parquet",
    output:
        folder=directory("results/exports/{analysis}/graphs"),
    log:
        "logs/export_graph/{analysis}.log",
    params:
        settings=figure("graph"),
        code=code("export_graph"),
    message:
        "Graphes pour Gephi et le tableur, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/export_graph.py" --summary {input.summary:q} --nodes {input.nodes:q} '
        "--edges {input.edges:q} --communities {input.communities:q} --settings {params.settings:q} "
        "--folder {output.folder:q} --log {log:q}"
