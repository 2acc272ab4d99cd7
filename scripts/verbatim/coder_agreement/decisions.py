"""What people decided between two coders: which of two passages counts, and why the other is set aside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from verbatim import tables
from verbatim.class_names.reading import lines
from verbatim.coder_agreement.discordances import discordance
from verbatim.problems import Problem

PLACE = "resources/decisions/discordances.csv"
COLUMNS = (
    *("discordance", "interview", "turn", "coder", "theme", "quote", "coding"),
    *("other_coder", "other_theme", "other_quote", "other_coding", "decision", "reason", "date", "note"),
)
NEEDED = ("interview", "coding", "decision")
FIRST, SECOND, BOTH, NEITHER = FRENCH = "premier", "second", "les deux", "aucun"
RESOLUTION = dict(zip(FRENCH, ("first", "second", "both", "neither"), strict=True))
CHOICES = {**{word: word for word in FRENCH}, "1": FIRST, "2": SECOND, "deux": BOTH, "": ""}
SEPARATOR = " · "


@dataclass(frozen=True)
class Decision:
    """A line of the file: two codings (or one, that `other_coder` did not make), which of them counts, and why."""

    place: str
    interview: str
    coding: str
    other_coding: str | None
    other_coder: str
    theme: str
    quote: str
    decision: str
    reason: str

    @property
    def discordance(self) -> str:
        """Identifier of what was decided."""
        return discordance(self.coding, self.other_coding, self.other_coder)

    @property
    def codings(self) -> tuple[str, ...]:
        """Both codings, or the only one."""
        return (self.coding, self.other_coding) if self.other_coding else (self.coding,)

    @property
    def against(self) -> tuple[str, ...]:
        """Codings decided against: where only one coder coded, also when nobody is said to be right."""
        out = {FIRST: self.codings[1:], BOTH: (), NEITHER: self.codings, SECOND: self.codings[:1]}
        return out[self.decision]


def choice(where: str, cells: dict[str, str], problems: list[Problem]) -> str | None:
    """Return the decision that the cells hold ("": none yet); None, and a problem, where it is none."""
    found = CHOICES.get(cells["decision"].lower())
    if found is None:
        problems.append(Problem(where, f"« decision » vaut « {cells['decision']} »", " | ".join(FRENCH)))
    elif found == BOTH and not cells["other_coding"]:
        mend = "premier : ce passage compte ; second : il est mis de côté"
        problems.append(Problem(where, "« les deux », mais un seul a codé ce passage", "premier | second", mend))
        return None
    return found


def read(data: bytes, place: str = PLACE) -> tuple[list[Decision], list[Problem]]:
    """Return the lines of the file of decisions, and their faults."""
    problems: list[Problem] = []
    found = []
    for where, cells in lines(data, place, NEEDED, COLUMNS, problems):
        faults = [Problem(where, f"la case « {n} » est vide", "une valeur") for n in NEEDED if not cells[n]]
        if not cells["other_coding"] and not cells["other_coder"]:
            faults.append(Problem(where, "ni autre codage ni autre codeur", "other_coding, ou other_coder"))
        chosen = choice(where, cells, faults) if cells["decision"] else None
        problems += faults
        if not faults:
            about = cells["other_coding"] or None, cells["other_coder"], cells["theme"], cells["quote"]
            found.append(Decision(where, cells["interview"], cells["coding"], *about, chosen, cells["reason"]))
    return found, [*problems, *contradictions(found)]


def contradictions(decided: Sequence[Decision]) -> list[Problem]:
    """Return a fault for each discordance decided twice, and each coding that one line keeps and another sets aside."""
    problems = []
    seen: dict[str, Decision] = {}
    kept: dict[str, Decision] = {}
    aside: dict[str, Decision] = {}
    for one in decided:
        if one.discordance in seen:
            what = f"cette discordance est déjà décidée ({seen[one.discordance].place})"
            problems.append(Problem(one.place, what, "une seule décision", "gardez une seule des deux lignes"))
            continue
        seen[one.discordance] = one
        for coding in one.codings:
            own, others = (aside, kept) if coding in one.against else (kept, aside)
            if coding in others:
                does, did = ("met de côté", "garde") if own is aside else ("garde", "met de côté")
                what = f"cette ligne {does} le codage « {coding} », que {others[coding].place} {did}"
                mend = "un codage compte ou ne compte pas : accordez les deux décisions"
                problems.append(Problem(one.place, what, "", mend))
            own.setdefault(coding, one)
    return problems


def set_aside(codings: pl.DataFrame, decided: Iterable[Decision]) -> pl.DataFrame:
    """Return themes/codings with, in `set_aside`, the reason of each passage decided against.

    What is set aside already stays as it is; decisions about codings that are no more change nothing.
    """
    reasons = {coding: one.reason or f"désaccord tranché : {one.decision}" for one in decided for coding in one.against}
    own = pl.col("coding").replace_strict(reasons, default=None, return_dtype=pl.String)
    return codings.with_columns(set_aside=pl.coalesce(pl.col("set_aside").cast(pl.String), own))


def resolutions(decided: Iterable[Decision], codings: pl.DataFrame) -> pl.DataFrame:
    """Return the table themes/resolutions: every decision, those about codings that are no more too."""
    known = set(codings["coding"])
    rows = []
    for one in decided:
        missing = [coding for coding in one.codings if coding not in known]
        state = "gone" if missing else "applied"
        about = one.interview, one.coding, one.other_coding, one.theme, one.quote, RESOLUTION[one.decision]
        rows.append((one.discordance, *about, one.reason or None, state, SEPARATOR.join(missing) or None))
    return pl.DataFrame(rows, schema=dict(tables.empty("themes/resolutions").schema), orient="row")
