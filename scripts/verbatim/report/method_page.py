"""The page of the method: what was done, with which settings and versions, how much is left at each step."""

from __future__ import annotations

import json
import platform
from importlib.metadata import PackageNotFoundError, version

import polars as pl

from verbatim.grid import schema
from verbatim.provenance import PACKAGES
from verbatim.reinert.incidence import active_forms
from verbatim.report.located import Corpus
from verbatim.report.wording import POS, identifier_kind
from verbatim.settings import describe, section


def view(corpus: Corpus) -> dict:
    """Return what does not depend on the analysis: `gate`, `settings`, `versions`, `date`, guides."""
    material = corpus.material
    study = material.settings["study"]
    return {
        "study": study,
        "gate": [
            {**row, "kind": identifier_kind(row["kind"])}
            for row in material.table("corpus/gate").sort("kind").iter_rows(named=True)
        ],
        "mode": material.settings["privacy"]["mode"],
        "settings": _settings(material.settings),
        "versions": _versions(),
        "python": ".".join(platform.python_version_tuple()[:2]),
        "guides": material.guides,
        "segments": material.settings["segments"],
        "active_pos": [POS.get(pos, pos) for pos in material.settings["words"]["active_pos"]],
        "iramuteq": material.settings["compatibility"] == "iramuteq",
    }


def steps(corpus: Corpus, analysis: str) -> dict:
    """Return the counts of an analysis from characters to classified segments, and its settings."""
    material = corpus.material
    files, turns = material.table("corpus/files"), material.table("corpus/turns")
    segments = material.table("classes/segments", analysis)
    lemmas = material.table("lexicon/lemmas", analysis)
    classes = section(material.settings, "classes", analysis)
    return {
        "n_characters": int(files["n_characters"].sum()),
        "n_kept": int(files["n_kept"].sum()),
        "n_files": files.height,
        "n_turns": turns.height,
        "n_participant_turns": turns.filter(pl.col("role") == "participant").height,
        "n_words": int(material.table("corpus/interviews")["n_words"].sum()),
        "n_segments": material.table("corpus/segments").height,
        "n_chosen": segments.height,
        "n_interviews": segments["interview"].n_unique(),
        "n_occurrences": int(lemmas["n_occurrences"].sum()),
        "n_lemmas": lemmas.height,
        "n_active_kept": len(active_forms(lemmas, classes["minimum_frequency"], classes["max_forms"])),
        "n_classified": segments.filter(pl.col("class") > 0).height,
        "n_classes": len(material.numbers(analysis)),
        "select": (material.settings["analyses"][analysis] or {}).get("select", {}),
        "classes": classes,
        "specificities": section(material.settings, "specificities", analysis),
        "graphs": section(material.settings, "graphs", analysis),
    }


def _settings(settings: dict) -> list[dict]:
    """Return every setting: key, value, and what it does."""
    rows = []
    for key, default, _, text in describe(schema("config"), "fr"):
        if "NAME" in key or key == "analyses":
            continue
        group = key.rpartition(".")[0]
        if group and section(settings, group) is None:
            continue
        value = section(settings, key)
        changed = default != "—" and json.loads(default) != value
        written = json.dumps(value, ensure_ascii=False, sort_keys=True)
        rows.append({"key": key, "value": written, "text": text, "changed": changed})
    for name, own in settings["analyses"].items():
        value = json.dumps(own or {}, ensure_ascii=False, sort_keys=True)
        rows.append({"key": f"analyses.{name}", "value": value, "text": "", "changed": False})
    return rows


def _versions() -> list[tuple[str, str]]:
    found = []
    for name in PACKAGES:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            continue
    return found
