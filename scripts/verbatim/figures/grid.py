"""The grid theme × interview as dots: size for words, hollow for none, nothing where nobody coded."""

from __future__ import annotations

import polars as pl
from matplotlib.figure import Figure

from verbatim.figures import canvas, labels
from verbatim.grid import Theme

CELL, LEFT, TOP = 0.36, 2.95, 0.75
CODE, LONGEST = 8, 18


def draw(grid: pl.DataFrame, interviews: pl.DataFrame, themes: list[Theme], palette: list[str]) -> Figure:
    """Return the figure: rows are the themes of the grid, columns the interviews, panel by panel."""
    if not themes or grid["n_codings"].sum() == 0:
        return canvas.message("Aucun codage pour l'instant : la grille est vide.")
    columns = interviews.select("interview", pl.col("panel").fill_null("")).sort("panel", "interview").rows()
    codes = [canvas.short_code(interview, LONGEST) for interview, _ in columns]
    longest = max(labels.width(code, CODE) for code in codes) / 72
    # codes wider than their column stand upright
    upright = longest > CELL * 0.92
    top = TOP + (longest - 0.12 if upright else 0)
    width, height = LEFT + CELL * len(columns) + 0.3, top + CELL * 0.8 * len(themes) + 0.3
    figure = canvas.new(width, height)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.axis("off")
    cells = {(row["theme"], row["interview"]): (row["n_codings"], row["share"]) for row in grid.to_dicts()}
    largest = max(share for _, share in cells.values())
    panels = sorted({panel for _, panel in columns})
    coded = set(grid.filter(pl.col("n_codings") > 0)["interview"])
    _heads(axes, columns, codes, coded, top, upright)
    for row, theme in enumerate(themes):
        y = top + CELL * 0.8 * (row + 0.5)
        style = {"weight": "bold", "fontsize": 9} if not theme.level else {"fontsize": 8.5}
        axes.text(0.12 + 0.16 * theme.level, y, canvas.short(theme.title, 44), va="center", **style)
        for column, (interview, panel) in enumerate(columns):
            x = LEFT + CELL * (column + 0.5)
            n, share = cells.get((theme.id, interview), (0, 0.0))
            tint = canvas.colour(palette, panels.index(panel) + 1)
            if n:
                axes.plot(x, y, "o", ms=3.5 + 14 * (share / largest) ** 0.5, color=tint, mew=0)
            elif interview in coded:
                axes.plot(x, y, "o", ms=3, mfc="none", mec=canvas.PALE, mew=0.8)
    return figure


def _heads(axes, columns: list[tuple[str, str]], codes: list[str], coded: set[str], top: float, upright: bool) -> None:
    last = None
    for column, ((interview, panel), code) in enumerate(zip(columns, codes, strict=True)):
        x = LEFT + CELL * (column + 0.5)
        tint = canvas.INK if interview in coded else "#A8A8A8"
        turned = {"rotation": 90, "va": "bottom"} if upright else {"va": "center"}
        axes.text(x, top - (0.05 if upright else 0.12), code, ha="center", fontsize=CODE, color=tint, **turned)
        if panel != last:
            axes.text(x - CELL * 0.4, TOP - 0.42, panel, ha="left", va="center", fontsize=9, color=canvas.FAINT)
            last = panel
