# What a person may mend in the words: doubtful lemmas, expressions to join, what corrections moved.


rule audit_lemmas:
    input:
        turns="results/corpus/turns.parquet",
        tokens="results/corpus/tokens.parquet",
        annotations=expand(
            "results/private/annotation/{shard}.parquet", shard=range(SHARDS)
        ),
        masked="results/private/annotation/masked.parquet",
        expressions=human("resources/words/expressions.csv"),
        status=human("resources/words/status.csv"),
        lemmas=human("resources/words/lemmas.csv"),
    output:
        doubtful="results/corpus/doubtful_lemmas.parquet",
        proposal="results/proposals/lemmas.csv",
    log:
        "logs/audit_lemmas.log",
    params:
        lists=shipped("resources/french"),
        code=code("audit_lemmas"),
    message:
        "Lemmes douteux"
    shell:
        'python "$VERBATIM/audit_lemmas.py" --turns {input.turns:q} --tokens {input.tokens:q} '
        "--annotations {input.annotations:q} --masked {input.masked:q} "
        "--expressions {input.expressions:q} --status {input.status:q} --lemmas {input.lemmas:q} "
        "--doubtful {output.doubtful:q} --proposal {output.proposal:q} "
        "--log {log:q}"


rule suggest_expressions:
    input:
        tokens="results/corpus/tokens.parquet",
        turns="results/corpus/turns.parquet",
        expressions=human("resources/words/expressions.csv"),
        refused=human("resources/words/expressions_refused.csv"),
    output:
        suggested="results/corpus/suggested_expressions.parquet",
        proposal="results/proposals/expressions.csv",
    log:
        "logs/suggest_expressions.log",
    params:
        settings=settings("suggestions"),
        lists=shipped("resources/french"),
        code=code("suggest_expressions"),
    message:
        "Expressions proposées"
    shell:
        'python "$VERBATIM/suggest_expressions.py" --tokens {input.tokens:q} --turns {input.turns:q} '
        "--expressions {input.expressions:q} --refused {input.refused:q} --settings {params.settings:q} "
        "--suggested {output.suggested:q} --proposal {output.proposal:q} --log {log:q}"


rule weigh_corrections:
    input:
        turns="results/corpus/turns.parquet",
        tokens="results/corpus/tokens.parquet",
        segments="results/corpus/segments.parquet",
        speakers="results/corpus/speakers.parquet",
        annotations=expand(
            "results/private/annotation/{shard}.parquet", shard=range(SHARDS)
        ),
        masked="results/private/annotation/masked.parquet",
        classes="results/classes/{analysis}/segments.parquet",
        expressions=human("resources/words/expressions.csv"),
        status=human("resources/words/status.csv"),
        lemmas=human("resources/words/lemmas.csv"),
    output:
        effects="results/classes/{analysis}/correction_effects.parquet",
    log:
        "logs/weigh_corrections/{analysis}.log",
    params:
        selection=lambda wildcards: selection(wildcards.analysis),
        segments=settings("segments"),
        words=settings("words"),
        settings=lambda wildcards: settings("classes", wildcards.analysis),
        compatibility=settings("compatibility"),
        code=code("weigh_corrections"),
        lists=shipped("resources/french"),
    message:
        "Effet des corrections de mots sur les classes, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/weigh_corrections.py" --turns {input.turns:q} --tokens {input.tokens:q} '
        "--segments {input.segments:q} --speakers {input.speakers:q} --annotations {input.annotations:q} "
        "--masked {input.masked:q} --classes {input.classes:q} --expressions {input.expressions:q} "
        "--status {input.status:q} --lemmas {input.lemmas:q} --analysis {wildcards.analysis} "
        "--selection-settings {params.selection:q} --segments-settings {params.segments:q} "
        "--words-settings {params.words:q} --settings {params.settings:q} "
        "--compatibility {params.compatibility} --effects {output.effects:q} --log {log:q}"
