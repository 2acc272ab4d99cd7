# Transcripts given out to be coded in Word, and the table of all codings.


rule export_transcripts:
    input:
        turns="results/corpus/turns.parquet",
        gate="results/corpus/gate.parquet",
        grid=human("resources/grid.yaml"),
        hypotheses=human("resources/hypotheses.yaml"),
    output:
        folder=directory("results/exports/coding"),
    log:
        "logs/export_transcripts.log",
    params:
        settings=settings("study"),
        code=code("export_transcripts"),
        schemas=shipped("workflow/schemas"),
    message:
        "Entretiens à coder dans Word"
    shell:
        'python "$VERBATIM/export_transcripts.py" --turns {input.turns:q} --gate {input.gate:q} '
        "--grid {input.grid:q} --hypotheses {input.hypotheses:q} --settings {params.settings:q} "
        "--folder {output.folder:q} --log {log:q}"


rule export_codings:
    input:
        codings="results/themes/codings.parquet",
        filled="results/themes/grid.parquet",
        turns="results/corpus/turns.parquet",
        grid=human("resources/grid.yaml"),
    output:
        workbook="results/exports/codages.xlsx",
    log:
        "logs/export_codings.log",
    params:
        settings=settings("study"),
        code=code("export_codings"),
        schemas=shipped("workflow/schemas"),
    message:
        "Classeur de tous les codages"
    shell:
        'python "$VERBATIM/export_codings.py" --codings {input.codings:q} --filled {input.filled:q} '
        "--turns {input.turns:q} --grid {input.grid:q} --settings {params.settings:q} "
        "--workbook {output.workbook:q} --log {log:q}"
