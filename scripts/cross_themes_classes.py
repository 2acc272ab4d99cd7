"""Cross the themes with the classes of an analysis."""

from pathlib import Path

from verbatim import crossing, grid, step, tables


def main(options):
    segments, tokens = tables.read("corpus/segments", options.segments), tables.read("corpus/tokens", options.tokens)
    classes = tables.read("classes/segments", options.classes)
    themes = grid.themes(Path(options.grid).read_text(encoding="utf-8-sig")) if options.grid else []
    codings = crossing.with_mothers(tables.read("themes/codings", options.codings), grid.descendants(themes))
    touching = crossing.touched(codings, segments, tokens)
    crossed = crossing.cross(options.analysis, touching, classes)
    tables.write("themes/theme_class", crossed, options.theme_class)
    tables.write("themes/traces", crossing.traces(options.analysis, touching, classes, crossed), options.traces)


if __name__ == "__main__":
    step.run(main, "codings", "segments", "tokens", "classes", "grid?", "analysis", "theme_class", "traces")
