"""Time the similarity analysis on made-up corpora. Nothing here is a test.

`python tests/bench/similarity.py`: seeded binary tables of 5,000 lemmas, about 12 to a segment, drawn by a Zipf law
with planted themes, of 100,000, 300,000 and a million segments, in 40 interviews of two panels and five classes. Each
is measured in processes of their own, one line each: `kernels`, co-occurrence of all 5,000 lemmas, index and maximum
tree of all, then tree, communities, centralities, layout and halos of the 300 most frequent; `link_words`, the command
itself on the tables of such a study, one graph of 300 words; with `--also`, the same with 50 resamples of segments, and
`compare_links`, 70 words of the two panels. Seconds are those of the wall, CPU in brackets; memory is the peak of the
process, interpreter and tables included.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from reinert import PROGRAM, peak, zipf_like
from scipy.sparse import csr_array, load_npz, save_npz

LEMMAS, WORDS = 5_000, 300
SEGMENTS = (100_000, 300_000, 1_000_000)
INTERVIEWS = 40
SPANS = ("first_turn", "first_token", "last_turn", "last_token", "n_tokens")
READ = ("segment_lemmas", "lemmas", "segments", "speakers")
WRITTEN = ("profiles", "classes", "summary", "nodes", "edges", "communities")
COMMANDS = {
    "kernels": ("", {}),
    "link_words": ("link_words", {"resamples": 0}),
    "link_words, resampled": ("link_words", {}),
    "compare_links": ("compare_links", {"compare": {"variable": "panel", "first": "a", "second": "b"}}),
}


def kernels(table: csr_array) -> dict[str, float]:
    """Return the seconds of each step."""
    from verbatim import layout, similarity

    seconds, begun = {}, time.perf_counter()

    def done(step: str) -> None:
        nonlocal begun
        seconds[step] = time.perf_counter() - begun
        begun = time.perf_counter()

    pairs = similarity.count(table)
    done("cooccurrence")
    seconds["pairs"] = len(pairs.source)
    source, target, weight, _ = similarity.ranked(pairs.source, pairs.target, similarity.weigh(pairs, "jaccard"))
    whole = similarity.maximum_tree(source, target, table.shape[1])
    done("tree of all")
    assert whole.sum() == table.shape[1] - 1
    del pairs, source, target, weight, whole
    words = similarity.most_frequent(table, most=WORDS)
    pairs = similarity.count(table, words=words)
    source, target, weight, _ = similarity.ranked(pairs.source, pairs.target, similarity.weigh(pairs, "jaccard"))
    _, tree = similarity.network(source, target, weight, WORDS)
    edges = source[tree], target[tree], weight[tree]
    done("tree of 300")
    labels = similarity.communities(*edges, WORDS)
    similarity.centralities(*edges, labels)
    done("communities")
    sides = layout.boxes(["accompagnement"[: 4 + word % 9] for word in words], layout.font_sizes(pairs.frequency))
    centres = layout.place_boxes(*edges[:2], sides)
    layout.halos(centres, sides, labels, *edges[:2])
    done("layout")
    return seconds | {"overlaps": layout.overlaps(centres, sides), "crossings": layout.crossings(centres, *edges[:2])}


def write_tables(table: csr_array, folder: Path) -> None:
    """Write the tables that link_words reads, of a study that says what `table` (segments, lemmas) holds."""
    import polars as pl

    from verbatim import tables

    n, p = table.shape
    interview = np.arange(n) * INTERVIEWS // n
    places = {
        "interview": pl.Series(interview).cast(pl.String).str.zfill(2),
        "segment": pl.Series(np.arange(n) - np.searchsorted(interview, interview) + 1),
    }
    segments = pl.DataFrame(places).with_columns(
        speaker="interview", text=pl.lit("mots"), question=pl.lit(None, pl.String)
    )
    spans = ("first_turn", "first_token", "last_turn", "last_token", "n_tokens")
    tables.write(
        "corpus/segments", segments.with_columns(**dict.fromkeys(spans, pl.lit(1))), folder / "segments.parquet"
    )
    names = segments["interview"].unique().sort()
    panels = pl.when(pl.col("interview").cast(pl.Int64) % 2 == 0).then(pl.lit("a")).otherwise(pl.lit("b"))
    speakers = pl.DataFrame({"interview": names, "speaker": names}).with_columns(
        role=pl.lit("participant"), panel=panels
    )
    tables.write("corpus/speakers", speakers, folder / "speakers.parquet")
    lemmas = pl.Series([f"{'accompagnement'[: 4 + word % 9]}{word}" for word in range(p)])
    row = np.repeat(np.arange(n), np.diff(table.indptr))
    said = {name: values.gather(row) for name, values in places.items()} | {"lemma": lemmas.gather(table.indices)}
    constants = {"analysis": pl.lit("tous"), "pos": pl.lit("NOUN"), "count": pl.lit(1)}
    tables.write(
        "lexicon/segment_lemmas", pl.DataFrame(said).with_columns(**constants), folder / "segment_lemmas.parquet"
    )
    frequency = pl.Series(np.bincount(table.indices, minlength=p))
    counts = dict.fromkeys(("n_occurrences", "n_segments", "n_interviews"), frequency)
    known = pl.DataFrame({"lemma": lemmas, **counts}).with_columns(
        analysis=pl.lit("tous"), pos=pl.lit("NOUN"), status=pl.lit("active")
    )
    tables.write("lexicon/lemmas", known, folder / "lemmas.parquet")
    write_classes(pl.DataFrame(places), folder)


def write_classes(places, folder: Path) -> None:
    """Write tables of five classes that take the segments in turn."""
    import polars as pl

    from verbatim import tables

    classes = places.with_columns(
        pl.Series("class", np.arange(places.height) % 5 + 1), analysis=pl.lit("tous"), reason=pl.lit(None, pl.String)
    )
    found = classes.with_columns(found="class", node=pl.lit(2), n_forms=pl.lit(9))
    found = found.with_columns(node_2=pl.lit(None, pl.Int64), lost_at=pl.lit(None, pl.Int64))
    tables.write("classes/segments", found, folder / "classes.parquet")
    tables.write("classes/profiles", tables.empty("classes/profiles"), folder / "profiles.parquet")


def command(script: str, folder: Path, **changed) -> dict[str, float]:
    """Return wall and CPU seconds and peak memory (MB) of a step on the tables of `folder`."""
    import yaml

    from verbatim.settings import fill

    schema = yaml.safe_load((PROGRAM / "workflow/schemas/config.schema.yaml").read_text(encoding="utf-8"))
    study = {"study": {"title": "Essai", "date": "2022-06-30"}, "analyses": {"tous": {}}}
    graphs = {"words": WORDS, "index": "jaccard", "drawn": {"ensemble": {"of": "corpus"}}, **changed}
    settings = json.dumps(fill({**study, "graphs": graphs}, schema)["graphs"])
    names = [*READ, *(("comparison",) if script == "compare_links" else WRITTEN)]
    flags = [part for name in names for part in (f"--{name.replace('_', '-')}", str(folder / f"{name}.parquet"))]
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    step = [sys.executable, str(PROGRAM / f"scripts/{script}.py"), *flags, "--analysis", "tous", "--settings", settings]
    subprocess.run(step, check=True, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": time.perf_counter() - begun, "cpu": cpu, "peak": after.ru_maxrss / 1024}


def one(path: str, steps: str) -> None:
    """Measure one table and print a line of JSON."""
    sys.path.insert(0, str(PROGRAM / "scripts"))
    folder = Path(path).parent
    if steps == "tables":
        write_tables(csr_array(load_npz(path)), folder)
        return
    if steps != "kernels":
        print(json.dumps(command(*COMMANDS[steps][:1], folder, **COMMANDS[steps][1])))
        return
    table = csr_array(load_npz(path))
    cpu, wall = time.process_time(), time.perf_counter()
    found = kernels(table)
    facts = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "peak": peak()}
    print(json.dumps({**facts, "ones": int(table.nnz), **found}))


def main(arguments: list[str]) -> None:
    """Make and measure every table."""
    if arguments[:1] == ["--one"]:
        one(*arguments[1:])
        return
    wanted = list(COMMANDS) if "--also" in arguments else ["kernels", "link_words"]
    for n in SEGMENTS:
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder) / "table.npz")
            save_npz(path, zipf_like(n, LEMMAS), compressed=False)
            for steps in ("tables", *wanted):
                own = [sys.executable, __file__, "--one", path, steps]
                said = subprocess.run(own, stdout=subprocess.PIPE, text=True, check=True).stdout
                if said:
                    facts = json.loads(said)
                    head = f"{facts.pop('wall'):6.1f} s ({facts.pop('cpu'):6.1f}) {facts.pop('peak'):6.0f} MB"
                    rest = ", ".join(f"{name} {round(value, 2):g}" for name, value in facts.items())
                    print(f"{n:>9} segments {steps:>22} {head}  {rest}".rstrip(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
