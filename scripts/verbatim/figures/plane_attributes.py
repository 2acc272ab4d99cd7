"""The factor plane of the attributes: classes, and who speaks in them as supplementary points."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from verbatim.figures import canvas, class_marks, labels, plane

SHAPES = ("o", "s", "^", "D", "v", "P", "X", "*", "p", "<", "h", ">")
MARKER, SIZE, SMALL = 8.0, 8.0, 6.5
MODALITY_LENGTH = 28
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
    items = _items(modalities, classes, palette)
    sheet = plane.settle(items["place"], items["boxes"], items["shifts"])
    figure, board = plane.surface(sheet, chosen, chosen.note)
    n = len(items["markers"])
    labelled = plane.Sheet(sheet.size, sheet.origin, sheet.anchors[n:], sheet.centres[n:])
    plane.leaders(board, labelled, items["boxes"][n:], items["tints"], 7.0, dots=False)
    for (x, y), (shape, hollow) in zip(sheet.anchors, items["markers"], strict=False):
        face = "#FFFFFF" if hollow else canvas.INK
        board.plot(x, y, marker=shape, ms=5.5, mfc=face, mec=canvas.INK, mew=0.8, ls="none", zorder=2)
    for (x, y), centre, bold in zip(labelled.anchors, labelled.centres, items["dotted"], strict=True):
        if bold and np.hypot(*(centre - (x, y))) > 4:
            board.plot(x, y, marker="o", ms=2.2, mew=0, color=canvas.FAINT, zorder=1)
    plane.write(board, items["texts"], labelled.centres, items["sizes"], items["tints"], items["heavy"])
    _key(board, modalities)
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
    return rows.with_columns(label=label.otherwise("value")).sort(
        pl.col("variable") == INTERVIEW, "variable", "value"
    )


def _variables(modalities: pl.DataFrame) -> list[str]:
    return modalities.filter(pl.col("variable") != INTERVIEW)["variable"].unique().sort().to_list()


def _shape(place: int) -> tuple[str, bool]:
    """Return the shape of the variable at `place` (from 0), and whether it is hollow."""
    return SHAPES[place % len(SHAPES)], place // len(SHAPES) % 2 == 1


def _items(modalities: pl.DataFrame, classes: pl.DataFrame, palette: list[str]) -> dict:
    """Return what has to be placed: markers first, so that labels leave them clear, then labels.

    Labels are those of classes, of modalities and of interviews, in this order.
    """
    variables = _variables(modalities)
    marked = modalities.filter(pl.col("variable") != INTERVIEW)
    people = modalities.filter(pl.col("variable") == INTERVIEW)
    texts = [
        *classes["label"],
        *(class_marks.lines(text, MODALITY_LENGTH) for text in marked["label"]),
        *(canvas.short(text, 16) for text in people["label"]),
    ]
    counts = [classes.height, marked.height, people.height]
    sizes = [*classes["size"], *[SIZE] * marked.height, *[SMALL] * people.height]
    boxes = class_marks.sizes(texts, sizes, "bold")
    beside = np.zeros_like(boxes)
    own = slice(counts[0], counts[0] + counts[1])
    beside[own, 0] = MARKER / 2 + 1 + boxes[own, 0] / 2
    place = [frame.select("x", "y").to_numpy() for frame in (marked, classes, marked, people)]
    return {
        "place": np.concatenate(place),
        "boxes": np.concatenate([np.full((marked.height, 2), MARKER), boxes]),
        "shifts": np.concatenate([np.zeros((marked.height, 2)), beside]),
        "markers": [_shape(variables.index(name)) for name in marked["variable"]],
        "texts": texts,
        "sizes": sizes,
        "tints": [*(canvas.ink(palette, n) for n in classes["class"]), *[canvas.INK] * counts[1], *["#7A7A7A"] * counts[2]],
        "heavy": [True] * counts[0] + [False] * (counts[1] + counts[2]),
        "dotted": [True] * counts[0] + [False] * counts[1] + [True] * counts[2],
    }


def _key(board: Axes, modalities: pl.DataFrame) -> None:
    """Draw, above the plane, the shape of each variable."""
    raise NotImplementedError(board, modalities, labels)
