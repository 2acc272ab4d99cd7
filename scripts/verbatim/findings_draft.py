"""A draft of findings.yaml: the passages of each hypothesis, ready to be cited."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import polars as pl

HEAD = """\
# Ébauche : les passages de chaque hypothèse, tels qu'un constat les cite. Recopiez dans resources/findings.yaml
# ceux sur lesquels le vôtre repose, écrivez la phrase et la date ; raccourcissez une citation par […] où vous voulez.
"""


def to_yaml(declared: Sequence[dict], weighed: pl.DataFrame, codings: pl.DataFrame) -> str:
    """Return the draft; `weighed` is themes/hypotheses, `codings` themes/codings.

    Of codings that are one passage, the longest is cited.
    """
    rows = weighed.join(codings.drop("hypothesis", "stance"), on="coding").sort(
        ["hypothesis", "stance", "passage", pl.col("end") - pl.col("start"), "coding"],
        descending=[False, False, False, True, False],
    )
    rows = rows.unique(["hypothesis", "stance", "passage"], keep="first", maintain_order=True)
    rows = rows.sort("interview", "turn", "start", "coding")
    lines = [line for one in declared for line in _draft(one, rows.filter(pl.col("hypothesis") == one["id"]))]
    return HEAD + "\n".join([f"findings:{'' if lines else ' []'}", *lines]) + "\n"


def _draft(one: dict, rows: pl.DataFrame) -> Iterator[str]:
    if rows.is_empty():
        return
    yield f"  # {' '.join(one['title'].split())}"
    yield f"  - id: {one['id'][:46]}_1"
    yield from (f'    {name}: ""' for name in ("title", "sentence", "date"))
    yield f"    hypotheses: [{one['id']}]"
    for key, stances in (("rests_on", ["for"]), ("against", ["against", "nuance"])):
        own = rows.filter(pl.col("stance").is_in(stances))
        yield f"    {key}:{'' if own.height else ' []'}"
        for row in own.iter_rows(named=True):
            yield f"      # {row['interview']}, tour {row['turn']}{' (nuance)' if row['stance'] == 'nuance' else ''}"
            yield f"      - {citation(row)}"


def citation(row: dict) -> str:
    """Return a coding as a finding cites it, on one line of YAML."""
    quote = json.dumps(" ".join(row["quote"].split()), ensure_ascii=False)
    return f"{{coding: {json.dumps(row['coding'], ensure_ascii=False)}, theme: {row['theme']}, quote: {quote}}}"
