# Hypotheses, their lexical signs, verdicts and findings.


rule weigh_hypotheses:
    input:
        codings="results/themes/codings.parquet",
        hypotheses=human("resources/hypotheses.yaml"),
    output:
        hypotheses="results/themes/hypotheses.parquet",
    log:
        "logs/weigh_hypotheses.log",
    params:
        code=code("weigh_hypotheses"),
        schemas=shipped("workflow/schemas"),
    message:
        "Passages pour, contre et nuancés, par hypothèse"
    shell:
        'python "$VERBATIM/weigh_hypotheses.py" --codings {input.codings:q} '
        "--declared {input.hypotheses:q} --hypotheses {output.hypotheses:q} --log {log:q}"
