"""Figures inside the page: SVG made small and put in the address of an image."""

from __future__ import annotations

import re

ROUNDED = re.compile(r"-?\d+\.\d{3,}")


def slim(svg: str) -> str:
    """Return an SVG without prologue, metadata and comments, its paths rounded to two decimals."""
    svg = re.sub(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r' d="([^"]*)"', lambda found: f' d="{_path(found[1])}"', svg)
    return re.sub(r">\s+<", "><", re.sub(r"\s+", " ", svg)).strip()


def _path(commands: str) -> str:
    rounded = ROUNDED.sub(lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), commands)
    return re.sub(r"\s*([A-Za-z])\s*", r"\1", rounded.strip()).replace("\n", " ").replace(" -", "-")


def data_address(svg: str) -> str:
    """Return `svg` as an address that an image of the page can have, without any other file."""
    text = slim(svg).replace("%", "%25").replace("#", "%23").replace("'", "%27").replace('"', "'")
    return "data:image/svg+xml;charset=utf-8," + text.replace("<", "%3C").replace(">", "%3E")


def size(svg: str) -> tuple[int, int]:
    """Return width and height of an SVG in CSS pixels (0, 0 where it does not say)."""
    found = re.search(r'<svg[^>]*?width="([\d.]+)pt"[^>]*?height="([\d.]+)pt"', svg)
    return (round(float(found[1]) * 4 / 3), round(float(found[2]) * 4 / 3)) if found else (0, 0)
