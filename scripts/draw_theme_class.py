"""Draw the themes of an analysis against its classes."""

from pathlib import Path

from verbatim import grid, step, tables
from verbatim.class_names.shown import shown
from verbatim.figures import canvas, theme_class


def main(options):
    themes = grid.themes(Path(options.grid).read_text(encoding="utf-8-sig")) if options.grid else []
    crossed = tables.read("themes/theme_class", options.theme_class)
    traces = tables.read("themes/traces", options.traces)
    named = shown(tables.read("classes/names", options.names)) if options.names else {}
    figure = theme_class.draw(crossed, traces, themes, options.settings["palette"], named)
    canvas.save(figure, options.svg, options.png, options.settings["dpi"])


if __name__ == "__main__":
    step.run(main, "theme_class", "traces", "names?", "grid?", "settings", "svg", "png")
