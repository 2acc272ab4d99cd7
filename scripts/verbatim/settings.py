"""The settings of a study: read with line numbers, checked against the schema, completed.

The schema (workflow/schemas/config.schema.yaml) is the one declaration; this module only applies it.
"""

from __future__ import annotations

import copy
import json
import pathlib
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import yaml

from verbatim import yaml_aliases
from verbatim.problems import Problem, nearest, raise_all

Path = tuple[str | int, ...]
SCHEMA = pathlib.Path(__file__).parents[2] / "workflow/schemas/config.schema.yaml"


class _Loader(yaml.SafeLoader):
    """YAML in which a date stays the text that was written."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(text: str, schema: dict, place: str, overrides: dict | None = None) -> dict:
    """Return the settings in the YAML `text`, checked and with all defaults filled in.

    `place` is the file's name for messages; `overrides` are values given on the command line.
    Raises StudyError with one problem for each fault: line, what is wrong, what was expected, the
    nearest known key.
    """
    values, lines, problems = parse(text, place)
    if not problems:
        values = merge(values, overrides or {})
        problems = list(_faults(values, lines, schema, place))
    raise_all(problems)
    return fill(values, schema)


def defaults(name: str) -> dict:
    """Return one section of the settings as every study has it that says nothing."""
    schema = yaml.safe_load(SCHEMA.read_text(encoding="utf-8"))
    return fill({name: {}}, schema)[name]


def merge(values: Any, overrides: Any) -> Any:
    """Return `values` with `overrides` laid over them, group by group."""
    if not (isinstance(values, dict) and isinstance(overrides, dict)):
        return overrides
    return {**values, **{k: merge(values[k], v) if k in values else v for k, v in overrides.items()}}


def parse(text: str, place: str) -> tuple[Any, dict[Path, int], list[Problem]]:
    """Return the value of a YAML text, the line of each of its keys, and the faults of its syntax."""
    lines: dict[Path, int] = {(): 1}
    problems: list[Problem] = yaml_aliases.faults(text, place)
    if problems:
        return {}, lines, problems
    try:
        node = yaml.compose(text, Loader=_Loader)
        value = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        what = "ce n'est pas du YAML lisible"
        mend = "vérifiez le retrait (des espaces, pas de tabulation), les deux-points et les guillemets de cette ligne"
        return {}, lines, [Problem(f"{place}, ligne {line}", what, "clé: valeur", mend)]
    if node is not None:
        _index(node, (), lines, problems, place)
    return ({} if value is None else value), lines, problems


def _index(node: yaml.Node, path: Path, lines: dict[Path, int], problems: list[Problem], place: str) -> None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*path, key.value)
            line = key.start_mark.line + 1
            if inner in lines:
                what = f"la clé « {key.value} » est écrite deux fois (déjà ligne {lines[inner]})"
                problems.append(Problem(f"{place}, ligne {line}", what, "une seule fois", "supprimez l'une des deux"))
            lines[inner] = line
            _index(value, inner, lines, problems, place)
    elif isinstance(node, yaml.SequenceNode):
        for i, value in enumerate(node.value):
            lines[(*path, i)] = value.start_mark.line + 1
            _index(value, (*path, i), lines, problems, place)


def _faults(values: Any, lines: dict[Path, int], schema: dict, place: str) -> Iterator[Problem]:
    validator = jsonschema.Draft202012Validator(schema)
    for error in sorted(validator.iter_errors(values), key=lambda e: [str(p) for p in e.absolute_path]):
        path = tuple(error.absolute_path)
        yield from _say(error, path, lines, place)


def _say(error: jsonschema.ValidationError, path: Path, lines: dict[Path, int], place: str) -> Iterator[Problem]:
    name = ".".join(str(p) for p in path)
    where = f"{place}, ligne {_line(path, lines)}"
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        for key in [k for k in error.instance if k not in known]:
            inner = f"{place}, ligne {_line((*path, key), lines)}"
            near = nearest(str(key), known)
            mend = f"vouliez-vous « {near} » ?" if near else "supprimez cette ligne"
            full = ".".join([name, str(key)]).lstrip(".")
            yield Problem(inner, f"clé inconnue « {full} »", " | ".join(known), mend)
    elif error.validator == "required":
        for key in [k for k in error.validator_value if k not in error.instance]:
            full = ".".join([name, key]).lstrip(".")
            yield Problem(where, f"il manque la clé « {full} »", "", f"ajoutez « {key}: … »")
    else:
        near = nearest(str(error.instance), map(str, error.validator_value)) if error.validator == "enum" else None
        shown = json.dumps(error.instance, ensure_ascii=False)
        mend = f"vouliez-vous « {near} » ?" if near else ""
        yield Problem(where, f"« {name} » vaut {shown}", expected(error.schema), mend)


def _line(path: Path, lines: dict[Path, int]) -> int:
    while path not in lines:
        path = path[:-1]
    return lines[path]


TYPE_NAMES = {
    "integer": "un nombre entier",
    "number": "un nombre",
    "string": "un texte",
    "boolean": "true ou false",
    "array": "une liste",
    "object": "un groupe de clés",
    "null": "rien (null)",
}


def expected(schema: dict) -> str:
    """Say in French which values `schema` takes."""
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "anyOf" in schema:
        return " | ".join(expected(one) for one in schema["anyOf"])
    if "const" in schema:
        return str(schema["const"])
    types = schema.get("type", [])
    parts = [" ou ".join(TYPE_NAMES.get(name, "") for name in ([types] if isinstance(types, str) else types))]
    if "minimum" in schema and "maximum" in schema:
        parts.append(f"de {schema['minimum']} à {schema['maximum']}")
    elif "minimum" in schema:
        parts.append(f"d'au moins {schema['minimum']}")
    if schema.get("minLength") or schema.get("minItems") or schema.get("minProperties"):
        parts.append("non vide")
    if "pattern" in schema:
        parts.append(_pattern_in_words(schema["pattern"]))
    return " ".join(part for part in parts if part)


def _pattern_in_words(pattern: str) -> str:
    known = {
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}$": "comme 2022-06-30",
        "^#[0-9A-Fa-f]{6}$": "comme #0072B2, entre guillemets",
        "^[a-z][a-z0-9_]{1,31}$": "en minuscules sans accent ni espace",
    }
    return known.get(pattern, f"de la forme {pattern}")


def fill(values: dict, schema: dict, root: dict | None = None) -> dict:
    """Return `values` with the defaults of `schema` wherever a key is missing."""
    root = root or schema
    schema = resolve(schema, root)
    filled = copy.deepcopy(values)
    for key, inner in schema.get("properties", {}).items():
        inner = resolve(inner, root)
        if key not in filled and "default" in inner:
            filled[key] = copy.deepcopy(inner["default"])
        if isinstance(filled.get(key), dict):
            filled[key] = fill(filled[key], inner, root)
    named = schema.get("additionalProperties")
    for name in filled.keys() - schema.get("properties", {}).keys() if isinstance(named, dict) else ():
        filled[name] = _fill_below(filled[name], resolve(named, root), root)
    return filled


def _fill_below(values: Any, schema: dict, root: dict) -> Any:
    """Return `values`, what a study names itself, with defaults inside the groups that its sections give.

    A section of an analysis keeps only the keys that it sets, so that those of the whole study stand for the others; a
    group inside it, such as `graphs.compare`, is given whole.
    """
    filled = copy.deepcopy(values)
    for section_name, own in (filled or {}).items() if isinstance(filled, dict) else ():
        inner = resolve(schema.get("properties", {}).get(section_name, {}), root)
        for key, group in own.items() if isinstance(own, dict) else ():
            below = resolve(inner.get("properties", {}).get(key, {}), root)
            if isinstance(group, dict) and below.get("properties"):
                own[key] = fill(group, below, root)
    return filled


def resolve(schema: dict, root: dict) -> dict:
    """Return `schema` with its `$ref`, if any, replaced by what it points to in `root`."""
    if "$ref" not in schema:
        return schema
    target: Any = root
    for part in schema["$ref"].removeprefix("#/").split("/"):
        target = target[part]
    return {**target, **{k: v for k, v in schema.items() if k != "$ref"}}


def section(settings: dict, name: str, analysis: str | None = None) -> Any:
    """Return one section of the settings, dotted names reaching inside (`figures.cloud`).

    For an analysis, the keys that it sets itself override those of the whole study.
    """
    values: Any = settings
    for part in name.split("."):
        values = values[part]
    own = (settings["analyses"][analysis] or {}).get(name, {}) if analysis else {}
    return {**values, **own} if isinstance(values, dict) else values


def describe(schema: dict, language: str = "en") -> list[tuple[str, str, str, str]]:
    """Return (key, default, accepted values, description) for every setting of the schema."""
    return list(_describe(schema, schema, "", language))


def _describe(schema: dict, root: dict, prefix: str, language: str) -> Iterator[tuple[str, str, str, str]]:
    text = "description_fr" if language == "fr" else "description"
    for key, inner in schema.get("properties", {}).items():
        inner = resolve(inner, root)
        name = f"{prefix}{key}"
        if inner.get("properties"):
            yield from _describe(inner, root, f"{name}.", language)
            continue
        default = json.dumps(inner["default"], ensure_ascii=False) if "default" in inner else "—"
        yield name, default, re.sub(r"\s+", " ", _accepted(inner, language)), inner.get(text, "")
        if isinstance(inner.get("additionalProperties"), dict) and "properties" in inner["additionalProperties"]:
            yield from _describe(inner["additionalProperties"], root, f"{name}.NAME.", language)


def _accepted(schema: dict, language: str) -> str:
    if language == "fr" or "enum" in schema:
        return expected(schema)
    if "anyOf" in schema:
        return " | ".join(_accepted(one, language) for one in schema["anyOf"])
    if "const" in schema:
        return str(schema["const"])
    low, high = schema.get("minimum"), schema.get("maximum")
    bounds = f" {low}–{high}" if low is not None and high is not None else f" ≥ {low}" if low is not None else ""
    types = schema.get("type", "")
    return f"{types if isinstance(types, str) else ' or '.join(types)}{bounds}"
