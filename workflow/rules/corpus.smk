# From source files to segments. What stands in results/private/ is unmasked and never published.


rule import_source:
    input:
        file=lambda wildcards: SOURCES[wildcards.source],
    output:
        turns="results/private/sources/{source}/turns.parquet",
        account="results/private/sources/{source}/account.parquet",
    log:
        "logs/import_source/{source}.log",
    params:
        settings=settings("import"),
        code=code("import_source"),
    message:
        "Importation de {input.file}"
    shell:
        'python "$VERBATIM/import_source.py" --file {input.file:q} --settings {params.settings:q} '
        "--turns {output.turns:q} --account {output.account:q} --log {log:q}"


rule gather_turns:
    input:
        sources=expand("results/private/sources/{source}/turns.parquet", source=SOURCES),
        accounts=expand(
            "results/private/sources/{source}/account.parquet", source=SOURCES
        ),
        interviews=STUDY.interviews,
        guide=human("resources/guide.yaml"),
    output:
        turns="results/private/turns.parquet",
        speakers="results/private/speakers.parquet",
        files="results/private/files.parquet",
    log:
        "logs/gather_turns.log",
    params:
        settings=settings("import"),
        code=code("gather_turns"),
        schemas=shipped("workflow/schemas"),
    message:
        "Réunion des entretiens et de leurs attributs"
    shell:
        'python "$VERBATIM/gather_turns.py" --sources {input.sources:q} --accounts {input.accounts:q} '
        "--interviews {input.interviews:q} --guide {input.guide:q} --settings {params.settings:q} "
        "--turns {output.turns:q} --speakers {output.speakers:q} --files {output.files:q} --log {log:q}"


rule annotate_turns:
    input:
        turns="results/private/turns.parquet",
    output:
        annotation="results/private/annotation/{shard}.parquet",
    log:
        "logs/annotate_turns/{shard}.log",
    resources:
        mem_mb=lambda wildcards, attempt: 1500 * attempt,
    params:
        shards=SHARDS,
        cache="results/private/cache",
        code=code("annotate_turns"),
        lists=shipped("resources/french"),
    message:
        "Annotation des paroles, part {wildcards.shard}"
    shell:
        'python "$VERBATIM/annotate_turns.py" --turns {input.turns:q} --shard {wildcards.shard} '
        "--shards {params.shards} --cache {params.cache:q} --annotation {output.annotation:q} --log {log:q}"


rule find_identifiers:
    input:
        turns="results/private/turns.parquet",
        annotations=expand(
            "results/private/annotation/{shard}.parquet", shard=range(SHARDS)
        ),
        decisions=human("resources/privacy/decisions.csv"),
        key=human("resources/privacy/study.key"),
    output:
        findings="results/private/findings.parquet",
        review="results/private/revue.html",
        proposal="results/private/propositions.csv",
    log:
        "logs/find_identifiers.log",
    params:
        settings=settings("privacy"),
        code=code("find_identifiers"),
        template=shipped("workflow/report/revue.html.j2"),
        lists=shipped("resources/french"),
    message:
        "Recherche de ce qui identifierait quelqu'un"
    shell:
        'python "$VERBATIM/find_identifiers.py" --turns {input.turns:q} --annotations {input.annotations:q} '
        "--decisions {input.decisions:q} --key {input.key:q} --settings {params.settings:q} "
        "--findings {output.findings:q} --review {output.review:q} --proposal {output.proposal:q} --log {log:q}"


rule apply_privacy:
    input:
        turns="results/private/turns.parquet",
        speakers="results/private/speakers.parquet",
        files="results/private/files.parquet",
        findings="results/private/findings.parquet",
        review="results/private/revue.html",
    output:
        turns="results/corpus/turns.parquet",
        speakers="results/corpus/speakers.parquet",
        files="results/corpus/files.parquet",
        gate="results/corpus/gate.parquet",
        offsets="results/private/offsets.parquet",
    log:
        "logs/apply_privacy.log",
    params:
        settings=settings("privacy"),
        code=code("apply_privacy"),
    message:
        "Passage de la barrière de confidentialité"
    shell:
        'python "$VERBATIM/apply_privacy.py" --raw-turns {input.turns:q} --raw-speakers {input.speakers:q} '
        "--raw-files {input.files:q} --findings {input.findings:q} --review {input.review:q} "
        "--settings {params.settings:q} --turns {output.turns:q} --speakers {output.speakers:q} "
        "--files {output.files:q} --gate {output.gate:q} --offsets {output.offsets:q} --log {log:q}"


rule annotate_masked:
    input:
        raw="results/private/turns.parquet",
        masked="results/corpus/turns.parquet",
    output:
        annotation="results/private/annotation/masked.parquet",
    log:
        "logs/annotate_masked.log",
    resources:
        mem_mb=lambda wildcards, attempt: 1500 * attempt,
    params:
        cache="results/private/cache",
        code=code("annotate_masked"),
        lists=shipped("resources/french"),
    message:
        "Annotation des tours que le masquage a changés"
    shell:
        'python "$VERBATIM/annotate_masked.py" --raw {input.raw:q} --masked {input.masked:q} '
        "--cache {params.cache:q} --annotation {output.annotation:q} --log {log:q}"


rule lemmatise_tokens:
    input:
        turns="results/corpus/turns.parquet",
        annotations=expand(
            "results/private/annotation/{shard}.parquet", shard=range(SHARDS)
        ),
        masked="results/private/annotation/masked.parquet",
        expressions=human("resources/words/expressions.csv"),
        status=human("resources/words/status.csv"),
        lemmas=human("resources/words/lemmas.csv"),
    output:
        tokens="results/corpus/tokens.parquet",
    log:
        "logs/lemmatise_tokens.log",
    params:
        settings=settings("words"),
        code=code("lemmatise_tokens"),
        lists=shipped("resources/french"),
    message:
        "Lemmes, catégories et expressions"
    shell:
        'python "$VERBATIM/lemmatise_tokens.py" --turns {input.turns:q} --annotations {input.annotations:q} '
        "--masked {input.masked:q} --settings {params.settings:q} --expressions {input.expressions:q} "
        "--status {input.status:q} --lemmas {input.lemmas:q} --tokens {output.tokens:q} --log {log:q}"


rule describe_interviews:
    input:
        turns="results/corpus/turns.parquet",
        tokens="results/corpus/tokens.parquet",
        speakers="results/corpus/speakers.parquet",
    output:
        interviews="results/corpus/interviews.parquet",
    log:
        "logs/describe_interviews.log",
    params:
        code=code("describe_interviews"),
        lists=shipped("resources/french"),
    message:
        "Étendue de chaque entretien"
    shell:
        'python "$VERBATIM/describe_interviews.py" --turns {input.turns:q} --tokens {input.tokens:q} '
        "--speakers {input.speakers:q} --interviews {output.interviews:q} --log {log:q}"


rule cut_segments:
    input:
        turns="results/corpus/turns.parquet",
        tokens="results/corpus/tokens.parquet",
    output:
        segments="results/corpus/segments.parquet",
    log:
        "logs/cut_segments.log",
    params:
        settings=settings("segments"),
        code=code("cut_segments"),
    message:
        "Découpage en segments"
    shell:
        'python "$VERBATIM/cut_segments.py" --turns {input.turns:q} --tokens {input.tokens:q} '
        "--settings {params.settings:q} --segments {output.segments:q} --log {log:q}"


rule weigh_reidentification:
    input:
        speakers="results/corpus/speakers.parquet",
        tokens="results/corpus/tokens.parquet",
        turns="results/corpus/turns.parquet",
    output:
        combinations="results/private/croisements.csv",
        words="results/private/mots_rares.csv",
    log:
        "logs/weigh_reidentification.log",
    params:
        settings=settings("publication"),
        code=code("weigh_reidentification"),
        lists=shipped("resources/french"),
    message:
        "Qui serait reconnu sans son nom"
    shell:
        'python "$VERBATIM/weigh_reidentification.py" --speakers {input.speakers:q} --tokens {input.tokens:q} '
        "--turns {input.turns:q} --settings {params.settings:q} --combinations {output.combinations:q} "
        "--words {output.words:q} --log {log:q}"


rule export_texts:
    input:
        turns="results/corpus/turns.parquet",
        speakers="results/corpus/speakers.parquet",
    output:
        folder=directory("results/exports/texts"),
    log:
        "logs/export_texts.log",
    params:
        settings=settings("study"),
        code=code("export_texts"),
    message:
        "Transcriptions en texte et en TEI"
    shell:
        'python "$VERBATIM/export_texts.py" --turns {input.turns:q} --speakers {input.speakers:q} '
        "--settings {params.settings:q} --folder {output.folder:q} --log {log:q}"
