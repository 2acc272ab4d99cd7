"""Themes that meet in a turn, and which of two comes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.special import bdtr

from verbatim import tables
from verbatim.crossing import with_mothers
from verbatim.false_discovery import adjust
from verbatim.grid import merge

SHIFTS = 200
TURN = ("interview", "turn")


@dataclass(frozen=True)
class Interview:
    """Where the passages of an interview stand: `ends` (n_turns,) of its participants' turns, put end to end.

    `places`: number of a theme -> the middles of its passages, on the same line, in characters.
    """

    ends: np.ndarray
    places: dict[int, np.ndarray]


def pair(
    order: Sequence[str], below: Mapping[str, Sequence[str]], codings: pl.DataFrame, turns: pl.DataFrame
) -> pl.DataFrame:
    """Return the table themes/pairs: each two coded themes of which neither stands above the other.

    `order`: the themes as the grid lists them; `below`: theme -> its own id and those of all themes below it. A theme
    counts the passages of the themes below it; passages of two coders that overlap are one. Only what participants say
    is counted. Expected numbers and `p_turns` are those of `meetings`.
    """
    raised = with_mothers(codings, below)
    raised = raised.join(turns.filter(pl.col("role") == "participant").select(TURN), on=TURN, how="semi")
    found = set(raised["theme"])
    themes = [theme for theme in order if theme in found]
    kin = {(theme, other) for theme, ids in below.items() for other in ids}
    chosen = [
        (i, j)
        for i, theme in enumerate(themes)
        for j, other in enumerate(themes)
        if i < j and (theme, other) not in kin and (other, theme) not in kin
    ]
    if not chosen:
        return tables.empty("themes/pairs")
    passages = _passages(raised, themes)
    met, overlaps, order_of = (
        meetings(_interviews(passages, turns), chosen),
        _overlaps(passages),
        _order(passages, themes),
    )
    rows = []
    for i, j in chosen:
        n_turns, n_either, expected, p = met[i, j]
        n_interviews, first, second = order_of(i, j)
        own = overlaps[i, j], n_turns, n_interviews, n_turns / n_either, expected, p
        rows.append((themes[i], themes[j], *own, first, second, order_p(first, second)))
    return _adjusted(rows)


def _adjusted(rows: list[tuple]) -> pl.DataFrame:
    names = ("theme", "other", "n_overlaps", "n_turns", "n_interviews", "jaccard", "expected_turns", "p_turns")
    frame = pl.DataFrame(rows, schema=[*names, "n_first", "n_second", "p_order"], orient="row")
    own = {f"{name}_adjusted": adjust(frame[name].to_numpy()) for name in ("p_turns", "p_order")}
    return frame.with_columns(**{name: pl.Series(values) for name, values in own.items()})


def _passages(raised: pl.DataFrame, themes: Sequence[str]) -> pl.DataFrame:
    """Return number of the theme, interview, turn, start and end of the passages of each theme."""
    parts = [
        merge(raised.filter(pl.col("theme") == theme)).with_columns(number=pl.lit(i, dtype=pl.Int64))
        for i, theme in enumerate(themes)
    ]
    return pl.concat(parts)


def _interviews(passages: pl.DataFrame, turns: pl.DataFrame) -> list[Interview]:
    said = turns.filter(pl.col("role") == "participant").select(*TURN, length=pl.col("text").str.len_chars())
    said = said.join(passages, on="interview", how="semi").filter(pl.col("length") > 0).sort(TURN)
    said = said.with_columns(to=pl.col("length").cum_sum().over("interview"))
    middle = pl.col("to") - pl.col("length") + (pl.col("start") + pl.col("end")) / 2
    at = passages.join(said, on=TURN).with_columns(middle=middle).sort("interview", "number", "middle")
    ends = {name: own["to"].to_numpy() for (name,), own in said.group_by("interview", maintain_order=True)}
    places: dict[str, dict[int, np.ndarray]] = {name: {} for name in ends}
    for (name, number), own in at.group_by("interview", "number", maintain_order=True):
        places[name][number] = own["middle"].to_numpy()
    return [Interview(ends[name], places[name]) for name in ends]


def meetings(
    interviews: Iterable[Interview], chosen: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], tuple[int, int, float, float]]:
    """Return pair -> turns that hold both, turns that hold either, how many would hold both by chance, and p.

    A passage is in the turn that holds its middle. Long turns hold more of everything, and passages of a theme come in
    runs: so the passages of one theme are shifted along their interview, in a circle, each interview for itself, by
    200 equal steps, as `crossing.shifted_p` does; half the law shifts the one theme, half the other. The law of the
    sum over interviews is computed, not drawn; p is its share that gives as many turns, or more.
    """
    laws = {key: np.ones(1) for key in chosen}
    either: Counter = Counter()
    both: Counter = Counter()
    for interview in interviews:
        shifts, row = _shifted(interview)
        own = shifts[:, 0, :]
        # turns that hold theme i as it is and theme j shifted: (j, shift, i)
        counts = np.rint(shifts @ own.T).astype(np.int64)
        sizes = own.sum(axis=1).astype(int)
        for i, j in chosen:
            held = [row[k] for k in (i, j) if k in row]
            together = counts[held[0], 0, held[1]] if len(held) == 2 else 0
            both[i, j] += int(together)
            either[i, j] += int(sizes[held].sum() - together)
            if len(held) == 2:
                drawn = np.concatenate([counts[held[0], :, held[1]], counts[held[1], :, held[0]]])
                laws[i, j] = np.convolve(laws[i, j], np.bincount(drawn) / len(drawn))
    found = {}
    for key, law in laws.items():
        expected = float(np.arange(len(law)) @ law)
        found[key] = both[key], either[key], expected, float(np.clip(law[both[key] :].sum(), 0, 1))
    return found


def _shifted(interview: Interview) -> tuple[np.ndarray, dict[int, int]]:
    """Return themes × shifts × turns (1 where it holds the theme), the first shift being none, and theme -> row."""
    row = {number: i for i, number in enumerate(sorted(interview.places))}
    length = interview.ends[-1]
    steps = np.arange(SHIFTS)[:, None] * (length / SHIFTS)
    found = np.zeros((len(row), SHIFTS, len(interview.ends)))
    for number, i in row.items():
        turns = np.searchsorted(interview.ends, (interview.places[number][None, :] + steps) % length, side="right")
        np.put_along_axis(found[i], turns, 1, axis=1)
    return found, row


def _order(passages: pl.DataFrame, themes: Sequence[str]):
    """Return a function of a pair: interviews that hold both, in which the one comes first, in which the other does."""
    names = passages["interview"].unique().sort()
    first = passages.group_by("number", "interview").agg(place=(pl.col("turn") * 2**32 + pl.col("start")).min())
    places = np.full((len(themes), len(names)), np.inf)
    places[first["number"].to_numpy(), names.search_sorted(first["interview"]).to_numpy()] = first["place"].to_numpy()

    def of(i: int, j: int) -> tuple[int, int, int]:
        shared = np.isfinite(places[i]) & np.isfinite(places[j])
        before, after = places[i] < places[j], places[i] > places[j]
        return int(shared.sum()), int((shared & before).sum()), int((shared & after).sum())

    return of


def order_p(first: int, second: int) -> float:
    """Return the two-sided p of the sign test: does one theme come before the other in more interviews?"""
    return float(min(1.0, 2 * bdtr(min(first, second), first + second, 0.5)))


def _overlaps(passages: pl.DataFrame) -> Counter:
    """Return (theme, other), numbers with theme < other -> pairs of passages that share a character."""
    meeting = passages.join(passages, on=TURN, suffix="_other").filter(
        (pl.col("number") < pl.col("number_other"))
        & (pl.col("start") < pl.col("end_other"))
        & (pl.col("start_other") < pl.col("end"))
    )
    rows = meeting.group_by("number", "number_other").len().iter_rows()
    return Counter({(i, j): n for i, j, n in rows})
