# The report, its public version, CSV twins and provenance.


rule write_report:
    input:
        tables=[f"results/{path}.parquet" for _, path in shown()],
        themes=human("resources/grid.yaml"),
        declared=human("resources/hypotheses.yaml"),
        guide=human("resources/guide.yaml"),
        findings="results/themes/findings_checked.txt",
        figures=figures("svg"),
    output:
        report="results/report/rapport.html",
    log:
        "logs/write_report.log",
    params:
        names=[name for name, _ in shown()],
        settings=json.dumps(STUDY.settings, sort_keys=True, ensure_ascii=False),
        code=code("write_report"),
        templates=shipped("workflow/report"),
        schemas=shipped("workflow/schemas"),
    message:
        "Rédaction du rapport"
    shell:
        'python "$VERBATIM/write_report.py" --tables {input.tables:q} --names {params.names:q} '
        "--themes {input.themes:q} "
        "--declared {input.declared:q} --guide {input.guide:q} --figures {input.figures:q} "
        "--settings {params.settings:q} --report {output.report:q} --log {log:q}"


rule write_public_report:
    input:
        tables=[f"results/{path}.parquet" for _, path in public_tables()],
        themes=human("resources/grid.yaml"),
        declared=human("resources/hypotheses.yaml"),
        signed=human("resources/privacy/publishable.csv"),
        findings="results/themes/findings_checked.txt",
    output:
        report="results/public/rapport_public.html",
        proposal="results/proposals/publishable.csv",
    log:
        "logs/write_public_report.log",
    params:
        names=[name for name, _ in public_tables()],
        settings=own_settings("study", "publication"),
        code=code("write_public_report"),
        templates=shipped("workflow/report"),
        lists=shipped("resources/french"),
        schemas=shipped("workflow/schemas"),
    message:
        "Version publique du rapport"
    shell:
        'python "$VERBATIM/write_public_report.py" --tables {input.tables:q} --names {params.names:q} '
        "--themes {input.themes:q} --declared {input.declared:q} --signed {input.signed:q} "
        "--settings {params.settings:q} --report {output.report:q} --proposal {output.proposal:q} "
        "--log {log:q}"


rule export_tables:
    input:
        tables=tables(),
    output:
        twins=twins(),
    log:
        "logs/export_tables.log",
    params:
        names=[name for name, _ in published()],
        settings=settings("report.language"),
        code=code("export_tables"),
    message:
        "Tables pour le tableur"
    shell:
        'python "$VERBATIM/export_tables.py" --tables {input.tables:q} --names {params.names:q} '
        "--settings {params.settings:q} --twins {output.twins:q} --log {log:q}"


rule record_provenance:
    input:
        files="results/corpus/files.parquet",
        report="results/report/rapport.html",
        tables=tables(),
    output:
        record="results/provenance/record.json",
    log:
        "logs/record_provenance.log",
    params:
        settings=json.dumps(STUDY.settings, sort_keys=True, ensure_ascii=False),
        lock=files_digest(PROGRAM / "requirements.lock"),
        code=code("record_provenance"),
    message:
        "Relevé de provenance"
    shell:
        'python "$VERBATIM/record_provenance.py" --files {input.files:q} --report {input.report:q} '
        "--tables {input.tables:q} --settings {params.settings:q} --record {output.record:q} --log {log:q}"


rule scan_outputs:
    input:
        everything(),
        findings="results/private/findings.parquet",
    output:
        scan="results/provenance/scan.json",
    log:
        "logs/scan_outputs.log",
    params:
        code=code("scan_outputs"),
        templates=shipped("workflow/report"),
        schemas=shipped("workflow/schemas"),
    message:
        "Dernière relecture : aucun mot masqué dans les résultats"
    shell:
        'python "$VERBATIM/scan_outputs.py" --paths results --findings {input.findings:q} '
        "--hits results/private/hits.csv --held results/private/held --scan {output.scan:q} --log {log:q}"
