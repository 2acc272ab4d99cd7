"""Measure what the project promises, and print it: `make bench`. Nothing here is a test.

Each line gives wall seconds, CPU seconds (all processes) and the memory of the largest process.
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[2]
HUMAN = ("config.yaml", "resources")


def measured(command: list[str], **options) -> tuple[float, float, float, str]:
    """Run `command`; return wall s, CPU s, MB of the largest process so far, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if done.returncode:
        sys.exit(done.stdout)
    return wall, cpu, after.ru_maxrss / 1024, done.stdout


OWN = ("import_source", "annotate_turns", "annotate_masked")


def seconds_of_steps(study: Path, since: float) -> tuple[float, float]:
    """Return the wall seconds of the steps that read or annotate interviews, and of all other steps."""
    own = others = 0.0
    for log in (study / "logs").rglob("*.log"):
        found = re.search(r"terminé en ([\d.]+) s", log.read_text(encoding="utf-8"))
        if found and log.stat().st_mtime >= since:
            name = log.relative_to(study / "logs").parts[0].removesuffix(".log")
            own, others = (own + float(found[1]), others) if name in OWN else (own, others + float(found[1]))
    return own, others


def run(study: Path, *more: str) -> tuple[float, float, float, dict[str, int]]:
    """Run the workflow in `study` on two cores; return the measures and the jobs by rule."""
    command = [sys.executable, "-m", "snakemake", "--snakefile", str(PROGRAM / "Snakefile"), "--cores", "2"]
    begun = time.time()
    wall, cpu, peak, text = measured([*command, "--directory", str(study), *more])
    finished = re.findall(r"Finished jobid: \d+ \(Rule: (\w+)\)", text)
    own, others = seconds_of_steps(study, begun)
    print(f"{'':<42} inside the steps: {own:.1f} s on interviews, {others:.1f} s on the corpus (starts aside)")
    return wall, cpu, peak, {rule: finished.count(rule) for rule in sorted(set(finished)) if rule != "all"}


def show(name: str, wall: float, cpu: float, peak: float, jobs: dict[str, int]) -> None:
    """Print one line."""
    print(f"{name:<48} {wall:7.1f} s wall {cpu:7.1f} s CPU {peak:7.0f} MB  {sum(jobs.values()):3d} jobs", flush=True)


def workflow_cases(root: Path) -> Path:
    """Print cold, no-op, one interview added and one changed in each way; return the built study."""
    study = root / "étude"
    study.mkdir()
    for part in HUMAN:
        copy = shutil.copytree if (PROGRAM / part).is_dir() else shutil.copy2
        copy(PROGRAM / part, study / part)
    held = study / "resources/transcripts/A04_conseillere_junior.txt"
    table = study / "resources/interviews.csv"
    rows = table.read_text(encoding="utf-8")
    shutil.move(held, root)
    table.write_text("".join(r for r in rows.splitlines(keepends=True) if not r.startswith("A04")), encoding="utf-8")
    shutil.rmtree(study / "resources/codings")
    show("twelve interviews, cold", *run(study))
    shutil.move(root / held.name, held)
    table.write_text(rows, encoding="utf-8")
    show("the thirteenth added", *run(study))
    shutil.copytree(PROGRAM / "resources/codings", study / "resources/codings")
    show("codings added", *run(study))
    shutil.rmtree(study / "results")
    shutil.rmtree(study / ".snakemake")
    show("thirteen interviews, cold", *run(study))
    show("no-op", *run(study))
    for name, first, last in (
        ("stability: 200 + 200 resamples, each left out", "resample_classes", "measure_stability"),
        ("laboratory: 72 trials an analysis", "sweep_settings", "compare_settings"),
    ):
        show(name, *run(study, "--forcerun", first, "--until", last))
    run(study)
    for name, file, old, new in (
        ("a cloud's colour changed", "config.yaml", "#1F4E79", "#7A1F4E"),
        ("a theme's definition changed", "resources/grid.yaml", "Du temps, des trajets", "Des trajets, du temps"),
        ("a classification setting changed", "config.yaml", "  minimum_frequency: 3", "  minimum_frequency: 4"),
    ):
        path = study / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
        show(name, *run(study))
    return study


def report_case(study: Path) -> None:
    """Print the size of the report and how long headless Chromium takes to load it."""
    report = study / "results/report/rapport.html"
    print(f"report: {report.stat().st_size / 1e6:.2f} MB")
    chromium = shutil.which("chromium")
    if not chromium:
        print("report: chromium is not installed, load time not measured")
        return
    script = "<script>addEventListener('load',()=>{document.title='loaded '+Math.round(performance.now())})</script>"
    page = report.with_name("mesure.html")
    page.write_text(report.read_text(encoding="utf-8").replace("</body>", script + "</body>"), encoding="utf-8")
    flags = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-sync"
    with tempfile.TemporaryDirectory() as profile:
        command = [chromium, *flags.split(), "--disable-component-update", f"--user-data-dir={profile}", "--dump-dom"]
        _, _, _, text = measured([*command, page.as_uri()])
    page.unlink()
    found = re.search(r"<title>loaded (\d+)", text)
    print(f"report: loaded in {found[1]} ms in headless Chromium" if found else "report: load time not found")


def annotation_case(study: Path) -> None:
    """Print words annotated a second against spaCy alone on the same turns."""
    code = """
import json, sys, time
import polars as pl
from verbatim import annotation, annotation_cache, wordlists
turns = pl.read_parquet(sys.argv[1])
nlp = annotation.load(wordlists.kept_forms())
texts = [annotation.prepare(text)[0] for text in turns["text"]]
list(nlp.pipe(texts[:20]))
best = {"spacy": 9e9, "ours": 9e9}
for _ in range(3):
    begun = time.process_time()
    n = sum(len(doc) for doc in nlp.pipe(texts, batch_size=64))
    between = time.process_time()
    annotation_cache.frame(nlp, turns)
    best["spacy"] = min(best["spacy"], between - begun)
    best["ours"] = min(best["ours"], time.process_time() - between)
print(json.dumps({"tokens": n, **best}))
"""
    environment = {**os.environ, "PYTHONPATH": str(PROGRAM / "scripts"), "OMP_NUM_THREADS": "1"}
    turns = str(study / "results/corpus/turns.parquet")
    *_, text = measured([sys.executable, "-c", code, turns], env=environment)
    found = json.loads(text.splitlines()[-1])
    ours, alone = found["tokens"] / found["ours"], found["tokens"] / found["spacy"]
    print(f"annotation: {ours:.0f} tokens a CPU second, spaCy alone {alone:.0f}: ratio {ours / alone:.2f}")


def main() -> None:
    """Run every case in a folder of its own."""
    with tempfile.TemporaryDirectory() as root:
        study = workflow_cases(Path(root))
        report_case(study)
        annotation_case(study)


if __name__ == "__main__":
    main()
