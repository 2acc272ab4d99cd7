# What the filled grid says: groups, pairs of themes, saturation, themes and classes.


rule cross_themes_classes:
    input:
        codings="results/themes/codings.parquet",
        segments="results/corpus/segments.parquet",
        tokens="results/corpus/tokens.parquet",
        classes="results/classes/{analysis}/segments.parquet",
    output:
        theme_class="results/themes/{analysis}/theme_class.parquet",
    log:
        "logs/cross_themes_classes/{analysis}.log",
    params:
        code=code("cross_themes_classes"),
    message:
        "Croisement des thèmes et des classes, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/cross_themes_classes.py" --codings {input.codings:q} --segments {input.segments:q} '
        "--tokens {input.tokens:q} --classes {input.classes:q} --analysis {wildcards.analysis} "
        "--theme-class {output.theme_class:q} --log {log:q}"
