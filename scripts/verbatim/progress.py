"""Run the workflow and show, in French, one line a stage."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

STAGES = {
    "Entretiens": ("import_source", "gather_turns", "describe_interviews"),
    "Langue": ("annotate_turns", "annotate_masked", "lemmatise_tokens"),
    "Confidentialité": ("find_identifiers", "apply_privacy", "weigh_reidentification"),
    "Segments et lexique": (
        *("cut_segments", "count_lemmas", "score_specificities", "place_modalities", "measure_vocabulary"),
        *("measure_distances", "trace_words", "find_repeats", "associate_words"),
        *("audit_lemmas", "suggest_expressions"),
    ),
    "Classes": (
        "find_classes",
        "profile_classes",
        "describe_classes",
        "match_names",
        "export_classes",
        "weigh_corrections",
    ),
    "Solidité": ("resample_classes", "measure_stability", "sweep_settings", "compare_settings"),
    "Similitudes": ("link_words", "compare_links", "export_graph"),
    "Hypothèses": ("weigh_hypotheses", "count_indicators", "record_verdicts", "cite_findings", "check_findings"),
    "Thèmes": (
        *("anchor_codings", "fill_grid", "suggest_codings", "measure_agreement", "cross_themes_classes"),
        *("compare_groups", "pair_themes", "measure_saturation", "choose_verbatims"),
    ),
    "Figures": (
        *("draw_dendrogram", "draw_profiles", "draw_plane", "draw_chronology"),
        *("draw_solidity", "draw_graph", "draw_comparison", "draw_themes"),
        *("draw_modalities", "draw_vocabulary", "draw_word_trees", "draw_syntheses", "draw_theme_class"),
    ),
    "Rapport": (
        *("write_report", "write_coder", "export_tables", "export_texts", "export_project"),
        *("export_transcripts", "export_codings", "write_sheets", "write_public_report"),
        *("record_provenance", "scan_outputs"),
    ),
}
STAGE_OF = {rule: stage for stage, rules in STAGES.items() for rule in rules}
BLOCKED = 3


def run(program: Path, study: Path, cores: str, resume: bool) -> int:
    """Run the workflow of `program` in the folder `study`; return its exit code.

    With `resume`, locks left by an interrupted run are lifted first.
    """
    logs = study / "logs"
    if not study.is_dir():
        print(f"Le dossier {study} n'existe pas. Pour le créer : make study DIR={study}", file=sys.stderr)
        return 2
    logs.mkdir(exist_ok=True)
    command = [
        *(sys.executable, "-m", "snakemake", "--snakefile", str(program / "Snakefile")),
        *("--directory", str(study), "--cores", cores, "--workflow-profile", str(program / "profiles/default")),
    ]
    log = logs / "snakemake.log"
    if resume:
        subprocess.run([*command, "--unlock"], capture_output=True, check=False)
    started = time.monotonic()
    with log.open("w", encoding="utf-8") as written:
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8"}
        process = subprocess.Popen(command, **pipes)
        told = _follow(process.stdout, written)
        code = process.wait()
    print(_ending(code, told, study, log, time.monotonic() - started))
    return code


def _follow(lines, written) -> dict:
    """Copy the workflow's output to `written`, show a line whenever a stage is done; return what was seen."""
    planned: Counter[str] = Counter()
    done: Counter[str] = Counter()
    seen = {"nothing": False, "locked": False, "fault": []}
    in_fault = False
    for line in lines:
        written.write(line)
        written.flush()
        seen["nothing"] |= "Nothing to be done" in line
        seen["locked"] |= "LockException" in line or "IncompleteFilesException" in line
        in_fault = in_fault or bool(re.match(r"\d+ (problèmes?|erreur)", line))
        if in_fault and re.match(r"(\d+ (problèmes?|erreur)|• | {4}\S)", line):
            seen["fault"].append(line.rstrip())
        found = re.match(r"(\w+)\s+(\d+)\s*$", line)
        if found and found[1] in STAGE_OF and not done:
            planned[STAGE_OF[found[1]]] += int(found[2])
        if found := re.search(r"Finished jobid: \d+ \(Rule: (\w+)\)", line):
            stage = STAGE_OF.get(found[1])
            done[stage] += 1
            if stage and done[stage] == planned[stage]:
                print(f"  {stage:<22} ✓", flush=True)
    return seen


def _ending(code: int, told: dict, study: Path, log: Path, seconds: float) -> str:
    report = study / "results/report/rapport.html"
    if code == 0:
        what = "Tout est à jour" if told["nothing"] else f"Terminé en {seconds:.0f} s"
        return f"{what}. Rapport : {report}"
    if told["fault"]:
        return "\n" + "\n".join(told["fault"])
    if told["locked"]:
        return (
            "Une exécution précédente a été interrompue, ou une autre est en cours dans ce dossier.\n"
            f"Si aucune autre n'est en cours : make resume STUDY={study}"
        )
    return f"L'exécution s'est arrêtée (code {code}). Le détail est dans {log}"
