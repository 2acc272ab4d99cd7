"""The page of the similarity graphs of an analysis: what the script draws, and what stands without it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import polars as pl

from verbatim import crossing
from verbatim.report import graph_data, graph_method
from verbatim.report.material import Material
from verbatim.report.wording import variable
from verbatim.settings import section
from verbatim.similarity import LABELS, Request, requests

SHOWN_LINKS = 20
SHOWN_DIFFERENCES = 20
LEVEL = 0.05
KINDS = {
    "corpus": "Ensemble",
    "class": "Par classe",
    "modality": "Par modalité",
    "theme": "Par thème",
    "word": "Autour d'un mot",
    "list": "Mots choisis",
}


def view(material: Material, analysis: str) -> dict:
    """Return the view of an analysis.

    `graphs`: title and kind of each, in the order of the chooser; `first`: what is shown of the first without a
    script; `data`: all of them for the script; `comparison`: the links of two groups, or None.
    """
    nodes = material.table("graphs/nodes", analysis)
    graphs = [
        _graph(material, analysis, about, nodes) for about in _ordered(material.table("graphs/summary", analysis))
    ]
    titles = Counter(graph["title"] for graph in graphs)
    for graph in graphs:
        if titles[graph["title"]] > 1:
            graph["title"] += f" ({graph['graph']})"
    return {
        "graphs": graphs,
        "first": _first(material, analysis, graphs[0]) if graphs else None,
        "data": {"graphs": graphs, "palette": material.settings["figures"]["palette"]},
        "comparison": _comparison(material.table("graphs/comparison", analysis)),
    }


def _ordered(summary: pl.DataFrame) -> list[dict]:
    """Return the rows of graphs/summary: the whole corpus first, classes by number."""
    kinds = list(KINDS)

    def rank(about: Mapping) -> tuple:
        number = int(about["subject"]) if about["of"] == "class" and (about["subject"] or "").isdigit() else 0
        return kinds.index(about["of"]), about["graph"] != "ensemble", number, about["graph"]

    return sorted(summary.iter_rows(named=True), key=rank)


def _asked(material: Material, analysis: str) -> dict[str, Request]:
    """Return graph -> what the study asks for."""
    settings = section(material.settings, "graphs", analysis)
    return {request.graph: request for request in requests(settings, material.numbers(analysis))}


def _graph(material: Material, analysis: str, about: Mapping, nodes: pl.DataFrame) -> dict:
    """Return one graph for the script."""
    name, asked = about["graph"], _asked(material, analysis).get(about["graph"])
    own = nodes.filter(pl.col("graph") == name)
    found = {
        "graph": name,
        "title": _title(material, analysis, about),
        "kind": KINDS[about["of"]],
        "within": about["within"],
        "index": LABELS[about["index"]],
        "colour": about["colour"],
        "attribute": "" if about["colour"] == "class" else variable(about["colour"]),
        "counts": graph_method.counts(about),
        "message": about["message"] or "",
        "absent": about["absent"] or "",
        "doubt": graph_method.doubt(about),
        "told": graph_method.told(about, asked.settings) if asked else [],
        "rows": _rows(material, about, asked),
    }
    if own.is_empty():
        return found
    rows = [
        material.table(f"graphs/{kind}", analysis).filter(pl.col("graph") == name) for kind in ("edges", "communities")
    ]
    modalities = _modalities(material, analysis, about["colour"])
    return {**found, "modalities": modalities, **graph_data.drawing(own, *rows, modalities)}


def _title(material: Material, analysis: str, about: Mapping) -> str:
    """Return the title of a graph; one given by default bears the name of the class or of the theme."""
    title, subject = about["title"], about["subject"]
    if about["of"] == "class" and title == f"Classe {subject}":
        return material.class_label(analysis, int(subject))
    if about["of"] == "theme" and title == f"Thème « {subject} »":
        return next((f"Thème « {theme.title} »" for theme in material.shown_themes if theme.id == subject), title)
    return title


def _modalities(material: Material, analysis: str, colour: str) -> list[str] | None:
    """Return, sorted, the modalities of an attribute in all graphs that it colours: one colour each in all of them."""
    if colour == "class":
        return None
    alike = material.table("graphs/summary", analysis).filter(pl.col("colour") == colour)["graph"]
    nodes = material.table("graphs/nodes", analysis).filter(pl.col("graph").is_in(alike.implode()))
    return nodes["modality"].drop_nulls().unique().sort().to_list()


def _rows(material: Material, about: Mapping, asked: Request | None) -> dict:
    """Return which segments of the analysis the graph counts: all, of a class, of a modality, or a list."""
    subject = about["subject"]
    if about["of"] == "class" and subject:
        return {"class": int(subject)}
    if about["of"] == "modality" and asked:
        return {"attribute": asked.variable, "value": subject}
    if about["of"] != "theme":
        return {}
    codings = material.table("themes/codings").filter(pl.col("theme") == subject)
    found = crossing.touched(codings, material.table("corpus/segments"), material.table("corpus/tokens"))
    lists = found.group_by("interview", maintain_order=True).agg(pl.col("segment").sort() - 1)
    return {"segments": dict(lists.iter_rows())}


def _first(material: Material, analysis: str, graph: Mapping) -> dict:
    """Return the strongest links drawn of the first graph, as rows of graphs/edges."""
    edges = material.table("graphs/edges", analysis).filter("shown", pl.col("graph") == graph["graph"])
    ordered = edges.sort(["weight", "cooccurrence", "source", "target"], descending=[True, True, False, False])
    return {"links": ordered.head(SHOWN_LINKS).to_dicts(), "n": edges.height}


def _comparison(rows: pl.DataFrame) -> dict | None:
    """Return the surest differences of each group, the largest first, and the scale of their intervals."""
    if rows.is_empty():
        return None
    surest = ["p", "size", "source", "target"], [False, True, False, False]
    sized = rows.with_columns(size=pl.col("difference").abs())
    sides = [pl.col("difference") > 0, pl.col("difference") < 0]
    kept = pl.concat(
        [sized.filter(side).sort(surest[0], descending=surest[1]).head(SHOWN_DIFFERENCES) for side in sides]
    )
    kept = kept.sort(["difference", "source", "target"], descending=[True, False, False])
    reach = max([kept["low"].abs().max() or 0.0, kept["high"].abs().max() or 0.0, 1e-9])
    places = [((pl.col(name) / reach + 1) * 50).round(1).alias(f"at_{name}") for name in ("low", "difference", "high")]
    return {
        **rows.row(0, named=True),
        "links": kept.with_columns(places).to_dicts(),
        "n": rows.height,
        "n_sure": rows.filter(pl.col("p_adjusted") < LEVEL).height,
        "reach": reach,
    }
