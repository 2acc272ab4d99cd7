"""Fill the grid: how much of each interview is coded under each theme."""

from pathlib import Path

from verbatim import grid, step, tables


def main(options):
    codings = tables.read("themes/codings", options.codings)
    turns, tokens = tables.read("corpus/turns", options.turns), tables.read("corpus/tokens", options.tokens)
    themes = grid.themes(Path(options.themes).read_text(encoding="utf-8")) if options.themes else []
    tables.write("themes/grid", grid.fill(themes, codings, turns, tokens), options.grid)


if __name__ == "__main__":
    step.run(main, "codings", "turns", "tokens", "themes?", "grid")
