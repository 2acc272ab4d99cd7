# Similarity graphs of each analysis.


rule link_words:
    input:
        segment_lemmas="results/lexicon/{analysis}/segment_lemmas.parquet",
        lemmas="results/lexicon/{analysis}/lemmas.parquet",
        profiles="results/classes/{analysis}/profiles.parquet",
        classes="results/classes/{analysis}/segments.parquet",
    output:
        nodes="results/graphs/{analysis}/nodes.parquet",
        edges="results/graphs/{analysis}/edges.parquet",
    log:
        "logs/link_words/{analysis}.log",
    params:
        settings=lambda wildcards: settings("graphs", wildcards.analysis),
        code=code("link_words"),
    message:
        "Graphe de similitude, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/link_words.py" --segment-lemmas {input.segment_lemmas:q} '
        "--lemmas {input.lemmas:q} --profiles {input.profiles:q} --classes {input.classes:q} "
        "--analysis {wildcards.analysis} --settings {params.settings:q} "
        "--nodes {output.nodes:q} --edges {output.edges:q} --log {log:q}"
