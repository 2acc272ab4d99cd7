"""The graphs that a study asks for (section `graphs` of the settings), one by one, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from verbatim.lexicon import unknown
from verbatim.problems import Problem, raise_all

PLACE = "config.yaml, graphs.drawn"
NEEDED = {"modality": ("variable", "subject"), "theme": ("subject",), "word": ("subject",), "list": ("list",)}
# Graphs of this name, one for each class, are called class_1, class_2…
CLASSES = "classes"


@dataclass(frozen=True)
class Request:
    """One graph to make: `settings` are those of the study with what the graph changes for itself."""

    graph: str
    of: str
    subject: str | None
    variable: str | None
    title: str
    settings: Mapping[str, Any]


def requests(settings: Mapping[str, Any], classes: Collection[int]) -> list[Request]:
    """Return the graphs of an analysis by name; `of: class` without subject asks for one for each of `classes`.

    Raises StudyError for a graph that lacks what it is about, and for two graphs of one name.
    """
    raise_all(_lacking(settings["drawn"]))
    found = [request for name in sorted(settings["drawn"]) for request in _of(name, settings, sorted(classes))]
    names = [request.graph for request in found]
    mend = "donnez un autre nom à l'un des deux"
    raise_all(
        [
            Problem(PLACE, f"deux graphes s'appellent « {n} »", "", mend)
            for n in sorted(set(names))
            if names.count(n) > 1
        ]
    )
    return sorted(found, key=lambda request: request.graph)


def graph_names(settings: Mapping[str, Any]) -> list[str]:
    """Return the names of the graphs that are known before the run: all but those made for each class."""
    return sorted(name for name, own in settings["drawn"].items() if own["of"] != "class" or "subject" in own)


def _lacking(drawn: Mapping[str, Mapping]) -> list[Problem]:
    return [
        Problem(f"{PLACE}.{name}", f"il manque « {key} »", "", f"un graphe « of: {own['of']} » demande « {key}: … »")
        for name, own in sorted(drawn.items())
        for key in NEEDED.get(own["of"], ())
        if key not in own
    ]


def _of(name: str, settings: Mapping[str, Any], classes: list[int]) -> list[Request]:
    own = dict(settings["drawn"][name])
    of, variable, subject = own["of"], own.get("variable"), own.get("subject")
    asked = {**settings, **own}
    if of != "class":
        subject = None if of in ("corpus", "list") else str(subject)
        return [Request(name, of, subject, variable, own.get("title") or _title(of, subject, variable), asked)]
    if subject is not None:
        return [Request(name, of, str(subject), None, own.get("title") or _title(of, str(subject), None), asked)]
    if not classes:
        return [Request(name, of, None, None, own.get("title") or "Classes", asked)]
    stem = "class" if name == CLASSES else name
    return [
        Request(f"{stem}_{k}", of, str(k), None, f"{own.get('title', '')} Classe {k}".strip(), asked) for k in classes
    ]


def _title(of: str, subject: str | None, variable: str | None) -> str:
    match of:
        case "class":
            return f"Classe {subject}"
        case "modality":
            return f"{variable} : {subject}"
        case "theme":
            return f"Thème « {subject} »"
        case "word":
            return f"Autour de « {subject} »"
        case "list":
            return "Mots choisis"
    return "Ensemble des mots"


def check(asked: list[Request], known: Mapping[str, Collection[str]], themes: Collection[str] | None = None) -> None:
    """Raise StudyError for what can never be: an attribute nobody has, a modality that nobody has, an unknown theme.

    `known`: the values of each attribute over all participants of the study; `themes`: those of the grid, None when it
    is not at hand.
    """
    problems = []
    for request in asked:
        place = f"{PLACE}.{request.graph}"
        if request.of == "modality" and request.variable not in known:
            problems.append(unknown(f"{place}.variable", "attribut inconnu", request.variable, sorted(known)))
        elif request.of == "modality" and request.subject not in known[request.variable]:
            values = sorted(known[request.variable])
            problems.append(unknown(f"{place}.subject", "valeur jamais rencontrée", request.subject, values))
        if request.of == "theme" and themes is not None and request.subject not in themes:
            problems.append(unknown(f"{place}.subject", "thème inconnu", request.subject, sorted(themes)))
        colour = request.settings["colour"]
        if colour != "class" and colour not in known:
            problems.append(unknown(f"{place}.colour", "attribut inconnu", colour, ["class", *sorted(known)]))
    raise_all(list(dict.fromkeys(problems)))
