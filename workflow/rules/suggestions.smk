# Passages that the cues of the grid suggest.


rule suggest_codings:
    input:
        turns="results/corpus/turns.parquet",
        tokens="results/corpus/tokens.parquet",
        codings="results/themes/codings.parquet",
        grid=human("resources/grid.yaml"),
        decisions=human("resources/decisions/suggestions.csv"),
    output:
        suggestions="results/themes/suggestions.parquet",
        quality="results/themes/suggestion_quality.parquet",
        curve="results/themes/suggestion_curve.parquet",
        cues="results/themes/cues.parquet",
        proposal="results/proposals/suggestions.csv",
    log:
        "logs/suggest_codings.log",
    resources:
        mem_mb=lambda wildcards, attempt: 2000 * attempt,
    params:
        settings=settings("themes.least_cues"),
        code=code("suggest_codings"),
        schemas=shipped("workflow/schemas"),
    message:
        "Passages suggérés par les indices de la grille"
    shell:
        'python "$VERBATIM/suggest_codings.py" --turns {input.turns:q} --tokens {input.tokens:q} '
        "--codings {input.codings:q} --grid {input.grid:q} --decisions {input.decisions:q} "
        "--least-settings {params.settings:q} --suggestions {output.suggestions:q} "
        "--quality {output.quality:q} --curve {output.curve:q} --cues {output.cues:q} "
        "--proposal {output.proposal:q} --log {log:q}"
