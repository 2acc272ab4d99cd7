# Sheets of themes and of interviews: the verbatims chosen for them, and Word documents.

SHEET_TABLES = (
    *("corpus/gate", "corpus/interviews", "corpus/speakers", "corpus/turns"),
    *("corpus/tokens", "corpus/segments"),
    *("classes/segments", "classes/typical_segments", "classes/names"),
    *("themes/codings", "themes/grid", "themes/hypotheses", "themes/groups"),
    *("themes/contrasts", "themes/pairs", "themes/theme_class", "themes/agreement"),
    "themes/chosen_verbatims",
)


def sheet_tables():
    """The tables of which the sheets say something, as `published` gives them."""
    return [(name, path) for name, path in published() if name in SHEET_TABLES]


def sheet_settings():
    """The settings that the sheets read, as sorted JSON."""
    chosen = {name: STUDY.settings[name] for name in ("study", "themes")}
    chosen["figures"] = {"palette": STUDY.settings["figures"]["palette"]}
    named = {name: STUDY.settings["analyses"][name] or {} for name in ANALYSES}
    chosen["analyses"] = {
        name: {key: own[key] for key in ("title", "select") if key in own}
        for name, own in named.items()
    }
    return json.dumps(chosen, sort_keys=True, ensure_ascii=False)


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
        settings=sheet_settings(),
        code=code("write_sheets"),
        schemas=shipped("workflow/schemas"),
    message:
        "Fiches des thèmes et des entretiens, pour Word"
    shell:
        'python "$VERBATIM/write_sheets.py" --tables {input.tables:q} --names {params.names:q} '
        "--themes {input.themes:q} --declared {input.declared:q} --settings {params.settings:q} "
        "--sheets {output.sheets:q} --log {log:q}"
