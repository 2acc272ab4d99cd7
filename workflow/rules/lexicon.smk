# The words of each analysis.


rule count_lemmas:
    input:
        tokens="results/corpus/tokens.parquet",
        segments="results/corpus/segments.parquet",
        turns="results/corpus/turns.parquet",
        speakers="results/corpus/speakers.parquet",
    output:
        forms="results/lexicon/{analysis}/forms.parquet",
        lemmas="results/lexicon/{analysis}/lemmas.parquet",
        segment_lemmas="results/lexicon/{analysis}/segment_lemmas.parquet",
    log:
        "logs/count_lemmas/{analysis}.log",
    params:
        settings=lambda wildcards: selection(wildcards.analysis),
        code=code("count_lemmas"),
    message:
        "Lexique de l'analyse « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/count_lemmas.py" --tokens {input.tokens:q} --segments {input.segments:q} '
        "--turns {input.turns:q} --speakers {input.speakers:q} --analysis {wildcards.analysis} "
        "--settings {params.settings:q} --forms {output.forms:q} --lemmas {output.lemmas:q} "
        "--segment-lemmas {output.segment_lemmas:q} --log {log:q}"


rule score_specificities:
    input:
        segment_lemmas="results/lexicon/{analysis}/segment_lemmas.parquet",
        segments="results/corpus/segments.parquet",
        speakers="results/corpus/speakers.parquet",
    output:
        specificities="results/lexicon/{analysis}/specificities.parquet",
    log:
        "logs/score_specificities/{analysis}.log",
    params:
        compatibility=settings("compatibility"),
        settings=lambda wildcards: settings("specificities", wildcards.analysis),
        code=code("score_specificities"),
    message:
        "Spécificités de l'analyse « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/score_specificities.py" --segment-lemmas {input.segment_lemmas:q} '
        "--segments {input.segments:q} --speakers {input.speakers:q} --analysis {wildcards.analysis} "
        "--compatibility {params.compatibility} --settings {params.settings:q} "
        "--specificities {output.specificities:q} --log {log:q}"


rule place_modalities:
    input:
        segment_lemmas="results/lexicon/{analysis}/segment_lemmas.parquet",
        lemmas="results/lexicon/{analysis}/lemmas.parquet",
        segments="results/corpus/segments.parquet",
        speakers="results/corpus/speakers.parquet",
    output:
        correspondence="results/lexicon/{analysis}/correspondence.parquet",
    log:
        "logs/place_modalities/{analysis}.log",
    params:
        settings=lambda wildcards: settings("specificities", wildcards.analysis),
        code=code("place_modalities"),
    message:
        "Analyse factorielle des modalités, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/place_modalities.py" --segment-lemmas {input.segment_lemmas:q} '
        "--lemmas {input.lemmas:q} --segments {input.segments:q} --speakers {input.speakers:q} "
        "--analysis {wildcards.analysis} --settings {params.settings:q} "
        "--correspondence {output.correspondence:q} --log {log:q}"
