# Figures of the words.


rule draw_modalities:
    input:
        specificities="results/lexicon/{analysis}/specificities.parquet",
        correspondence="results/lexicon/{analysis}/correspondence.parquet",
        distances="results/lexicon/{analysis}/distances.parquet",
        modality_pos="results/lexicon/{analysis}/modality_pos.parquet",
    output:
        svg=of_analysis("svg", *MODALITY_FIGURES),
        png=of_analysis("png", *MODALITY_FIGURES),
    log:
        "logs/draw_modalities/{analysis}.log",
    params:
        settings=figure("modality_clouds", "specificities", "modality_plane"),
        code=code("draw_modalities"),
    message:
        "Figures : modalités, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/draw_modalities.py" --specificities {input.specificities:q} '
        "--correspondence {input.correspondence:q} --distances {input.distances:q} "
        "--modality-pos {input.modality_pos:q} --settings {params.settings:q} "
        "--svg {output.svg:q} --png {output.png:q} --log {log:q}"


rule draw_vocabulary:
    input:
        lemmas="results/lexicon/{analysis}/lemmas.parquet",
        forms="results/lexicon/{analysis}/forms.parquet",
        growth="results/lexicon/{analysis}/growth.parquet",
        segment_lengths="results/lexicon/{analysis}/segment_lengths.parquet",
        statistics="results/lexicon/{analysis}/statistics.parquet",
    output:
        svg=of_analysis("svg", "cloud", "vocabulary"),
        png=of_analysis("png", "cloud", "vocabulary"),
    log:
        "logs/draw_vocabulary/{analysis}.log",
    params:
        settings=figure("cloud"),
        code=code("draw_vocabulary"),
    message:
        "Figures : nuage et étendue du vocabulaire, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/draw_vocabulary.py" --lemmas {input.lemmas:q} --forms {input.forms:q} --growth {input.growth:q} '
        "--segment-lengths {input.segment_lengths:q} --statistics {input.statistics:q} "
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
