"""The bridge between themes and lexical classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from scipy.special import erfc

from verbatim import tables
from verbatim.counted_codings import COUNTED
from verbatim.false_discovery import adjust

# what a count takes: the codings that people made and that still stand where they were made
PLACE = 2**32
SURE, FEW = 0.05, 5
ROUNDING = 1e-9
SEGMENT = ("interview", "segment")


def with_mothers(codings: pl.DataFrame, below: Mapping[str, Sequence[str]]) -> pl.DataFrame:
    """Return the codings that count, each also under the themes above its own.

    `below`: theme -> its own id and those of all themes below it; a theme that is not there stands for itself.
    """
    pairs = [(own, theme) for theme, ids in below.items() for own in ids if own != theme]
    above = pl.DataFrame(pairs, schema={"theme": pl.String, "mother": pl.String}, orient="row")
    counted = codings.filter(COUNTED)
    raised = counted.join(above, on="theme").with_columns(theme=pl.col("mother")).drop("mother")
    return pl.concat([counted, raised])


def touched(codings: pl.DataFrame, segments: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    """Return theme, interview and segment, once each, of the segments that a coding touches.

    Lost codings touch nothing.
    """
    spans = codings.filter(pl.col("anchor") != "lost").select("theme", "interview", "turn", "start", "end").unique()
    words = (
        spans.join(tokens.select("interview", "turn", "token", b="start", e="end"), on=["interview", "turn"])
        .filter((pl.col("b") < pl.col("end")) & (pl.col("e") > pl.col("start")))
        .select("theme", "interview", place=pl.col("turn") * PLACE + pl.col("token"))
        .unique()
        .sort("interview", "place")
    )
    ranges = segments.select(
        "interview",
        "segment",
        place=pl.col("first_turn") * PLACE + pl.col("first_token"),
        last=pl.col("last_turn") * PLACE + pl.col("last_token"),
    ).sort("interview", "place")
    return (
        words.join_asof(ranges, on="place", by="interview", check_sortedness=False)
        .filter(pl.col("segment").is_not_null() & (pl.col("place") <= pl.col("last")))
        .select("theme", "interview", "segment")
        .unique()
        .sort("theme", "interview", "segment")
    )


def cross(analysis: str, touching: pl.DataFrame, classes: pl.DataFrame) -> pl.DataFrame:
    """Return the table themes/theme_class: classified segments of the interviews in which a coding touches a segment.

    For each theme, the 2×2 table of one class against the rest gives the adjusted standardised residual (Haberman
    1973): (n − e)/√(e (1 − row share)(1 − column share)), φ = residual/√segments, and `p` as if segments were
    independent. `p_by_interview` is `shifted_p`; `p_adjusted` adjusts it over all cells (Benjamini and Hochberg).
    """
    coded = touching["interview"].unique()
    known = classes.filter((pl.col("class") > 0) & pl.col("interview").is_in(coded.implode()))
    known = known.select(*SEGMENT, "class").sort(SEGMENT)
    marked = touching.join(known, on=SEGMENT)
    themes, numbers = marked["theme"].unique().sort(), known["class"].unique().sort()
    if themes.is_empty():
        return tables.empty("themes/theme_class")
    marks, member, places = _arrays(known, marked, themes, numbers)
    counts = np.stack([marks[:, own] @ member[own] for own in places])
    n = counts.sum(axis=0)
    found, by_interview = shifted_p(marks, member, places)
    sizes, of_theme, total = member.sum(axis=0), marks.sum(axis=1), len(member)
    expected = of_theme[:, None] * sizes / total
    spread = np.sqrt(expected * (1 - of_theme[:, None] / total) * (1 - sizes / total))
    residual = np.where(spread > 0, (n - expected) / np.where(spread > 0, spread, 1), 0.0)
    return pl.DataFrame(
        {
            "analysis": [analysis] * n.size,
            "theme": themes.gather(np.repeat(np.arange(len(themes)), len(numbers))),
            "class": np.tile(numbers.to_numpy(), len(themes)),
            "n": n.ravel().astype(np.int64),
            "n_theme": np.repeat(of_theme, len(numbers)).astype(np.int64),
            "n_class": np.tile(sizes, len(themes)).astype(np.int64),
            "n_interviews": (counts > 0).sum(axis=0).ravel(),
            "expected": expected.ravel(),
            "residual": residual.ravel(),
            "phi": (residual / np.sqrt(total)).ravel(),
            "p": erfc(np.abs(residual.ravel()) / np.sqrt(2)),
            "expected_by_interview": found.ravel(),
            "p_by_interview": by_interview.ravel(),
            "p_adjusted": adjust(by_interview.ravel()),
        }
    )


def _arrays(known: pl.DataFrame, marked: pl.DataFrame, themes: pl.Series, numbers: pl.Series):
    """Return themes × segments and segments × classes (0 or 1), and the segments of each interview as slices."""
    rows = known.with_row_index("row")
    at = marked.join(rows.select(*SEGMENT, "row"), on=SEGMENT)
    marks = np.zeros((len(themes), known.height))
    marks[themes.search_sorted(at["theme"]).to_numpy(), at["row"].to_numpy()] = 1
    member = np.zeros((known.height, len(numbers)))
    member[np.arange(known.height), numbers.search_sorted(known["class"]).to_numpy()] = 1
    bounds = rows.group_by("interview", maintain_order=True).agg(a=pl.col("row").min(), b=pl.col("row").max() + 1)
    return marks, member, [slice(a, b) for a, b in bounds.select("a", "b").iter_rows()]


def shifted_p(marks: np.ndarray, member: np.ndarray, places: Sequence[slice]) -> tuple[np.ndarray, np.ndarray]:
    """Return what independence within interviews would give, and the two-sided p; both (n_themes, n_classes).

    `marks` (n_themes, n_segments) and `member` (n_segments, n_classes) are 0 or 1, `places` the segments of each
    interview in the order of speech. Neighbouring segments are alike, in theme and in class, and interviews differ:
    so the classes of an interview are shifted along it, in a circle, each interview by any number of segments for
    itself (the random shift of point processes: Lotwick and Silverman 1982, J. R. Stat. Soc. B 44). Runs, and what
    each interview holds of both, stay what they are. All shifts are counted, not drawn: p is the share of them that
    give a count as far from the expected one as the count found.
    """
    n_themes, n_classes = len(marks), member.shape[1]
    laws = [[np.ones(1) for _ in range(n_classes)] for _ in range(n_themes)]
    observed, expected = marks @ member, np.zeros((n_themes, n_classes))
    for own in places:
        counts = _all_shifts(marks[:, own], member[own])
        expected += counts.mean(axis=2)
        for i, j in zip(*np.nonzero(counts.any(axis=2)), strict=True):
            laws[i][j] = np.convolve(laws[i][j], np.bincount(counts[i, j]) / counts.shape[2])
    p = np.ones((n_themes, n_classes))
    for i in range(n_themes):
        for j in range(n_classes):
            away = np.abs(np.arange(len(laws[i][j])) - expected[i, j])
            p[i, j] = laws[i][j][away >= abs(observed[i, j] - expected[i, j]) - ROUNDING].sum()
    return expected, np.clip(p, 0, 1)


def _all_shifts(marks: np.ndarray, member: np.ndarray) -> np.ndarray:
    """Return the counts (n_themes, n_classes, n_shifts) of an interview for each shift of its classes."""
    m = marks.shape[1]
    themes, classes = np.fft.rfft(marks, axis=1), np.fft.rfft(member.T, axis=1)
    return np.rint(np.fft.irfft(np.conj(themes)[:, None, :] * classes[None, :, :], m, axis=2)).astype(np.int64)


def traces(analysis: str, touching: pl.DataFrame, classes: pl.DataFrame, crossed: pl.DataFrame) -> pl.DataFrame:
    """Return the table themes/traces: what of each theme shows in the classes, and of each class in the themes.

    `crossed` is what `cross` gives. A theme and a class are linked where the theme meets the class more often than
    expected both over all and within interviews, with `p_adjusted` < 0.05; `hint`: with `p_by_interview` < 0.05 only;
    under 5 segments nothing can be told.
    """
    own = classes.filter(pl.col("interview").is_in(touching["interview"].unique().implode()))
    own = own.select(*SEGMENT, "class")
    met = touching.join(own, on=SEGMENT)
    themes = met.group_by("theme").agg(n_segments=pl.len(), n_met=(pl.col("class") > 0).sum())
    by_any = met.select(*SEGMENT, touched=pl.lit(1)).unique()
    numbers = own.filter(pl.col("class") > 0).join(by_any, on=SEGMENT, how="left").group_by("class")
    sides = (
        ("theme", themes.rename({"theme": "item"}), "theme", "class"),
        ("class", numbers.agg(n_segments=pl.len(), n_met=pl.col("touched").sum()).rename({"class": "item"}), "class",
         "theme"),
    )  # fmt: skip
    parts = [_traced(kind, frame, crossed, mine, other) for kind, frame, mine, other in sides]
    return pl.concat(parts).with_columns(analysis=pl.lit(analysis))


def _traced(kind: str, frame: pl.DataFrame, crossed: pl.DataFrame, mine: str, other: str) -> pl.DataFrame:
    more = (pl.col("n") > pl.col("expected")) & (pl.col("n") > pl.col("expected_by_interview"))
    linked, hint = (more & (pl.col(name) < SURE) for name in ("p_adjusted", "p_by_interview"))
    nearest = crossed.filter(more).sort("p_by_interview", -pl.col("residual"), mine, other)
    nearest = nearest.group_by(mine, maintain_order=True).first()
    nearest = nearest.select(item=pl.col(mine).cast(pl.String), nearest=pl.col(other).cast(pl.String), p="p_adjusted")
    counts = (
        crossed.group_by(mine).agg(n_linked=linked.sum(), hints=hint.sum()).with_columns(pl.col(mine).cast(pl.String))
    )
    little = pl.col("n_segments" if kind == "class" else "n_met") < FEW
    told = pl.when(pl.col("n_linked") > 0).then(pl.lit("linked")).when(pl.col("hints") > 0).then(pl.lit("hint"))
    return (
        frame.with_columns(pl.col("item").cast(pl.String), kind=pl.lit(kind))
        .join(counts.rename({mine: "item"}), on="item", how="left")
        .join(nearest, on="item", how="left")
        .with_columns(pl.col("n_linked").fill_null(0).cast(pl.Int64), pl.col("n_segments").cast(pl.Int64))
        .with_columns(
            trace=told.when(little).then(pl.lit("few")).otherwise(pl.lit("none")), n_met=pl.col("n_met").cast(pl.Int64)
        )
        .select("kind", "item", "n_segments", "n_met", "n_linked", "nearest", p_adjusted="p", trace="trace")
    )
