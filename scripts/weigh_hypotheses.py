"""List the passages for, against and nuancing each hypothesis, and count who speaks them."""

from pathlib import Path

from verbatim import grid, hypotheses, hypothesis_counts, step, tables
from verbatim.problems import raise_all


def main(options):
    codings = tables.read("themes/codings", options.codings)
    turns, speakers = tables.read("corpus/turns", options.turns), tables.read("corpus/speakers", options.speakers)
    themes = grid.read(Path(options.grid).read_text(encoding="utf-8-sig")) if options.grid else grid.Grid()
    text = Path(options.declared).read_text(encoding="utf-8-sig") if options.declared else ""
    asked = [*themes.current] if options.grid else None
    known = hypotheses.declared(text, options.declared, asked) if options.declared else []
    ids = [one["id"] for one in known]
    raise_all(grid.misnamed_hypotheses(themes.themes, ids))
    weighed = hypotheses.weigh(codings, ids)
    names = hypothesis_counts.variables(options.settings, speakers)
    found = hypothesis_counts.count(weighed, codings, turns, speakers, ids, names)
    links = hypothesis_counts.links(known, themes)
    tables.write("themes/hypotheses", weighed, options.hypotheses)
    tables.write("themes/hypothesis_counts", found, options.counts)
    tables.write("themes/contradictions", hypothesis_counts.contradictions(weighed, codings), options.contradictions)
    tables.write("themes/unplaced", hypothesis_counts.unplaced(weighed, codings, links), options.unplaced)


if __name__ == "__main__":
    inputs = ("codings", "turns", "speakers", "grid?", "declared?", "settings")
    step.run(main, *inputs, "hypotheses", "counts", "contradictions", "unplaced")
