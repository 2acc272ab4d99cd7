"""Cross the themes with the classes of an analysis."""

from verbatim import crossing, step, tables


def main(options):
    codings = tables.read("themes/codings", options.codings)
    segments, tokens = tables.read("corpus/segments", options.segments), tables.read("corpus/tokens", options.tokens)
    classes = tables.read("classes/segments", options.classes)
    crossed = crossing.cross(options.analysis, crossing.touched(codings, segments, tokens), classes)
    tables.write("themes/theme_class", crossed, options.theme_class)


if __name__ == "__main__":
    step.run(main, "codings", "segments", "tokens", "classes", "analysis", "theme_class")
