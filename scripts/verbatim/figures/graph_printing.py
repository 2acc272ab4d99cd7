"""All the graphs of an analysis as files: SVG, PNG and PDF of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import matplotlib
import polars as pl
from matplotlib.figure import Figure

from verbatim.figures import canvas, graph, graph_colours

NO_DATES = {"CreationDate": None, "ModDate": None, "Creator": None, "Producer": None}


def drawn(
    summary: pl.DataFrame,
    nodes: pl.DataFrame,
    edges: pl.DataFrame,
    communities: pl.DataFrame,
    palette: list[str],
    names: Mapping[int, str],
) -> Iterator[tuple[str, Figure]]:
    """Yield name and figure of each graph of the tables of an analysis, in order of names."""
    for about in summary.sort("graph").iter_rows(named=True):
        own = (frame.filter(pl.col("graph") == about["graph"]) for frame in (nodes, edges, communities))
        modalities = graph_colours.modalities(summary, nodes, about["colour"])
        yield about["graph"], graph.draw(about, *own, palette, names, modalities)


def save(figure: Figure, folder: Path, name: str, dpi: int) -> None:
    """Write `name`.svg, .png and .pdf into `folder`; letters of the PDF are text that can be searched."""
    # printers want whole TrueType fonts, not the drawings of letters (Type 3) that are matplotlib's default
    with matplotlib.rc_context({"pdf.fonttype": 42}):
        figure.savefig(folder / f"{name}.pdf", format="pdf", metadata=NO_DATES)
    canvas.save(figure, folder / f"{name}.svg", folder / f"{name}.png", dpi)
