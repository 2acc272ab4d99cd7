"""What two groups link: the links of both, those that only one makes, and how sure their differences are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from verbatim import layout
from verbatim.figures import canvas, class_titles, graph_intervals, graph_scales, graph_sheet, labels
from verbatim.figures.graph_frame import LEADING, NOTE, TITLE, UNDER, write_lines
from verbatim.figures.graph_sheet import EDGE, Sheet
from verbatim.figures.graph_wording import plural
from verbatim.similarity import maximum_tree, ranked
from verbatim.typography import integer

COMMON, ONLY = 30, 18
FONT, HIGHEST = 8.5, 250.0
KEY, GAP, SAMPLE = 8.0, 8.0, 26.0
# What is left of a line for letters that screens draw a little wider.
ROOM = class_titles.ROOM_FOR_ONE_LINE
BOTH, FIRST, SECOND = "both", "first", "second"
# The links of the second group are broken, so that the two are told apart in grey.
DASHES = {BOTH: "-", FIRST: "-", SECOND: (0, (2.6, 1.6))}
LEVELS = {BOTH: 1, FIRST: 3, SECOND: 2}


@dataclass(frozen=True)
class Network:
    """The words (n) of the links drawn, the ends, weights and kinds (m,) of those, and the sheet of the words."""

    words: list[str]
    ends: tuple[np.ndarray, np.ndarray]
    weights: np.ndarray
    kinds: list[str]
    sheet: Sheet


def draw(comparison: pl.DataFrame, palette: list[str]) -> Figure:
    """Return the figure of the rows of graphs/comparison of an analysis.

    Above, the strongest links that both groups make, and the surest of those that only one makes; below, the surest
    differences with their intervals, each group in its column.
    """
    if comparison.is_empty():
        return canvas.message(
            "Aucun lien de deux groupes à comparer : « graphs.compare » n'est pas réglé dans config.yaml, "
            "ou un groupe a moins de deux entretiens."
        )
    tints = {BOTH: graph_scales.OTHER, FIRST: canvas.ink(palette, 1), SECOND: canvas.ink(palette, 2)}
    own = network(picked(comparison))
    columns = graph_intervals.columns(comparison, tints[FIRST], tints[SECOND])
    width = max(float(own.sheet.size[0]), graph_sheet.WIDEST + 2 * EDGE)
    room = width - 2 * EDGE
    head, foot = _head(comparison, room), labels.wrap(_note(), ROOM * room, NOTE)
    above = EDGE / 2 + sum(size * LEADING for _, size, _ in head)
    key = KEY * 2 * LEADING + GAP
    below = EDGE + key + graph_intervals.height(columns) + len(foot) * NOTE * LEADING + 2 * GAP
    figure = canvas.new(width / 72, (float(own.sheet.size[1]) + above + below) / 72)
    shift = (width - float(own.sheet.size[0])) / 2
    board = figure.add_axes((0, 0, 1, 1), xlim=(-shift, width - shift), ylim=(-below, own.sheet.size[1] + above))
    board.axis("off")
    _draw_network(board, own, tints)
    left = EDGE - shift
    write_lines(board, head, left, float(own.sheet.size[1]) + above - EDGE / 2)
    _write_key(board, comparison, own, tints, (left, room))
    graph_intervals.draw(board, columns, (left, -key - GAP, room))
    write_lines(board, [(line, NOTE, "normal") for line in foot], left, -below + EDGE + len(foot) * NOTE * LEADING)
    return figure


def picked(comparison: pl.DataFrame) -> pl.DataFrame:
    """Return the links drawn, with `kind` and `weight`: the heaviest of both groups, the surest of only one."""
    alone = ["p", "weight", "source", "target"], [False, True, False, False]
    only = [
        comparison.filter(pl.col(f"n_{other}") == 0)
        .with_columns(pl.lit(kind).alias("kind"), pl.col(f"weight_{kind}").alias("weight"))
        .sort(alone[0], descending=alone[1])
        .head(ONLY)
        for kind, other in ((FIRST, SECOND), (SECOND, FIRST))
    ]
    common = (
        comparison.filter((pl.col("n_first") > 0) & (pl.col("n_second") > 0))
        .with_columns(
            pl.lit(BOTH).alias("kind"),
            pl.max_horizontal("weight_first", "weight_second").alias("weight"),
            pl.min_horizontal("weight_first", "weight_second").alias("least"),
        )
        .sort(["least", "weight", "source", "target"], descending=[True, True, False, False])
        .head(COMMON)
        .drop("least")
    )
    return pl.concat([common, *only])


def network(links: pl.DataFrame) -> Network:
    """Return the network of the links of `picked`, laid out on its maximum tree."""
    words = pl.concat([links["source"], links["target"]]).unique().sort().to_list()
    place = {word: k for k, word in enumerate(words)}
    ends = tuple(np.array([place[word] for word in links[side]], dtype=np.int64) for side in ("source", "target"))
    source, target, *_ = ranked(*ends, links["weight"].to_numpy())
    tree = maximum_tree(source, target, len(words))
    fonts = np.full(len(words), FONT)
    centres = layout.place_boxes(source[tree], target[tree], layout.boxes(words, fonts))
    sheet = graph_sheet.lay(words, fonts, centres, HIGHEST)
    return Network(words, ends, links["weight"].to_numpy(), links["kind"].to_list(), sheet)


def _draw_network(board: Axes, own: Network, tints: dict[str, str]) -> None:
    """Draw links and words; a word all of whose links are of one group has its colour."""
    kinds: list[set[str]] = [set() for _ in own.words]
    widths = graph_scales.widths(own.weights).of(own.weights)
    for a, b, width, kind in zip(*(side.tolist() for side in own.ends), widths.tolist(), own.kinds, strict=True):
        kinds[a].add(kind)
        kinds[b].add(kind)
        style = {"solid_capstyle": "round", "dash_capstyle": "butt", "zorder": LEVELS[kind]}
        board.plot(*own.sheet.centres[[a, b]].T, color=tints[kind], lw=width, ls=DASHES[kind], **style)
    for word, (x, y), font, found in zip(own.words, own.sheet.centres, own.sheet.fonts, kinds, strict=True):
        tint = tints[next(iter(found))] if len(found) == 1 and BOTH not in found else canvas.INK
        patch = {"boxstyle": "round,pad=0.08", "fc": "#FFFFFF", "ec": "none", "lw": 0, "alpha": 0.86}
        board.text(x, y, word, fontsize=font, color=tint, ha="center", va="center", bbox=patch, zorder=4)


def groups(comparison: pl.DataFrame) -> tuple[str, str]:
    """Return the two groups."""
    return comparison.select("first", "second").row(0)


def _head(comparison: pl.DataFrame, room: float) -> list[tuple[str, float, str]]:
    first, second = groups(comparison)
    title = f"Ce que lient « {first} » et « {second} » ({comparison['variable'][0]})"
    told = [
        plural(comparison.height, "lien comparé", "liens comparés"),
        f"{integer(_count(comparison, 'n_second'))} seulement « {first} »",
        f"{integer(_count(comparison, 'n_first'))} seulement « {second} »",
        plural(
            comparison.filter((pl.col("low") > 0) | (pl.col("high") < 0)).height,
            "différence dont l'intervalle exclut 0",
            "différences dont l'intervalle exclut 0",
        ),
        plural(
            comparison.filter(pl.col("p_adjusted") < graph_intervals.LEVEL).height,
            "différence sûre après correction",
            "différences sûres après correction",
        ),
    ]
    lines = [(line, TITLE, "bold") for line in labels.wrap(title, ROOM * room, TITLE, "bold")]
    return lines + [(line, UNDER, "normal") for line in labels.wrap(" · ".join(told), ROOM * room, UNDER)]


def _count(comparison: pl.DataFrame, column: str) -> int:
    return comparison.filter(pl.col(column) == 0).height


def _note() -> str:
    return (
        f"Au-dessus : les {COMMON} liens communs les plus forts et, pour chaque groupe, les {ONLY} liens les plus sûrs "
        "parmi ceux que l'autre ne fait jamais (mot coloré : tous ses liens tracés sont d'un seul groupe). Largeur "
        "d'un trait : indice de similitude le plus fort des deux groupes. En dessous : nombres de segments de chaque "
        "groupe, différence des deux indices et son intervalle à 95 %, entretiens rééchantillonnés entiers ; chaque "
        "colonne a son échelle ; disque plein : l'intervalle exclut 0 ; * : p < 0,05 après correction (Benjamini et "
        "Hochberg) sur tous les liens comparés."
    )


def _write_key(board: Axes, comparison: pl.DataFrame, own: Network, tints: dict[str, str], place) -> None:
    """Draw the samples of the three kinds of links under the sheet, from the left over the width of `place`."""
    left, room = place
    first, second = groups(comparison)
    said = {BOTH: "les deux groupes", FIRST: f"seulement « {first} »", SECOND: f"seulement « {second} »"}
    told = [kind for kind in said if kind in own.kinds]
    free = room - len(told) * (SAMPLE + 5 + 2 * GAP)
    size = KEY * min(1.0, free / sum(labels.width(said[kind], KEY) for kind in told))
    middle = -GAP - KEY * LEADING / 2
    for kind in told:
        board.plot([left, left + SAMPLE], [middle] * 2, color=tints[kind], lw=2.6, ls=DASHES[kind])
        board.text(left + SAMPLE + 5, middle, said[kind], fontsize=size, va="center_baseline")
        left += SAMPLE + 5 + labels.width(said[kind], size) + 2 * GAP
