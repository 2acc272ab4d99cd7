"""A small invented study as the report sees it: its tables made by the library from a few made-up turns."""

import re
from pathlib import Path

import polars as pl

from verbatim import (
    corpus,
    crossing,
    grid,
    hypotheses,
    lexicon,
    saturation_study,
    segments,
    similarity,
    specificities,
    tables,
    theme_groups,
    theme_pairs,
)
from verbatim.class_description import words
from verbatim.class_description.pos import parts_of_speech
from verbatim.class_description.repeats import repeats
from verbatim.class_description.residuals import residuals
from verbatim.class_description.statistics import statistics
from verbatim.guide import Guide, Question
from verbatim.reinert.characterisation import characterise
from verbatim.reinert.classification import classify_analysis
from verbatim.report.material import Material
from verbatim.settings import fill, section
from verbatim.stability import bootstrap, gathering

PROGRAM = Path(__file__).resolve().parents[1]
TOPICS = (
    "écran caméra connexion micro réseau lien code image",
    "café salle bureau couloir porte table chaise fenêtre",
    "dossier case tableau indicateur clôture audit rapport délai",
)
GRID = """
themes:
  - id: outils
    title: Les outils
    definition: Ce que l'on fait des outils.
    themes:
      - id: connexion
        title: Première connexion
        inclusion: la première fois
        exclusion: les pannes
        example: j'ai cliqué
  - {id: absent, title: Thème dont personne ne parle}
"""
HYPOTHESES = """
hypotheses:
  - {id: distance, title: La distance, statement: La distance éloigne., for: elle éloigne, against: elle rapproche}
"""
SVG = (
    '<svg width="72pt" height="36pt" viewBox="0 0 72 36" xmlns="http://www.w3.org/2000/svg">'
    '<path d="M 0.123456 1 L 2 3"/></svg>'
)
KINDS = ("dendrogram", "profiles", "plane", "graph", "cloud")


def study(
    *,
    interviews=("E01", "E02", "E03", "E04"),
    sentences=24,
    panels=("un", "deux"),
    attributes=True,
    classes=3,
    codings=True,
    themes=True,
    declared=True,
    guide=True,
    undecided=0,
    hostile="",
    analyses=None,
):
    """Return the Material of a study; `hostile` is said in the middle of the first turn of each participant."""
    whole = _corpus(interviews, sentences, panels, attributes, hostile)
    settings = _settings(analyses or {"ensemble": {"title": "Ensemble"}}, classes)
    found = grid.themes(GRID) if themes else []
    known = hypotheses.declared(HYPOTHESES) if declared else []
    whole["themes/codings"] = _codings(whole["corpus/turns"], themes) if codings else tables.empty("themes/codings")
    whole["themes/grid"] = grid.fill(found, whole["themes/codings"], whole["corpus/turns"], whole["corpus/tokens"])
    whole["themes/hypotheses"] = hypotheses.weigh(whole["themes/codings"], [h["id"] for h in known])
    whole["corpus/gate"] = pl.DataFrame(
        {"kind": ["person"], "n_accepted": [1], "n_masked": [2], "n_replaced": [0], "n_undecided": [undecided]}
    )
    parts = {}
    for name in settings["analyses"]:
        parts |= {(table, name): frame for table, frame in _analysis(name, whole, settings).items()}
    classes = {name: parts["classes/segments", name] for name in settings["analyses"]}
    whole |= _syntheses(whole, found, settings, classes)
    guides = (Guide("g", "Guide", (Question("Q1", "Comment cela se passe-t-il ?"),)),) if guide else ()
    figures = {(name, kind): SVG for name in settings["analyses"] for kind in KINDS} | {("", "grid"): SVG}
    shelf = {(name, ""): tables.store.check(name, frame) for name, frame in whole.items()} | parts
    return Material(shelf, settings, found, known, guides, figures)


def _settings(analyses, classes):
    schema = grid.schema("config")
    values = {"study": {"title": "Étude d'essai", "date": "2022-06-30"}, "analyses": analyses}
    settings = fill(values, schema)
    settings["classes"]["number"] = classes
    settings["specificities"]["variables"] = ["panel", "interview"]
    settings["specificities"]["minimum_frequency"] = 2
    return settings


def _corpus(interviews, sentences, panels, attributes, hostile):
    turns, speakers = [], []
    for i, name in enumerate(interviews):
        panel = panels[i % len(panels)] if panels else None
        speakers += [(name, "ENQ", "interviewer", None), (name, name, "participant", panel)]
        said = [_sentence(i, k) for k in range(sentences)]
        middle = len(said) // 2
        turns += [
            (name, 1, "ENQ", "interviewer", "Q1", None, None, "Comment cela se passe-t-il ?"),
            (name, 2, name, "participant", "Q1", 0.0, 9.5, " ".join([*said[:1], hostile, *said[1 : middle + 1]])),
            (name, 3, "ENQ", "interviewer", "Q1", None, None, "Et après ?"),
            (name, 4, name, "participant", "Q1", None, None, " ".join([*said[middle + 1 :], "Voilà."])),
        ]
    columns = ("interview", "turn", "speaker", "role", "question", "start_s", "end_s", "text")
    frame = pl.DataFrame(turns, schema=columns, orient="row", infer_schema_length=None)
    frame = frame.with_columns(pl.col("start_s", "end_s").cast(pl.Float64))
    people = pl.DataFrame(
        speakers, schema=dict.fromkeys(("interview", "speaker", "role", "panel"), pl.String), orient="row"
    )
    if attributes:
        age = pl.when(pl.col("role") == "participant").then(pl.lit("35 à 49 ans"))
        people = people.with_columns(age=age, vide=pl.lit(None, dtype=pl.String))
    tokens = _tokens(frame)
    return {
        "corpus/turns": frame,
        "corpus/speakers": people,
        "corpus/tokens": tokens,
        "corpus/segments": segments.cut_turns(frame, tokens, 12),
        "corpus/interviews": corpus.describe_interviews(frame, tokens, people),
        "corpus/files": _files(interviews),
    }


def _sentence(i, k):
    words = TOPICS[(i + k) % 3].split()
    chosen = [words[(k * 3 + j * 2 + i) % len(words)] for j in range(5)]
    return f"Dans le {chosen[0]}, la {chosen[1]} et le {chosen[2]} font {chosen[3]} ou {chosen[4]}."


def _tokens(turns):
    rows = []
    for interview, turn, text in turns.select("interview", "turn", "text").iter_rows():
        for number, found in enumerate(re.finditer(r"\w+|[^\w\s]", text), 1):
            form = found[0]
            kind = ("NOUN", "active") if len(form) > 3 else ("DET", "supplementary")
            pos, status = kind if form[0].isalpha() else ("PUNCT", "ignored")
            rows.append((interview, turn, number, found.start(), found.end(), form, form.lower(), pos, status))
    columns = ("interview", "turn", "token", "start", "end", "form", "lemma", "pos", "status")
    return pl.DataFrame(rows, schema=columns, orient="row")


def _files(interviews):
    n = len(interviews)
    counts = {"n_characters": 100, "n_kept": 70, "n_interviewer": 20, "n_dropped": 10, "n_unread": 0}
    return pl.DataFrame(
        {
            "file": [f"{name}.txt" for name in interviews],
            "format": ["txt"] * n,
            "sha256": ["0" * 64] * n,
            **{name: [value] * n for name, value in counts.items()},
            "dropped": ['{"labels": 10}'] * n,
            "notes": ['["étiquettes sans deux-points"]'] * n,
        }
    )


def _codings(turns, with_grid):
    rows = []
    for interview, turn, text in (
        turns.filter(pl.col("role") == "participant").select("interview", "turn", "text").iter_rows()
    ):
        end = text.index(".") + 1
        theme = "connexion" if with_grid else "libre"
        shared = (interview, turn)
        rows += [
            (f"a-{interview}-{turn}", *shared, 0, end, text[:end], theme, "ana", "intact", "for"),
            (f"b-{interview}-{turn}", *shared, 3, end, text[3:end], theme, "bob", "moved", "against"),
        ]
    first, *_ = rows
    rows.append(("z-doubtful", first[1], first[2], 0, 4, first[5][:4], first[6], "bob", "doubtful", None))
    rows.append(("z-lost", first[1], first[2], None, None, "des mots perdus", first[6], "bob", "lost", None))
    columns = ("coding", "interview", "turn", "start", "end", "quote", "theme", "coder", "anchor", "stance")
    frame = pl.DataFrame(rows, schema=columns, orient="row", infer_schema_length=None)
    return frame.with_columns(
        origin=pl.lit("human"),
        memo=pl.lit(None, dtype=pl.String),
        set_aside=pl.lit(None, dtype=pl.String),
        hypothesis=pl.when(pl.col("stance").is_not_null()).then(pl.lit("distance")),
    )


def _analysis(name, whole, settings):
    own = whole["corpus/segments"], whole["corpus/speakers"]
    selection = (settings["analyses"][name] or {}).get("select", {})
    kept = lexicon.select(own[0], whole["corpus/turns"], own[1], selection, name)
    _, lemmas, counts = lexicon.count(name, whole["corpus/tokens"], kept, whole["corpus/turns"])
    values = section(settings, "classes", name)
    found = classify_analysis(own[0], counts, lemmas, name, "none", values)
    told = characterise(own[0], counts, lemmas, own[1], found.segments, name, values)
    graphs = similarity.graphs(
        name,
        similarity.GraphMaterial(counts, lemmas, told.profiles, found.segments, *own),
        {**section(settings, "graphs", name), "resamples": 3},
    )
    said = lexicon.said(counts, lemmas, own[0], own[1])
    spec, _ = specificities.compare(name, said, **section(settings, "specificities", name))
    touching = crossing.touched(whole["themes/codings"], own[0], whole["corpus/tokens"])
    return {
        "lexicon/lemmas": lemmas,
        "lexicon/segment_lemmas": counts,
        "lexicon/specificities": spec,
        "classes/tree": found.tree,
        "classes/segments": found.segments,
        "classes/profiles": told.profiles,
        "classes/typical_segments": told.typical,
        "classes/correspondence": told.correspondence,
        "classes/nearest": told.nearest,
        "classes/peeled": found.peeled,
        **_described(name, whole, found.segments),
        **_stability(name, own[0], counts, lemmas, values, found.segments, told.profiles),
        **{f"graphs/{kind}": getattr(graphs, kind) for kind in ("summary", "nodes", "edges", "communities")},
        **_crossed(name, touching, found.segments),
    }


def _crossed(name, touching, classes):
    crossed = crossing.cross(name, touching, classes)
    return {"themes/theme_class": crossed, "themes/traces": crossing.traces(name, touching, classes, crossed)}


def _syntheses(whole, found, settings, classes):
    below = grid.descendants(found)
    asked, _ = theme_groups.chosen([], whole["corpus/interviews"])
    groups, contrasts = theme_groups.compare(whole["themes/grid"], whole["corpus/interviews"], asked, 99)
    order = whole["corpus/interviews"]["interview"].to_list(), "listed"
    curves, stops = saturation_study.measure(whole["themes/codings"], classes, order, settings["saturation"])
    return {
        "themes/groups": groups,
        "themes/contrasts": contrasts,
        "themes/pairs": theme_pairs.pair(list(below), below, whole["themes/codings"], whole["corpus/turns"]),
        "themes/saturation": curves,
        "themes/saturation_stops": stops,
    }


def _described(name, whole, classes):
    said = words.placed(whole["corpus/tokens"], whole["corpus/turns"], whole["corpus/segments"], classes)
    return {
        "classes/statistics": statistics(name, said, classes),
        "classes/residuals": residuals(name, classes, whole["corpus/segments"], whole["corpus/speakers"], 19),
        "classes/repeats": repeats(name, said),
        "classes/pos": parts_of_speech(name, said),
    }


def _stability(name, corpus_segments, counts, lemmas, values, classes, profiles):
    plan = {"resamples": 3, "seed": 1, "chunks": 1}
    drawn = bootstrap.resample_analysis(corpus_segments, counts, lemmas, "none", values, plan, 0)
    told = vars(gathering.gather(drawn, classes, profiles, name))
    trial = {"analysis": name, "unit": "lemma", "minimum_frequency": 3, "n_segments": 9, "n_forms": 9, "n_classes": 3}
    trial |= {"n_classified": 9, "share": 1.0, "mode": "segments", "number": 3, "size": 12, "rand": None}
    trials = [trial | {"trial": 0}, trial | {"trial": 1, "rand": 1.0}, trial | {"trial": 2, "size": 20, "rand": 0.4}]
    pairs = [(0, 1, 1.0), (0, 2, 0.4), (1, 2, 0.4)]
    alike = [{"analysis": name, "trial": i, "other": j, "rand": r, "share": 1.0} for i, j, r in pairs]
    moved = [
        {"analysis": name, "accepted_class": i, "class": j, "n_segments": 4} for i, j in [(-1, 0), (1, 1), (2, -1)]
    ]
    return {
        **{f"classes/{table}": frame for table, frame in told.items()},
        "classes/trials": pl.DataFrame(trials, infer_schema_length=None),
        "classes/agreements": pl.DataFrame(alike),
        "classes/names": _names(name),
        "classes/moves": pl.DataFrame(moved),
        "classes/form_changes": pl.DataFrame(
            {
                "analysis": name,
                "class": [1],
                "change": ["gained"],
                "term": ["écran"],
                "chi2_then": None,
                "chi2_now": 9.0,
            },
            schema_overrides={"chi2_then": pl.Float64},
        ),
        "classes/counterparts": tables.empty("classes/counterparts"),
    }


def _names(name):
    rows = [("Les écrans", 1, 1, "matched", 0.9), ("Le café", 2, 2, "doubtful", 0.3), ("Rien", 4, None, "orphan", None)]
    columns = ("name", "accepted_class", "class", "status", "jaccard")
    frame = pl.DataFrame(rows, schema=columns, orient="row", infer_schema_length=None).with_row_index("position", 1)
    return frame.with_columns(
        pl.col("position").cast(pl.Int64),
        analysis=pl.lit(name),
        merged_with=pl.lit(None, dtype=pl.Int64),
        words_then=pl.lit('["écran"]'),
        words_now=pl.lit('["caméra"]'),
    )


def write(material, folder):
    """Write the tables of `material` as files; return option of write_report -> path or paths."""
    options = {"tables": [], "names": []}
    for (name, analysis), frame in material.shelf.items():
        path = folder / f"{name.replace('/', f'/{analysis}/') if analysis else name}.parquet"
        tables.write(name, frame, path)
        options["tables"].append(path)
        options["names"].append(name)
    options["figures"] = []
    for (analysis, kind), svg in material.figures.items():
        path = folder / "figures" / analysis / f"{kind}.svg"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(svg, encoding="utf-8")
        options["figures"].append(path)
    return options


def without_classes(material, analysis="ensemble"):
    """Return `material` as it is when nothing could be classified."""
    key = "classes/segments", analysis
    none = material.shelf[key].with_columns(
        pl.lit(0, dtype=pl.Int64).alias("class"),
        found=pl.lit(0, dtype=pl.Int64),
        reason=pl.lit("small_leaf"),
        node=pl.lit(0, dtype=pl.Int64),
    )
    kept = ("classes/segments", "classes/tree", "classes/peeled", "classes/candidates")
    shelf = {k: v for k, v in material.shelf.items() if not k[0].startswith("classes/") or k[0] in kept}
    shelf = {k: v for k, v in shelf.items() if k[0] != "themes/theme_class"} | {key: none}
    return Material(shelf, material.settings, material.themes, material.hypotheses, material.guides)


__all__ = ["GRID", "HYPOTHESES", "PROGRAM", "study", "without_classes", "write"]
