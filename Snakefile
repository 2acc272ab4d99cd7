from snakemake.utils import min_version

min_version("9.0")


include: "workflow/rules/common.smk"
include: "workflow/rules/corpus.smk"
include: "workflow/rules/lexicon.smk"
include: "workflow/rules/audit.smk"
include: "workflow/rules/classes.smk"
include: "workflow/rules/solidity.smk"
include: "workflow/rules/graphs.smk"
include: "workflow/rules/themes.smk"
include: "workflow/rules/coding.smk"
include: "workflow/rules/coder.smk"
include: "workflow/rules/projects.smk"
include: "workflow/rules/suggestions.smk"
include: "workflow/rules/agreement.smk"
include: "workflow/rules/syntheses.smk"
include: "workflow/rules/hypotheses.smk"
include: "workflow/rules/sheets.smk"
include: "workflow/rules/word_figures.smk"
include: "workflow/rules/class_figures.smk"
include: "workflow/rules/report.smk"


localrules:
    all,


rule all:
    default_target: True
    input:
        everything(),
        "results/provenance/scan.json",
        "results/private/croisements.csv",


onstart:
    forget_problems()


onsuccess:
    sweep_private()


onerror:
    show_problems()
