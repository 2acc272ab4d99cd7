# What the rules ask of Python: which files there are, which settings and which code a step depends on.

import json
import os
import shlex
import sys
from pathlib import Path

PROGRAM = Path(workflow.basedir)
sys.path.insert(0, str(PROGRAM / "scripts"))

from verbatim import study
from verbatim.class_names.reading import declared_merges
from verbatim.code_digest import digest, files_digest
from verbatim.problems import StudyError
from verbatim.report.material import SHOWN
from verbatim.settings import section
from verbatim.tables import TABLES

# Interpreter and program reach the steps through the environment, so that no recorded command holds
# a path of the machine: moving the study or the program rebuilds nothing. One BLAS thread and the
# kernels of one processor, which all x86-64 processors in use have: the same bytes on each of them.
shell.prefix(
    "set -euo pipefail; "
    f'export PATH={shlex.quote(str(Path(sys.executable).parent))}:"$PATH" '
    f"VERBATIM={shlex.quote(str(PROGRAM / 'scripts'))} "
    "VERBATIM_MASKED=results/private/findings.parquet "
    "PYTHONHASHSEED=0 OPENBLAS_CORETYPE=Nehalem OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 MKL_NUM_THREADS=1; "
)

try:
    STUDY = study.check(Path.cwd(), PROGRAM, config)
except StudyError as error:
    print(f"\n{error}\n", file=sys.stderr)
    sys.exit(1)

SOURCES = STUDY.sources

MODALITY_FIGURES = (
    *("modality_clouds", "specificities", "modality_plane"),
    *("distances", "modality_pos"),
)
# the figures that draw_themes draws, in its order
THEME_FIGURES = ("grid", "hypotheses", "agreement")
SYNTHESES = ("theme_groups", "theme_pairs", "saturation")
ANALYSES = sorted(STUDY.settings["analyses"])
SHARDS = STUDY.settings["annotation"]["shards"]


wildcard_constraints:
    source="[^/]+",
    analysis="[a-z][a-z0-9_]+",
    shard="[0-9]+",
    chunk="[0-9]+",


def settings(name, analysis=None):
    """The one section of the settings that a rule reads, as sorted JSON."""
    return json.dumps(
        section(STUDY.settings, name, analysis), sort_keys=True, ensure_ascii=False
    )


def code(script):
    """The digest of the code that a script runs."""
    return digest(PROGRAM / "scripts" / f"{script}.py", PROGRAM / "requirements.lock")


def shipped(folder):
    """The digest of files that come with the program."""
    return files_digest(PROGRAM / folder)


def human(path):
    """A file of the study that may be missing."""
    return path if Path(path).is_file() else []


def each(path):
    """The table of every analysis."""
    return expand(path, analysis=ANALYSES)


def forget_problems():
    for path in Path("logs").rglob("*.problem"):
        path.unlink()


def show_problems():
    told = study.problems_told(Path("logs"))
    if told:
        print(f"\n{told}\n", file=sys.stderr)


def sweep_private():
    study.sweep(Path.cwd(), SOURCES, ANALYSES)


def selection(analysis):
    """Whom an analysis is about, as sorted JSON."""
    return json.dumps(
        (STUDY.settings["analyses"][analysis] or {}).get("select", {}), sort_keys=True
    )


def classed(analysis):
    """The classes of an analysis, where its specificities compare them."""
    compared = section(STUDY.settings, "specificities", analysis)["variables"]
    return f"results/classes/{analysis}/segments.parquet" if "class" in compared else []


def of_themes(analysis, path):
    """A file that the graphs of an analysis read where one of them is about a theme."""
    drawn = section(STUDY.settings, "graphs", analysis)["drawn"].values()
    return path if any(graph["of"] == "theme" for graph in drawn) else []


def of_turns(analysis, path):
    """A file that the graphs of an analysis read where words meet in turns."""
    graphs = section(STUDY.settings, "graphs", analysis)
    places = [graphs["within"], *(g.get("within") for g in graphs["drawn"].values())]
    return path if "turn" in places else []


def compares(analysis):
    """Whether the links of two groups are compared in an analysis."""
    return bool(section(STUDY.settings, "graphs", analysis)["compare"])


def title(analysis):
    """The name that the study gives to an analysis."""
    return (STUDY.settings["analyses"][analysis] or {}).get("title") or analysis


def chunks(section, kind, analysis):
    """The parts, of one kind, into which the work of a section is dealt for an analysis."""
    return expand(
        f"results/private/classes/{analysis}/{kind}_{{chunk}}.npz",
        chunk=range(STUDY.settings[section]["chunks"]),
    )


def draws(analysis):
    """The resamples of an analysis, part by part."""
    return chunks("stability", "draws", analysis)


def trials(analysis):
    """The trials of the laboratory of an analysis, part by part."""
    return chunks("laboratory", "trials", analysis)


def is_auto(analysis):
    """Whether the number of classes of an analysis is chosen by the resamples."""
    return (
        section(STUDY.settings, "classes", analysis)["number"] == "auto"
        and STUDY.settings["compatibility"] == "none"
    )


def declared(analysis):
    """The merges of classes that class_names.csv declares for an analysis."""
    names = Path("resources/class_names.csv")
    return declared_merges(names.read_bytes(), analysis) if names.is_file() else []


def merges(analysis):
    """The merges and what decides whether they stand, as sorted JSON: renaming a class changes nothing in it."""
    bound = STUDY.settings["class_names"]["bound"]
    return json.dumps(
        {"bound": bound, "merges": found} if (found := declared(analysis)) else {},
        sort_keys=True,
    )


def accepted(analysis, kind):
    """A file of the accepted run of an analysis, where merges have to be found again."""
    return (
        human(f"resources/accepted/{analysis}/{kind}.csv") if declared(analysis) else []
    )


def figure(kind, *others):
    """The settings of a figure: its own (of several: by kind), the palette and the resolution, as sorted JSON."""
    figures = STUDY.settings["figures"]
    own = {name: figures[name] for name in (kind, *others)} if others else {}
    values = {
        "palette": figures["palette"],
        "dpi": figures["dpi"],
        **(own or figures.get(kind, {})),
    }
    return json.dumps(values, sort_keys=True, ensure_ascii=False)


def of_analysis(ending, *kinds):
    """Figures of an analysis, in one format."""
    return [f"results/figures/{{analysis}}/{kind}.{ending}" for kind in kinds]


def published():
    """Every published table, as (name of the table, path under results/, without ending)."""
    found = []
    for name, table in TABLES.items():
        stage, own = name.split("/")
        if stage == "private":
            continue
        paths = each(f"{stage}/{{analysis}}/{own}")
        found += [
            (name, path) for path in (paths if table.key[0] == "analysis" else [name])
        ]
    return found


def tables():
    """Every published table."""
    return [f"results/{path}.parquet" for _, path in published()]


def shown():
    """Every table that the report shows, as `published` gives them."""
    return [(name, path) for name, path in published() if name in SHOWN]


# of which the sheets say something
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


def own_settings(*sections):
    """These sections, the colours and what the analyses are called, as sorted JSON."""
    chosen = {name: STUDY.settings[name] for name in sections}
    chosen["figures"] = {"palette": STUDY.settings["figures"]["palette"]}
    named = {name: STUDY.settings["analyses"][name] or {} for name in ANALYSES}
    chosen["analyses"] = {
        name: {key: own[key] for key in ("title", "select") if key in own}
        for name, own in named.items()
    }
    return json.dumps(chosen, sort_keys=True, ensure_ascii=False)


# what the public version is made of
PUBLIC_TABLES = (
    *("corpus/gate", "corpus/interviews", "corpus/speakers", "corpus/turns"),
    *("corpus/tokens", "corpus/segments"),
    *("classes/tree", "classes/segments", "classes/profiles", "classes/statistics"),
    *("classes/typical_segments", "classes/names"),
    *("themes/codings", "themes/groups", "themes/chosen_verbatims", "themes/findings"),
    *("themes/hypothesis_counts", "themes/verdicts"),
)


def public_tables():
    """The tables of which the public version shows something, as `published` gives them."""
    return [(name, path) for name, path in published() if name in PUBLIC_TABLES]


def coder():
    """The page in which people code in their browser."""
    return ["results/report/coder.html"]


def exports():
    """What leaves for other programs."""
    return [
        "results/exports/texts",
        "results/exports/sheets",
        "results/exports/coding",
        "results/exports/codages.xlsx",
        "results/exports/study.qdpx",
        "results/exports/grid.qdc",
        "results/exports/project_losses.csv",
        *each("results/exports/{analysis}/corpus_classes.txt"),
        *each("results/exports/{analysis}/graphs"),
    ]


def graphs():
    """The figures of the similarity graphs of every analysis, a folder each."""
    return each("results/figures/{analysis}/graphs")


def figures(ending):
    """Every figure, in one format."""
    kinds = [
        *("dendrogram", "dendrogram_clouds", "tree", "profiles", "class_clouds"),
        *("plane", "plane_attributes", "chronology", "residuals"),
        *("stability", "laboratory"),
        *("cloud", "vocabulary", "word_trees", *MODALITY_FIGURES),
    ]
    return [
        *expand(
            f"results/figures/{{analysis}}/{{kind}}.{ending}",
            analysis=ANALYSES,
            kind=kinds,
        ),
        *expand(
            f"results/figures/{{analysis}}/comparison.{ending}",
            analysis=[name for name in ANALYSES if compares(name)],
        ),
        *(f"results/figures/{kind}.{ending}" for kind in (*THEME_FIGURES, *SYNTHESES)),
        *each(f"results/figures/{{analysis}}/theme_class.{ending}"),
    ]


def twins():
    """The CSV twin of every published table."""
    return [f"results/tables/{path}.csv" for _, path in published()]


def everything():
    """All that a study publishes."""
    return [
        "results/report/rapport.html",
        "results/public/rapport_public.html",
        "results/provenance/record.json",
        *tables(),
        *twins(),
        *figures("svg"),
        *figures("png"),
        *graphs(),
        *exports(),
        *coder(),
    ]
