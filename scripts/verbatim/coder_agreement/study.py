"""How far the coders of a study agree: every coefficient, theme by theme and over all, with what to beware of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from verbatim import agreement, tables
from verbatim.agreement import NOT_CODED, Coefficient
from verbatim.coder_agreement import remarks
from verbatim.coder_agreement.units import Compared, codes, made, marked_words, marks
from verbatim.grid import Theme, descendants

ALL = "*"
# Under so many interviews, drawing them whole says nothing.
FEWEST_INTERVIEWS = 5
COEFFICIENTS = ("cohen", "fleiss", "krippendorff", "gwet", "brennan_prediger", "unitised")
UNDEFINED = Coefficient(*[np.nan] * 5, 0, 0)


@dataclass(frozen=True)
class _Item:
    """A theme, or all of them: its codes (n_units, n_coders) with the interview of each row, and its continuum.

    n_words: words compared, those that a coder marks, those that all who coded their interview mark.
    """

    theme: str
    codes: np.ndarray
    interviews: np.ndarray
    tally: agreement.Tally
    interview_of_part: np.ndarray
    n_words: np.ndarray


def measure(compared: Compared, codings: pl.DataFrame, themes: Sequence[Theme], settings: Mapping) -> pl.DataFrame:
    """Return the table themes/agreement, empty when no interview was coded by two coders.

    `settings`: unit, uncoded, resamples. A theme is compared as a yes or no in each unit: does the coder see it there?
    A theme counts those below it; themes of the grid that nobody coded have a row without a value. `*` puts all themes
    that a coding bears one below the other, each with all units (a theme counting only its own codings, so that none
    counts twice); `unitised` compares the marked words of a theme as they are, and always keeps what nobody coded.
    Intervals draw interviews whole where there are 5 or more, else units, or turns for `unitised`.
    """
    if not compared.n_units:
        return tables.empty("themes/agreement")
    own = made(codings).filter(pl.col("interview").is_in(list(compared.interviews)))
    used = sorted(set(own["theme"]))
    below = descendants(themes) | {theme: [theme] for theme in used if theme not in {t.id for t in themes}}
    coded = _any(compared, own)
    kept = coded if settings["uncoded"] == "drop" else np.ones(compared.n_units, dtype=bool)
    alone = marks(compared, own, {theme: [theme] for theme in used})
    items = {theme: _item(compared, theme, marked, kept) for theme, marked in marks(compared, own, below).items()}
    whole = [items[theme] if len(below[theme]) == 1 else _item(compared, theme, alone[theme], kept) for theme in used]
    rows = [row for item in [*items.values(), _pooled(whole)] for row in _rows(item, compared, settings)]
    return pl.DataFrame(rows, schema=dict(tables.empty("themes/agreement").schema), orient="row")


def _any(compared: Compared, own: pl.DataFrame) -> np.ndarray:
    """Say for each unit whether a coder coded anything in it."""
    marked = marks(compared, own, {ALL: sorted(set(own["theme"]))})[ALL]
    return (codes(compared, marked_words(compared, marked)) == 1).any(axis=1)


def _item(compared: Compared, theme: str, marked: Mapping[str, np.ndarray], kept: np.ndarray) -> _Item:
    tally, interviews = _continuum(compared, marked)
    words = marked_words(compared, marked)
    shared = words.any(axis=1) & (words | ~compared.read[compared.interview_of_word]).all(axis=1)
    n_words = np.array([len(words), words.any(axis=1).sum(), shared.sum()])
    found = codes(compared, words)[kept]
    return _Item(theme, found, compared.interview_of_unit[kept], tally, interviews, n_words)


def _pooled(items: Sequence[_Item]) -> _Item:
    tallies = [item.tally for item in items]
    joined = agreement.Tally(*(np.concatenate(part) for part in zip(*tallies, strict=True)))
    parts = np.concatenate([item.interview_of_part for item in items])
    found = np.concatenate([item.codes for item in items])
    interviews = np.concatenate([item.interviews for item in items])
    return _Item(ALL, found, interviews, joined, parts, np.sum([item.n_words for item in items], axis=0))


def _continuum(compared: Compared, marked: Mapping[str, np.ndarray]) -> tuple[agreement.Tally, np.ndarray]:
    """Return the tally of a theme, turn by turn (no coding reaches over two), and the interview of each turn."""
    turn = compared.turn_of_word()
    begins = np.flatnonzero(np.diff(turn, prepend=-1))
    interviews = compared.interview_of_word[begins]
    units = []
    for column, coder in enumerate(compared.coders):
        for first, last in marked.get(coder, np.zeros((0, 2), dtype=np.int64)).tolist():
            part = int(turn[first])
            units.append((part, column, first - begins[part], last - begins[part], 1))
    lengths = np.diff(np.append(begins, len(turn)))
    return agreement.tally(np.array(units, dtype=np.int64), lengths, compared.read[interviews]), interviews


def _rows(item: _Item, compared: Compared, settings: Mapping) -> list[tuple]:
    facts = _facts(item, compared, settings["resamples"])
    found = _coefficients(item, facts)
    units = settings["unit"], settings["uncoded"], "unit"
    seen = item.n_words.tolist(), (facts.n_units, facts.n_seen, facts.n_shared)
    rows = []
    for name in COEFFICIENTS:
        one = found[name]
        unit, uncoded, drawn = ("word", "keep", "turn") if name == "unitised" else units
        drawn = "interview" if facts.by_interview else drawn
        value, low, high, observed, expected = (None if np.isnan(x) else float(x) for x in one[:5])
        counts = *seen[name != "unitised"], facts.n_interviews, len(facts.coders)
        remark = remarks.remark(name, found, facts)
        rows.append((item.theme, name, unit, uncoded, value, low, high, drawn, observed, expected, *counts, remark))
    return rows


def _facts(item: _Item, compared: Compared, resamples: int) -> remarks.Facts:
    sees = item.codes == 1
    seen = sees.any(axis=1)
    return remarks.Facts(
        n_units=len(sees),
        n_seen=int(seen.sum()),
        n_shared=int((seen & (sees | (item.codes == NOT_CODED)).all(axis=1)).sum()),
        n_interviews=len(compared.interviews),
        coders=tuple(compared.coders),
        seen_by=tuple(coder for coder, own in zip(compared.coders, sees.T, strict=True) if own.any()),
        by_interview=len(compared.interviews) >= FEWEST_INTERVIEWS,
        resamples=resamples,
    )


def _coefficients(item: _Item, facts: remarks.Facts) -> dict[str, Coefficient]:
    """Return each coefficient; none where nobody sees the theme, and Cohen's for two coders only."""
    if not facts.n_seen:
        return dict.fromkeys(COEFFICIENTS, UNDEFINED)
    options = {"groups": item.interviews if facts.by_interview else None, "resamples": facts.resamples}
    found = {
        "cohen": agreement.cohen_kappa(item.codes, **options) if item.codes.shape[1] == 2 else UNDEFINED,
        "fleiss": agreement.fleiss_kappa(item.codes, **options),
        "krippendorff": agreement.krippendorff_alpha(item.codes, **options),
        "gwet": agreement.gwet_ac1(item.codes, n_categories=2, **options),
        "brennan_prediger": agreement.brennan_prediger(item.codes, n_categories=2, **options),
    }
    parts = item.interview_of_part if facts.by_interview else None
    return found | {"unitised": agreement.unitised_alpha(item.tally, groups=parts, resamples=facts.resamples)}
