"""Figures inside the page: SVG made small, packed together, and unpacked by its script."""

from __future__ import annotations

import re
from collections.abc import Mapping

from verbatim.report import packing

# The outline of a letter, which is the same in all figures.
GLYPH = re.compile(r'<path id="([A-Z][\w-]*-[0-9a-f]+)" ([^>]*)/>')
ROUNDED = re.compile(r"-?\d+\.\d{3,}")
# Names that matplotlib gives to the parts of a figure, and nothing refers to.
UNUSED = re.compile(r' id="(?:figure|axes|patch|text|line2d|matplotlib\.axis|xtick|ytick|legend)_\d+"')


def slim(svg: str) -> str:
    """Return an SVG without prologue, metadata, comments and unused names, its lengths rounded to two decimals."""
    svg = re.sub(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r' d="([^"]*)"', lambda found: f' d="{_path(found[1])}"', UNUSED.sub("", svg))
    svg = re.sub(r"translate\([^)]*\)", lambda found: _round(found[0]), svg)
    svg = re.sub(r">\s+<", "><", re.sub(r"\s+", " ", svg)).strip()
    before = None
    while before != svg:
        before, svg = svg, re.sub(r"<g>(<(?:path|use)[^>]*/>)</g>", r"\1", svg)
    return svg.replace('style="fill: ', 'style="fill:').replace(' "/>', '"/>').replace("; ", ";")


def _round(text: str) -> str:
    return ROUNDED.sub(lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), text)


def _path(commands: str) -> str:
    rounded = _round(commands)
    return re.sub(r"\s*([A-Za-z])\s*", r"\1", rounded.strip()).replace("\n", " ").replace(" -", "-")


def packed(figures: Mapping[tuple[str, str], str]) -> str:
    """Return SVG texts by (analysis, kind) as one text that the page unpacks (see `packing`).

    It has `figures`, `analysis/kind` -> SVG, and `glyphs`, name -> attributes of the outline of a letter: taken
    out of the figures, where the page puts those that each refers to, because the same letters are in all of them.
    """
    glyphs: dict[str, str] = {}

    def shared(found: re.Match) -> str:
        return "" if glyphs.setdefault(found[1], found[2]) == found[2] else found[0]

    slimmed = {f"{analysis}/{kind}": GLYPH.sub(shared, slim(svg)) for (analysis, kind), svg in sorted(figures.items())}
    return packing.packed({"figures": slimmed, "glyphs": glyphs})


def size(svg: str) -> tuple[int, int]:
    """Return width and height of an SVG in CSS pixels (0, 0 where it does not say)."""
    found = re.search(r'<svg[^>]*?width="([\d.]+)pt"[^>]*?height="([\d.]+)pt"', svg)
    return (round(float(found[1]) * 4 / 3), round(float(found[2]) * 4 / 3)) if found else (0, 0)
