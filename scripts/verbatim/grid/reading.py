"""The grid as its YAML file holds it, read with the faults of each line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from verbatim import settings, yaml_aliases
from verbatim.grid.following import Grid, circle, nearest_mother, successors
from verbatim.grid.model import Pattern, Split, Theme, schema
from verbatim.problems import Problem, nearest, raise_all

PLACE = "resources/grid.yaml"
LISTS = ("cues", "examples", "hypotheses", "was")


def themes(text: str, place: str = PLACE) -> list[Theme]:
    """Return the themes of the grid in `text`, mothers before daughters, in the order of the file.

    Raises StudyError for all faults, as `read` does.
    """
    return list(read(text, place).themes)


def read(text: str, place: str = PLACE) -> Grid:
    """Return the grid in `text`.

    Raises StudyError for all faults, each with its line: unknown keys, missing titles, an id given twice or both in
    the grid and gone, two themes that take the place of one, changes in a circle, unknown parts of a split, parts
    without a common mother and without `until`, aliases that nest a theme in itself or repeat it without end.
    """
    raise_all(yaml_aliases.faults(text, place))
    values = settings.load(text, schema("grid"), place)
    lines = settings.parse(text, place)[1]
    found = list(_flatten(values["themes"], ("themes",), "", 0, lines, place))
    splits = [
        Split(own["theme"], tuple(own["into"]), own.get("until", ""), _where(("split", i), lines, place))
        for i, own in enumerate(values["split"])
    ]
    raise_all([*_twice(found, place), *_succession(found, splits), *_unknown_parts(found, splits)])
    grid = Grid(tuple(found), tuple(splits))
    raise_all(list(_motherless(grid)))
    return grid


def misnamed_hypotheses(found: Sequence[Theme], known: Collection[str]) -> list[Problem]:
    """Return the faults of themes that bear on a hypothesis which is not one of `known`."""
    expected = " | ".join(sorted(known)[:8]) or "aucune hypothèse n'est déclarée (resources/hypotheses.yaml)"
    return [
        Problem(theme.place, f"le thème « {theme.id} » porte sur « {name} », inconnue", expected, _near(name, known))
        for theme in found
        for name in theme.hypotheses
        if name not in known
    ]


def _near(word: str, known: Collection[str]) -> str:
    near = nearest(word, known)
    return f"vouliez-vous « {near} » ?" if near else ""


def _flatten(nodes: list[dict], path: tuple, parent: str, level: int, lines: dict, place: str) -> Iterator[Theme]:
    for i, node in enumerate(nodes):
        at = (*path, i)
        own = {k: v for k, v in node.items() if k not in ("themes", "patterns", *LISTS)}
        many = {name: tuple(node.get(name, ())) for name in LISTS}
        patterns = tuple(
            Pattern(
                *next((kind, tuple(parts)) for kind, parts in one.items()), _where((*at, "patterns", k), lines, place)
            )
            for k, one in enumerate(node.get("patterns", ()))
        )
        where = _where((*at, "id"), lines, place)
        yield Theme(**own, **many, patterns=patterns, parent=parent, level=level, place=where)
        yield from _flatten(node.get("themes", []), (*at, "themes"), node["id"], level + 1, lines, place)


def _where(path: tuple, lines: dict, place: str) -> str:
    while path not in lines:
        path = path[:-1]
    return f"{place}, ligne {lines[path]}"


def _lines(places: Sequence[str]) -> str:
    """Return « grid.yaml, lignes 5 et 7 » for places of one file."""
    numbers = [where.rpartition(" ")[2] for where in places]
    return f"{places[0].rpartition(',')[0]}, lignes {' et '.join(numbers)}"


def _twice(found: list[Theme], place: str) -> Iterator[Problem]:
    places: dict[str, list[str]] = {}
    for theme in found:
        places.setdefault(theme.id, []).append(theme.place)
    for theme, own in places.items():
        if len(own) > 1:
            what = f"l'identifiant « {theme} » sert deux fois"
            yield Problem(_lines(own), what, "un identifiant par thème", "renommez-en un")


def _succession(found: list[Theme], splits: list[Split]) -> Iterator[Problem]:
    """Yield the faults of what is said of old themes: in a circle, still there, claimed twice."""
    places = {theme.id: theme.place for theme in found}
    round_trip = circle(successors(found, splits))
    claims: dict[str, list[str]] = {}
    for old, where in [*((o, t.place) for t in found for o in t.was), *((s.theme, s.place) for s in splits)]:
        claims.setdefault(old, []).append(where)
    if round_trip:
        what = f"des thèmes qui se remplacent en rond : {' → '.join(round_trip)}"
        mend = "retirez de « was » ou de « split » le thème qui est encore là"
        yield Problem(claims[round_trip[0]][0], what, "des identifiants qui ne servent plus", mend)
    for old, where in claims.items():
        if len(where) > 1:
            what = f"l'ancien thème « {old} » est réclamé deux fois"
            mend = "s'il s'est partagé entre plusieurs thèmes, écrivez-le dans « split » seulement"
            yield Problem(_lines(where), what, "un seul thème qui le remplace", mend)
        if old in places and old not in round_trip:
            what = (
                f"« {old} » est à la fois un thème de la grille (ligne {places[old].rpartition(' ')[2]}) et un ancien"
            )
            mend = "retirez-le de « was » ou de « split », ou donnez un nouvel identifiant au thème qui reste"
            yield Problem(where[0], what, "un identifiant qui ne sert plus", mend)


def _unknown_parts(found: list[Theme], splits: list[Split]) -> Iterator[Problem]:
    known = {theme.id for theme in found} | successors(found, splits).keys()
    for split in splits:
        for name in (*split.into, *filter(None, [split.until])):
            if name not in known:
                what = f"le thème « {split.theme} » se partage vers « {name} », inconnu"
                yield Problem(split.place, what, " | ".join(sorted(known)[:8]), _near(name, known))


def _motherless(grid: Grid) -> Iterator[Problem]:
    """Yield a fault for each split theme whose codings nothing can count until a person has dealt them."""
    mother = {theme.id for theme in grid.themes}
    for split in grid.splits:
        parts = grid.parts[split.theme]
        if not split.until and not nearest_mother(grid.themes, parts):
            what = f"les parts de « {split.theme} » ({', '.join(parts)}) n'ont pas de thème au-dessus d'elles toutes"
            expected = "until: le thème sous lequel compter ses codages en attendant"
            yield Problem(split.place, what, expected, f"ajoutez « until: {parts[0]} », par exemple")
        elif split.until and split.until not in mother and split.until in grid.parts:
            what = f"« until: {split.until} » est un thème partagé, lui aussi"
            yield Problem(split.place, what, "un thème de la grille", f"écrivez « until: {parts[0]} », par exemple")
