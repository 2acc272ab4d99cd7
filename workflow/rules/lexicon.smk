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
        lemmas="results/lexicon/{analysis}/lemmas.parquet",
        segments="results/corpus/segments.parquet",
        speakers="results/corpus/speakers.parquet",
        classes=lambda wildcards: classed(wildcards.analysis),
    output:
        specificities="results/lexicon/{analysis}/specificities.parquet",
        banal="results/lexicon/{analysis}/banal.parquet",
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
        "--lemmas {input.lemmas:q} --segments {input.segments:q} --speakers {input.speakers:q} "
        "--classes {input.classes:q} --analysis {wildcards.analysis} "
        "--compatibility {params.compatibility} --settings {params.settings:q} "
        "--specificities {output.specificities:q} --banal {output.banal:q} --log {log:q}"


rule place_modalities:
    input:
        segment_lemmas="results/lexicon/{analysis}/segment_lemmas.parquet",
        lemmas="results/lexicon/{analysis}/lemmas.parquet",
        segments="results/corpus/segments.parquet",
        speakers="results/corpus/speakers.parquet",
        classes=lambda wildcards: classed(wildcards.analysis),
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
        "--classes {input.classes:q} --analysis {wildcards.analysis} --settings {params.settings:q} "
        "--correspondence {output.correspondence:q} --log {log:q}"


rule measure_vocabulary:
    input:
        turns="results/corpus/turns.parquet",
        tokens="results/corpus/tokens.parquet",
        segments="results/corpus/segments.parquet",
        speakers="results/corpus/speakers.parquet",
        groups=human("resources/words/groups.csv"),
    output:
        statistics="results/lexicon/{analysis}/statistics.parquet",
        growth="results/lexicon/{analysis}/growth.parquet",
        segment_lengths="results/lexicon/{analysis}/segment_lengths.parquet",
        modality_pos="results/lexicon/{analysis}/modality_pos.parquet",
        word_groups="results/lexicon/{analysis}/word_groups.parquet",
    log:
        "logs/measure_vocabulary/{analysis}.log",
    params:
        selection_settings=lambda wildcards: selection(wildcards.analysis),
        settings=lambda wildcards: settings("vocabulary", wildcards.analysis),
        specificities_settings=lambda wildcards: settings(
            "specificities", wildcards.analysis
        ),
        code=code("measure_vocabulary"),
    message:
        "Étendue et richesse du vocabulaire, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/measure_vocabulary.py" --turns {input.turns:q} --tokens {input.tokens:q} '
        "--segments {input.segments:q} --speakers {input.speakers:q} --groups {input.groups:q} "
        "--analysis {wildcards.analysis} --selection-settings {params.selection_settings:q} "
        "--settings {params.settings:q} --specificities-settings {params.specificities_settings:q} "
        "--statistics {output.statistics:q} --growth {output.growth:q} "
        "--segment-lengths {output.segment_lengths:q} --modality-pos {output.modality_pos:q} "
        "--word-groups {output.word_groups:q} --log {log:q}"


rule measure_distances:
    input:
        segment_lemmas="results/lexicon/{analysis}/segment_lemmas.parquet",
        segments="results/corpus/segments.parquet",
        speakers="results/corpus/speakers.parquet",
    output:
        distances="results/lexicon/{analysis}/distances.parquet",
    log:
        "logs/measure_distances/{analysis}.log",
    params:
        settings=lambda wildcards: settings("vocabulary", wildcards.analysis),
        specificities_settings=lambda wildcards: settings(
            "specificities", wildcards.analysis
        ),
        code=code("measure_distances"),
    message:
        "Distances entre vocabulaires, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/measure_distances.py" --segment-lemmas {input.segment_lemmas:q} '
        "--segments {input.segments:q} --speakers {input.speakers:q} --analysis {wildcards.analysis} "
        "--settings {params.settings:q} --specificities-settings {params.specificities_settings:q} "
        "--distances {output.distances:q} --log {log:q}"


rule trace_words:
    input:
        tokens="results/corpus/tokens.parquet",
        turns="results/corpus/turns.parquet",
        segments="results/corpus/segments.parquet",
        speakers="results/corpus/speakers.parquet",
    output:
        priming="results/lexicon/{analysis}/priming.parquet",
    log:
        "logs/trace_words/{analysis}.log",
    params:
        selection_settings=lambda wildcards: selection(wildcards.analysis),
        code=code("trace_words"),
    message:
        "Mots de l'enquêteur, mots repris, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/trace_words.py" --tokens {input.tokens:q} --turns {input.turns:q} '
        "--segments {input.segments:q} --speakers {input.speakers:q} --analysis {wildcards.analysis} "
        "--selection-settings {params.selection_settings:q} --priming {output.priming:q} --log {log:q}"


rule find_repeats:
    input:
        tokens="results/corpus/tokens.parquet",
        segments="results/corpus/segments.parquet",
        turns="results/corpus/turns.parquet",
        speakers="results/corpus/speakers.parquet",
    output:
        repeats="results/lexicon/{analysis}/repeats.parquet",
    log:
        "logs/find_repeats/{analysis}.log",
    params:
        selection_settings=lambda wildcards: selection(wildcards.analysis),
        settings=lambda wildcards: settings("vocabulary", wildcards.analysis),
        code=code("find_repeats"),
    message:
        "Segments répétés, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/find_repeats.py" --tokens {input.tokens:q} --segments {input.segments:q} '
        "--turns {input.turns:q} --speakers {input.speakers:q} --analysis {wildcards.analysis} "
        "--selection-settings {params.selection_settings:q} --settings {params.settings:q} "
        "--repeats {output.repeats:q} --log {log:q}"


rule associate_words:
    input:
        segment_lemmas="results/lexicon/{analysis}/segment_lemmas.parquet",
        lemmas="results/lexicon/{analysis}/lemmas.parquet",
    output:
        associations="results/lexicon/{analysis}/associations.parquet",
    log:
        "logs/associate_words/{analysis}.log",
    params:
        settings=lambda wildcards: settings("vocabulary", wildcards.analysis),
        code=code("associate_words"),
    message:
        "Mots associés, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/associate_words.py" --segment-lemmas {input.segment_lemmas:q} '
        "--lemmas {input.lemmas:q} --analysis {wildcards.analysis} --settings {params.settings:q} "
        "--associations {output.associations:q} --log {log:q}"
