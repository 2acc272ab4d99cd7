"""What is wrong with findings whose evidence changed: the sentence, the words cited and the words now, side by side."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
from rapidfuzz.distance import Levenshtein

from verbatim.anchors import comparable
from verbatim.findings import PLACE
from verbatim.problems import Problem, nearest

MEND = (
    "relisez : si le constat tient toujours, recopiez-y les mots d'à présent ; sinon corrigez la phrase, ou la "
    "transcription si c'est elle qui se trompe"
)


def problems(findings: pl.DataFrame, passages: pl.DataFrame, codings: pl.DataFrame, place: str = PLACE):
    """Return one fault for each citation that does not stand, in the order of the file.

    `findings`, `passages` and `codings` are themes/findings, finding_passages and codings.
    """
    sentences = dict(findings.select("finding", "sentence").iter_rows())
    broken = passages.filter(pl.col("status") != "stands").sort("line", "finding", "citation")
    return [_problem(row, sentences[row["finding"]], codings, place) for row in broken.iter_rows(named=True)]


def _problem(row: dict, sentence: str, codings: pl.DataFrame, place: str) -> Problem:
    where = f"{place}, ligne {row['line']}"
    told = [("la phrase", f"« {sentence} »"), ("cité", f"« {row['cited']} »")]
    mend = MEND
    if row["status"] == "absent":
        what = f"constat « {row['finding']} » : aucun codage « {row['coding']} »"
        mend = _instead(row, codings)
    elif row["status"] == "lost":
        what = f"constat « {row['finding']} » : le codage « {row['coding']} » est perdu ({row['interview']})"
        told.append(("à présent", _now(row)))
        mend = "retrouvez-le (results/proposals/codings.csv, puis make accept WHAT=codings), ou citez un autre passage"
    else:
        turn = f"tour {row['turn']}"
        what = f"constat « {row['finding']} » : ces mots ne sont plus dans l'entretien {row['interview']}, {turn}"
        told.append(("à présent", _now(row)))
        told.append(("écart", " ; ".join(_changes(row["cited"], row["quote"] or ""))))
    lines = [f"    {name:<9} : {' '.join(text.split())}" for name, text in told]
    return Problem(where, "\n".join([what, *lines]), "", mend)


def _now(row: dict) -> str:
    """Return the likest words in guillemets, between those around them."""
    if not row["quote"]:
        return "rien qui y ressemble"
    before, after = (row[name] or "" for name in ("before", "after"))
    return f"{'… ' if before else ''}{before} « {row['quote']} » {after}{' …' if after else ''}".strip()


def _instead(row: dict, codings: pl.DataFrame) -> str:
    """Say which coding may be meant: one that holds the words cited, or else one of a like name."""
    wanted = comparable(row["cited"])[0]
    holding = [
        coding
        for coding, quote in codings.sort("coding").select("coding", "quote").iter_rows()
        if wanted and wanted in comparable(quote)[0]
    ]
    if holding:
        return f"ces mots sont dans le codage « {' », « '.join(holding[:3])} » : écrivez son identifiant"
    near = nearest(row["coding"], codings["coding"].to_list())
    return f"vouliez-vous « {near} » ?" if near else "citez un codage de results/tables/themes/codings.csv"


def _changes(before: str, now: str) -> Iterator[str]:
    """Yield in words what turned `before` into `now`."""
    old, new = before.split(), now.split()
    keys = [[comparable(word)[0] for word in words] for words in (old, new)]
    for edit in _grouped(Levenshtein.opcodes(*keys)):
        gone, come = " ".join(old[edit[0] : edit[1]]), " ".join(new[edit[2] : edit[3]])
        yield f"« {gone} » → « {come} »" if gone and come else f"« {gone} » retiré" if gone else f"« {come} » ajouté"


def _grouped(edits) -> Iterator[tuple[int, int, int, int]]:
    """Yield (begin, end, begin, end) of the stretches of words that differ, neighbours taken together."""
    open_one: tuple[int, int, int, int] | None = None
    for edit in edits:
        if edit.tag == "equal":
            if open_one:
                yield open_one
            open_one = None
        else:
            begin = open_one or (edit.src_start, 0, edit.dest_start, 0)
            open_one = (begin[0], edit.src_end, begin[2], edit.dest_end)
    if open_one:
        yield open_one


def told(passages: pl.DataFrame) -> str:
    """Return the record of a check in which every citation stands, with what is to be looked at again."""
    lines = [f"{passages.height} citation(s) vérifiée(s) dans les transcriptions."]
    warned = passages.drop_nulls("warning").sort("finding", "citation")
    lines += [f"{f}, {c} : {w}" for f, c, w in warned.select("finding", "coding", "warning").iter_rows()]
    return "\n".join(lines) + "\n"
