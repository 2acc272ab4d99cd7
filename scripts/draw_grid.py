"""Draw the grid theme × interview."""

from pathlib import Path

from verbatim import grid, step, tables
from verbatim.figures import canvas
from verbatim.figures import grid as grid_figure


def main(options):
    filled, interviews = tables.read("themes/grid", options.grid), tables.read("corpus/interviews", options.interviews)
    themes = grid.themes(Path(options.themes).read_text(encoding="utf-8")) if options.themes else []
    figure = grid_figure.draw(filled, interviews, themes, options.settings["palette"])
    canvas.save(figure, options.svg, options.png, options.settings["dpi"])


if __name__ == "__main__":
    step.run(main, "grid", "interviews", "themes?", "settings", "svg", "png")
