"""The hypotheses of a study and the passages that speak for or against them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import polars as pl

from verbatim.counted_codings import COUNTED
from verbatim.grid import schema
from verbatim.problems import Problem, nearest, raise_all
from verbatim.settings import load, parse

PLACE = "resources/hypotheses.yaml"
STANCES = {
    "for": "for",
    "pour": "for",
    "against": "against",
    "contre": "against",
    "nuance": "nuance",
    "nuancé": "nuance",
}
# What stands and counts: found again, a person's, and not kept out by one.
SPAN = ("interview", "turn", "start", "end")


def declared(text: str, place: str = PLACE, themes: Collection[str] | None = None) -> list[dict]:
    """Return the hypotheses of a YAML text, in its order, each with `themes` and `indicators` (empty where none).

    Raises StudyError for all faults: of the form, an identifier or the name of an indicator given twice and, when
    `themes` (those of the grid) are given, links to others.
    """
    found = load(text, schema("hypotheses"), place)["hypotheses"]
    raise_all(list(_faults(text, place, found, themes)))
    return [
        {
            **one,
            "themes": one.get("themes", []),
            "indicators": [{**i, "stance": STANCES[i["stance"]]} for i in one.get("indicators", [])],
        }
        for one in found
    ]


def _faults(text: str, place: str, found: list[dict], themes: Collection[str] | None) -> Iterator[Problem]:
    lines = parse(text, place)[1]
    first: dict[str, int] = {}
    for n, one in enumerate(found):
        at = ("hypotheses", n)
        line = lines[(*at, "id")]
        if one["id"] in first:
            what = f"l'hypothèse « {one['id']} » est déjà à la ligne {first[one['id']]}"
            yield Problem(f"{place}, ligne {line}", what, "un identifiant par hypothèse", "renommez-en une")
        first.setdefault(one["id"], line)
        for k, theme in enumerate(one.get("themes", []) if themes is not None else []):
            if theme not in themes:
                near = nearest(theme, themes)
                mend = f"vouliez-vous « {near} » ?" if near else "retirez-le, ou ajoutez-le à la grille"
                where = f"{place}, ligne {lines[(*at, 'themes', k)]}"
                yield Problem(where, f"thème inconnu « {theme} »", " | ".join(sorted(themes)[:8]), mend)
        names = [indicator["name"] for indicator in one.get("indicators", [])]
        for k, name in enumerate(names):
            if name in names[:k]:
                where = f"{place}, ligne {lines[(*at, 'indicators', k, 'name')]}"
                what = f"deux indicateurs « {name} » dans l'hypothèse « {one['id']} »"
                yield Problem(where, what, "un nom par indicateur", "renommez-en un, ou réunissez leurs mots")


def weigh(codings: pl.DataFrame, known: list[str]) -> pl.DataFrame:
    """Return the table themes/hypotheses: the codings that bear on one of the `known` hypotheses and count.

    Left out: lost codings (what cannot be read again supports nothing), suggestions, and those that a person set
    aside. Codings of one stance that overlap in a turn are one `passage`, whoever made them: it counts once.
    """
    own = codings.filter(COUNTED & pl.col("hypothesis").is_in(known) & pl.col("stance").is_not_null())
    group = ["hypothesis", "stance", "interview", "turn"]
    reach = pl.col("end").cum_max().shift(1).over(group)
    return (
        own.sort(*group, "start", "end", "coding")
        .with_columns(new=(reach.is_null() | (pl.col("start") >= reach)).cast(pl.Int64))
        .with_columns(passage=pl.col("new").cum_sum().over("hypothesis", "stance"))
        .select("hypothesis", "stance", "coding", "passage")
    )
