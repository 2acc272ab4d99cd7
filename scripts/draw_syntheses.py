"""Draw themes by group, themes that meet, and saturation."""

from pathlib import Path

from verbatim import grid, step, tables
from verbatim.figures import canvas, saturation, theme_groups, theme_pairs


def main(options):
    themes = grid.themes(Path(options.grid).read_text(encoding="utf-8-sig")) if options.grid else []
    names = ("groups", "contrasts", "pairs", "saturation", "saturation_stops")
    paths = (options.groups, options.contrasts, options.pairs, options.saturation, options.stops)
    groups, contrasts, pairs, curves, stops = (
        tables.read(f"themes/{name}", path) for name, path in zip(names, paths, strict=True)
    )
    figures = (
        theme_groups.draw(groups, contrasts, themes, options.settings["palette"]),
        theme_pairs.draw(pairs, themes),
        saturation.draw(curves, stops, dict(zip(options.analyses, options.titles, strict=True))),
    )
    for figure, svg, png in zip(figures, options.svg, options.png, strict=True):
        canvas.save(figure, svg, png, options.settings["dpi"])


if __name__ == "__main__":
    step.run(
        main,
        *("groups", "contrasts", "pairs", "saturation", "stops", "grid?", "analyses*", "titles*", "settings"),
        *("svg+", "png+"),
    )
