"""The page of the interviews: who was asked, how much they said, what became of the files."""

from __future__ import annotations

import json

import polars as pl

from verbatim.language import LEAST_KNOWN, LEAST_WORDS
from verbatim.report.located import Corpus
from verbatim.report.material import Material
from verbatim.report.wording import dropped_rule


def view(corpus: Corpus) -> dict:
    """Return the view: `interviews` (rows), those that may be `foreign`, `attributes`, `files` (accounts), totals."""
    material = corpus.material
    interviews = material.table("corpus/interviews")
    rows = [_interview(row, material) for row in interviews.iter_rows(named=True)]
    files = [_file(row) for row in material.table("corpus/files").iter_rows(named=True)]
    return {
        "interviews": rows,
        "attributes": [name for name in material.attributes if any(row["own"][name] for row in rows)],
        "with_panels": any(row["panel"] for row in rows),
        "foreign": [row for row in rows if row["is_foreign"]],
        "with_known": any(row["known_share"] is not None for row in rows),
        "n_words": int(interviews["n_words"].sum()),
        "n_turns": int(interviews["n_turns"].sum()),
        "files": files,
        "total": {name: sum(file[name] for file in files) for name in (*COUNTS, "n_characters")},
        "rules": _rules(files),
        "several_speakers": material.participants.height > interviews.height,
    }


COUNTS = ("n_kept", "n_interviewer", "n_dropped", "n_unread")


def _interview(row: dict, material: Material) -> dict:
    said = row["n_words"] + row["n_words_interviewer"]
    known = row["known_share"]
    return {
        "id": row["interview"],
        "panel": row["panel"],
        "own": {name: row.get(name) for name in material.attributes},
        "n_turns": row["n_turns"],
        "n_words": row["n_words"],
        "share": row["n_words"] / said if said else 0.0,
        "known_share": known,
        "is_foreign": known is not None and known < LEAST_KNOWN and row["n_words"] >= LEAST_WORDS,
    }


def _file(row: dict) -> dict:
    dropped = sorted(json.loads(row["dropped"]).items(), key=lambda item: (-item[1], item[0]))
    return {
        **{name: row[name] for name in ("file", "format", "n_characters", *COUNTS)},
        "dropped": [(dropped_rule(rule), n) for rule, n in dropped if n],
        "notes": json.loads(row["notes"]),
    }


def _rules(files: list[dict]) -> list[tuple[str, int]]:
    totals: dict[str, int] = {}
    for file in files:
        for rule, n in file["dropped"]:
            totals[rule] = totals.get(rule, 0) + n
    return sorted(totals.items(), key=lambda item: (-item[1], item[0]))


def panels(material: Material) -> list[dict]:
    """Return the panels: name, interviews and words of each, and its interviews with their words."""
    interviews = material.table("corpus/interviews").sort("interview")
    largest = max([*interviews["n_words"].to_list(), 1])
    found = []
    for (name,), own in interviews.group_by(pl.col("panel"), maintain_order=True):
        words = own["n_words"].to_list()
        bars = [
            {"interview": interview, "n_words": n, "width": n / largest}
            for interview, n in own.select("interview", "n_words").iter_rows()
        ]
        found.append({"name": name, "n_interviews": own.height, "n_words": sum(words), "bars": bars, "words": words})
    return sorted(found, key=lambda panel: (panel["name"] is None, panel["name"] or ""))
