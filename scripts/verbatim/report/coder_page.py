"""The page in which a person codes in a browser: interviews, grid and what others coded, as one HTML file.

The page needs no server and asks for nothing outside; what a person codes stays in the browser until downloaded as the
table that resources/codings/<coder>/ takes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jinja2
import polars as pl
from markupsafe import Markup

from verbatim.codings import KNOWN
from verbatim.grid import Grid
from verbatim.report.passages import as_script

SCRIPTS = (
    *("coder_text.js", "coder_sheets.js", "coder_work.js", "coder_turns.js", "coder_margins.js", "coder_caret.js"),
    *("coder_selection.js", "coder_grid.js", "coder_codings.js", "coder_files.js", "coder_page.js"),
)
STYLE = "coder.css"


def page(
    frames: dict[str, pl.DataFrame], grid: Grid, hypotheses: Sequence[dict], study: dict[str, Any], templates: Path
) -> str:
    """Return the page as HTML.

    `frames`: turns, speakers, codings and gate, as corpus/turns, corpus/speakers, themes/codings and corpus/gate;
    `study`: the section of that name of the settings; `templates`: the folder of template, style and scripts.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("coder.html.j2").render(
        study=study,
        n_undecided=int(frames["gate"]["n_undecided"].sum()),
        has_grid=bool(grid.themes),
        has_turns=frames["turns"].height > 0,
        style=Markup((templates / STYLE).read_text(encoding="utf-8")),
        scripts=[Markup((templates / name).read_text(encoding="utf-8")) for name in SCRIPTS],
        data=Markup(as_script(data(frames, grid, hypotheses, study["title"]))),
    )


def data(frames: dict[str, pl.DataFrame], grid: Grid, hypotheses: Sequence[dict], title: str) -> dict:
    """Return everything that the scripts of the page read.

    `columns`: those of a coder's table; `digest`: of all texts; `interviews`: id, speakers (code,
    1 for an interviewer, panel), turns (number, speaker's place, words, seconds from the beginning or nothing);
    `themes`: id, title, level, definition, inclusion, exclusion, examples, hypotheses; `was`: old theme -> present;
    `hypotheses`: id, title, statement; `coders`, and `others`: coding, coder's place, interview's place, turn, start,
    end (characters from 0, code points), theme, memo, hypothesis, stance.
    """
    interviews = _interviews(frames["turns"], frames["speakers"])
    places = {one["id"]: i for i, one in enumerate(interviews)}
    own = frames["codings"].filter((pl.col("origin") == "human") & pl.col("start").is_not_null())
    coders = own["coder"].unique().sort().to_list()
    return {
        "columns": list(KNOWN),
        "title": title,
        "digest": _digest(frames["turns"]),
        "interviews": interviews,
        "themes": [
            [
                *(t.id, t.title, t.level, t.definition, t.inclusion, t.exclusion),
                *([*filter(None, [t.example]), *t.examples], list(t.hypotheses)),
            ]
            for t in grid.themes
        ],
        "was": {old: now for old, now in sorted(grid.current.items()) if old != now},
        "hypotheses": [[one["id"], one["title"], one["statement"]] for one in hypotheses],
        "coders": coders,
        "others": _others(own, coders, places),
    }


def _interviews(turns: pl.DataFrame, speakers: pl.DataFrame) -> list[dict]:
    panels = {(row["interview"], row["speaker"]): row["panel"] for row in speakers.iter_rows(named=True)}
    columns = ("interview", "turn", "speaker", "role", "start_s", "text")
    found: dict[str, list[tuple]] = {}
    for interview, *rest in turns.sort("interview", "turn").select(columns).iter_rows():
        found.setdefault(interview, []).append(tuple(rest))
    return [_interview(interview, rows, panels) for interview, rows in found.items()]


def _interview(interview: str, rows: list[tuple], panels: dict[tuple[str, str], str | None]) -> dict:
    places: dict[tuple[str, str], int] = {}
    told = []
    for turn, speaker, role, start_s, text in rows:
        place = places.setdefault((speaker, role), len(places))
        told.append([turn, place, text, *([] if start_s is None else [start_s])])
    return {
        "id": interview,
        "speakers": [[s, int(role == "interviewer"), panels.get((interview, s))] for s, role in places],
        "turns": told,
    }


def _others(own: pl.DataFrame, coders: list[str], places: dict[str, int]) -> list[list]:
    names = ("coding", "coder", "interview", "turn", "start", "end", "theme", "memo", "hypothesis", "stance")
    found = []
    for coding, coder, interview, *rest in own.sort("coding").select(names).iter_rows():
        if interview in places:
            found.append([coding, coders.index(coder), places[interview], *rest])
    return found


def _digest(turns: pl.DataFrame) -> str:
    rows = turns.sort("interview", "turn").select("interview", "turn", "text").iter_rows()
    return hashlib.sha256(chr(31).join(str(cell) for row in rows for cell in row).encode()).hexdigest()[:12]
