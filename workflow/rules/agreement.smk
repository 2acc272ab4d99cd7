# How far coders agree, and on what they do not.


rule measure_agreement:
    input:
        codings="results/themes/codings.parquet",
        turns="results/corpus/turns.parquet",
        tokens="results/corpus/tokens.parquet",
        segments="results/corpus/segments.parquet",
        grid=human("resources/grid.yaml"),
        decided=human("resources/decisions/discordances.csv"),
    output:
        agreement="results/themes/agreement.parquet",
        discordances="results/themes/discordances.parquet",
        resolutions="results/themes/resolutions.parquet",
        proposal="results/proposals/discordances.csv",
    log:
        "logs/measure_agreement.log",
    resources:
        mem_mb=lambda wildcards, attempt: 2000 * attempt,
    params:
        settings=settings("agreement"),
        code=code("measure_agreement"),
        schemas=shipped("workflow/schemas"),
    message:
        "Accord entre codeurs"
    shell:
        'python "$VERBATIM/measure_agreement.py" --codings {input.codings:q} --turns {input.turns:q} '
        "--tokens {input.tokens:q} --segments {input.segments:q} --grid {input.grid:q} "
        "--decided {input.decided:q} --settings {params.settings:q} --agreement {output.agreement:q} "
        "--discordances {output.discordances:q} --resolutions {output.resolutions:q} "
        "--proposal {output.proposal:q} --log {log:q}"
