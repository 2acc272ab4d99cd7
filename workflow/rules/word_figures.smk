# Figures of the words.


rule draw_cloud:
    input:
        lemmas="results/lexicon/{analysis}/lemmas.parquet",
    output:
        svg="results/figures/{analysis}/cloud.svg",
        png="results/figures/{analysis}/cloud.png",
    log:
        "logs/draw_cloud/{analysis}.log",
    params:
        settings=figure("cloud"),
        code=code("draw_cloud"),
    message:
        "Figure : nuage de mots, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/draw_cloud.py" --lemmas {input.lemmas:q} --settings {params.settings:q} '
        "--svg {output.svg:q} --png {output.png:q} --log {log:q}"


rule draw_modality_clouds:
    input:
        specificities="results/lexicon/{analysis}/specificities.parquet",
    output:
        svg="results/figures/{analysis}/modality_clouds.svg",
        png="results/figures/{analysis}/modality_clouds.png",
    log:
        "logs/draw_modality_clouds/{analysis}.log",
    params:
        settings=figure("modality_clouds"),
        code=code("draw_modality_clouds"),
    message:
        "Figure : nuages des modalités, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/draw_modality_clouds.py" --specificities {input.specificities:q} '
        "--settings {params.settings:q} --svg {output.svg:q} "
        "--png {output.png:q} --log {log:q}"


rule draw_vocabulary:
    input:
        forms="results/lexicon/{analysis}/forms.parquet",
        growth="results/lexicon/{analysis}/growth.parquet",
        segment_lengths="results/lexicon/{analysis}/segment_lengths.parquet",
        statistics="results/lexicon/{analysis}/statistics.parquet",
    output:
        svg="results/figures/{analysis}/vocabulary.svg",
        png="results/figures/{analysis}/vocabulary.png",
    log:
        "logs/draw_vocabulary/{analysis}.log",
    params:
        settings=figure("vocabulary"),
        code=code("draw_vocabulary"),
    message:
        "Figure : étendue du vocabulaire, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/draw_vocabulary.py" --forms {input.forms:q} --growth {input.growth:q} '
        "--segment-lengths {input.segment_lengths:q} --statistics {input.statistics:q} "
        "--settings {params.settings:q} --svg {output.svg:q} --png {output.png:q} --log {log:q}"


rule draw_specificities:
    input:
        specificities="results/lexicon/{analysis}/specificities.parquet",
    output:
        svg="results/figures/{analysis}/specificities.svg",
        png="results/figures/{analysis}/specificities.png",
    log:
        "logs/draw_specificities/{analysis}.log",
    params:
        settings=figure("specificities"),
        code=code("draw_specificities"),
    message:
        "Figure : spécificités, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/draw_specificities.py" --specificities {input.specificities:q} '
        "--settings {params.settings:q} --svg {output.svg:q} --png {output.png:q} --log {log:q}"


rule draw_modality_plane:
    input:
        correspondence="results/lexicon/{analysis}/correspondence.parquet",
    output:
        svg="results/figures/{analysis}/modality_plane.svg",
        png="results/figures/{analysis}/modality_plane.png",
    log:
        "logs/draw_modality_plane/{analysis}.log",
    params:
        settings=figure("modality_plane"),
        code=code("draw_modality_plane"),
    message:
        "Figure : plan factoriel des modalités, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/draw_modality_plane.py" --correspondence {input.correspondence:q} '
        "--settings {params.settings:q} --svg {output.svg:q} --png {output.png:q} --log {log:q}"


rule draw_distances:
    input:
        distances="results/lexicon/{analysis}/distances.parquet",
    output:
        svg="results/figures/{analysis}/distances.svg",
        png="results/figures/{analysis}/distances.png",
    log:
        "logs/draw_distances/{analysis}.log",
    params:
        settings=figure("distances"),
        code=code("draw_distances"),
    message:
        "Figure : distances entre vocabulaires, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/draw_distances.py" --distances {input.distances:q} '
        "--settings {params.settings:q} --svg {output.svg:q} --png {output.png:q} --log {log:q}"


rule draw_modality_pos:
    input:
        modality_pos="results/lexicon/{analysis}/modality_pos.parquet",
    output:
        svg="results/figures/{analysis}/modality_pos.svg",
        png="results/figures/{analysis}/modality_pos.png",
    log:
        "logs/draw_modality_pos/{analysis}.log",
    params:
        settings=figure("modality_pos"),
        code=code("draw_modality_pos"),
    message:
        "Figure : catégories grammaticales par modalité, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/draw_modality_pos.py" --modality-pos {input.modality_pos:q} '
        "--settings {params.settings:q} --svg {output.svg:q} --png {output.png:q} --log {log:q}"


rule draw_word_trees:
    input:
        tokens="results/corpus/tokens.parquet",
        turns="results/corpus/turns.parquet",
        segments="results/corpus/segments.parquet",
        speakers="results/corpus/speakers.parquet",
        lemmas="results/lexicon/{analysis}/lemmas.parquet",
    output:
        svg="results/figures/{analysis}/word_trees.svg",
        png="results/figures/{analysis}/word_trees.png",
    log:
        "logs/draw_word_trees/{analysis}.log",
    params:
        selection_settings=lambda wildcards: selection(wildcards.analysis),
        settings=figure("word_trees"),
        code=code("draw_word_trees"),
    message:
        "Figure : arbres de mots, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/draw_word_trees.py" --tokens {input.tokens:q} --turns {input.turns:q} '
        "--segments {input.segments:q} --speakers {input.speakers:q} --lemmas {input.lemmas:q} "
        "--analysis {wildcards.analysis} --selection-settings {params.selection_settings:q} "
        "--settings {params.settings:q} --svg {output.svg:q} --png {output.png:q} --log {log:q}"
