# The page in which people code in their browser, offline.


rule write_coder:
    input:
        turns="results/corpus/turns.parquet",
        speakers="results/corpus/speakers.parquet",
        gate="results/corpus/gate.parquet",
        codings="results/themes/codings.parquet",
        grid=human("resources/grid.yaml"),
        hypotheses=human("resources/hypotheses.yaml"),
    output:
        page="results/report/coder.html",
    log:
        "logs/write_coder.log",
    params:
        settings=settings("study"),
        code=code("write_coder"),
        templates=shipped("workflow/report"),
        schemas=shipped("workflow/schemas"),
    message:
        "Page pour coder dans le navigateur"
    shell:
        'python "$VERBATIM/write_coder.py" --turns {input.turns:q} --speakers {input.speakers:q} '
        "--gate {input.gate:q} --codings {input.codings:q} --grid {input.grid:q} "
        "--hypotheses {input.hypotheses:q} --settings {params.settings:q} --page {output.page:q} --log {log:q}"
