"""Theme × modality: who speaks of what, with exact intervals and tests that keep interviews whole."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from verbatim import tables
from verbatim.false_discovery import adjust
from verbatim.group_contrasts import contrasts, interval
from verbatim.problems import Problem, nearest

PANEL = "panel"
MEASURED = ("interview", "n_turns", "n_words", "n_words_interviewer", "known_share")


def chosen(variables: Sequence[str], interviews: pl.DataFrame) -> tuple[list[str], list[Problem]]:
    """Return the attributes to compare, and the faults: names that are no attribute of the study.

    None asked: the panel, where participants have one.
    """
    known = [name for name in interviews.columns if name not in MEASURED]
    asked = list(variables) or [PANEL for name in known if name == PANEL and interviews[PANEL].drop_nulls().len()]
    faults = []
    for name in asked:
        if name not in known:
            near = nearest(name, known)
            mend = f"vouliez-vous « {near} » ?" if near else "retirez-le, ou ajoutez la colonne à interviews.csv"
            what = f"themes.variables : « {name} » n'est pas un attribut des participants"
            faults.append(Problem("config.yaml", what, " | ".join(known), mend))
    return [name for name in asked if name in known], faults


def compare(
    grid: pl.DataFrame, interviews: pl.DataFrame, variables: Sequence[str], permutations: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the tables themes/groups and themes/contrasts.

    Only interviews that somebody coded count: in the others a theme is unknown, not absent. An interview bears the
    value of its participant, or the one that its participants share (as corpus/interviews says); without one, it is
    left out for this attribute. Tests are made for the themes that somebody coded, where there are two modalities.
    """
    coded = grid.filter(pl.col("n_codings") > 0)["interview"].unique()
    known = interviews.filter(pl.col("interview").is_in(coded.implode())).sort("interview")
    groups, tests = [tables.empty("themes/groups")], [tables.empty("themes/contrasts")]
    for variable in variables:
        own = known.select("interview", "n_words", modality=pl.col(variable).cast(pl.String)).drop_nulls("modality")
        if own.height:
            cells = grid.drop("share").join(own.rename({"n_words": "said"}), on="interview")
            groups.append(_groups(cells, variable))
            tests.append(_contrasts(cells, variable, permutations))
    return pl.concat(groups), pl.concat(tests)


def _groups(cells: pl.DataFrame, variable: str) -> pl.DataFrame:
    held = pl.col("n_codings") > 0
    rows = cells.group_by("theme", "modality").agg(
        pl.col("n_codings", "n_words").sum(),
        pl.col("said").sum(),
        n_holding=held.sum(),
        n_interviews=pl.len(),
    )
    low, high = interval(rows["n_holding"].to_numpy(), rows["n_interviews"].to_numpy())
    share = pl.col("n_words") / pl.max_horizontal("said", pl.lit(1))
    rows = rows.with_columns(variable=pl.lit(variable), share=share, low=pl.Series(low), high=pl.Series(high))
    return _declared("themes/groups", rows)


def _contrasts(cells: pl.DataFrame, variable: str, permutations: int) -> pl.DataFrame:
    coded = cells.filter(pl.col("n_codings") > 0)["theme"].unique()
    cells = cells.filter(pl.col("theme").is_in(coded.implode())).sort("theme", "interview")
    names, modalities = cells["theme"].unique().sort(), cells["modality"].unique().sort()
    if len(modalities) < 2 or names.is_empty():
        return tables.empty("themes/contrasts")
    n = cells.height // len(names)
    share = (cells["n_words"] / cells["said"].clip(lower_bound=1)).to_numpy().reshape(len(names), n)
    # a passage may hold no word that counts: it is there all the same
    held = (cells["n_codings"].to_numpy() > 0).reshape(len(names), n)
    amounts = np.where(held, np.maximum(share, 1e-12), 0.0)
    group = modalities.search_sorted(cells["modality"][:n]).to_numpy()
    found = contrasts(amounts, group, permutations)
    p = {name: np.array([getattr(one, name) for one in found]) for name in ("p_presence", "p_amount")}
    frame = pl.DataFrame(
        {
            "theme": names,
            "variable": [variable] * len(names),
            **p,
            **{f"{name}_adjusted": adjust(values) for name, values in p.items()},
            "n_interviews": [n] * len(names),
            "exact_presence": [one.exact_presence for one in found],
            "exact_amount": [one.exact_amount for one in found],
        }
    )
    return _declared("themes/contrasts", frame)


def _declared(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    schema = tables.empty(name).schema
    return frame.select(pl.col(column).cast(kind) for column, kind in schema.items())
