# Hypotheses, their lexical signs, verdicts and findings.


rule weigh_hypotheses:
    input:
        codings="results/themes/codings.parquet",
        turns="results/corpus/turns.parquet",
        speakers="results/corpus/speakers.parquet",
        grid=human("resources/grid.yaml"),
        declared=human("resources/hypotheses.yaml"),
    output:
        hypotheses="results/themes/hypotheses.parquet",
        counts="results/themes/hypothesis_counts.parquet",
        contradictions="results/themes/contradictions.parquet",
        unplaced="results/themes/unplaced.parquet",
    log:
        "logs/weigh_hypotheses.log",
    params:
        settings=settings("themes.variables"),
        code=code("weigh_hypotheses"),
        schemas=shipped("workflow/schemas"),
    message:
        "Passages pour, contre et nuancés, par hypothèse"
    shell:
        'python "$VERBATIM/weigh_hypotheses.py" --codings {input.codings:q} --turns {input.turns:q} '
        "--speakers {input.speakers:q} --grid {input.grid:q} --declared {input.declared:q} "
        "--settings {params.settings:q} --hypotheses {output.hypotheses:q} --counts {output.counts:q} "
        "--contradictions {output.contradictions:q} --unplaced {output.unplaced:q} --log {log:q}"


rule count_indicators:
    input:
        tokens="results/corpus/tokens.parquet",
        turns="results/corpus/turns.parquet",
        speakers="results/corpus/speakers.parquet",
        declared=human("resources/hypotheses.yaml"),
    output:
        indicators="results/themes/indicators.parquet",
        words="results/themes/indicator_words.parquet",
    log:
        "logs/count_indicators.log",
    params:
        settings=settings("themes.variables"),
        code=code("count_indicators"),
        schemas=shipped("workflow/schemas"),
    message:
        "Mots indices des hypothèses"
    shell:
        'python "$VERBATIM/count_indicators.py" --tokens {input.tokens:q} --turns {input.turns:q} '
        "--speakers {input.speakers:q} --declared {input.declared:q} --settings {params.settings:q} "
        "--indicators {output.indicators:q} --words {output.words:q} --log {log:q}"


rule record_verdicts:
    input:
        hypotheses="results/themes/hypotheses.parquet",
        findings="results/private/findings.parquet",
        declared=human("resources/hypotheses.yaml"),
        written=human("resources/verdicts.csv"),
    output:
        verdicts="results/themes/verdicts.parquet",
        proposal="results/proposals/verdicts.csv",
    log:
        "logs/record_verdicts.log",
    params:
        code=code("record_verdicts"),
        schemas=shipped("workflow/schemas"),
    message:
        "Verdicts sur les hypothèses"
    shell:
        'python "$VERBATIM/record_verdicts.py" --hypotheses {input.hypotheses:q} --findings {input.findings:q} '
        "--declared {input.declared:q} --written {input.written:q} "
        "--verdicts {output.verdicts:q} --proposal {output.proposal:q} --log {log:q}"


rule cite_findings:
    input:
        codings="results/themes/codings.parquet",
        turns="results/corpus/turns.parquet",
        findings="results/private/findings.parquet",
        hypotheses="results/themes/hypotheses.parquet",
        grid=human("resources/grid.yaml"),
        declared=human("resources/hypotheses.yaml"),
        written=human("resources/findings.yaml"),
    output:
        findings="results/themes/findings.parquet",
        passages="results/themes/finding_passages.parquet",
        proposal="results/proposals/findings.yaml",
    log:
        "logs/cite_findings.log",
    params:
        code=code("cite_findings"),
        schemas=shipped("workflow/schemas"),
    message:
        "Passages cités par les constats"
    shell:
        'python "$VERBATIM/cite_findings.py" --codings {input.codings:q} --turns {input.turns:q} '
        "--findings {input.findings:q} --hypotheses {input.hypotheses:q} --grid {input.grid:q} "
        "--declared {input.declared:q} --written {input.written:q} --cited {output.findings:q} "
        "--passages {output.passages:q} --proposal {output.proposal:q} --log {log:q}"


# Apart from cite_findings, so that a quote that changed stops the report and nothing else.
rule check_findings:
    input:
        findings="results/themes/findings.parquet",
        passages="results/themes/finding_passages.parquet",
        codings="results/themes/codings.parquet",
    output:
        checked="results/themes/findings_checked.txt",
    log:
        "logs/check_findings.log",
    params:
        code=code("check_findings"),
    message:
        "Vérification des citations des constats"
    shell:
        'python "$VERBATIM/check_findings.py" --findings {input.findings:q} --passages {input.passages:q} '
        "--codings {input.codings:q} --checked {output.checked:q} --log {log:q}"
