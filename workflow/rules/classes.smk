# Reinert's classification of each analysis: the classes and what they are about.


rule find_classes:
    input:
        segments="results/corpus/segments.parquet",
        segment_lemmas="results/lexicon/{analysis}/segment_lemmas.parquet",
        lemmas="results/lexicon/{analysis}/lemmas.parquet",
        draws=lambda wildcards: (
            draws(wildcards.analysis) if is_auto(wildcards.analysis) else []
        ),
        accepted_segments=lambda wildcards: accepted(wildcards.analysis, "segments"),
        accepted_profiles=lambda wildcards: accepted(wildcards.analysis, "profiles"),
        key="resources/privacy/study.key",
    output:
        tree="results/classes/{analysis}/tree.parquet",
        classes="results/classes/{analysis}/segments.parquet",
        pairs="results/classes/{analysis}/pairs.parquet",
        peeled="results/classes/{analysis}/peeled.parquet",
    log:
        "logs/find_classes/{analysis}.log",
    resources:
        mem_mb=lambda wildcards, attempt: 1000 * attempt,
    params:
        compatibility=settings("compatibility"),
        settings=lambda wildcards: settings("classes", wildcards.analysis),
        merges=lambda wildcards: merges(wildcards.analysis),
        code=code("find_classes"),
    message:
        "Classification de l'analyse « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/find_classes.py" --segments {input.segments:q} '
        "--segment-lemmas {input.segment_lemmas:q} --lemmas {input.lemmas:q} --draws {input.draws:q} "
        "--analysis {wildcards.analysis} --compatibility {params.compatibility} "
        "--accepted-segments {input.accepted_segments:q} --accepted-profiles {input.accepted_profiles:q} "
        "--key {input.key:q} --merge-settings {params.merges:q} "
        "--settings {params.settings:q} --tree {output.tree:q} --classes {output.classes:q} "
        "--pairs {output.pairs:q} --peeled {output.peeled:q} --log {log:q}"


rule profile_classes:
    input:
        segments="results/corpus/segments.parquet",
        segment_lemmas="results/lexicon/{analysis}/segment_lemmas.parquet",
        lemmas="results/lexicon/{analysis}/lemmas.parquet",
        speakers="results/corpus/speakers.parquet",
        classes="results/classes/{analysis}/segments.parquet",
        groups=human("resources/words/groups.csv"),
    output:
        profiles="results/classes/{analysis}/profiles.parquet",
        typical="results/classes/{analysis}/typical_segments.parquet",
        correspondence="results/classes/{analysis}/correspondence.parquet",
        nearest="results/classes/{analysis}/nearest.parquet",
    log:
        "logs/profile_classes/{analysis}.log",
    params:
        settings=lambda wildcards: settings("classes", wildcards.analysis),
        code=code("profile_classes"),
    message:
        "Profils des classes, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/profile_classes.py" --segments {input.segments:q} '
        "--segment-lemmas {input.segment_lemmas:q} --lemmas {input.lemmas:q} "
        "--speakers {input.speakers:q} --classes {input.classes:q} --groups {input.groups:q} --analysis {wildcards.analysis} "
        "--settings {params.settings:q} --profiles {output.profiles:q} --typical {output.typical:q} "
        "--correspondence {output.correspondence:q} --nearest {output.nearest:q} --log {log:q}"


rule describe_classes:
    input:
        tokens="results/corpus/tokens.parquet",
        turns="results/corpus/turns.parquet",
        segments="results/corpus/segments.parquet",
        speakers="results/corpus/speakers.parquet",
        classes="results/classes/{analysis}/segments.parquet",
    output:
        statistics="results/classes/{analysis}/statistics.parquet",
        residuals="results/classes/{analysis}/residuals.parquet",
        repeats="results/classes/{analysis}/repeats.parquet",
        pos="results/classes/{analysis}/pos.parquet",
    log:
        "logs/describe_classes/{analysis}.log",
    params:
        code=code("describe_classes"),
    message:
        "Vocabulaire et locuteurs des classes, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/describe_classes.py" --tokens {input.tokens:q} --turns {input.turns:q} '
        "--segments {input.segments:q} --speakers {input.speakers:q} --classes {input.classes:q} "
        "--analysis {wildcards.analysis} --statistics {output.statistics:q} "
        "--residuals {output.residuals:q} --repeats {output.repeats:q} --pos {output.pos:q} --log {log:q}"


rule match_names:
    input:
        segments="results/corpus/segments.parquet",
        classes="results/classes/{analysis}/segments.parquet",
        profiles="results/classes/{analysis}/profiles.parquet",
        lemmas="results/lexicon/{analysis}/lemmas.parquet",
        key="resources/privacy/study.key",
        names=human("resources/class_names.csv"),
        accepted_segments=lambda wildcards: human(
            f"resources/accepted/{wildcards.analysis}/segments.csv"
        ),
        accepted_profiles=lambda wildcards: human(
            f"resources/accepted/{wildcards.analysis}/profiles.csv"
        ),
    output:
        names="results/classes/{analysis}/names.parquet",
        counterparts="results/classes/{analysis}/counterparts.parquet",
        moves="results/classes/{analysis}/moves.parquet",
        form_changes="results/classes/{analysis}/form_changes.parquet",
        proposal="results/proposals/class_names_{analysis}.csv",
    log:
        "logs/match_names/{analysis}.log",
    params:
        settings=settings("class_names"),
        code=code("match_names"),
    message:
        "Noms des classes, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/match_names.py" --segments {input.segments:q} --classes {input.classes:q} '
        "--profiles {input.profiles:q} --lemmas {input.lemmas:q} --key {input.key:q} --class-names {input.names:q} "
        "--accepted-segments {input.accepted_segments:q} --accepted-profiles {input.accepted_profiles:q} "
        "--analysis {wildcards.analysis} --settings {params.settings:q} --names {output.names:q} "
        "--counterparts {output.counterparts:q} --moves {output.moves:q} --form-changes {output.form_changes:q} --proposal {output.proposal:q} --log {log:q}"


rule export_classes:
    input:
        segments="results/corpus/segments.parquet",
        turns="results/corpus/turns.parquet",
        tokens="results/corpus/tokens.parquet",
        speakers="results/corpus/speakers.parquet",
        gate="results/corpus/gate.parquet",
        classes="results/classes/{analysis}/segments.parquet",
        typical="results/classes/{analysis}/typical_segments.parquet",
        names="results/classes/{analysis}/names.parquet",
        codings="results/themes/codings.parquet",
    output:
        coloured="results/exports/{analysis}/corpus_colore.html",
        corpus="results/exports/{analysis}/corpus_classes.txt",
        by_class=directory("results/exports/{analysis}/classes"),
    log:
        "logs/export_classes/{analysis}.log",
    params:
        title=lambda wildcards: title(wildcards.analysis),
        settings=figure("coloured"),
        study=settings("study"),
        code=code("export_classes"),
    message:
        "Corpus par classe, « {wildcards.analysis} »"
    shell:
        'python "$VERBATIM/export_classes.py" --segments {input.segments:q} --turns {input.turns:q} '
        "--tokens {input.tokens:q} --speakers {input.speakers:q} --gate {input.gate:q} "
        "--classes {input.classes:q} --typical {input.typical:q} --names {input.names:q} --codings {input.codings:q} "
        "--analysis {wildcards.analysis} --title {params.title:q} --settings {params.settings:q} "
        "--study-settings {params.study:q} --coloured {output.coloured:q} --corpus {output.corpus:q} "
        "--by-class {output.by_class:q} --log {log:q}"
