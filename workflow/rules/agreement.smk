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


rule draw_agreement:
    input:
        agreement="results/themes/agreement.parquet",
        grid=human("resources/grid.yaml"),
    output:
        svg="results/figures/agreement.svg",
        png="results/figures/agreement.png",
    log:
        "logs/draw_agreement.log",
    params:
        settings=figure("agreement"),
        code=code("draw_agreement"),
        schemas=shipped("workflow/schemas"),
    message:
        "Figure : accord entre codeurs"
    shell:
        'python "$VERBATIM/draw_agreement.py" --agreement {input.agreement:q} --grid {input.grid:q} '
        "--settings {params.settings:q} --svg {output.svg:q} --png {output.png:q} --log {log:q}"
