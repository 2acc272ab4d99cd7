# Reinert's classification of each analysis.


rule find_classes:
    input:
        segments="results/corpus/segments.parquet",
        segment_lemmas="results/lexicon/{analysis}/segment_lemmas.parquet",
        lemmas="results/lexicon/{analysis}/lemmas.parquet",
    output:
        tree="results/classes/{analysis}/tree.parquet",
        classes="results/classes/{analysis}/segments.parquet",
    log:
        "logs/find_classes/{analysis}.log",
    resources:
        mem_mb=lambda wildcards, attempt: 1000 * attempt,
    params:
        compatibility=settings("compatibility"),
        settings=lambda wildcards: settings("classes", wildcards.analysis),
        code=code("find_classes"),
    message:
        "Classification de l'analyse « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/find_classes.py" --segments {input.segments:q} '
        "--segment-lemmas {input.segment_lemmas:q} --lemmas {input.lemmas:q} "
        "--analysis {wildcards.analysis} --compatibility {params.compatibility} "
        "--settings {params.settings:q} --tree {output.tree:q} --classes {output.classes:q} --log {log:q}"


rule profile_classes:
    input:
        segments="results/corpus/segments.parquet",
        segment_lemmas="results/lexicon/{analysis}/segment_lemmas.parquet",
        lemmas="results/lexicon/{analysis}/lemmas.parquet",
        speakers="results/corpus/speakers.parquet",
        classes="results/classes/{analysis}/segments.parquet",
    output:
        profiles="results/classes/{analysis}/profiles.parquet",
        typical="results/classes/{analysis}/typical_segments.parquet",
        correspondence="results/classes/{analysis}/correspondence.parquet",
    log:
        "logs/profile_classes/{analysis}.log",
    params:
        settings=lambda wildcards: settings("classes", wildcards.analysis),
        code=code("profile_classes"),
    message:
        "Profils des classes, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/profile_classes.py" --segments {input.segments:q} '
        "--segment-lemmas {input.segment_lemmas:q} --lemmas {input.lemmas:q} "
        "--speakers {input.speakers:q} --classes {input.classes:q} --analysis {wildcards.analysis} "
        "--settings {params.settings:q} --profiles {output.profiles:q} --typical {output.typical:q} "
        "--correspondence {output.correspondence:q} --log {log:q}"
