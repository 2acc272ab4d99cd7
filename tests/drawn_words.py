"""Invented tables of the words of an analysis, of any size, and what a figure made of them writes where."""

import numpy as np
import polars as pl
from matplotlib.backends.backend_agg import FigureCanvasAgg

from verbatim import intertextual_distance, richness, tables

PALETTE = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00"]
WORDS = ("an", "mot de passe", "désindustrialisation", "jwqp", "œuvre", "ça", "mémoire", "être", "vélo", "aujourd'hui")
LONG = "une modalité dont le nom est vraiment très long"


def frame(name, rows):
    """The table `name` with `rows`, dictionaries of some of its columns; the others are zero, empty or null."""
    empty = tables.empty(name)
    columns = {
        column: [row.get(column) for row in rows] if any(column in row for row in rows) else None
        for column in empty.columns
    }
    made = pl.DataFrame({c: v for c, v in columns.items() if v is not None}, strict=False)
    blank = {pl.String: "", pl.Int64: 0, pl.Float64: 0.0}
    rest = [pl.lit(blank[empty.schema[c]], empty.schema[c]).alias(c) for c, v in columns.items() if v is None]
    return made.with_columns(analysis=pl.lit("a")).with_columns(
        rest
    ).select([pl.col(c).cast(t) for c, t in empty.schema.items()])  # fmt: skip


def word(i):
    return f"{WORDS[i % len(WORDS)]}{i // len(WORDS) or ''}"


def modalities(k):
    """The names of `k` modalities; the second is long."""
    return [LONG if i == 1 else f"mod_{i:03d}" for i in range(k)]


def lemmas(n, seed=1):
    """lexicon/lemmas: `n` active lemmas and a supplementary one said more than all."""
    random = np.random.default_rng(seed)
    rows = [
        {"lemma": word(i), "pos": "NOUN", "n_occurrences": int(2 + 300 * random.random() ** 4), "status": "active"}
        for i in range(n)
    ]
    return frame(
        "lexicon/lemmas", [*rows, {"lemma": "le", "pos": "DET", "n_occurrences": 999, "status": "supplementary"}]
    )


def forms(n, seed=1):
    """lexicon/forms: `n` forms whose counts follow Zipf's law."""
    counts = np.maximum(500 / np.arange(1, n + 1), 1).astype(int)
    return frame(
        "lexicon/forms", [{"form": word(i), "pos": "NOUN", "n_occurrences": int(c)} for i, c in enumerate(counts)]
    )


def specificities(variables, words=40, seed=1):
    """lexicon/specificities: variable -> number of modalities; some words have two parts of speech."""
    random = np.random.default_rng(seed)
    rows = [
        {
            **{"variable": variable, "modality": modality, "lemma": word(i % (words - 5)), "f": 3, "F": 9, "t": 1234},
            **{"T": 9000, "score": float(random.normal(0, 3)), "p_adjusted": float(random.random() / 5)},
            **{"status": "active" if i % 7 else "supplementary", "pos": "NOUN" if i < words - 5 else "VERB"},
        }
        for variable, k in variables.items()
        for modality in ([str(n + 1) for n in range(k)] if variable == "class" else modalities(k))
        for i in range(words)
    ]
    return frame("lexicon/specificities", rows)


def modality_pos(variables, seed=1):
    """lexicon/modality_pos: variable -> number of modalities."""
    random = np.random.default_rng(seed)
    rows = [
        {
            **{"variable": variable, "modality": modality, "pos": pos, "F": 100, "score": float(random.normal(0, 9))},
            **{"p_adjusted": float(random.random() / 5), "per_thousand": float(random.random() * 200)},
        }
        for variable, k in variables.items()
        for modality in modalities(k)
        for pos in ("NOUN", "VERB", "SCONJ", "X")
    ]
    return frame("lexicon/modality_pos", rows)


def correspondence(variables, words=50, supplementary=8, seed=1):
    """lexicon/correspondence: variable -> number of modalities; as many axes as the largest has, nulls beyond."""
    random = np.random.default_rng(seed)
    most = max(variables.values()) - 1
    rows = []
    for variable, k in variables.items():
        kinds = [("modality", m) for m in modalities(k)] + [("active", word(i)) for i in range(words)]
        for kind, term in [*kinds, *(("supplementary", f"et{i}") for i in range(supplementary))]:
            row = {"variable": variable, "kind": kind, "term": term, "mass": 0.1}
            for axis in range(1, most + 1):
                known = axis < k
                own = kind != "supplementary"
                row |= {
                    f"coordinate_{axis}": random.normal() if known else None,
                    f"inertia_{axis}": 0.2 if known else None,
                }
                row |= {f"contribution_{axis}": random.random() if known and own else None}
                row |= {f"cos2_{axis}": random.random() if known else None}
            rows.append(row)
    return pl.DataFrame(rows, infer_schema_length=None).with_columns(analysis=pl.lit("a"))


def distances(variables, seed=1):
    """lexicon/distances: variable -> number of modalities, of random texts."""
    random = np.random.default_rng(seed)
    rows = []
    for variable, k in variables.items():
        names = sorted(modalities(k))
        found = intertextual_distance.labbe(random.poisson(2, (60, k)))
        rows += [
            {"variable": variable, "first": names[i], "second": names[j], "distance": float(found[i, j])}
            for i in range(k)
            for j in range(i + 1, k)
        ]
    return frame("lexicon/distances", rows)


def statistics(n_interviews, variables, seed=1):
    """lexicon/statistics, of which every fifth interview is too short for MATTR."""
    random = np.random.default_rng(seed)
    groups = {"all": ["all"], "interview": [f"entretien_{i:04d}" for i in range(n_interviews)]}
    rows = [
        {
            **{"variable": variable, "modality": value, "n_interviews": 3, "n_turns": 1200, "n_segments": 4000},
            **{"n_occurrences": 12345, "n_forms": 2345, "n_lemmas": 1999, "n_hapax": 1200, "n_active": 4000},
            "mattr": None if variable == "interview" and i % 5 == 4 else float(0.7 + 0.2 * random.random()),
            **{"mtld": float(random.uniform(40, 140)), "heaps_beta": 0.6, "heaps_r2": 0.99},
        }
        for variable, values in (groups | {name: modalities(k) for name, k in variables.items()}).items()
        for i, value in enumerate(values)
    ]
    return frame("lexicon/statistics", rows)


def growth(n_interviews):
    """lexicon/growth of an analysis and its interviews."""
    texts = [("all", "all", 9000), *(("interview", f"entretien_{i:04d}", 300 + i) for i in range(n_interviews))]
    rows = []
    for variable, modality, n in texts:
        words = np.random.default_rng(n).zipf(1.5, n) % 3000
        _, lengths, met = richness.growth(richness.previous(words, np.zeros(n, dtype=int)), np.zeros(n, dtype=int), 1)
        rows += [
            {"variable": variable, "modality": modality, "n_occurrences": int(a), "n_forms": int(b)}
            for a, b in zip(lengths, met, strict=True)
        ]
    return frame("lexicon/growth", rows)


def segment_lengths(longest):
    return frame("lexicon/segment_lengths", [{"length": i, "n_segments": 1 + i % 17} for i in range(5, longest, 3)])


def written(figure):
    """Every text that a figure shows, titles of axes and ticks too, with its box in dots."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    found = list(figure.texts)
    for axes in figure.axes:
        found += axes.texts
        if axes.axison:
            found += [axes.title, axes._left_title, axes._right_title, axes.xaxis.label, axes.yaxis.label]
            for axis in (axes.xaxis, axes.yaxis):
                low, high = sorted(axis.get_view_interval())
                found += [tick.label1 for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high]
    return [(text, text.get_window_extent(renderer).extents) for text in found if text.get_text().strip()]


def overlapping(figure):
    """The pairs of texts whose boxes overlap by more than a dot each way, and the texts that the figure cuts."""
    found = written(figure)
    boxes = np.array([box for _, box in found]).reshape(-1, 4)
    low, high = np.maximum(boxes[:, None, :2], boxes[None, :, :2]), np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    pairs = np.argwhere(np.triu(np.all(high - low > 1, axis=2), 1))
    width, height = figure.get_size_inches() * figure.dpi
    out = (boxes[:, :2].min(axis=1) < 0) | (boxes[:, 2] > width) | (boxes[:, 3] > height)
    told = [text.get_text() for text, _ in found]
    return [(told[i], told[j]) for i, j in pairs], [told[i] for i in np.flatnonzero(out)]


def said(figure):
    """What a figure says, in one line."""
    return " ".join(text.get_text() for text, _ in written(figure)).replace("\u00a0", " ").replace("\n", " ")
