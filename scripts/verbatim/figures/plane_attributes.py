"""The factor plane of the attributes: classes, and who speaks in them as supplementary points."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from verbatim.figures import canvas, labels, plane

SHAPES = ("o", "s", "^", "D", "v", "P", "X", "*", "p", "<", "h", ">")
MARKER, SIZE, SMALL, KEY_LINE = 8.0, 8.0, 6.5, 14.0
EDGE = plane.EDGE
MODALITY = 150.0  # points
INTERVIEW = "interview"


def draw(
    correspondence: pl.DataFrame,
    palette: list[str],
    named: dict[int, str] | None = None,
    axes: Sequence[int] = (1, 2),
) -> Figure:
    """Return the plane of two `axes`: classes, and modalities of attributes, which took no part in making it.

    A shape for each variable (hollow from the thirteenth on); interviews are small and grey.
    """
    chosen = plane.choose(correspondence, axes)
    if isinstance(chosen, str):
        return canvas.message(chosen)
    modalities = _modalities(chosen)
    if modalities.is_empty():
        return canvas.message("Aucun attribut à projeter sur le plan factoriel.")
    classes = plane.class_points(chosen, named or {})
    variables = _variables(modalities)
    items = _items(modalities, classes, palette)
    sheet = plane.settle(items["place"], items["boxes"], items["shifts"])
    key = _key(modalities, sheet.size[0])
    figure, board = plane.surface(sheet, chosen, chosen.note, KEY_LINE * (1 + max(line for *_, line in key)) + 8)
    n = items["n_markers"]
    boxes, tints = items["boxes"][n:], items["tints"]
    labelled = sheet.part(slice(n, None))
    for chosen_part, beside in ((slice(0, classes.height), False), (items["beside"], True), (items["people"], False)):
        own = labelled.part(chosen_part)
        plane.leaders(board, own, boxes[chosen_part], tints[chosen_part], 7.0 if beside else 0.0, dots=not beside)
    for (x, y), name in zip(sheet.anchors[:n], items["variables"], strict=True):
        _mark(board, x, y, variables.index(name))
    plane.write(board, items["texts"], labelled.centres, items["sizes"], tints, items["heavy"])
    for name, left, line in key:
        y = sheet.size[1] + 8 + KEY_LINE * (max(row for *_, row in key) - line)
        if name != INTERVIEW:
            _mark(board, left, y, variables.index(name))
        board.text(left + 8, y, _told(name), fontsize=SIZE, va="center_baseline", color=canvas.FAINT)
    return figure


def _modalities(chosen: plane.Plane) -> pl.DataFrame:
    """Return the attributes' modalities: variable, value, label, x, y; interviews last.

    A value that two variables have is told with its variable.
    """
    parts = pl.col("term").str.splitn("=", 2)
    rows = chosen.points.filter(kind="attribute").select(
        parts.struct.field("field_0").alias("variable"), parts.struct.field("field_1").alias("value"), "x", "y"
    )
    shared = (pl.col("variable").n_unique().over("value") > 1) & (pl.col("variable") != INTERVIEW)
    label = pl.when(shared).then(pl.format("{} : {}", pl.col("variable").str.replace_all("_", " "), "value"))
    return rows.with_columns(label=label.otherwise("value")).sort(pl.col("variable") == INTERVIEW, "variable", "value")


def _variables(modalities: pl.DataFrame) -> list[str]:
    return modalities.filter(pl.col("variable") != INTERVIEW)["variable"].unique().sort().to_list()


def _told(variable: str) -> str:
    return "(codes gris : entretiens)" if variable == INTERVIEW else variable.replace("_", " ")


def _mark(board: Axes, x: float, y: float, place: int) -> None:
    """Draw the shape of the variable at `place` (from 0)."""
    face = "#FFFFFF" if place // len(SHAPES) % 2 else canvas.INK
    board.plot(x, y, marker=SHAPES[place % len(SHAPES)], ms=5.5, mfc=face, mec=canvas.INK, mew=0.8, ls="none", zorder=2)


def _items(modalities: pl.DataFrame, classes: pl.DataFrame, palette: list[str]) -> dict:
    """Return what has to be placed: the markers of modalities first, so that labels leave them clear, then labels.

    Labels are those of classes, of modalities (`beside` their markers) and of interviews (`people`).
    """
    marked = modalities.filter(pl.col("variable") != INTERVIEW)
    people = modalities.filter(pl.col("variable") == INTERVIEW)
    own = ["\n".join(labels.wrap(text, MODALITY, SIZE)) for text in marked["label"]]
    texts = [*classes["label"], *own, *(canvas.short(text, 16) for text in people["label"])]
    sizes = [*classes["size"], *[SIZE] * marked.height, *[SMALL] * people.height]
    boxes = labels.sizes(texts, sizes, "bold")
    beside = slice(classes.height, classes.height + marked.height)
    shifts = np.zeros_like(boxes)
    # labels go outwards, where there is more room than between the points
    outwards = np.where(marked["x"].to_numpy() < marked["x"].median(), -1, 1) if marked.height else 1
    shifts[beside, 0] = outwards * (MARKER / 2 + 1 + boxes[beside, 0] / 2)
    places = [frame.select("x", "y").to_numpy() for frame in (marked, classes, marked, people)]
    greys = [canvas.INK] * marked.height + ["#757575"] * people.height
    return {
        "place": np.concatenate(places),
        "boxes": np.concatenate([np.full((marked.height, 2), MARKER), boxes]),
        "shifts": np.concatenate([np.zeros((marked.height, 2)), shifts]),
        "n_markers": marked.height,
        "variables": marked["variable"].to_list(),
        "beside": beside,
        "people": slice(beside.stop, None),
        "texts": texts,
        "sizes": sizes,
        "tints": [*(canvas.ink(palette, n) for n in classes["class"]), *greys],
        "heavy": [True] * classes.height + [False] * len(greys),
    }


def _key(modalities: pl.DataFrame, width: float) -> list[tuple[str, float, int]]:
    """Return, for each variable in the order of its shape, how far from the left and on which line it is told."""
    key, left, line = [], EDGE, 0
    people = [INTERVIEW] if INTERVIEW in modalities["variable"] else []
    for name in [*_variables(modalities), *people]:
        extent = float(labels.sizes([_told(name)], [SIZE])[0, 0])
        if left > EDGE and left + 8 + extent > width - EDGE:
            left, line = EDGE, line + 1
        key.append((name, left, line))
        left += 8 + extent + 18
    return key
