"""Draw how far coders agree, theme by theme."""

from pathlib import Path

from verbatim import grid, step, tables
from verbatim.figures import agreement, canvas


def main(options):
    measured = tables.read("themes/agreement", options.agreement)
    themes = grid.themes(Path(options.grid).read_text(encoding="utf-8-sig")) if options.grid else []
    figure = agreement.draw(measured, themes, options.settings["palette"])
    canvas.save(figure, options.svg, options.png, options.settings["dpi"])


if __name__ == "__main__":
    step.run(main, "agreement", "grid?", "settings", "svg", "png")
