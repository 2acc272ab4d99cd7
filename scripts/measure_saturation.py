"""Measure what each further interview brings, in themes and in lexical classes."""

from pathlib import Path

from verbatim import interviews, saturation_study, step, tables


def main(options):
    codings = tables.read("themes/codings", options.codings)
    classes = {
        name: tables.read("classes/segments", path)
        for name, path in zip(options.analyses, options.classes, strict=True)
    }
    listed = interviews.read_table(Path(options.listed).read_bytes(), options.listed)
    described = tables.read("corpus/interviews", options.interviews)
    order = saturation_study.ordered(described, [row.interview for row in listed.rows])
    curves, stops = saturation_study.measure(codings, classes, order, options.settings)
    tables.write("themes/saturation", curves, options.saturation)
    tables.write("themes/saturation_stops", stops, options.stops)


if __name__ == "__main__":
    step.run(
        main, "codings", "interviews", "listed", "classes*", "analyses*", "settings", "saturation", "stops"
    )  # fmt: skip
