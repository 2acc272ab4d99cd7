# Codings found again in the transcripts, and the grid filled with them.


rule anchor_codings:
    input:
        codings=STUDY.codings,
        decided=human("resources/decisions/recodings.csv"),
        resolved=human("resources/decisions/discordances.csv"),
        suggestions=human("resources/decisions/suggestions.csv"),
        grid=human("resources/grid.yaml"),
        hypotheses=human("resources/hypotheses.yaml"),
        turns="results/corpus/turns.parquet",
        raw="results/private/turns.parquet",
        offsets="results/private/offsets.parquet",
        findings="results/private/findings.parquet",
    output:
        codings="results/themes/codings.parquet",
        anchoring="results/themes/anchoring.parquet",
        proposal="results/proposals/codings.csv",
        unread="results/themes/unread.parquet",
        recodings="results/themes/recodings.parquet",
        dealing="results/proposals/recodings.csv",
    log:
        "logs/anchor_codings.log",
    params:
        code=code("anchor_codings"),
        schemas=shipped("workflow/schemas"),
    message:
        "Ancrage des codages dans les entretiens"
    shell:
        'python "$VERBATIM/anchor_codings.py" --files {input.codings:q} --grid {input.grid:q} '
        "--hypotheses {input.hypotheses:q} --turns {input.turns:q} --raw {input.raw:q} "
        "--offsets {input.offsets:q} --findings {input.findings:q} --codings {output.codings:q} "
        "--anchoring {output.anchoring:q} --proposal {output.proposal:q} --unread {output.unread:q} "
        "--decided {input.decided:q} --resolved {input.resolved:q} --suggestions {input.suggestions:q} "
        "--recodings {output.recodings:q} --dealing {output.dealing:q} --log {log:q}"


rule fill_grid:
    input:
        codings="results/themes/codings.parquet",
        turns="results/corpus/turns.parquet",
        tokens="results/corpus/tokens.parquet",
        grid=human("resources/grid.yaml"),
        hypotheses=human("resources/hypotheses.yaml"),
    output:
        grid="results/themes/grid.parquet",
    log:
        "logs/fill_grid.log",
    params:
        code=code("fill_grid"),
        schemas=shipped("workflow/schemas"),
    message:
        "Remplissage de la grille thème × entretien"
    shell:
        'python "$VERBATIM/fill_grid.py" --codings {input.codings:q} --turns {input.turns:q} '
        "--tokens {input.tokens:q} --themes {input.grid:q} --hypotheses {input.hypotheses:q} "
        "--grid {output.grid:q} --log {log:q}"


rule draw_themes:
    input:
        grid="results/themes/grid.parquet",
        interviews="results/corpus/interviews.parquet",
        counts="results/themes/hypothesis_counts.parquet",
        agreement="results/themes/agreement.parquet",
        themes=human("resources/grid.yaml"),
        declared=human("resources/hypotheses.yaml"),
    output:
        svg=expand("results/figures/{kind}.svg", kind=THEME_FIGURES),
        png=expand("results/figures/{kind}.png", kind=THEME_FIGURES),
    log:
        "logs/draw_themes.log",
    params:
        settings=figure("grid"),
        code=code("draw_themes"),
        schemas=shipped("workflow/schemas"),
    message:
        "Figures : grille, hypothèses, accord"
    shell:
        'python "$VERBATIM/draw_themes.py" --grid {input.grid:q} --interviews {input.interviews:q} '
        "--counts {input.counts:q} --agreement {input.agreement:q} --themes {input.themes:q} "
        "--declared {input.declared:q} --settings {params.settings:q} --svg {output.svg:q} "
        "--png {output.png:q} --log {log:q}"
