"""Find the themes that meet in a turn, and which comes first."""

from pathlib import Path

from verbatim import grid, step, tables, theme_pairs


def main(options):
    codings, turns = tables.read("themes/codings", options.codings), tables.read("corpus/turns", options.turns)
    themes = grid.themes(Path(options.grid).read_text(encoding="utf-8-sig")) if options.grid else []
    order = [theme.id for theme in themes]
    order += sorted(set(codings["theme"]) - set(order))
    pairs = theme_pairs.pair(order, grid.descendants(themes), codings, turns)
    tables.write("themes/pairs", pairs, options.pairs)


if __name__ == "__main__":
    step.run(main, "codings", "turns", "grid?", "pairs")
