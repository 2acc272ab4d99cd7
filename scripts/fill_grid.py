"""Fill the grid: how much of each interview is coded under each theme."""

from pathlib import Path

from verbatim import grid, hypotheses, step, tables
from verbatim.problems import raise_all


def main(options):
    codings = tables.read("themes/codings", options.codings)
    turns, tokens = tables.read("corpus/turns", options.turns), tables.read("corpus/tokens", options.tokens)
    themes = grid.themes(Path(options.themes).read_text(encoding="utf-8-sig")) if options.themes else []
    known = hypotheses.declared(Path(options.hypotheses).read_text(encoding="utf-8-sig")) if options.hypotheses else []
    raise_all(grid.misnamed_hypotheses(themes, {one["id"] for one in known}))
    tables.write("themes/grid", grid.fill(themes, codings, turns, tokens), options.grid)


if __name__ == "__main__":
    step.run(main, "codings", "turns", "tokens", "themes?", "hypotheses?", "grid")
