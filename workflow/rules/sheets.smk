# Sheets of themes and of interviews: the verbatims chosen for them, and Word documents.


rule choose_verbatims:
    input:
        codings="results/themes/codings.parquet",
        interviews="results/corpus/interviews.parquet",
        grid=human("resources/grid.yaml"),
    output:
        chosen="results/themes/chosen_verbatims.parquet",
    log:
        "logs/choose_verbatims.log",
    params:
        settings=settings("themes"),
        code=code("choose_verbatims"),
        schemas=shipped("workflow/schemas"),
    message:
        "Fiches : choix des verbatims de chaque thème"
    shell:
        'python "$VERBATIM/choose_verbatims.py" --codings {input.codings:q} --interviews {input.interviews:q} '
        "--grid {input.grid:q} --settings {params.settings:q} --chosen {output.chosen:q} --log {log:q}"


rule write_sheets:
    input:
        tables=[f"results/{path}.parquet" for _, path in sheet_tables()],
        themes=human("resources/grid.yaml"),
        declared=human("resources/hypotheses.yaml"),
    output:
        sheets=directory("results/exports/sheets"),
    log:
        "logs/write_sheets.log",
    params:
        names=[name for name, _ in sheet_tables()],
        settings=own_settings("study", "themes"),
        code=code("write_sheets"),
        schemas=shipped("workflow/schemas"),
    message:
        "Fiches des thèmes et des entretiens, pour Word"
    shell:
        'python "$VERBATIM/write_sheets.py" --tables {input.tables:q} --names {params.names:q} '
        "--themes {input.themes:q} --declared {input.declared:q} --settings {params.settings:q} "
        "--sheets {output.sheets:q} --log {log:q}"
