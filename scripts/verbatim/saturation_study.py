"""Saturation of a study: the themes that somebody coded, and the lexical classes of each analysis."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from verbatim import saturation, tables
from verbatim.counted_codings import COUNTED

THEME = "theme"
DATES = ("date", "date_entretien", "interview_date")
ISO, FRENCH = re.compile(r"(\d{4})-(\d{2})-(\d{2})"), re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


def ordered(interviews: pl.DataFrame, listed: Sequence[str]) -> tuple[list[str], str]:
    """Return the interviews of corpus/interviews in the order in which they were made, and how that is known.

    By the attribute `date` (or `date_entretien`, `interview_date`) where every interview has one, written 2021-03-08
    or 08/03/2021 (`date`); else as `listed`, the rows of interviews.csv, give them (`listed`).
    """
    names = interviews["interview"].to_list()
    rank = {name: i for i, name in reversed(list(enumerate(listed)))}
    names.sort(key=lambda name: (rank.get(name, len(rank)), name))
    for column in (name for name in DATES if name in interviews.columns):
        dates = dict(interviews.select("interview", column).iter_rows())
        days = {name: _day(dates[name]) for name in names}
        if all(days.values()):
            return sorted(names, key=lambda name: days[name]), "date"
    return names, "listed"


def _day(text: str | None) -> tuple[int, ...] | None:
    if found := ISO.fullmatch((text or "").strip()):
        return tuple(map(int, found.groups()))
    if found := FRENCH.fullmatch((text or "").strip()):
        return tuple(map(int, reversed(found.groups())))
    return None


def measure(
    codings: pl.DataFrame,
    classes: Mapping[str, pl.DataFrame],
    order: tuple[Sequence[str], str],
    settings: Mapping,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the tables themes/saturation and themes/saturation_stops.

    A theme is one that bears codings of its own (what is coded under a theme below it counts there), in the interviews
    that somebody coded. An interview holds a class of `classes` (analysis -> classes/segments) when it has at least
    `least_segments` segments of it; the interviews are those of the analysis. `order` is what `ordered` gives;
    `settings` are the study's for saturation.
    """
    counted = codings.filter(COUNTED)
    coded = set(counted["interview"])
    studied = {THEME: (counted.select("interview", item=THEME).unique(), coded)}
    for name, frame in sorted(classes.items()):
        held = frame.filter(pl.col("class") > 0).group_by("interview", item="class").len()
        held = held.filter(pl.col("len") >= settings["least_segments"]).select("interview", "item")
        studied[name] = held, set(frame["interview"])
    curves, stops = [tables.empty("themes/saturation")], [tables.empty("themes/saturation_stops")]
    for kind, (held, among) in studied.items():
        interviews = [name for name in order[0] if name in among]
        presence = _presence(held, interviews)
        if not presence.size:
            continue
        drawn = saturation.orders(presence, settings["resamples"])
        curves.append(_curve(kind, presence, drawn, interviews, order[1]))
        stops.append(_stops(kind, curves[-1]["new"].to_numpy(), drawn, settings))
    return pl.concat(curves), pl.concat(stops)


def _presence(held: pl.DataFrame, interviews: Sequence[str]) -> np.ndarray:
    items, place = held["item"].unique().sort(), {name: i for i, name in enumerate(interviews)}
    found = np.zeros((len(items), len(interviews)), dtype=bool)
    columns = [place[name] for name in held["interview"]]
    found[items.search_sorted(held["item"]).to_numpy(), columns] = True
    return found


def _curve(kind: str, presence: np.ndarray, drawn: np.ndarray, interviews: list[str], by: str) -> pl.DataFrame:
    found = saturation.curve(presence, drawn)
    n = len(interviews)
    once = presence.sum(axis=1) == 1
    return pl.DataFrame(
        {
            "kind": [kind] * n,
            "position": np.arange(1, n + 1),
            "interview": interviews,
            "ordered_by": [by] * n,
            "new": found.new,
            "alone": presence[once].sum(axis=0),
            "cumulative": found.cumulative,
            "mean": found.mean,
            "low": found.low,
            "high": found.high,
        }
    )


def _stops(kind: str, new: np.ndarray, drawn: np.ndarray, settings: Mapping) -> pl.DataFrame:
    rows = []
    for base in settings["base"]:
        for run in settings["run"]:
            for threshold in settings["threshold"]:
                own = saturation.stop(new, base, run, threshold)
                places = saturation.reached_by(drawn, base, run, threshold)
                reached = places[~np.isnan(places)]
                share = len(reached) / len(places) if len(new) >= base + run else None
                median = float(np.median(reached)) if len(reached) else None
                rows.append((kind, base, run, threshold, len(new), own.base_items, own.position, share, median))
    return pl.DataFrame(rows, schema=dict(tables.empty("themes/saturation_stops").schema), orient="row")
