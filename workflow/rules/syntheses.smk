# What the filled grid says: groups, pairs of themes, saturation, themes and classes.

SYNTHESES = ("theme_groups", "theme_pairs", "saturation")
# the analyses of everybody first
BROADEST = sorted(ANALYSES, key=lambda name: (selection(name) != "{}", name))


rule compare_groups:
    input:
        grid="results/themes/grid.parquet",
        interviews="results/corpus/interviews.parquet",
    output:
        groups="results/themes/groups.parquet",
        contrasts="results/themes/contrasts.parquet",
    log:
        "logs/compare_groups.log",
    params:
        settings=settings("themes"),
        code=code("compare_groups"),
    message:
        "Thèmes : comparaison des groupes d'entretiens"
    shell:
        'python "$VERBATIM/compare_groups.py" --grid {input.grid:q} --interviews {input.interviews:q} '
        "--settings {params.settings:q} --groups {output.groups:q} --contrasts {output.contrasts:q} --log {log:q}"


rule pair_themes:
    input:
        codings="results/themes/codings.parquet",
        turns="results/corpus/turns.parquet",
        grid=human("resources/grid.yaml"),
    output:
        pairs="results/themes/pairs.parquet",
    log:
        "logs/pair_themes.log",
    params:
        code=code("pair_themes"),
        schemas=shipped("workflow/schemas"),
    message:
        "Thèmes : lesquels se rencontrent, dans quel ordre"
    shell:
        'python "$VERBATIM/pair_themes.py" --codings {input.codings:q} --turns {input.turns:q} '
        "--grid {input.grid:q} --pairs {output.pairs:q} --log {log:q}"


rule measure_saturation:
    input:
        codings="results/themes/codings.parquet",
        interviews="results/corpus/interviews.parquet",
        listed="resources/interviews.csv",
        classes=each("results/classes/{analysis}/segments.parquet"),
    output:
        saturation="results/themes/saturation.parquet",
        stops="results/themes/saturation_stops.parquet",
    log:
        "logs/measure_saturation.log",
    params:
        analyses=ANALYSES,
        settings=settings("saturation"),
        code=code("measure_saturation"),
    message:
        "Saturation : ce que chaque entretien apporte de nouveau"
    shell:
        'python "$VERBATIM/measure_saturation.py" --codings {input.codings:q} --interviews {input.interviews:q} '
        "--listed {input.listed:q} --classes {input.classes:q} --analyses {params.analyses:q} "
        "--settings {params.settings:q} --saturation {output.saturation:q} --stops {output.stops:q} --log {log:q}"


rule cross_themes_classes:
    input:
        codings="results/themes/codings.parquet",
        segments="results/corpus/segments.parquet",
        tokens="results/corpus/tokens.parquet",
        classes="results/classes/{analysis}/segments.parquet",
        grid=human("resources/grid.yaml"),
    output:
        theme_class="results/themes/{analysis}/theme_class.parquet",
        traces="results/themes/{analysis}/traces.parquet",
    log:
        "logs/cross_themes_classes/{analysis}.log",
    params:
        code=code("cross_themes_classes"),
        schemas=shipped("workflow/schemas"),
    message:
        "Croisement des thèmes et des classes, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/cross_themes_classes.py" --codings {input.codings:q} --segments {input.segments:q} '
        "--tokens {input.tokens:q} --classes {input.classes:q} --grid {input.grid:q} "
        "--analysis {wildcards.analysis} --theme-class {output.theme_class:q} --traces {output.traces:q} --log {log:q}"


rule draw_syntheses:
    input:
        groups="results/themes/groups.parquet",
        contrasts="results/themes/contrasts.parquet",
        pairs="results/themes/pairs.parquet",
        saturation="results/themes/saturation.parquet",
        stops="results/themes/saturation_stops.parquet",
        grid=human("resources/grid.yaml"),
    output:
        svg=[f"results/figures/{kind}.svg" for kind in SYNTHESES],
        png=[f"results/figures/{kind}.png" for kind in SYNTHESES],
    log:
        "logs/draw_syntheses.log",
    params:
        analyses=BROADEST,
        titles=[title(analysis) for analysis in BROADEST],
        settings=figure("syntheses"),
        code=code("draw_syntheses"),
        schemas=shipped("workflow/schemas"),
    message:
        "Figures : thèmes par groupe, paires de thèmes, saturation"
    shell:
        'python "$VERBATIM/draw_syntheses.py" --groups {input.groups:q} --contrasts {input.contrasts:q} '
        "--pairs {input.pairs:q} --saturation {input.saturation:q} --stops {input.stops:q} --grid {input.grid:q} "
        "--analyses {params.analyses:q} --titles {params.titles:q} --settings {params.settings:q} "
        "--svg {output.svg:q} --png {output.png:q} --log {log:q}"


rule draw_theme_class:
    input:
        theme_class="results/themes/{analysis}/theme_class.parquet",
        traces="results/themes/{analysis}/traces.parquet",
        names="results/classes/{analysis}/names.parquet",
        grid=human("resources/grid.yaml"),
    output:
        svg="results/figures/{analysis}/theme_class.svg",
        png="results/figures/{analysis}/theme_class.png",
    log:
        "logs/draw_theme_class/{analysis}.log",
    params:
        settings=figure("theme_class"),
        code=code("draw_theme_class"),
        schemas=shipped("workflow/schemas"),
    message:
        "Figure : thèmes et classes, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/draw_theme_class.py" --theme-class {input.theme_class:q} --traces {input.traces:q} '
        "--names {input.names:q} --grid {input.grid:q} --settings {params.settings:q} "
        "--svg {output.svg:q} --png {output.png:q} --log {log:q}"
