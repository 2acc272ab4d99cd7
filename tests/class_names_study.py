"""Small runs whose classes are chosen, to follow names from one to the next."""

import json
import subprocess
import sys

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from places import PROGRAM
from verbatim import tables
from verbatim.class_names import accepted, following, marking
from verbatim.reinert.profiles import profile

KEY = b"0123456789abcdef" * 2
ANALYSIS = "tous"
OUTPUTS = ("names", "counterparts", "moves", "form_changes")
TOPICS = ("abcdefgh", "ijklmnop", "qrstuvwx", "éèàùçâêî")


def words(topic, segment, n=20):
    """The words of a segment of a topic."""
    random = np.random.default_rng(100 * topic + segment)
    return [f"mot{letter}" for letter in random.choice(list(TOPICS[topic]), n)]


def interview(name, n_segments=24, n_topics=3, first=1):
    """The words of an interview, (topic, words) a segment, in runs of three segments."""
    return name, [((i // 3) % n_topics, [*words((i // 3) % n_topics, i), f"{name}x{i}"]) for i in range(n_segments)]


def corpus(*interviews):
    """corpus/segments of interviews: (name, [(topic, words), …])."""
    rows = [
        (name, number, " ".join(said), len(said))
        for name, segments in interviews
        for number, (_, said) in enumerate(segments, 1)
    ]
    frame = pl.DataFrame(rows, schema=["interview", "segment", "text", "n_tokens"], orient="row")
    places = (pl.lit(1).alias(c) for c in ("first_turn", "first_token", "last_turn", "last_token"))
    return frame.with_columns(
        pl.col("interview").alias("speaker"), pl.lit(None, dtype=pl.String).alias("question"), *places
    )


def classes(segments, found, merged=None):
    """classes/segments of a corpus whose classes are `found`; `merged`: class found -> class."""
    numbers = merged or {number: number for number in set(found)}
    own = segments.sort("interview", "segment").select("interview", "segment")
    return own.with_columns(
        pl.lit(ANALYSIS).alias("analysis"),
        pl.Series("class", [numbers.get(f, 0) for f in found], dtype=pl.Int64),
        pl.Series("found", list(found), dtype=pl.Int64),
        pl.Series("reason", [None if f else "small_leaf" for f in found], dtype=pl.String),
        pl.lit(1).alias("node"),
        pl.lit(None, dtype=pl.Int64).alias("node_2"),
        pl.lit(None, dtype=pl.Int64).alias("lost_at"),
        pl.lit(5).alias("n_forms"),
    )


def topics(*interviews):
    """The topic, from 1, of every segment."""
    return [topic + 1 for _, segments in sorted(interviews) for topic, _ in segments]


def profiles(segments, classed):
    """classes/profiles of the words of a corpus."""
    rows = segments.join(classed, on=["interview", "segment"]).sort("interview", "segment")
    said = [set(text.split()) for text in rows["text"]]
    terms = sorted({word for own in said for word in own})
    presence = csr_array(np.array([[term in own for term in terms] for own in said], dtype=np.int64))
    labels = rows["class"].to_numpy()
    interviews = rows["interview"].rank("dense").to_numpy().astype(np.int64) - 1
    found = profile(presence, labels, interviews)
    k = int(labels.max(initial=0))
    cells = [(c + 1, term, i, c) for i, term in enumerate(terms) for c in range(k)]
    frame = pl.DataFrame([cell[:2] for cell in cells], schema={"class": pl.Int64, "term": pl.String}, orient="row")
    values = {name: [float(getattr(found, name)[i, c]) for *_, i, c in cells] for name in ("percent", "chi2", "effect")}
    counts = {name: [int(getattr(found, name)[i, c]) for *_, i, c in cells] for name in ("n_in_class", "n_interviews")}
    return frame.with_columns(
        pl.lit(ANALYSIS).alias("analysis"),
        pl.lit("active").alias("kind"),
        pl.Series("n_total", [int(found.n_total[i]) for *_, i, _ in cells]),
        *(pl.Series(name, column) for name, column in (values | counts).items()),
        *(pl.lit(0.5).alias(name) for name in ("p", "p_adjusted", "p_holm")),
    )


def lemmas(segments):
    """lexicon/lemmas of the words of a corpus."""
    said = sorted({word for text in segments["text"] for word in text.split()})
    return pl.DataFrame({"lemma": said}).with_columns(
        pl.lit(ANALYSIS).alias("analysis"),
        pl.lit("NOUN").alias("pos"),
        *(pl.lit(1).alias(name) for name in ("n_occurrences", "n_segments", "n_interviews")),
        pl.lit("active").alias("status"),
    )


def accept(segments, classed, merges=()):
    """The accepted run, through its files, as make accept writes them."""
    placed = accepted.placed_segments(classed, segments, KEY)
    forms = marking.marking_forms(profiles(segments, classed), classed, merges)
    texts = accepted.segments_csv(placed, accepted.run_name(classed)), accepted.profiles_csv(forms, KEY)
    return accepted.read(*(text.encode() for text in texts), "resources/accepted/tous")


def follow(rows, run, segments, classed, bound=0.5):
    """The tables of match_names, checked against their declarations."""
    own = profiles(segments, classed)
    found = following.follow(ANALYSIS, rows, run, segments, classed, own, lemmas(segments), KEY, bound)
    for name in ("names", "counterparts", "moves", "form_changes"):
        tables.check(f"classes/{name}", getattr(found, name))
    return found


def write(folder, segments, classed):
    """Write the results that match_names and make accept read, of a study in `folder`."""
    tables.write("corpus/segments", segments, folder / "results/corpus/segments.parquet")
    tables.write("classes/segments", classed, folder / f"results/classes/{ANALYSIS}/segments.parquet")
    tables.write(
        "classes/profiles", profiles(segments, classed), folder / f"results/classes/{ANALYSIS}/profiles.parquet"
    )
    tables.write("lexicon/lemmas", lemmas(segments), folder / f"results/lexicon/{ANALYSIS}/lemmas.parquet")


def match(study, names=None, **environment):
    """Run match_names in a study's folder; `names`: text of its class_names.csv."""
    made = f"results/classes/{ANALYSIS}"
    options = {
        "segments": "results/corpus/segments.parquet",
        "classes": f"{made}/segments.parquet",
        "profiles": f"{made}/profiles.parquet",
        "lemmas": f"results/lexicon/{ANALYSIS}/lemmas.parquet",
        "key": "resources/privacy/study.key",
        "analysis": ANALYSIS,
        "settings": json.dumps({"bound": 0.5}),
        "proposal": f"results/proposals/class_names_{ANALYSIS}.csv",
        **{name.replace("_", "-"): f"{made}/{name}.parquet" for name in OUTPUTS},
    }
    if names is not None:
        (study / "resources/class_names.csv").write_text(names, encoding="utf-8")
    if (study / "resources/class_names.csv").is_file():
        options["class-names"] = "resources/class_names.csv"
    accepted = study / f"resources/accepted/{ANALYSIS}"
    if accepted.is_dir():
        options |= {f"accepted-{name}": accepted / f"{name}.csv" for name in ("segments", "profiles")}
    flags = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    command = [sys.executable, PROGRAM / "scripts/match_names.py", *flags]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=study, env=environment or None)


def made(study, name):
    """Read a table that match_names made."""
    return tables.read(f"classes/{name}", study / f"results/classes/{ANALYSIS}/{name}.parquet")
