# Figures of the classes.


rule draw_dendrogram:
    input:
        tree="results/classes/{analysis}/tree.parquet",
        classes="results/classes/{analysis}/segments.parquet",
        profiles="results/classes/{analysis}/profiles.parquet",
        names="results/classes/{analysis}/names.parquet",
    output:
        svg="results/figures/{analysis}/dendrogram.svg",
        png="results/figures/{analysis}/dendrogram.png",
        clouds_svg="results/figures/{analysis}/dendrogram_clouds.svg",
        clouds_png="results/figures/{analysis}/dendrogram_clouds.png",
        tree_svg="results/figures/{analysis}/tree.svg",
        tree_png="results/figures/{analysis}/tree.png",
    log:
        "logs/draw_dendrogram/{analysis}.log",
    params:
        settings=figure("dendrogram"),
        code=code("draw_dendrogram"),
    message:
        "Figures : dendrogrammes, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/draw_dendrogram.py" --tree {input.tree:q} --classes {input.classes:q} '
        "--profiles {input.profiles:q} --names {input.names:q} "
        "--settings {params.settings:q} --svg {output.svg:q} --png {output.png:q} "
        "--clouds-svg {output.clouds_svg:q} --clouds-png {output.clouds_png:q} "
        "--tree-svg {output.tree_svg:q} --tree-png {output.tree_png:q} --log {log:q}"


rule draw_profiles:
    input:
        classes="results/classes/{analysis}/segments.parquet",
        profiles="results/classes/{analysis}/profiles.parquet",
        names="results/classes/{analysis}/names.parquet",
    output:
        svg=of_analysis("svg", "profiles", "class_clouds"),
        png=of_analysis("png", "profiles", "class_clouds"),
    log:
        "logs/draw_profiles/{analysis}.log",
    params:
        settings=figure("profile", "class_clouds"),
        code=code("draw_profiles"),
    message:
        "Figures : profils et nuages des classes, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/draw_profiles.py" --classes {input.classes:q} --profiles {input.profiles:q} '
        "--names {input.names:q} --settings {params.settings:q} --svg {output.svg:q} --png {output.png:q} "
        "--log {log:q}"


rule draw_plane:
    input:
        correspondence="results/classes/{analysis}/correspondence.parquet",
        profiles="results/classes/{analysis}/profiles.parquet",
        names="results/classes/{analysis}/names.parquet",
    output:
        svg="results/figures/{analysis}/plane.svg",
        png="results/figures/{analysis}/plane.png",
        attributes_svg="results/figures/{analysis}/plane_attributes.svg",
        attributes_png="results/figures/{analysis}/plane_attributes.png",
    log:
        "logs/draw_plane/{analysis}.log",
    params:
        settings=figure("plane"),
        code=code("draw_plane"),
    message:
        "Figures : plans factoriels, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/draw_plane.py" --correspondence {input.correspondence:q} '
        "--profiles {input.profiles:q} --names {input.names:q} --settings {params.settings:q} "
        "--svg {output.svg:q} --png {output.png:q} --attributes-svg {output.attributes_svg:q} "
        "--attributes-png {output.attributes_png:q} --log {log:q}"


rule draw_chronology:
    input:
        classes="results/classes/{analysis}/segments.parquet",
        speakers="results/corpus/speakers.parquet",
        residuals="results/classes/{analysis}/residuals.parquet",
        names="results/classes/{analysis}/names.parquet",
    output:
        svg="results/figures/{analysis}/chronology.svg",
        png="results/figures/{analysis}/chronology.png",
        residuals_svg="results/figures/{analysis}/residuals.svg",
        residuals_png="results/figures/{analysis}/residuals.png",
    log:
        "logs/draw_chronology/{analysis}.log",
    params:
        settings=figure("chronology"),
        code=code("draw_chronology"),
    message:
        "Figures : les classes au fil des entretiens et par attribut, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/draw_chronology.py" --classes {input.classes:q} --speakers {input.speakers:q} '
        "--residuals {input.residuals:q} --names {input.names:q} --settings {params.settings:q} "
        "--svg {output.svg:q} --png {output.png:q} --residuals-svg {output.residuals_svg:q} "
        "--residuals-png {output.residuals_png:q} --log {log:q}"


rule draw_solidity:
    input:
        stability="results/classes/{analysis}/stability.parquet",
        influence="results/classes/{analysis}/influence.parquet",
        trials="results/classes/{analysis}/trials.parquet",
        names="results/classes/{analysis}/names.parquet",
    output:
        svg="results/figures/{analysis}/stability.svg",
        png="results/figures/{analysis}/stability.png",
        laboratory_svg="results/figures/{analysis}/laboratory.svg",
        laboratory_png="results/figures/{analysis}/laboratory.png",
    log:
        "logs/draw_solidity/{analysis}.log",
    params:
        settings=figure("stability"),
        code=code("draw_solidity"),
    message:
        "Figures : solidité des classes, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/draw_solidity.py" --stability {input.stability:q} --influence {input.influence:q} '
        "--trials {input.trials:q} --names {input.names:q} --settings {params.settings:q} "
        "--svg {output.svg:q} --png {output.png:q} --laboratory-svg {output.laboratory_svg:q} "
        "--laboratory-png {output.laboratory_png:q} --log {log:q}"
