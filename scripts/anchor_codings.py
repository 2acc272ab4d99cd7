"""Read the coders' tables and find each passage again in the masked text."""

from pathlib import Path

from verbatim import codings, grid, hypotheses, privacy, step, tables
from verbatim.problems import Problem, raise_all


def main(options):
    turns, raw = tables.read("corpus/turns", options.turns), tables.read("private/turns", options.raw)
    to_masked = privacy.span_mapper(tables.read("private/offsets", options.offsets))
    found, problems = [], []
    for file in options.files:
        path = Path(file)
        if path.suffix.lower() != ".csv":
            problems.append(Problem(file, "format de codage inconnu", "un fichier .csv"))
            continue
        rows, faults = codings.read_table(path.read_bytes(), file, path.parts[2])
        found += rows
        problems += faults
    themes = grid.themes(Path(options.grid).read_text(encoding="utf-8")) if options.grid else []
    known = hypotheses.declared(Path(options.hypotheses).read_text(encoding="utf-8")) if options.hypotheses else []
    names = {"theme": {t.id for t in themes}, "hypothesis": {h["id"] for h in known}}
    raise_all([*problems, *codings.check(found, {**names, "interview": set(turns["interview"])})])
    anchored = codings.anchor(found, turns, raw, to_masked)
    step.log.info("%d codages : %s", anchored.height, dict(anchored["anchor"].value_counts(sort=True).iter_rows()))
    tables.write("themes/codings", anchored, options.codings)


if __name__ == "__main__":
    step.run(main, "files*", "grid?", "hypotheses?", "turns", "raw", "offsets", "codings")
