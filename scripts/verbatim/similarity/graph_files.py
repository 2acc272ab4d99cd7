"""Graphs for other programs: GraphML and GEXF, the same bytes each time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

import numpy as np

GRAPHML = "http://graphml.graphdrawing.org/xmlns"
GEXF = "http://www.gexf.net/1.2draft"
VIZ = "http://www.gexf.net/1.2draft/viz"
# What XML 1.0 cannot carry, even escaped.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
TYPES = {"b": "boolean", "i": "long", "u": "long", "f": "double"}


@dataclass(frozen=True)
class Attributes:
    """Names, types (`boolean`, `long`, `double`, `string`) and written values of the attributes of nodes or edges."""

    names: list[str]
    types: list[str]
    values: list[list[str | None]]


def to_graphml(
    words: Sequence[str],
    edges: tuple[np.ndarray, np.ndarray],
    of_words: Mapping[str, Sequence],
    of_edges: Mapping[str, Sequence],
) -> bytes:
    """Return a GraphML file: an undirected graph whose nodes are called by their words.

    `words` (n,) are distinct; `edges`: sources and targets (m,), 0-based; `of_words` and `of_edges`: columns of n and
    of m values by name, each of truths, integers, numbers or texts (None and NaN are left out). Gephi takes `label`,
    `x`, `y`, `size`, `weight` and the colours `r`, `g`, `b` (0 to 255) from columns of these names; `colour` (#RRGGBB)
    is split into the three. Numbers are written so that they are read back exactly. ValueError for a word given twice
    or a column of another length.
    """
    nodes = _attributes({"label": list(words), **_channels(of_words)}, len(_distinct(words)))
    links = _attributes(of_edges, len(edges[0]))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<graphml xmlns="{GRAPHML}">']
    for kind, letter, own in (("node", "n", nodes), ("edge", "e", links)):
        for place, (name, type_) in enumerate(zip(own.names, own.types, strict=True)):
            named = f"id={quoteattr(letter + str(place))} for={quoteattr(kind)} attr.name={_quoted(name)}"
            lines.append(f"<key {named} attr.type={quoteattr(type_)}/>")
    lines.append('<graph id="G" edgedefault="undirected">')
    for place, word in enumerate(words):
        lines += [f"<node id={_quoted(word)}>", *_data("n", nodes, place), "</node>"]
    for place, (source, target) in enumerate(zip(*edges, strict=True)):
        ends = f"source={_quoted(words[int(source)])} target={_quoted(words[int(target)])}"
        lines += [f'<edge id="e{place}" {ends}>', *_data("e", links, place), "</edge>"]
    return ("\n".join([*lines, "</graph>", "</graphml>"]) + "\n").encode()


def to_gexf(
    words: Sequence[str],
    edges: tuple[np.ndarray, np.ndarray],
    of_words: Mapping[str, Sequence],
    of_edges: Mapping[str, Sequence],
) -> bytes:
    """Return a GEXF 1.2 file, without a date; arguments and errors as for `to_graphml`.

    The columns `x`, `y`, `size` and `colour` of the words are also written as Gephi's position, size and colour, and
    the column `weight` of the edges as their weight; `size` is 1 where it is not given.
    """
    nodes, links = _attributes(of_words, len(_distinct(words))), _attributes(of_edges, len(edges[0]))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<gexf xmlns="{GEXF}" xmlns:viz="{VIZ}" version="1.2">']
    lines.append('<graph defaultedgetype="undirected" mode="static">')
    for kind, own in (("node", nodes), ("edge", links)):
        lines.append(f'<attributes class="{kind}" mode="static">')
        for place, (name, type_) in enumerate(zip(own.names, own.types, strict=True)):
            lines.append(
                f"<attribute id={quoteattr(kind[0] + str(place))} title={_quoted(name)} type={quoteattr(type_)}/>"
            )
        lines.append("</attributes>")
    lines.append("<nodes>")
    for place, word in enumerate(words):
        named = f"<node id={_quoted(word)} label={_quoted(word)}>"
        lines += [named, *_attvalues("n", nodes, place), *_drawn(nodes, place), "</node>"]
    lines += ["</nodes>", "<edges>"]
    for place, (source, target) in enumerate(zip(*edges, strict=True)):
        ends = f"source={_quoted(words[int(source)])} target={_quoted(words[int(target)])}"
        weight = _value(links, "weight", place)
        heavy = "" if weight is None else f" weight={quoteattr(weight)}"
        lines += [f'<edge id="{place}" {ends}{heavy}>', *_attvalues("e", links, place), "</edge>"]
    return ("\n".join([*lines, "</edges>", "</graph>", "</gexf>"]) + "\n").encode()


def _distinct(words: Sequence[str]) -> Sequence[str]:
    if len({_writable(word) for word in words}) < len(words):
        raise ValueError("a word is given twice")
    return words


def _attributes(columns: Mapping[str, Sequence], n: int) -> Attributes:
    types, values = [], []
    for name, column in columns.items():
        if len(column) != n:
            raise ValueError(f"column {name}: {len(column)} values for {n}")
        known = [None if value is None or value != value else value for value in column]
        types.append(_type([value for value in known if value is not None]))
        values.append([None if value is None else _written(value, types[-1]) for value in known])
    return Attributes(list(columns), types, values)


def _type(values: list) -> str:
    kinds = {TYPES.get(np.asarray(value).dtype.kind, "string") for value in values}
    if kinds <= {"long", "double"} and kinds:
        return "double" if "double" in kinds else "long"
    return kinds.pop() if len(kinds) == 1 else "string"


def _written(value: object, type_: str) -> str:
    match type_:
        case "boolean":
            return "true" if value else "false"
        case "long":
            return str(int(value))
        case "double":
            return repr(float(value)).replace("inf", "INF")
    return _writable(str(value))


def _channels(columns: Mapping[str, Sequence]) -> dict[str, Sequence]:
    """Return the columns with r, g and b after the column `colour`, if there is one."""
    if "colour" not in columns:
        return dict(columns)
    parts = [(None, None, None) if colour is None else _rgb(colour) for colour in columns["colour"]]
    return {**columns, **{name: [part[place] for part in parts] for place, name in enumerate("rgb")}}


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _value(own: Attributes, name: str, place: int) -> str | None:
    return own.values[own.names.index(name)][place] if name in own.names else None


def _data(letter: str, own: Attributes, place: int) -> list[str]:
    known = [(column, values[place]) for column, values in enumerate(own.values) if values[place] is not None]
    return [f'<data key="{letter}{column}">{_text(value)}</data>' for column, value in known]


def _attvalues(letter: str, own: Attributes, place: int) -> list[str]:
    known = [(column, values[place]) for column, values in enumerate(own.values) if values[place] is not None]
    found = [f'<attvalue for="{letter}{column}" value={_quoted(value)}/>' for column, value in known]
    return ["<attvalues>", *found, "</attvalues>"] if found else []


def _drawn(own: Attributes, place: int) -> list[str]:
    x, y, size, colour = (_value(own, name, place) for name in ("x", "y", "size", "colour"))
    lines = [] if colour is None else ['<viz:color r="{}" g="{}" b="{}" a="1.0"/>'.format(*_rgb(colour))]
    if x is not None and y is not None:
        lines.append(f'<viz:position x="{x}" y="{y}" z="0.0"/>')
    return [*lines, f'<viz:size value="{size or "1.0"}"/>']


def _writable(text: str) -> str:
    return UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _quoted(text: str) -> str:
    return quoteattr(_writable(text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _text(text: str) -> str:
    return escape(_writable(text), {"\r": "&#13;"})
