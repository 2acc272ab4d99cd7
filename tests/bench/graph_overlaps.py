"""Draw the graph of 30, 70, 150 and 300 words of real studies, and count what a figure must not have.

`python tests/bench/graph_overlaps.py FOLDER ANALYSIS [FOLDER ANALYSIS ...] [--png OUT]`: each FOLDER is that of a study
that was run; settings are the defaults, but for the number of words and the minimum frequency. One line for each graph:
its links, width and height of the figure in millimetres, smallest label in points, pairs of texts whose boxes overlap,
texts that leave the figure, words in a halo that is not theirs or out of their own, links of the tree that cross. The
boxes are those that matplotlib gives of each text drawn; title and legend count too. With --png, the figures are also
written into the folder OUT, in colour and in grey. Nothing here is a test.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import polars as pl
import yaml
from PIL import Image

PROGRAM = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(PROGRAM / "scripts"), str(PROGRAM / "tests")]

from drawn_graphs import counted  # noqa: E402
from verbatim import layout, similarity, tables  # noqa: E402
from verbatim.figures import canvas, graph, graph_colours  # noqa: E402
from verbatim.settings import fill  # noqa: E402

SCHEMA = yaml.safe_load((PROGRAM / "workflow/schemas/config.schema.yaml").read_text(encoding="utf-8"))
SIZES = (30, 70, 150, 300)
COLUMNS = ("étude", "mots", "liens", "largeur", "hauteur", "plus petit", "recouvrements", "coupés", "égarés", "croisés")


def made(folder: Path, analysis: str) -> similarity.GraphTables:
    """Return the tables of one graph of each size."""
    results = folder / "results"
    read = {
        name: tables.read(f"corpus/{name}", results / f"corpus/{name}.parquet") for name in ("segments", "speakers")
    }
    for kind, name, key in (
        ("lexicon", "segment_lemmas", "segment_lemmas"),
        ("lexicon", "lemmas", "lemmas"),
        ("classes", "profiles", "profiles"),
        ("classes", "segments", "classes"),
    ):
        read[key] = tables.read(f"{kind}/{name}", results / f"{kind}/{analysis}/{name}.parquet")
    settings = fill({}, SCHEMA["properties"]["graphs"], SCHEMA)
    drawn = {f"m{n:03d}": {"of": "corpus", "words": n, "minimum_frequency": 1} for n in SIZES}
    asked = settings | {"drawn": drawn, "resamples": 0}
    return similarity.graphs(analysis, similarity.GraphMaterial(**read), asked)


def crossed(nodes: pl.DataFrame, edges: pl.DataFrame) -> int:
    """Return how many pairs of links of the tree cross."""
    place = {word: k for k, word in enumerate(nodes["lemma"])}
    tree = edges.filter(pl.col("in_tree") & pl.col("shown"))
    ends = [np.array([place[word] for word in tree[side]], dtype=int) for side in ("source", "target")]
    return layout.crossings(nodes.select("x", "y").to_numpy(), *ends)


def main(arguments: list[str]) -> None:
    out = Path(arguments[arguments.index("--png") + 1]) if "--png" in arguments else None
    studies = arguments[: arguments.index("--png")] if out else arguments
    print(" | ".join(COLUMNS))
    for folder, analysis in zip(studies[::2], studies[1::2], strict=True):
        found = made(Path(folder), analysis)
        palette = fill({}, SCHEMA["properties"]["figures"], SCHEMA)["palette"]
        for about in found.summary.sort("graph").iter_rows(named=True):
            own = [
                frame.filter(pl.col("graph") == about["graph"])
                for frame in (found.nodes, found.edges, found.communities)
            ]
            started = time.perf_counter()
            colours = graph_colours.modalities(found.summary, found.nodes, about["colour"])
            figure = graph.draw(about, *own, palette, {}, colours)
            seen, size = counted(figure, own[0]), figure.get_size_inches() * 25.4
            line = (
                about["n_words"],
                about["n_shown"],
                f"{size[0]:.0f} mm",
                f"{size[1]:.0f} mm",
                f"{seen.smallest:.1f} pt",
            )
            counts = len(seen.overlaps), len(seen.cut), seen.strayed, crossed(own[0].sort("lemma"), own[1])
            print(" | ".join(map(str, (Path(folder).name, *line, *counts))), f"({time.perf_counter() - started:.1f} s)")
            if out:
                stem = out / f"{Path(folder).name}_{about['graph']}"
                out.mkdir(parents=True, exist_ok=True)
                canvas.save(figure, f"{stem}.svg", f"{stem}.png", 110)
                Image.open(f"{stem}.png").convert("L").save(f"{stem}_gris.png")


if __name__ == "__main__":
    main(sys.argv[1:])
