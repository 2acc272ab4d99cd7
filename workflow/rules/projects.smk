# The study as a REFI-QDA project and its codebook, for other programs.


rule export_project:
    input:
        turns="results/corpus/turns.parquet",
        interviews="results/corpus/interviews.parquet",
        codings="results/themes/codings.parquet",
        grid=human("resources/grid.yaml"),
        hypotheses=human("resources/hypotheses.yaml"),
    output:
        project="results/exports/study.qdpx",
        codebook="results/exports/grid.qdc",
        losses="results/exports/project_losses.csv",
    log:
        "logs/export_project.log",
    params:
        study=settings("study"),
        figures=figure("grid"),
        code=code("export_project"),
        schemas=shipped("workflow/schemas"),
    message:
        "Projet REFI-QDA pour d'autres logiciels"
    shell:
        'python "$VERBATIM/export_project.py" --turns {input.turns:q} --interviews {input.interviews:q} '
        "--codings {input.codings:q} --grid {input.grid:q} --hypotheses {input.hypotheses:q} "
        "--study-settings {params.study:q} --figure-settings {params.figures:q} --project {output.project:q} "
        "--codebook {output.codebook:q} --losses {output.losses:q} --log {log:q}"
