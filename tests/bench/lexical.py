"""Time the lexical tables on long corpora: `python tests/bench/lexical.py`. Nothing here is a test.

The corpus is what interviewees of real studies say, copied as many times as needed, each copy an interview of another
name: 100,000, a million and ten million tokens. Studies are folders whose `results/` stand (by default the one beside
the program; `--study FOLDER`, once or more, for others). Each step is the workflow's own command, in a process of its
own, from annotated turns to all tables; reading and writing them is counted. As in the workflow on two cores, two
steps run at a time where neither waits for the other (`--cores 1`: one). A line gives wall seconds, those of CPU in
brackets and the peak memory of the process; the last one the time from first to last step, the CPU of all, the
largest process and, in brackets, the two largest together. `growth` is the exponent of CPU seconds, by tokens, between
the last two sizes: 1 is linear. `--tokens N`, once or more, for other sizes; `--keep FOLDER` leaves the corpora
there; `--only STEP`, once or more, for steps whose inputs are there.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from math import log
from pathlib import Path

import polars as pl
import yaml

PROGRAM = Path(__file__).resolve().parents[2]
SIZES = (100_000, 1_000_000, 10_000_000)
BLOCK = 1_000_000
CLASSES = 5
WORKFLOW = {"OPENBLAS_CORETYPE": "Nehalem", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
STUDY = {"study": {"title": "Essai", "date": "2022-06-30"}, "analyses": {"tous": {}}}
CORPUS, LEXICON = ("tokens", "turns", "segments", "speakers"), ("segment_lemmas", "lemmas", "segments", "speakers")
SELECTED = {"analysis": "tous", "selection_settings": {}}
# step: inputs, outputs, settings by option (a section of config.yaml, or the value itself)
STEPS = {
    "lemmatise_tokens": (("turns", "masked"), ("tokens",), {"settings": "words"}),
    "cut_segments": (("turns", "tokens"), ("segments",), {"settings": "segments"}),
    "count_lemmas": (CORPUS, ("forms", "lemmas", "segment_lemmas"), {"analysis": "tous", "settings": {}}),
    "score_specificities": (
        (*LEXICON, "classes"),
        ("specificities", "banal"),
        {"analysis": "tous", "compatibility": "none", "settings": "specificities"},
    ),
    "place_modalities": (
        (*LEXICON, "classes"),
        ("correspondence",),
        {"analysis": "tous", "settings": "specificities"},
    ),
    "measure_vocabulary": (
        CORPUS,
        ("statistics", "growth", "segment_lengths", "modality_pos", "word_groups"),
        SELECTED | {"settings": "vocabulary", "specificities_settings": "specificities"},
    ),
    "measure_distances": (
        ("segment_lemmas", "segments", "speakers"),
        ("distances",),
        {"analysis": "tous", "settings": "vocabulary", "specificities_settings": "specificities"},
    ),
    "trace_words": (CORPUS, ("priming",), SELECTED),
    "find_repeats": (CORPUS, ("repeats",), SELECTED | {"settings": "vocabulary"}),
    "associate_words": (
        ("segment_lemmas", "lemmas"),
        ("associations",),
        {"analysis": "tous", "settings": "vocabulary"},
    ),
    "audit_lemmas": (("turns", "tokens", "masked"), ("doubtful", "proposal"), {}),
    "suggest_expressions": (("turns", "tokens"), ("suggested", "proposal"), {"settings": "suggestions"}),
}
ANNOTATED = ("lemmatise_tokens", "audit_lemmas")
# each waits for the one before, all others for these
CHAIN = ("lemmatise_tokens", "cut_segments", "count_lemmas")


def base(studies: list[Path]) -> dict[str, pl.DataFrame]:
    """Return turns, speakers and annotation, masked and not, of all `studies`, interviews named by study."""
    parts: dict[str, list[pl.DataFrame]] = {"turns": [], "speakers": [], "raw": [], "masked": []}
    for number, study in enumerate(studies):
        files = {name: [study / f"results/corpus/{name}.parquet"] for name in ("turns", "speakers")}
        files["masked"] = [study / "results/private/annotation/masked.parquet"]
        files["raw"] = sorted((study / "results/private/annotation").glob("[0-9]*.parquet"))
        for name, paths in files.items():
            whole = pl.concat([pl.read_parquet(path) for path in paths])
            parts[name].append(whole.with_columns(interview=pl.format("{}{}", pl.lit("abcdefgh"[number]), "interview")))
    return {name: pl.concat(frames, how="diagonal") for name, frames in parts.items()}


def copied(frame: pl.DataFrame, copies: list[str]) -> pl.DataFrame:
    """Return `frame` once for each of `copies`, whose names its interviews bear."""
    named = frame.join(pl.DataFrame({"copy": copies}), how="cross")
    return named.with_columns(interview=pl.format("{}-{}", "interview", "copy")).drop("copy")


def write_corpus(found: dict[str, pl.DataFrame], n_tokens: int, folder: Path) -> None:
    """Write what annotation leaves, `n_tokens` tokens, to `folder`: turns, speakers, raw-*.parquet and masked."""
    from verbatim import tables

    n_copies = max(1, round(n_tokens / found["raw"].height))
    copies = [f"{number:05d}" for number in range(n_copies)]
    for name, table in (("turns", "corpus/turns"), ("speakers", "corpus/speakers"), ("masked", "private/annotation")):
        tables.write(table, copied(found[name], copies), folder / f"{name}.parquet")
    step = max(1, BLOCK // found["raw"].height)
    for number, first in enumerate(range(0, n_copies, step)):
        part = copied(found["raw"], copies[first : first + step])
        tables.write("private/annotation", part, folder / f"raw-{number:03d}.parquet")


def write_classes(folder: Path) -> None:
    """Write classes/segments: five classes in turn, one segment in eleven unclassified."""
    from verbatim import tables

    number = pl.when(pl.col("segment") % 11 == 0).then(0).otherwise(1 + pl.col("segment") % CLASSES)
    reason = pl.when(pl.col("class") == 0).then(pl.lit("row_lost"))
    places = pl.read_parquet(folder / "segments.parquet", columns=["interview", "segment"])
    rows = places.with_columns(number.alias("class"), analysis=pl.lit("tous")).with_columns(
        found="class", reason=reason, node=pl.lit(2), n_forms=pl.lit(9), lost_at=None, node_2=None
    )
    tables.write("classes/segments", rows, folder / "classes.parquet")


def command(name: str, folder: Path) -> list[str]:
    """Return the command of a step on the tables of `folder`."""
    from verbatim.settings import fill

    schema = yaml.safe_load((PROGRAM / "workflow/schemas/config.schema.yaml").read_text(encoding="utf-8"))
    variables = {"specificities": {"variables": ["panel", "question", "class", "interview"]}}
    filled = fill({**STUDY, **variables}, schema)
    inputs, outputs, settings = STEPS[name]
    flags = [sys.executable, str(PROGRAM / f"scripts/{name}.py")]
    for table in (*inputs, *outputs):
        flags += [f"--{table.replace('_', '-')}", str(folder / f"{table}.parquet")]
    if name in ANNOTATED:
        flags += ["--annotations", *map(str, sorted(folder.glob("raw-*.parquet")))]
    for option, value in settings.items():
        flags.append(f"--{option.replace('_', '-')}")
        is_section = isinstance(value, str) and option.endswith("settings")
        flags.append(json.dumps(filled[value] if is_section else value) if option.endswith("settings") else value)
    return flags


def measured(name: str, folder: Path) -> tuple[float, float, float] | None:
    """Run a step; return wall and CPU seconds and peak memory (MB), None where its script is not there."""
    if not (PROGRAM / f"scripts/{name}.py").is_file():
        print(f"{name}: no such script yet, skipped", flush=True)
        return None
    begun = time.perf_counter()
    log_file = folder / f"{name}.log"
    flags = [*command(name, folder), "--log", str(log_file)]
    process = subprocess.Popen(flags, env={**os.environ, **WORKFLOW})
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    if status:
        print(f"{name}: failed, {log_file.read_text(encoding='utf-8')[-2000:]}", flush=True)
        return None
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def run(found: dict[str, pl.DataFrame], n_tokens: int, folder: Path, only: list[str], cores: int) -> dict[str, tuple]:
    """Measure the steps, and "all" of them, on `n_tokens` tokens in `folder`, made where they are not there."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "masked.parquet").exists():
        write_corpus(found, n_tokens, folder)
    lines, spared = {}, 0.0

    def measure(name: str) -> None:
        line = measured(name, folder)
        if line:
            lines[name] = line
            print(f"{n_tokens:>11,} {name:<22} {line[0]:8.2f} s ({line[1]:7.2f}) {line[2]:7.0f} MB", flush=True)

    begun = time.perf_counter()
    names = [name for name in STEPS if name in (only or STEPS)]
    for name in (name for name in names if name in CHAIN):
        measure(name)
    if (folder / "segments.parquet").exists() and not (folder / "classes.parquet").exists():
        before = time.perf_counter()
        write_classes(folder)
        spared = time.perf_counter() - before
    with ThreadPoolExecutor(cores) as pool:
        list(pool.map(measure, [name for name in names if name not in CHAIN]))
    wall = time.perf_counter() - begun - spared
    peaks = sorted(line[2] for line in lines.values())
    return lines | {"all": (wall, sum(line[1] for line in lines.values()), peaks[-1], sum(peaks[-cores:]))}


def show(lines: list[dict[str, tuple]], sizes: list[int]) -> None:
    """Print the curve: a row for each step, a column for each size."""
    cells = [f"{size:,} tokens" for size in sizes]
    print(f"\n{'':<22}" + "".join(f"{cell:>32}" for cell in cells) + f"{'growth':>9}")
    for name in [*STEPS, "all"]:
        row = [line.get(name) for line in lines]
        if not any(row):
            continue
        told = ["-" if r is None else f"{r[0]:.1f} s ({r[1]:.1f}) {r[2]:.0f} MB" for r in row]
        if name == "all":
            told = [f"{cell} ({r[3]:.0f})" for cell, r in zip(told, row, strict=True)]
        growth = ""
        if len(row) > 1 and row[-1] and row[-2]:
            growth = f"{log(row[-1][1] / row[-2][1]) / log(sizes[-1] / sizes[-2]):.2f}"
        print(f"{name:<22}" + "".join(f"{cell:>32}" for cell in told) + f"{growth:>9}", flush=True)


def main() -> None:
    """Measure every size."""
    sys.path.insert(0, str(PROGRAM / "scripts"))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--study", type=Path, action="append")
    parser.add_argument("--tokens", type=int, action="append")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--only", action="append", default=[], choices=[*STEPS])
    options = parser.parse_args()
    sizes = options.tokens or list(SIZES)
    found = base(options.study or [PROGRAM])
    with tempfile.TemporaryDirectory() as spare:
        lines = [
            run(found, size, (options.keep or Path(spare)) / str(size), options.only, options.cores) for size in sizes
        ]
    show(lines, sizes)


if __name__ == "__main__":
    main()
