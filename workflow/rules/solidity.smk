# How far the classes hold: other samples, other settings.


rule resample_classes:
    input:
        segments="results/corpus/segments.parquet",
        segment_lemmas="results/lexicon/{analysis}/segment_lemmas.parquet",
        lemmas="results/lexicon/{analysis}/lemmas.parquet",
    output:
        draws="results/private/classes/{analysis}/draws_{chunk}.npz",
    log:
        "logs/resample_classes/{analysis}_{chunk}.log",
    resources:
        mem_mb=lambda wildcards, attempt: 1000 * attempt,
    params:
        compatibility=settings("compatibility"),
        settings=lambda wildcards: settings("classes", wildcards.analysis),
        stability=settings("stability"),
        code=code("resample_classes"),
    message:
        "Stabilité de l'analyse « {wildcards.analysis} », part {wildcards.chunk}"
    shell:
        'python "$VERBATIM/resample_classes.py" --segments {input.segments:q} '
        "--segment-lemmas {input.segment_lemmas:q} --lemmas {input.lemmas:q} "
        "--analysis {wildcards.analysis} --compatibility {params.compatibility} "
        "--settings {params.settings:q} --stability-settings {params.stability:q} "
        "--chunk {wildcards.chunk} --draws {output.draws:q} --log {log:q}"


rule measure_stability:
    input:
        draws=lambda wildcards: draws(wildcards.analysis),
        classes="results/classes/{analysis}/segments.parquet",
        profiles="results/classes/{analysis}/profiles.parquet",
    output:
        stability="results/classes/{analysis}/stability.parquet",
        membership="results/classes/{analysis}/membership.parquet",
        form_stability="results/classes/{analysis}/form_stability.parquet",
        influence="results/classes/{analysis}/influence.parquet",
        candidates="results/classes/{analysis}/candidates.parquet",
    log:
        "logs/measure_stability/{analysis}.log",
    params:
        code=code("measure_stability"),
    message:
        "Stabilité des classes, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/measure_stability.py" --draws {input.draws:q} --classes {input.classes:q} '
        "--profiles {input.profiles:q} --analysis {wildcards.analysis} "
        "--stability {output.stability:q} --membership {output.membership:q} "
        "--form-stability {output.form_stability:q} --influence {output.influence:q} "
        "--candidates {output.candidates:q} --log {log:q}"


rule sweep_settings:
    input:
        turns="results/corpus/turns.parquet",
        tokens="results/corpus/tokens.parquet",
        speakers="results/corpus/speakers.parquet",
    output:
        trials="results/private/classes/{analysis}/trials_{chunk}.npz",
    log:
        "logs/sweep_settings/{analysis}_{chunk}.log",
    resources:
        mem_mb=lambda wildcards, attempt: 1000 * attempt,
    params:
        compatibility=settings("compatibility"),
        selection=lambda wildcards: selection(wildcards.analysis),
        segments=settings("segments"),
        settings=lambda wildcards: settings("classes", wildcards.analysis),
        laboratory=settings("laboratory"),
        code=code("sweep_settings"),
    message:
        "Laboratoire de l'analyse « {wildcards.analysis} », part {wildcards.chunk}"
    shell:
        'python "$VERBATIM/sweep_settings.py" --turns {input.turns:q} --tokens {input.tokens:q} '
        "--speakers {input.speakers:q} --analysis {wildcards.analysis} "
        "--compatibility {params.compatibility} --selection-settings {params.selection:q} "
        "--segments-settings {params.segments:q} --settings {params.settings:q} "
        "--laboratory-settings {params.laboratory:q} --chunk {wildcards.chunk} "
        "--trials {output.trials:q} --log {log:q}"


rule compare_settings:
    input:
        trials=lambda wildcards: trials(wildcards.analysis),
        classes="results/classes/{analysis}/segments.parquet",
        segments="results/corpus/segments.parquet",
        tokens="results/corpus/tokens.parquet",
        turns="results/corpus/turns.parquet",
        lemmas="results/lexicon/{analysis}/lemmas.parquet",
    output:
        trials="results/classes/{analysis}/trials.parquet",
        agreements="results/classes/{analysis}/agreements.parquet",
    log:
        "logs/compare_settings/{analysis}.log",
    params:
        compatibility=settings("compatibility"),
        segments=settings("segments"),
        settings=lambda wildcards: settings("classes", wildcards.analysis),
        code=code("compare_settings"),
    message:
        "Accord des réglages essayés, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/compare_settings.py" --chunks {input.trials:q} --classes {input.classes:q} '
        "--segments {input.segments:q} --tokens {input.tokens:q} --turns {input.turns:q} "
        "--lemmas {input.lemmas:q} --analysis {wildcards.analysis} --compatibility {params.compatibility} "
        "--segments-settings {params.segments:q} --settings {params.settings:q} "
        "--trials {output.trials:q} --agreements {output.agreements:q} --log {log:q}"
